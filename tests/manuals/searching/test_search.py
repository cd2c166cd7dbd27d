"""Searching an edition: exact phrases first, words ranked, digits and marks as people type them."""

from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from hypothesis import given
from hypothesis import strategies as st

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.thai.text import search_form
from manuals.content import Definition
from manuals.models import BlobIndex, Edition, EditionWord, Section
from manuals.searching.answering import find_answer
from manuals.searching.excerpts import EXCERPT, excerpt, marked
from manuals.searching.presentation import load_hits
from manuals.searching.queries import find_hits, find_titles
from manuals.searching.search_query import LONGEST_QUERY, read_query
from manuals.searching.services import index_edition, index_unindexed
from tests import factories
from tests.factories import clause_at

pytestmark = pytest.mark.django_db

WORDS = (
    "ให้เสนอหนังสือด่วนที่สุดภายใน ๓๐ นาที",
    "หนังสือที่ด่วนมากให้เสนอที่สุดท้าย",
    "เก็บใบเสร็จรับเงินไว้ ๕ ปี",
)


@pytest.fixture
def manual_words(process: Section) -> Section:
    for words in WORDS:
        factories.make_clause(process, words)
    return process


@pytest.fixture
def indexed(manual_words: Section, admin: User) -> Edition:
    edition = factories.make_edition("HEARING-2565", by=admin)
    factories.make_release(edition, "public")
    index_edition(edition)
    return edition


def found(edition: Edition, typed: str, **options: object) -> list[str]:
    hits = load_hits(find_hits(read_query(typed), edition, **options), 1)
    return [hit.entry.blob.plain for hit in hits]


def test_exact_phrase_comes_before_its_words(indexed: Edition) -> None:
    assert found(indexed, "ด่วนที่สุด")[:2] == ["หนังสือด่วนที่สุด ให้เสนอภายใน 30 นาที", WORDS[0]]
    hits = load_hits(find_hits(read_query("ด่วนที่สุด"), indexed), 1)
    assert [hit.is_exact for hit in hits][:2] == [True, True]
    assert not any(hit.is_exact for hit in hits[2:])


IDLE_SPACES = (
    "ตรวจเอกสารต่าง ๆ ตามระเบียบ พ.ศ. 2562",
    "ตรวจเอกสารต่างๆตามระเบียบ พ.ศ.๒๕๖๒",
)


@pytest.mark.parametrize(
    "typed",
    [
        "เอกสารต่างๆ",
        "เอกสารต่าง ๆ",
        "เอกสารต่างๆ ตามระเบียบ",
        "ระเบียบ พ.ศ.2562",
        "พ.ศ. ๒๕๖๒",
        "เอกสารต่่างๆ",
    ],
)
def test_spaces_that_carry_no_meaning_and_doubled_marks_hide_nothing(
    process: Section, admin: User, typed: str
) -> None:
    for words in IDLE_SPACES:
        factories.make_clause(process, words)
    edition = factories.make_edition("HEARING-2565", by=admin)
    index_edition(edition)
    hits = load_hits(find_hits(read_query(typed), edition), 1)
    assert [hit.entry.blob.plain for hit in hits if hit.is_exact] == list(IDLE_SPACES)
    for hit in hits[:2]:
        marks = [
            words
            for words, is_match in marked(
                hit.entry.blob.plain, read_query(typed).needles
            )
            if is_match
        ]
        assert search_form("".join(marks)) == read_query(typed).phrase


SPACED_OR_NOT = (
    ("แจ้งผลภายใน ๗ วันทำการนับแต่วันรับ", "7 วันทำการ", "7วันทำการ"),
    ("แจ้งผลภายใน ๗วันทำการนับแต่วันรับ", "๗ วันทำการ", "๗วันทำการ"),
    ("ตามมาตรา ๘ วรรคสอง", "มาตรา 8", "มาตรา8"),
    ("ตามมาตรา๘ วรรคสอง", "มาตรา ๘", "มาตรา๘"),
    ("ผ่านเกณฑ์ร้อยละ 80 ของทั้งหมด", "ร้อยละ 80", "ร้อยละ80"),
    ("(ฉบับที่ 2) พ.ศ. 2559", "(ฉบับที่ 2) พ.ศ. 2559", "( ฉบับที่2 )พ.ศ.2559"),
    ("แนบหลักฐาน (ถ้ามี) ทุกครั้ง", "หลักฐาน ( ถ้ามี )", "หลักฐาน(ถ้ามี)"),
    ("แนบหลักฐาน(ถ้ามี)ทุกครั้ง", "หลักฐาน (ถ้ามี) ทุกครั้ง", "หลักฐาน(ถ้ามี)ทุกครั้ง"),
    ("ส่งไฟล์ PDF ทางระบบ e-GP แล้ว", "ไฟล์ PDF ทางระบบ e-GP", "ไฟล์PDFทางระบบe-GP"),
    ("ได้รับการรับรอง ISO 9001 แล้ว", "ISO 9001", "ISO9001"),
    ("ได้รับการรับรอง ISO9001 แล้ว", "ISO 9001", "iso9001"),
    ("1. รับเรื่อง", "1. รับเรื่อง", "1.รับเรื่อง"),
    ("และ/หรือผู้แทน", "และ / หรือ", "และ/หรือ"),
    ("ดำเนินการตามข้อ ๕ แล้วเสร็จ", "ข้อ 5", "ข้อ5"),
    ("ครูและบุคลากรทางการศึกษา", "ครู และบุคลากร", "ครูและบุคลากร"),
    ("ครู และบุคลากรทางการศึกษา", "ครู และ บุคลากร", "ครูและบุคลากร"),
    ("ส่งทางระบบ AMSS++ ทุกวัน", "ระบบ amss ++", "ระบบamss++"),
    ("ผู้อำนวยการสำนักงาน เขตพื้นที่", "สำนักงาน เขต พื้นที่", "สำนักงานเขตพื้นที่"),
)


@pytest.mark.parametrize(("words", "spaced", "unspaced"), SPACED_OR_NOT)
def test_spaces_at_numbers_brackets_and_latin_words_hide_nothing(
    process: Section, admin: User, words: str, spaced: str, unspaced: str
) -> None:
    factories.make_clause(process, words)
    factories.make_clause(process, "อีก 5 วันตามข้อ 7 และมาตรา 80")
    edition = factories.make_edition("HEARING-2565", by=admin)
    index_edition(edition)
    answers = []
    for typed in (spaced, unspaced):
        hits = load_hits(find_hits(read_query(typed), edition), 1)
        answers.append([(hit.entry.blob.plain, hit.is_exact) for hit in hits])
    assert answers[0] == answers[1]
    assert answers[0][0] == (words, True)


def test_edition_indexed_by_an_earlier_form_is_indexed_anew(indexed: Edition) -> None:
    BlobIndex.objects.update(tokenizer="newmm-1")
    EditionWord.objects.update(tokenizer="newmm-1")
    assert found(indexed, "ด่วนที่สุด") == []
    index_unindexed()
    assert found(indexed, "ด่วนที่สุด")[:1] == ["หนังสือด่วนที่สุด ให้เสนอภายใน 30 นาที"]
    with CaptureQueriesContext(connection) as captured:
        index_unindexed()
    assert len(captured) == 1


@pytest.mark.parametrize(
    "typed", ["ภายใน 30 นาที", "ภายใน ๓๐ นาที", "ภายใน  ๓๐\u200b นาที"]
)
def test_digits_and_spaces_are_found_however_typed(
    indexed: Edition, typed: str
) -> None:
    assert found(indexed, typed)[:2] == ["หนังสือด่วนที่สุด ให้เสนอภายใน 30 นาที", WORDS[0]]


def test_one_thai_digit_is_enough(indexed: Edition) -> None:
    assert WORDS[2] in found(indexed, "๕")
    assert WORDS[2] in found(indexed, "5")


def test_marks_are_found_in_any_order(indexed: Edition) -> None:
    swapped = "ท่ีสุด"  # the tone typed before the vowel
    assert swapped != "ที่สุด"
    assert found(indexed, swapped) == found(indexed, "ที่สุด")


def test_words_apart_are_ranked_by_how_many_are_there(indexed: Edition) -> None:
    assert found(indexed, "ใบเสร็จรับเงิน ปี")[0] == WORDS[2]
    assert found(indexed, "ปี ใบเสร็จรับเงิน")[0] == WORDS[2]


def test_every_piece_of_a_clause_is_found(indexed: Edition) -> None:
    """Recall: whatever stretch of three and more characters one takes, a bare LIKE finds no clause that we miss."""
    for words in WORDS:
        for start in range(0, len(words) - 6, 3):
            piece = words[start : start + 6].strip()
            if search_form(piece) and any(map(str.isalnum, search_form(piece))):
                assert words in found(indexed, piece), piece


def test_group_narrows_the_search(indexed: Edition, fin_group: WorkGroup) -> None:
    other = factories.make_manual(fin_group)
    assert find_hits(read_query("หนังสือ"), indexed, other).ids == []
    assert (
        found(indexed, "หนังสือ", manual=indexed.entries.get(kind="manual").manual) != []
    )


def test_process_is_found_by_title_and_code(indexed: Edition) -> None:
    assert [row.title for row in find_titles(read_query("รับหนังสือราชการ"), indexed)] == [
        "การรับหนังสือราชการ"
    ]
    assert [row.title for row in find_titles(read_query("opm-๐๑-๐๑"), indexed)] == [
        "การรับหนังสือราชการ"
    ]
    assert find_titles(read_query("ทะเบียนรถยนต์"), indexed) == []


def test_only_the_searched_edition_answers(
    indexed: Edition, manual_words: Section, admin: User
) -> None:
    factories.make_clause(manual_words, "คำใหม่ที่ยังไม่อยู่ในฉบับก่อน")
    later = factories.make_edition("LATER", by=admin)
    index_edition(later)
    assert found(later, "คำใหม่ที่ยังไม่อยู่")[0] == "คำใหม่ที่ยังไม่อยู่ในฉบับก่อน"
    assert "คำใหม่ที่ยังไม่อยู่ในฉบับก่อน" not in found(indexed, "คำใหม่ที่ยังไม่อยู่")


def test_indexing_again_adds_only_what_is_new(
    indexed: Edition, manual_words: Section, admin: User
) -> None:
    before = BlobIndex.objects.count()
    assert index_edition(indexed) == 0
    factories.make_clause(manual_words, "ข้อเดียวที่เพิ่มมา")
    assert index_edition(factories.make_edition("LATER", by=admin)) == 1
    assert BlobIndex.objects.count() == before + 1


def test_database_knows_what_is_looked_for_when_it_plans(indexed: Edition) -> None:
    """A statement that is prepared with its values left open is planned for any of them: on 20,000 clauses a word of
    two letters then took twelve times as long as one that was planned for."""
    for word in ("หนังสือ", "ด่วน", "ใบเสร็จ", "เสนอ", "เก็บ", "นาที", "หนังสื", "รับเงิน"):
        find_answer(read_query(word), indexed)
        find_answer(read_query(f"{word} ฮฮฮฮ"), indexed)
        find_answer(read_query(f"ข้อ 5.1 {word}"), indexed)
        find_answer(read_query(f"{word}ราชกาน"), indexed)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements"
            " WHERE statement LIKE '%i.tsv%' OR statement LIKE '%i.search_text%'"
        )
        prepared = [statement for (statement,) in cursor.fetchall()]
    assert [statement for statement in prepared if "$1" in statement] == []


# -- marking -----------------------------------------------------------------------------------------

thai = st.text(alphabet="กขฏฎปวิ์ิ่้ีุำเแา ๑1\n\u200b-%'", max_size=60)


@given(thai, thai)
def test_marked_pieces_are_the_text_itself(text: str, needle: str) -> None:
    pieces = marked(text, [search_form(needle)])
    assert "".join(piece for piece, _ in pieces) == text
    assert all(one[1] != other[1] for one, other in pairwise(pieces))


@given(thai)
def test_whole_text_is_marked_by_itself(text: str) -> None:
    form = search_form(text)
    shown = [piece for piece, is_match in marked(form, [form]) if is_match]
    assert shown == ([form] if form else [])


def test_match_is_marked_in_the_original_characters() -> None:
    assert marked("ให้ปฏิบัติภายใน ๓๐ นาที", ["ปฎิบัติภายใน30"]) == [
        ("ให้", False),
        ("ปฏิบัติภายใน ๓๐", True),
        (" นาที", False),
    ]


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("ให้ครู และบุคลากรทราบ", "ครูและบุคลากร", "ครู และบุคลากร"),
        ("ให้ครูและบุคลากรทราบ", "ครู  และ บุคลากร", "ครูและบุคลากร"),
        ("ระบบ AMSS ++ และ AMSS++", "amss ++", "AMSS ++|AMSS++"),
        ("ตาม ข้อ ๕ (๑) ของ", "ข้อ5(1)", "ข้อ ๕ (๑)"),
        ("My Office ของ My  Office", "my office", "My Office|My  Office"),
    ],
)
def test_match_is_marked_with_the_spaces_inside_it_alone(
    text: str, typed: str, shown: str
) -> None:
    pieces = marked(text, read_query(typed).needles)
    assert "|".join(piece for piece, is_match in pieces if is_match) == shown


def test_mark_never_splits_a_character() -> None:
    assert marked("ที่นี่", ["ท"]) == [("ที่", True), ("นี่", False)]


def test_excerpt_is_short_and_has_the_match() -> None:
    text = "ก" * 500 + "ด่วนที่สุด" + "ข" * 500
    pieces = excerpt(text, ["ด่วนที่สุด"])
    assert ("ด่วนที่สุด", True) in pieces
    assert sum(len(piece) for piece, _ in pieces) <= EXCERPT + 12
    assert (pieces[0], pieces[-1]) == (("…", False), ("…", False))


# -- the page ----------------------------------------------------------------------------------------


def page(client: Client, **query: str) -> str:
    response = client.get("/search/", query)
    assert response.status_code == 200
    return response.content.decode()


def test_page_marks_hits_and_links_to_their_place(
    client: Client, indexed: Edition, process: Section
) -> None:
    html = page(client, q="ใบเสร็จรับเงิน")
    entry = indexed.entries.get(blob__plain=WORDS[2])
    assert "<mark>ใบเสร็จรับเงิน</mark>" in html
    assert (
        f"/editions/HEARING-2565/sections/{process.uuid}/#c-{entry.uuid.hex[:8]}"
        in html
    )


def test_page_without_hits_says_what_to_try(client: Client, indexed: Edition) -> None:
    html = page(client, q="ฮฮฮฮฮ")
    assert "ไม่พบ “ฮฮฮฮฮ”" in html
    assert "ลองใช้คำสั้นลง" in html


def test_page_says_that_an_edition_has_no_index(
    client: Client, process: Section, admin: User
) -> None:
    factories.make_release(factories.make_edition("RAW", by=admin), "public")
    assert "ยังไม่ได้ทำดัชนีคำค้น" in page(client, q="หนังสือ")


def test_edition_without_clauses_lacks_no_index(
    client: Client, unit: Section, admin: User
) -> None:
    factories.make_section(
        unit.manual, "การรับหนังสือราชการ", kind="process", parent=unit, by=admin
    )
    factories.make_release(factories.make_edition("TITLES", by=admin), "public")
    html = page(client, q="หนังสือ")
    assert "การรับหนังสือราชการ" in html
    assert "ยังไม่ได้ทำดัชนีคำค้น" not in html


def test_draft_of_a_closed_hearing_is_not_searched_by_strangers(
    client: Client,
    sign_in,
    indexed: Edition,
    manual_words: Section,
    admin: User,
    delegate: User,
) -> None:
    factories.make_clause(manual_words, "ถ้อยคำที่ยังไม่เปิดเผย")
    closed = factories.make_edition("CLOSED", by=admin)
    factories.make_release(closed, "hearing")
    index_edition(closed)
    html = page(client, q="ถ้อยคำที่ยังไม่เปิดเผย", edition="CLOSED")
    assert 'value="CLOSED"' not in html
    assert "<mark>ถ้อยคำที่ยังไม่เปิดเผย</mark>" not in html
    assert "<mark>ถ้อยคำที่ยังไม่เปิดเผย</mark>" in page(
        sign_in(delegate), q="ถ้อยคำที่ยังไม่เปิดเผย"
    )


HOSTILE = [
    "%", "_%_", "\\", "'", "';DROP TABLE manuals_clause;--", "a & b | !c <-> (d", ":*", "<script>alert(1)</script>",
    "่่่่่่่่่่่่่่่่่่่่", "\ufffc\u200b\u200d", "👩‍👩‍👧‍👦", "ก" * 5000, "1" * 5000, "ที่ " * 300, "\x01\x02หนังสือ", " ", "",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
def test_any_query_is_answered(client: Client, indexed: Edition, typed: str) -> None:
    html = page(client, q=typed)
    assert "<script>alert(1)" not in html
    if typed.strip():
        assert escape(typed[:20].replace("\x00", "")) in html


@pytest.mark.parametrize("name", ["group", "edition", "page"])
def test_unknown_filter_is_ignored(client: Client, indexed: Edition, name: str) -> None:
    assert "<mark>หนังสือ</mark>" in page(client, q="หนังสือ", **{name: "nothing'\"--"})


def test_long_query_is_cut_and_says_so(client: Client, indexed: Edition) -> None:
    assert "200 ตัวอักษรแรก" in page(client, q="หนังสือ" * 100)
    assert len(read_query("หนังสือ" * 100).typed) == LONGEST_QUERY


def test_percent_and_underscore_are_letters_not_wildcards(
    indexed: Edition, manual_words: Section, admin: User
) -> None:
    factories.make_clause(manual_words, "ลดลงร้อยละ 5% ของปีก่อน")
    later = factories.make_edition("LATER", by=admin)
    index_edition(later)
    assert find_hits(read_query("5%"), later).phrase == [
        later.entries.get(blob__plain="ลดลงร้อยละ 5% ของปีก่อน").pk
    ]
    assert find_hits(read_query("5_ป"), later).phrase == []


def test_statutory_verb_of_a_definition_is_found(
    manual_words: Section, admin: User
) -> None:
    meaning = Definition(term="งานสารบรรณ", verb="หมายความว่า", body="งานที่เกี่ยวกับเอกสาร")
    factories.make_clause(manual_words, meaning, part=4)
    index_edition(later := factories.make_edition("LATER", by=admin))
    typed = "งานสารบรรณ หมายความว่า งานที่เกี่ยวกับเอกสาร"
    words = "งานสารบรรณ\nหมายความว่า\nงานที่เกี่ยวกับเอกสาร"
    assert found(later, typed)[0] == words
    assert find_hits(read_query(typed), later).phrase


@pytest.mark.parametrize("typed", ["5.1 1)", "5.1 (1)", "ข้อ ๕.๑ (๑)"])
def test_number_is_found_whatever_the_bracket(
    manual_words: Section, admin: User, typed: str
) -> None:
    above = clause_at(manual_words, "5.1")
    factories.make_clause(manual_words, "คำขอ", parent=above, numbering="parens")
    index_edition(later := factories.make_edition("LATER", by=admin))
    assert found(later, typed)[0] == "คำขอ"


def test_search_costs_the_same_for_one_hit_and_three(
    client: Client,
    indexed: Edition,
    manual_words: Section,
    admin: User,
    assert_same_queries,
) -> None:
    def add_two() -> None:
        for word in ("กขคง", "งคขก"):
            factories.make_clause(
                manual_words, Definition(term=word, body="ใบเสร็จรับเงินอีกแบบหนึ่ง"), part=4
            )
        index_edition(later := factories.make_edition("LATER", by=admin))
        factories.make_release(later, "public")

    assert_same_queries(
        7, lambda: client.get("/search/", {"q": "ใบเสร็จรับเงิน"}), add_two
    )
