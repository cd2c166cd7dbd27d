"""Printing the book again after one clause was edited, beside printing all of it anew.

A book of about --pages synthetic pages is printed three times in one run: by the naive way (all documents joined, one
WeasyPrint pass, tags on), by the render pool with an empty cache, and by it after one clause was edited. Required:
the edited book takes at most a twelfth of the naive pass and prints one document, a cold build at most 0.45 of it,
and a worker at most a third of its memory.
"""

import argparse
import json
import multiprocessing
import os
import re
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

SEED = 7
MB = 1024  # kilobytes, as the kernel counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="write the figures there too")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument(
        "--without-naive",
        action="store_true",
        help="only the render pool: all anew beside one clause",
    )
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    import django

    django.setup()
    figures = measure(options.pages, not options.without_naive)
    for name, value in figures.items():
        print(f"{name:40} {value}")
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump(figures, file, indent=2)
    met = is_met(figures)
    print("requirement met" if met else "requirement not met")
    sys.exit(0 if met else 1)


def is_met(figures: dict[str, Any]) -> bool:
    if figures["documents printed for one edit"] != 1:
        return False
    if "naive / edited" not in figures:
        return True
    memory = figures["memory of a worker / naive"] <= 0.34
    return (
        figures["naive / edited"] >= 12 and figures["cold / naive"] <= 0.45 and memory
    )


def measure(pages: int, with_naive: bool) -> dict[str, Any]:
    from manuals.pdf.book import print_book

    source = make_source(pages)
    with tempfile.TemporaryDirectory() as folder, PeakMemory() as peak:
        cold, book = timed(lambda: print_book(source, cache_dir=Path(folder)))
        edit_one_clause(source)
        edited, again = timed(lambda: print_book(source, cache_dir=Path(folder)))
    figures = {
        "pages": book.pages,
        "documents": book.chunks_rendered,
        "cold, s": round(cold, 1),
        "cold, pages per second": round(book.pages / cold, 1),
        "one clause edited, s": round(edited, 2),
        "documents printed for one edit": again.chunks_rendered,
        "cold / edited": round(cold / edited, 1),
        "memory of a worker, MB": round(peak.kilobytes / MB),
    }
    if with_naive:
        seconds, made, kilobytes = in_a_process_of_its_own(naive_pass, source)
        figures |= {
            "naive, s": round(seconds, 1),
            "naive, pages": made,
            "naive, pages per second": round(made / seconds, 1),
            "naive memory, MB": round(kilobytes / MB),
            "naive / edited": round(seconds / edited, 1),
            "cold / naive": round(cold / seconds, 2),
            "memory of a worker / naive": round(peak.kilobytes / kilobytes, 2),
        }
    return figures


def make_source(pages: int) -> Any:
    """The ten manuals of the fixtures with synthetic processes, frozen and gathered."""
    from django.conf import settings
    from django.core.management import call_command

    from hearing_portal.directory.demonstration import load_accounts
    from hearing_portal.directory.loading.services import load_directory
    from hearing_portal.directory.models import User
    from manuals.editions.services.freezing import freeze_edition
    from manuals.importing.fixtures import FixtureManuals
    from manuals.models import Edition
    from manuals.pdf.sources import PrintOptions, load_book_source

    fixtures = settings.BASE_DIR / "fixtures"
    load_directory(fixtures / "directory", by=None)
    load_accounts()
    by = User.objects.get(username="admin")
    manuals = FixtureManuals(fixtures / "manuals", by=by)
    manuals.load_baseline()
    manuals.load_draft()
    call_command("make_book", pages=pages, seed=SEED, by=by.username)
    edition = freeze_edition(
        code="BENCH", kind=Edition.Kind.SNAPSHOT, title="ฉบับวัดผล", by=by
    )
    return load_book_source(edition, PrintOptions())


def edit_one_clause(source: Any) -> None:
    """Another word in a clause of part 5 of the last process, in the gathered book."""
    entries = [
        entries
        for manual in source.manuals
        for unit in manual.units
        for entries in unit.processes
    ][-1]
    place = next(
        number
        for number, entry in enumerate(entries)
        if entry.part == 5 and entry.content
    )
    content = entries[place].content
    entries[place] = replace(
        entries[place], content=replace(content, body=f"{content.body} โดยเร็ว")
    )


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def naive_pass(source: Any) -> tuple[float, int, int]:
    """(seconds, pages, kilobytes at the peak) of one pass over all documents joined, with the same text cure."""
    from manuals.pdf.charts import CHART_BEGIN, CHART_END, chart_html, draw_chart
    from manuals.pdf.documents import plan_chunks
    from manuals.pdf.fetcher import BookFetcher
    from manuals.pdf.render import lay_out
    from manuals.pdf.structure import finish_structure, install_structure
    from manuals.pdf.text_layer import install_text_layer

    install_text_layer()
    install_structure()
    start = time.perf_counter()
    bodies = []
    for chunk in plan_chunks(source):
        chart = ""
        if chunk.chart and chunk.chart.steps:
            chart = chart_html(chunk.chart, draw_chart(chunk.chart).panels)
        whole = chunk.html.replace(CHART_BEGIN + CHART_END, chart)
        bodies.append(re.search(r"<body>(.*)</body>", whole, re.DOTALL)[1])
    html = (
        f'<!doctype html><html lang="th" '
        f'class="digits-thai"><title>book</title><body>{"".join(bodies)}</body></html>'
    )
    document = lay_out(html, BookFetcher(source.pictures))
    document.write_pdf(
        pdf_tags=True,
        pdf_version="1.7",
        finisher=lambda _, file: finish_structure(file, "book"),
    )
    return (
        time.perf_counter() - start,
        len(document.pages),
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    )


def in_a_process_of_its_own(act: Callable[..., Any], *given: Any) -> Any:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(act, given)


class PeakMemory:
    """The most resident memory of any single printing process below this one, looked at five times a second."""

    def __init__(self) -> None:
        self.kilobytes = 0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._watch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while not self._over.wait(0.2):
            for pid in below(os.getpid()):
                self.kilobytes = max(self.kilobytes, peak_of(pid))


def below(pid: int) -> list[int]:
    """All processes started by `pid`, and by these."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except OSError:
            continue
        found += [*children, *(each for child in children for each in below(child))]
    return found


def peak_of(pid: int) -> int:
    try:
        found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) if found else 0


if __name__ == "__main__":
    main()
