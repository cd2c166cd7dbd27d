"""A promise to draft is kept by the change of words itself, in the editor."""

from datetime import date
from uuid import uuid4

import pytest

from comments.deciding.presentation.promises import DraftingPromises
from comments.deciding.queries.drafting_debts import find_drafting_debts
from comments.models import ChangeCause, Disposition
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.queries.book import DraftBook
from comments.releasing.queries.gate import Gate, find_release_blockers
from hearing_portal.thai.markup import write_reference
from manuals.content import Step, Text
from manuals.drafting.queries.steps import find_step_clauses
from manuals.drafting.services.structure import retire_clause, split_clause
from manuals.models import Clause, Section
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def debt(comment, drafter, second_drafter) -> Disposition:
    """The second drafter decided that the drafter is to write the words of clause 5.2."""
    return factories.make_disposition(
        comment,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due=date(2022, 10, 15),
        decided_by=second_drafter,
    )


def url_of(clause: Clause) -> str:
    return f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"


def sent(clause: Clause, **more: str) -> dict[str, str]:
    return {
        "lock_version": str(clause.lock_version),
        "read_sha": clause.sha,
        "words-text": "ตรวจสอบหนังสือในระบบสารบรรณอิเล็กทรอนิกส์",
        "numbering": clause.numbering,
        "applies_to": clause.applies_to,
        "reason": "ยกร่างตามผลการพิจารณา",
        **more,
    }


def test_promise_is_chosen_where_its_link_leads(sign_in, drafter, debt, clause):
    client = sign_in(drafter)
    desk = client.get("/drafting/").content.decode()
    link = f"{url_of(clause)}?promise={debt.pk}"
    assert f'href="{link}"' in desk
    form = client.get(link).context["form"]
    assert form["promise"].value() == str(debt.pk)


def test_saved_words_keep_the_promise(sign_in, drafter, debt, clause):
    client = sign_in(drafter)
    data = sent(clause, promise=str(debt.pk))
    assert client.post(url_of(clause), data).status_code == 303
    cause = ChangeCause.objects.get(disposition=debt)
    assert cause.change.clause == clause
    assert "มอบหมายท่าน" not in client.get("/drafting/").content.decode()
    assert client.post(url_of(clause), data).status_code == 303  # sent twice
    assert ChangeCause.objects.count() == 1


def test_new_clause_keeps_it_too(sign_in, drafter, debt, clause):
    client = sign_in(drafter)
    data = sent(
        clause,
        promise=str(debt.pk),
        lock_version="0",
        subject=str(uuid4()),
        part="5",
        kind="text",
    )
    url = f"/groups/DIR/drafts/{clause.section.uuid}/clauses/new/"
    assert [client.post(url, data).status_code for _ in range(2)] == [303, 303]
    assert (
        str(ChangeCause.objects.get(disposition=debt).change.clause.uuid)
        == data["subject"]
    )


def test_undone_words_open_the_promise_again(sign_in, drafter, debt, clause):
    client = sign_in(drafter)

    def undo(**more: str) -> None:
        version = Section.objects.get(pk=clause.section_id).version
        answer = client.post(
            f"/groups/DIR/drafts/{clause.section.uuid}/undo/",
            {"version": version, **more},
        )
        assert answer.status_code == 303

    client.post(url_of(clause), sent(clause, promise=str(debt.pk)))
    assert find_drafting_debts() == []
    undo()
    assert [owed.disposition for owed in find_drafting_debts()] == [debt]
    assert (
        f'href="{url_of(clause)}?promise={debt.pk}"'
        in client.get("/drafting/").content.decode()
    )
    undo(again="1")
    assert find_drafting_debts() == []
    undo()
    now = Clause.objects.get(pk=clause.pk)
    client.post(url_of(now), sent(now, promise=str(debt.pk)))
    assert find_drafting_debts() == []
    assert ChangeCause.objects.filter(disposition=debt).count() == 2


def test_later_act_that_is_undone_leaves_the_promise_kept(
    sign_in, drafter, debt, clause
):
    client = sign_in(drafter)
    client.post(url_of(clause), sent(clause, promise=str(debt.pk)))
    now = Clause.objects.get(pk=clause.pk)
    later = sent(now) | {"words-text": "ถ้อยคำถัดมา"}
    tick = client.post(url_of(now), later).context["form"].fields["knows"].widget
    answer = client.post(url_of(now), later | {"knows": tick.attrs["value"]})
    assert answer.status_code == 303
    version = Section.objects.get(pk=clause.section_id).version
    client.post(f"/groups/DIR/drafts/{clause.section.uuid}/undo/", {"version": version})
    assert find_drafting_debts() == []


# -- words that are put back


PUBLISHED_KEPT = "ยกร่างถ้อยคำตามผลนี้แล้ว เมื่อ"


@pytest.fixture
def published(debt, hearing, dir_group, drafter) -> Disposition:
    debt.publication = factories.make_publication(hearing, dir_group, by=drafter)
    debt.save(update_fields=["publication"])
    return debt


def restore(client, section: Section, number: int) -> str:
    """What the page said before it was done."""
    url = f"/groups/DIR/drafts/{section.uuid}/versions/{number}/restoration/"
    page = client.get(url)
    data = {
        "version": page.context["form"]["version"].value(),
        "reason": "กลับไปใช้ร่างเดิม",
        "knows": "on",  # asked where the clause that is waited for leaves again
    }
    assert client.post(url, data).status_code == 303
    return markup(page)


def version_of(section: Section) -> int:
    return Section.objects.get(pk=section.pk).version


def gates_of(comment) -> list[str]:
    return [
        each.kind
        for each in find_release_blockers(DraftBook())
        if getattr(each, "comment", None) == comment
        and each.kind in ("to_draft", "lost_words")
    ]


@pytest.mark.parametrize(
    ("act", "filled"),
    [
        ("", {}),
        ("split/", {"text": "ตรวจสอบความครบถ้วนของหนังสือ\n\nและสิ่งที่ส่งมาด้วย"}),
        ("move/", {"beside": "part-2", "how": "after"}),
        ("retire/", {}),
    ],
)
def test_promise_is_owed_again_once_an_older_version_is_restored(
    sign_in, drafter, delegate, published, comment, clause, act, filled
):
    client = sign_in(drafter)
    before = version_of(clause.section)
    bound = client.get(f"{url_of(clause)}{act}?promise={published.pk}").context["form"]
    data = {field.name: str(field.value() or "") for field in bound}
    data |= sent(clause, promise=str(published.pk), **filled)
    assert client.post(f"{url_of(clause)}{act}", data).status_code == 303
    kept = version_of(clause.section)
    asked = sign_in(delegate)
    assert PUBLISHED_KEPT in markup(asked.get("/my-comments/"))
    assert find_drafting_debts() == []

    told = restore(client, clause.section, before)

    assert f"(ความคิดเห็นเลขที่ {comment.pk})" in told
    assert [owed.disposition for owed in find_drafting_debts()] == [published]
    assert gates_of(comment) == ["to_draft"]  # and not once more as lost words
    assert PUBLISHED_KEPT not in markup(asked.get("/my-comments/"))
    desk = client.get(f"/groups/DIR/queue/?comment={comment.uuid}")
    assert PUBLISHED_KEPT not in markup(desk)

    told = restore(client, clause.section, kept)

    assert "(ความคิดเห็นเลขที่" not in told
    assert find_drafting_debts() == []
    assert gates_of(comment) == []
    assert PUBLISHED_KEPT in markup(asked.get("/my-comments/"))


def test_promise_kept_by_a_split_is_told_once_what_was_split_off_leaves(
    sign_in, drafter, published, comment, clause
):
    client = sign_in(drafter)
    words = [Text(body="ตรวจสอบความครบถ้วนของหนังสือ"), Text(body="ตรวจสอบสิ่งที่ส่งมาด้วย")]
    _, part = split_clause(
        clause,
        clause.lock_version,
        words,
        by=drafter,
        reason="แยก",
        promises=DraftingPromises(),
        promise=str(published.pk),
    )
    assert gates_of(comment) == []
    retiring = markup(client.get(f"{url_of(part)}retire/"))
    assert f"ความคิดเห็นเลขที่ {comment.pk}" in retiring
    assert "แก้ไขตามความคิดเห็นที่เห็นชอบแล้ว" in retiring

    retire_clause(part, part.lock_version, by=drafter, reason="ไม่ใช้แล้ว")

    assert gates_of(comment) == ["lost_words"]


def test_promise_is_kept_by_restoring_the_words_that_were_asked_for(
    sign_in, drafter, debt, clause
):
    client = sign_in(drafter)
    asked_for = version_of(clause.section)
    client.post(url_of(clause), sent(clause))
    assert [owed.disposition for owed in find_drafting_debts()] == [debt]
    number = version_of(clause.section)
    page = f"/groups/DIR/drafts/{clause.section.uuid}/versions/{asked_for}/restoration/"
    assert client.get(page).context["form"]["promise"] is not None

    data = {"version": number, "reason": "ตามผลการพิจารณา", "promise": str(debt.pk)}
    assert client.post(page, data).status_code == 303

    assert find_drafting_debts() == []


def test_promise_put_back_is_kept_by_another_change(
    sign_in, drafter, published, comment, clause
):
    client = sign_in(drafter)
    before = version_of(clause.section)
    client.post(url_of(clause), sent(clause, promise=str(published.pk)))
    restore(client, clause.section, before)
    now = Clause.objects.get(pk=clause.pk)
    other = {"words-text": "ตรวจสอบหนังสือทุกฉบับ"}

    client.post(url_of(now), sent(now) | other)
    # Said why, and promised nothing by it
    assert gates_of(comment) == ["to_draft"]

    now.refresh_from_db()
    again = sent(now, promise=str(published.pk)) | {"words-text": "ตรวจสอบทุกหน้า"}
    client.post(url_of(now), again)
    assert gates_of(comment) == []


def test_promise_kept_elsewhere_needs_its_first_words_no_more(
    sign_in, drafter, published, comment, clause
):
    client = sign_in(drafter)
    before = version_of(clause.section)
    client.post(url_of(clause), sent(clause, promise=str(published.pk)))
    restore(client, clause.section, before)
    other = factories.clause_at(clause.section, "5.1")
    client.post(url_of(other), sent(other, promise=str(published.pk)))
    assert gates_of(comment) == []


def test_restoring_words_that_were_built_on_the_promise_leaves_it_kept(
    sign_in, drafter, published, comment, clause
):
    client = sign_in(drafter)
    client.post(url_of(clause), sent(clause, promise=str(published.pk)))
    for words in ("ตรวจสอบหนังสือในระบบ", "ตรวจสอบหนังสือทุกวัน"):
        now = Clause.objects.get(pk=clause.pk)
        client.post(url_of(now), sent(now) | {"words-text": words})
    built_on = version_of(clause.section) - 1

    told = restore(client, clause.section, built_on)

    assert "(ความคิดเห็นเลขที่" not in told
    assert find_drafting_debts() == []
    assert gates_of(comment) == []


def test_restoring_that_is_undone_leaves_the_promise_kept(
    sign_in, drafter, published, comment, clause
):
    client = sign_in(drafter)
    before = version_of(clause.section)
    client.post(url_of(clause), sent(clause, promise=str(published.pk)))
    restore(client, clause.section, before)
    undo = f"/groups/DIR/drafts/{clause.section.uuid}/undo/"
    data = {"version": version_of(clause.section)}
    assert client.post(undo, data).status_code == 303
    assert find_drafting_debts() == []
    assert gates_of(comment) == []


def test_undone_words_are_not_told_as_kept(
    sign_in, drafter, delegate, published, comment, clause
):
    client = sign_in(drafter)
    client.post(url_of(clause), sent(clause, promise=str(published.pk)))
    desk, own = f"/groups/DIR/queue/?comment={comment.uuid}", "/my-comments/"
    undo = f"/groups/DIR/drafts/{clause.section.uuid}/undo/"
    client.post(undo, {"version": version_of(clause.section)})
    assert PUBLISHED_KEPT not in markup(client.get(desk))
    assert PUBLISHED_KEPT not in markup(sign_in(delegate).get(own))


def test_words_without_the_promise_leave_it_open(sign_in, drafter, debt, clause):
    assert sign_in(drafter).post(url_of(clause), sent(clause)).status_code == 303
    assert not ChangeCause.objects.exists()


def test_promise_of_another_section_is_none_here(sign_in, drafter, debt, clause, unit):
    other = factories.make_process(unit.manual, by=drafter)
    foreign = factories.clause_at(other, "5.2")
    assert "promise" not in sign_in(drafter).get(url_of(foreign)).context["form"].fields
    sign_in(drafter).post(url_of(foreign), sent(foreign, promise=str(debt.pk)))
    assert not ChangeCause.objects.exists()


# -- what was asked for, where it is written


def owe(comment, drafter, second_drafter) -> Disposition:
    return factories.make_disposition(
        comment,
        outcome="accepted",
        effect="to_draft",
        assignee=drafter,
        due=date(2022, 10, 15),
        decided_by=second_drafter,
    )


@pytest.fixture
def addition(session, entry, delegate, drafter, second_drafter) -> Disposition:
    """Something is to be added behind clause 5.2, in words that were proposed."""
    asked = factories.make_comment(
        session, entry, delegate, type="add", text="ขอให้เพิ่มการแจ้งผู้ส่ง"
    )
    factories.make_amendment(asked, "แจ้งผู้ส่งเมื่อรับหนังสือแล้ว", op="insert_after")
    return owe(asked, drafter, second_drafter)


def link_of(client, debt: Disposition) -> str:
    """From the desk of the drafter."""
    [owed] = [
        owed
        for owed in client.get("/drafting/").context["desk"].owed
        if owed.debt.disposition == debt
    ]
    return owed.url


def test_promised_addition_begins_a_new_clause_with_the_proposed_words(
    sign_in, drafter, addition, clause
):
    client = sign_in(drafter)
    section = clause.section

    page = client.get(link_of(client, addition), follow=True)

    form = page.context["form"]
    assert page.context["page"].heading == "เพิ่มข้อความ"
    assert form["words-text"].value() == "แจ้งผู้ส่งเมื่อรับหนังสือแล้ว"
    assert form["promise"].value() == str(addition.pk)
    assert "ขอให้เพิ่มการแจ้งผู้ส่ง" in page.content.decode()
    sent_form = {
        **dict(page.context["page"].hidden),
        "lock_version": "0",
        "words-text": form["words-text"].value(),
        "numbering": form["numbering"].value(),
        "applies_to": "both",
        "reason": "ยกร่างตามผลการพิจารณา",
        "promise": str(addition.pk),
    }
    assert client.post(page.context["page"].send_to, sent_form).status_code == 303
    added = ChangeCause.objects.get(disposition=addition).change.clause
    behind = Clause.objects.live().filter(
        section=section, part=clause.part, parent=None, rank__gt=clause.rank
    )
    assert behind.order_by("rank").first() == added
    assert added.plain == "แจ้งผู้ส่งเมื่อรับหนังสือแล้ว"


def test_new_clause_behind_one_that_hangs_below_another_hangs_there_too(
    sign_in, drafter, addition, clause
):
    below = factories.make_clause(
        clause.section,
        Text(body="ข้อย่อย"),
        part=5,
        parent=clause,
        numbering="paren",
        by=drafter,
    )
    data = sent(
        clause,
        lock_version="0",
        subject=str(uuid4()),
        part="5",
        kind="text",
        after=str(below.uuid),
    )
    url = f"/groups/DIR/drafts/{clause.section.uuid}/clauses/new/"
    assert sign_in(drafter).post(url, data).status_code == 303
    assert Clause.objects.get(uuid=data["subject"]).parent == clause


def test_promised_rewording_shows_what_was_proposed_beside_the_words(
    sign_in, drafter, debt, comment, clause
):
    factories.make_amendment(comment, "ตรวจสอบหนังสือตามคู่มือ")
    page = sign_in(drafter).get(f"{url_of(clause)}?promise={debt.pk}")
    assert "ตรวจสอบหนังสือตามคู่มือ" in page.content.decode()
    assert page.context["form"]["words-text"].value() == clause.plain


def test_promised_words_name_what_they_refer_to(
    sign_in, drafter, debt, comment, clause, process
):
    other = factories.make_section(process.manual, "การตรวจสอบพัสดุ", kind="process")
    target = factories.make_clause(other, "บันทึกผล")
    body = f"ตรวจสอบตาม{write_reference(str(target.uuid))}"
    factories.make_amendment(comment, Text(body=body))
    page = markup(sign_in(drafter).get(f"{url_of(clause)}?promise={debt.pk}"))
    assert "ตรวจสอบตามข้อ 5.1 ของกระบวนงาน การตรวจสอบพัสดุ</blockquote>" in page


def test_promise_about_a_whole_process_goes_with_what_is_added_there(
    sign_in, drafter, second_drafter, session, edition, process, delegate
):
    asked = factories.make_comment(
        session, factories.entry_of(edition, process), delegate, type="add"
    )
    debt = owe(asked, drafter, second_drafter)
    client = sign_in(drafter)

    page = client.get(link_of(client, debt)).content.decode()

    new = f"/groups/DIR/drafts/{process.uuid}/clauses/new/?part=5&amp;kind=text&amp;promise={debt.pk}"
    assert f'href="{new}"' in page
    assert f'href="/groups/DIR/drafts/{process.uuid}/steps/?promise={debt.pk}"' in page


# -- in the table of steps


@pytest.fixture
def steps(process) -> list[Clause]:
    return find_step_clauses(process)


def table_of(steps: list[Clause]) -> dict[str, object]:
    """The form on the table as it stands."""
    data: dict[str, object] = {
        "row": [str(step.uuid) for step in steps],
        "read": [f"{step.uuid}:{step.lock_version}:{step.sha}" for step in steps],
        "reason": "ปรับเวลา",
    }
    for step in steps:
        content = step.content
        data[f"{step.uuid}-shape"] = content.shape
        data[f"{step.uuid}-applies_to"] = content.applies_to
        data[f"{step.uuid}-label"] = [branch["label"] for branch in content.next]
        data[f"{step.uuid}-to"] = [branch["to"] for branch in content.next]
    return data


def test_table_of_steps_keeps_a_promise(
    sign_in, drafter, second_drafter, session, edition, process, steps, delegate, debt
):
    """By the rows that the comment is about; another promise stays open, and a form sent twice is saved once."""
    asked = factories.make_comment(
        session, factories.entry_of(edition, steps[1]), delegate, text="ขอลดเวลา"
    )
    of_steps = owe(asked, drafter, second_drafter)
    client = sign_in(drafter)
    link = link_of(client, of_steps)
    assert (
        link
        == f"/groups/DIR/drafts/{process.uuid}/steps/?promise={of_steps.pk}#row-{steps[1].uuid}"
    )
    page = client.get(link)
    assert "ขอลดเวลา" in page.content.decode()
    assert page.context["page"].table.reason["promise"].value() == str(of_steps.pk)

    data = table_of(steps)
    for step in steps[:2]:
        data[f"{step.uuid}-duration"] = "๑ ชั่วโมง"
    data["promise"] = str(of_steps.pk)
    for _ in range(2):
        assert (
            client.post(f"/groups/DIR/drafts/{process.uuid}/steps/", data).status_code
            == 303
        )

    cause = ChangeCause.objects.get()
    assert (cause.disposition, cause.change.clause) == (of_steps, steps[1])


def test_row_to_be_added_stands_in_the_table_with_the_proposed_words(
    sign_in, drafter, second_drafter, session, edition, process, steps, delegate
):
    asked = factories.make_comment(
        session, factories.entry_of(edition, steps[0]), delegate, type="add"
    )
    factories.make_amendment(asked, Step(body="แจ้งผู้ส่ง"), op="insert_after")
    added = owe(asked, drafter, second_drafter)
    client = sign_in(drafter)

    rows = client.get(link_of(client, added)).context["page"].table.rows

    assert [row.uuid for row in rows if row.uuid != rows[1].uuid] == [
        step.uuid for step in steps
    ]
    assert rows[1].form["text"].value() == "แจ้งผู้ส่ง"


def test_table_left_unsaved_opens_with_the_promise_that_was_followed(
    sign_in, drafter, process, steps, debt
):
    client = sign_in(drafter)
    url = f"/groups/DIR/drafts/{process.uuid}/steps/"
    left = {
        **table_of(steps),
        "promise": "",
        f"{steps[0].uuid}-duration": "๑ ชั่วโมง",
        "keep": "1",
    }
    assert client.post(url, left).status_code == 303

    table = client.get(f"{url}?promise={debt.pk}").context["page"].table

    assert table.reason["promise"].value() == str(debt.pk)
    assert table.rows[0].form["duration"].value() == "๑ ชั่วโมง"


def test_promise_that_nothing_keeps_is_refused_in_the_table(
    sign_in, drafter, process, steps, debt
):
    data = {
        **table_of(steps),
        "promise": "999999",
        f"{steps[0].uuid}-duration": "๑ ชั่วโมง",
    }
    refused = sign_in(drafter).post(f"/groups/DIR/drafts/{process.uuid}/steps/", data)
    assert (refused.status_code, ChangeCause.objects.count()) == (422, 0)
    assert "โปรดเลือกจากรายการอีกครั้ง" in refused.content.decode()


def test_promised_deletion_is_kept_by_leaving_the_clause_out(
    sign_in, drafter, second_drafter, session, entry, delegate, clause
):
    asked = factories.make_comment(
        session, entry, delegate, type="delete", text="ขอให้ตัดข้อนี้"
    )
    debt = owe(asked, drafter, second_drafter)
    client = sign_in(drafter)
    link = link_of(client, debt)
    assert link == f"{url_of(clause)}retire/?promise={debt.pk}"
    page = client.get(link)
    assert "ขอให้ตัดข้อนี้" in page.content.decode()
    assert page.context["form"]["promise"].value() == str(debt.pk)

    data = {
        "lock_version": clause.lock_version,
        "reason": "ตัดตามผลการพิจารณา",
        "promise": str(debt.pk),
    }
    assert client.post(f"{url_of(clause)}retire/", data).status_code == 303

    assert ChangeCause.objects.get(disposition=debt).change.kind == "retired"

    # Brought back with a word of whose decision that takes back
    clause.refresh_from_db()
    back = {"lock_version": clause.lock_version}
    told = client.post(f"{url_of(clause)}restore/", back)
    assert f"ความคิดเห็นเลขที่ {asked.pk}" in told.content.decode()
    assert find_drafting_debts() == []
    back["known"] = told.context["known"]
    assert client.post(f"{url_of(clause)}restore/", back).status_code == 303
    assert [owed.disposition for owed in find_drafting_debts()] == [debt]


# -- once it is kept


def test_kept_promise_is_told_as_kept_to_who_asked_and_who_decided(
    sign_in, delegate, drafter, admin, debt, comment, clause, hearing, dir_group
):
    debt.publication = factories.make_publication(hearing, dir_group, by=drafter)
    debt.save(update_fields=["publication"])
    asked, decided = sign_in(delegate), sign_in(drafter)
    desk = f"/groups/DIR/queue/?comment={comment.uuid}"

    def told() -> list[str]:
        return [markup(asked.get("/my-comments/")), markup(decided.get(desk))]

    open_promise = ("คณะทำงานจะยกร่างถ้อยคำตามผลนี้", "รอยกร่าง</span>")
    for page, words in zip(told(), open_promise, strict=True):
        assert words in page

    decided.post(url_of(clause), sent(clause, promise=str(debt.pk)))

    kept = f"(รุ่นที่ {clause.section.versions.latest('number').number}) จะปรากฏในฉบับถัดไป"
    for page, words in zip(told(), open_promise, strict=True):
        assert words not in page
        assert "ยกร่างถ้อยคำตามผลนี้แล้ว เมื่อ" in page
        assert kept in page

    edition = factories.make_edition(
        "2565-R1", kind="revised", by=admin, title="ฉบับปรับปรุง พ.ศ. 2565"
    )
    assert all(
        kept in page for page in told()
    )  # only frozen: neither of them may read it
    factories.make_release(edition, "hearing", by=admin)
    for page in told():
        assert f"ปรากฏใน{edition.title}" in page


# -- by structure


def retire(clause: Clause, drafter) -> None:
    clause.refresh_from_db()
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้อ 5.1")


def test_promise_of_a_clause_that_left_says_so_and_leads_to_where_it_is_kept(
    sign_in, drafter, admin, debt, clause, process
):
    retire(clause, drafter)
    client = sign_in(drafter)
    link = f"{url_of(clause)}?promise={debt.pk}"
    left = "ข้อนี้ยกเลิกแล้วในร่าง"
    [owed] = client.get("/drafting/").context["desk"].owed
    assert (owed.url, left in owed.stands_at) == (link, True)
    assert "เหตุผล: ซ้ำกับข้อ 5.1" in owed.stands_at
    ready = {"state": "ready", "read": "0", "version": str(process.version + 1)}
    told = client.post(f"/groups/DIR/drafts/{process.uuid}/state/", ready)
    lack = told.context["lacks"][0]
    assert (lack.url, left in lack.words) == (link, True)
    [blocker] = [
        show_release_blocker(each)
        for each in find_release_blockers(DraftBook())
        if each.kind == Gate.TO_DRAFT
    ]
    assert [way.url for way in blocker.ways] == [link]
    assert left in blocker.text
    assert left in markup(client.get("/groups/DIR/answers/"))

    new = client.get(link).context["page"].write_anew_at
    form = client.get(new, follow=True).context["form"]
    assert form["promise"].value() == str(debt.pk)
    place = {"subject": str(uuid4()), "lock_version": "0", "part": "5", "kind": "text"}
    words = {**sent(clause, promise=str(debt.pk)), **place}
    assert client.post(new.partition("?")[0], words).status_code == 303
    assert find_drafting_debts() == []


def test_promised_deletion_that_was_done_leads_to_where_that_is_recorded(
    sign_in, drafter, second_drafter, session, entry, delegate, clause, hearing
):
    asked = factories.make_comment(
        session, entry, delegate, type="delete", text="ขอให้ตัดข้อนี้"
    )
    owe(asked, drafter, second_drafter)
    retire(clause, drafter)
    client = sign_in(drafter)
    [owed] = client.get("/drafting/").context["desk"].owed
    assert owed.url == f"/groups/DIR/answers/?hearing={hearing.key}#debts"
    assert "บันทึกว่าแก้ตามผลนี้" in markup(client.get(owed.url))


@pytest.mark.parametrize(
    ("act", "filled"),
    [
        ("split", {"text": "ตรวจสอบความครบถ้วนของหนังสือ\n\nและสิ่งที่ส่งมาด้วย"}),
        ("join", {"text": "ตรวจสอบหนังสือ แล้วจัดลำดับ"}),
        ("move", {"beside": "part-2", "how": "after"}),
        ("retire", {}),
    ],
)
def test_promise_is_kept_by_an_act_on_the_clause(
    sign_in, drafter, debt, clause, act, filled
):
    client = sign_in(drafter)
    writing = client.get(f"{url_of(clause)}?promise={debt.pk}").content.decode()
    link = f"{url_of(clause)}{act}/?promise={debt.pk}"
    assert f'href="{link}"' in writing
    answer = client.get(link)
    assert "เรื่องที่รอยกร่าง" in answer.content.decode()
    form = answer.context["form"]
    assert form["promise"].value() == str(debt.pk)
    data = {bound.name: str(bound.value() or "") for bound in form}
    data |= {"reason": "ยกร่างตามผลการพิจารณา", **filled}
    assert client.post(f"{url_of(clause)}{act}/", data).status_code == 303
    assert ChangeCause.objects.order_by("pk")[0].change.clause == clause
    assert find_drafting_debts() == []


def test_promise_is_kept_by_a_move_to_another_process(
    sign_in, drafter, debt, clause, unit
):
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    data = {
        "lock_version": str(clause.lock_version),
        "to": str(other.uuid),
        "beside": "part-5",
        "how": "after",
        "promise": str(debt.pk),
        "reason": "อยู่ในกระบวนงานส่ง",
    }
    assert sign_in(drafter).post(f"{url_of(clause)}move/", data).status_code == 303
    assert find_drafting_debts() == []


@pytest.mark.parametrize("act", ["", "split/"])
def test_promise_stays_chosen_through_a_conflict(
    sign_in, drafter, second_drafter, debt, clause, act
):
    data = sent(
        clause,
        promise=str(debt.pk),
        text="ตรวจสอบความครบถ้วนของหนังสือ\n\nและสิ่งที่ส่งมาด้วย",
    )
    theirs = sent(clause, **{"words-text": f"ให้{clause.plain}"})
    assert sign_in(second_drafter).post(url_of(clause), theirs).status_code == 303
    client = sign_in(drafter)
    answer = client.post(f"{url_of(clause)}{act}", data)
    assert answer.status_code == 409
    assert answer.context["form"]["promise"].value() == str(debt.pk)
    taken = client.post(f"{url_of(clause)}{act}", data | {"take": "mine"})
    assert taken.context["form"]["promise"].value() == str(debt.pk)
    fields = {bound.name: str(bound.value() or "") for bound in taken.context["form"]}
    assert client.post(f"{url_of(clause)}{act}", fields).status_code == 303
    assert find_drafting_debts() == []


def test_menus_of_a_draft_carry_the_promise_they_were_opened_with(
    sign_in, drafter, debt, clause
):
    draft = f"/groups/DIR/drafts/{clause.section.uuid}/?promise={debt.pk}"
    page = sign_in(drafter).get(draft).content.decode()
    for act in ("", "split/", "join/", "move/", "retire/"):
        assert f'href="{url_of(clause)}{act}?promise={debt.pk}"' in page


def test_retiring_a_process_keeps_the_promise_that_is_chosen_and_names_those_that_wait(
    sign_in, drafter, debt, comment, clause
):
    client = sign_in(drafter)
    section = clause.section
    live = set(
        Clause.objects.live().filter(section=section).values_list("pk", flat=True)
    )
    url = f"/groups/DIR/drafts/{section.uuid}/retire/"
    page = client.get(url)
    assert "ยังมีเรื่องที่รอยกร่างตามผลการพิจารณา 1" in markup(page)
    data = {
        "version": str(section.version),
        "reason": "ยกเลิกภารกิจตามผลการพิจารณา",
        "knows": "on",
    }
    assert client.post(url, data | {"promise": "0"}).status_code == 422
    assert client.post(url, data | {"promise": str(debt.pk)}).status_code == 303
    section.refresh_from_db()
    assert section.retired is not None
    assert find_drafting_debts() == []

    undo = f"/groups/DIR/drafts/{section.uuid}/undo/"
    assert client.post(undo, {"version": section.version}).status_code == 303
    section.refresh_from_db()
    assert [owed.disposition for owed in find_drafting_debts()] == [debt]
    data["version"] = str(section.version)
    assert client.post(url, data | {"promise": str(debt.pk)}).status_code == 303
    section.refresh_from_db()
    back = f"/groups/DIR/drafts/{section.uuid}/restore/"
    assert client.post(back, {"version": section.version}).status_code == 303
    stands = Clause.objects.live().filter(section=section, section__retired=None)
    assert set(stands.values_list("pk", flat=True)) == live
    assert [owed.disposition for owed in find_drafting_debts()] == [debt]

    section.refresh_from_db()
    data["version"] = str(section.version)
    assert client.post(url, data).status_code == 303
    assert find_drafting_debts() == []  # what was to go is gone, by whichever act
