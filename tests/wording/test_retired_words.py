"""The interface says none of the words it gave up: in strings of the code, in templates and in scripts."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from hearing_portal.thai.words import tokenize
from tests.wording.retired_words import ALLOWED, RETIRED

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("hearing_portal", "manuals", "comments")
# What they hold was written by others: dictionaries of words, the manuals' own texts, choices as they once were
NOT_THE_INTERFACE = (
    "*/migrations/*",
    "comments/commenting/queries/similar.py",
    "hearing_portal/thai/harmless_edits.py",
    "manuals/pdf/typesetter.py",
)
THAI = re.compile("[\u0e01-\u0e5b]")
TEMPLATE_COMMENT = re.compile(
    r"{% comment .*?endcomment %}|{% comment %}.*?{% endcomment %}|{#.*?#}|<!--.*?-->",
    re.DOTALL,
)


def test_no_retired_word_is_left():
    found = []
    for place, text in said_by_the_interface():
        for words, instead in retired_in(text):
            found.append(
                f"{place}: {words} → {instead}: {' '.join(text.split())[:120]}"
            )
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("แสดงความเห็น", ["ความเห็น"]),
        ("แสดงความคิดเห็น", []),
        ("ให้ความเห็นชอบ", []),
        ("รูปการตัดสินใจ", []),
        ("ยังไม่ได้ตัดสิน", ["ตัดสิน"]),
        ("รับผิดชอบ", []),
        ("กดรับ", ["รับ"]),
        ("ผู้ดำเนินเวทีรับเรื่องแล้ว", []),
        ("สพท. ท่านนับครบ", ["สพท. ท่าน"]),
        ("เสียงของเขต", ["เสียง", "เสียงของเขต"]),
    ],
)
def test_words_are_whole_thai_words(text, found):
    assert [words for words, _ in retired_in(text)] == found


def test_each_allowance_is_used():
    texts = [text for _, text in said_by_the_interface()]
    unused = [
        allowed.phrase
        for allowed in ALLOWED
        if not any(allowed.phrase in text for text in texts)
    ]
    assert unused == []


def test_nothing_is_written_that_was_retired():
    for row in RETIRED:
        assert list(retired_in(row.instead)) == [], row


def retired_in(text: str) -> Iterator[tuple[str, str]]:
    """(a retired word that stands in `text` as a whole word, what to write)."""
    text = text.replace("\u00a0", " ")
    borders = None
    for row in RETIRED:
        for words in row.words.split("|"):
            for found in re.finditer(re.escape(words), text):
                borders = borders or word_borders(text)
                if {found.start(), found.end()} <= borders and not is_allowed(
                    text, found.start(), found.end()
                ):
                    yield words, row.instead
                    break


def word_borders(text: str) -> set[int]:
    borders = {0}
    position = 0
    for token in tokenize(text):
        position += len(token)
        borders.add(position)
    return borders


def is_allowed(text: str, begin: int, end: int) -> bool:
    for allowed in ALLOWED:
        for around in re.finditer(re.escape(allowed.phrase), text):
            if around.start() <= begin and end <= around.end():
                return True
    return False


@cache
def said_by_the_interface() -> list[tuple[str, str]]:
    """(file and line, text) of all Thai in the interface."""
    said = []
    for path in interface_files():
        place = path.relative_to(ROOT).as_posix()
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            pieces = [
                (line, words)
                for line, words in strings_of(ast.parse(text))
                if THAI.search(words)
            ]
        else:
            bare = TEMPLATE_COMMENT.sub(
                lambda comment: "\n" * comment[0].count("\n"), text
            )
            pieces = [
                (line, words)
                for line, words in enumerate(bare.split("\n"), 1)
                if THAI.search(words)
            ]
        said += [(f"{place}:{line}", words) for line, words in pieces]
    return said


def interface_files() -> Iterator[Path]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if not any(path.match(pattern) for pattern in NOT_THE_INTERFACE):
                yield path
    yield from sorted((ROOT / "templates").rglob("*.html"))
    yield from sorted((ROOT / "static" / "js").glob("*.js"))
    yield from sorted((ROOT / "docs").glob("*.th.md"))
    yield ROOT / "portal"


def strings_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, text) of the strings of a module without its docstrings; what an f-string fills in is shown as {}."""
    left_out = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(node.value)
        if isinstance(node, ast.JoinedStr):
            left_out.update(
                piece for piece in node.values if isinstance(piece, ast.Constant)
            )
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            pieces = [
                str(piece.value) if isinstance(piece, ast.Constant) else "{}"
                for piece in node.values
            ]
            yield node.lineno, "".join(pieces)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and node not in left_out
        ):
            yield node.lineno, node.value
