"""`./portal rehearse`: a short day with few people, what is left of it, and when it is not begun. Nobody asks here how
quick it was."""

import json
import re
import signal
import subprocess
import time
from pathlib import Path

from tests.launch.conftest import (
    CHECKOUT,
    environment,
    portal,
    problem,
    server_of,
    until_gone,
)

ROWS = {
    "stored_once",
    "all_acknowledged",
    "events_lost",
    "hands",
    "streams",
    "pages_lost",
    "seen",
    "pages",
    "followed",
    "followed_by_almost_all",
    "doors",
    "last_call",
    "catching_up",
    "replaced",
}
NEVER_BROKEN = {"stored_once", "all_acknowledged", "events_lost", "hands", "streams"}
FEW = ("rehearse", "--people", "12", "--minutes", "0.1")


def remains_of(var: Path) -> list[Path]:
    return list(var.glob("rehearsal-*"))


def begin_rehearsal(var: Path) -> tuple[subprocess.Popen[str], int]:
    """Begun as far as its database runs; with the number of that."""
    command = [str(CHECKOUT / "portal"), *FEW]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env=environment(var), text=True, **quiet)
    deadline = time.monotonic() + 120
    while True:
        for state in remains_of(var):
            server = server_of(state)
            if server is not None:
                return process, server
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_day_is_rehearsed_and_nothing_of_it_is_left(var: Path, tmp_path: Path):
    killed, left_server = begin_rehearsal(var)
    killed.kill()
    killed.wait()
    assert len(remains_of(var)) == 1
    told = tmp_path / "result.json"

    result = portal(*FEW, "--json", str(told), var=var)

    until_gone([left_server])
    assert remains_of(var) == []
    assert "Traceback" not in result.stderr, result.stderr
    found = json.loads(told.read_text())
    assert result.returncode == (0 if found["go"] else 1)
    head, _, verdict = result.stdout.splitlines()[1:4]
    assert head.startswith("12 คน 0.1 นาที เมื่อ ")
    assert re.fullmatch(r"ผล: (ไป|ไม่ไป \(.+ จาก 14 รายการ\))", verdict), verdict
    assert found["go"] == (verdict == "ผล: ไป")
    rows = {row["key"]: row for row in found["rows"]}
    assert set(rows) == ROWS
    assert [rows[key] for key in NEVER_BROKEN if not rows[key]["kept"]] == []
    for row in found["rows"]:
        assert row["kept"] or row["advice"] in result.stdout
    played = found["played"]
    assert played["last_call"]["number"] == 5
    assert played["doors"]["number"] + played["doors_shut"] == 12
    assert played["cut"] >= 1
    assert played["hands"]["asked"] == 10
    assert played["killed"]
    assert played["clauses_refused"] == played["refused"] == 0
    assert [status for status in played["statuses"] if status < "500"] == []


def test_a_rehearsal_that_is_interrupted_leaves_nothing(var: Path):
    process, server = begin_rehearsal(var)

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=120) == 128 + signal.SIGINT
    until_gone([server])
    assert remains_of(var) == []


def test_a_rehearsal_that_the_machine_cannot_hold_is_not_begun(var: Path):
    few_files = ("sh", "-c", 'ulimit -n 1000; exec "$@"', "sh")

    result = portal("rehearse", var=var, world=few_files)

    told = problem(result)
    assert "1000 files, fewer than 2450 people need" in told
    assert "--people" in told
    assert remains_of(var) == []


def test_people_and_minutes_have_their_bounds(var: Path):
    for wrong in (("--people", "5001"), ("--minutes", "61"), ("--people", "0")):
        result = portal("rehearse", *wrong, var=var)
        assert (result.returncode, result.stdout) == (2, "")
        assert wrong[0] in result.stderr
