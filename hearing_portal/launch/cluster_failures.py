"""Why the private database does not start, and what the operator does about it."""

import contextlib
import errno
import re
import shutil
import tempfile
from pathlib import Path

from hearing_portal.launch.problems import Problem

# Bytes; below that the server finds no place for the next piece of its log (16 MB) and stops
LEAST_ROOM = 32 * 1024 * 1024
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class NoRoom(Problem):
    """The disk of the database is full: nothing is damaged, and it starts as soon as there is room."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"พื้นที่ของดิสก์ที่เก็บ {folder} เต็ม ฐานข้อมูลจึงเริ่มไม่ได้ ข้อมูลเดิมยังอยู่ครบ: "
            "ลบหรือย้ายไฟล์อื่นออกจากดิสก์นั้น แล้วสั่งใหม่",
            f"The disk of {folder} is full, so the database does not start. What is stored there is whole: "
            "delete or move other files of that disk, then start this command again.",
        )


def failure_to_start(folder: Path, log: Path, said: str) -> Problem:
    """Of a server whose data lie in `folder`; `said` is what its starter said."""
    return NoRoom(folder) if has_no_room(folder) else damaged(folder, log, said)


def has_no_room(folder: Path) -> bool:
    """Asked of the disk itself: the server's log stands on it, too, and may be cut short. What an ordinary account may
    still use counts, for the server's is one."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".room-") as probe:
            probe.write(b"\0" * 8192)
            probe.flush()
        return shutil.disk_usage(folder).free < LEAST_ROOM
    except OSError as error:
        return error.errno in FULL


def damaged(folder: Path, log: Path, said: str) -> Problem:
    with contextlib.suppress(OSError):
        said = log.read_text(errors="replace")[-1500:] + said
    lines = []
    for line in said.splitlines():
        if re.search("FATAL|PANIC|ERROR|HINT", line):
            lines.append(line)
    last_lines = " ".join(lines[-3:]) or said
    reason = " ".join(last_lines.split())[-500:]
    return Problem(
        f"เริ่มฐานข้อมูลใน {folder} ไม่ได้ ข้อมูลอาจเสียหาย: นำสำเนาสำรองกลับมาวาง "
        "หรือหากไม่ต้องการข้อมูลเดิมให้ย้ายโฟลเดอร์นี้ไปที่อื่น แล้วสั่งใหม่",
        f"The database in {folder} does not start; its files may be damaged. Put back a copy of the folder, or, "
        f"if its content is not needed, move it away (mv {folder} {folder}.damaged), then start this command again. "
        f"PostgreSQL said: {reason}",
    )
