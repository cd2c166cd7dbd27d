"""`portal` finds a Python and makes the environment; a stand-in Python notes down what it is asked to do."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.launch.conftest import CHECKOUT, bare_path

STAND_IN = """#!/bin/sh
case "$*" in
    -c*version_info*) exit 0 ;;
    -c*ensurepip*) exit {venv_status} ;;
    "-m venv --clear "*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" && echo venv >> "{log}" ;;
    "-m pip install"*) sleep 0.5; echo pip >> "{log}"; exit {pip_status} ;;
    *) echo "$*" ;;
esac
"""


class World:
    """A checkout of its own with only the given Pythons."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log, self.path = folder, folder / "log", folder / "path"
        bare_path(self.path)
        (folder / "home").mkdir()
        for name in ("portal", "requirements.lock"):
            shutil.copy(CHECKOUT / name, folder / name)
        self.shim("python3.14", "echo 'command not found' >&2; exit 127")
        self.shim("python3.12", "exit 1")

    def shim(self, name: str, text: str) -> None:
        (self.path / name).write_text(f"#!/bin/sh\n{text}\n")
        (self.path / name).chmod(0o755)

    def stand_in(self, venv_status: int = 0, pip_status: int = 0) -> None:
        """Puts a Python where pyenv has its versions."""
        python = (
            self.folder / "home" / ".pyenv" / "versions" / "3.13.9" / "bin" / "python3"
        )
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text(
            STAND_IN.format(
                log=self.log, venv_status=venv_status, pip_status=pip_status
            )
        )
        python.chmod(0o755)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(self.folder / "portal"), *arguments],
            env={"PATH": str(self.path), "HOME": str(self.folder / "home")},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> tuple[int, str, str]:
        process = self.start(*arguments)
        said, told = process.communicate(timeout=120)
        return process.returncode, said, told

    @property
    def done(self) -> list[str]:
        return self.log.read_text().split() if self.log.exists() else []


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def test_a_failing_shim_is_passed_over(world):
    world.stand_in()
    status, said, _ = world.run("manage", "check")
    assert (status, said) == (0, "-P -m hearing_portal.launch manage check\n")
    assert world.done == ["venv", "pip"]


def test_an_environment_that_is_ready_is_not_made_again(world):
    world.stand_in()
    assert world.run("manage")[0] == 0
    assert world.run("manage")[0] == 0
    assert world.done == ["venv", "pip"]


def test_a_changed_lock_is_installed(world):
    world.stand_in()
    world.run("manage")
    with (world.folder / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")
    world.run("manage")
    assert world.done == ["venv", "pip", "pip"]


def test_only_the_tests_have_the_test_tools_installed(world):
    world.stand_in()
    wanted = world.folder / ".venv" / ".lock-wanted"
    world.run("manage")
    assert "\nuvicorn==" in wanted.read_text()
    assert "pytest" not in wanted.read_text()
    world.run("test")
    assert wanted.read_text() == (world.folder / "requirements.lock").read_text()
    world.run("manage")
    assert world.done == ["venv", "pip", "pip"]


def test_two_that_start_at_once_make_one_environment(world):
    world.stand_in()
    both = [world.start("manage"), world.start("manage")]
    assert [process.communicate(timeout=120)[0] for process in both] == [
        "-P -m hearing_portal.launch manage\n"
    ] * 2
    assert world.done == ["venv", "pip"]


def test_a_failed_installation_is_told_and_done_again_next_time(world):
    world.stand_in(pip_status=1)
    status, said, told = world.run("manage")
    assert (status, said) == (1, "")
    assert "check the network, then start this command again" in told
    assert world.run("manage")[0] == 1
    assert world.done == ["venv", "pip", "pip"]


def test_no_python(world):
    status, said, told = world.run("run")
    assert (status, said) == (1, "")
    assert "No Python 3.12 or newer was found" in told.splitlines()[-1]
    assert "ไม่พบ Python" in told.splitlines()[-1]


def test_a_python_without_venv(world):
    world.stand_in(venv_status=1)
    status, _, told = world.run("run")
    assert status == 1
    assert "sudo apt-get install -y python3-venv" in told.splitlines()[-1]


def test_the_lock_has_hashes_and_names_no_place():
    lock = (CHECKOUT / "requirements.lock").read_text()
    blocks = [
        block
        for block in lock.replace(" \\\n", " ").splitlines()
        if block and not block.startswith("#")
    ]
    assert len(blocks) > 40
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in lock
    assert "--index-url" not in lock
    assert "--find-links" not in lock
