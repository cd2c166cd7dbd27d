"""Thirty copies of a Word file of 150 pages, sent back by offices: read, held against what went out, and taken in.

Required: reading and taking in 60 s at most, with 400 MB (the worker and the two processes that read together); 99 %
of what was changed and remarked at the right clause, no letter lost; reading a file at most 5 times what python-docx
takes to go through the same paragraphs in the same run; the whole manual as Word within 10 s.
"""

import argparse
import io
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAGES, SEED, COPIES = 150, 2565, 30
CHANGES = 24  # in each copy
RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    parser.add_argument("--take-in", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    import django

    django.setup()
    if options.take_in:
        folder, session_id, username = options.take_in
        take_in(Path(folder), int(session_id), username)
        return
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder))
    for name, value in figures.items():
        print(f"{name:34} {value}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)
    met = (
        figures["30 copies, s"] <= 60
        and figures["memory, MB"] <= 400
        and figures["at the right clause, %"] >= 99
        and figures["letters lost"] == 0
        and figures["reading / python-docx"] <= 5
        and figures["export, s"] <= 10
    )
    print("requirement met" if met else "requirement not met")
    sys.exit(0 if met else 1)


def measure(folder: Path) -> dict[str, Any]:
    from comments.returned_copies.reading import copies_from_json
    from manuals.comparing.sides import Side
    from manuals.word_export.exporting import WordOptions, export_word

    session, facilitator = make_session()
    side = Side(session.edition)
    options = WordOptions(group="DIR")
    exported, raw = timed(lambda: export_word(side, options))
    chance = random.Random(SEED)
    copies = [change_copy(raw, chance) for _ in range(COPIES)]
    for number, (copy, _) in enumerate(copies):
        (folder / f"{number:02}.docx").write_bytes(copy)
    # In a process that has done nothing else: memory is never given back
    command = [sys.executable, "-m", "tests.benchmarks.word", "--take-in", str(folder)]
    subprocess.run(
        [*command, str(session.pk), facilitator.username], check=True, cwd=os.getcwd()
    )
    took = json.loads((folder / "took.json").read_text())
    found = copies_from_json((folder / "found.json").read_bytes())
    reading, taking, memory = took["reading"], took["taking"], took["memory"]

    asked, right, lost = 0, 0, 0
    for copy, (_, truth) in zip(found, copies, strict=True):
        asked += len(truth)
        for uuid, kind, words in truth:
            matching = [
                item
                for item in copy.returned.items
                if item.uuid == uuid and item.kind == kind
            ]
            right += bool(matching)
            said = "".join(words_of(item) for item in copy.returned.items)
            said += "".join(copy.returned.unplaced)
            if "".join(words.split()) not in "".join(said.split()):
                lost += len(words)
    ours, theirs = side_by_side(copies[0][0])
    return {
        "letters of the file": len(raw),
        "clauses": found[0].returned.known,
        "export, s": round(exported, 2),
        "reading and comparing, s": round(reading, 1),
        "taking in, s": round(taking, 1),
        "30 copies, s": round(reading + taking, 1),
        "memory, MB": round(memory),
        "changed and remarked": asked,
        "found": sum(len(copy.returned.items) for copy in found),
        "at the right clause, %": round(100 * right / asked, 2),
        "letters lost": lost,
        "reading one file, s": round(ours, 3),
        "python-docx going through it, s": round(theirs, 3),
        "reading / python-docx": round(ours / theirs, 2),
    }


def take_in(folder: Path, session_id: int, username: str) -> None:
    """As the worker does it: reads the copies of the folder and takes them in."""
    from django.conf import settings

    from comments.models import HearingSession
    from comments.returned_copies.reading import (
        AT_ONCE,
        SentCopy,
        copies_to_json,
        read_copies,
    )
    from comments.returned_copies.services.taking import ConfirmedCopy, take_in_copies
    from hearing_portal.directory.models import User
    from tests import factories

    settings.FILES_DIR = folder / "files"
    session = HearingSession.objects.with_state().get(pk=session_id)
    sent = []
    for path in sorted(folder.glob("*.docx")):
        sent.append(SentCopy(path.name, path.name))

    def load(name: str) -> bytes:
        return (folder / name).read_bytes()

    reading, found = timed(
        lambda: read_copies(session, sent, load, progress=lambda *_: None)
    )
    office = factories.make_office("สพป.ลำปาง เขต 1")
    by = User.objects.get(username=username)
    confirmed = [ConfirmedCopy(copy, load(copy.upload), office, None) for copy in found]
    taking, _ = timed(lambda: take_in_copies(session, confirmed, by=by))
    kilobytes = peak_memory()
    kilobytes += AT_ONCE * memory_of_reading(folder / sent[0].name)
    (folder / "found.json").write_bytes(copies_to_json(found))
    figures = {"reading": reading, "taking": taking, "memory": kilobytes / 1024}
    (folder / "took.json").write_text(json.dumps(figures))


READ_ALONE = """
import json, sys
from manuals.word.reading import read_docx
from tests.benchmarks.word import peak_memory
json.dumps(read_docx(open(sys.argv[1], "rb").read()).to_json())
print(peak_memory())
"""


def memory_of_reading(path: Path) -> int:
    """Kilobytes of a process that reads a file."""
    command = [sys.executable, "-c", READ_ALONE, str(path)]
    told = subprocess.run(
        command, check=True, capture_output=True, text=True, cwd=os.getcwd()
    )
    return int(told.stdout)


def peak_memory() -> int:
    """Kilobytes of this process since it is this program. getrusage also tells what its parent had when it was made."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1])


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def make_session() -> tuple[Any, Any]:
    """An open session about one manual of that many pages, and its facilitator."""
    from django.core.management import call_command

    from tests import factories

    group = factories.make_group("DIR")
    admin = factories.make_admin()
    factories.make_manual(group)
    call_command("make_book", pages=PAGES, seed=SEED, by=admin.username)
    edition = factories.make_edition("BENCH", by=admin)
    facilitator = factories.make_facilitator(group)
    made = factories.make_session(edition, group, hearing=factories.make_hearing())
    return factories.open_session(made, by=facilitator), facilitator


def change_copy(raw: bytes, chance: random.Random) -> tuple[bytes, list[Any]]:
    """(the file as an office sends it back, [(entry, kind, words)] of what it did): tracked and not, in turns."""
    from docx.oxml.ns import qn

    from manuals.source import uuid_in_bookmark
    from tests.comments.returned_copies.word_files import (
        add_tracked,
        cut_tracked,
        opened,
        remark,
        saved,
        set_words,
        type_tracked,
    )

    document = opened(raw)
    clauses = []
    for start in document.element.iter(qn("w:bookmarkStart")):
        uuid = uuid_in_bookmark(start.get(qn("w:name"), ""))
        paragraph = next(start.iterancestors(qn("w:p")))
        is_heading = paragraph.pPr is not None and paragraph.pPr.pStyle is not None
        if uuid is not None and not is_heading:
            clauses.append((uuid, paragraph))
    truth: list[Any] = []
    for number, (uuid, paragraph) in enumerate(chance.sample(clauses, CHANGES)):
        words = f"ข้อความที่ สพท. เสนอ {chance.randrange(10**9)}"
        match number % 6:
            case 0:
                type_tracked(paragraph, f" {words}")
                truth.append((uuid, "amend", words))
            case 1:
                texts = "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
                set_words(paragraph, f"{texts} {words}")
                truth.append((uuid, "amend", words))
            case 2:
                remark(document, paragraph, words)
                truth.append((uuid, "remark", words))
            case 3:
                cut_tracked(paragraph, whole=True)
                truth.append((uuid, "delete", ""))
            case 4:
                add_tracked(paragraph, words)
                truth.append((uuid, "add", words))
            case 5:
                paragraph.getparent().remove(paragraph)
                truth.append((uuid, "delete", ""))
    return saved(document), truth


def words_of(item: Any) -> str:
    return item.words + "".join(item.texts.values())


def side_by_side(raw: bytes) -> tuple[float, float]:
    """(seconds to read the file as lines, seconds in which python-docx goes through its paragraphs), the least of runs
    taken in turn."""
    import docx

    from manuals.word.reading import read_docx

    def go_through() -> int:
        document = docx.Document(io.BytesIO(raw))
        letters = sum(len(paragraph.text) for paragraph in document.paragraphs)
        for table in document.tables:
            for row in table.rows:
                for cell in row.cells:
                    letters += sum(len(each.text) for each in cell.paragraphs)
        return letters

    ours, theirs = [], []
    for _ in range(RUNS):
        ours.append(timed(lambda: read_docx(raw))[0])
        theirs.append(timed(go_through)[0])
    return min(ours), min(theirs)


if __name__ == "__main__":
    main()
