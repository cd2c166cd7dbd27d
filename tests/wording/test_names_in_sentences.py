"""A name keeps its distance: "ร่าง พ.ศ. 2565แล้ว" and "ผอ.สพท.ต้องระบุสพท." are no Thai."""

import ast
import re
from collections.abc import Iterator

import pytest

from comments.commenting.presentation.progress import WordChange
from hearing_portal.directory.acts import ROLE_GRANTED
from manuals.models import Edition
from tests.wording.test_retired_words import (
    ROOT,
    interface_files,
    said_by_the_interface,
)

# What is filled in, right before a Thai word
FILLED_IN = re.compile(
    r"(?:\{\}|\}\}|{% (?:digits|moment|section_title|office_badge) [^%]*%})(?=[ก-ฮเ-ไ])"
)
COMMON_NOUNS = {
    "มี สพท. อื่นใช้{}นี้แล้ว": "ชื่อเต็ม, ชื่อย่อ or รหัสหน่วยงาน",
    "{}จาก “{}” เป็น “{}”": "the name of a field",
    "ใช้{}นี้แล้ว": "ชื่อเต็ม or ชื่อย่อ",
    "{}นี้อยู่ที่แถว": "the heading of a column",
    "()-I[]_{}เ": "widths of letters",
    "{}แล้ว {} ความคิดเห็น": "แสดง or ซ่อน",
    "{}ในร่าง": "the name of a field",
    "{}ที่เสนอ": "the name of a field",
    "แก้ไข{}ไปก่อนแล้ว": "ข้อมูลติดต่อ or ประกาศความเป็นส่วนตัว",
    "ดู{}ล่าสุด": "as above",
    "เวที{}ของกลุ่มนี้": "the kind of a session",
    '|join:" และเวที" }}ในฉบับนี้': "as above",
    "แก่{}หรือไม่": "as below",
    "แก่{}แล้ว": "ประชาชน or ผู้เข้าร่วมประชาพิจารณ์",
    "{{ changed.title }}ตามความคิดเห็น": "แก้ถ้อยคำแล้ว and its like",
    "{{ what_first }}แรก": "รายการ or คน",
    "{{ act }}ทั้ง": "นำเข้า and its like",
    '{{ are_versions|yesno:"รุ่น,ฉบับ" }}เดิม': "รุ่น or ฉบับ",
    '{{ are_versions|yesno:"รุ่น,ฉบับ" }}ใหม่': "as above",
    "{{ act }}ร้อยละ": "เห็นชอบ and its like",
    '{{ waiting|count:"คน" }}ยังไม่มีรหัสผ่าน': "a number of people",
    "{}ล้าน": "a numeral",
    ' ," }}': "a sentence that stands or not",
    '{{ conflict.is_own|yesno:"หน้าต่าง,ฝ่าย" }}แก้': "หน้าต่าง or ฝ่าย",
    "เพิ่ม{{ kind.label }}": "กระบวนงาน, คำนำ and their like",
    "ยกร่างใน{}ที่รับถ้อยคำไว้": "ข้อ or กระบวนงาน",
    '{{ clause|yesno:"ข้อ,กระบวนงาน" }}ที่รับถ้อยคำไว้': "as above",
    "{{ section.get_kind_display }}นี้รวม": "กระบวนงาน and its like",
    "{}แถวที่ {}": "nothing, or a sheet with the blank behind it",
    "{}บันทึกย่อในแถวที่ {}": "as above",
    "{}กล่องข้อความที่แถวที่ {}": "as above",
}


def test_no_name_touches_the_word_after_it():
    touching = []
    for place, text in said_by_the_interface():
        for phrase in COMMON_NOUNS:
            text = text.replace(phrase, "")
        if FILLED_IN.search(text):
            touching.append(f"{place}: {text.strip()[:120]}")
    assert touching == []


# Attributes that hold names; a sentence with one is written by `joined`, which knows how the name ends
NAMES = {"name", "short_name", "title", "short_title", "display_name", "label"}


def test_no_name_is_parted_from_the_verb_after_it():
    parted = []
    for path in interface_files():
        if path.suffix == ".py":
            for line, sentence in names_before_a_space(
                ast.parse(path.read_text(encoding="utf-8"))
            ):
                parted.append(f"{path.relative_to(ROOT)}:{line}: {sentence}")
    assert parted == []


def test_no_name_is_stuck_to_the_words_before_it():
    """f"ปรากฏใน{edition.title}" is no Thai where the title begins with 2565 or ICT: `joined` knows."""
    stuck = []
    for path in interface_files():
        if path.suffix == ".py":
            for line, sentence in names_after_words(
                ast.parse(path.read_text(encoding="utf-8"))
            ):
                stuck.append(f"{path.relative_to(ROOT)}:{line}: {sentence}")
    assert stuck == []


def test_no_name_in_a_template_is_stuck_to_the_words_before_it():
    stuck = []
    for place, text in said_by_the_interface():
        for phrase in COMMON_NOUNS:
            text = text.replace(phrase, "")
        if NAME_AFTER_WORDS.search(text):
            stuck.append(f"{place}: {text.strip()[:120]}")
    assert stuck == []


NAME_AFTER_WORDS = re.compile(rf"[ก-๎]{{{{ [\w.]+\.(?:{'|'.join(NAMES)}) }}}}")


def names_after_words(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for words, filled in zip(node.values, node.values[1:], strict=False):
                if (
                    isinstance(words, ast.Constant)
                    and re.search("[ก-๎]$", str(words.value))
                    and _is_name(filled)
                ):
                    yield node.lineno, ast.unparse(node)


def _is_name(filled: ast.expr) -> bool:
    return (
        isinstance(filled, ast.FormattedValue)
        and isinstance(filled.value, ast.Attribute)
        and filled.value.attr in NAMES
    )


def names_before_a_space(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """f"{group.name} ยังไม่มี…"; a preposition after the name (ของ, แก่, ใน …) may stand apart, a verb may not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            for filled, words in zip(node.values, node.values[1:], strict=False):
                if (
                    _is_name(filled)
                    and isinstance(words, ast.Constant)
                    and VERB.match(str(words.value))
                ):
                    yield node.lineno, ast.unparse(node)


VERB = re.compile(
    r" (?:ไม่|ยัง|แล้ว|ต้อง|ออก|ถูก|เป็น|มี|จะ|ย้าย|อยู่|ใช้|สนับสนุน|ยกเลิก|จัดตั้ง|สิ้นสุด|เปิด|รับ|แก้ไข)"
)


@pytest.mark.parametrize("title", ["ร่างปรับปรุง พ.ศ. 2565", "ฉบับสมบูรณ์"])
def test_change_says_where_it_stands(title):
    change = WordChange(change=None, redlines=[], edition=Edition(title=title))

    assert change.edition_note == f"ปรากฏใน{title}"


@pytest.mark.parametrize(
    ("role", "scope", "said"),
    [
        ("delegate", "สพป.ลำปาง เขต 1", "ให้บทบาท ผู้แทน สพป.ลำปาง เขต 1"),
        ("office_head", "สพม.บึงกาฬ", "ให้บทบาท ผอ.สพท. สพม.บึงกาฬ"),
    ],
)
def test_role_is_given_in_words_that_stand_apart(role, scope, said):
    assert ROLE_GRANTED.say(role, scope) == said


def test_no_page_shows_a_term_without_its_verb():
    """`plain` is what is counted and searched: a term and its meaning on two lines; `words` is what is read."""
    shown = [
        path.relative_to(ROOT).as_posix()
        for path in interface_files()
        if path.suffix == ".html" and ".plain" in path.read_text(encoding="utf-8")
    ]
    assert shown == []
