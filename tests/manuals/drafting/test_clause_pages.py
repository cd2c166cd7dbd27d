"""Writing a clause in the browser: saved as a version, kept unsaved, met by somebody else's words, added once."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from manuals.content import Definition, Reference, Text
from manuals.drafting.changes import ChangeRefused, Position, ReviseClause
from manuals.drafting.clauses_read import write_clauses_read
from manuals.drafting.part_hints import PART_HINTS
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import (
    join_clauses,
    move_clause,
    restore_clause,
    retire_clause,
)
from manuals.models import Citation, Clause, ClauseChange, DraftBuffer, SectionVersion
from manuals.own_reasons import BRINGING_BACK
from manuals.reviewing.forms import ReviewRequestForm
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
WORDS = "ตรวจสอบความถูกต้องของหนังสือและลงทะเบียนรับ"
REASON = "ปรับตามระบบสารบรรณอิเล็กทรอนิกส์"


def url_of(clause: Clause) -> str:
    return f"/groups/DIR/drafts/{clause.section.uuid}/clauses/{clause.uuid}/"


def sent(clause: Clause, words: str = WORDS, **more: str) -> dict[str, str]:
    """The form on the clause as it stands."""
    return {
        "lock_version": str(clause.lock_version),
        "read_sha": clause.sha,
        "words-text": words,
        "numbering": clause.numbering,
        "applies_to": clause.applies_to,
        "reason": REASON,
        **more,
    }


def changed_words(clause: Clause, old: str, new: str) -> str:
    assert old in clause.plain
    return clause.plain.replace(old, new)


# --- saving


@pytest.mark.parametrize("is_reworded", [False, True])
def test_words_for_a_clause_joined_away_meanwhile_are_offered_where_they_went(
    sign_in, drafter, second_drafter, process, clause, is_reworded
):
    client = sign_in(drafter)
    url = url_of(clause)
    words = changed_words(clause, "ความครบถ้วน", "ความถูกต้องครบถ้วน")
    typed = page_fields(client.get(url)) | sent(clause, words)
    first = factories.clause_at(process, "5.1")
    survivor = factories.join_away(clause, first, by=second_drafter)
    if is_reworded:
        revise_clause(
            survivor,
            survivor.lock_version,
            Text(body="ทำทั้งสองอย่างในวันเดียว"),
            numbering=survivor.numbering,
            by=second_drafter,
            reason="สั้นลง",
        )
        survivor.refresh_from_db()
    answer = client.post(url, typed)
    page = markup(answer)
    assert answer.status_code == 409
    assert "ข้อที่ท่านเขียนรวมเข้ากับข้อนี้แล้ว" in page
    assert f'<blockquote class="quote">{words}</blockquote>' in page
    assert DraftBuffer.objects.get(clause=clause).values["words-text"] == [words]
    form = answer.context["form"]
    offered = form["words-text"].value()
    assert ("ความถูกต้องครบถ้วน" in offered) is not is_reworded
    if is_reworded:
        assert offered == survivor.plain
        return
    assert offered.startswith(first.plain)
    again = {
        bound.html_name: str(bound.value() or "")
        for bound in [*form.words_bound, form["numbering"], form["applies_to"]]
    }
    again |= {"lock_version": form["lock_version"].value(), "reason": REASON}
    again |= {"read_sha": form["read_sha"].value(), "sheet": typed["sheet"]}
    again |= {"joined_from": str(clause.uuid)}
    assert f'name="joined_from" value="{clause.uuid}"' in page
    assert client.post(url_of(survivor), again).status_code == 303
    survivor.refresh_from_db()
    assert survivor.plain == offered
    assert not DraftBuffer.objects.exists()


def test_saving_is_one_version_with_its_reason(sign_in, drafter, clause):
    version = clause.section.version
    answer = sign_in(drafter).post(url_of(clause), sent(clause))
    clause.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"/groups/DIR/drafts/{clause.section.uuid}/#c-{clause.uuid.hex[:8]}",
    )
    assert clause.plain == WORDS
    last = SectionVersion.objects.get(section=clause.section, number=version + 1)
    assert (last.action, last.reason, last.revision.user) == ("edit", REASON, drafter)
    assert ClauseChange.objects.get(revision=last.revision).kind == "reworded"


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("reason", "  ", "โปรดระบุเหตุผลหรือสิ่งที่แก้"),
        ("words-text", " ", "โปรดกรอกถ้อยคำ หากไม่ต้องการข้อนี้แล้ว"),
        ("words-text", "คำ\u200b" + "ก" * 20_001, "ยาว"),
    ],
)
def test_what_is_wrong_is_told_and_the_text_stays(
    sign_in, drafter, clause, field, value, told
):
    answer = sign_in(drafter).post(url_of(clause), sent(clause) | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert (WORDS if field == "reason" else REASON) in page
    assert Clause.objects.get(pk=clause.pk).lock_version == clause.lock_version


def test_same_words_make_no_version(sign_in, drafter, clause):
    answer = sign_in(drafter).post(url_of(clause), sent(clause, clause.plain))
    assert answer.status_code == 422
    assert "ถ้อยคำเหมือนเดิมทุกตัวอักษร" in answer.content.decode()


def test_reason_for_the_same_words_is_no_draft_that_waits(sign_in, drafter, clause):
    client = sign_in(drafter)
    same = sent(clause, clause.plain) | page_fields(client.get(url_of(clause)))
    client.post(keep_url(clause), same)
    assert DraftBuffer.objects.count() == 1
    answer = client.post(url_of(clause), same)
    assert answer.status_code == 422
    assert not DraftBuffer.objects.exists()
    assert "data-unkept" not in markup(answer)


def test_another_number_alone_is_saved(sign_in, drafter, clause):
    sign_in(drafter).post(url_of(clause), sent(clause, clause.plain, numbering="none"))
    clause.refresh_from_db()
    assert (clause.numbering, clause.lock_version) == ("none", 2)


def test_marks_and_references_stay_where_the_words_stay(
    sign_in, drafter, process, clause
):
    first = factories.clause_at(process, "5.1")
    body = f'ตรวจตาม<span data-ref="{first.uuid}"></span> <strong>ทุกวัน</strong> ก่อนเวลา'
    marked = factories.make_clause(process, Text(body=body), part=5, by=drafter)
    client = sign_in(drafter)
    shown = client.get(url_of(marked)).context["form"]["words-text"].value()
    assert shown == "ตรวจตาม⟦1⟧ ⟦หนา⟧ทุกวัน⟦/หนา⟧ ก่อนเวลา"
    client.post(url_of(marked), sent(marked, f"{shown} 16.00 น."))
    marked.refresh_from_db()
    assert marked.body == body + " 16.00 น."


def test_what_the_text_policy_changed_is_told_wherever_words_come_in(
    sign_in, drafter, process, clause
):
    client = sign_in(drafter)
    pasted = "การ\u200bทดสอบ\u00a0\u00a0สิบข้อ \uf0b7 รายการ เเละ"
    told = client.post(
        url_of(clause), sent(clause, pasted), follow=True
    ).content.decode()
    assert "ปรับรูปอักขระ 5 แห่ง" in told
    clause.refresh_from_db()
    assert clause.plain == "การทดสอบ  สิบข้อ • รายการ และ"
    draft = f"/groups/DIR/drafts/{process.uuid}/"
    split = {
        "lock_version": clause.lock_version,
        "text": "การทดสอบ\n\nสิบ\u200bข้อ • รายการ และ",
        "reason": REASON,
    }
    assert (
        "ปรับรูปอักขระ 1 แห่ง"
        in client.post(f"{url_of(clause)}split/", split, follow=True).content.decode()
    )
    process.refresh_from_db()
    facts = {
        "version": process.version,
        "title": "การรับ\u200bหนังสือ",
        "origin": process.origin,
        "reason": REASON,
    }
    facts |= {"applies_to": process.applies_to}
    assert (
        "ปรับรูปอักขระ 1 แห่ง"
        in client.post(f"{draft}facts/", facts, follow=True).content.decode()
    )


def test_typed_number_of_a_clause_becomes_a_link_that_follows_it(
    sign_in, drafter, process, clause
):
    client = sign_in(drafter)
    third = factories.clause_at(process, "5.3")
    data = sent(clause, "ส่งตามข้อ ๕.๓ และข้อ 7 แห่งระเบียบ")
    told = client.post(url_of(clause), data, follow=True).content.decode()
    assert "เชื่อมข้อที่อ้าง 1 แห่ง: ข้อ 5.3" in told
    clause.refresh_from_db()
    assert (
        clause.body == f'ส่งตาม<span data-ref="{third.uuid}"></span> และข้อ 7 แห่งระเบียบ'
    )
    assert client.post(url_of(clause), data).status_code == 303  # sent twice
    first = factories.clause_at(process, "5.1")
    retire_clause(first, first.lock_version, by=drafter, reason="ซ้ำ")
    page = markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    assert f'ส่งตาม<a href="#c-{third.uuid.hex[:8]}">ข้อ 5.2</a>' in page


def test_new_clause_means_the_numbers_that_its_writer_saw(
    sign_in, drafter, process, clause
):
    client, new = sign_in(drafter), uuid4()
    third = factories.clause_at(process, "5.3")
    url = f"/groups/DIR/drafts/{process.uuid}/clauses/new/"
    place = {
        "subject": new,
        "part": "5",
        "kind": "text",
        "parent": "",
        "after": clause.uuid,
    }
    data = {
        **place,
        "lock_version": "0",
        "words-text": "ก่อนข้อ 5.3",
        "numbering": "decimal",
        "applies_to": "both",
    }
    for _ in range(2):  # sent twice, though 5.3 is itself by then
        assert client.post(url, data | {"reason": REASON}).status_code == 303
    assert (
        Clause.objects.get(uuid=new).body == f'ก่อน<span data-ref="{third.uuid}"></span>'
    )


def test_words_are_made_bold_and_italic_and_plain_again(sign_in, drafter, clause):
    client = sign_in(drafter)
    acted = client.post(
        url_of(clause),
        sent(clause, "ส่งภายใน 3 วัน") | {"act": "bold", "emphasis_words": "3 วัน"},
    )
    typed = acted.context["form"]["words-text"].value()
    assert typed == "ส่งภายใน ⟦หนา⟧3 วัน⟦/หนา⟧"
    assert (
        client.post(url_of(clause), sent(clause, f"⟦เอน⟧{typed}⟦/เอน⟧")).status_code
        == 303
    )
    clause.refresh_from_db()
    assert clause.body == "<em>ส่งภายใน </em><strong><em>3 วัน</em></strong>"
    assert (
        client.post(url_of(clause), sent(clause, "ส่งภายใน ⟦หนา⟧3 วัน⟦/หนา⟧")).status_code
        == 303
    )
    clause.refresh_from_db()
    assert clause.body == "ส่งภายใน <strong>3 วัน</strong>"


def test_sign_without_its_other_one_is_told(sign_in, drafter, clause):
    answer = sign_in(drafter).post(url_of(clause), sent(clause, "ส่งภายใน ⟦หนา⟧3 วัน"))
    assert answer.status_code == 422
    assert "เครื่องหมายไม่ครบคู่" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("ตรวจตาม⟦1 และ⟦2⟧", "“⟦1” มีวงเล็บไม่ครบ โปรดแก้เป็น ⟦1⟧ หรือลบออก"),
        ("ตรวจตาม1⟧ และ⟦2⟧", "“1⟧” มีวงเล็บไม่ครบ โปรดแก้เป็น ⟦1⟧ หรือลบออก"),
        ("ตรวจตาม⟦๑⟧ และ⟦7⟧", "“⟦7⟧” ไม่ตรงกับข้อที่อ้างถึง ในช่องนี้มีถึง ⟦2⟧"),
        ("ตรวจตาม⟦1⟧ และ⟦", "“⟦” เป็นเครื่องหมายที่ไม่ครบ"),
    ],
)
def test_mark_that_names_no_reference_is_told_and_the_words_stay(
    sign_in, drafter, process, clause, typed, told
):
    cited = [factories.clause_at(process, cite).uuid for cite in ("5.1", "5.2")]
    body = "ตรวจตาม{} และ{}".format(
        *(f'<span data-ref="{uuid}"></span>' for uuid in cited)
    )
    marked = factories.make_clause(process, Text(body=body), part=5, by=drafter)
    client = sign_in(drafter)
    answer = client.post(url_of(marked), sent(marked, typed))
    assert answer.status_code == 422
    assert told in markup(answer)
    assert answer.context["form"]["words-text"].value() == typed
    marked.refresh_from_db()
    assert marked.body == body
    # One that is taken out whole is no mistake
    assert client.post(url_of(marked), sent(marked, "ตรวจตาม⟦2⟧")).status_code == 303


def test_mark_in_words_that_refer_to_nothing_is_told(sign_in, drafter, clause):
    answer = sign_in(drafter).post(url_of(clause), sent(clause, "ตรวจตาม⟦1⟧"))
    assert answer.status_code == 422
    assert "ในช่องนี้ไม่มีการอ้างถึงข้อ" in markup(answer)


def test_citation_follows_the_source_that_was_chosen(sign_in, drafter, process):
    law = factories.make_legal_source(key="saraban-2526")
    reference = Clause.objects.filter(section=process, kind="reference").first()
    data = sent(reference, reference.content.as_cited, source=law.key, locator="ข้อ 35")
    data["words-note"] = ""
    answer = sign_in(drafter).post(url_of(reference), data)
    assert answer.status_code == 303, answer.content.decode()
    reference.refresh_from_db()
    assert isinstance(reference.content, Reference)
    assert (reference.content.source, reference.content.locator) == (
        "saraban-2526",
        "ข้อ 35",
    )
    assert Citation.objects.get(clause=reference).source == law


def test_words_that_name_another_law_than_the_chosen_one_are_not_saved(
    sign_in, drafter, process
):
    """The registry's warning would stay about a law that the words no longer name."""
    chosen = factories.make_legal_source(
        "ระเบียบสารบรรณ 2517", full_title="ระเบียบสารบรรณ พ.ศ. 2517", key="old"
    )
    factories.make_legal_source(
        "ระเบียบสารบรรณ 2552", full_title="ระเบียบสารบรรณ พ.ศ. 2552", key="new"
    )
    reference = Clause.objects.filter(section=process, kind="reference").first()
    client = sign_in(drafter)

    def answer(words: str, key: str):
        reference.refresh_from_db()
        data = {**sent(reference, words, source=key, locator=""), "words-note": ""}
        return client.post(url_of(reference), data)

    assert answer("ระเบียบสารบรรณ พ.ศ. 2517", chosen.key).status_code == 303
    refused = answer("ระเบียบสารบรรณ พ.ศ. 2552", chosen.key)
    assert refused.status_code == 422
    assert (
        "ถ้อยคำอ้าง “ระเบียบสารบรรณ 2552” แต่กฎหมายในทะเบียนที่เลือกไว้คือ “ระเบียบสารบรรณ 2517” โปรดเลือก “ระเบียบสารบรรณ 2552”"
        in markup(refused)
    )
    assert answer("ระเบียบสารบรรณ พ.ศ. 2552", "new").status_code == 303
    reference.refresh_from_db()
    assert (reference.content.source, reference.content.as_cited) == (
        "new",
        "ระเบียบสารบรรณ พ.ศ. 2552",
    )


def test_clause_that_was_retired_meanwhile_shows_what_was_typed_and_the_way_back(
    sign_in, drafter, clause
):
    client, draft = sign_in(drafter), f"/groups/DIR/drafts/{clause.section.uuid}/"
    client.post(url_of(clause), sent(clause, "ค้างไว้หนึ่ง") | {"keep": "1"})
    before, data = clause.plain, sent(clause, "พิมพ์หลังจากนั้น", sheet=str(uuid4()))
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")
    answer = client.get(url_of(clause))
    page = markup(answer)
    assert answer.status_code == 200
    for words in (
        "ข้อนี้ ยกเลิกแล้ว",
        "ซ้ำกับข้ออื่น",
        "ค้างไว้หนึ่ง",
        f'action="{url_of(clause)}restore/"',
    ):
        assert words in page
    refused = client.post(url_of(clause), data)
    assert refused.status_code == 409
    assert "พิมพ์หลังจากนั้น" in refused.content.decode()
    assert DraftBuffer.objects.count() == 2
    clause.refresh_from_db()
    assert clause.plain == before
    version = refused.context["page"].version
    back = client.post(f"{url_of(clause)}restore/", {"lock_version": version})
    assert back["Location"].startswith(draft)
    assert (
        client.get(url_of(clause)).context["form"]["words-text"].value()
        == "พิมพ์หลังจากนั้น"
    )


def test_last_clause_of_its_list_is_not_offered_to_be_joined_with_the_next(
    sign_in, drafter, process
):
    client = sign_in(drafter)
    first, last = (factories.clause_at(process, cite) for cite in ("5.1", "5.3"))
    offer = "รวมกับข้อถัดไป"
    assert offer in dict(client.get(url_of(first)).context["page"].ways)
    assert offer not in dict(client.get(url_of(last)).context["page"].ways)
    refused = client.get(f"{url_of(last)}join/")
    assert refused.status_code == 422
    page = markup(refused)
    assert "ไม่มีข้อถัดไปในระดับเดียวกันให้รวม" in page
    assert page.count("โปรด") == 1  # nothing was typed that could be mended
    assert "แก้ไขแล้วส่งอีกครั้ง" not in page


def test_joined_clause_leads_to_the_one_that_has_its_words(
    sign_in, drafter, process, clause
):
    first = factories.clause_at(process, "5.1")
    read = [(first, first.lock_version), (clause, clause.lock_version)]
    join_clauses(read, Text(body="ทั้งสองข้อ"), by=drafter, reason="เป็นเรื่องเดียวกัน")
    page = markup(sign_in(drafter).get(url_of(clause)))
    assert "ข้อที่ขึ้นต้นว่า “ทั้งสองข้อ”" in page
    assert f"#c-{first.uuid.hex[:8]}" in page


def test_nothing_is_written_into_a_process_that_was_retired_meanwhile(
    sign_in, drafter, second_drafter, process, clause
):
    client, draft = sign_in(drafter), f"/groups/DIR/drafts/{process.uuid}/"
    data, new = sent(clause, "เขียนค้าง"), uuid4()
    client.post(f"{draft}buffers/{clause.uuid}/", data)
    theirs = sign_in(second_drafter)
    for url in (f"{draft}retire/", f"{url_of(clause)}retire/"):
        assert f"{drafter.get_full_name()}" in markup(theirs.get(url)), (
            url
        )  # who would lose it is told before
    process.refresh_from_db()
    retire_section(process, process.version, by=second_drafter, reason="โอนภารกิจ")
    place = {"subject": new, "part": "5", "kind": "text", "parent": "", "after": ""}
    written = {
        url_of(clause): data,
        f"{draft}clauses/new/": data | place | {"lock_version": "0"},
        f"{draft}steps/": {
            "row": [str(new)],
            f"{new}-text": "ขั้นใหม่",
            f"{new}-shape": "task",
            "reason": REASON,
        },
    }
    for url, values in written.items():
        answer = client.post(url, values)
        assert answer.status_code == 409, url
        assert "กระบวนงาน “การรับหนังสือราชการ” ยกเลิกแล้ว" in markup(answer)
        assert values.get("words-text", "ขั้นใหม่") in markup(answer)
        assert f'action="{draft}restore/"' in markup(answer)
    clause.refresh_from_db()
    with pytest.raises(
        ChangeRefused, match="ยกเลิกแล้ว จึงยังไม่ได้บันทึก"
    ):  # whichever way it comes
        apply_changes(
            drafter,
            "edit",
            REASON,
            [ReviseClause(clause, clause.lock_version, Text(body="อื่น"))],
        )
    assert not Clause.objects.filter(uuid=new).exists()


def test_what_could_not_be_saved_is_kept_by_the_portal(sign_in, drafter, overtaken):
    client = sign_in(drafter)
    fields = page_fields(client.get(url_of(overtaken)))
    assert (
        client.post(url_of(overtaken), sent(overtaken, "ชนกัน") | fields).status_code
        == 409
    )
    assert DraftBuffer.objects.get().values["words-text"] == ["ชนกัน"]
    assert (
        client.post(
            url_of(overtaken), sent(overtaken, "ไม่มีเหตุผล", reason="") | fields
        ).status_code
        == 422
    )
    assert DraftBuffer.objects.get().values["words-text"] == ["ไม่มีเหตุผล"]


def test_dropped_copy_takes_what_its_page_kept_with_it(sign_in, drafter, clause):
    client = sign_in(drafter)
    client.post(
        keep_url(clause),
        sent(clause, "เมื่อวาน") | page_fields(client.get(url_of(clause))),
    )
    page = client.get(url_of(clause))
    shown, fields = page.context["left"].shown, page_fields(page)
    client.post(keep_url(clause), sent(clause, "เมื่อวาน และวันนี้") | fields)
    client.post(
        keep_url(clause),
        {"drop": "1", "sheet": shown.sheet, "open_sheet": fields["sheet"]},
    )
    assert not DraftBuffer.objects.exists()


# --- somebody else was quicker


@pytest.fixture
def overtaken(sign_in, drafter, second_drafter, clause):
    """`clause` as the drafter read it; the second drafter has put words behind it since."""
    theirs = sent(clause, f"{clause.plain} ทั้งนี้ภายในวันทำการเดียวกัน")
    assert sign_in(second_drafter).post(url_of(clause), theirs).status_code == 303
    return clause


def test_old_form_gets_both_changes_and_the_two_in_one(sign_in, drafter, overtaken):
    mine = f"ให้{overtaken.plain}"
    client = sign_in(drafter)
    answer = client.post(url_of(overtaken), sent(overtaken, mine))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "มีผู้บันทึกข้อนี้ก่อนท่าน" in page
    assert "รอบคอบ" in page  # who it was
    assert mine in page
    assert (
        Clause.objects.get(pk=overtaken.pk).plain
        == f"{overtaken.plain} ทั้งนี้ภายในวันทำการเดียวกัน"
    )

    merged = client.post(url_of(overtaken), sent(overtaken, mine) | {"take": "merged"})
    form = merged.context["form"]
    both = f"{mine} ทั้งนี้ภายในวันทำการเดียวกัน"
    assert (
        merged.status_code,
        form["words-text"].value(),
        form["lock_version"].value(),
    ) == (200, both, 2)
    now = Clause.objects.get(pk=overtaken.pk)
    assert client.post(url_of(overtaken), sent(now, both)).status_code == 303
    assert Clause.objects.get(pk=overtaken.pk).plain == both


def leave_and_come_back(clause, retired_by, restored_by) -> None:
    clause.refresh_from_db()
    retire_clause(clause, clause.lock_version, by=retired_by, reason="ลองตัด")
    clause.refresh_from_db()
    restore_clause(clause, clause.lock_version, by=restored_by, reason=BRINGING_BACK)


def test_who_retires_a_clause_and_brings_it_back_overtakes_nobody(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    words, act = (
        sent(clause, f"ให้{clause.plain}"),
        {"lock_version": "1", "reason": "ซ้ำ", "read_sha": clause.sha},
    )
    act["family"] = write_clauses_read([clause])
    leave_and_come_back(clause, second_drafter, drafter)
    answer = client.post(url_of(clause), words, follow=True)
    assert "ย้ายข้อนี้ไปไว้ที่" not in markup(answer)
    clause.refresh_from_db()
    assert clause.plain == words["words-text"]

    leave_and_come_back(clause, second_drafter, drafter)
    act |= {"lock_version": "4", "family": f"{clause.uuid}:4"}
    assert client.post(f"{url_of(clause)}retire/", act).status_code == 303


def test_conflict_names_who_changed_the_words_not_who_brought_the_clause_back(
    sign_in, drafter, second_drafter, overtaken
):
    read = sent(overtaken, "ถ้อยคำอื่นทั้งข้อ")
    act = {"lock_version": overtaken.lock_version, "reason": "ซ้ำ"}
    leave_and_come_back(overtaken, second_drafter, drafter)
    client = sign_in(drafter)
    conflict = client.post(url_of(overtaken), read).context["conflict"]
    assert conflict.last_change.revision.user == second_drafter
    assert (conflict.is_own, conflict.move) == (False, None)
    told = client.post(f"{url_of(overtaken)}retire/", act).context["overtaken"]
    assert (told.name, told.what) == (second_drafter.get_full_name(), "แก้ถ้อยคำ")


def test_own_words_are_told_as_own_where_somebody_else_only_retired_and_brought_back(
    sign_in, drafter, second_drafter, clause
):
    client = sign_in(drafter)
    other_window = sent(clause, "ส่งภายใน 3 วันทำการ")
    act = {"lock_version": "1", "reason": "ซ้ำ"}
    leave_and_come_back(clause, second_drafter, second_drafter)
    clause.refresh_from_db()
    client.post(url_of(clause), sent(clause, "ส่งภายใน 7 วันทำการ"))
    conflict = client.post(url_of(clause), other_window).context["conflict"]
    assert (conflict.is_own, conflict.last_change.kind) == (True, "reworded")
    page = markup(client.post(f"{url_of(clause)}retire/", act))
    assert "ท่านแก้ไขไว้แล้วในอีกหน้าต่างหนึ่ง" in page


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_either_wording_can_be_gone_on_with(sign_in, drafter, overtaken, take):
    mine = f"ให้{overtaken.plain}"
    answer = sign_in(drafter).post(
        url_of(overtaken), sent(overtaken, mine) | {"take": take}
    )
    expected = {"mine": mine, "theirs": f"{overtaken.plain} ทั้งนี้ภายในวันทำการเดียวกัน"}[
        take
    ]
    form = answer.context["form"]
    assert (form["words-text"].value(), form["lock_version"].value()) == (expected, 2)


def test_changes_of_the_same_words_are_not_merged(
    sign_in, drafter, second_drafter, process
):
    made = factories.make_clause(process, "ส่งภายใน 15 วันทำการ", part=5, by=drafter)
    sign_in(second_drafter).post(url_of(made), sent(made, "ส่งภายใน 7 วันทำการ"))
    answer = sign_in(drafter).post(url_of(made), sent(made, "ส่งภายใน 3 วันทำการ"))
    assert answer.status_code == 409
    assert "ทั้งสองฝ่ายแก้คำเดียวกัน" in answer.content.decode()
    assert answer.context["conflict"].merged is None


def test_same_words_changed_in_two_windows_of_one_person_are_told_as_their_own(
    sign_in, drafter, second_drafter, process
):
    made = factories.make_clause(process, "ส่งภายใน 15 วันทำการ", part=5, by=drafter)
    client = sign_in(drafter)
    other_window = sent(made, "ส่งภายใน 3 วันทำการ")
    assert client.post(url_of(made), sent(made, "ส่งภายใน 7 วันทำการ")).status_code == 303
    answer = client.post(url_of(made), other_window)
    page = markup(answer)
    assert answer.status_code == 409
    assert "ท่านแก้ไว้ในอีกหน้าต่างหนึ่ง" in page
    assert "มีผู้บันทึกข้อนี้ก่อนท่าน" not in page
    assert "ทั้งสองหน้าต่างแก้คำเดียวกัน" in page
    assert 'name="take" value="theirs"' in page
    assert 'name="take" value="mine"' in page
    made.refresh_from_db()
    sign_in(second_drafter).post(url_of(made), sent(made, "ส่งภายใน 9 วันทำการ"))
    page = markup(client.post(url_of(made), other_window))
    assert "มีผู้บันทึกข้อนี้ก่อนท่าน" in page
    assert second_drafter.get_full_name() in page


def test_words_sent_twice_are_no_conflict_with_oneself(sign_in, drafter, clause):
    client = sign_in(drafter)
    data = sent(clause)
    first, second = client.post(url_of(clause), data), client.post(url_of(clause), data)
    assert (first.status_code, second.status_code) == (303, 303)
    assert ClauseChange.objects.filter(clause=clause, kind="reworded").count() == 1


# --- kept, not saved


def test_typed_words_are_kept_and_offered_back(sign_in, drafter, clause):
    client = sign_in(drafter)
    keep_at = f"/groups/DIR/drafts/{clause.section.uuid}/buffers/{clause.uuid}/"
    answer = client.post(keep_at, sent(clause, "พิมพ์ยังไม่จบ", reason=""))
    assert answer.status_code == 200
    assert answer.json()["kept_at"].endswith("น.")
    assert (
        Clause.objects.get(pk=clause.pk).lock_version == clause.lock_version
    )  # nothing is saved

    elsewhere = sign_in(drafter).get(url_of(clause))  # another device
    assert elsewhere.context["form"]["words-text"].value() == "พิมพ์ยังไม่จบ"
    assert "ร่างที่ท่านพิมพ์ค้างไว้" in markup(elsewhere)
    desk = markup(client.get(f"/groups/DIR/drafts/{clause.section.uuid}/"))
    assert f'href="{url_of(clause)}"' in desk


def test_kept_words_of_one_person_are_shown_to_nobody_else(
    sign_in, drafter, second_drafter, clause
):
    factories.make_draft_buffer(
        drafter, clause, values={"words-text": ["ยังไม่อยากให้ใครเห็น"]}
    )
    page = sign_in(second_drafter).get(url_of(clause))
    assert "ยังไม่อยากให้ใครเห็น" not in page.content.decode()
    assert "เขียนชัด" in page.content.decode()  # that he is writing is told


def test_kept_words_meet_what_was_saved_since(sign_in, drafter, overtaken):
    client = sign_in(drafter)
    mine = f"ให้{overtaken.plain}"
    keep_at = f"/groups/DIR/drafts/{overtaken.section.uuid}/buffers/{overtaken.uuid}/"
    client.post(keep_at, sent(overtaken, mine))
    form = client.get(url_of(overtaken)).context["form"]
    back = {
        name: form[name].value()
        for name in ("lock_version", "read_sha", "words-text", "numbering", "reason")
    }
    answer = client.post(url_of(overtaken), back | {"applies_to": "both"})
    assert answer.status_code == 409
    assert answer.context["conflict"].merged is not None


def test_words_of_one_person_are_not_kept_as_those_of_who_signed_in_since(
    sign_in, drafter, second_drafter, clause
):
    typed = sent(clause) | {"writer": str(drafter.pk)}
    assert sign_in(second_drafter).post(keep_url(clause), typed).status_code == 401
    assert not DraftBuffer.objects.exists()
    assert sign_in(drafter).post(keep_url(clause), typed).status_code == 200
    assert "writer" not in DraftBuffer.objects.get().values


def test_saving_lets_go_of_what_was_kept(sign_in, drafter, second_drafter, clause):
    factories.make_draft_buffer(drafter, clause)
    factories.make_draft_buffer(second_drafter, clause)
    client = sign_in(drafter)
    client.post(url_of(clause), sent(clause) | page_fields(client.get(url_of(clause))))
    assert DraftBuffer.objects.get().user == second_drafter


def test_button_keeps_without_javascript_and_another_drops(sign_in, drafter, clause):
    client = sign_in(drafter)
    kept = client.post(url_of(clause), sent(clause, "ครึ่งเดียว") | {"keep": "1"})
    assert kept.status_code == 303
    assert DraftBuffer.objects.get().values["words-text"] == ["ครึ่งเดียว"]
    client.post(
        f"/groups/DIR/drafts/{clause.section.uuid}/buffers/{clause.uuid}/",
        {"drop": "1"},
    )
    assert not DraftBuffer.objects.exists()


def test_nul_does_not_stop_keeping(sign_in, drafter, clause):
    keep_at = f"/groups/DIR/drafts/{clause.section.uuid}/buffers/{clause.uuid}/"
    answer = sign_in(drafter).post(keep_at, sent(clause, "ครึ่ง\x00เดียว"))
    assert answer.status_code == 200
    assert DraftBuffer.objects.get().values["words-text"] == ["ครึ่งเดียว"]


def test_form_beyond_all_measure_is_not_kept(sign_in, drafter, clause):
    keep_at = f"/groups/DIR/drafts/{clause.section.uuid}/buffers/{clause.uuid}/"
    answer = sign_in(drafter).post(keep_at, sent(clause, "ก" * 200_001))
    assert answer.status_code == 422
    assert not DraftBuffer.objects.exists()


def test_words_sent_after_signing_out_come_back_under_their_names(client, clause):
    typed = sent(clause, "ถ้อยคำที่แก้", **{"words-note": "หมายเหตุที่แก้", "etc": "อื่น ๆ"})
    answer = client.post(url_of(clause), typed)
    assert answer.status_code == 401
    labels = re.findall(
        r'<label class="field__label" for="[^"]+">([^<]+)', markup(answer)
    )
    assert labels == [
        "ถ้อยคำ",
        "เหตุผลหรือสิ่งที่แก้",
        "หมายเหตุ",
        "ข้อความของท่าน",
    ]
    asked = client.post(
        reverse("review-new", args=["DIR", clause.section.uuid]),
        {"uuid": "x", "asked": "1", "text": "ตรวจให้หน่อย"},
    )
    form = ReviewRequestForm(people=[])
    assert f">{form['text'].label}</label>" in markup(asked)  # as its own form says
    two = client.post(url_of(clause), {"no_field": "คำหนึ่ง", "no_other_field": "คำสอง"})
    page = markup(two)
    assert "ข้อความของท่าน (1)</label>" in page
    assert "ข้อความของท่าน (2)</label>" in page


# --- saved and kept by one person


def test_page_left_with_a_reason_alone_is_no_conflict_with_what_was_saved_after_it(
    sign_in, drafter, clause
):
    client = sign_in(drafter)
    read = sent(clause, clause.plain)
    left = page_fields(client.get(url_of(clause)))
    assert client.post(url_of(clause), read | left).status_code == 422
    again = page_fields(client.get(url_of(clause)))
    client.post(keep_url(clause), read | left)  # as the page that was left sends it
    assert client.post(url_of(clause), sent(clause) | again).status_code == 303
    assert not DraftBuffer.objects.exists()
    answer = client.post(keep_url(clause), read | left)
    assert answer.status_code == 200
    assert not DraftBuffer.objects.exists()


def test_copy_behind_what_the_person_saved_since_is_offered_beside_it(
    sign_in, drafter, process
):
    made = factories.make_clause(process, "ส่งภายใน 15 วันทำการ", part=5, by=drafter)
    client = sign_in(drafter)
    client.post(
        keep_url(made),
        sent(made, "ส่งภายใน 3 วันทำการ") | page_fields(client.get(url_of(made))),
    )
    elsewhere = sent(made, "ส่งภายใน 7 วันทำการ") | {"sheet": str(uuid4())}
    assert client.post(url_of(made), elsewhere).status_code == 303

    answer = client.get(url_of(made))

    assert answer.context["form"]["words-text"].value() == "ส่งภายใน 7 วันทำการ"
    [behind] = answer.context["left"].others
    assert behind.is_behind
    assert behind.changes
    assert "<del>7" in markup(answer)

    asked_for = client.get(url_of(made) + behind.query)
    conflict = asked_for.context["conflict"]
    assert (conflict.is_own, conflict.merged) == (True, None)
    assert asked_for.context["form"]["words-text"].value() == "ส่งภายใน 3 วันทำการ"
    assert "ทั้งสองหน้าต่างแก้คำเดียวกัน" in markup(asked_for)


def test_two_copies_of_one_person_are_offered_in_one(sign_in, drafter, clause):
    client = sign_in(drafter)
    before = clause.plain
    first, second = (page_fields(client.get(url_of(clause))) for _ in range(2))
    client.post(keep_url(clause), sent(clause, f"ให้{before}") | first | {"age": "9000"})
    client.post(keep_url(clause), sent(clause, f"{before} ทุกวัน") | second)
    page = client.get(url_of(clause))
    assert page.context["form"]["words-text"].value() == f"{before} ทุกวัน"
    [other] = page.context["left"].others
    assert f'{other.merging_query.replace("&", "&amp;")}">รวมทั้งสองร่าง</a>' in markup(
        page
    )

    both = client.get(url_of(clause) + other.merging_query)

    assert both.context["form"]["words-text"].value() == f"ให้{before} ทุกวัน"
    assert "รวมร่างทั้งสองฉบับไว้ในแบบแล้ว" in markup(both)
    assert "data-unkept" in markup(both)
    assert DraftBuffer.objects.count() == 2  # looked at only
    merged = sent(clause, f"ให้{before} ทุกวัน") | page_fields(both)
    client.post(keep_url(clause), merged)
    again = client.get(url_of(clause))
    assert again.context["form"]["words-text"].value() == f"ให้{before} ทุกวัน"
    assert "รวมทั้งสองร่าง" not in markup(again)  # one says all that the other does


@pytest.mark.parametrize(
    ("typed", "both"),
    [
        (("ให้ตรวจหนังสือ", "ตรวจหนังสือ ทุกวัน"), "ให้ตรวจหนังสือ ทุกวัน"),
        (("ส่งภายใน 3 วันทำการ", "ส่งภายใน 7 วันทำการ"), None),
    ],
)
def test_two_copies_of_a_clause_to_come_are_offered_in_one(
    sign_in, drafter, clause, typed, both
):
    client = sign_in(drafter)
    asked = {"part": "5", "kind": "text", "after": str(clause.uuid)}
    page = client.get(new_url(clause), asked, follow=True)
    hidden = dict(page.context["page"].hidden)
    keep_at = page.context["page"].keep_at
    url = f"{new_url(clause)}?subject={hidden['subject']}"
    for age, words in (("9000", typed[0]), ("0", typed[1])):
        fields = {"words-text": words, "numbering": "decimal", "reason": REASON}
        sheet = {"sheet": str(uuid4()), "age": age, "lock_version": "0"}
        assert client.post(keep_at, hidden | fields | sheet).status_code == 200
    page = client.get(url)
    assert page.context["form"]["words-text"].value() == typed[1]
    [other] = page.context["left"].others
    assert other.can_merge is (both is not None)
    merged = client.get(new_url(clause) + other.merging_query)
    shown = merged.context["form"]["words-text"].value()
    assert shown == (both or typed[1])
    assert ("รวมร่างทั้งสองฉบับไว้ในแบบแล้ว" in markup(merged)) is (both is not None)
    assert DraftBuffer.objects.count() == 2  # looked at only


def test_two_copies_that_change_the_same_words_are_shown_to_choose_from(
    sign_in, drafter, process
):
    made = factories.make_clause(process, "ส่งภายใน 15 วันทำการ", part=5, by=drafter)
    client = sign_in(drafter)
    first, second = (page_fields(client.get(url_of(made))) for _ in range(2))
    client.post(
        keep_url(made), sent(made, "ส่งภายใน 3 วันทำการ") | first | {"age": "9000"}
    )
    client.post(keep_url(made), sent(made, "ส่งภายใน 7 วันทำการ") | second)
    answer = client.get(url_of(made))
    [other] = answer.context["left"].others
    page = markup(answer)
    assert "รวมทั้งสองร่าง" not in page
    assert "ส่งภายใน 3 วันทำการ" in page
    assert "เขียนต่อจากร่างนั้น" in page
    asked = client.get(url_of(made) + other.merging_query)
    assert asked.context["form"]["words-text"].value() == "ส่งภายใน 7 วันทำการ"


def test_copy_meets_what_the_same_person_saved_since_and_is_told(
    sign_in, drafter, clause
):
    client = sign_in(drafter)
    before = clause.plain
    mine = sent(clause, f"ให้{before}") | page_fields(client.get(url_of(clause)))
    client.post(keep_url(clause), mine)
    both = f"ให้{before} ทุกวัน"
    assert (
        client.post(
            url_of(clause), sent(clause, f"{before} ทุกวัน") | {"sheet": str(uuid4())}
        ).status_code
        == 303
    )
    page = client.get(url_of(clause))
    assert (page.context["form"]["words-text"].value(), page.context["conflict"]) == (
        both,
        None,
    )
    assert "รวมกับถ้อยคำที่ท่านบันทึกไว้ก่อนแล้วจากหน้าอื่น" in markup(page)
    # Another page of theirs, opened before
    answer = client.post(url_of(clause), mine, follow=True)
    assert "รวมกับถ้อยคำที่ท่านบันทึกไว้ก่อนแล้วจากหน้าอื่น" in markup(answer)
    clause.refresh_from_db()
    assert clause.plain == both


def test_copy_of_a_clause_that_somebody_else_saved_since_tells_so_when_it_is_opened(
    sign_in, drafter, overtaken
):
    client = sign_in(drafter)
    client.post(keep_url(overtaken), sent(overtaken, f"ให้{overtaken.plain}"))
    page = markup(client.get(url_of(overtaken)))
    assert "มีผู้บันทึกข้อนี้ก่อนท่าน" in page
    assert "ใช้ถ้อยคำที่รวม" in page


def test_draft_older_than_what_its_writer_saved_is_offered_and_never_stands_in_the_box(
    sign_in, drafter, process
):
    made = factories.make_clause(process, "ส่งภายใน 15 วันทำการ", part=5, by=drafter)
    client = sign_in(drafter)
    old = sent(made, "ส่งภายใน 3 วันทำการ")
    left = page_fields(client.get(url_of(made)))
    again = page_fields(client.get(url_of(made)))
    client.post(keep_url(made), old | left)  # after the page was read anew
    newer = sent(made, "ส่งภายใน 7 วันทำการ")
    assert client.post(url_of(made), newer | again).status_code == 303
    made.refresh_from_db()

    page = client.get(url_of(made))

    assert page.context["form"]["words-text"].value() == "ส่งภายใน 7 วันทำการ"
    assert page.context["conflict"] is None
    assert "ร่างที่ค้างอยู่" in markup(page)
    assert "<del>7</del><ins>3</ins>" in markup(page).replace("\n", "")
    saved = sent(made, "ส่งภายใน 7 วันทำการ ทุกครั้ง") | page_fields(page)
    assert client.post(url_of(made), saved).status_code == 303
    made.refresh_from_db()
    assert made.plain == "ส่งภายใน 7 วันทำการ ทุกครั้ง"
    # Asked for, it stands beside what was saved
    [offered] = client.get(url_of(made)).context["left"].others
    asked = client.get(url_of(made) + offered.query)
    assert asked.context["form"]["words-text"].value() == "ส่งภายใน 3 วันทำการ"
    assert asked.context["conflict"].is_own


def test_copy_that_comes_again_late_is_the_one_that_the_next_page_showed(
    sign_in, drafter, clause
):
    client = sign_in(drafter)
    left = sent(clause, "") | page_fields(client.get(url_of(clause)))
    assert client.post(url_of(clause), left).status_code == 422
    again = page_fields(client.get(url_of(clause)))
    client.post(keep_url(clause), left)  # as the page that was left sends it
    assert client.post(url_of(clause), sent(clause) | again).status_code == 303
    assert not DraftBuffer.objects.exists()
    client.post(keep_url(clause), left)
    assert not DraftBuffer.objects.exists()
    clause.refresh_from_db()
    page = client.get(url_of(clause))
    more = sent(clause, f"{WORDS} ทุกวัน") | page_fields(page)
    assert client.post(url_of(clause), more).status_code == 303


# --- moved to another process meanwhile


@pytest.fixture
def moved(drafter, second_drafter, clause, unit):
    """`clause` as the drafter read it; the second drafter has moved it to another process since."""
    other = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    now = Clause.objects.get(pk=clause.pk)
    place = Position(other, 5)
    move_clause(
        now, now.lock_version, place, by=second_drafter, reason="เป็นงานของการส่ง"
    )
    return clause


def test_form_without_a_field_is_not_kept(sign_in, drafter, clause):
    draft = f"/groups/DIR/drafts/{clause.section.uuid}/buffers/"

    answer = sign_in(drafter).post(f"{draft}{uuid4()}/", {"sheet": str(uuid4())})

    assert answer.status_code == 422
    assert "โปรดเปิดหน้าเขียน" in answer.content.decode()
    assert not DraftBuffer.objects.exists()


def test_words_typed_in_a_clause_that_was_moved_lead_to_where_it_stands(
    sign_in, drafter, moved
):
    client = sign_in(drafter)
    answer = client.post(keep_url(moved), sent(moved, f"ให้{moved.plain}"))
    now = Clause.objects.get(pk=moved.pk)
    assert answer.json()["opens_at"] == url_of(now)
    drafts = "/groups/DIR/drafts/"
    desk = markup(client.get(f"{drafts}{now.section.uuid}/"))
    assert url_of(now) in desk
    old_desk = markup(client.get(f"{drafts}{moved.section.uuid}/"))
    assert str(moved.uuid) not in old_desk
    page = client.get(url_of(now))
    assert page.context["form"]["words-text"].value() == f"ให้{moved.plain}"


def test_words_kept_as_those_of_a_clause_to_come_lead_to_the_clause_that_was_moved(
    sign_in, drafter, moved
):
    client = sign_in(drafter)
    now = Clause.objects.get(pk=moved.pk)
    subject = {"subject": str(moved.uuid)}
    led = client.get(new_url(moved), subject)
    assert led.status_code == 302
    assert led["Location"].split("?")[0] == url_of(now)
    assert client.get(led["Location"]).status_code == 200


def test_new_clause_sent_again_after_it_was_moved_meets_the_clause_where_it_stands(
    sign_in, drafter, moved
):
    client = sign_in(drafter)
    now = Clause.objects.get(pk=moved.pk)
    place = {"subject": str(moved.uuid), "part": "5", "kind": "text"}
    data = sent(moved, WORDS, lock_version="0") | place
    answer = client.post(new_url(moved), data)
    assert answer.status_code == 409
    assert answer.context["page"].send_to == url_of(now)
    assert answer.context["form"]["words-text"].value() == WORDS
    same = client.post(new_url(moved), data | {"words-text": moved.plain})
    assert same["Location"].startswith(f"/groups/DIR/drafts/{now.section.uuid}/")


def test_saving_a_clause_that_was_moved_stores_the_words_there_and_tells_who_moved_it(
    sign_in, drafter, moved
):
    mine = f"ให้{moved.plain}"
    answer = sign_in(drafter).post(url_of(moved), sent(moved, mine), follow=True)
    page = " ".join(markup(answer).split())
    now = Clause.objects.get(pk=moved.pk)
    assert answer.redirect_chain[0][1] == 303
    assert (now.plain, now.section.title) == (mine, "การส่งหนังสือ")
    assert "รอบคอบ ย้ายข้อนี้ไปไว้ที่ “การส่งหนังสือ” ส่วนที่ 5" in page
    assert not DraftBuffer.objects.exists()


def test_what_a_colleague_did_beside_the_words_is_no_conflict_with_them(
    sign_in, drafter, second_drafter, process, clause
):
    """Its place, its kind of number that came of the place, and for whom it is."""
    read = Clause.objects.get(pk=clause.pk)
    client, colleague = sign_in(drafter), sign_in(second_drafter)
    factories.make_clause(process, "ข้อที่อยู่ถัดไป", by=second_drafter)
    behind = factories.clause_at(process, "5.3")
    clause.refresh_from_db()
    shift = {
        "lock_version": str(clause.lock_version),
        "direction": "down",
        "next": str(behind.uuid),
    }
    assert colleague.post(f"{url_of(clause)}shift/", shift).status_code == 303
    clause.refresh_from_db()
    theirs = sent(clause, clause.plain, applies_to="primary", numbering="paren")
    assert colleague.post(url_of(clause), theirs).status_code == 303
    clause.refresh_from_db()
    place = clause.rank

    kept = sent(read, "ร่างที่เก็บไว้")
    client.post(keep_url(read), kept)
    met = client.get(url_of(read)).context
    assert (met["conflict"], met["form"]["words-text"].value()) == (None, "ร่างที่เก็บไว้")

    both_for = sent(read, WORDS, applies_to="secondary")
    assert client.post(url_of(read), both_for).status_code == 409
    answer = client.post(url_of(read), sent(read), follow=True)
    clause.refresh_from_db()
    assert answer.redirect_chain[0][1] == 303
    assert (clause.plain, clause.rank) == (WORDS, place)
    assert (clause.applies_to, clause.numbering) == ("primary", "paren")
    assert "มีผู้เปลี่ยน “ใช้กับ” เป็น สพป." in markup(answer)


def test_clause_that_was_moved_and_reworded_is_compared_and_tells_the_move(
    sign_in, drafter, second_drafter, moved
):
    now = Clause.objects.get(pk=moved.pk)
    theirs = sent(now, f"{now.plain} ทั้งนี้ภายในวันเดียวกัน")
    assert sign_in(second_drafter).post(url_of(now), theirs).status_code == 303
    mine = sent(moved, f"ให้{moved.plain}")
    answer = sign_in(drafter).post(url_of(moved), mine)
    assert answer.status_code == 409
    merged = answer.context["conflict"].merged.body
    assert merged == f"ให้{moved.plain} ทั้งนี้ภายในวันเดียวกัน"
    assert "ย้ายข้อนี้ไปไว้ที่ “การส่งหนังสือ”" in markup(answer)


@pytest.mark.parametrize(
    "act", ["", "move/", "split/", "retire/", "versions/", "notes/"]
)
def test_old_address_of_a_clause_leads_to_where_it_stands(sign_in, drafter, moved, act):
    now = Clause.objects.get(pk=moved.pk)
    client = sign_in(drafter)
    led = client.get(f"{url_of(moved)}{act}", {"copy": "x"})
    assert (led.status_code, led["Location"]) == (302, f"{url_of(now)}{act}?copy=x")
    assert client.get(led["Location"]).status_code == 200


def test_request_to_look_at_a_moved_clause_begins_where_it_stands(
    sign_in, drafter, moved
):
    now = Clause.objects.get(pk=moved.pk)
    asked = {"clause": str(moved.uuid)}
    old = reverse("review-new", args=["DIR", moved.section.uuid])
    led = sign_in(drafter).get(old, asked, follow=True)
    assert led.redirect_chain == [
        (
            f"{reverse('review-new', args=['DIR', now.section.uuid])}?clause={now.uuid}",
            303,
        )
    ]


@pytest.mark.parametrize("act", ["move/", "split/", "retire/", "shift/"])
def test_act_on_a_clause_that_was_moved_is_told_that_somebody_was_quicker(
    sign_in, drafter, moved, act
):
    data = {"lock_version": str(moved.lock_version), "read_sha": moved.sha}
    more = {"reason": REASON, "direction": "up", "text": moved.plain}
    answer = sign_in(drafter).post(f"{url_of(moved)}{act}", data | more)
    assert answer.status_code == 409
    assert "รอบคอบ" in markup(answer)


# --- typed on two devices


def keep_url(clause: Clause) -> str:
    return f"/groups/DIR/drafts/{clause.section.uuid}/buffers/{clause.uuid}/"


def page_fields(answer) -> dict[str, str]:
    sheet = answer.context["sheet"]
    return {"sheet": str(sheet.uuid), "goes_on_from": sheet.goes_on_from}


def test_copy_of_another_device_is_offered_beside_the_newer_one(
    sign_in, drafter, clause
):
    office, home = sign_in(drafter), sign_in(drafter)
    at_office = page_fields(office.get(url_of(clause)))
    office.post(keep_url(clause), sent(clause, "เริ่มที่สำนักงาน") | at_office)
    at_home = page_fields(home.get(url_of(clause)))
    home.post(keep_url(clause), sent(clause, "เริ่มที่สำนักงาน ต่อที่บ้าน") | at_home)
    assert [copy.values["words-text"] for copy in DraftBuffer.objects.all()] == [
        ["เริ่มที่สำนักงาน ต่อที่บ้าน"]
    ]

    # What the device in the office could not send for an hour
    late = sent(clause, "เริ่มที่สำนักงาน สายหลุด") | at_office | {"age": "3600000"}
    assert office.post(keep_url(clause), late).status_code == 200

    page = home.get(url_of(clause))
    left = page.context["left"]
    assert page.context["form"]["words-text"].value() == "เริ่มที่สำนักงาน ต่อที่บ้าน"
    assert [other.words for other in left.others] == [["เริ่มที่สำนักงาน สายหลุด"]]
    other = home.get(url_of(clause) + left.others[0].query)
    assert other.context["form"]["words-text"].value() == "เริ่มที่สำนักงาน สายหลุด"

    # Saved on this page, the other copy is still there; gone on with, it is one
    assert (
        home.post(
            url_of(clause), sent(clause, "ต่อที่บ้าน") | page_fields(page)
        ).status_code
        == 303
    )
    assert DraftBuffer.objects.get().values["words-text"] == ["เริ่มที่สำนักงาน สายหลุด"]
    late_one = home.get(url_of(clause)).context["left"].others[0]
    last = page_fields(home.get(url_of(clause) + late_one.query))
    home.post(keep_url(clause), sent(clause, "รวมแล้ว") | last)
    home.post(keep_url(clause), {"drop": "1"} | last)
    assert not DraftBuffer.objects.exists()


def test_copy_that_was_typed_on_since_is_not_replaced(sign_in, drafter, clause):
    client = sign_in(drafter)
    first = page_fields(client.get(url_of(clause)))
    client.post(keep_url(clause), sent(clause, "หน้าแรก") | first)
    second = page_fields(client.get(url_of(clause)))
    client.post(keep_url(clause), sent(clause, "หน้าแรก พิมพ์ต่อ") | first)
    client.post(keep_url(clause), sent(clause, "หน้าที่สอง") | second)
    words = [
        copy.values["words-text"][0]
        for copy in DraftBuffer.objects.order_by("saved_at")
    ]
    assert words == ["หน้าแรก พิมพ์ต่อ", "หน้าที่สอง"]


def test_age_of_a_copy_that_makes_no_sense_is_bounded(sign_in, drafter, clause):
    client = sign_in(drafter)
    for age in ("9" * 40, "-5", "x"):
        assert (
            client.post(keep_url(clause), sent(clause) | {"age": age}).status_code
            == 200
        )


# --- a new one


def new_url(clause: Clause) -> str:
    return f"/groups/DIR/drafts/{clause.section.uuid}/clauses/new/"


def test_new_clause_stands_behind_the_one_named(sign_in, drafter, clause):
    client = sign_in(drafter)
    asked = {"part": "5", "kind": "text", "after": str(clause.uuid)}
    form_page = client.get(new_url(clause), asked, follow=True)
    hidden = dict(form_page.context["page"].hidden)
    assert form_page.context["form"]["numbering"].value() == "decimal"
    assert PART_HINTS[5] in markup(form_page)
    data = {
        **hidden,
        "lock_version": "0",
        "words-text": WORDS,
        "numbering": "decimal",
        "applies_to": "primary",
    }
    answer = client.post(new_url(clause), data | {"reason": REASON})
    assert answer.status_code == 303
    added = factories.clause_at(clause.section, "5.3")
    assert (added.plain, added.applies_to, str(added.uuid)) == (
        WORDS,
        "primary",
        hidden["subject"],
    )


def test_new_clause_sent_twice_is_added_once(sign_in, drafter, clause):
    client = sign_in(drafter)
    data = {
        **{"subject": str(uuid4()), "part": "5", "kind": "text", "lock_version": "0"},
        **{
            "words-text": WORDS,
            "numbering": "decimal",
            "applies_to": "both",
            "reason": REASON,
        },
    }
    first, second = (
        client.post(new_url(clause), data),
        client.post(new_url(clause), data),
    )
    assert first["Location"] == second["Location"]
    assert Clause.objects.filter(plain=WORDS).count() == 1
    other = client.post(new_url(clause), data | {"words-text": "ถ้อยคำอื่น"})
    assert other.status_code == 409
    assert "ข้อใหม่นี้บันทึกไว้แล้ว" in markup(other)
    added = Clause.objects.get(uuid=data["subject"])
    assert other.context["form"]["words-text"].value() == "ถ้อยคำอื่น"
    assert other.context["page"].send_to == url_of(added)
    assert client.post(url_of(added), sent(added, "ถ้อยคำอื่น")).status_code == 303
    added.refresh_from_db()
    assert (added.plain, added.lock_version) == ("ถ้อยคำอื่น", 2)


def test_address_of_a_new_clause_leads_to_it_once_it_is_saved(sign_in, drafter, clause):
    client = sign_in(drafter)
    opened = client.get(new_url(clause), {"part": "5", "kind": "text"})
    assert opened.status_code == 302
    address = opened["Location"]
    hidden = dict(client.get(address).context["page"].hidden)
    assert client.get(address).context["page"].hidden  # the same one
    saved = sent(clause, WORDS, lock_version="0") | hidden
    assert client.post(new_url(clause), saved).status_code == 303

    back = client.get(address)

    added = Clause.objects.get(uuid=hidden["subject"])
    assert "ข้อใหม่นี้บันทึกไว้แล้ว" in markup(back)
    assert back.context["page"].send_to == url_of(added)
    assert back.context["form"]["words-text"].value() == WORDS
    retire_clause(added, 1, by=drafter, reason="ซ้ำกับข้ออื่น")
    assert client.get(address).status_code == 200
    assert "ถ้อยคำอื่น" not in markup(client.get(address))


def sent_new(**place: str) -> dict[str, str]:
    """The form of a clause to come."""
    return {
        **{"subject": str(uuid4()), "part": "5", "kind": "text", "lock_version": "0"},
        **{"words-text": WORDS, "numbering": "paren", "applies_to": "both"},
        **{"reason": REASON, **place},
    }


@pytest.mark.parametrize("beside", ["parent", "after"])
@pytest.mark.parametrize("act", ["retired", "moved"])
def test_place_that_is_gone_is_told_and_another_one_chosen(
    sign_in, drafter, second_drafter, clause, unit, beside, act
):
    client = sign_in(drafter)
    lock_version = clause.lock_version
    if act == "retired":
        retire_clause(clause, lock_version, by=second_drafter, reason="ซ้ำกับข้ออื่น")
    else:
        other = factories.make_section(
            unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
        )
        gone = Clause.objects.get(pk=clause.pk)
        place = Position(other, 5)
        move_clause(gone, lock_version, place, by=second_drafter, reason="ซ้ำกับข้ออื่น")
    data = sent_new(**{beside: str(clause.uuid)})

    answer = client.post(new_url(clause), data)

    page = markup(answer)
    assert answer.status_code == 422
    assert not Clause.objects.filter(uuid=data["subject"]).exists()
    assert "รอบคอบ" in page
    assert "ซ้ำกับข้ออื่น" in page
    assert ("ขณะนี้ข้อนั้นอยู่ใน “การส่งหนังสือ”" in page) is (act == "moved")
    assert answer.context["form"]["words-text"].value() == WORDS
    kept = DraftBuffer.objects.get()
    assert kept.values["words-text"] == [WORDS]
    left = client.get(new_url(clause), {"subject": data["subject"]})
    assert left.context["page"].lost  # asked at once, not when it is sent

    data |= dict(answer.context["page"].hidden) | {"numbered": "paren"}
    assert client.post(new_url(clause), data | {"beside": ""}).status_code == 422
    nowhere = client.post(new_url(clause), data | {"beside": str(clause.uuid)})
    assert nowhere.status_code == 422
    assert "ที่ที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่" in markup(nowhere)
    first = factories.clause_at(clause.section, "5.1")
    chosen = {"beside": str(first.uuid), "how": "after"}
    assert client.post(new_url(clause), data | chosen).status_code == 303
    added = factories.clause_at(clause.section, "5.2")
    assert (str(added.uuid), added.plain) == (data["subject"], WORDS)
    assert added.numbering == first.numbering
    assert not DraftBuffer.objects.exists()


@pytest.mark.parametrize("how", ["below", "part"])
def test_lost_clause_to_come_goes_below_another_or_last_in_a_part(
    sign_in, drafter, clause, how
):
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")
    first = factories.clause_at(clause.section, "5.1")
    data = sent_new(parent=str(clause.uuid))
    beside = str(first.uuid) if how == "below" else "part-2"
    data |= {"beside": beside, "how": how, "numbered": "none"}
    assert sign_in(drafter).post(new_url(clause), data).status_code == 303
    added = Clause.objects.get(uuid=data["subject"])
    expected = (5, first) if how == "below" else (2, None)
    assert (added.part, added.parent) == expected
    assert added.numbering == "paren"  # which the person chose


def test_part_chosen_for_a_clause_to_come_is_one_that_takes_its_kind(
    sign_in, drafter, clause
):
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")
    data = sent_new(after=str(clause.uuid))
    for wrong in ("part-6", "part-9", "part-x", "part-", "x"):
        answer = sign_in(drafter).post(new_url(clause), data | {"beside": wrong})
        assert answer.status_code == 422, wrong


def test_clause_sent_twice_is_stored_once_though_its_place_is_gone_since(
    sign_in, drafter, clause
):
    client = sign_in(drafter)
    data = sent_new(after=str(clause.uuid))
    first = client.post(new_url(clause), data)
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำกับข้ออื่น")
    again = client.post(new_url(clause), data)
    assert (again.status_code, again["Location"]) == (303, first["Location"])


def test_definition_has_a_term(sign_in, drafter, clause):
    data = {
        **{
            "subject": str(uuid4()),
            "part": "4",
            "kind": "definition",
            "lock_version": "0",
        },
        **{"words-term": "ระบบ", "words-text": "ระบบสารบรรณอิเล็กทรอนิกส์"},
        **{"numbering": "decimal", "applies_to": "both", "reason": REASON},
    }
    assert sign_in(drafter).post(new_url(clause), data).status_code == 303
    content = Clause.objects.get(uuid=data["subject"]).content
    assert content == Definition(body="ระบบสารบรรณอิเล็กทรอนิกส์", term="ระบบ")


def test_verb_of_a_definition_is_chosen_shown_and_kept(sign_in, drafter, process):
    meaning = Definition(term="งานสารบรรณ", verb="หมายความว่า", body="งานที่เกี่ยวกับเอกสาร")
    made = factories.make_clause(process, meaning, by=drafter, part=4)
    client = sign_in(drafter)
    assert client.get(url_of(made)).context["form"]["verb"].value() == "หมายความว่า"
    draft = client.get(f"/groups/DIR/drafts/{process.uuid}/").content.decode()
    assert "<strong>งานสารบรรณ</strong> หมายความว่า งานที่เกี่ยวกับเอกสาร" in draft

    for more, verb in (({}, "หมายความว่า"), ({"verb": ""}, "")):
        words = {"words-term": "งานสารบรรณ", "words-text": f"งานเอกสาร{verb}"}
        assert client.post(url_of(made), sent(made) | words | more).status_code == 303
        made.refresh_from_db()
        assert (made.content.term, made.content.verb) == ("งานสารบรรณ", verb)


@pytest.mark.parametrize(
    "asked",
    [
        *(
            {"part": "9", "kind": "text"},
            {"part": "1", "kind": "text"},
            {"part": "5", "kind": "reference"},
        ),
        *({"part": "x", "kind": "text"}, {}, {"subject": "x"}, {"subject": "0" * 32}),
    ],
    ids=str,
)
def test_place_that_is_none_has_no_page(sign_in, drafter, clause, asked):
    assert sign_in(drafter).get(new_url(clause), asked).status_code == 404


def test_new_clause_left_unsaved_goes_on(sign_in, drafter, clause):
    client = sign_in(drafter)
    subject = str(uuid4())
    data = {
        "subject": subject,
        "part": "5",
        "kind": "text",
        "words-text": "ครึ่งข้อ",
        "lock_version": "0",
    }
    client.post(f"/groups/DIR/drafts/{clause.section.uuid}/buffers/{subject}/", data)
    desk = markup(client.get(f"/groups/DIR/drafts/{clause.section.uuid}/"))
    assert f"?subject={subject}" in desk
    assert "ส่วนที่ 5 ขั้นตอนการปฏิบัติงาน ข้อใหม่" in desk
    page = client.get(new_url(clause), {"subject": subject})
    assert page.context["form"]["words-text"].value() == "ครึ่งข้อ"
    assert dict(page.context["page"].hidden)["subject"] == subject


# --- the page of the section


def test_undrafted_process_offers_its_parts_to_the_drafter_alone(
    sign_in, drafter, facilitator, unit
):
    empty = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    url = f"/groups/DIR/drafts/{empty.uuid}/"
    own, read = markup(sign_in(drafter).get(url)), markup(sign_in(facilitator).get(url))
    link = f"{url}clauses/new/?part=2&amp;kind=text"
    assert (link in own, link in read) == (True, False)


def test_section_costs_the_same_with_one_buffer_and_three(
    sign_in, drafter, second_drafter, process, assert_same_queries
):
    client = sign_in(drafter)
    clauses = list(Clause.objects.filter(section=process, part=5)[:3])
    factories.make_draft_buffer(drafter, clauses[0])
    factories.make_draft_buffer(second_drafter, clauses[0])

    def add_two() -> None:
        for clause in clauses[1:]:
            factories.make_draft_buffer(drafter, clause)
            factories.make_draft_buffer(second_drafter, clause)

    assert_same_queries(
        16, lambda: client.get(f"/groups/DIR/drafts/{process.uuid}/"), add_two
    )
