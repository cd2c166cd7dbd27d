"""A hearing of 200 comments beside one of 20,000: its pages, its acts, the export of the matrix, the similar hint.

    python -m tests.benchmarks.hearing [--many 20000] [--rounds 10] [--json FILE]

DATABASE_URL names a scratch database.

Two databases with one book (tests/benchmarks/web.py): in the smaller hearing every measured list is full already, so a
page shows as many rows in both; in the larger one a clause has 400 comments, and three of ten comments propose words.
Pages are asked for in this process, in turns on both databases; "ms" is processor time, of this process and of its
database session together, of which the best of three turns counts. An act is done and undone. Required: nothing takes
more than 1.5 times as long, a list of 30 comments no more than 25 ms; 20,000 rows of the matrix are written in 30 s
with 1.3 times the memory of 2,000; the hint of similar comments costs no more than storing a comment.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

from tests.benchmarks.web import (
    ROWS,
    WORDS,
    Hall,
    copy_database,
    database_name,
    use_database,
    worked,
)

FEW, ON_BENCH, ON_CLAUSE, REFUSED = 200, 40, 400, 10
ROWS_OF_MATRIX = (2_000, 20_000)
TURNS = 3
MOST_GROWTH, MOST_LIST_MS, MOST_MEMORY, MOST_SECONDS = 1.5, 25.0, 1.3, 30.0
REASON = "ระเบียบกำหนดไว้แล้ว จึงไม่จำเป็นต้องเขียนซ้ำในคู่มือ"
PROPOSALS = """
    INSERT INTO comments_amendment (uuid, comment_id, clause_id, section_id, base_blob_id, op, proposed, author_id,
        office_id, made_at)
    SELECT gen_random_uuid(), c.id, e.clause_id, e.section_id, e.blob_id,
           CASE c.type WHEN 'amend' THEN 'replace' ELSE 'insert_after' END,
           jsonb_set(%s::jsonb, '{body}', to_jsonb(%s || ' ' || c.id %% 50)), c.author_id, c.office_id, c.made_at
    FROM comments_comment c JOIN manuals_editionentry e ON e.id = c.entry_id
    JOIN manuals_clause k ON k.id = e.clause_id AND k.kind = 'text'
    WHERE (c.type = 'amend' OR (c.type = 'add' AND c.id %% 2 = 0))
      AND NOT EXISTS (SELECT FROM comments_amendment a WHERE a.comment_id = c.id)
"""
# Writes the first rows of the matrix in a process of its own: {rows, seconds, peak memory in MB}
WRITE_MATRIX = """
import json, resource, sys, tempfile, time
from pathlib import Path
import django
django.setup()
from comments.matrix import workbook
from comments.matrix.cells import MatrixReader
from comments.matrix.queries.rows import MatrixScope, find_matrix_ids
from hearing_portal.jobs.kinds import unwatched
workbook.find_matrix_ids = lambda scope: find_matrix_ids(scope)[:int(sys.argv[1])]
began = time.perf_counter()
with tempfile.TemporaryDirectory() as folder:
    workbook.write_matrix(Path(folder) / "m.xlsx", MatrixScope(), MatrixReader(), unwatched)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": time.perf_counter() - began, "peak": peak}))
"""

type Figures = dict[str, float]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--many", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    hall = Hall.built()
    hall.speak([hall.clause] * ON_BENCH, hall.delegates)
    hall.speak([hall.listed] * ROWS, hall.delegates)
    hall.speak([hall.quiet] * ROWS, hall.delegates[:1])
    fill(hall, FEW)
    people = gather_people(hall)
    refuse_some(hall, people["drafter"])
    few = database_name()
    many = copy_database(few)
    use_database(many)
    hall.speak([hall.clause] * (ON_CLAUSE - ON_BENCH), hall.delegates)
    fill(hall, options.many)
    confirm_all_but_some(people["admin"])
    result = {
        "pages": compare(pages_of(hall, people), few, many, options.rounds),
        "acts": compare(acts_of(hall), few, many, options.rounds),
        "matrix": [write_matrix(many, min(n, options.many)) for n in ROWS_OF_MATRIX],
    }
    show(result)
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1))
    return 0


def fill(hall: Hall, number: int) -> None:
    """Comments elsewhere until there are so many, and what they propose."""
    from django.db import connection

    from comments.models import Comment
    from manuals.content import Text

    hall.speak_elsewhere(number - Comment.objects.count())
    with connection.cursor() as cursor:
        proposed = json.dumps(Text(body=WORDS).as_json())
        cursor.execute(PROPOSALS, [proposed, WORDS])
        cursor.execute("VACUUM ANALYZE")


def gather_people(hall: Hall) -> dict[str, Any]:
    """Who asks for the pages: in both databases."""
    from tests import factories

    return {
        "delegate": hall.delegates[0],
        "facilitator": hall.facilitator,
        "drafter": factories.make_drafter(hall.clause.manual.work_group),
        "admin": factories.make_admin(username="bench-admin"),
    }


def refuse_some(hall: Hall, drafter: Any) -> None:
    """REFUSED refusals of one comment each wait for a second person, and no others."""
    from comments.deciding.services.ruling import Ruling, decide_comments
    from comments.models import Comment

    confirm_all_but_some(hall.facilitator)
    group = hall.clause.manual
    waiting = Comment.objects.undecided().filter(entry__manual=group)
    for comment in waiting.exclude(entry=hall.clause.pk)[:REFUSED]:
        decide_comments([comment], Ruling("not_accepted", REASON), by=drafter)


def confirm_all_but_some(by: Any) -> None:
    """What a third of all comments got as their answer, at one stroke."""
    from comments.models import Disposition
    from hearing_portal.acts.services import act

    refusals = Disposition.objects.filter(confirmed_by=None).exclude(reason=REASON)
    with act(by=by):
        for refusal in refusals.filter(outcome="not_accepted"):
            refusal.confirmed_by, refusal.confirmed_at = by, refusal.decided_at
            refusal.save(update_fields=["confirmed_by", "confirmed_at"])


# -- what is measured ------------------------------------------------------------------------------------


def pages_of(hall: Hall, people: dict[str, Any]) -> dict[str, Callable[[], object]]:
    from django.test import Client
    from django.urls import reverse

    from comments.models import Comment

    key = hall.clause.manual.key
    clause = reverse("entry-comments", args=[hall.listed.pk])
    asked = [
        ("list of 30 comments", "delegate", clause),
        (
            "clause with 400",
            "delegate",
            reverse("entry-comments", args=[hall.clause.pk]),
        ),
        ("group's comments", "delegate", reverse("group-comments", args=[key])),
        ("queue", "facilitator", reverse("group-queue", args=[key])),
        ("bench of the clause", "drafter", reverse("clause-bench", args=[hall.clause.uuid])),
        ("matrix", "drafter", reverse("matrix")),
        ("group's answers", "drafter", reverse("group-answers", args=[key])),
        ("refusals", "facilitator", reverse("group-refusals", args=[key])),
        ("conclusion", "facilitator", reverse("group-conclusion", args=[key])),
        ("overview of all groups", "admin", reverse("hearing-overview")),
        ("duplicates", "facilitator", reverse("group-duplicates", args=[key])),
        ("overlap register", "delegate", reverse("overlaps")),
        ("own comments", "delegate", reverse("my-comments")),
    ]  # fmt: skip
    first = Comment.objects.filter(entry=hall.listed.pk).order_by("pk").first()
    if first is not None:
        asked.append(("a comment", "delegate", reverse("comment", args=[first.uuid])))

    def get(who: str, url: str) -> Callable[[], object]:
        def ask() -> None:
            response = clients[who].get(url)
            assert response.status_code == 200, (url, response.status_code)

        return ask

    clients = {who: Client() for who in people}

    def sign_in() -> None:
        for who, person in people.items():
            clients[who].force_login(person)

    return {"": sign_in, **{name: get(who, url) for name, who, url in asked}}


def acts_of(hall: Hall) -> dict[str, Callable[[], object]]:
    """Each in a transaction that is undone."""
    from django.db import transaction

    from comments.commenting.queries.similar import find_similar, words_of_comment
    from comments.deciding.services.ruling import Ruling, decide_comments
    from comments.models import Comment, HearingSession
    from tests import factories

    chance = random.Random(2565)
    texts = [f"{WORDS} {chance.random()}" for _ in range(50)]

    def undone(act: Callable[[], object]) -> Callable[[], object]:
        def do() -> None:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)

        return do

    def session() -> HearingSession:
        return HearingSession.objects.get(pk=hall.sessions[hall.spoken.manual_id])

    def store() -> None:
        factories.say(session(), hall.clause, hall.delegates[0], chance.choice(texts))

    def hint() -> None:
        written = words_of_comment(chance.choice(texts))
        find_similar(written, hall.clause, hall.delegates[0])

    def decide() -> None:
        comment = Comment.objects.undecided().filter(entry=hall.clause.pk).first()
        assert comment is not None
        decide_comments([comment], Ruling("deferred", REASON), by=hall.facilitator)

    return {
        "store a comment": undone(store),
        "hint of similar comments": hint,
        "decide a comment": undone(decide),
    }


# -- measuring -------------------------------------------------------------------------------------------


def compare(
    acts: dict[str, Callable[[], object]], few: str, many: str, rounds: int
) -> dict[str, Figures]:
    """{name: ms in both}. What is named "" is done first on each database."""
    begin = acts.pop("", None)
    best: dict[str, Figures] = {name: {} for name in acts}
    for _ in range(TURNS):
        for size, database in (("few", few), ("many", many)):
            use_database(database)
            if begin is not None:
                begin()
            for name, act in acts.items():
                act()  # what is kept between requests is of the other database
                with measured() as taken:
                    for _ in range(rounds):
                        act()
                each = taken["ms"] / rounds
                best[name][size] = min(best[name].get(size, each), each)
    return best


@contextmanager
def measured() -> Iterator[Figures]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [session] = cursor.fetchone()
    taken: Figures = {}
    began = time.process_time() + worked(session)
    yield taken
    taken["ms"] = (time.process_time() + worked(session) - began) * 1000


def write_matrix(database: str, rows: int) -> dict[str, float]:
    from psycopg.conninfo import make_conninfo

    url = make_conninfo(os.environ["DATABASE_URL"], dbname=database)
    done = subprocess.run(
        [sys.executable, "-c", WRITE_MATRIX, str(rows)],
        env={**os.environ, "DATABASE_URL": url},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        check=True,
    )
    return {"rows": rows, **json.loads(done.stdout)}


def show(result: dict[str, Any]) -> None:
    for kind in ("pages", "acts"):
        print(f"{kind:28} {'few ms':>9} {'many ms':>9} {'ratio':>6}")
        for name, taken in result[kind].items():
            ratio = taken["many"] / taken["few"] if taken["few"] else 0.0
            told = "  more than 1.5 times" if ratio > MOST_GROWTH else ""
            print(
                f"{name:28} {taken['few']:9.1f} {taken['many']:9.1f} {ratio:6.2f}{told}"
            )
    listed = result["pages"]["list of 30 comments"]["many"]
    print(f"list of 30 comments: {listed:.1f} ms of at most {MOST_LIST_MS:.0f}")
    acts = result["acts"]
    share = acts["hint of similar comments"]["many"] / acts["store a comment"]["many"]
    print(f"hint of similar comments: {share:.2f} times storing one, at most 1")
    small, large = result["matrix"]
    for each in (small, large):
        print(
            f"matrix of {each['rows']:,} rows: {each['seconds']:.1f} s, peak {each['peak']:.0f} MB"
        )
    print(f"memory: {large['peak'] / small['peak']:.2f} times, at most {MOST_MEMORY}")


if __name__ == "__main__":
    sys.exit(main())
