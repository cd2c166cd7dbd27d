"""The launcher as its users meet it: as a process, in worlds that lack something."""

import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


def _ordinary_user() -> tuple[str, ...]:
    """What makes root's command an ordinary user's: inside it is daemon, outside it keeps its rights to files.

    Where the machine allows no user namespaces (in a container), root's command stays root's.
    """
    command = ("unshare", "--user", "--map-user=1", "--map-group=1")
    is_root = os.geteuid() == 0
    return (
        command
        if is_root and subprocess.run([*command, "true"], check=False).returncode == 0
        else ()
    )


ORDINARY_USER = _ordinary_user()
IS_ROOT = os.geteuid() == 0 and not ORDINARY_USER


def bare_path(folder: Path) -> str:
    """A PATH with nothing but what the script `portal` calls: no apt-get, no Python, no PostgreSQL."""
    folder.mkdir()
    for name in (
        "cat",
        "cp",
        "cut",
        "dirname",
        "flock",
        "id",
        "mkdir",
        "mv",
        "readlink",
        "sed",
        "sha256sum",
        "sleep",
        "tr",
    ):
        (folder / name).symlink_to(shutil.which(name))
    return str(folder)


def environment(var: Path, **more: str) -> dict[str, str]:
    """The tests' environment without what the tests' own portal set in it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PORTAL_", "DATABASE_"))
    }
    return kept | {"PORTAL_VAR": str(var), "PORTAL_VENV": sys.prefix} | more


def portal(
    *arguments: str,
    var: Path,
    world: Sequence[str] = (),
    checkout: Path = CHECKOUT,
    **more: str,
) -> subprocess.CompletedProcess[str]:
    """Runs `./portal …` to its end."""
    return subprocess.run(
        [*world, str(checkout / "portal"), *arguments],
        env=environment(var, **more),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def problem(result: subprocess.CompletedProcess[str]) -> str:
    """The paragraph that told of a problem: Thai, then English, the last line of standard error."""
    assert result.returncode == 1, result.stderr
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    told = result.stderr.strip().splitlines()[-1]
    assert re.search(r"[ก-๙].* / .*[a-z]", told), told
    return told


def give_to_the_server(folder: Path) -> None:
    """Root's database runs as an account of its own, and only that may own its files."""
    if os.geteuid() == 0:
        entry = pwd.getpwnam("postgres")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, entry.pw_uid, entry.pw_gid)


def server_of(var: Path) -> int | None:
    """The process number of the PostgreSQL server of this folder of state."""
    pointer = var / "postgres.folder"
    folder = Path(pointer.read_text().strip()) if pointer.exists() else var / "postgres"
    try:
        return int((folder / "data" / "postmaster.pid").read_text().split()[0])
    except FileNotFoundError:
        return None


def owner_of(var: Path) -> str:
    """The address of the running private database for the role that owns it."""
    pointer = var / "postgres.folder"
    folder = Path(pointer.read_text().strip()) if pointer.exists() else var / "postgres"
    socket_folder = (folder / "data" / "postmaster.pid").read_text().splitlines()[4]
    return f"postgresql://portal@/portal?host={socket_folder}&port=5432"


def children_of(process: int) -> list[int]:
    """The process numbers of a process's children."""
    return [
        int(each)
        for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()
    ]


def until_gone(processes: Sequence[int]) -> None:
    """Waits until none of these processes is left."""
    deadline = time.monotonic() + 60
    while any(_lives(each) for each in processes):
        assert time.monotonic() < deadline, f"still there: {processes}"
        time.sleep(0.05)


def _lives(process: int) -> bool:
    try:
        return (
            Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
            != "Z"
        )
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder of state that other accounts can pass through, unlike pytest's own."""
    yield from _folder()


@pytest.fixture(scope="module")
def module_folder() -> Iterator[Path]:
    yield from _folder()


def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="portal-launch-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@dataclass
class RunningPortal:
    """One `./portal run`, as an ordinary user."""

    var: Path
    checkout: Path = CHECKOUT
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Starts it without waiting."""
        options = ("--port", str(self.port), "--without-demonstration")
        self.process = subprocess.Popen(
            [*ORDINARY_USER, str(self.checkout / "portal"), "run", *options],
            env=environment(self.var),
            stdout=subprocess.PIPE,
            stderr=self.log.open("a"),
            text=True,
        )

    @property
    def log(self) -> Path:
        """What it tells its operator."""
        return self.var.parent / f"{self.var.name}.log"

    def await_ready(self) -> str:
        """The line it prints when it serves; empty when it ended instead."""
        return self.process.stdout.readline()

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=120
            ) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    @property
    def children(self) -> list[int]:
        return children_of(self.process.pid)

    @property
    def server(self) -> int | None:
        return server_of(self.var)

    def end(self, number: signal.Signals) -> int:
        """Sends the signal and returns the exit status."""
        self.process.send_signal(number)
        status = self.process.wait(timeout=120)
        self.process.stdout.close()
        return status
