"""`./portal rehearse`: a hearing day played on this machine, against a portal of its own that is thrown away.

Its state lies in a folder inside the folder of state (the same disk), its database is a cluster of its own, its port a
free one. Nothing of a running portal is read or written.
"""

import argparse
import contextlib
import fcntl
import os
import re
import resource
import select
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hearing_portal.launch.children import (
    LOOK_EVERY,
    end_children,
    run_child,
    start_child,
    stop_if_asked,
)
from hearing_portal.launch.cluster import remove_cluster, running_cluster
from hearing_portal.launch.cluster_folder import ensure_folder
from hearing_portal.launch.commands import (
    PYTHON,
    require_number_of_processes,
    require_system,
)
from hearing_portal.launch.paths import CHECKOUT, var_folder
from hearing_portal.launch.problems import Problem, announce, warn
from hearing_portal.launch.supervisor import PATIENCE

MOST_PEOPLE, MOST_MINUTES = 5000, 60.0
LEAST_MINUTES = 0.1
PREFIX = "rehearsal-"  # of the folders in `var`
LOCK = "rehearsal.running"
READY = re.compile(rb"Portal ready: http://127\.0\.0\.1:(\d+)/")
END_WITHIN = 90.0  # seconds: the portal ends its processes, then its database
# Measured: two web processes, the worker, PostgreSQL and the players; and what each telephone takes of all of them
MEMORY, MEMORY_OF_PERSON = 1_000_000_000, 200_000  # bytes
DISK, DISK_OF_PERSON = 600_000_000, 200_000
OTHER_FILES = 500  # that a process opens besides its telephones
# What would lead to another database or address, send mail, or sign what the real portal takes for its own
NOT_OF_REHEARSAL = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "PORTAL_HOSTS",
    "PORTAL_HTTPS",
    "PORTAL_ORIGINS",
    "PORTAL_SMTP",
    "PORTAL_URL",
    "SECRET_KEY",
)


def rehearse(arguments: list[str]) -> int:
    """Plays a day and prints its sheet; 0 go, 1 no-go or a problem."""
    options = _read_options(arguments)
    for name in NOT_OF_REHEARSAL:
        os.environ.pop(name, None)
    require_number_of_processes()
    require_system()
    var = var_folder()
    with _only_rehearsal_of(var):
        for remains in var.glob(f"{PREFIX}*"):
            _remove(remains)
        _require_room(var, options.people)
        _warn_of_portal(var)
        with _scratch_state(var) as state:
            os.environ["PORTAL_VAR"] = str(state)
            return _play(state, options)


def _read_options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="./portal rehearse",
        description="ซ้อมวันประชาพิจารณ์บนเครื่องนี้ / Rehearse a hearing day on this machine.",
    )
    parser.add_argument(
        "--people", type=int, default=2450, help="จำนวนคน / people (2450)"
    )
    parser.add_argument(
        "--minutes", type=float, default=5.0, help="จำนวนนาที / minutes (5)"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="ไฟล์ผล / the result as JSON"
    )
    options = parser.parse_args(arguments)
    if not 1 <= options.people <= MOST_PEOPLE:
        parser.error(f"--people: 1 … {MOST_PEOPLE}")
    if not LEAST_MINUTES <= options.minutes <= MOST_MINUTES:
        parser.error(f"--minutes: {LEAST_MINUTES} … {MOST_MINUTES}")
    return options


def _require_room(var: Path, people: int) -> None:
    """Raises a Problem, before anything is made, where the machine cannot hold it and a running portal would suffer."""
    memory = MEMORY + people * MEMORY_OF_PERSON
    available = _available_memory()
    if available < memory:
        raise Problem(
            f"หน่วยความจำเหลือ {available / 1e9:.1f} GB การซ้อมต้องใช้ {memory / 1e9:.1f} GB: "
            "ปิดโปรแกรมอื่น หรือลดจำนวนคนด้วย --people",
            f"{available / 1e9:.1f} GB of memory are available, the rehearsal takes {memory / 1e9:.1f} GB. Stop other "
            "programs, or rehearse with fewer people (--people).",
        )
    disk = DISK + people * DISK_OF_PERSON
    free = shutil.disk_usage(var).free
    if free < disk:
        raise Problem(
            f"พื้นที่ว่างของ {var} เหลือ {free / 1e9:.1f} GB การซ้อมต้องใช้ {disk / 1e9:.1f} GB: เพิ่มพื้นที่ "
            "หรือกำหนดโฟลเดอร์อื่นด้วย PORTAL_VAR",
            f"{var} has {free / 1e9:.1f} GB free, the rehearsal takes {disk / 1e9:.1f} GB until it ends. Make room, or "
            "name a folder on another disk in PORTAL_VAR.",
        )
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if files != resource.RLIM_INFINITY and files < people + OTHER_FILES:
        raise Problem(
            f"บัญชีนี้เปิดไฟล์พร้อมกันได้ {files} ไฟล์ น้อยกว่าที่ {people} คนต้องใช้: เพิ่มด้วย ulimit -Hn หรือ LimitNOFILE แล้วสั่งใหม่",
            f"A process of this account may open {files} files, fewer than {people} people need. Raise the limit "
            "(ulimit -Hn, or LimitNOFILE of the service), or rehearse with fewer people (--people).",
        )


def _available_memory() -> int:
    """Bytes that can be had without swapping (proc(5))."""
    for line in Path("/proc/meminfo").read_text().splitlines():
        if line.startswith("MemAvailable:"):
            return 1024 * int(line.split()[1])
    return 0


def _warn_of_portal(var: Path) -> None:
    try:
        with open(var / "portal.running") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        warn(
            "ระบบจริงทำงานอยู่บนเครื่องนี้ การซ้อมไม่แตะต้องระบบนั้น แต่ใช้หน่วยประมวลผลร่วมกัน: ซ้อมนอกเวลาที่มีผู้ใช้",
            "The portal of this folder is running. The rehearsal does not touch it, but takes processor time from it: "
            "rehearse when nobody uses it.",
        )
    except OSError:
        pass  # no portal has ever run here


# -- the state that is thrown away


@contextlib.contextmanager
def _only_rehearsal_of(var: Path) -> Iterator[None]:
    """Two at once would measure each other; and whoever is alone may delete what a killed one left."""
    with open(var / LOCK, "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(
                "มีการซ้อมอื่นบนเครื่องนี้อยู่แล้ว: รอให้เสร็จ หรือหยุดด้วย Ctrl+C แล้วสั่งใหม่",
                "Another rehearsal is running on this folder of state. Wait until it ends, or stop it (Ctrl+C), then "
                "start this command again.",
            ) from error
        yield


@contextlib.contextmanager
def _scratch_state(var: Path) -> Iterator[Path]:
    """A folder of state that is gone afterwards, with its database, also when a signal ends this command."""
    state = Path(tempfile.mkdtemp(prefix=PREFIX, dir=var))
    try:
        state.chmod(0o711)  # the database's account passes through
        yield state
    finally:
        _remove(state)


def _remove(state: Path) -> None:
    remove_cluster(state)
    shutil.rmtree(state, ignore_errors=True)


# -- the day


@dataclass(frozen=True)
class _Portal:
    process: subprocess.Popen[bytes]
    port: int


def _play(state: Path, options: argparse.Namespace) -> int:
    plan, played = state / "plan.json", state / "played.json"
    announce("กำลังเตรียมข้อมูลสำหรับการซ้อม", "Preparing the data of the rehearsal")
    seeding = ["manage", "prepare_rehearsal", "--people", str(options.people)]
    # Without waiting for the disk: what is seeded has to survive nothing. The portal starts the server anew, as ever
    with running_cluster(state, scratch=True):
        _require_success(_run_portal(*seeding, "--out", str(plan)))
    with running_cluster(state):
        with _running_portal() as portal:
            announce(
                f"กำลังซ้อม {options.people} คน {options.minutes:g} นาที",
                f"Rehearsing with {options.people} people for {options.minutes:g} minutes",
            )
            command = [*PYTHON, "-m", "comments.rehearsal.playing", str(plan)]
            command += ["--port", str(portal.port)]
            command += ["--portal", str(portal.process.pid)]
            command += ["--database", str(_database_process(state))]
            command += ["--seconds", str(60 * options.minutes), "--out", str(played)]
            _require_success(run_child(command, cwd=CHECKOUT))
        # Once the portal has said all it has to say: the sheet comes last
        judging = ["manage", "judge_rehearsal", str(played)]
        judging += ["--minutes", str(options.minutes)]
        if options.json:
            judging += ["--json", str(options.json.absolute())]
        return _run_portal(*judging)


def _portal_command(*arguments: str) -> list[str]:
    return [*PYTHON, "-m", "hearing_portal.launch", *arguments]


def _run_portal(*arguments: str) -> int:
    return run_child(_portal_command(*arguments))


def _require_success(status: int) -> None:
    if status != 0:
        raise Problem(
            "ซ้อมไม่สำเร็จ: ดูข้อความด้านบน แก้ไขแล้วสั่งใหม่ ระบบจริงไม่ได้รับผล",
            "The rehearsal could not be played to its end: read the lines above, mend the cause, then start this "
            "command again. The real portal was not touched.",
        )


@contextlib.contextmanager
def _running_portal() -> Iterator[_Portal]:
    """As `./portal run` starts it, on a free port of this machine alone."""
    command = _portal_command("run", "--port", "0", "--without-demonstration")
    process = start_child(command, stdout=subprocess.PIPE)
    try:
        yield _Portal(process, _await_ready(process))
    finally:
        end_children([process], END_WITHIN)


def _await_ready(process: subprocess.Popen[bytes]) -> int:
    """Its port."""
    assert process.stdout is not None
    deadline = time.monotonic() + 2 * PATIENCE
    said = b""
    while time.monotonic() < deadline:
        stop_if_asked()
        readable, _, _ = select.select([process.stdout], [], [], LOOK_EVERY)
        if not readable:
            continue
        part = os.read(process.stdout.fileno(), 4096)
        if not part:
            break
        said += part
        found = READY.search(said)
        if found:
            return int(found[1])
    raise Problem(
        "เริ่มระบบสำหรับซ้อมไม่ได้: ดูข้อความด้านบน แก้ไขแล้วสั่งใหม่ ระบบจริงไม่ได้รับผล",
        "The portal of the rehearsal did not start: read the lines above, mend the cause, then start this command "
        "again. The real portal was not touched.",
    )


def _database_process(state: Path) -> int:
    """PostgreSQL's first process, of which all others come."""
    folder, _ = ensure_folder(state)
    return int((folder / "data" / "postmaster.pid").read_text().split()[0])
