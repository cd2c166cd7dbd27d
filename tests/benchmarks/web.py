"""Pages and comment posts a second of the real server, as a hearing fills, beside a bare answer and a bare INSERT.

    python -m tests.benchmarks.web --json FILE      (DATABASE_URL names a scratch database)

Two portals with two web processes each, as in `./portal run`, on two databases: a book of 21 processes with 20
comments, one on the measured clause, and the same with 20,000, 400 on it. They are asked in turn, window by window, so
that a slower minute of the machine slows both. Required: nothing takes more than 1.2 times as long in the full
hearing, by the median of the pairs of windows. A list is compared with a list of as many rows: the queue and the own
comments with one row, a clause's comments with 30 of 30 against 30 of 400. "Time" is processor time, of the web
processes and of their database sessions together; answers a second are the best window of several.
"""

import argparse
import glob
import http.client
import json
import os
import random
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import django

from tests.benchmarks._signing_in import measure_signing_in, show_signing_in

CHECKOUT = Path(__file__).resolve().parents[2]
CLIENTS, ROUNDS = 4, 5  # connections, windows of each figure
# Seconds: what is read anew every second (counts, the foot) weighs in a window as it does all day
WINDOW = 1.5
BUDGET = 180  # seconds for the figures; on a slow machine there are fewer windows
SMALL, LARGE, ON_CLAUSE, ROWS = 20, 20_000, 400, 30
OFFICES = {"primary": 183, "secondary": 62}
PROCESSES = 2  # in each group
ALLOWED = 1.2
KEPT_TIMES, KEPT_A_SECOND = (
    15,
    1_000,
)  # a page from memory against the same one made, and answers a second
TOKEN = "b" * 32
TEXT = (
    "ขอให้ตรวจสอบในระบบสารบรรณอิเล็กทรอนิกส์ เพราะสมุดทะเบียนค้นย้อนหลังไม่ได้ และทุกเขตมีระบบแล้ว "
    * 4
)
WORDS = "เจ้าหน้าที่สารบรรณกลางเปิดระบบสารบรรณอิเล็กทรอนิกส์อย่างน้อยวันละสามครั้ง"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    pgbench = _pgbench()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    hall = Hall.built()
    hall.begin()
    few = database_name()
    many = copy_database(few)
    use_database(many)
    hall.fill()
    with serving(few) as early, serving(many) as full:
        result = measure(hall, early, full, pgbench)
    show(result)
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1))
    return 0 if result["requirement_met"] else 1


def _pgbench() -> str:
    found = shutil.which("pgbench") or next(
        iter(sorted(glob.glob("/usr/lib/postgresql/*/bin/pgbench"))), None
    )
    if found is None:
        sys.exit(
            "pgbench is missing. It comes with the server: apt-get install postgresql"
        )
    return found


# -- the databases ---------------------------------------------------------------------------------------


def database_name() -> str:
    from django.db import connection

    return str(connection.settings_dict["NAME"])


def use_database(name: str) -> None:
    """What this process reads and writes from here on."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


def copy_database(name: str) -> str:
    """Beside it, with all that stands in it; goes with the scratch cluster, and stays on a server of one's own."""
    from django.db import connection
    from psycopg import connect, sql
    from psycopg.conninfo import make_conninfo

    connection.close()
    copy = f"{name}_full"
    url = make_conninfo(os.environ["DATABASE_URL"], dbname="postgres")
    with connect(url, autocommit=True) as server:
        names = {"copy": sql.Identifier(copy), "name": sql.Identifier(name)}
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {copy}").format(**names))
        server.execute(
            sql.SQL("CREATE DATABASE {copy} TEMPLATE {name}").format(**names)
        )
    return copy


# -- the hearing -----------------------------------------------------------------------------------------


@dataclass
class Hall:
    """A hearing of ten groups, all open.

    `inside` are clauses of the measured process, each with a comment from the beginning, so that its page shows as
    many rows in both states. `clause` is the measured one; `listed` gets one full list of comments; `quiet` keeps its
    one comment, of `quiet_one`, who says nothing else; posts go to `spoken`, in another process.
    """

    sessions: dict[int, int]  # {manual: its session}
    entries: list[tuple[int, int]]  # (entry, its manual)
    delegates: list[Any]
    quiet_one: Any
    facilitator: Any
    inside: list[Any]
    spoken: Any
    cookies: dict[int, str]  # {user: of a session that stands in both databases}
    chance: random.Random = field(default_factory=lambda: random.Random(2565))

    @property
    def clause(self) -> Any:
        return self.inside[0]

    @property
    def listed(self) -> Any:
        return self.inside[1]

    @property
    def quiet(self) -> Any:
        return self.inside[2]

    @classmethod
    def built(cls) -> "Hall":
        from tests import factories

        admin = factories.make_admin()
        groups = [
            factories.make_group(f"BENCH{number}", order=number) for number in range(10)
        ]
        edition = write_book(groups, admin)
        sessions = open_sessions(edition, groups, admin)
        clauses = edition.entries.filter(
            kind="clause", clause__kind="text", manual=groups[0].manual
        ).order_by("ordinal")
        clauses = clauses.select_related("section", "manual")
        first = clauses.first()
        inside = list(clauses.filter(section=first.section))
        delegates = make_delegates(groups[0])
        facilitator = factories.make_facilitator(groups[0])
        people = [*delegates[:CLIENTS], *delegates[-2:], facilitator]
        return cls(
            sessions=sessions,
            entries=list(
                edition.entries.filter(kind="clause").values_list("pk", "manual")
            ),
            delegates=delegates[:-1],
            quiet_one=delegates[-1],
            facilitator=facilitator,
            inside=inside,
            spoken=clauses.exclude(section=first.section).filter(part=5).first(),
            cookies={user.pk: cookie_of(user) for user in people},
        )

    def begin(self) -> None:
        """SMALL comments: one on each clause of the measured process, others elsewhere."""
        self.speak([self.quiet], [self.quiet_one])
        self.speak(
            [entry for entry in self.inside if entry is not self.quiet][: SMALL - 1],
            self.delegates,
        )
        self.speak_elsewhere(max(0, SMALL - len(self.inside)))

    def fill(self) -> None:
        """LARGE comments: ON_CLAUSE on `clause`, ROWS on `listed`."""
        from comments.models import Comment

        self.speak([self.clause] * (ON_CLAUSE - 1), self.delegates)
        self.speak([self.listed] * ROWS, self.delegates)
        self.speak_elsewhere(LARGE - Comment.objects.count())

    def speak_elsewhere(self, count: int) -> None:
        kept = {self.clause.pk, self.listed.pk, self.quiet.pk}
        places = [(pk, manual) for pk, manual in self.entries if pk not in kept]
        self.write([self.chance.choice(places) for _ in range(count)], self.delegates)

    def speak(self, entries: list[Any], people: list[Any]) -> None:
        self.write([(entry.pk, entry.manual_id) for entry in entries], people)

    def write(self, places: list[tuple[int, int]], people: list[Any]) -> None:
        write_comments(
            [
                (entry, self.sessions[manual], self.chance.choice(people))
                for entry, manual in places
            ]
        )


def write_book(groups: list[Any], by: Any) -> Any:
    """A public edition with PROCESSES real processes in each group, neither stubs nor the longest."""
    from tests import factories

    factories.make_process(
        factories.make_manual(groups[0]), by=by
    )  # the measured one: fewer clauses than SMALL
    texts = sorted(
        (CHECKOUT / "fixtures" / "manuals").glob("2565/*/*.txt"),
        key=lambda path: path.stat().st_size,
    )
    chosen = [
        path.read_text(encoding="utf-8")
        for path in texts[len(texts) // 2 :][:PROCESSES]
    ]
    for group in groups:
        for text in chosen:
            factories.make_process(factories.make_manual(group), text, by=by)
    edition = factories.make_edition("BENCH-WEB", by=by)
    factories.make_release(edition, "public", by=by)
    return edition


def open_sessions(edition: Any, groups: list[Any], by: Any) -> dict[int, int]:
    """{manual: its open online session}."""
    from django.utils import timezone

    from tests import factories

    today = timezone.localdate()
    hearing = factories.make_hearing(opens_on=today, closes_on=today)
    sessions = {}
    for group in groups:
        session = factories.make_session(edition, group, hearing=hearing)
        sessions[group.manual.pk] = factories.open_session(session, by=by).pk
    return sessions


def make_delegates(group: Any) -> list[Any]:
    """One of each office of the country, registered for `group`."""
    from hearing_portal.directory.models import AreaOffice, RoleAssignment, User
    from tests.factories import FIRST_DAY

    offices = AreaOffice.objects.bulk_create(
        AreaOffice(
            key=f"{kind[0].upper()}B{number}", kind=kind, name=f"{kind} {number}", short_name=f"สพท. {kind} {number}",
            provinces=["ลำปาง"], valid_from=FIRST_DAY,
        )
        for kind, count in OFFICES.items()
        for number in range(count)
    )  # fmt: skip
    users = User.objects.bulk_create(
        User(username=f"bench-{at}", office=office) for at, office in enumerate(offices)
    )
    RoleAssignment.objects.bulk_create(
        RoleAssignment(
            user=user,
            role="delegate",
            work_group=group,
            office=user.office,
            valid_from=FIRST_DAY,
        )
        for user in users
    )
    return users


COPY = """
    COPY comments_comment (uuid, session_id, entry_id, field, quote, type, issue_class, issue_data, text, author_id,
        recorded_by_id, client_key, body_sha, role, office_id, office_kind, channel, made_at, triaged_at) FROM STDIN
"""
AFTERWARDS = (
    """INSERT INTO comments_moderation (comment_id, visibility, reason, by_id, at)
       SELECT id, 'shown', '', author_id, made_at FROM comments_comment c
       WHERE NOT EXISTS (SELECT FROM comments_moderation m WHERE m.comment_id = c.id)""",
    # Every fourth is supported by one or two offices more
    """INSERT INTO comments_support (comment_id, office_id, by_id, at, lapsed)
       SELECT c.id, o.id, c.author_id, c.made_at, false FROM comments_comment c
       JOIN directory_areaoffice o ON o.id <> c.office_id AND (o.id * 7919 + c.id) %% 251 < 2
       WHERE c.id %% 4 = 0 AND NOT EXISTS (SELECT FROM comments_support s WHERE s.comment_id = c.id)""",
    # Every third is answered
    """INSERT INTO comments_answer (comment_id, disposition_id, current)
       SELECT id, %(disposition)s, true FROM comments_comment c
       WHERE c.id %% 3 = 0 AND NOT EXISTS (SELECT FROM comments_answer a WHERE a.comment_id = c.id)""",
)


def write_comments(places: list[tuple[int, int, Any]]) -> None:
    """(entry, session, delegate) → shown comments, some supported, some answered; statistics of the tables anew."""
    from django.db import connection
    from django.utils import timezone

    from tests.factories import make_disposition

    now = timezone.now()
    kinds = ("amend", "agree", "add", "delete", "ask")
    connection.ensure_connection()
    with connection.cursor() as cursor:
        with cursor.copy(COPY) as copy:
            for number, (entry, session, by) in enumerate(places):
                office = by.office
                copy.write_row((
                    uuid.uuid4(), session, entry, "", "", kinds[number % 5], "overlap" if number % 3 else None, "{}",
                    f"{TEXT} {number}", by.pk, by.pk, uuid.uuid4(), "0" * 64, "delegate", office.pk, office.kind,
                    "web", now, now if number % 2 else None,
                ))  # fmt: skip
        disposition = make_disposition()
        for statement in AFTERWARDS:
            cursor.execute(statement, {"disposition": disposition.pk})
        cursor.execute("VACUUM ANALYZE")  # as autovacuum would have done


# -- the server and its clients ----------------------------------------------------------------------------


@contextmanager
def serving(database: str | None = None) -> Iterator["Server"]:
    """As many web processes as `./portal run` starts, on the `database` of that name, else on this one."""
    from psycopg.conninfo import make_conninfo

    from hearing_portal.launch import children
    from hearing_portal.launch.commands import PYTHON, WEB_PROCESSES

    database = database or database_name()
    listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
    command = (*PYTHON, "-m", "hearing_portal.launch.web", str(listener.fileno()))
    # One account posts more here than a person may
    environment = {
        **os.environ,
        "PYTHONPATH": str(CHECKOUT),
        "PORTAL_MOST_A_MINUTE": "1000000",
        "DATABASE_URL": make_conninfo(os.environ["DATABASE_URL"], dbname=database),
    }
    options = {"pass_fds": (listener.fileno(),), "env": environment}
    started = [children.start_child(command, **options) for _ in range(WEB_PROCESSES)]
    try:
        pids = [process.pid for process in started]
        yield Server(listener.getsockname()[1], pids, database)
    finally:
        children.end_children(started, seconds=15)
        listener.close()


@dataclass
class Server:
    port: int
    processes: list[int]
    database: str

    def processor_time(self) -> float:
        """Seconds the web processes and the database sessions of this benchmark's portal have worked."""
        return sum(worked(pid) for pid in [*self.processes, *self._sessions()])

    def _sessions(self) -> list[int]:
        """Other sessions on its database; they must be on this machine to be counted."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'",
                [self.database],
            )
            return [pid for (pid,) in cursor.fetchall()]


def worked(pid: int) -> float:
    """Processor seconds of a process so far (proc(5): utime and stime, after the name in brackets)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError as error:
        raise SystemExit(
            f"process {pid} cannot be watched ({error.strerror}): the database must be on this machine"
        ) from error
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@dataclass
class Visitor:
    """One keep-alive connection of one signed-in person (or nobody)."""

    port: int
    cookie: str
    posts: int = 0  # the entry comments are posted to

    def run(self, path: str, until: float) -> int:
        """Requests one after the other; how many were answered as they should."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        done = 0
        while time.perf_counter() < until:
            body = self.body() if self.posts else None
            connection.request(
                "POST" if body else "GET", path, body, self.headers(bool(body))
            )
            answer = connection.getresponse()
            content = answer.read()
            if answer.status != 200 or (body and b"data-client-key" not in content):
                raise SystemExit(f"{path} answered {answer.status}: {content[:300]!r}")
            done += 1
        connection.close()
        return done

    def headers(self, is_post: bool) -> dict[str, str]:
        headers = {
            "Cookie": f"csrftoken={TOKEN}{self.cookie}",
            "Accept-Encoding": "gzip",
        }
        if is_post:
            headers |= {
                "X-CSRFToken": TOKEN,
                "HX-Request": "true",
                "Accept-Encoding": "identity",
            }
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers

    def body(self) -> str:
        said = {
            "client_key": uuid.uuid4(),
            "entry": self.posts,
            "type": "amend",
            "text": TEXT,
            "words-body": WORDS,
        }
        return urllib.parse.urlencode(said)


@dataclass
class Reader:
    """One keep-alive connection of somebody who is not signed in, bare: the client's own work counts, too. A page that
    is not `kept` is asked for at an address that nobody asked for before."""

    port: int
    kept: bool
    number: Iterator[int] = field(default_factory=count)

    def run(self, path: str, until: float) -> int:
        """Requests one after the other; how many were answered as they should."""
        done = 0
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as line:
            while time.perf_counter() < until:
                address = (
                    path if self.kept else f"{path}?made={id(self)}-{next(self.number)}"
                )
                line.sendall(
                    f"GET {address} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n".encode()
                )
                head = take_answer(line)
                if not head.startswith(b"HTTP/1.1 200 "):
                    raise SystemExit(f"{address} answered {head!r}")
                done += 1
        return done


def take_answer(line: socket.socket) -> bytes:
    """The head of one answer, its body left behind."""
    taken = b""
    while b"\r\n\r\n" not in taken:
        taken += line.recv(65536)
    head, _, body = taken.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    if length is None:
        raise SystemExit(f"an answer does not tell its length: {head!r}")
    missing = int(length[1]) - len(body)
    while missing > 0:
        missing -= len(line.recv(missing))
    return head


def rate(
    visitors: Sequence[Visitor | Reader], path: str, seconds: float = WINDOW
) -> tuple[float, int]:
    """Answers a second, all visitors at once, and how many answers there were."""
    done = [0] * len(visitors)
    failures: list[BaseException] = []
    began = time.perf_counter()

    def act(at: int) -> None:
        try:
            done[at] = visitors[at].run(path, began + seconds)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=act, args=(at,)) for at in range(len(visitors))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return sum(done) / (time.perf_counter() - began), sum(done)


def cookie_of(user: Any) -> str:
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return f"; {name}={client.cookies[name].value}"


# -- measuring -----------------------------------------------------------------------------------------------


SAME_ROWS = {  # in the full hearing: 30 comments on the clause, and 400
    "composer, five of": ("composer, 5 of 30", "composer, 5 of 400"),
    "list of comments, 30 of": (
        "list of comments, 30 of 30",
        "list of comments, 30 of 400",
    ),
}


def measure(
    hall: Hall, early: "Server", full: "Server", pgbench: str
) -> dict[str, Any]:
    seen = look_in_turn(hall, early, full)
    states = {
        name: {what: summary(pairs) for what, pairs in state.items()}
        for name, state in zip(("small", "large"), seen, strict=True)
    }
    per_second = {
        name: {what: answers for what, (answers, _) in state.items()}
        for name, state in states.items()
    }
    for state in per_second.values():
        state["bare INSERT"] = round(bare_inserts(pgbench), 1)
    large = per_second["large"]
    grown = growth(*seen)
    return {
        "comments": {"small": [SMALL, 1], "large": [LARGE, ON_CLAUSE]},
        "per_second": per_second,
        "processor_ms": {
            name: {what: cost for what, (_, cost) in state.items()}
            for name, state in states.items()
        },
        "growth": {name: round(value, 2) for name, value in grown.items()},
        "requirement": f"nothing beyond {ALLOWED}",
        "signing_in": signing_in(hall, full),
        "kept": {
            "times": round(large[KEPT] / large[MADE], 1),
            "per_second": large[KEPT],
        },
        "requirement_met": max(grown.values()) <= ALLOWED,
    }


def growth(small: "Windows", large: "Windows") -> dict[str, float]:
    """{what: how many times the processor time}: the median of the pairs of windows that followed each other."""
    pairs = {
        name: (small[name], large[name])
        for name in (*(f"page {page}" for page in PAGES), "comment post")
    }
    pairs |= {
        name: (large[few], large[many]) for name, (few, many) in SAME_ROWS.items()
    }
    return {
        name: statistics.median(
            dear / cheap for (_, cheap), (_, dear) in zip(few, many, strict=True)
        )
        for name, (few, many) in pairs.items()
    }


def signing_in(hall: Hall, server: Server) -> dict[str, float]:
    """Delegates sign in while another one reads a process."""
    reader = Visitor(server.port, hall.cookies[hall.delegates[-1].pk])
    path = f"/groups/{hall.clause.manual.key}/processes/{hall.clause.section.uuid}/"

    def read_once() -> None:
        while not reader.run(
            path, time.perf_counter() + 0.001
        ):  # one answer takes longer
            pass

    return measure_signing_in(server.port, hall.delegates[:-1], read_once)


PAGES = ("process", "group", "home", "own comments", "queue")
MADE, KEPT = (
    "public process, made",
    "public process, kept",
)  # for people who are not signed in


def targets_of(
    hall: Hall, port: int
) -> dict[str, tuple[Sequence["Visitor | Reader"], str]]:
    """{what: (who looks, where)}."""

    def visitor(user: Any) -> Visitor:
        return Visitor(port, hall.cookies[user.pk])

    crowd = [visitor(user) for user in hall.delegates[:CLIENTS]]
    quiet = [visitor(hall.quiet_one)] * CLIENTS
    desk = [visitor(hall.facilitator)] * CLIENTS
    key, clause, listed = hall.clause.manual.key, hall.clause.pk, hall.listed.pk
    process = f"/groups/{key}/processes/{hall.clause.section.uuid}/"
    return {
        "bare answer": (crowd, "/livez"),
        "page process": (crowd, process),
        "page group": (crowd, f"/groups/{key}/"),
        "page home": (crowd, "/"),
        "page own comments": (quiet, "/my-comments/"),
        "page queue": (desk, f"/groups/{key}/queue/?clause={hall.quiet.pk}"),
        "composer, 5 of 30": (crowd, f"/entries/{listed}/comments/new/"),
        "composer, 5 of 400": (crowd, f"/entries/{clause}/comments/new/"),
        "list of comments, 30 of 30": (crowd, f"/entries/{listed}/comments/"),
        "list of comments, 30 of 400": (crowd, f"/entries/{clause}/comments/"),
        MADE: ([Reader(port, kept=False) for _ in range(CLIENTS)], process),
        KEPT: ([Reader(port, kept=True) for _ in range(CLIENTS)], process),
    }


Windows = dict[
    str, list[tuple[float, float]]
]  # {what: answers a second and processor milliseconds of each window}


def look_in_turn(
    hall: Hall, early: "Server", full: "Server"
) -> tuple[Windows, Windows]:
    """The windows of both portals, pair by pair. The posts come last, as they add comments (elsewhere than on the
    measured pages)."""
    servers = (early, full)
    targets = [targets_of(hall, server.port) for server in servers]
    for found, server in zip(targets, servers, strict=True):
        crowd = found["page process"][0]
        posting = [
            Visitor(server.port, visitor.cookie, posts=hall.spoken.pk)
            for visitor in crowd
        ]
        found["comment post"] = (posting, f"/entries/{hall.spoken.pk}/comments/")
        for visitors, path in found.values():
            rate(visitors, path, 0.1)
    seen: tuple[Windows, Windows] = ({}, {})
    ends = time.perf_counter() + BUDGET
    for number in range(ROUNDS):
        if number and time.perf_counter() > ends:
            break
        for name in targets[0]:
            for server, found, windows in zip(servers, targets, seen, strict=True):
                windows.setdefault(name, []).append(window(server, *found[name]))
    return seen


def summary(windows: list[tuple[float, float]]) -> tuple[float, float]:
    """The best window's answers a second, and the least processor milliseconds of one."""
    answers, costs = zip(*windows, strict=True)
    return round(max(answers), 1), round(min(costs), 2)


def window(
    server: Server, visitors: Sequence[Visitor | Reader], path: str
) -> tuple[float, float]:
    """Answers a second, and the processor milliseconds of one."""
    before = server.processor_time()
    answers, number = rate(visitors, path)
    return answers, 1000 * (server.processor_time() - before) / number


def bare_inserts(pgbench: str) -> float:
    """Single INSERTs of the same text a second, as many connections, committed one by one."""
    from django.db import connection
    from psycopg.conninfo import make_conninfo

    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bench_bare (id bigserial PRIMARY KEY, entry bigint NOT NULL,"
            " author bigint NOT NULL, text text NOT NULL, made_at timestamptz NOT NULL DEFAULT now())"
        )
    url = make_conninfo(
        os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"]
    )
    with tempfile.NamedTemporaryFile("w", suffix=".sql", encoding="utf-8") as script:
        script.write(
            f"INSERT INTO bench_bare (entry, author, text) VALUES (1, :client_id, '{TEXT}');\n"
        )
        script.flush()
        command = [pgbench, "-n", "-c", str(CLIENTS), "-T", "1", "-f", script.name, url]
        told = subprocess.run(
            command, capture_output=True, text=True, check=True, timeout=60
        ).stdout
    return float(
        next(line for line in told.splitlines() if line.startswith("tps")).split()[2]
    )


def show(result: dict[str, Any]) -> None:
    small, large = result["per_second"]["small"], result["per_second"]["large"]
    cheap, dear = result["processor_ms"]["small"], result["processor_ms"]["large"]
    print(f"{'':32}{'answers a second':>22}{'processor ms':>22}")
    print(f"{'comments in all':32}{SMALL:>11,}{LARGE:>11,}{SMALL:>11,}{LARGE:>11,}")
    for name in small:
        costs = f"{cheap[name]:11.1f}{dear[name]:11.1f}" if name in dear else ""
        print(f"{name:32}{small[name]:11.1f}{large[name]:11.1f}{costs}")
    for state in (small, large):
        print(
            f"bare answer / process page {state['bare answer'] / state['page process']:.1f}   "
            f"bare INSERT / comment post {state['bare INSERT'] / state['comment post']:.1f}"
        )
    for name, grown in result["growth"].items():
        print(
            f"{name:32} takes ×{grown:.2f}{'' if grown <= ALLOWED else '   beyond what is allowed'}"
        )
    show_signing_in(result["signing_in"])
    kept = result["kept"]
    is_enough = kept["times"] >= KEPT_TIMES and kept["per_second"] >= KEPT_A_SECOND
    print(
        f"public process kept / made {kept['times']:.1f}, {kept['per_second']:,.0f} a second: "
        f"{KEPT_TIMES} and {KEPT_A_SECOND:,} are {'met' if is_enough else 'NOT met'}"
    )
    print(
        f"{result['requirement']}: {'met' if result['requirement_met'] else 'NOT met'}"
    )


if __name__ == "__main__":
    sys.exit(main())
