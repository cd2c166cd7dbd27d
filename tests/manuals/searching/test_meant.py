"""What somebody meant who spelt it otherwise, clauses by their number, and what the count counts."""

import pytest
from django.test import Client

from hearing_portal.directory.models import User, WorkGroup
from manuals.models import Edition, EditionWord, Section
from manuals.searching.answering import find_answer
from manuals.searching.clause_number import read_clause_number
from manuals.searching.meant import find_meant
from manuals.searching.presentation import count_words, load_hits
from manuals.searching.queries import find_hits
from manuals.searching.search_query import read_query
from manuals.searching.services import index_edition
from tests import factories

pytestmark = pytest.mark.django_db

LOAN = factories.PROCESS_TEXT.replace("การรับหนังสือราชการ", "การยืมเงินราชการ").replace(
    "OPM-01-01", "OPM-02-01"
)


@pytest.fixture
def indexed(process: Section, fin_group: WorkGroup, admin: User) -> Edition:
    """Two processes: receiving letters in DIR, borrowing money in FIN."""
    factories.make_clause(process, "บุคลากรลงทะเบียนรับและขออนุญาตผู้อำนวยการ")
    loan = factories.make_process(factories.make_manual(fin_group), LOAN, by=admin)
    factories.make_clause(loan, "ทำสัญญายืมเงินและส่งใช้เงินยืมภายในกำหนด")
    factories.make_clause(process, "แจ้งที่ประชุมเรื่องการเกษียณอายุ")
    factories.make_clause(loan, "ลงบัญชีการจ่ายเงินตามที่ ๕.๑ กำหนด")
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "public")
    index_edition(edition)
    return edition


def meant(edition: Edition, typed: str) -> str:
    return find_answer(read_query(typed), edition).meant


def found(edition: Edition, typed: str) -> list[str]:
    hits = load_hits(find_answer(read_query(typed), edition).found, 1)
    return [f"{hit.section_title} {hit.entry.cite}" for hit in hits]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("หนังสือราชกาน", "หนังสือราชการ"),
        ("ยมเงิน", "ยืมเงิน"),
        ("สารบรรน", "สารบรรณ"),
        ("สารบัน", "สารบรรณ"),
        ("งานสารบัน", "งานสารบรรณ"),
        ("บุคคลากร", "บุคลากร"),
        ("อนุญาด", "อนุญาต"),
        ("ผู้อำนวยกาน", "ผู้อำนวยการ"),
        ("ลงทะเบียนรัพ  ยมเงิน", "ลงทะเบียนรับ ยืมเงิน"),
        ("๕.๑ การยมเงิน", "๕.๑ การยืมเงิน"),  # digits stay as typed
        ("ประชุมม", "ประชุม"),
        ("เกษียน", "เกษียณ"),  # a word too, of another meaning
        ("ตรวดสอบความครบถ้วน", "ตรวจสอบความครบถ้วน"),
    ],
)
def test_misspelt_words_are_known_again(
    indexed: Edition, typed: str, expected: str
) -> None:
    answer = find_answer(read_query(typed), indexed)
    assert (answer.meant, answer.is_of_meant) == (expected, True)
    assert answer.found.ids == find_hits(read_query(expected), indexed).ids != []


@pytest.mark.parametrize(
    "typed",
    [
        "หนังสือราชการ",  # stands there
        "ด่วนที่สุด ทั่วไป",  # its words do
        "รถไฟ",  # good words that the edition does not have
        "อุทธรณ์",
        "หนังสือรถไฟ",
        "สมหญิง",
        "เงินหนังสือ",  # words of the edition that never stand together
        "พ.ศ. 2599",  # a number is never misspelt
        "OPM-09-09",
        "ฮฮฮฮฮ",
    ],
)
def test_good_spelling_and_nonsense_are_not_corrected(
    indexed: Edition, typed: str
) -> None:
    assert meant(indexed, typed) == ""


def test_every_word_of_the_edition_is_left_as_it_is(indexed: Edition) -> None:
    words = EditionWord.objects.filter(edition=indexed).values_list("word", flat=True)
    assert len(words) > 80
    assert [word for word in words if find_meant(read_query(word), indexed)] == []


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("แบบฟอรม์", "แบบฟอร์ม"),
        ("แบบ ฟอรม์", "แบบ ฟอร์ม"),
        ("กรอกแบบฟอรม์", "กรอกแบบฟอร์ม"),
        ("แบบฟอร์ม", ""),
        ("แบบฟร์อม", "แบบฟอร์ม"),
    ],
)
def test_misspelling_that_stands_in_the_edition_hides_no_good_spelling(
    client: Client, process: Section, admin: User, typed: str, expected: str
) -> None:
    for words in ("กรอกแบบฟอร์ม", "ส่งกรอกแบบฟอร์ม", "ให้กรอกแบบฟอรม์"):
        factories.make_clause(process, f"{words}ขอใช้รถ")
    later = factories.make_edition("LATER", by=admin)
    index_edition(later)
    answer = find_answer(read_query(typed), later)
    assert answer.meant == expected
    assert answer.is_of_meant == (typed == "แบบฟร์อม")
    assert answer.found.ids


def test_only_words_of_the_searched_edition_are_meant(
    indexed: Edition, process: Section, admin: User
) -> None:
    factories.make_clause(process, "ให้จัดทำทะเบียนครุภัณฑ์")
    later = factories.make_edition("LATER", by=admin)
    index_edition(later)
    assert meant(later, "ครุพันธ์") == "ครุภัณฑ์"
    assert meant(indexed, "ครุพันธ์") == ""


def test_words_are_counted_once_however_often_an_edition_is_indexed(
    indexed: Edition,
) -> None:
    before = list(EditionWord.objects.order_by("word").values_list("word", "clauses"))
    index_edition(indexed)
    assert (
        list(EditionWord.objects.order_by("word").values_list("word", "clauses"))
        == before
    )
    counted = dict(before)
    assert counted["บุคลากร"] == 1
    assert counted["หนังสือ"] > 1


# -- clauses by their number ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "number", "rest"),
    [
        ("5.1", "5.1", ""),
        ("ข้อ 5.1", "5.1", ""),
        ("ข้อ ๕.๑", "5.1", ""),
        ("ข้อ5.1.", "5.1", ""),
        ("๕.๑ การยืมเงิน", "5.1", "การยืมเงิน"),
        ("ข้อ ๕.๓ ๑)", "5.3 1)", ""),
        ("5.3 ก) หารือ", "5.3 ก)", "หารือ"),
        ("ข้อ 3 การยืมเงิน", "3", "การยืมเงิน"),
        ("5.10.2", "5.10.2", ""),
    ],
)
def test_number_is_read_with_what_follows(typed: str, number: str, rest: str) -> None:
    read = read_clause_number(read_query(typed))
    assert read is not None
    assert (read.number, read.rest.phrase) == (number, rest)


@pytest.mark.parametrize(
    "typed",
    [
        "5",
        "๕ ปี",
        "30 นาที",
        "พ.ศ. 2562",
        "5.1/2565",
        "5.10%",
        "2562.1",
        "หนังสือ 5.1",
        "ข้อ",
    ],
)
def test_other_numbers_are_no_clause(typed: str) -> None:
    assert read_clause_number(read_query(typed)) is None


@pytest.mark.parametrize("typed", ["ข้อ 5.1", "ข้อ ๕.๑", "5.1", "๕.๑"])
def test_clauses_with_the_number_come_first(indexed: Edition, typed: str) -> None:
    assert found(indexed, typed)[:2] == ["การรับหนังสือราชการ 5.1", "การยืมเงินราชการ 5.1"]


@pytest.mark.parametrize(
    "typed", ["๕.๑ การยืมเงิน", "ข้อ 5.1 การยืมเงินราชการ", "5.1 การยมเงิน"]
)
def test_words_behind_the_number_narrow_it(indexed: Edition, typed: str) -> None:
    assert found(indexed, typed) == ["การยืมเงินราชการ 5.1"]


def test_words_behind_the_number_may_stand_in_the_clause(indexed: Edition) -> None:
    assert found(indexed, "5.2 ครบถ้วน") == [
        "การรับหนังสือราชการ 5.2",
        "การยืมเงินราชการ 5.2",
    ]
    assert found(indexed, "5.3 1)")[:2] == [
        "การรับหนังสือราชการ 5.3 1)",
        "การยืมเงินราชการ 5.3 1)",
    ]


def test_number_that_no_clause_has_is_looked_for_as_words(indexed: Edition) -> None:
    hits = find_hits(read_query("5.9 ครบถ้วน"), indexed)
    assert hits.numbered == []
    assert found(indexed, "5.9 ครบถ้วน") != []


@pytest.mark.parametrize("typed", ["ข้อ 99.9", "ข้อ ๙๙.๙", "ข้อที่ 98", "99.9"])
def test_number_alone_that_no_clause_has_finds_nothing(
    indexed: Edition, typed: str
) -> None:
    assert find_hits(read_query(typed), indexed).ids == []


# -- what is counted, and the page ---------------------------------------------------------------------


def test_count_says_what_it_counts(indexed: Edition) -> None:
    hits = find_hits(read_query("รวดเร็ว"), indexed)
    assert count_words(hits) == "พบ 2\u00a0ข้อ ใน 2\u00a0กระบวนงาน"


def test_what_is_near_is_not_said_to_be_found(client: Client, indexed: Edition) -> None:
    near = page(client, q="บุคลากร ฮฮฮฮ")
    assert "<h2>ไม่พบทั้งข้อความ มีข้อใกล้เคียง 1\u00a0ข้อ ใน 1\u00a0กระบวนงาน</h2>" in near
    assert near.count('class="found__item"') == near.count("<span>ใกล้เคียง</span>") == 1


def test_words_of_any_text_bring_no_clause(
    client: Client, indexed: Edition, process: Section, admin: User
) -> None:
    factories.make_clause(process, "ที่นี่ไม่ได้มีเรื่องของหน่วยงานอื่น และคำนี้ก็ไม่ใช่")
    index_edition(later := factories.make_edition("LATER", by=admin))
    assert find_hits(read_query("กกกกกก ไม่มีคำนี้"), later).ids == []
    assert len(find_hits(read_query("คำนี้"), later).phrase) == 1  # as it was typed


def test_count_tells_chapters_from_processes(
    indexed: Edition, process: Section, admin: User
) -> None:
    chapter = factories.make_section(process.manual, kind="chapter", title="บทนำ")
    factories.make_clause(chapter, "ทำงานให้รวดเร็วอยู่เสมอ", part=0)
    later = factories.make_edition("LATER", by=admin)
    index_edition(later)
    hits = find_hits(read_query("รวดเร็ว"), later)
    assert count_words(hits) == "พบ 3\u00a0ข้อ ใน 2\u00a0กระบวนงาน และ 1\u00a0หมวด"


def test_count_has_the_titles_that_are_listed_too(
    client: Client, indexed: Edition
) -> None:
    html = page(client, q="การรับหนังสือราชการ")
    assert "<h2>พบชื่อ 1\u00a0รายการ และข้อใกล้เคียง " in html
    assert html.index("ชื่อที่ตรงกับคำค้น</h3>") < html.index("ข้อที่ใกล้เคียง</h3>")
    assert "<h2>พบชื่อ 1\u00a0รายการ</h2>" in page(client, q="OPM-01-01")


def page(client: Client, **query: str) -> str:
    response = client.get("/search/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_page_shows_what_was_meant_and_leads_to_both(
    client: Client, indexed: Edition
) -> None:
    html = page(client, q="ยมเงิน")
    assert "ท่านหมายถึง" in html
    assert (
        'href="?q=%E0%B8%A2%E0%B8%B7%E0%B8%A1%E0%B9%80%E0%B8%87%E0%B8%B4%E0%B8%99">ยืมเงิน</a>'
        in html
    )
    assert "<mark>ยืมเงิน</mark>" in html
    assert 'value="ยมเงิน"' in html  # what was typed stays in the field
    as_typed = page(client, q="ยมเงิน", as_typed="1")
    assert "ท่านหมายถึง" in as_typed
    assert "<mark>ยืมเงิน</mark>" not in as_typed


def test_page_of_a_good_spelling_asks_nothing(client: Client, indexed: Edition) -> None:
    assert "ท่านหมายถึง" not in page(client, q="ยืมเงิน")
    assert "ท่านหมายถึง" not in page(client, q="รถไฟ")


def test_misspelt_search_costs_the_same_for_one_hit_and_three(
    client: Client, indexed: Edition, process: Section, admin: User, assert_same_queries
) -> None:
    page(client, q="อนุญาด")  # the words of an edition are read once

    def add_two() -> None:
        for number in range(2):
            factories.make_clause(process, f"ขออนุญาตอีกแบบหนึ่ง {number}")
        index_edition(later := factories.make_edition("LATER", by=admin))
        factories.make_release(later, "public")
        page(client, q="อนุญาด", edition="LATER")

    assert_same_queries(9, lambda: client.get("/search/", {"q": "อนุญาด"}), add_two)
