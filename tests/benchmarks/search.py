"""Thai search over 20,000 clauses, beside a bare LIKE on the same texts in the same run.

    python -m tests.benchmarks.search --json FILE      (DATABASE_URL names a scratch database)

The clauses are put together from the real ones in fixtures/manuals, with a fixed seed.
"""

import argparse
import json
import os
import random
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import django

CHECKOUT = Path(__file__).resolve().parents[2]
CODE = "BENCH-SEARCH"
QUERIES = (
    "หนังสือราชการ",
    "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    "พ.ศ. 2562",
    "ภายใน ๓๐ นาที",
    "เบิกจ่าย",
    "งบทดลองประจำเดือน",
    "คณะกรรมการ",
    "AMSS++",
    "การตรวจสอบภายในโรงเรียนเอกชน",
    "ลา",
    "แบบฟอร์มขอใช้รถราชการของสำนักงาน",
    "กกกกกก ไม่มีคำนี้",
    "หนังสือราชกาน",
    "ยมเงิน",
    "ข้อ 5.1",
)

LINE = (
    "{query:38.38} {hits:>4} hits  p50 {p50:6.1f}  p95 {p95:6.1f} "
    "ms   LIKE p50 {like_p50:6.1f}  p95 {like_p95:6.1f} ms"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clauses", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    django.setup()
    edition, seconds = fill(options.clauses)
    result = {
        "clauses": options.clauses,
        "index_seconds": round(seconds, 1),
        "queries": [],
    }
    for text in QUERIES:
        row = measure(edition, text, options.rounds)
        result["queries"].append(row)
        print(LINE.format(**row))
    result["worst_p95_ms"] = max(row["p95"] for row in result["queries"])
    print(
        f"worst p95 {result['worst_p95_ms']} ms; {options.clauses:,} clauses indexed in {seconds:.1f} s"
    )
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1))


def fill(number: int) -> tuple[Any, float]:
    """A sealed edition of `number` clauses in ten manuals, written by bulk SQL; and the seconds indexing took."""
    from django.db import connection

    from manuals.models import Edition
    from manuals.searching.services import index_edition

    edition = Edition.objects.filter(code=CODE).first() or _write(list(texts(number)))
    began = time.perf_counter()
    index_edition(edition)
    seconds = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return edition, seconds


def texts(number: int) -> Iterator[str]:
    """Clauses of two or three pieces of real ones, all different."""
    chance = random.Random(2565)
    lines = [
        line.strip()
        for path in sorted((CHECKOUT / "fixtures" / "manuals").glob("25*/*/*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    pieces = [
        piece
        for line in lines
        if len(line) > 20
        for piece in line.split(" ")
        if len(piece) > 8
    ]
    for ordinal in range(number):
        words = " ".join(chance.choice(pieces) for _ in range(chance.randint(2, 6)))
        yield f"{words} {ordinal}"


def _write(plain: list[str]) -> Any:
    from django.utils import timezone

    from hearing_portal.directory.models import User, WorkGroup
    from manuals.models import Clause, Edition, EditionEntry, Manual, Section, TextBlob

    by = User.objects.create_user(f"bench-{uuid.uuid4().hex[:8]}")
    edition = Edition.objects.create(
        code=CODE, kind="hearing", title=CODE, made_by=by, policy_version="1"
    )
    sections = []
    for number in range(10):
        key = f"B{number}-{uuid.uuid4().hex[:6]}"
        group = WorkGroup.objects.create(
            key=key, name=key, short_name=key, order=number, valid_from="2022-01-01"
        )
        manual = Manual.objects.create(key=key, title=key, work_group=group)
        sections.append(
            Section.objects.create(
                manual=manual, rank="1", kind="process", title=f"กระบวนงาน {number}"
            )
        )
    blobs, clauses = [], []
    for ordinal, text in enumerate(plain):
        content = {"applies_to": "both", "body": text, "data": {}, "kind": "text"}
        sha = sha256(text.encode()).hexdigest()
        blobs.append(TextBlob(sha=sha, content=content, plain=text, text_sha=sha))
        section = sections[ordinal % 10]
        clauses.append(
            Clause(
                section=section,
                part=5,
                rank=f"{ordinal:06}",
                kind="text",
                body=text,
                plain=text,
                sha=sha,
            )
        )
    TextBlob.objects.bulk_create(blobs, batch_size=2000, ignore_conflicts=True)
    Clause.objects.bulk_create(clauses, batch_size=2000)
    heads = EditionEntry.objects.bulk_create(
        EditionEntry(
            edition=edition,
            kind="section",
            manual=section.manual,
            section=section,
            uuid=section.uuid,
            ordinal=number,
            path=section.manual.key,
            title=section.title,
            data={"kind": "process"},
        )
        for number, section in enumerate(sections)
    )
    head_of = dict(zip([section.pk for section in sections], heads, strict=True))
    EditionEntry.objects.bulk_create(
        [
            EditionEntry(
                edition=edition, parent=head_of[clause.section_id], kind="clause", manual=clause.section.manual,
                section=clause.section, clause=clause, uuid=clause.uuid, part=5, ordinal=100 + ordinal,
                path=f"B/{ordinal}", label=str(ordinal), numbering="decimal", blob_id=clause.sha,
            )
            for ordinal, clause in enumerate(clauses)
        ],
        batch_size=2000,
    )  # fmt: skip
    edition.sealed_at, edition.manifest_sha = timezone.now(), "0" * 64
    edition.save(update_fields=["sealed_at", "manifest_sha"])
    return edition


LIKE = """
    SELECT entry.id FROM manuals_editionentry entry JOIN manuals_textblob blob ON blob.sha = entry.blob_id
    WHERE entry.edition_id = %s AND blob.plain LIKE %s ORDER BY entry.ordinal LIMIT 300
"""


def measure(edition: Any, text: str, rounds: int) -> dict[str, Any]:
    """Milliseconds of the whole search (reading the query, finding, one page of marked hits) and of the LIKE."""
    from django.db import connection

    from manuals.searching.answering import find_answer
    from manuals.searching.presentation import load_hits
    from manuals.searching.search_query import read_query

    def search() -> int:
        found = find_answer(read_query(text), edition).found
        load_hits(found, 1)
        return len(found.ids)

    def bare_like() -> int:
        with connection.cursor() as cursor:
            cursor.execute(LIKE, [edition.pk, f"%{text}%"])
            return len(cursor.fetchall())

    hits, ours = _times(search, rounds)
    _, theirs = _times(bare_like, rounds)
    return {
        "query": text, "hits": hits,
        "p50": _at(ours, 0.5), "p95": _at(ours, 0.95), "like_p50": _at(theirs, 0.5), "like_p95": _at(theirs, 0.95),
    }  # fmt: skip


def _times(act: Callable[[], int], rounds: int) -> tuple[int, list[float]]:
    result = act()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(1000 * (time.perf_counter() - began))
    return result, times


def _at(times: list[float], share: float) -> float:
    if share == 0.5:
        return round(statistics.median(times), 1)
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))], 1)


if __name__ == "__main__":
    sys.exit(main())
