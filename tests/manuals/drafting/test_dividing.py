"""Splitting a process into two, joining two of one unit, and taking either back."""

from uuid import uuid4

import pytest

from manuals.comparing.fates import Evidence, ProcessFate
from manuals.comparing.queries.processes import compare_processes
from manuals.comparing.sides import Side, Sides
from manuals.content import Step
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, Section
from manuals.queries import load_draft_entries
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "เป็นงานคนละขั้น"


def url_of(section: Section, act: str = "") -> str:
    return f"/groups/DIR/drafts/{section.uuid}/{act}"


def cited(section: Section) -> dict[str, str]:
    """{number: uuid} of its clauses as they stand."""
    return {
        f"{entry.part} {entry.cite}": str(entry.uuid)
        for entry in load_draft_entries(section)[1:]
    }


def fill(client, section: Section, act: str, **typed: str) -> dict[str, str]:
    """What the form of the act sends."""
    form = client.get(url_of(section, act)).context["form"]
    sent = {bound.html_name: str(bound.value() or "") for bound in form}
    return {**sent, "reason": REASON, **typed}


def split(client, section: Section, sent: dict[str, str]):
    """Knowingly: what goes along from later parts is told first, and all of it goes."""
    answer = client.post(url_of(section, "split/"), sent)
    if answer.status_code != 200:
        return answer
    form = answer.context["form"]
    known = {"known": form["known"].value(), "along": form["along"].value()}
    return client.post(url_of(section, "split/"), {**sent, **known})


@pytest.fixture
def split_off(sign_in, drafter, process, clause) -> Section:
    """What stands from 5.2 on in a process of its own."""
    client = sign_in(drafter)
    sent = fill(
        client, process, "split/", start=str(clause.uuid), title="การตรวจรับหนังสือ"
    )
    for _ in range(2):  # sent twice
        answer = split(client, process, sent)
        assert answer.status_code == 303
    made = Section.objects.get(uuid=sent["uuid"])
    assert answer["Location"] == url_of(made)
    process.refresh_from_db()
    return made


def test_process_is_split_with_its_clauses_and_put_together_by_undoing(
    sign_in, drafter, process, clause, manual
):
    before = cited(process)
    client = sign_in(drafter)
    page = markup(client.get(url_of(process, "split/")))
    assert "ข้อ 5.2 ตรวจสอบความครบถ้วน" in page
    steps = [str(c.uuid) for c in Clause.objects.filter(section=process, kind="step")]
    starts = page.partition('name="start"')[2].partition("</select>")[0]
    assert not any(uuid in starts for uuid in steps)
    sent = fill(client, process, "split/", start=str(clause.uuid), title="การตรวจรับ")
    split(client, process, sent)

    made = Section.objects.get(uuid=sent["uuid"])
    left, went = cited(process), cited(made)
    assert list(left) == [name for name in before if name < "5 5.2"]
    assert list(went.values()) == [u for name, u in before.items() if name >= "5 5.2"]
    assert (made.parent, made.kind, made.title) == (
        process.parent,
        "process",
        "การตรวจรับ",
    )
    titles = list(Section.objects.live().filter(parent=process.parent).order_by("rank"))
    assert titles[titles.index(process) + 1] == made

    process.refresh_from_db()
    undone = {"version": str(process.version)}
    assert client.post(url_of(process, "undo/"), undone).status_code == 303
    made.refresh_from_db()
    assert (cited(process), made.retired is None) == (before, False)
    process.refresh_from_db()
    again = {"version": str(process.version), "again": "1"}
    assert client.post(url_of(process, "undo/"), again).status_code == 303
    assert (cited(process), cited(made)) == (left, went)


def test_one_part_is_split_off_alone(sign_in, drafter, process):
    before = cited(process)
    client = sign_in(drafter)
    sent = fill(
        client, process, "split/", start="part-5", extent="part", title="การตรวจรับ"
    )
    client.post(url_of(process, "split/"), sent)
    made = Section.objects.get(uuid=sent["uuid"])
    assert list(cited(made)) == [name for name in before if name.startswith("5 ")]


def test_what_goes_along_from_later_parts_is_told_and_chosen(
    sign_in, drafter, process, clause
):
    before = cited(process)
    client = sign_in(drafter)
    url = url_of(process, "split/")
    sent = fill(client, process, "split/", start=str(clause.uuid), title="การตรวจรับ")

    asked = client.post(url, sent)
    page = markup(asked)
    steps = len([name for name in before if name.startswith("9 ")])
    going = len([name for name in before if name >= "5 5.2"])
    assert (asked.status_code, cited(process)) == (200, before)
    assert "ยังไม่ได้แยก โปรดตรวจสิ่งที่ไปด้วย" in page
    assert f"{steps} ขั้นตอน" in page.partition("ไปกระบวนงานใหม่")[2].partition("คงไว้")[0]
    form = asked.context["form"]
    assert form["known"].value().startswith(f"{going} ")
    parts = form["along"].value()
    assert parts == sorted({name[0] for name in before if name > "6"})

    # Another start is asked about again, whatever was shown before
    known = {**sent, "known": form["known"].value(), "along": parts[:-1]}
    other = client.post(url, {**known, "start": "part-7"})
    assert (other.status_code, cited(process)) == (200, before)
    untitled = client.post(url, {**known, "title": ""})
    assert untitled.context["form"]["along"].value() == parts[:-1]
    assert client.post(url, known).status_code == 303
    made = Section.objects.get(uuid=sent["uuid"])
    assert {name[0] for name in cited(made)} == {"5", *parts[:-1]}
    assert parts[-1] in {name[0] for name in cited(process)}


def test_table_of_steps_is_divided_at_a_step_or_stays(
    sign_in, drafter, process, clause
):
    for words in ("รับหนังสือ", "ตรวจ", "ส่งคืน"):
        factories.make_clause(process, Step(body=words), part=9, by=drafter)
    before = [name for name in cited(process) if name.startswith("9 ")]
    client = sign_in(drafter)
    start = {"start": str(clause.uuid), "title": "การตรวจรับ"}
    second = cited(process)[before[-2]]
    sent = fill(client, process, "split/", steps=second, **start)
    assert split(client, process, sent).status_code == 303
    made = Section.objects.get(uuid=sent["uuid"])
    kept = [name for name in cited(process) if name.startswith("9 ")]
    assert kept == before[:-2]
    went = cited(made)
    assert second in went.values()
    assert len([name for name in went if name.startswith("9 ")]) == 2

    process.refresh_from_db()
    undone = {"version": str(process.version)}
    assert client.post(url_of(process, "undo/"), undone).status_code == 303
    assert [name for name in cited(process) if name.startswith("9 ")] == before
    stays = fill(client, process, "split/", steps="stay", **start)
    assert split(client, process, stays).status_code == 303
    assert [name for name in cited(process) if name.startswith("9 ")] == before
    process.refresh_from_db()
    gone = fill(client, process, "split/", start="part-2", title="อีกงาน")
    gone["steps"] = str(uuid4())
    assert client.post(url_of(process, "split/"), gone).status_code == 422


def test_nothing_left_behind_is_no_split(sign_in, drafter, process):
    client = sign_in(drafter)
    first = load_draft_entries(process)[1].part
    sent = fill(client, process, "split/", start=f"part-{first}", title="การตรวจรับ")
    answer = client.post(url_of(process, "split/"), sent)
    assert answer.status_code == 422
    assert "จะไม่เหลือข้อใด" in answer.content.decode()


def test_split_is_not_offered_to_be_undone_once_somebody_wrote_in_the_new_process(
    sign_in, drafter, second_drafter, process, split_off, clause
):
    client = sign_in(drafter)
    assert client.get(url_of(process)).context["desk"].undoable is not None
    clause.refresh_from_db()
    retire_clause(clause, clause.lock_version, by=second_drafter, reason="ซ้ำ")
    assert client.get(url_of(process)).context["desk"].undoable is None


def test_joined_processes_have_the_clauses_of_both_and_come_apart_by_undoing(
    sign_in, drafter, second_drafter, process, split_off
):
    client = sign_in(drafter)
    kept, taken = cited(process), cited(split_off)
    factories.make_clause(process, "ส่งต่อ", by=second_drafter)
    own = cited(process)
    sent = fill(client, process, "join/", other=str(split_off.uuid))
    for _ in range(2):  # sent twice
        assert client.post(url_of(process, "join/"), sent).status_code == 303

    assert set(cited(process).values()) >= {*own.values(), *taken.values()}
    fifth = [uuid for name, uuid in cited(process).items() if name.startswith("5 ")]
    mine = [uuid for name, uuid in own.items() if name.startswith("5 ")]
    theirs = [uuid for name, uuid in taken.items() if name.startswith("5 ")]
    assert fifth == mine + theirs
    split_off.refresh_from_db()
    assert split_off.retired.reason == REASON
    gone = markup(client.get(url_of(split_off)))
    assert f'<a href="{url_of(process)}">' in gone.partition("ไปอยู่ใน")[2]
    assert "ยังไม่ได้เขียนเนื้อหา" not in gone
    for section in (process, split_off):
        history = markup(client.get(url_of(section, "versions/")))
        assert ("แยกกระบวนงาน" in history, "รวมกระบวนงาน" in history) == (True, True)
        assert ("แยกข้อ" in history, "รวมข้อ" in history) == (False, False)

    process.refresh_from_db()
    client.post(url_of(process, "undo/"), {"version": str(process.version)})
    split_off.refresh_from_db()
    assert (cited(process), cited(split_off)) == (own, taken)
    assert split_off.retired is None
    assert set(kept.values()) < set(own.values())


def test_join_of_what_somebody_changed_meanwhile_is_asked_again(
    sign_in, drafter, second_drafter, process, split_off
):
    client = sign_in(drafter)
    sent = fill(client, process, "join/", other=str(split_off.uuid))
    factories.make_clause(split_off, "เพิ่มภายหลัง", by=second_drafter)

    answer = client.post(url_of(process, "join/"), sent)

    assert answer.status_code == 409
    assert second_drafter.get_full_name() in answer.content.decode()
    form = answer.context["form"]
    assert form["reason"].value() == REASON
    again = {bound.html_name: str(bound.value() or "") for bound in form}
    assert client.post(url_of(process, "join/"), again).status_code == 303


def test_comparison_tells_what_was_split_and_what_was_joined(
    sign_in, drafter, admin, edition, process, unit, split_off
):
    second = factories.make_edition("SPLIT", kind="revised", by=admin, basis=edition)

    def fates(old, new) -> list[tuple]:
        compared = compare_processes(Sides(Side(old), Side(new)))
        told = []
        for each in compared.processes:
            evidence = [link.evidence for link in each.links]
            told.append((each.old and each.old.section_id, each.fate, evidence))
        return told

    certain = [Evidence.SAME, Evidence.RECORDED]
    assert fates(edition, second) == [(process.pk, ProcessFate.SPLIT, certain)]
    client = sign_in(drafter)
    sent = fill(client, process, "join/", other=str(split_off.uuid))
    client.post(url_of(process, "join/"), sent)
    third = factories.make_edition("JOINED", kind="revised", by=admin, basis=second)
    assert (split_off.pk, ProcessFate.JOINED, [Evidence.RECORDED]) in fates(
        second, third
    )
