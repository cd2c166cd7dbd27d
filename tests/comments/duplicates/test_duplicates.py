"""Comments that say the same: proposed by their words, put together by a person, answered once."""

import pytest
from django.urls import reverse
from lxml import html

from comments.deciding.access import get_comments_sharing_answer
from comments.deciding.services.objecting import object_to_answer
from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.duplicates.presentation import load_duplicates
from comments.duplicates.services import (
    GroupingRefused,
    separate_comments,
    unite_comments,
)
from comments.models import Answer, Comment, Grouping
from comments.papers.kinds import LETTER
from comments.papers.making import PaperSubject, load_values
from tests import factories

TEMPLATE = (
    "ขอให้เพิ่มช่องทางรับหนังสือทางไปรษณีย์อิเล็กทรอนิกส์กลางของสำนักงาน เพราะหนังสือส่วนใหญ่มาทางนี้แล้ว"
)
OWN_WORDS = TEMPLATE + " และลดการเดินทางของเจ้าหน้าที่"
ELSE = "ระยะเวลาสามวันสั้นเกินไปสำหรับโรงเรียนขนาดเล็กที่อยู่ห่างไกล ขอขยายเป็นเจ็ดวัน"
REASON = "เพิ่มช่องทางรับหนังสือในข้อ 5.1 แล้ว ตามระเบียบงานสารบรรณ"


@pytest.fixture
def said(session, entry, delegate, secondary_delegate) -> list[Comment]:
    """The same from two offices and again from one, something else, and the opposite in the same words."""
    make = factories.make_comment
    return [
        make(session, entry, delegate, text=TEMPLATE),
        make(session, entry, secondary_delegate, text=OWN_WORDS),
        make(session, entry, delegate, text=TEMPLATE),
        make(session, entry, secondary_delegate, text=ELSE),
        make(session, entry, secondary_delegate, text=TEMPLATE, type="delete"),
    ]


@pytest.fixture
def page(said, manual, facilitator):
    return lambda: load_duplicates(manual, facilitator)


def ids(comments) -> list[int]:
    return sorted(comment.pk for comment in comments)


def test_nearly_equal_comments_of_one_type_are_proposed(said, page) -> None:
    [likely] = page().likely
    assert likely.ids == ids(said[:3])
    assert (likely.primary, likely.secondary) == (1, 1)
    assert [wording.ids for wording in likely.wordings] == [
        [said[0].pk, said[2].pk],
        [said[1].pk],
    ]


def test_comments_on_another_process_are_left_alone(
    said, page, session, entry, manual, admin, drafter
) -> None:
    whole = factories.entry_of(session.edition, manual)
    factories.make_comment(session, whole, text=TEMPLATE)
    [likely] = page().likely
    assert likely.ids == ids(said[:3])


def test_only_those_that_propose_the_same_words_are_offered_together(
    said, page, sign_in, facilitator, session, entry
) -> None:
    made = []
    for days in ("สองวัน", "สามวัน", "สองวัน"):
        comment = factories.make_comment(session, entry, text=ELSE, type="amend")
        factories.make_amendment(comment, f"ตรวจสอบหนังสือภายใน{days}")
        made.append(comment)
    offered = [each for each in page().likely if each.text == ELSE]
    assert [each.ids for each in offered] == [ids([made[0], made[2]])]
    assert not offered[0].rest
    client = sign_in(facilitator)
    url = reverse("group-duplicates", args=["DIR"])
    assert "ภายในสองวัน" in html_text(client.get(url))

    factories.make_comment_group(*made[:2])  # put together nevertheless
    [group] = page().groups
    assert [wording.ids for wording in group.wordings] == [[made[0].pk], [made[1].pk]]
    assert "ภายในสามวัน" in html_text(client.get(url))


def html_text(response) -> str:
    return "".join(html.fromstring(response.content.decode()).text_content().split())


def test_typed_digits_stay_as_they_were_typed(
    said, session, entry, sign_in, facilitator
):
    amended = []
    for days in ("๓๐", "30"):
        text = f"{TEMPLATE} ภายใน {days} วัน"
        amended.append(factories.make_comment(session, entry, text=text))
        factories.make_amendment(amended[-1], "ลงทะเบียนภายใน ๔๕ วัน")

    page = sign_in(facilitator).get(reverse("group-duplicates", args=["DIR"]))

    shown = html.fromstring(page.content).text_content()
    assert "ภายใน ๓๐ วัน" in shown
    assert "ภายใน ๔๕ วัน" in shown


def test_person_confirms_and_every_voice_is_kept_and_counted(
    said, page, sign_in, facilitator
) -> None:
    office = factories.make_office("สพป.แพร่ เขต 2")
    factories.make_support(said[0], office)
    client = sign_in(facilitator)
    value = f"{said[0].pk},{said[2].pk}"
    response = client.post(
        reverse("duplicates-grouping", args=["DIR"]), {"comment": [value, said[1].pk]}
    )
    assert response.status_code == 302
    shown = page()
    [group] = shown.groups
    assert group.ids == ids(said[:3])
    assert (group.primary, group.secondary) == (2, 1)
    assert (shown.comments, shown.arguments) == (5, 3)
    assert not shown.likely
    assert (
        "ประเด็นเดียวของ"
        in client.get(reverse("group-duplicates", args=["DIR"])).content.decode()
    )


def test_one_answer_serves_all_of_the_group(said, facilitator, drafter) -> None:
    unite_comments(ids(said[:3]), by=facilitator)
    sharing = get_comments_sharing_answer(drafter, said[1], [said[3].uuid])
    assert ids(sharing) == ids([said[0], said[2], said[3]])
    ruling = Ruling("deferred", REASON)
    disposition = decide_comments([said[1], *sharing], ruling, by=drafter)
    answers = Answer.objects.filter(current=True, disposition=disposition)
    assert ids(answer.comment for answer in answers) == ids(said[:4])


def test_group_with_different_answers_says_so_wherever_it_stands(
    said, page, facilitator, drafter, hearing, dir_group, delegate, sign_in
) -> None:
    unite_comments(ids(said[:3]), by=facilitator)
    for several in (said[:3], [said[3]], [said[4]]):
        decide_comments(several, Ruling("deferred", REASON), by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    subject = PaperSubject(hearing, office=said[0].office)

    def told() -> list[str]:
        """By the page, the letter, the matrix and the comments themselves."""
        [group] = page().groups
        letter = load_values(LETTER, subject)
        desk = sign_in(facilitator).get(reverse("matrix"))
        own = sign_in(delegate).get(reverse("comment", args=[said[0].uuid]))
        return [
            "".join("".join(group.answers).split()),
            "".join(letter["rows"][0]["reason"].split()),
            html_text(desk),
            html_text(own),
        ]

    assert not [words for words in told() if "ผลต่างกัน" in words]
    assert page().groups[0].answers == []

    object_to_answer(said[1], "เขตชายแดนรอไม่ได้", by=said[1].author)
    later = "นำไปพิจารณาในการปรับปรุงครั้งต่อไป 2 ความคิดเห็น"
    for words in told():
        assert "".join(later.split()) in words
        assert "ยังไม่ได้ข้อยุติ–ขอให้ทบทวน1ความคิดเห็น" in words

    decide_comments(
        [said[1]], Ruling("referred", REASON, referred_to="สพร."), by=drafter
    )
    assert page().groups[0].answers == [later, "ส่งต่อ 1 ความคิดเห็น"]
    # In letters it is under consideration until it is published
    [row, _] = load_values(LETTER, subject)["rows"]
    assert "อยู่ระหว่างพิจารณา 1 ความคิดเห็น" in row["reason"]


def test_groups_that_meet_become_one_and_one_can_be_taken_out(
    said, page, facilitator
) -> None:
    unite_comments(ids(said[:2]), by=facilitator)
    unite_comments(ids(said[2:4]), by=facilitator)
    unite_comments([said[1].pk, said[2].pk], by=facilitator)
    [group] = page().groups
    assert group.ids == ids(said[:4])
    separate_comments([said[3].pk], by=facilitator)
    [group] = page().groups
    assert group.ids == ids(said[:3])
    assert Grouping.objects.count() == 7  # nothing that was done is gone


def test_decided_comment_stays_in_its_group(said, facilitator, drafter) -> None:
    unite_comments(ids(said[:2]), by=facilitator)
    decide_comments(said[:2], Ruling("deferred", REASON), by=drafter)
    with pytest.raises(GroupingRefused):
        separate_comments([said[0].pk], by=facilitator)


@pytest.mark.parametrize("chosen", [slice(1), slice(0)])
def test_fewer_than_two_are_no_group(said, facilitator, chosen) -> None:
    with pytest.raises(GroupingRefused):
        unite_comments(ids(said[chosen]), by=facilitator)
    assert not Grouping.objects.exists()


def test_page_asks_the_database_as_often_for_three_as_for_one(
    said, sign_in, facilitator, session, entry, assert_same_queries
) -> None:
    client = sign_in(facilitator)
    url = reverse("group-duplicates", args=["DIR"])

    def more(*proposed: str) -> None:
        for words in proposed:
            for _ in range(2):
                comment = factories.make_comment(session, entry, text=ELSE)
                factories.make_amendment(comment, words)

    more("ภายในหนึ่งวัน")
    assert len(load_duplicates(entry.manual, facilitator).likely) == 2
    assert_same_queries(
        9, lambda: client.get(url), lambda: more("ภายในสองวัน", "ภายในสามวัน")
    )
