"""What the documents name is there: files, folders, functions in files, commands, pages of decisions."""

import ast
import csv
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from manuals.law.shipped_files import SHIPPED_SOURCES
from tests.test_architecture import PACKAGES, ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOP_FOLDERS = (*PACKAGES, "docs", "fixtures", "static", "templates", "tests")
# Where code is named: between backticks, or in a block between fences
CODE = re.compile(r"```.*?```|`[^`]+`", re.DOTALL)
# `forms/reply.py`, or with a name that the file defines: `forms/reply.py: ReplyForm`
FILE = re.compile(r"(?<![\w./*-])([\w./-]+\.py)\b(?::\s+(\w+))?")
FOLDER = re.compile(
    rf"(?<![\w./-])((?:{'|'.join(TOP_FOLDERS)})/(?:[\w-]+/)*)(?![\w.-])"
)


def code_in(document: Path) -> str:
    """All that a document says in code, a piece a line."""
    return "\n".join(CODE.findall(document.read_text(encoding="utf-8")))


def files_named(path: str) -> list[Path]:
    """The files of that path; a document that walks through a room names them from the room on."""
    if (ROOT / path).is_file():
        return [ROOT / path]
    found = []
    for folder in (*PACKAGES, "tests"):
        found += [
            file
            for file in (ROOT / folder).rglob(Path(path).name)
            if file.as_posix().endswith(f"/{path}")
        ]
    return found


def defines(file: Path, name: str) -> bool:
    definitions = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return any(
        isinstance(node, definitions) and node.name == name for node in tree.body
    )


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.stem)
def test_every_file_and_folder_a_document_names_is_there(document: Path) -> None:
    wrong = []
    code = code_in(document)
    for path, name in FILE.findall(code):
        files = files_named(path)
        if not files:
            wrong.append(path)
        elif name and not any(defines(file, name) for file in files):
            wrong.append(f"{path}: {name}")
    wrong += [folder for folder in FOLDER.findall(code) if not (ROOT / folder).is_dir()]
    assert wrong == []


def test_documents_name_files_with_what_they_define() -> None:
    """The test above would pass over a document in which it finds nothing."""
    found = FILE.findall(code_in(ROOT / "docs" / "developing.md"))
    assert len(found) > 15
    assert len([name for _, name in found if name]) >= 4


@pytest.mark.parametrize("document", ["admin.md", "admin.th.md", "developing.md"])
def test_every_command_a_document_names_is_one(document: str) -> None:
    named = set(re.findall(r"manage ([a-z_]+)", code_in(ROOT / "docs" / document)))
    assert named - set(get_commands()) == set()


def test_the_list_of_decisions_has_each_once() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = re.findall(
        r"^- \[(\d{4}) .*\]\((.*)\)$",
        (folder / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    pages = sorted(page.name for page in folder.glob("[0-9]*.md"))
    assert [name for _, name in listed] == pages
    assert [number for number, _ in listed] == [page[:4] for page in pages]


def test_readme_tells_how_many_legal_sources_come_along() -> None:
    words = (ROOT / "README.md").read_text(encoding="utf-8")
    with SHIPPED_SOURCES.open(encoding="utf-8-sig", newline="") as listed:
        assert f" {len(list(csv.DictReader(listed)))} legal sources" in words
