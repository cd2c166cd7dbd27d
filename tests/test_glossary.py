"""One word, one thing: docs/concepts.md has each term once, and no public name is given twice."""

import ast
import re
from collections import defaultdict

import pytest

from tests.test_architecture import ROOT, modules

CONCEPTS = ROOT / "docs" / "concepts.md"
# Two rooms may have a view of one name: the addresses tell them apart
VIEWS = re.compile(r"\.(views|permanent_links|rulings)(\.|$)")
# Names that Django or a command gives
GIVEN = {"Command", "Meta"}
# A public function name that stands twice on purpose, and why
TWICE_ON_PURPOSE: dict[str, str] = {}


def terms() -> list[tuple[str, str, str]]:
    """(English, Thai, name in the code) of every row of the glossary."""
    rows = []
    for line in CONCEPTS.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 4 and cells[2].startswith("`"):
            rows.append((cells[0], cells[1], cells[2].strip("`")))
    return rows


def names_in_code() -> set[str]:
    """Classes, functions, and Class.member with two levels of nesting."""
    names = set()
    for tree in modules().values():
        for node in tree.body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
                names.add(node.name)
            if isinstance(node, ast.ClassDef):
                names |= members(node, node.name)
    return names


def members(node: ast.ClassDef, path: str) -> set[str]:
    found = set()
    for child in node.body:
        if isinstance(child, (ast.FunctionDef, ast.ClassDef)):
            found.add(f"{path}.{child.name}")
        if isinstance(child, ast.ClassDef):
            found |= members(child, f"{path}.{child.name}")
        targets = child.targets if isinstance(child, ast.Assign) else []
        targets += [child.target] if isinstance(child, ast.AnnAssign) else []
        found |= {
            f"{path}.{target.id}" for target in targets if isinstance(target, ast.Name)
        }
    return found


@pytest.mark.parametrize("column", [0, 1, 2], ids=["english", "thai", "code"])
def test_each_term_stands_once(column: int) -> None:
    words = [row[column] for row in terms()]
    assert len(words) > 50
    assert sorted({word for word in words if words.count(word) > 1}) == []


def test_the_code_has_the_names_of_the_glossary() -> None:
    known = names_in_code()
    assert [name for _, _, name in terms() if name not in known] == []


def public(kinds: tuple[type[ast.AST], ...]) -> dict[str, list[str]]:
    """{name: modules that define it} of the top level, without what begins with an underscore."""
    found = defaultdict(list)
    for name, tree in modules().items():
        for node in tree.body:
            if isinstance(node, kinds) and not node.name.startswith("_"):
                found[node.name].append(name)
    return found


def test_no_public_class_name_stands_twice() -> None:
    twice = {
        name: places
        for name, places in public((ast.ClassDef,)).items()
        if len(places) > 1 and name not in GIVEN
    }
    assert twice == {}


def test_no_public_function_name_stands_twice() -> None:
    functions = public((ast.FunctionDef, ast.AsyncFunctionDef))
    twice = {
        name: places
        for name, places in functions.items()
        if len(places) > 1
        and name not in TWICE_ON_PURPOSE
        and not all(VIEWS.search(place) for place in places)
    }
    assert twice == {}
