"""What differs between two editions, printed: the words of both sides, in all three forms, and what is refused."""

import json
import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from manuals.content import Text
from manuals.drafting.changes import AddClause, Position, ReviseClause, ReviseSection
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import retire_clause
from manuals.pdf.comparison import plan_comparison, print_comparison
from manuals.pdf.comparison_source import load_comparison_source
from manuals.pdf.sources import NothingToPrint, PrintOptions
from tests import factories
from tests.manuals.pdf.pdf_reader import Reader, squeezed, strange_letters, whole_text

pytestmark = pytest.mark.django_db
NEW_WORDS = "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับและสิ่งที่ส่งมาด้วย"
ADDED = "น้ำหนักของซองให้บันทึกไว้ด้วย"


@pytest.fixture
def older(process, admin):
    return factories.make_edition(
        "2553", kind="baseline", title="คู่มือ พ.ศ. 2553", by=admin
    )


@pytest.fixture
def newer(process, clause, older, drafter, admin):
    """Clause 5.2 was reworded, 2.2 retired, one added whose ำ a careless text layer loses."""
    clause.refresh_from_db()
    revised = ReviseClause(clause, clause.lock_version, Text(body=NEW_WORDS))
    apply_changes(drafter, "edit", "กันหนังสือตกหล่น", [revised])
    retire_clause(
        factories.clause_at(process, "2.2"), 1, by=drafter, reason="ซ้ำกับข้อแรก"
    )
    apply_changes(
        drafter,
        "add",
        "เพิ่มตามความคิดเห็น",
        [AddClause(Text(body=ADDED), Position(process, 5))],
    )
    return factories.make_edition(
        "2565", title="คู่มือ พ.ศ. 2565", basis=older, kind="final", by=admin
    )


def html_of(older, newer, variant: str, digits: str = "arabic") -> str:
    source = load_comparison_source(older, newer, variant, PrintOptions(digits=digits))
    return "".join(chunk.html for chunk in plan_comparison(source))


def test_marked_words_say_what_came_and_what_went(older, newer, clause):
    html = html_of(older, newer, "redline")

    assert f"<ins>{ADDED}</ins>" in html.replace('<span class="tie">', "").replace(
        "</span></ins>", "</ins>"
    )
    assert 'class="mark">ยกเลิก<' in html
    assert "เหตุผล: <span>กันหนังสือตกหล่น</span>" in html


def test_table_has_both_wordings_beside_each_other(older, newer):
    html = html_of(older, newer, "table")

    assert html.count("<th>ข้อความเดิม<br>") == html.count("<th>ข้อความใหม่<br>") == 1
    rows = html.split("<tbody>")[-1].count("<tr")
    assert rows == 3  # one reworded, one retired, one added


def test_what_a_process_says_of_itself_is_printed(older, process, drafter, admin):
    process.refresh_from_db()
    values = {"data": {"indicator": "ร้อยละ 95"}}
    revised = ReviseSection(process, process.version, values)
    apply_changes(drafter, "edit", "ตัวชี้วัดใหม่", [revised])
    newer = factories.make_edition("2565", basis=older, by=admin)

    for variant in ("redline", "table", "changes"):
        html = html_of(older, newer, variant)
        assert "ร้อยละ" in html
        assert "ทุกข้อเหมือนกันทั้งสองฉบับ" not in html


def test_amending_sentences_carry_the_words_in_full(older, newer):
    html = html_of(older, newer, "changes", digits="thai")

    assert "ให้ยกเลิก" in html
    assert "ให้เพิ่มความต่อไปนี้เป็น" in html
    assert "๕.๒" in html


@pytest.mark.parametrize("variant", ["redline", "table", "changes"])
def test_printed_words_are_the_stored_ones(older, newer, variant, tmp_path):
    book = print_comparison(
        load_comparison_source(older, newer, variant, PrintOptions())
    )
    path = tmp_path / "comparison.pdf"
    path.write_bytes(book.bytes)

    words = whole_text(path)
    assert strange_letters(words) == []
    assert squeezed(ADDED) in squeezed(words)
    assert book.pages == len(Reader(book.bytes).file.pages) >= 2


@pytest.mark.parametrize(
    ("variant", "chunks"),
    [("processes", ["processes"]), ("changes", ["counts", "processes"])],
)
def test_table_of_processes_says_why_one_was_dropped(
    process, unit, drafter, admin, variant, chunks
):
    """Printed alone, and before the amending sentences."""
    gone = factories.make_section(
        process.manual, "การส่งโทรเลข", kind="process", parent=unit, by=drafter
    )
    older = factories.make_edition("2553", by=admin)
    retire_section(gone, gone.version, by=drafter, reason="ยกเลิกบริการโทรเลขแล้ว")
    newer = factories.make_edition("2565", by=admin)

    planned = plan_comparison(
        load_comparison_source(older, newer, variant, PrintOptions(digits="arabic"))
    )
    book = print_comparison(
        load_comparison_source(older, newer, "processes", PrintOptions())
    )

    assert [chunk.name for chunk in planned][: len(chunks)] == chunks
    html = next(chunk.html for chunk in planned if chunk.name == "processes")
    # two heads, kept and dropped and their sum, a row of each
    assert len(re.findall(r"<tr\b", html)) == 7
    assert "<div>ยกเลิกบริการโทรเลขแล้ว</div>" in html.replace(
        '<span class="tie">', ""
    ).replace("</span>", "")
    assert "ยังไม่มีเหตุผล" not in html
    assert book.pages == 1


def test_equal_editions_say_so_on_one_page(older, admin):
    again = factories.make_edition("2553-2", kind="snapshot", basis=older, by=admin)

    assert "ทุกข้อเหมือนกันทั้งสองฉบับ" in html_of(older, again, "table")


def test_an_older_edition_is_not_compared_with_a_newer_one(older, newer):
    with pytest.raises(NothingToPrint, match="โปรดเลือกฉบับที่เก่ากว่า"):
        load_comparison_source(newer, older, "table", PrintOptions())


@pytest.mark.parametrize("edition", ["2565", "working-draft"])
def test_command_prints_the_table(older, newer, tmp_path, settings, edition):
    settings.VAR_DIR = tmp_path
    said, path = StringIO(), tmp_path / "table.pdf"
    asked = [
        "--edition",
        edition,
        "--against",
        "2553",
        "--variant",
        "table",
        "--out",
        str(path),
        "--json",
    ]

    call_command("export_book", *asked, stdout=said)

    assert json.loads(said.getvalue())["pages"] == len(
        Reader(path.read_bytes()).file.pages
    )


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["--variant", "table"], "--against CODE"),
        (["--against", "2553"], "--variant redline"),
        (
            ["--variant", "redline", "--against", "2553", "--process", "x"],
            "--group KEY",
        ),
        (["--variant", "redline", "--against", "1900"], "ไม่มีฉบับ 1900"),
        (["--variant", "redline", "--against", "2565"], "โปรดเลือกฉบับที่เก่ากว่า"),
        (["--edition", "working-draft"], "--variant redline"),
    ],
)
def test_command_says_what_is_missing(older, newer, tmp_path, asked, told):
    with pytest.raises(CommandError, match=told):
        call_command(
            "export_book",
            "--edition",
            "2565",
            "--out",
            str(tmp_path / "no.pdf"),
            *asked,
        )
