"""Two portals, side by side, from a fresh start to SIGTERM; one of them far down in a private home."""

import json
import os
import resource
import shutil
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import psycopg
import pytest

from tests.launch.conftest import (
    CHECKOUT,
    IS_ROOT,
    ORDINARY_USER,
    RunningPortal,
    owner_of,
    portal,
    problem,
    until_gone,
)

BENCHMARK = '''"""Tells where it runs."""

import json
import sys

import django

django.setup()

from django.contrib.auth import get_user_model
from django.db import connection

told = {"users": get_user_model().objects.count(), "database": connection.settings_dict["NAME"]}
open(sys.argv[sys.argv.index("--json") + 1], "w").write(json.dumps(told))
'''
NOT_COPIED = shutil.ignore_patterns(
    ".git", ".venv", "var", "__pycache__", "tests", ".*_cache", ".hypothesis"
)


def copy_of_the_checkout(folder: Path) -> Path:
    """The checkout below a home nobody else may enter, at a path of at least 120 characters."""
    home = folder / "home"
    home.mkdir(mode=0o700)
    name = "สำนักงาน"  # three bytes a letter
    deep = home / name / ("long-" * 30)[: 120 - len(str(home / name)) - 1]
    shutil.copytree(CHECKOUT, deep, ignore=NOT_COPIED)
    assert len(str(deep)) == 120
    return deep


@pytest.fixture(scope="module")
def portals(module_folder: Path) -> Iterator[tuple[RunningPortal, RunningPortal]]:
    """The first makes everything; the second starts from a copy of its state, taken while it was stopped.

    Only a root without user namespaces has the first one's database outside the state, where no copy has it.
    """
    far = copy_of_the_checkout(module_folder)
    both = RunningPortal(far / "var", far), RunningPortal(module_folder / "other")
    try:
        both[0].start()
        assert both[0].await_ready(), both[0].log.read_text()
        assert both[0].end(signal.SIGTERM) == 128 + signal.SIGTERM
        if not IS_ROOT:
            shutil.copytree(both[0].var, both[1].var)
        for each in both:
            each.start()
        ready = [each.await_ready() for each in both]
        logs = [each.log.read_text() for each in both]
        assert ready == [
            f"Portal ready: http://127.0.0.1:{each.port}/\n" for each in both
        ], logs
        yield both
    finally:
        for each in both:
            if each.process and each.process.poll() is None:
                each.end(signal.SIGTERM)
        if (far / "var" / "postgres.folder").exists():
            shutil.rmtree((far / "var" / "postgres.folder").read_text().strip())


@pytest.fixture
def first(portals: tuple[RunningPortal, RunningPortal]) -> RunningPortal:
    return portals[0]


def test_both_live_and_become_ready(portals):
    for each in portals:
        assert each.get("/livez") == (200, "ok\n")
        deadline = time.monotonic() + 120
        while not is_ready(each):
            assert time.monotonic() < deadline, each.get("/readyz")
            time.sleep(0.1)
        told = json.loads(each.get("/readyz")[1])
        assert told == {"ready": True, "checks": dict.fromkeys(told["checks"], True)}
        assert set(told["checks"]) == {
            "web",
            "files",
            "database",
            "tables",
            "migrations",
            "worker",
        }
    assert portals[0].server != portals[1].server


def test_portal_names_the_port_it_answers_at(portals):
    """What it prints in books and letters leads to itself, on whatever port it was started."""
    for each in portals:
        named = []
        for child in map(str, each.children):
            command = Path("/proc", child, "cmdline").read_bytes()
            if b"run_worker" in command or b"launch.web" in command:
                told = Path("/proc", child, "environ").read_bytes().split(b"\0")
                named.extend(value for value in told if value.startswith(b"PORTAL_URL"))
        assert set(named) == {f"PORTAL_URL=http://127.0.0.1:{each.port}".encode()}


def test_the_far_home_stays_closed(first):
    home = next(folder for folder in first.checkout.parents if folder.name == "home")
    assert home.stat().st_mode & 0o777 == 0o700
    assert (first.var / "postgres.folder").exists() == IS_ROOT


def test_a_second_portal_on_the_same_state_is_refused(first):
    result = portal(
        "run",
        "--port",
        "0",
        var=first.var,
        checkout=first.checkout,
        world=ORDINARY_USER,
    )
    assert f"already running on {first.var}" in problem(result)
    assert first.get("/livez") == (200, "ok\n")


def test_manage_beside_a_running_portal_uses_its_database(first):
    server = first.server
    result = portal(
        "manage",
        "showmigrations",
        "jobs",
        var=first.var,
        checkout=first.checkout,
        world=ORDINARY_USER,
    )
    applied = ("0001_squashed_0005 (5 squashed migrations)",)
    expected = "\n [X] ".join(("jobs", *applied)) + "\n"
    assert (result.returncode, result.stdout) == (0, expected), result.stderr
    assert first.server == server


def test_a_benchmark_has_a_database_of_its_own(first, tmp_path):
    benchmarks = first.checkout / "tests" / "benchmarks"
    benchmarks.mkdir(parents=True)
    (benchmarks / "sample.py").write_text(BENCHMARK)
    out = tmp_path / "out.json"

    listed = portal(
        "bench", var=first.var, checkout=first.checkout, world=ORDINARY_USER
    )
    result = portal(
        *("bench", "sample", "--json", str(out)),
        var=first.var,
        checkout=first.checkout,
        world=ORDINARY_USER,
    )

    assert listed.stdout.split(maxsplit=1) == ["sample", "Tells where it runs.\n"]
    assert result.returncode == 0, result.stderr
    told = json.loads(out.read_text())
    assert told["database"].startswith("portal_bench_sample_")
    assert told["users"] == 0
    names = portal(
        *(
            "manage",
            "dbshell",
            "--",
            "-Atc",
            "SELECT datname FROM pg_database WHERE datname ~ 'bench'",
        ),
        var=first.var,
        checkout=first.checkout,
        world=ORDINARY_USER,
    )
    assert (names.returncode, names.stdout) == (0, "")


def test_live_stream_asks_for_a_ticket(first):
    assert first.get("/live/hearing")[0] == 403


def raw(port: int, head: str, body: bytes = b"") -> socket.socket:
    """A connection on which this much of a request has been sent."""
    line = socket.create_connection(("127.0.0.1", port), timeout=120)
    line.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
    return line


def status(line: socket.socket) -> int:
    with line, line.makefile("rb") as answer:
        return int(answer.readline().split()[1])


def test_slow_uploads_keep_nobody_waiting(first):
    with ExitStack() as stack:
        for _ in range(8):
            stack.enter_context(
                raw(
                    first.port,
                    "POST / HTTP/1.1\nHost: localhost\nContent-Length: 900",
                    b"a",
                )
            )
        # As many as there are processes would already have taken every thread
        assert [first.get("/livez")[0] for _ in range(4)] == [200] * 4


def test_a_body_that_is_too_large_or_of_unknown_size_is_refused(first):
    head = "POST / HTTP/1.1\nHost: localhost\n"
    assert status(raw(first.port, f"{head}Content-Length: {65 * 1024 * 1024}")) == 413
    assert status(raw(first.port, f"{head}Transfer-Encoding: chunked")) == 411


@pytest.mark.parametrize(
    "path", ["/livez", "/static/none.css", "/live/", "/", "/readyz"]
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_two_ideas_of_a_length_are_refused_everywhere(first, path, method):
    lengths = ["Transfer-Encoding: chunked", "Content-Length: 5"]
    for first_length, other in (lengths, lengths[::-1]):
        head = f"{method} {path} HTTP/1.1\nHost: localhost\n{first_length}\n{other}"
        assert status(raw(first.port, head, b"0\r\n\r\n")) == 400


def test_processes_that_end_are_started_again(first):
    deadline = time.monotonic() + 120
    before = [*first.children, first.server]
    for each in before:
        os.kill(each, signal.SIGKILL)
    while (
        len(first.children) < 3
        or set(before) & {*first.children, first.server}
        or not is_ready(first)
    ):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def is_ready(running: RunningPortal) -> bool:
    try:
        return running.get("/readyz")[0] == 200
    except OSError:  # nobody listens at this moment
        return False


def test_a_full_disk_ends_the_database_and_not_the_portal(first):
    """The database is gone and its disk refuses every byte, as a full one does: the portal says so until there is
    room, and goes on by itself."""
    limits = resource.prlimit(first.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(first.process.pid, resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        os.kill(first.server, signal.SIGKILL)
        until(lambda: first.get("/readyz")[0] == 503)
        assert first.get("/livez")[0] == 200
        assert first.process.poll() is None
    finally:
        resource.prlimit(first.process.pid, resource.RLIMIT_FSIZE, limits)
    until(lambda: is_ready(first))


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_after_a_kill_it_starts_again_on_the_same_port(first):
    server, children = first.server, first.children
    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    until_gone(children)

    first.start()
    assert first.await_ready() == f"Portal ready: http://127.0.0.1:{first.port}/\n"
    assert first.server == server


def test_a_database_made_with_one_role_gets_the_portals_own(first):
    """As a portal of before left it: everything belongs to the owner, whom the portal no longer is."""
    children = first.children
    first.end(signal.SIGKILL)
    until_gone(children)
    with psycopg.connect(owner_of(first.var), autocommit=True) as owner:
        owner.execute("DROP OWNED BY portal_app; DROP ROLE portal_app")

        first.start()
        assert first.await_ready() == f"Portal ready: http://127.0.0.1:{first.port}/\n"
        assert first.get("/")[0] == 200
        at_work = owner.execute(
            "SELECT DISTINCT usename FROM pg_stat_activity WHERE backend_type = 'client backend'"
            " AND pid <> pg_backend_pid()"
        )
        assert at_work.fetchall() == [("portal_app",)]
    assert "Warning: the database role" not in first.log.read_text()


def test_sigterm_stops_all_that_was_started(portals):
    first, second = portals
    server, children = first.server, first.children
    assert first.end(signal.SIGTERM) == 128 + signal.SIGTERM
    until_gone([server, *children])
    assert first.server is None
    with socket.create_server(("127.0.0.1", first.port)):
        pass
    assert second.get("/livez") == (200, "ok\n")
