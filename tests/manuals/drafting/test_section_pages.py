"""The contents of a manual arranged in the browser: sections added, copied, pasted, renamed, moved, retired, back."""

from uuid import uuid4

import pytest

from manuals.content import Step, Text
from manuals.drafting.changes import ChangeRefused
from manuals.drafting.queries.contents import load_outline
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.sections import retire_section, revise_section
from manuals.drafting.services.structure import move_section
from manuals.importing.process_text import read_process
from manuals.models import Clause, ClauseLineage, Section, SectionLineage
from manuals.queries import load_draft_entries
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
CONTENTS = "/groups/DIR/drafts/"
REASON = "ตามคำสั่งแบ่งงานใหม่"


def url_of(section: Section, act: str) -> str:
    return f"{CONTENTS}{section.uuid}/{act}/"


def shift_form(section: Section, direction: str, **changed: str) -> dict[str, str]:
    """As the contents of the draft have it now."""
    rows = load_outline(section.manual)
    row = next(row for row in rows if row.section.pk == section.pk)
    data = {
        "version": str(row.section.version),
        "direction": direction,
        "above": str(row.neighbours.above or ""),
        "next": str(row.neighbours.next or ""),
    }
    return data | changed


def contents(manual) -> list[tuple[str, str | None]]:
    """[(title, title of what it stands below)] in book order."""
    sections = [row.section for row in load_outline(manual)]
    return [
        (section.title, section.parent and section.parent.title) for section in sections
    ]


def new_process(**more: str) -> dict[str, str]:
    return {
        **{
            "uuid": str(uuid4()),
            "kind": "process",
            "title": "การส่งหนังสือราชการ",
            "doc_code": "OPM-01-02",
        },
        **{
            "indicator": "",
            "applies_to": "both",
            "origin": "new",
            "parent": "",
            "copy_of": "",
            **more,
        },
    }


# --- a new one


def test_unit_and_process_are_added_and_the_process_opens(sign_in, drafter, unit):
    client = sign_in(drafter)
    client.post(
        f"{CONTENTS}new/", {"uuid": str(uuid4()), "kind": "unit", "title": "งานประชุม"}
    )
    data = new_process(parent=str(unit.uuid))
    answer = client.post(f"{CONTENTS}new/", data)
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"{CONTENTS}{data['uuid']}/",
    )
    assert (
        client.post(f"{CONTENTS}new/", data)["Location"] == answer["Location"]
    )  # sent twice, added once
    made = Section.objects.get(uuid=data["uuid"])
    assert (made.parent, made.data, made.origin, made.version) == (
        unit,
        {"doc_code": "OPM-01-02"},
        "new",
        1,
    )
    assert contents(unit.manual).count(("การส่งหนังสือราชการ", "งานสารบรรณ")) == 1
    assert ("งานประชุม", None) in contents(unit.manual)


def test_parts_before_and_behind_the_processes_are_made_by_hand_and_written(
    sign_in, drafter, unit
):
    client = sign_in(drafter)
    for kind, title in (
        ("annex", "ภาคผนวก ก"),
        ("chapter", "หมวด 1"),
        ("mission", "ภารกิจ"),
        ("front", "คำนำ"),
    ):
        assert client.get(f"{CONTENTS}new/", {"kind": kind}).status_code == 200
        data = {"uuid": str(uuid4()), "kind": kind, "title": f"  {title} "}
        assert (
            client.post(f"{CONTENTS}new/", data)["Location"]
            == f"{CONTENTS}{data['uuid']}/"
        )
    titles = [title for title, _ in contents(unit.manual)]
    assert titles == ["คำนำ", "ภารกิจ", "งานสารบรรณ", "ภาคผนวก ก", "หมวด 1"]
    foreword = Section.objects.get(title="คำนำ")
    page = markup(client.get(f"{CONTENTS}{foreword.uuid}/"))
    assert f"/drafts/{foreword.uuid}/clauses/new/?part=0&amp;kind=text" in page
    first = client.get(
        f"{CONTENTS}{foreword.uuid}/clauses/new/?part=0&kind=text", follow=True
    )
    assert first.context["form"]["numbering"].value() == "none"


def test_copy_has_uuids_of_its_own_a_descent_and_its_own_branches(
    sign_in, drafter, process
):
    first = factories.clause_at(process, "5.1")
    factories.make_clause(
        process,
        Text(body=f'ตามข้อ<span data-ref="{first.uuid}"></span>'),
        part=5,
        by=drafter,
    )
    data = new_process(copy_of=str(process.uuid))
    assert sign_in(drafter).post(f"{CONTENTS}new/", data).status_code == 303
    copy = Section.objects.get(uuid=data["uuid"])
    originals, copies = load_draft_entries(process)[1:], load_draft_entries(copy)[1:]
    assert [entry.cite for entry in copies] == [entry.cite for entry in originals]
    assert not {entry.uuid for entry in copies} & {entry.uuid for entry in originals}
    lines = set(
        ClauseLineage.objects.values_list(
            "from_clause__uuid", "to_clause__uuid", "kind"
        )
    )
    assert lines == {
        (old.uuid, new.uuid, "copied")
        for old, new in zip(originals, copies, strict=True)
    }
    assert SectionLineage.objects.get().from_section == process
    assert copy.data == {
        "doc_code": "OPM-01-02",
        "indicator": process.data["indicator"],
    }
    own = {str(entry.uuid) for entry in copies}
    steps = [entry.content for entry in copies if isinstance(entry.content, Step)]
    assert {branch["to"] for step in steps for branch in step.next} <= own
    assert (
        str(factories.clause_at(copy, "5.1").uuid)
        in Clause.objects.get(section=copy, body__contains="data-ref").body
    )


def test_process_without_a_name_is_not_added_and_the_rest_stays(sign_in, drafter, unit):
    answer = sign_in(drafter).post(
        f"{CONTENTS}new/", new_process(title=" ", doc_code="OPM-77")
    )
    assert answer.status_code == 422
    assert "โปรดกรอกชื่อ" in answer.content.decode()
    assert "OPM-77" in answer.content.decode()


def test_kind_there_is_not_is_not_added(sign_in, drafter, unit):
    assert sign_in(drafter).get(f"{CONTENTS}new/", {"kind": "poem"}).status_code == 404


# --- pasted


def test_pasted_text_is_looked_at_like_a_file(sign_in, drafter, manual):
    client = sign_in(drafter)
    answer = client.post(f"{CONTENTS}files/paste/", {"text": factories.PROCESS_TEXT})
    assert answer.status_code == 303
    preview = client.get(answer["Location"])
    assert "การรับหนังสือราชการ" in preview.content.decode()
    assert not Section.objects.exists()
    assert [card.process.file_name for card in preview.context["cards"]] == [
        "ข้อความที่วาง"
    ]


@pytest.mark.parametrize(
    ("text", "told"), [("เรียน ผู้อำนวยการ", "ไม่พบหัวข้อ"), ("  ", "โปรดวางข้อความ")]
)
def test_pasted_text_that_is_no_process_stays_in_its_field(
    sign_in, drafter, manual, text, told
):
    answer = sign_in(drafter).post(f"{CONTENTS}files/paste/", {"text": text})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert text.strip() in answer.content.decode()


# --- what it says of itself


def facts_of(process: Section, **more: str) -> dict[str, str]:
    return {
        **{
            "version": str(process.version),
            "title": process.title,
            "doc_code": "OPM-01-09",
            "indicator": "",
        },
        **{"applies_to": "primary", "origin": "revised", "reason": REASON, **more},
    }


def test_facts_are_one_version(sign_in, drafter, process):
    answer = sign_in(drafter).post(
        url_of(process, "facts"), facts_of(process, title="การรับหนังสือ")
    )
    assert answer.status_code == 303
    version = process.version
    process.refresh_from_db()
    assert (
        process.title,
        process.data,
        process.applies_to,
        process.origin,
        process.version,
    ) == (
        *("การรับหนังสือ", {"doc_code": "OPM-01-09"}, "primary", "revised"),
        version + 1,
    )


def test_old_facts_say_who_was_quicker_and_stay(
    sign_in, drafter, second_drafter, process
):
    revise_section(
        process,
        process.version,
        {"title": "ชื่อของอีกคน"},
        by=second_drafter,
        reason="สั้นลง",
    )
    answer = sign_in(drafter).post(
        url_of(process, "facts"), facts_of(process, title="ชื่อของฉัน")
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert second_drafter.get_full_name() in page
    assert "“ชื่อของอีกคน”" in page
    assert answer.context["form"]["title"].value() == "ชื่อของฉัน"
    assert answer.context["form"]["version"].value() == str(process.version + 1)


@pytest.mark.parametrize("field", ["title", "doc_code", "indicator"])
@pytest.mark.parametrize("mark", ["⟦1⟧", "⟦", "⟦หนา⟧"])
def test_marks_of_the_editor_stand_in_no_fact(sign_in, drafter, process, field, mark):
    client = sign_in(drafter)
    sent = facts_of(process, **{field: f"ข้อมูล{mark}"})
    answer = client.post(url_of(process, "facts"), sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    new = client.post(f"{CONTENTS}new/", new_process(**{field: f"ข้อมูล{mark}"}))
    assert (new.status_code, list(new.context["form"].errors)) == (422, [field])


def test_facts_of_two_people_go_into_one_form(
    sign_in, drafter, second_drafter, process
):
    read = facts_of(process, indicator=process.data.get("indicator", ""))
    revise_section(
        process,
        process.version,
        {"data": {**process.data, "indicator": "ร้อยละ 90"}, "title": "ชื่อของอีกคน"},
        by=second_drafter,
        reason="ตามแผน",
    )
    client = sign_in(drafter)
    sent = {**read, "title": "ชื่อของฉัน", "doc_code": "OPM-09-09"}
    answer = client.post(url_of(process, "facts"), sent)
    assert answer.status_code == 409
    form = answer.context["form"]
    fields = {bound.name: str(bound.value() or "") for bound in form}
    assert fields["indicator"] == "ร้อยละ 90"  # theirs, which nobody typed over
    assert fields["doc_code"] == "OPM-09-09"
    [clash] = form.stored_values
    assert (clash.stored, clash.typed) == ("ชื่อของอีกคน", "ชื่อของฉัน")
    assert client.post(url_of(process, "facts"), fields).status_code == 303
    process.refresh_from_db()
    assert (process.title, process.data["indicator"]) == ("ชื่อของฉัน", "ร้อยละ 90")


@pytest.mark.parametrize("act", ["facts", "move"])
def test_change_of_a_clause_is_no_conflict_with_what_the_section_says(
    sign_in, drafter, second_drafter, clause, act
):
    process = clause.section
    unit = factories.make_section(process.manual, "งานประสาน", by=drafter)
    sent = {
        "facts": facts_of(process, title="การรับหนังสือ"),
        "move": {
            "version": process.version,
            "where": f"in:{unit.uuid}",
            "reason": REASON,
        },
    }[act]
    revise_clause(
        clause,
        clause.lock_version,
        Text(body="ตรวจสอบหนังสือ"),
        numbering=clause.numbering,
        by=second_drafter,
        reason="สั้นลง",
    )
    assert sign_in(drafter).post(url_of(process, act), sent).status_code == 303


@pytest.mark.parametrize("typed", ["  การรับหนังสือ   ภายนอก ", "การรับหนังสือ\u00a0 ภายนอก"])
def test_name_has_one_space_between_words_and_none_around(
    sign_in, drafter, process, typed
):
    client = sign_in(drafter)
    sent = facts_of(process, title=typed)
    assert client.post(url_of(process, "facts"), sent).status_code == 303
    data = new_process(title=typed)
    assert client.post(f"{CONTENTS}new/", data).status_code == 303
    titles = Section.objects.filter(kind="process").values_list("title", flat=True)
    assert set(titles) == {"การรับหนังสือ ภายนอก"}
    draft = read_process(
        factories.PROCESS_TEXT.replace("การรับหนังสือราชการ", f"การรับ  หนังสือ  {typed}")
    )
    assert draft.title == "การรับ หนังสือ การรับหนังสือ ภายนอก"


# --- where it stands


def test_section_goes_up_and_down(sign_in, drafter, manual):
    one, two = (
        factories.make_section(manual, title, by=drafter) for title in ("หนึ่ง", "สอง")
    )
    client = sign_in(drafter)
    answer = client.post(url_of(two, "shift"), shift_form(two, "up"))
    assert answer["Location"].endswith(f"#s-{two.uuid.hex[:8]}")
    assert contents(manual) == [("สอง", None), ("หนึ่ง", None)]
    client.post(url_of(two, "shift"), shift_form(two, "down"))
    assert contents(manual) == [("หนึ่ง", None), ("สอง", None)]
    sent = shift_form(one, "up")
    assert client.post(url_of(one, "shift"), sent).status_code == 422
    sent = shift_form(one, "down", version="9")
    assert client.post(url_of(one, "shift"), sent).status_code == 409


def test_section_shifted_twice_is_no_conflict_with_oneself(
    sign_in, drafter, second_drafter, manual
):
    factories.make_section(manual, "หนึ่ง", by=drafter)
    two = factories.make_section(manual, "สอง", by=drafter)
    sent = shift_form(two, "up")
    client = sign_in(drafter)
    for _ in range(2):
        assert client.post(url_of(two, "shift"), sent).status_code == 303
    assert contents(manual) == [("สอง", None), ("หนึ่ง", None)]
    theirs = sign_in(second_drafter).post(url_of(two, "shift"), sent)
    assert theirs.status_code == 409


def test_section_passes_the_neighbour_that_was_seen_or_stays(
    sign_in, drafter, second_drafter, manual
):
    one, _, three = (
        factories.make_section(manual, title, by=drafter)
        for title in ("หนึ่ง", "สอง", "สาม")
    )
    sent = shift_form(one, "down")
    client = sign_in(drafter)
    page = markup(client.get(CONTENTS))
    assert f'name="next" value="{sent["next"]}"' in page
    sign_in(second_drafter).post(url_of(three, "shift"), shift_form(three, "up"))
    answer = client.post(url_of(one, "shift"), sent)
    assert answer.status_code == 409
    assert contents(manual) == [("หนึ่ง", None), ("สาม", None), ("สอง", None)]
    seen, _, now = answer.content.decode().partition("ลำดับขณะนี้")
    assert second_drafter.get_full_name() in seen
    assert "สอง" in seen.partition("ลำดับเมื่อท่านเปิดหน้า")[2]
    assert "สาม" in now


def test_section_moves_below_another_unit_or_behind_a_section(
    sign_in, drafter, unit, process
):
    other = factories.make_section(unit.manual, "งานประสานงาน", by=drafter)
    below = factories.make_section(
        parent=other, title="การประชุม", kind="process", by=drafter
    )
    client = sign_in(drafter)
    sent = {
        "version": str(process.version),
        "where": f"after:{below.uuid}",
        "reason": REASON,
    }
    client.post(url_of(process, "move"), sent)
    assert contents(unit.manual)[-2:] == [
        ("การประชุม", "งานประสานงาน"),
        (process.title, "งานประสานงาน"),
    ]
    process.refresh_from_db()
    client.post(
        url_of(process, "move"),
        {**sent, "version": process.version, "where": f"in:{unit.uuid}"},
    )
    process.refresh_from_db()
    assert process.parent == unit
    offered = client.get(url_of(unit, "move")).context["form"].fields["where"].choices
    values = [value for _, group in offered[1:] for value, _ in group]
    assert values == ["in:", f"after:{other.uuid}"]  # below a unit stand processes


def test_only_a_process_stands_below_a_unit(sign_in, drafter, unit):
    mission = factories.make_section(unit.manual, "ภารกิจ", kind="mission", by=drafter)

    with pytest.raises(ChangeRefused, match="ใต้งานมีได้เฉพาะกระบวนงาน"):
        move_section(mission, mission.version, parent=unit, by=drafter, reason=REASON)

    assert Section.objects.get(pk=mission.pk).parent is None


def test_section_moves_to_another_manual_that_one_may_write_in(
    sign_in, drafter, process, fin_group
):
    elsewhere = factories.make_manual(fin_group)
    unit = factories.make_section(elsewhere, "งานการเงิน", by=drafter)
    client = sign_in(drafter)
    sent = {
        "version": str(process.version),
        "where": f"in:{unit.uuid}",
        "reason": REASON,
    }
    assert (
        client.post(url_of(process, "move"), sent).status_code == 422
    )  # not a drafter of that group
    assert (
        client.post(url_of(process, "move"), {**sent, "where": "to:FIN"}).status_code
        == 422
    )

    factories.make_role(drafter, "drafter", group=fin_group)
    uuids = set(
        Clause.objects.live().filter(section=process).values_list("uuid", flat=True)
    )
    answer = sign_in(drafter).post(url_of(process, "move"), sent)
    assert answer["Location"].startswith("/groups/FIN/drafts/#s-")
    moved = Section.objects.get(uuid=process.uuid)
    assert (moved.manual, moved.parent) == (elsewhere, unit)
    assert (
        set(
            Clause.objects.live()
            .filter(section__manual=elsewhere)
            .values_list("uuid", flat=True)
        )
        == uuids
    )
    there = f"/groups/FIN/drafts/{process.uuid}/move/"
    assert (
        client.post(
            there, {**sent, "version": str(moved.version), "where": "to:DIR"}
        ).status_code
        == 303
    )
    moved.refresh_from_db()
    assert (moved.manual, moved.parent) == (process.manual, None)


# --- retired, and back


def test_section_is_retired_with_a_reason_and_comes_back(sign_in, drafter, process):
    client = sign_in(drafter)
    refused = client.post(
        url_of(process, "retire"), {"version": process.version, "reason": ""}
    )
    assert refused.status_code == 422
    answer = client.post(
        url_of(process, "retire"), {"version": process.version, "reason": REASON}
    )
    assert answer["Location"] == f"{CONTENTS}#retired"
    assert process.title not in [title for title, _ in contents(process.manual)]
    page = markup(client.get(CONTENTS))
    assert REASON in page
    assert url_of(process, "restore") in page
    process.refresh_from_db()
    client.post(url_of(process, "restore"), {"version": process.version})
    assert (process.title, "งานสารบรรณ") in contents(process.manual)
    assert len(load_draft_entries(process)) == 18


def test_unit_with_processes_says_what_to_move_first(sign_in, drafter, unit, process):
    page = markup(sign_in(drafter).get(url_of(unit, "retire")))
    assert "โปรดย้ายหรือยกเลิกหัวข้อย่อยต่อไปนี้ก่อน" in page
    assert url_of(process, "retire") in page
    assert 'name="reason"' not in page


def test_process_of_a_retired_unit_waits_for_it(sign_in, drafter, unit):
    below = factories.make_section(
        parent=unit, title="การประชุม", kind="process", by=drafter
    )
    retire_section(below, below.version, by=drafter, reason=REASON)
    retire_section(unit, unit.version, by=drafter, reason=REASON)
    below.refresh_from_db()
    answer = sign_in(drafter).post(url_of(below, "restore"), {"version": below.version})
    assert answer.status_code == 422
    assert "หัวข้อหลักยกเลิกแล้ว" in answer.content.decode()


def test_retiring_a_section_is_undone_from_nothing_newer(sign_in, drafter, process):
    retire_section(process, process.version, by=drafter, reason=REASON)
    process.refresh_from_db()
    sign_in(drafter).post(
        f"{CONTENTS}{process.uuid}/undo/", {"version": process.version}
    )
    process.refresh_from_db()
    assert process.retired is None


def test_moving_a_section_is_undone(sign_in, drafter, unit, process):
    client = sign_in(drafter)
    other = factories.make_section(unit.manual, "งานประสานงาน", by=drafter)
    sent = {
        "version": str(process.version),
        "where": f"in:{other.uuid}",
        "reason": REASON,
    }
    client.post(url_of(process, "move"), sent)
    client.post(f"{CONTENTS}{process.uuid}/undo/", {"version": process.version + 1})
    process.refresh_from_db()
    assert (process.parent, process.version) == (unit, 4)


def test_contents_cost_the_same_with_one_retired_section_and_three(
    sign_in, drafter, process, assert_same_queries
):
    client = sign_in(drafter)

    def retire(title: str) -> None:
        section = factories.make_section(
            process.manual, title, kind="process", by=drafter
        )
        retire_section(section, section.version, by=drafter, reason=REASON)

    retire("หนึ่ง")
    assert_same_queries(
        18, lambda: client.get(CONTENTS), lambda: (retire("สอง"), retire("สาม"))
    )


def test_empty_part_says_what_belongs_into_it_to_who_writes_it(
    sign_in, drafter, expert, manual
):
    new = factories.make_section(
        manual, "การทำลายหนังสือราชการ", kind="process", by=drafter
    )
    url = f"/groups/DIR/drafts/{new.uuid}/"
    written = markup(sign_in(drafter).get(url))
    assert "ระบุว่าจัดทำกระบวนงานนี้เพื่อสิ่งใด" in written
    assert "ไม่มีเนื้อหาในส่วนนี้" not in written
    assert "ระบุว่าจัดทำกระบวนงานนี้เพื่อสิ่งใด" not in markup(sign_in(expert).get(url))


def told_of(client, answer) -> str:
    """What the page says once after an act."""
    return " ".join(
        markup(client.get(answer["Location"])).replace("\u00a0", " ").split()
    )


def test_title_that_another_process_has_is_told_and_taken(
    sign_in, drafter, unit, process
):
    client, told = (
        sign_in(drafter),
        "มีกระบวนงานชื่อเดียวกันอีก 1 กระบวนงาน (อยู่ใน งานสารบรรณ)",
    )
    spaced = process.title.replace("หนังสือ", "หนังสือ ")
    added = client.post(f"{CONTENTS}new/", new_process(title=spaced))
    assert told in told_of(client, added)
    own = Section.objects.get(title=spaced)
    retire_section(own, own.version, by=drafter, reason=REASON)
    copy = new_process(title=process.title, copy_of=str(process.uuid))
    assert told in told_of(client, client.post(f"{CONTENTS}new/", copy))
    made = Section.objects.get(uuid=copy["uuid"])
    facts = {
        "version": str(made.version),
        "title": "การส่งหนังสือ",
        "doc_code": "",
        "indicator": "",
        "applies_to": "both",
        "origin": "new",
        "reason": REASON,
    }
    renamed = client.post(url_of(made, "facts"), facts)
    assert "ชื่อเดียวกัน" not in told_of(client, renamed)
    again = facts | {"version": str(made.version + 1), "title": process.title}
    assert told in told_of(client, client.post(url_of(made, "facts"), again))
    made.refresh_from_db()
    retire_section(made, made.version, by=drafter, reason=REASON)
    made.refresh_from_db()
    back = client.post(url_of(made, "restore"), {"version": str(made.version)})
    assert told in told_of(client, back)


def test_join_tells_what_the_other_process_says_of_itself_and_leaves_behind(
    sign_in, drafter, process, unit
):
    """Not what both say, nor what nobody filled in."""
    facts = {"doc_code": "DIR-07", "indicator": "ร้อยละของหนังสือที่ส่งทันเวลา"}
    other = factories.make_section(
        unit.manual,
        "การส่งหนังสือ",
        kind="process",
        parent=unit,
        by=drafter,
        data=facts,
        applies_to="secondary",
    )
    factories.make_section(
        unit.manual,
        "การเก็บหนังสือ",
        kind="process",
        parent=unit,
        by=drafter,
        data={"doc_code": process.data.get("doc_code", "")},
        applies_to=process.applies_to,
        origin=process.origin,
    )
    client = sign_in(drafter)
    page = client.get(f"/groups/DIR/drafts/{process.uuid}/join/")
    [left] = page.context["left_facts"]
    assert left.section == other
    assert left.facts[:3] == [
        ("รหัสเอกสาร", "DIR-07"),
        ("ตัวชี้วัด", "ร้อยละของหนังสือที่ส่งทันเวลา"),
        ("ใช้กับสำนักงานเขต", "สพม."),
    ]
    words = markup(page)
    assert "ข้อมูลของกระบวนงานที่รวมเข้ามา ไม่มาด้วย" in words
    assert "รหัสเอกสาร “DIR-07”" in words
    assert f'href="/groups/DIR/drafts/{process.uuid}/facts/"' in words
