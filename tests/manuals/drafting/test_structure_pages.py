"""Arranging clauses in the browser: shifted, moved, split, joined, retired, brought back and undone; a form that is too
old keeps what was written in it and says who was quicker."""

from uuid import UUID

import pytest
from django.test import Client

from hearing_portal.directory.models import User
from hearing_portal.thai.markup import write_reference
from manuals.content import Text
from manuals.drafting.queries.arranging import load_places
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.structure import retire_clause, split_clause
from manuals.models import Clause, ClauseLineage, Section, SectionVersion
from manuals.queries import load_draft_entries
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "ปรับตามที่ประชุมคณะทำงาน"


def url_of(clause: Clause, act: str) -> str:
    return f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/{act}/"


def numbers(section: Section, part: int = 5) -> dict[str, str]:
    entries = [entry for entry in load_draft_entries(section)[1:] if entry.part == part]
    return {
        entry.cite: dict(entry.clause_content.fields())["text"] for entry in entries
    }


def shift_form(clause: Clause, direction: str) -> dict[str, str]:
    """As the page of the draft has it now."""
    place = load_places(clause.section)[clause.uuid]
    return {
        "lock_version": str(place.lock_version),
        "direction": direction,
        "above": str(place.above or ""),
        "next": str(place.next or ""),
    }


def shift(client: Client, clause: Clause, direction: str):
    return client.post(url_of(clause, "shift"), shift_form(clause, direction))


def changed_by(user: User, clause: Clause, words: str) -> None:
    revise_clause(
        clause,
        clause.lock_version,
        Text(body=words),
        numbering=clause.numbering,
        by=user,
        reason="ตามระเบียบใหม่",
    )


# --- by a button


def test_clause_goes_up_and_down_and_the_page_comes_back_to_it(
    sign_in, drafter, clause
):
    client = sign_in(drafter)
    answer = shift(client, clause, "up")
    assert (answer.status_code, answer["Location"].partition("#")[2]) == (
        303,
        f"c-{clause.uuid.hex[:8]}",
    )
    assert numbers(clause.section)["5.1"] == clause.plain
    page = markup(client.get(answer["Location"]))
    assert 'data-did="up"' in page
    shift(client, clause, "down")
    assert numbers(clause.section)["5.2"] == clause.plain


def test_clause_goes_one_level_in_and_out(sign_in, drafter, clause):
    client = sign_in(drafter)
    third = factories.clause_at(clause.section, "5.3")
    shift(client, third, "in")
    told = numbers(clause.section)
    assert told["5.2 1)"] == third.plain
    assert told["5.2 1) 1)"].startswith(
        "หนังสือด่วนที่สุด"
    )  # what hangs below keeps its own kind of number
    shift(client, third, "out")
    assert numbers(clause.section)["5.3"] == third.plain


@pytest.mark.parametrize(
    ("cite", "direction"),
    [("5.1", "up"), ("5.1", "in"), ("5.1", "out"), ("5.3", "down")],
)
def test_clause_at_the_end_of_its_way_stays(sign_in, drafter, process, cite, direction):
    before = numbers(process)
    answer = shift(sign_in(drafter), factories.clause_at(process, cite), direction)
    assert answer.status_code == 422
    assert "สุดทางแล้ว" in answer.content.decode()
    assert numbers(process) == before


def test_button_pressed_twice_is_no_conflict_with_oneself(
    sign_in, drafter, second_drafter, clause
):
    data = shift_form(clause, "up")
    client = sign_in(drafter)
    assert client.post(url_of(clause, "shift"), data).status_code == 303
    assert client.post(url_of(clause, "shift"), data).status_code == 303
    assert numbers(clause.section)["5.1"] == clause.plain
    theirs = sign_in(second_drafter).post(url_of(clause, "shift"), data)
    assert theirs.status_code == 409
    page = theirs.content.decode()
    assert drafter.get_full_name() in page
    assert clause.plain in page


@pytest.mark.parametrize(
    ("cite", "direction", "moved", "to"),
    [
        ("5.1", "down", "5.3", "up"),  # another one would be passed
        ("5.2", "up", "5.3", "up"),
        ("5.2", "up", "5.1", "down"),  # it stands there already
        ("5.2", "in", "5.1", "down"),
        ("5.1", "down", "5.2", None),  # what was behind it is gone
    ],
)
def test_clause_passes_the_neighbour_that_was_seen_or_stays(
    sign_in, drafter, second_drafter, process, cite, direction, moved, to
):
    clause = factories.clause_at(process, cite)
    client, colleague = sign_in(drafter), sign_in(second_drafter)
    page = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    sent = shift_form(clause, direction)
    for name in ("above", "next"):
        assert f'name="{name}" value="{sent[name]}"' in page
    other = factories.clause_at(process, moved)
    if to is None:
        retire_clause(other, other.lock_version, by=second_drafter, reason=REASON)
    else:
        assert shift(colleague, other, to).status_code == 303
    now = numbers(process)
    answer = client.post(url_of(clause, "shift"), sent)
    assert answer.status_code == 409
    assert numbers(process) == now
    told = answer.content.decode()
    assert second_drafter.get_full_name() in told
    seen, _, of_now = told.partition("ลำดับขณะนี้")
    assert "ลำดับเมื่อท่านเปิดหน้า" in seen
    assert clause.plain in seen
    assert clause.plain in of_now
    if to is None:
        assert "ยกเลิกแล้ว" in seen


def test_clause_goes_out_whatever_stands_beside_it(sign_in, drafter, process):
    child = factories.clause_at(process, "5.3 1)")
    sent = shift_form(child, "out")
    client = sign_in(drafter)
    assert (
        shift(client, factories.clause_at(process, "5.3 2)"), "up").status_code == 303
    )
    assert client.post(url_of(child, "shift"), sent).status_code == 303


def test_retired_clause_comes_back_with_what_went_with_it(sign_in, drafter, process):
    third = factories.clause_at(process, "5.3")
    client, before = sign_in(drafter), numbers(process)
    page = markup(client.get(url_of(third, "retire")))
    assert "กรณีไม่ชัดเจน ให้หารือผู้อำนวยการกลุ่ม" in page  # what goes with it is told
    refused = client.post(url_of(third, "retire"), {"lock_version": "1", "reason": " "})
    assert refused.status_code == 422
    client.post(url_of(third, "retire"), {"lock_version": "1", "reason": REASON})
    assert list(numbers(process)) == ["5.1", "5.2"]

    desk = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    assert url_of(third, "restore") in desk
    assert REASON in desk
    child = Clause.objects.get(plain__startswith="หนังสือทั่วไป")
    assert url_of(child, "restore") not in desk  # it comes with its parent
    third.refresh_from_db()
    client.post(url_of(third, "restore"), {"lock_version": third.lock_version})
    assert numbers(process) == before


def test_retired_definition_is_listed_with_its_verb(sign_in, drafter, process):
    definition = process.clauses.get(kind="definition")
    client = sign_in(drafter)
    client.post(url_of(definition, "retire"), {"lock_version": "1", "reason": REASON})
    desk = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    assert "หนังสือราชการ หมายถึง เอกสารที่เป็นหลักฐาน" in desk


def test_reason_of_another_change_stands_in_no_form(sign_in, drafter, clause):
    client = sign_in(drafter)
    changed_by(drafter, clause, "ตรวจสอบหนังสือ")
    draft = f"/groups/DIR/drafts/{clause.section.uuid}/"
    for page in (f"clauses/{clause.uuid}/", "clauses/new/?part=5&kind=text", "facts/"):
        assert (
            not client.get(f"{draft}{page}", follow=True)
            .context["form"]["reason"]
            .value()
        ), page
    assert (
        not client.get(f"{draft}steps/").context["page"].table.reason["reason"].value()
    )


def test_clauses_that_refer_to_what_will_be_gone_are_told_before(
    sign_in, drafter, process, unit
):
    first, second, third = (
        factories.clause_at(process, cite) for cite in ("5.1", "5.2", "5.3")
    )
    below = factories.clause_at(process, "5.3 1)")
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    own = factories.make_clause(
        process,
        Text(
            body=f"ตาม{write_reference(str(below.uuid))}{write_reference(str(second.uuid))}"
        ),
        by=drafter,
    )
    outer = factories.make_clause(
        other, Text(body=f"ตาม{write_reference(str(third.uuid))}"), by=drafter
    )
    client = sign_in(drafter)

    def told(url: str) -> list[str]:
        context = client.get(url).context
        referring = (
            context["referring"]
            if "referring" in context
            else context["page"].referring
        )
        return [(clause.name, clause.is_elsewhere) for clause in referring]

    assert told(url_of(third, "retire")) == [
        ("ข้อ 5.4", False),
        ("ข้อ 5.1", True),
    ]  # what hangs below goes too
    page = markup(client.get(url_of(third, "retire")))
    assert "มีข้อที่อ้างถึงข้อที่จะยกเลิก 2\u00a0ข้อ" in page
    assert f"c-{outer.uuid.hex[:8]}" in page
    assert told(url_of(first, "join")) == [("ข้อ 5.4", False)]  # 5.2 will be gone
    assert told(url_of(first, "retire")) == told(url_of(own, "retire")) == []
    assert told(f"/groups/DIR/drafts/{process.uuid}/retire/") == [("ข้อ 5.1", True)]
    assert told(f"/groups/DIR/drafts/{other.uuid}/retire/") == []

    page = markup(client.get(url_of(first, "join")))
    assert "อ้างถึงข้อที่ไม่มีในร่าง" not in page
    assert "มีข้อที่อ้างถึงข้อที่จะรวมเข้ามา 1\u00a0ข้อ" in page
    assert "จะอ้างถึงข้อเดียวกันเอง" not in page
    changed_by(drafter, first, f"ตาม{write_reference(str(second.uuid))}")
    assert "จะอ้างถึงข้อเดียวกันเอง" in markup(client.get(url_of(first, "join")))
    first.refresh_from_db()
    changed_by(drafter, first, "รับหนังสือ")
    # References follow a join, and lead nowhere once what took the words in leaves
    factories.join_away(second, first, by=drafter)
    assert told(url_of(first, "retire")) == [("ข้อ 5.3", False)]


# --- on a page


def test_split_keeps_every_word_and_mark(sign_in, drafter, process):
    target = factories.clause_at(process, "5.1")
    body = f'ตรวจตาม<span data-ref="{target.uuid}"></span> <strong>ทุกวัน ก่อน</strong>เวลา 16.00 น. แล้วส่ง'
    made = factories.make_clause(process, Text(body=body), part=5, by=drafter)
    client = sign_in(drafter)
    form = client.get(url_of(made, "split")).context["form"]
    assert form["text"].value() == "ตรวจตาม⟦1⟧ ทุกวัน ก่อนเวลา 16.00 น. แล้วส่ง"
    sent = {
        "lock_version": "1",
        "text": "ตรวจตาม⟦1⟧ ทุกวัน\n\nก่อนเวลา 16.00 น.\n \nแล้วส่ง",
        "reason": REASON,
    }
    assert client.post(url_of(made, "split"), sent).status_code == 303
    bodies = list(
        Clause.objects.live()
        .filter(section=process, part=5, parent=None)
        .order_by("rank")
    )[-3:]
    assert [clause.body for clause in bodies] == [
        f'ตรวจตาม<span data-ref="{target.uuid}"></span> <strong>ทุกวัน</strong>',
        "<strong>ก่อน</strong>เวลา 16.00 น.",
        "แล้วส่ง",
    ]
    assert bodies[0] == made
    assert ClauseLineage.objects.filter(from_clause=made, kind="split").count() == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย", "ยังไม่มีบรรทัดว่าง"),
        ("ตรวจสอบความครบถ้วน\n\nและสิ่งที่ส่งมาด้วย", "ถ้อยคำต่างจากเดิม"),
    ],
)
def test_split_of_other_words_is_refused_and_the_text_stays(
    sign_in, drafter, clause, text, told
):
    answer = sign_in(drafter).post(
        url_of(clause, "split"), {"lock_version": "1", "text": text, "reason": REASON}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert text in page
    assert len(numbers(clause.section)) == 7


def fields_of(client: Client, url: str) -> dict[str, str]:
    """What the form of an act would send as it stands, but for the reason."""
    form = client.get(url).context["form"]
    return {bound.name: str(bound.value() or "") for bound in form} | {"reason": REASON}


SPLIT = "ตรวจสอบความครบถ้วนของหนังสือ\n\nและสิ่งที่ส่งมาด้วย"


def cut_old_form(client: Client, clause: Clause, theirs: User, words: str):
    """A split of words which another one has changed by then: the answer, and what was sent."""
    sent = fields_of(client, url_of(clause, "split")) | {"text": SPLIT}
    changed_by(theirs, clause, words)
    return client.post(url_of(clause, "split"), sent), sent


def test_split_of_an_old_form_is_refused_as_often_as_it_is_sent(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    answer, _ = cut_old_form(client, clause, second_drafter, "ตรวจสอบหนังสือ")
    page = markup(answer)
    assert answer.status_code == 409
    assert second_drafter.get_full_name() in page
    assert SPLIT in answer.content.decode()
    again = {
        bound.name: str(bound.value() or "") for bound in answer.context["form"]
    } | {"reason": REASON}
    assert client.post(url_of(clause, "split"), again).status_code == 409
    assert Clause.objects.get(pk=clause.pk).plain == "ตรวจสอบหนังสือ"


def test_split_goes_on_with_the_words_of_both(sign_in, drafter, second_drafter, clause):
    client = sign_in(drafter)
    theirs = f"ให้{clause.plain}ทุกครั้ง"
    answer, sent = cut_old_form(client, clause, second_drafter, theirs)
    merged = ["ให้ตรวจสอบความครบถ้วนของหนังสือ", "และสิ่งที่ส่งมาด้วยทุกครั้ง"]
    assert answer.context["conflict"].merged == merged
    taken = client.post(url_of(clause, "split"), sent | {"take": "merged"})
    fields = {bound.name: str(bound.value() or "") for bound in taken.context["form"]}
    assert client.post(url_of(clause, "split"), fields).status_code == 303
    told = numbers(clause.section)
    assert [told["5.2"], told["5.3"]] == merged


def test_text_of_a_split_that_was_overtaken_can_be_saved(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    answer, sent = cut_old_form(client, clause, second_drafter, "ตรวจสอบหนังสือ")
    assert answer.context["conflict"].merged == []
    taken = client.post(url_of(clause, "split"), sent | {"take": "mine"})
    assert "ใช้แทนถ้อยคำที่บันทึกแล้ว" in markup(taken)
    fields = {bound.name: str(bound.value() or "") for bound in taken.context["form"]}
    assert client.post(url_of(clause, "split"), fields).status_code == 303
    told = numbers(clause.section)
    assert [told["5.2"], told["5.3"]] == SPLIT.split("\n\n")
    theirs = client.post(url_of(clause, "split"), sent | {"take": "theirs"})
    assert theirs.context["form"]["text"].value() == told["5.2"]


def test_split_after_an_own_save_on_another_page_is_no_conflict(
    sign_in, drafter, clause
):
    answer, sent = cut_old_form(sign_in(drafter), clause, drafter, f"ให้{clause.plain}")
    assert answer.status_code == 303
    told = numbers(clause.section)
    assert told["5.2"] == "ให้ตรวจสอบความครบถ้วนของหนังสือ"
    twice = sign_in(drafter).post(url_of(clause, "split"), sent)
    assert twice.status_code in (303, 409)
    assert numbers(clause.section) == told


@pytest.mark.parametrize("act", ["split", "join"])
def test_act_on_a_clause_that_is_gone_keeps_the_text(
    sign_in, drafter, second_drafter, clause, act
):
    client = sign_in(drafter)
    sent = fields_of(client, url_of(clause, act)) | {"text": SPLIT}
    retire_clause(clause, 1, by=second_drafter, reason="ซ้ำกับข้ออื่น")
    answer = client.post(url_of(clause, act), sent)
    assert answer.status_code == 409
    assert "สิ่งที่ส่งมาด้วย" in answer.content.decode()
    assert "ซ้ำกับข้ออื่น" in answer.content.decode()


def test_join_shows_the_words_of_both_and_takes_the_children(sign_in, drafter, clause):
    third = factories.clause_at(clause.section, "5.3")
    client = sign_in(drafter)
    form = client.get(url_of(clause, "join")).context["form"]
    assert form["text"].value() == f"{clause.plain} {third.plain}"
    sent = {
        name: form[name].value() for name in ("lock_version", "next", "next_version")
    }
    words = "ตรวจสอบความครบถ้วน แล้วจัดลำดับความเร่งด่วน"
    assert (
        client.post(
            url_of(clause, "join"), {**sent, "text": words, "reason": REASON}
        ).status_code
        == 303
    )
    told = numbers(clause.section)
    assert told["5.2"] == words
    assert told["5.2 1)"].startswith("หนังสือด่วนที่สุด")
    assert ClauseLineage.objects.get().from_clause == third


def test_join_with_another_clause_than_was_read_is_refused(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    sent = fields_of(client, url_of(clause, "join")) | {"text": "ถ้อยคำที่รวมแล้ว"}
    third = factories.clause_at(clause.section, "5.3")
    retire_clause(third, 1, by=second_drafter, reason="ซ้ำกับข้ออื่น")
    for _ in range(2):
        answer = client.post(url_of(clause, "join"), sent)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "ไม่ใช่ข้อถัดไปแล้ว" in page
        assert "ถ้อยคำที่รวมแล้ว" in page
        assert second_drafter.get_full_name() in page
    assert numbers(clause.section)["5.2"] == clause.plain


@pytest.mark.parametrize("changed", ["5.2", "5.3"])
def test_join_never_writes_over_words_that_were_not_read(
    sign_in, drafter, second_drafter, clause, changed
):
    client = sign_in(drafter)
    third = factories.clause_at(clause.section, "5.3")
    sent = fields_of(client, url_of(clause, "join"))
    sent["text"] = f"ให้{sent['text']}"
    theirs = clause if changed == "5.2" else third
    changed_by(second_drafter, theirs, f"{theirs.plain} ภายในวันเดียวกัน")
    for _ in range(2):  # pressed again, it is refused again
        answer = client.post(url_of(clause, "join"), sent)
        assert answer.status_code == 409
        assert second_drafter.get_full_name() in answer.content.decode()
        sent = {
            bound.name: str(bound.value() or "") for bound in answer.context["form"]
        }
    taken = client.post(url_of(clause, "join"), sent | {"take": "merged"})
    fields = {bound.name: str(bound.value() or "") for bound in taken.context["form"]}
    assert client.post(url_of(clause, "join"), fields).status_code == 303
    joined = numbers(clause.section)["5.2"]
    assert joined.startswith(f"ให้{clause.plain}")
    assert "ภายในวันเดียวกัน" in joined
    assert client.post(url_of(clause, "join"), fields).status_code == 303  # sent twice


def test_mark_that_is_no_reference_is_told_when_joining(sign_in, drafter, clause):
    client = sign_in(drafter)
    sent = fields_of(client, url_of(clause, "join")) | {"text": "ตรวจตาม⟦1⟧"}
    answer = client.post(url_of(clause, "join"), sent)
    assert answer.status_code == 422
    assert "“⟦1⟧” ไม่ตรงกับข้อที่อ้างถึง" in answer.content.decode()


def test_join_that_clashes_can_be_saved_knowingly(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    sent = fields_of(client, url_of(clause, "join")) | {"text": "ถ้อยคำของฉัน"}
    changed_by(second_drafter, clause, "ถ้อยคำของอีกคน")
    answer = client.post(url_of(clause, "join"), sent)
    assert (answer.status_code, answer.context["conflict"].merged) == (409, None)
    taken = client.post(url_of(clause, "join"), sent | {"take": "mine"})
    fields = {bound.name: str(bound.value() or "") for bound in taken.context["form"]}
    assert client.post(url_of(clause, "join"), fields).status_code == 303
    assert numbers(clause.section)["5.2"] == "ถ้อยคำของฉัน"


def test_clause_below_that_was_not_read_is_not_retired_unseen(
    sign_in, drafter, second_drafter, process
):
    client = sign_in(drafter)
    third = factories.clause_at(process, "5.3")
    sent = fields_of(client, url_of(third, "retire"))
    changed_by(second_drafter, factories.clause_at(process, "5.3 1)"), "ถ้อยคำใหม่")
    answer = client.post(url_of(third, "retire"), sent)
    assert answer.status_code == 409
    assert "ถ้อยคำใหม่" in answer.content.decode()
    fields = {bound.name: str(bound.value() or "") for bound in answer.context["form"]}
    assert client.post(url_of(third, "retire"), fields).status_code == 303


def test_retiring_tells_what_somebody_made_of_the_words_meanwhile(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    sent = fields_of(client, url_of(clause, "retire"))
    changed_by(second_drafter, clause, f"{clause.plain}ทุกครั้ง")
    answer = client.post(url_of(clause, "retire"), sent)
    assert answer.status_code == 409
    assert "ทุกครั้ง</ins>" in answer.content.decode()


@pytest.mark.parametrize(
    ("beside", "how", "cite"),
    [
        ("part-2", "after", "2.1"),
        ("5.3", "after", "5.3"),
        ("5.3 1)", "after", "5.2 2)"),
        ("5.3", "below", "5.2 3)"),
    ],
)
def test_clause_moves_to_the_place_that_was_chosen(
    sign_in, drafter, clause, beside, how, cite
):
    process = clause.section
    if not beside.startswith("part"):
        beside = str(factories.clause_at(process, beside).uuid)
    sent = {"lock_version": "1", "beside": beside, "how": how, "reason": REASON}
    assert sign_in(drafter).post(url_of(clause, "move"), sent).status_code == 303
    assert factories.clause_at(process, cite) == clause


def test_clause_moves_to_another_process_where_its_kind_may_stand(
    sign_in, drafter, clause
):
    other = factories.make_section(
        clause.section.manual, "การส่งหนังสือ", kind="process", by=drafter
    )
    client = sign_in(drafter)
    page = client.get(url_of(clause, "move"), {"to": str(other.uuid)})
    offered = [
        value
        for _, group in page.context["form"].fields["beside"].choices[1:]
        for value, _ in group
    ]
    assert offered == ["part-2", "part-3", "part-4", "part-5", "part-7", "part-8"]
    sent = {
        "lock_version": "1",
        "to": str(other.uuid),
        "beside": "part-3",
        "how": "after",
        "reason": REASON,
    }
    assert client.post(url_of(clause, "move"), sent).status_code == 303
    assert factories.clause_at(other, "3.1") == clause


def test_step_is_not_arranged_by_hand(sign_in, drafter, process):
    step = Clause.objects.filter(section=process, kind="step").first()
    assert shift(sign_in(drafter), step, "up").status_code == 422


# --- undone


def undo(client: Client, section: Section, version: int | None = None, **more: str):
    section.refresh_from_db()
    return client.post(
        f"/groups/DIR/drafts/{section.uuid}/undo/",
        {"version": version or section.version, **more},
    )


def test_last_act_of_ones_own_is_undone_and_done_again(sign_in, drafter, clause):
    client, before = sign_in(drafter), numbers(clause.section)
    shift(client, clause, "up")
    after = numbers(clause.section)
    page = markup(client.get(f"/groups/DIR/drafts/{clause.section.uuid}/"))
    assert "ย้อนการแก้ไขล่าสุดของท่าน" in page
    assert undo(client, clause.section).status_code == 303
    assert numbers(clause.section) == before
    assert (
        SectionVersion.objects.filter(section=clause.section).latest("number").action
        == "undo"
    )
    desk = markup(client.get(f"/groups/DIR/drafts/{clause.section.uuid}/"))
    assert "ทำซ้ำการแก้ไขที่ย้อนไว้" in desk
    assert "ย้อนการแก้ไขล่าสุดของท่าน" not in desk
    refused = undo(client, clause.section)  # an undoing is not undone by the way
    assert (refused.status_code, numbers(clause.section)) == (422, before)
    assert undo(client, clause.section, again="1").status_code == 303
    assert numbers(clause.section) == after
    draft = f"/groups/DIR/drafts/{clause.section.uuid}/"
    history = markup(client.get(f"{draft}versions/"))
    assert "ย้อนย้อนกลับ" not in history
    assert f"ทำซ้ำย้าย รุ่นที่ {clause.section.version - 1}" in history
    assert undo(client, clause.section).status_code == 303  # the act itself, once more
    assert numbers(clause.section) == before


def test_undoing_sent_twice_is_done_once(sign_in, drafter, clause):
    client, before = sign_in(drafter), numbers(clause.section)
    shift(client, clause, "up")
    clause.section.refresh_from_db()
    version = clause.section.version
    for _ in range(2):
        assert undo(client, clause.section, version=version).status_code == 303
    assert numbers(clause.section) == before
    clause.section.refresh_from_db()
    assert clause.section.version == version + 1


def test_act_is_not_undone_once_somebody_else_came_after(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    shift(client, clause, "up")
    clause.refresh_from_db()
    changed_by(second_drafter, clause, "ถ้อยคำของอีกคน")
    page = markup(client.get(f"/groups/DIR/drafts/{clause.section.uuid}/"))
    assert "ย้อนการแก้ไขล่าสุดของท่าน" not in page
    refused = undo(client, clause.section)
    assert refused.status_code == 422
    assert second_drafter.get_full_name() in refused.content.decode()
    stale = undo(client, clause.section, version=1)
    assert stale.status_code == 409
    assert numbers(clause.section)["5.1"] == "ถ้อยคำของอีกคน"


def test_act_on_two_sections_is_undone_in_both_or_in_none(
    sign_in, drafter, second_drafter, clause, process
):
    other = factories.make_section(
        clause.section.manual, "การส่งหนังสือ", kind="process", by=drafter
    )
    client, before = sign_in(drafter), numbers(clause.section)
    sent = {
        "lock_version": "1",
        "to": str(other.uuid),
        "beside": "part-5",
        "how": "after",
        "reason": REASON,
    }
    client.post(url_of(clause, "move"), sent)
    undo(client, other)
    assert (numbers(clause.section), numbers(other)) == (before, {})

    clause.refresh_from_db()
    client.post(url_of(clause, "move"), {**sent, "lock_version": clause.lock_version})
    clause.refresh_from_db()
    for section in (process, other):
        page = client.get(f"/groups/DIR/drafts/{section.uuid}/")
        assert page.context["desk"].undoable is not None
    changed_by(second_drafter, clause, "แก้ภายหลัง")
    for section in (process, other):  # what it moved is touched where it stands now
        page = client.get(f"/groups/DIR/drafts/{section.uuid}/")
        assert page.context["desk"].undoable is None
    clause.section.refresh_from_db()
    version = clause.section.version - 1
    refused = undo(client, clause.section, version=version)
    assert refused.status_code == 422
    assert second_drafter.get_full_name() in refused.content.decode()
    assert list(numbers(other)) == ["5.1"]


def test_act_is_undone_after_somebody_elses_on_another_clause(
    sign_in, drafter, second_drafter, clause, process
):
    client, before = sign_in(drafter), numbers(process)
    cites = {cite: factories.clause_at(process, cite) for cite in ("5.1", "5.3")}
    sent = {"lock_version": clause.lock_version, "reason": REASON}
    client.post(url_of(clause, "retire"), sent)
    number = SectionVersion.objects.filter(section=process).latest("number").number
    for other in cites.values():
        changed_by(second_drafter, other, "ถ้อยคำของอีกคน")
    # Right where the clause stood
    factories.make_clause(process, "แทรก", rank=clause.rank, by=second_drafter)
    desk = client.get(f"/groups/DIR/drafts/{process.uuid}/")
    assert desk.context["desk"].undoable.number == number
    assert undo(client, process, version=number).status_code == 303

    stands = numbers(process)
    assert [stands[f"5.{number}"] for number in range(1, 5)] == [
        "ถ้อยคำของอีกคน",
        before["5.2"],
        "แทรก",
        "ถ้อยคำของอีกคน",
    ]
    # Done again as well, and the clause is the only one that either of them changed
    undoing = SectionVersion.objects.get(section=process, action="undo")
    assert undoing.undoes.section_versions.get().number == number
    assert [change.clause_id for change in undoing.revision.clause_changes.all()] == [
        clause.pk
    ]
    changed_by(second_drafter, factories.clause_at(process, "5.1"), "อีกครั้ง")
    assert undo(client, process, version=undoing.number, again="1").status_code == 303
    assert clause.uuid not in process.clauses.live().values_list("uuid", flat=True)


# --- the page of the section


def test_menu_offers_what_the_clause_can_do(sign_in, drafter, process):
    menus = (
        sign_in(drafter)
        .get(f"/groups/DIR/drafts/{process.uuid}/")
        .context["desk"]
        .menus
    )

    def told(cite: str) -> tuple:
        menu = menus[factories.clause_at(process, cite).uuid]
        place = menu.place
        return (
            *(place.above is not None, place.next is not None, place.is_below_another),
            *(menu.can_be_split, menu.can_be_joined),
        )

    assert told("5.1") == (False, True, False, True, True)
    assert told("5.3") == (True, False, False, True, False)
    assert told("5.3 2)") == (True, False, True, True, False)
    assert told("7.1") == (False, False, False, False, False)
    steps = Clause.objects.filter(section=process, kind="step").values_list(
        "uuid", flat=True
    )
    assert not set(steps) & set(menus)


def test_clause_added_below_hangs_there(sign_in, drafter, clause):
    client = sign_in(drafter)
    menu = (
        client.get(f"/groups/DIR/drafts/{clause.section.uuid}/")
        .context["desk"]
        .menus[clause.uuid]
    )
    page = client.get(menu.add_below, follow=True)
    hidden = dict(page.context["page"].hidden)
    assert page.context["form"]["numbering"].value() == "paren"
    data = {
        **hidden,
        "lock_version": "0",
        "words-text": "ข้อย่อยใหม่",
        "numbering": "paren",
        "applies_to": "both",
    }
    client.post(
        f"/groups/DIR/drafts/{clause.section.uuid}/clauses/new/",
        data | {"reason": REASON},
    )
    assert Clause.objects.get(uuid=UUID(hidden["subject"])).parent == clause


def test_section_costs_the_same_with_one_and_three_retired_that_refer_to_clauses(
    sign_in, drafter, process, assert_same_queries
):
    client = sign_in(drafter)
    cited = write_reference(factories.clause_at(process, "5.1").uuid)

    def retire(*words: str) -> None:
        for text in words:
            clause = factories.make_clause(process, Text(body=f"{text}ตาม{cited}"))
            retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")

    retire("ตรวจ")
    url = f"/groups/DIR/drafts/{process.uuid}/"
    assert_same_queries(20, lambda: client.get(url), lambda: retire("ส่ง", "เก็บ"))
    assert markup(client.get(url)).count("ตามข้อ 5.1") >= 3


def test_section_costs_the_same_with_one_retired_clause_and_three(
    sign_in, drafter, process, assert_same_queries
):
    client = sign_in(drafter)

    def retire(cite: str) -> None:
        clause = factories.clause_at(process, cite)
        retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")

    retire("5.1")
    assert_same_queries(
        18,
        lambda: client.get(f"/groups/DIR/drafts/{process.uuid}/"),
        lambda: (retire("2.1"), retire("5.1")),
    )


# --- a clause that was split while somebody wrote in it


def written(client: Client, clause: Clause, words: str) -> tuple[str, dict[str, str]]:
    """The editor of the clause, and what its form sends with these words."""
    url = f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"
    return url, fields_of(client, url) | {"words-text": words}


def split_by(user: User, clause: Clause) -> None:
    pieces = [Text(body=text) for text in SPLIT.split("\n\n")]
    split_clause(clause, clause.lock_version, pieces, by=user, reason="แยกตามขั้นตอน")


def test_words_go_to_the_clauses_that_the_clause_was_split_into(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    url, sent = written(client, clause, f"ให้{clause.plain}ทุกครั้ง")
    split_by(second_drafter, clause)
    answer = client.post(url, sent)
    page = markup(answer)
    assert answer.status_code == 409
    assert "ข้อนี้แยกเป็น 2\u00a0ข้อ" in page
    assert "ข้อ 5.3</a>" in page
    sent["pieces"] = answer.context["conflict"].seen_pieces
    assert client.post(url, sent | {"take": "placed"}).status_code == 303
    told = numbers(clause.section)
    assert [told["5.2"], told["5.3"]] == [
        "ให้ตรวจสอบความครบถ้วนของหนังสือ",
        "และสิ่งที่ส่งมาด้วยทุกครั้ง",
    ]
    last = SectionVersion.objects.filter(section=clause.section).latest("number")
    assert last.reason == REASON


def test_words_are_placed_only_in_the_clauses_that_were_seen(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    url, sent = written(client, clause, f"ให้{clause.plain}ทุกครั้ง")
    split_by(second_drafter, clause)
    sent["pieces"] = client.post(url, sent).context["conflict"].seen_pieces
    changed_by(second_drafter, factories.clause_at(clause.section, "5.3"), "และสิ่งที่แนบ")
    answer = client.post(url, sent | {"take": "placed"})
    assert answer.status_code == 409
    assert numbers(clause.section)["5.3"] == "และสิ่งที่แนบ"


def test_words_across_two_clauses_are_kept_and_the_clauses_named(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    url, sent = written(client, clause, "ตรวจสอบเอกสารทั้งหมด")
    split_by(second_drafter, clause)
    answer = client.post(url, sent)
    page = markup(answer)
    assert answer.status_code == 409
    assert "ระบบวางถ้อยคำของท่านให้ไม่ได้" in page
    assert "ข้อ 5.3</a>" in page
    assert "ตรวจสอบเอกสารทั้งหมด" in page
