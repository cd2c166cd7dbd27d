"""The private database: where it lies, who uses it, what a kill leaves."""

import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from hearing_portal.launch import cluster, cluster_folder
from hearing_portal.launch.cluster import PostgresCluster, socket_folder
from hearing_portal.launch.cluster_folder import OUTSIDE, ServerAccount
from hearing_portal.launch.problems import Problem
from tests.launch.conftest import (
    CHECKOUT,
    children_of,
    environment,
    give_to_the_server,
    portal,
    server_of,
    until_gone,
)

AS_ROOT = os.geteuid() == 0
# The shortest command that needs the database
USE = ("manage", "dbshell", "--", "-c", "SELECT 1")


@contextmanager
def holding(var: Path) -> Iterator[subprocess.Popen[str]]:
    """A command that uses the database until it is ended."""
    mark = var / "holding"
    process = subprocess.Popen(
        [
            *(str(CHECKOUT / "portal"), "manage", "dbshell", "--"),
            *("-c", f"\\! touch {mark}", "-c", "SELECT pg_sleep(100)"),
        ],
        env=environment(var),
        stdout=subprocess.DEVNULL,
    )
    try:
        deadline = time.monotonic() + 120
        while not mark.exists():
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        yield process
    finally:
        process.kill()
        process.wait()


def test_the_server_runs_while_somebody_needs_it(var):
    with holding(var) as first:
        server = server_of(var)
        assert server is not None
        assert portal(*USE, var=var).returncode == 0
        assert server_of(var) == server

        first.terminate()
        assert first.wait(timeout=120) == 128 + signal.SIGTERM
    assert server_of(var) is None
    until_gone([server])


def test_two_that_start_at_once_make_one_database(var):
    both = [
        subprocess.Popen([str(CHECKOUT / "portal"), *USE], env=environment(var))
        for _ in range(2)
    ]
    assert [process.wait(timeout=300) for process in both] == [0, 0]
    assert server_of(var) is None


def test_the_database_is_private(var):
    assert portal(*USE, var=var).returncode == 0
    data = (var / "postgres" / "data").stat()
    assert stat.S_IMODE(data.st_mode) == 0o700
    assert pwd.getpwuid(data.st_uid).pw_name == (
        "postgres" if AS_ROOT else pwd.getpwuid(os.geteuid()).pw_name
    )
    assert stat.S_IMODE((var / "secret-key").stat().st_mode) == 0o600


def test_after_a_killed_command_the_next_uses_its_server_and_stops_it(var):
    with holding(var) as first:
        server, children = server_of(var), children_of(first.pid)
        first.kill()
        until_gone(children)
    assert portal(*USE, var=var).returncode == 0
    until_gone([server])


def test_a_killed_server_leaves_nothing_in_the_way(var):
    with holding(var):
        server = server_of(var)
        os.kill(server, signal.SIGKILL)
    lock = var / "postgres" / "data" / "postmaster.pid"
    # As after a restart of a container: the number has been given to another program, this one
    lock.write_text(lock.read_text().replace(str(server), str(os.getpid()), 1))
    assert portal(*USE, var=var).returncode == 0
    assert not lock.exists()


def test_a_start_that_failed_is_tried_once_more(var, monkeypatch):
    """A disk that was full has room when it is asked why the server did not start; what is damaged stays so."""
    monkeypatch.setattr(cluster, "TRY_AGAIN", 0)
    with cluster.running_cluster(var, scratch=True) as opened:
        kept = cluster.KeptServer(opened, var)
        control = opened.data / "global" / "pg_control"
        aside = control.with_name("aside")
        cluster.stop_server(opened)
        control.rename(aside)
        kept.keep()
        assert not opened.is_running()
        aside.rename(control)
        kept.keep()
        assert opened.is_running()

        cluster.stop_server(opened)
        control.rename(aside)
        kept.keep()
        with pytest.raises(Problem):
            kept.keep()


def test_a_half_made_database_is_made_again(var):
    half = var / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("15\n")
    give_to_the_server(var / "postgres")
    assert portal(*USE, var=var).returncode == 0
    assert not half.exists()


def test_a_private_home_stays_closed(var):
    """Root's database account cannot pass a 0700 folder: the data lies elsewhere; an ordinary user's can."""
    home = var / "home"
    home.mkdir(mode=0o700)
    state = home / "state"
    pointer = state / "postgres.folder"
    try:
        for _ in range(2):
            assert portal(*USE, var=state).returncode == 0
        assert stat.S_IMODE(home.stat().st_mode) == 0o700
        if AS_ROOT:
            key = hashlib.sha256(str(state).encode()).hexdigest()[:12]
            assert [Path(pointer.read_text().strip())] == list(OUTSIDE.glob(f"{key}-*"))
            assert not (state / "postgres").exists()
        else:
            assert (state / "postgres" / "data" / "PG_VERSION").exists()
    finally:
        if pointer.exists():
            shutil.rmtree(pointer.read_text().strip())


def test_a_moved_folder_keeps_its_database_and_a_copied_one_does_not_share_it(var):
    moved, copied = var / "moved", var / "copied"
    (var / "state").mkdir()
    account = ServerAccount(os.geteuid(), os.getegid())
    folder = cluster_folder.make_outside(var / "state", account, var / "outside")

    shutil.copytree(var / "state", copied)
    with pytest.raises(Problem, match=f"{copied} is a copy of {var / 'state'}"):
        cluster_folder.folder_outside(copied)
    (var / "state").rename(moved)

    assert cluster_folder.folder_outside(moved) == folder
    assert cluster_folder.folder_outside(moved) == folder


@pytest.mark.parametrize("squat", ["open folder", "link", "file"])
def test_a_socket_folder_of_somebody_else_is_not_used(var, squat):
    cluster = PostgresCluster(
        var / squat, Path(), ServerAccount(os.geteuid(), os.getegid())
    )
    first = socket_folder(cluster)
    first.rmdir()
    if squat == "open folder":
        first.mkdir()
        first.chmod(0o777)
    elif squat == "link":
        first.symlink_to(var)
    else:
        first.touch()
    try:
        second = socket_folder(cluster)
        assert second == first.with_name(f"{first.name}-1")
        second.rmdir()
    finally:
        if squat == "open folder":
            first.rmdir()
        else:
            first.unlink()
