"""The shape of the code: how much one line holds, and how much stands in helpers that are read once.

    python -m tests.benchmarks.house --json FILE

Code is hearing_portal, manuals and comments without migrations. A code line is neither blank nor a comment; lines of
docstrings count. A node is whatever `ast.walk` yields.
"""

import argparse
import ast
import json
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PACKAGES = ("hearing_portal", "manuals", "comments")
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LOGIC = re.compile(r"{%-?\s*(?:if|elif|for)\b")
GIVEN_NAMES = {"Meta", "Command"}  # Django's own, in many files


@dataclass
class Counts:
    """What the files read so far have."""

    nodes: int = 0
    lines: int = 0
    comments: int = 0
    comprehensions: int = 0
    conditionals: int = 0
    private: int = 0
    private_with_one_use: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    template_lines: int = 0
    template_logic: int = 0


def read_module(path: Path, counts: Counts) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for line in text.splitlines():
        if line.strip().startswith("#"):
            counts.comments += 1
        elif line.strip():
            counts.lines += 1
    private: set[str] = set()
    uses: Counter[str] = Counter()
    for node in ast.walk(tree):
        counts.nodes += 1
        counts.comprehensions += isinstance(node, COMPREHENSIONS)
        counts.conditionals += isinstance(node, ast.IfExp)
        if isinstance(node, FUNCTIONS) and re.match(r"_[a-z]", node.name):
            private.add(node.name)
        elif isinstance(node, ast.Name):
            uses[node.id] += 1
        elif isinstance(node, ast.Attribute):
            uses[node.attr] += 1
    counts.private += len(private)
    for name in private:
        counts.private_with_one_use += uses[name] == 1
    for node in tree.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            counts.classes[node.name] += 1


def measure() -> dict[str, float | list[str]]:
    """{what: its value} of the whole tree."""
    counts = Counts()
    for package in PACKAGES:
        for path in sorted((CHECKOUT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                read_module(path, counts)
    for path in sorted((CHECKOUT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        counts.template_lines += text.count("\n")
        counts.template_logic += len(LOGIC.findall(text))
    thousands = counts.lines / 1000
    given_twice = [name for name, files in counts.classes.items() if files > 1 and name not in GIVEN_NAMES]
    return {
        "code lines": counts.lines,
        "nodes per code line": round(counts.nodes / counts.lines, 2),
        "comprehensions per 1,000 lines": round(counts.comprehensions / thousands, 1),
        "conditional expressions per 1,000 lines": round(counts.conditionals / thousands, 1),
        "comment lines per 1,000 lines": round(counts.comments / thousands, 1),
        "private functions": counts.private,
        "private functions with one use": counts.private_with_one_use,
        "if, elif and for per 100 template lines": round(100 * counts.template_logic / counts.template_lines, 1),
        "public class names given twice": sorted(given_twice),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="./portal bench house", description=__doc__.partition("\n")[0])
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    figures = measure()
    for what, value in figures.items():
        print(f"{what:42} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
