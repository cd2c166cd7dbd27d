"""Seconds that people wait while a table is locked, the database or a process is stopped, and a hall signs in.

    python -m tests.benchmarks.faults --json FILE      (DATABASE_URL names an empty, migrated database)

A whole `./portal run` on a server of its own. Each row: the longest of several, and what is allowed.
"""

import argparse
import json
import os
import signal
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.world import Answer, FaultyPortal, at_once, until

STATIC = "/static/css/screens.css"
LOCKED_FOR, STOPPED_FOR = 30, 25  # seconds
WRONG, RIGHT, RIGHT_WITHIN = 30, 300, 20  # people, people, seconds


class Table:
    """The figures, row by row."""

    def __init__(self) -> None:
        self.rows: list[dict[str, object]] = []

    def add(
        self,
        scene: str,
        what: str,
        seconds: float,
        allowed: float | None,
        note: str = "",
    ) -> None:
        holds = allowed is None or seconds <= allowed
        self.rows.append(
            {
                "scene": scene,
                "what": what,
                "seconds": seconds,
                "allowed": allowed,
                "note": note,
            }
        )
        limit = (
            ""
            if allowed is None
            else f"≤ {allowed:4.1f}{'' if holds else '   NOT met'}"
        )
        print(f"{scene:28} {what:34} {seconds:7.2f} s {limit}  {note}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory(prefix="portal-faults-") as folder:
        os.chmod(folder, 0o755)
        empty = os.environ["DATABASE_URL"]
        with FaultyPortal(
            Path(folder) / "var", empty_database=empty, people=RIGHT + 3
        ) as portal:
            lock(portal, table)
            stop_database(portal, table)
            stop_process(portal, table, "web", portal.web_processes[0])
            stop_process(portal, table, "worker", portal.processes("run_worker")[0])
            sign_in(portal, table)
    if options.json:
        options.json.write_text(json.dumps(table.rows, ensure_ascii=False, indent=1))
    return 0


def worst(portal: FaultyPortal, seconds: float) -> dict[str, tuple[float, set[int]]]:
    """{path: (the longest wait, the statuses)}, each asked again and again by somebody of its own."""
    paths = ("/livez", STATIC, "/readyz", portal.reading_path, "/")
    ends = time.monotonic() + seconds

    def keep_asking(path: str) -> list[Answer]:
        answers: list[Answer] = []
        while not answers or time.monotonic() < ends:
            answers.append(portal.ask(path))
            time.sleep(0.2)
        return answers

    asked = at_once(*[lambda path=path: keep_asking(path) for path in paths]).results()
    found: dict[str, tuple[float, set[int]]] = {}
    for path, answers in zip(paths, asked, strict=True):
        found[path] = (
            max(answer.seconds for answer in answers),
            {answer.status for answer in answers},
        )
    return found


def tell(table: Table, scene: str, found: dict[str, tuple[float, set[int]]]) -> None:
    for path, (seconds, statuses) in found.items():
        allowed = 0.5 if path in ("/livez", STATIC) else 5.0
        table.add(scene, path[:34], seconds, allowed, f"answers {sorted(statuses)}")


def post_three(portal: FaultyPortal, mark: str) -> Callable[[], list[Answer]]:
    acts = []
    for by in ("d0", "d1", "d2"):
        acts.append(
            lambda by=by: portal.ask(
                portal.comments_path, portal.comment(f"{mark} {by}"), by=by
            )
        )
    return at_once(*acts).results


def tell_recovery(
    portal: FaultyPortal, table: Table, scene: str, answers: list[Answer]
) -> None:
    """How long the posts took that were sent meanwhile, and until the portal was ready again."""
    table.add(
        scene,
        "three posts",
        max(each.seconds for each in answers),
        5.0,
        str([each.status for each in answers]),
    )
    table.add(
        scene,
        "ready again after",
        until(lambda: portal.ask("/readyz").status == 200),
        None,
    )


def lock(portal: FaultyPortal, table: Table) -> None:
    scene = f"table locked for {LOCKED_FOR} s"
    with portal.locked_table("comments_comment"):
        posts = post_three(portal, "locked")
        found = worst(portal, LOCKED_FOR)
        answers = posts()
    tell(table, scene, found)
    tell_recovery(portal, table, scene, answers)


def stop_database(portal: FaultyPortal, table: Table) -> None:
    scene = f"database stopped for {STOPPED_FOR} s"
    with portal.stopped_database():
        posts = post_three(portal, "stopped")
        found = worst(portal, STOPPED_FOR)
        answers = posts()
    tell(table, scene, found)
    tell_recovery(portal, table, scene, answers)


def stop_process(portal: FaultyPortal, table: Table, name: str, process: int) -> None:
    scene = f"{name} process stopped"
    part = "hearing_portal.launch.web" if name == "web" else "run_worker"
    number = len(portal.processes(part))
    os.kill(process, signal.SIGSTOP)
    began = time.monotonic()
    first = portal.ask("/readyz")
    if name == "web":
        table.add(scene, "first /readyz", first.seconds, 5.0, f"answers {first.status}")

    def await_replacement() -> float:
        until(
            lambda: (
                process not in portal.processes(part)
                and len(portal.processes(part)) == number
            )
        )
        until(lambda: portal.ask("/readyz").status == 200)
        return time.monotonic() - began

    replacement = at_once(await_replacement)
    tell(table, scene, worst(portal, 10))
    table.add(scene, "replaced and ready again", replacement.results()[0], 15.0)


def sign_in(portal: FaultyPortal, table: Table) -> None:
    """Reading while 30 people mistype, over and over, and while 300 others come in."""
    quiet = reading(portal, lambda: time.sleep(5))
    table.add("quiet", "reading, median", quiet, None)

    def mistype() -> None:
        acts = [
            lambda at=at: portal.sign_in(
                f"nobody{at}", "wrong", source=f"127.0.1.{at + 1}"
            )
            for at in range(WRONG)
        ]
        answers = at_once(*acts).results()
        slowest = max(each.seconds for each in answers)
        table.add(
            f"{WRONG} wrong sign-ins",
            "the last is told",
            slowest,
            None,
            f"{ {each.status for each in answers} }",
        )

    table.add(
        f"{WRONG} wrong sign-ins",
        "reading, median",
        reading(portal, mistype),
        3 * quiet,
    )
    seconds: list[float] = []
    refused: list[float] = []
    statuses: list[int] = []

    def come_in() -> None:
        acts = []
        for at in range(RIGHT):
            acts.append(
                lambda at=at: (
                    time.sleep(at * RIGHT_WITHIN / RIGHT),
                    portal.sign_in(f"d{at}"),
                )[1]
            )
        answers = at_once(*acts).results()
        seconds.extend(each.seconds for each in answers if each.status == 303)
        refused.extend(each.seconds for each in answers if each.status != 303)
        statuses.extend(each.status for each in answers)

    during = reading(portal, come_in)
    table.add(
        f"{RIGHT} right ones in {RIGHT_WITHIN} s", "reading, median", during, 3 * quiet
    )
    told = f"{len(seconds)} of {RIGHT} got in, half of them in {statistics.median(seconds):.2f} s"
    table.add(
        f"{RIGHT} right ones in {RIGHT_WITHIN} s",
        "the slowest sign-in",
        max(seconds),
        None,
        told,
    )
    if refused:
        table.add(
            f"{RIGHT} right ones in {RIGHT_WITHIN} s",
            "refused after",
            max(refused),
            None,
            str(set(statuses)),
        )


def reading(portal: FaultyPortal, meanwhile: Callable[[], None]) -> float:
    """The median wait of one reader, signed in, while that goes on."""
    is_over = threading.Event()
    waits: list[float] = []

    def read() -> None:
        while not is_over.is_set():
            answer = portal.ask(portal.reading_path, by="d2")
            assert answer.status == 200, answer
            waits.append(answer.seconds)
            time.sleep(0.02)

    reader = at_once(read)
    meanwhile()
    is_over.set()
    reader.results()
    return statistics.median(waits)


if __name__ == "__main__":
    sys.exit(main())
