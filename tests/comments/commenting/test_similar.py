"""Similar comments: who says nearly the same, what is never offered, what it costs, and that nothing typed is lost."""

import html
import re
import uuid as uuids

import pytest
from django.test import Client
from django.urls import reverse

from comments.commenting.queries.similar import SHOWN, find_similar, words_of_comment
from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.models import Comment, Support
from comments.moderating.services import hide_comment
from manuals.content import Text
from tests import factories

pytestmark = pytest.mark.usefixtures("released")

PAPER = (
    "เขตเราเป็นพื้นที่สูงติดชายแดน ฝนตกหนักเมื่อไรอินเทอร์เน็ตสำนักงานล่มเมื่อนั้น ปีงบประมาณนี้จดไว้รวมได้ 41 วัน "
    "ถ้าเลิกทุกอย่างที่เป็นกระดาษ วันที่มีคนมาขอค้นเรื่องจะไม่มีอะไรให้ดู ขอให้คงสมุดทะเบียนไว้คู่กัน"
)
SCANNER = "300 dpi ไฟล์ใหญ่มาก หนังสือ 40 หน้าได้ไฟล์เกือบ 30 MB โรงเรียนบนดอยเปิดไม่ขึ้น 200 dpi ก็อ่านชัดแล้ว"
TWICE = "วันละสองครั้งน้อยไป หนังสือด่วนที่สุดมาสิบโมงครึ่งกว่าจะเห็นก็บ่ายสอง"
STAFF = "เจ้าพนักงานธุรการเกษียณไปสองคนยังไม่ได้คืนอัตรา คนทำจริงคือพนักงานราชการ"


@pytest.fixture
def voices(session, entry, edition, process, secondary_delegate) -> dict[str, Comment]:
    """Four things said by สพม.ชลบุรี about clause 5.2 and its process."""
    others = [
        factories.entry_of(edition, clause)
        for clause in process.clauses.order_by("pk")[:2]
    ]
    return {
        text: factories.make_comment(session, place, secondary_delegate, text=text)
        for text, place in zip(
            (PAPER, SCANNER, TWICE, STAFF), (entry, entry, *others), strict=True
        )
    }


def _found(text: str, entry, user) -> list[str]:
    return [
        comment.text for comment in find_similar(words_of_comment(text), entry, user)
    ]


def _body(entry, **values) -> dict[str, str]:
    return {
        "client_key": str(uuids.uuid4()),
        "entry": str(entry.pk),
        "type": "ask",
        **values,
    }


def _text(response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", response.content.decode()))


# -- what is similar


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("อินเทอร์เน็ตล่มบ่อย ควรคงสมุดทะเบียนรับไว้สำรอง", [PAPER]),
        ("๒๐๐ DPI ก็พอแล้ว ๓๐๐ dpi ไฟล์ใหญ่เกินไป", [SCANNER]),
        ("รับหนังสือวันละสองครั้งน้อยเกินไป หนังสือด่วนจะช้า", [TWICE]),
        ("เจ้าพนักงานธุรการไม่มีอัตรา", [STAFF]),
        (SCANNER, [SCANNER]),
        ("ควรมีผู้ตรวจสอบเอกสารคนที่สองก่อนจ่ายเงินยืม", []),
        ("เห็นด้วยกับข้อนี้ครับ", []),
        ("", []),
        ("โรงเรียน", []),
    ],
    ids=[
        "paraphrase",
        "other digits",
        "other clause",
        "two words",
        "same",
        "other",
        "agreement",
        "empty",
        "one word",
    ],
)
def test_words_find_who_says_the_same(voices, entry, delegate, typed, found):
    assert _found(typed, entry, delegate) == found


def test_proposed_words_are_compared_and_those_of_the_clause_are_not(
    session, entry, delegate, secondary_delegate
):
    wording = f"{entry.blob.plain} พร้อมแนบใบปะหน้าและรหัสคิวอาร์"
    same = factories.say(
        session, entry, secondary_delegate, "ขอแก้ข้อนี้", proposed=Text(body=wording)
    )
    factories.say(
        session,
        entry,
        secondary_delegate,
        "ขอแก้ข้อนี้",
        proposed=Text(body="ส่งคืนเจ้าของเรื่อง"),
    )
    said = words_of_comment(
        "ขอแก้ตามนี้", Text(body=f"{entry.blob.plain} แนบรหัสคิวอาร์ด้วย"), entry.blob.plain
    )

    assert find_similar(said, entry, delegate) == [same]


@pytest.mark.parametrize(
    "reason",
    ["held", "hidden", "withdrawn", "reply", "mine", "other process", "other edition"],
)
def test_what_may_not_be_supported_is_not_offered(
    voices,
    session,
    entry,
    edition,
    unit,
    delegate,
    drafter,
    facilitator,
    secondary_delegate,
    admin,
    reason,
):
    comment = voices[SCANNER]
    if reason == "held":
        factories.make_moderation(comment, "held", by=facilitator)
    elif reason == "hidden":
        hide_comment(comment, by=facilitator, reason="มีหมายเลขโทรศัพท์ส่วนตัว")
    elif reason == "withdrawn":
        withdraw_comment(comment, by=secondary_delegate)
    elif reason == "reply":
        hide_comment(comment, by=facilitator, reason="มีหมายเลขโทรศัพท์ส่วนตัว")
        factories.make_comment(
            session, entry, secondary_delegate, text=SCANNER, parent=voices[PAPER]
        )
    elif reason == "mine":
        delegate = secondary_delegate
    else:
        if reason == "other process":
            factories.make_process(unit=unit, by=drafter)
        later = factories.make_edition("LATER-2565", by=admin)
        entries = later.entries.filter(kind="clause")
        same = entries.get(clause=entry.clause_id)
        entry = (
            same
            if reason == "other edition"
            else entries.exclude(section=entry.section_id).first()
        )

    assert _found("200 dpi ก็พอแล้ว 300 dpi ไฟล์ใหญ่เกินไป", entry, delegate) == []


def test_manual_as_a_whole_is_compared_with_itself(
    session, edition, manual, voices, delegate, secondary_delegate
):
    whole = edition.entries.get(kind="manual", manual=manual)
    factories.make_comment(
        session, whole, secondary_delegate, text="ขอเพิ่มบทคุ้มครองข้อมูลส่วนบุคคล", type="add"
    )

    assert _found("เพิ่มเรื่องคุ้มครองข้อมูลส่วนบุคคล", whole, delegate) == [
        "ขอเพิ่มบทคุ้มครองข้อมูลส่วนบุคคล"
    ]
    assert _found(PAPER, whole, delegate) == []


def test_nearest_stand_first_and_few_are_shown(
    session, entry, delegate, secondary_delegate
):
    for number in range(5):
        text = "สแกนหนังสือ 300 dpi ไฟล์ใหญ่ " + "โรงเรียนบนดอยเปิดดาวเทียมไม่ขึ้น " * number
        factories.make_comment(session, entry, secondary_delegate, text=text.strip())

    found = _found("สแกนหนังสือ 300 dpi ไฟล์ใหญ่", entry, delegate)

    assert len(found) == SHOWN
    assert found[0] == "สแกนหนังสือ 300 dpi ไฟล์ใหญ่"


def test_cost_is_the_same_for_one_and_three(
    session,
    entry,
    delegate,
    secondary_delegate,
    assert_same_queries,
    django_assert_num_queries,
):
    said = words_of_comment("200 dpi ก็พอแล้ว 300 dpi ไฟล์ใหญ่เกินไป")

    def more() -> None:
        for _ in range(2):
            factories.say(
                session,
                entry,
                secondary_delegate,
                SCANNER,
                proposed=Text(body="สแกน 200 dpi"),
            )

    factories.say(
        session, entry, secondary_delegate, SCANNER, proposed=Text(body="สแกน 200 dpi")
    )
    find_similar(said, entry, delegate)  # the roles of a person are read once a request
    assert_same_queries(3, lambda: find_similar(said, entry, delegate), more)
    with django_assert_num_queries(0):
        find_similar(words_of_comment("ครับ"), entry, delegate)


# -- the page


def _ask(client: Client, body: dict[str, str], *, htmx: bool = True):
    return client.post(
        reverse("similar-comments"),
        body,
        headers={"HX-Request": "true"} if htmx else {},
    )


def test_fragment_offers_support_and_stores_nothing(
    voices, entry, delegate, lampang, sign_in
):
    response = _ask(sign_in(delegate), _body(entry, text="300 dpi ไฟล์ใหญ่เกินไป"))

    page = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in page
    assert "ความคิดเห็นใกล้เคียง" in page
    assert "300 dpi ไฟล์ใหญ่มาก" in page
    assert f'value="{voices[SCANNER].uuid} {lampang.key} first"' in page
    assert (Comment.objects.count(), Support.objects.count()) == (4, 0)


def test_nothing_similar_is_an_empty_answer(voices, entry, delegate, sign_in):
    response = _ask(sign_in(delegate), _body(entry, text="เห็นด้วยครับ"))

    assert (response.status_code, response.content.decode().strip()) == (200, "")


@pytest.mark.parametrize("htmx", [True, False])
def test_support_counts_the_office_once_and_the_text_stays(
    voices, entry, delegate, lampang, sign_in, htmx
):
    client, typed = sign_in(delegate), "300 dpi ไฟล์ใหญ่เกินไป ขอ 200"
    body = _body(entry, text=typed, support=f"{voices[SCANNER].uuid} {lampang.key}")

    _ask(client, body, htmx=htmx)
    response = _ask(client, body, htmx=htmx)

    assert "สพท. ของท่านสนับสนุนแล้ว" in _text(response)
    assert [(support.comment, support.office) for support in Support.objects.all()] == [
        (voices[SCANNER], lampang)
    ]
    assert Comment.objects.count() == 4
    assert (typed in response.content.decode()) is not htmx


def test_without_javascript_the_form_comes_back_filled(
    voices, entry, delegate, sign_in
):
    body = _body(
        entry,
        text="300 dpi ไฟล์ใหญ่เกินไป",
        issue_class="technology",
        **{"issue-technology-system": "AMSS++"},
    )

    response = _ask(sign_in(delegate), body, htmx=False)

    page = response.content.decode()
    assert response.status_code == 200
    assert "300 dpi ไฟล์ใหญ่มาก" in page
    assert 'value="AMSS++"' in page
    assert body["client_key"] in page
    assert (
        "<form" not in page.split('id="composer"')[1].split("</form>")[0]
    )  # no form within the form


def test_refused_comment_shows_what_is_similar(voices, entry, delegate, sign_in):
    body = _body(entry, text="300 dpi ไฟล์ใหญ่เกินไป", type="")

    response = sign_in(delegate).post(reverse("entry-comments", args=[entry.pk]), body)

    assert response.status_code == 422
    assert "ความคิดเห็นใกล้เคียง" in _text(response)
    assert "300 dpi ไฟล์ใหญ่มาก" in _text(response)


def test_closed_session_shows_but_takes_no_support(
    voices, session, entry, delegate, lampang, facilitator, sign_in
):
    factories.make_session_state(session, "closed", by=facilitator, reason="ครบเวลา")
    client, body = sign_in(delegate), _body(entry, text="300 dpi ไฟล์ใหญ่เกินไป")

    shown = _ask(client, body)
    refused = _ask(client, body | {"support": f"{voices[SCANNER].uuid} {lampang.key}"})

    assert "300 dpi ไฟล์ใหญ่มาก" in shown.content.decode()
    assert 'name="support"' not in shown.content.decode()
    assert refused.status_code == 409
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    "support",
    ["x", "x y", "00000000-0000-4000-8000-000000000000 lampang-1", "\u0e01" * 40],
)
def test_unknown_comment_to_support_is_404(voices, entry, delegate, sign_in, support):
    assert (
        _ask(sign_in(delegate), _body(entry, text=SCANNER, support=support)).status_code
        == 404
    )


def test_expert_sees_and_is_offered_no_support(voices, entry, expert, sign_in):
    page = _ask(sign_in(expert), _body(entry, text=SCANNER)).content.decode()

    assert "300 dpi ไฟล์ใหญ่มาก" in page
    assert 'name="support"' not in page


def test_who_marks_the_same_words_is_shown_what_is_said_of_them(
    session, entry, delegate, secondary_delegate, sign_in
):
    words = entry.blob.plain
    marked = {"field": "text", "span_start": 0, "span_end": 7, "quote": words[:7]}
    text = "คำนี้กว้างเกินไป โปรดระบุผู้ตรวจสอบ"
    same = factories.make_comment(
        session, entry, secondary_delegate, text=text, **marked
    )
    factories.make_comment(
        session, entry, secondary_delegate, text="เรื่องอื่น", **{**marked, "span_end": 9}
    )

    response = _ask(sign_in(delegate), _body(entry, text="", **marked))

    assert "ข้อความที่เลือกเดียวกัน" in _text(response)
    assert str(same.uuid) in response.content.decode()
    assert "เรื่องอื่น" not in _text(response)
