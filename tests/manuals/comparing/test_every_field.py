"""Every field of every kind: its change is counted, shown old and new in each view, and has an amending sentence."""

from dataclasses import fields, replace
from typing import Any

import pytest

from hearing_portal.spreadsheets import read_table
from hearing_portal.thai.markup import write_reference
from manuals.comparing.fates import Fate
from manuals.comparing.presentation.group import (
    ComparedRow,
    group_by_section,
    load_compared_rows,
)
from manuals.comparing.presentation.sentences import load_amendments
from manuals.comparing.presentation.sheet import write_comparison_sheet
from manuals.comparing.queries.nodes import compare_sides
from manuals.comparing.sides import Side, Sides
from manuals.content import (
    KINDS,
    Content,
    Definition,
    Figure,
    Form,
    Note,
    Reference,
    Step,
    Table,
    Text,
    content_sha,
)
from manuals.drafting.changes import AddClause, Position, ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, ClauseChange, Section
from manuals.pdf.comparison import BOTH, NEW, OLD, print_fields, print_row
from manuals.pdf.typesetter import Typesetter
from manuals.versions.presentation.comparison import compare_versions
from manuals.wording import redlines
from tests import factories

pytestmark = pytest.mark.django_db
ONE_CELL = [{"id": "r1", "cells": {"c1": "ก"}}]
TWO_ROWS = [{"id": "r2", "cells": {"c1": "ข"}}, *ONE_CELL]
COLUMNS = [{"id": "c1", "title": "ลำดับ"}]
CONTENTS: dict[str, Content] = {
    "text": Text("ถ้อยคำ"),
    "note": Note("ถ้อยคำ"),
    "definition": Definition("ความหมาย", term="คำ"),
    "step": Step(
        "ตรวจ", shape="decision", actor="ก", system="AMSS++", standard="ครบ", note="ง"
    ),
    "form": Form("หมายเหตุ", name="แบบ", code="ก.1", file="a" * 64),
    "reference": Reference(
        "หมายเหตุ", source="SARABAN-2526", locator="ข้อ 7", as_cited="ระเบียบ"
    ),
    "table": Table("ตาราง", columns=COLUMNS, rows=ONE_CELL),
    "figure": Figure("ข้อความ", file="a" * 64, alt="ภาพ", caption="ชื่อ"),
}
PART_OF = {"step": 9, "form": 7, "reference": 8, "definition": 4}
# (kind, attribute) of what a text of another sort would not do for
OTHER: dict[tuple[str, str], Any] = {
    ("step", "shape"): "task",
    ("step", "duration"): {"text": "2 วัน", "minutes": 840},
    ("form", "file"): "b" * 64,
    ("figure", "file"): "b" * 64,
    ("reference", "source"): "SARABAN-2548",
    ("table", "rows"): TWO_ROWS,
    ("table", "columns"): [{"id": "c1", "title": "ที่"}],
}
CASES = [(kind, item.name) for kind in KINDS for item in fields(KINDS[kind])]


def other_value(kind: str, name: str, content: Content, target: Clause) -> Any:
    if name == "applies_to":
        return "primary"
    if name == "next":
        return [{"to": str(target.uuid), "label": "ลับ"}]
    if name == "explains":
        return [str(target.uuid)]
    return OTHER.get((kind, name), f"{getattr(content, name)} ใหม่")


def texts_of(stretches, *kinds: str) -> str:
    return "".join(stretch.text for stretch in stretches if stretch.kind in kinds)


@pytest.fixture
def target(process: Section) -> Clause:
    return factories.clause_at(process, "3", part=9)


def compare_revised(
    process: Section, old: Content, new: Content, by, admin
) -> tuple[Sides, list[ComparedRow], Clause]:
    """A clause with the old content in an edition, and with the new one in the draft."""
    kind = old.kind
    position = Position(process, PART_OF.get(kind, 5))
    added = apply_changes(by, "add", "เพิ่ม", [AddClause(old, position)])
    assert added is not None
    clause = Clause.objects.filter(kind=kind, sha=content_sha(old)).latest("pk")
    basis = factories.make_edition(
        "2553", kind="baseline", title="คู่มือ พ.ศ. 2553", by=admin
    )
    apply_changes(by, "edit", "ปรับ", [ReviseClause(clause, clause.lock_version, new)])
    sides = Sides(Side(basis), Side(None, [process.manual]))
    return (
        sides,
        load_compared_rows(sides, compare_sides(sides, [process.manual_id]).clauses),
        clause,
    )


@pytest.mark.parametrize(("kind", "name"), CASES)
def test_change_of_every_field_is_counted_and_shown(
    process, target, drafter, admin, kind, name
):
    old = CONTENTS[kind]
    new = replace(old, **{name: other_value(kind, name, old, target)})
    before = process.version

    sides, rows, clause = compare_revised(process, old, new, drafter, admin)

    [row] = rows
    assert row.fate == Fate.REWORDED
    assert row.old_text != row.new_text
    printed = Typesetter("arabic")
    assert print_fields(row, OLD, printed) != print_fields(row, NEW, printed)
    assert any(
        "<ins>" in field.words or "<del>" in field.words
        for field in print_fields(row, BOTH, printed)
    )
    sheet = read_table(write_comparison_sheet(sides, [], group_by_section(sides, rows)))
    assert sheet is not None
    [section] = load_amendments(sides, process.manual, rows)
    assert section.sentences
    assert not section.formatted
    # The history of the clause and of the process
    assert clause.changes.latest("pk").kind == ClauseChange.Kind.REWORDED
    assert redlines(old, new)
    process.refresh_from_db()
    compared = compare_versions(process, before + 1, process.version)
    assert [each.state for each in compared.changed_clauses] == ["reworded"]
    assert compared.changed_clauses[0].redlines


def test_reference_to_another_clause_is_other_words(process, target, drafter, admin):
    other = factories.clause_at(process, "5.2")
    first = factories.clause_at(process, "5.1")
    old = Text(f"ตาม{write_reference(str(first.uuid))}")
    _, [row], clause = compare_revised(
        process, old, Text(f"ตาม{write_reference(str(other.uuid))}"), drafter, admin
    )
    assert (row.fate, row.old_text, row.new_text) == (
        Fate.REWORDED,
        "ตามข้อ 5.1",
        "ตามข้อ 5.2",
    )
    assert clause.changes.latest("pk").kind == ClauseChange.Kind.REWORDED


def test_link_to_another_page_is_told(process, target, drafter, admin):
    old = Text('ดู<a href="https://a.example/">ที่นี่</a>')
    new = Text('ดู<a href="https://b.example/">ที่นี่</a>')
    _, [row], _ = compare_revised(process, old, new, drafter, admin)
    assert row.fate == Fate.REWORDED
    assert "https://a.example/" in row.old_text
    assert "https://b.example/" in row.new_text


def test_bold_alone_is_format(process, target, drafter, admin):
    sides, rows, clause = compare_revised(
        process, Text("ถ้อยคำ"), Text("<strong>ถ้อยคำ</strong>"), drafter, admin
    )
    assert [row.fate for row in rows] == [Fate.FORMATTED]
    [section] = load_amendments(sides, process.manual, rows)
    assert (list(section.sentences), section.formatted) == ([], ["ข้อ 5.4"])
    assert clause.changes.latest("pk").kind == ClauseChange.Kind.FORMATTED


def test_digits_of_the_other_style_alone_are_told_so(process, target, drafter, admin):
    old, new = Text("ภายใน ๑๕ วัน ตามข้อ ๓"), Text("ภายใน 15 วัน ตามข้อ 3")
    sides, [row], clause = compare_revised(process, old, new, drafter, admin)
    assert (row.fate, row.fate_words) == (Fate.FORMATTED, "เฉพาะรูปแบบเลข")
    printed = Typesetter("thai")
    assert print_row(row, printed).fate == "เฉพาะรูปแบบเลข"
    [was], [is_now] = (print_fields(row, side, printed) for side in (OLD, NEW))
    assert ("<del>๑๕</del>" in was.words, "<ins>15</ins>" in is_now.words) == (
        True,
        True,
    )
    sheet = write_comparison_sheet(sides, [], group_by_section(sides, [row]))
    cells = read_table(sheet)[-1].cells
    assert cells[2:5] == ("เฉพาะรูปแบบเลข", old.body, new.body)
    assert clause.changes.latest("pk").kind == ClauseChange.Kind.FORMATTED
    [section] = load_amendments(sides, process.manual, [row])
    assert (list(section.sentences), section.formatted) == ([], ["ข้อ 5.4"])


def test_another_number_is_other_words_whatever_the_digits(
    process, target, drafter, admin
):
    _, [row], _ = compare_revised(
        process, Text("ภายใน ๑๕ วัน"), Text("ภายใน 16 วัน"), drafter, admin
    )
    assert (row.fate, row.fate_words) == (Fate.REWORDED, "แก้ถ้อยคำ")


PROCESS = "กระบวนงาน “การรับหนังสือราชการ”"


def test_sentences_of_what_is_no_words(process, target, drafter, admin):
    third, fourth = (factories.clause_at(process, cite, part=9) for cite in ("3", "4"))
    old = Step(
        "พิจารณาชั้นความลับ",
        shape="decision",
        next=[{"to": str(fourth.uuid), "label": "ลับ"}],
    )
    new = replace(
        old,
        shape="task",
        applies_to="primary",
        next=[{"to": str(third.uuid), "label": "ลับ"}],
    )
    sides, rows, _ = compare_revised(process, old, new, drafter, admin)
    [section] = load_amendments(sides, process.manual, rows)
    assert [sentence.command for sentence in section.sentences] == [
        f"ให้แก้ไขประเภทสำนักงานเขตที่ใช้ ในขั้นตอนที่ 5 ของ{PROCESS} จาก “สพป. และ สพม.” เป็น “สพป.”",
        f"ให้แก้ไขรูปในผังการปฏิบัติงาน ในขั้นตอนที่ 5 ของ{PROCESS} จาก “ตัดสินใจ” เป็น “กิจกรรม”",
        f"ให้แก้ไขทางแยกในผังการปฏิบัติงาน ในขั้นตอนที่ 5 ของ{PROCESS} จาก “ลับ ไปขั้นตอนที่ 4” เป็น “ลับ ไปขั้นตอนที่ 3”",
    ]
    assert not any(sentence.words for sentence in section.sentences)


def test_quoted_words_of_a_definition_a_table_and_a_step(
    process, target, drafter, admin
):
    basis = factories.make_edition(
        "2553", kind="baseline", title="คู่มือ พ.ศ. 2553", by=admin
    )
    table = Table(columns=[*COLUMNS, {"id": "c2", "title": "รายการ"}], rows=[
        {"id": "r1", "cells": {"c1": "1", "c2": "หนังสือ"}},
        {"id": "r2", "cells": {}},
    ])  # fmt: skip
    branching = Step(
        "พิจารณา", shape="decision", next=[{"to": str(target.uuid), "label": "ลับ"}]
    )
    for content in (Definition("คำขอ", term="เรื่อง"), table, branching):
        place = Position(process, PART_OF.get(content.kind, 5), numbering="none")
        apply_changes(drafter, "add", "เพิ่ม", [AddClause(content, place)])
    sides = Sides(Side(basis), Side(None, [process.manual]))
    rows = load_compared_rows(sides, compare_sides(sides, [process.manual_id]).clauses)
    [section] = load_amendments(sides, process.manual, rows)
    words = [quoted for sentence in section.sentences for quoted in sentence.words]
    assert words == [
        "““เรื่อง” หมายถึง คำขอ”",
        "“ลำดับ | รายการ\n1 | หนังสือ”",
        "“ขั้นตอนที่ 5 พิจารณา\nทางแยก: ลับ ไปขั้นตอนที่ 3\nรูปในผัง: ตัดสินใจ”",
    ]
