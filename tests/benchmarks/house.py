"""The shape of the code: what is measured now beside what we want and the projects we learned from.

    python -m tests.benchmarks.house [--json FILE] [--without-types]      (DATABASE_URL names a scratch database)

Code is `hearing_portal`, `manuals` and `comments` without migrations. Definitions:

- A code line is neither blank nor a comment; the lines of a docstring count. Every node that `ast.walk` yields counts.
- Comprehensions are those of lists, sets and dicts, and generator expressions. A conditional expression is
  `a if b else c`.
- A comment line begins with `#`.
- A private function's name begins with one underscore; methods count. It has one use when its name stands once in its
  file, as a name or as an attribute. The definition is no use of it.
- Template logic is the number of `{% if %}`, `{% elif %}` and `{% for %}` for every hundred lines of `templates/`.
- Type errors are mypy's, by the settings of pyproject.toml. `./portal test` installs mypy; without it none are counted.
- Queries to adopt are all statements of `adopt_amendments` for one amendment of one comment, savepoints among them.

The figures of the other projects and of "before" (commit b231a8f) were measured once, with the same definitions; mypy's
by the settings of healthchecks, which are less strict than ours. No test holds any of this, and a limit missed fails
nothing: read the code, not the figure.
"""

import argparse
import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("hearing_portal", "manuals", "comments")
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
LOGIC = re.compile(r"{%-?\s*(?:if|elif|for)\b")
PRIVATE = re.compile(r"_[a-z]")
COLUMNS = ("now", "aim", "before", "healthchecks", "pretalx", "wagtail")
UNKNOWN = "–"


@dataclass(frozen=True)
class Measure:
    """One line of the table. `aim` and the figures of other projects are as the table prints them."""

    name: str
    aim: str
    before: str
    healthchecks: str = UNKNOWN
    pretalx: str = UNKNOWN
    wagtail: str = UNKNOWN


NODES = Measure("AST nodes per code line", "≤ 6.8", "8.8", "6.2", "5.2", "4.8")
COMPREHENSIONS_SHARE = Measure(
    "comprehensions per 1,000 lines", "≤ 15", "37.4", "2.6", "11", "7.6"
)
CONDITIONALS = Measure(
    "conditional expressions per 1,000 lines", "≤ 12", "29.0", "3.6", "7.5", "2.8"
)
COMMENT_LINES = Measure(
    "comment lines per 1,000", "where asked why", "6", "58", "41", "67"
)
ONE_USE = Measure(
    "private functions with one use",
    "≤ 50 %",
    "66 % of 597",
    "34 % of 38",
    "56 %",
    "58 %",
)
TEMPLATE_LOGIC = Measure(
    "template logic per 100 lines", "≤ 10", "18.1", "6.8", "8.4", "10.0"
)
CLASSES_TWICE = Measure("public class names twice", "0", "8")
TYPE_ERRORS = Measure("mypy errors", "0", "481", "in CI")
QUERIES = Measure("queries to adopt one amendment", "≤ 25", "47")


@dataclass
class Counts:
    """What was counted in the Python files read so far."""

    lines: int = 0
    comment_lines: int = 0
    nodes: int = 0
    comprehensions: int = 0
    conditionals: int = 0
    private_functions: int = 0
    used_once: int = 0
    class_names: Counter[str] = field(default_factory=Counter)

    def add_file(self, path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        self._add_lines(text)
        self._add_tree(ast.parse(text))

    def _add_lines(self, text: str) -> None:
        for line in text.splitlines():
            stripped = line.strip()
            if stripped.startswith("#"):
                self.comment_lines += 1
            elif stripped:
                self.lines += 1

    def _add_tree(self, tree: ast.Module) -> None:
        private: set[str] = (
            set()
        )  # once each: of two methods of one name nobody can say which is used
        uses: Counter[str] = Counter()
        for node in ast.walk(tree):
            self.nodes += 1
            if isinstance(node, COMPREHENSIONS):
                self.comprehensions += 1
            elif isinstance(node, ast.IfExp):
                self.conditionals += 1
            elif isinstance(
                node, ast.FunctionDef | ast.AsyncFunctionDef
            ) and PRIVATE.match(node.name):
                private.add(node.name)
            elif isinstance(node, ast.Name):
                uses[node.id] += 1
            elif isinstance(node, ast.Attribute):
                uses[node.attr] += 1
        self.private_functions += len(private)
        self.used_once += sum(uses[name] == 1 for name in private)
        for statement in tree.body:
            if isinstance(statement, ast.ClassDef) and is_public(statement.name):
                self.class_names[statement.name] += 1

    @property
    def classes_twice(self) -> list[str]:
        return sorted(name for name, count in self.class_names.items() if count > 1)


def is_public(class_name: str) -> bool:
    """Django wants one class of the name Command in each command's file."""
    return not class_name.startswith("_") and class_name != "Command"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures there too"
    )
    parser.add_argument(
        "--without-types",
        action="store_true",
        help="leave mypy out, which takes half a minute",
    )
    options = parser.parse_args()
    counts = Counts()
    for path in code_files(CHECKOUT):
        counts.add_file(path)
    figures = figures_of(counts)
    figures[TEMPLATE_LOGIC] = f"{count_template_logic(CHECKOUT / 'templates'):.1f}"
    if not options.without_types:
        figures[TYPE_ERRORS] = count_type_errors()
    figures[QUERIES] = str(count_adoption_queries())
    show(figures)
    if counts.classes_twice:
        print(f"\npublic class names twice: {', '.join(counts.classes_twice)}")
    if options.json:
        by_name = {measure.name: now for measure, now in figures.items()}
        options.json.write_text(json.dumps(by_name, ensure_ascii=False, indent=1))


def code_files(checkout: Path) -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((checkout / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def figures_of(counts: Counts) -> dict[Measure, str]:
    """{measure: the figure as the table prints it} of what the Python files tell."""
    thousand_lines = counts.lines / 1000
    share = round(100 * counts.used_once / counts.private_functions)
    return {
        NODES: f"{counts.nodes / counts.lines:.2f}",
        COMPREHENSIONS_SHARE: f"{counts.comprehensions / thousand_lines:.1f}",
        CONDITIONALS: f"{counts.conditionals / thousand_lines:.1f}",
        COMMENT_LINES: f"{counts.comment_lines / thousand_lines:.1f}",
        ONE_USE: f"{share} % of {counts.private_functions}",
        CLASSES_TWICE: str(len(counts.classes_twice)),
    }


def count_template_logic(templates: Path) -> float:
    """Conditions and loops for every hundred lines."""
    tags = lines = 0
    for path in templates.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        tags += len(LOGIC.findall(text))
        lines += text.count("\n")
    return 100 * tags / lines


def count_type_errors() -> str:
    if importlib.util.find_spec("mypy") is None:
        return "no mypy"
    command = [sys.executable, "-m", "mypy", "--no-pretty", "--no-error-summary"]
    checked = subprocess.run(
        command, cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if checked.returncode > 1:
        sys.exit(f"mypy could not check the code:\n{checked.stdout}{checked.stderr}")
    return str(sum(": error:" in line for line in checked.stdout.splitlines()))


def count_adoption_queries() -> int:
    """In a transaction that is rolled back: the database stays as it was."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    import django

    django.setup()
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from comments.deciding.services.adopting import Adoption, adopt_amendments
    from manuals.content import Text
    from tests import factories

    with transaction.atomic():
        group = factories.make_group()
        drafter = factories.make_drafter(group)
        process = factories.make_process(factories.make_manual(group), by=drafter)
        edition = factories.make_edition(by=drafter)
        session = factories.open_session(
            factories.make_session(edition, group), by=drafter
        )
        entry = factories.entry_of(edition, factories.clause_at(process, "5.2"))
        author = factories.make_delegate(group)
        comment = factories.say(
            session, entry, author, proposed=Text(body="ตรวจสอบความครบถ้วนและลงชื่อ")
        )
        amendment = comment.amendments.get()
        with CaptureQueriesContext(connection) as captured:
            adopt_amendments([Adoption(amendment, 1)], by=drafter)
        transaction.set_rollback(True)
    return len(captured)


def show(figures: dict[Measure, str]) -> None:
    rows = [("", *COLUMNS)]
    for measure, now in figures.items():
        others = (measure.healthchecks, measure.pretalx, measure.wagtail)
        rows.append((measure.name, now, measure.aim, measure.before, *others))
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for name, *cells in rows:
        aligned = [
            cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)
        ]
        print(name.ljust(widths[0]), *aligned, sep="  ")


if __name__ == "__main__":
    main()
