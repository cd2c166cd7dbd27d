"""The processes that print: what one document may take, and that none of them is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from manuals.pdf.chunks import Document
from manuals.pdf.render_pool import Limits, PrintFailed, print_documents

ROOT = Path(__file__).resolve().parents[3]
LONG = "<p>การปฏิบัติราชการ</p>" * 5_000  # some seconds and a quarter of a gigabyte


def make_document(name: str, body: str = "<p>น้ำ</p>") -> Document:
    return Document(
        name,
        f'<html lang="th"><head><title>{name}</title></head><body>{body}</body></html>',
    )


def children(pid: int) -> list[int]:
    """The processes whose parent is `pid`, and theirs; a process that ended but is not waited for is none."""
    found, pending = [], [pid]
    parents: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            _, _, rest = (folder / "stat").read_text().rpartition(")")
        except OSError:
            continue
        state, parent = rest.split()[:2]
        if state != "Z":
            parents.setdefault(int(parent), []).append(int(folder.name))
    while pending:
        below = parents.get(pending.pop(), [])
        found += below
        pending += below
    return found


def workers(pid: int) -> list[int]:
    """The printing processes below `pid`: children of the fork server."""
    return [
        each
        for each in children(pid)
        for parent in children(pid)
        if each in children(parent)
    ]


def wait_until(is_true, seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_true():
            return True
        time.sleep(0.05)
    return False


def test_document_that_takes_too_long_is_stopped_and_named():
    documents = [make_document("ก"), make_document("กระบวนงานที่ยาวเกินไป", LONG)]

    with pytest.raises(PrintFailed, match="took longer than 2 seconds") as failure:
        print_documents(documents, limits=Limits(seconds=2))

    assert failure.value.name == "กระบวนงานที่ยาวเกินไป"


def test_document_that_needs_too_much_memory_is_named():
    documents = [
        make_document("ก"),
        make_document("กระบวนงานที่ใหญ่เกินไป", LONG),
        make_document("ข"),
    ]

    with pytest.raises(PrintFailed, match="memory") as failure:
        print_documents(documents, limits=Limits(memory=320 * 1024**2))

    assert failure.value.name == "กระบวนงานที่ใหญ่เกินไป"


def test_no_printing_process_is_left_after_success_or_failure():
    print_documents([make_document("ก"), make_document("ข")])
    assert wait_until(lambda: workers(os.getpid()) == [])

    with pytest.raises(PrintFailed):
        print_documents(
            [make_document("ก", LONG), make_document("ข")], limits=Limits(seconds=1)
        )

    assert wait_until(lambda: workers(os.getpid()) == [])


def test_documents_of_a_killed_worker_are_printed_by_another():
    killed: list[int] = []

    def kill_once(done: int, total: int) -> None:
        if not killed:
            killed.extend(workers(os.getpid())[:1])
            os.kill(killed[0], signal.SIGKILL)

    documents = [make_document(f"d{number}", "<p>น้ำ</p>" * 200) for number in range(6)]
    printed, rendered = print_documents(documents, progress=kill_once)

    assert len(killed) == 1
    assert [len(each.manifest.pages) > 0 for each in printed] == [True] * 6
    assert rendered == 6


SCRIPT = f"""
from manuals.pdf.chunks import Document
from manuals.pdf.render_pool import print_documents
if __name__ == "__main__":
    page = '<html lang="th"><head><title>x</title></head><body>' + {"<p>การปฏิบัติราชการ</p>"!r} * 8_000
    print_documents([Document("a", page), Document("b", page + "b")])
"""


def test_workers_end_when_the_process_that_prints_is_killed(tmp_path):
    script = tmp_path / "prints.py"
    script.write_text(SCRIPT)
    printing = subprocess.Popen(
        [sys.executable, str(script)], env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    try:
        assert wait_until(lambda: len(workers(printing.pid)) == 2)
        running = children(printing.pid)
    finally:
        printing.kill()
        printing.wait()

    def is_gone(pid: int) -> bool:
        try:
            return (
                Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
                == "Z"
            )
        except OSError:
            return True

    assert wait_until(lambda: all(is_gone(pid) for pid in running))
