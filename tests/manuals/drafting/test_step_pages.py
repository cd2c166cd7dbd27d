"""The table of steps: saved as one act, merged row by row, shown again by its buttons, drawn while it is typed."""

import re
from uuid import UUID, uuid4

import pytest

from hearing_portal.thai.markup import write_placeholders
from manuals.content import Note, Step
from manuals.drafting.queries.steps import find_step_clauses
from manuals.drafting.services.structure import retire_clause
from manuals.models import Clause, ClauseChange, DraftBuffer, Section, SectionVersion
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
REASON = "ปรับเวลาตามระบบสารบรรณอิเล็กทรอนิกส์"
CELLS = ("text", "duration", "standard", "actor", "system", "note")


class Sheet(dict):
    """The form on the table as it stands: {name: value or values}, with what somebody types into it."""

    def __init__(self, section: Section) -> None:
        clauses = find_step_clauses(section)
        super().__init__(
            row=[str(clause.uuid) for clause in clauses],
            read=[
                f"{clause.uuid}:{clause.lock_version}:{clause.sha}"
                for clause in clauses
            ],
            reason=REASON,
        )
        for clause in clauses:
            self.write(clause.uuid, clause.content)

    def write(self, uuid: UUID | str, step: Step) -> None:
        named = dict(step.fields())
        for name in CELLS:
            self[f"{uuid}-{name}"] = write_placeholders(named.get(name, ""))
        self[f"{uuid}-shape"] = step.shape
        self[f"{uuid}-applies_to"] = step.applies_to
        self[f"{uuid}-label"] = [branch["label"] for branch in step.next]
        self[f"{uuid}-to"] = [branch["to"] for branch in step.next]

    def type(self, place: int, name: str, value: str) -> None:
        self[f"{self['row'][place]}-{name}"] = value

    def add(self, place: int, **values: object) -> str:
        uuid = str(uuid4())
        self.write(uuid, Step(**values))
        self["row"].insert(place, uuid)
        return uuid


@pytest.fixture
def url(process: Section) -> str:
    return f"/groups/DIR/drafts/{process.uuid}/steps/"


@pytest.fixture
def sheet(process: Section) -> Sheet:
    return Sheet(process)


def texts(section: Section) -> list[str]:
    return [clause.body for clause in find_step_clauses(section)]


# --- saving


def test_all_that_changed_is_one_version_and_nothing_else_is_touched(
    sign_in, drafter, process, sheet, url
):
    version = process.version
    first, decision, back, last = find_step_clauses(process)
    sheet.type(0, "duration", "๒ ชั่วโมง")
    sheet["row"].remove(str(back.uuid))
    added = sheet.add(2, body="ลงทะเบียนรับ", actor="เจ้าพนักงานธุรการ")
    answer = sign_in(drafter).post(url, sheet)
    assert (answer.status_code, answer["Location"]) == (
        303,
        f"/groups/DIR/drafts/{process.uuid}/#part-9",
    )
    assert texts(process) == [first.body, decision.body, "ลงทะเบียนรับ", last.body]

    revised = SectionVersion.objects.get(section=process, number=version + 1)
    assert (revised.action, revised.reason, revised.revision.user) == (
        "edit",
        REASON,
        drafter,
    )
    changes = ClauseChange.objects.filter(revision=revised.revision).values_list(
        "clause__uuid", "kind"
    )
    assert set(changes) == {
        (first.uuid, "reworded"),
        (back.uuid, "retired"),
        (UUID(added), "added"),
    }
    first.refresh_from_db()
    assert first.content.duration == {"text": "๒ ชั่วโมง", "minutes": 120}


def test_word_of_a_branch_of_which_nothing_is_seen_is_none(
    sign_in, drafter, process, sheet, url
):
    _, decision, _, _ = find_step_clauses(process)
    labels = [branch["label"] for branch in decision.content.next]
    assert len(labels) == 2
    sheet[f"{decision.uuid}-label"] = [labels[0], "\u3164\u2800"]
    sign_in(drafter).post(url, sheet)
    decision.refresh_from_db()
    assert [branch["label"] for branch in decision.content.next] == [labels[0], ""]


def test_typed_number_of_a_clause_becomes_a_link_once(
    sign_in, drafter, process, sheet, url
):
    third = factories.clause_at(process, "5.3")
    sheet.type(0, "text", "เปิดระบบตามข้อ\u00a05.3 และข้อ 2.9")
    sheet.type(1, "label", ["คร\u200bบ", "ไม่ครบ"])
    client = sign_in(drafter)
    told = client.post(url, sheet, follow=True).content.decode()
    assert "ปรับรูปอักขระ 2 แห่ง" in told
    assert "เชื่อมข้อที่อ้าง 1 แห่ง: ข้อ 5.3" in told
    assert "อ้าง “ข้อ 2.9” ซึ่งไม่มีในกระบวนงานนี้" in told
    linked = f'เปิดระบบตาม<span data-ref="{third.uuid}"></span> และข้อ 2.9'
    assert texts(process)[0] == linked
    version = Section.objects.get(pk=process.pk).version
    assert (
        client.post(url, sheet).status_code == 303
    )  # sent twice: in no conflict with itself
    assert (texts(process)[0], Section.objects.get(pk=process.pk).version) == (
        linked,
        version,
    )
    # The row shows what its mark stands for, and keeps it
    page = client.get(url)
    assert "⟦1⟧ ข้อ 5.3 จัดลำดับความเร่งด่วน" in page.content.decode()
    again = Sheet(process)
    again.type(
        0, "text", page.context["page"].rows[0].row.form["text"].value() + " ทุกวัน"
    )
    client.post(url, again)
    assert texts(process)[0] == f"{linked} ทุกวัน"


def test_moved_row_keeps_its_uuid_and_the_branches_that_lead_to_it(
    sign_in, drafter, process, sheet, url
):
    _, decision, back, last = find_step_clauses(process)
    sheet["row"][2], sheet["row"][3] = sheet["row"][3], sheet["row"][2]
    assert sign_in(drafter).post(url, sheet).status_code == 303
    assert [clause.uuid for clause in find_step_clauses(process)][2:] == [
        last.uuid,
        back.uuid,
    ]
    decision.refresh_from_db()
    assert decision.lock_version == 1  # it was not touched
    assert ClauseChange.objects.order_by("-pk").first().kind == "moved"


def test_branches_lead_to_rows_also_to_the_one_below(
    sign_in, drafter, process, sheet, url
):
    uuids = sheet["row"]
    sheet.type(0, "shape", "decision")
    sheet.type(0, "label", ["พร้อม", "ไม่พร้อม"])
    sheet.type(0, "to", ["", uuids[3]])
    assert sign_in(drafter).post(url, sheet).status_code == 303
    first = find_step_clauses(process)[0].content
    assert first.next == [
        {"to": uuids[1], "label": "พร้อม"},
        {"to": uuids[3], "label": "ไม่พร้อม"},
    ]


def test_branches_to_rows_that_begin_alike_are_told_apart(
    sign_in, drafter, process, sheet, url
):
    alike = "ส่งหนังสือให้กลุ่มที่รับผิดชอบตามคำสั่งแบ่งงานของ"
    for number, group in enumerate(("กลุ่มการเงิน", "กลุ่มนโยบาย"), start=1):
        sheet.type(number, "text", alike + group)
    client = sign_in(drafter)
    assert client.post(url, sheet).status_code == 303
    choices = client.get(url).context["page"].choices
    told = re.findall(r">\d+ ([^<]+)<", choices)
    assert len(set(told)) == len(told)
    assert any("การเงิน" in words for words in told)
    assert not any(alike in words for words in told)


def test_first_steps_stand_before_the_notes_of_the_part(sign_in, drafter, unit):
    empty = factories.make_section(
        unit.manual, "การส่งหนังสือ", kind="process", parent=unit, by=drafter
    )
    note = factories.make_clause(
        empty, Note(body="หมายเหตุท้ายตาราง"), part=9, by=drafter
    )
    sheet = Sheet(empty)
    sheet.add(0, body="ร่างหนังสือ", shape="start")
    sheet.add(1, body="ส่งหนังสือ", shape="end")
    sheet.add(2)  # an empty row says nothing
    answer = sign_in(drafter).post(f"/groups/DIR/drafts/{empty.uuid}/steps/", sheet)
    assert answer.status_code == 303
    standing = Clause.objects.live().filter(section=empty, part=9).order_by("rank")
    assert [clause.body for clause in standing] == ["ร่างหนังสือ", "ส่งหนังสือ", note.body]


def test_marks_references_and_what_the_table_has_no_cell_for_stay(
    sign_in, drafter, process, url
):
    cited = factories.clause_at(process, "5.1")
    step = Step(
        body=f'ตาม<span data-ref="{cited.uuid}"></span> <strong>ทันที</strong>',
        explains=[str(cited.uuid)],
    )
    made = factories.make_clause(process, step, part=9, by=drafter)
    sheet = Sheet(process)
    sheet.type(4, "text", "ตาม⟦1⟧ ทันที ทุกวัน")
    assert sign_in(drafter).post(url, sheet).status_code == 303
    made.refresh_from_db()
    assert (
        made.body
        == f'ตาม<span data-ref="{cited.uuid}"></span> <strong>ทันที ทุกวัน</strong>'
    )
    assert made.content.explains == [str(cited.uuid)]


def test_sent_twice_it_is_saved_once(sign_in, drafter, process, sheet, url):
    sheet.type(0, "actor", "นักจัดการงานทั่วไป")
    sheet.add(4, body="จัดเก็บ")
    client = sign_in(drafter)
    assert [client.post(url, sheet).status_code for _ in range(2)] == [303, 303]
    assert texts(process).count("จัดเก็บ") == 1
    assert Section.objects.get(pk=process.pk).version == process.version + 1


def test_unchanged_table_makes_no_version(sign_in, drafter, process, sheet, url):
    client = sign_in(drafter)
    sent = sheet | {"sheet": str(uuid4())}
    client.post(f"/groups/DIR/drafts/{process.uuid}/buffers/{process.uuid}/", sent)
    answer = client.post(url, sent)
    assert answer.status_code == 422
    assert "ไม่มีสิ่งที่เปลี่ยน" in answer.content.decode()
    assert not DraftBuffer.objects.exists()  # no work that waits on the desk
    assert "data-unkept" not in answer.content.decode()
    assert Section.objects.get(pk=process.pk).version == process.version


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("text", "", "โปรดกรอกรายละเอียดงานของขั้นที่ 4"),
        ("actor", "ก" * 2001, "ขั้นที่ 4 ผู้รับผิดชอบ: ข้อความยาว"),
        ("shape", "circle", "ขั้นที่ 4 รูปในผัง"),
        ("label", "ครบ", "โปรดเลือกขั้นที่ไปของทาง “ครบ” ของขั้นที่ 4"),
        ("label", "ครบ⟦1⟧", "ข้อความบนทางของขั้นที่ 4: “⟦1⟧”"),
    ],
)
def test_what_is_wrong_is_told_and_the_text_stays(
    sign_in, drafter, process, sheet, url, name, value, told
):
    sheet.type(0, "standard", "พิมพ์ไว้แล้ว")
    if name == "text":
        for other in CELLS:
            sheet.type(3, other, "")
    sheet.type(3, name, value)
    answer = sign_in(drafter).post(url, sheet)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "พิมพ์ไว้แล้ว" in page
    assert Section.objects.get(pk=process.pk).version == process.version


def test_all_that_is_wrong_is_told_at_once(sign_in, drafter, process, sheet, url):
    sheet.type(3, "actor", "ก" * 2001)
    sheet.type(3, "label", ["ครบ", "ข" * 61])
    sheet.type(3, "to", ["", ""])
    sheet.type(0, "shape", "circle")
    sheet["reason"] = ""
    answer = sign_in(drafter).post(url, sheet)
    told = [words for words, _ in answer.context["page"].mistakes]
    assert answer.status_code == 422
    for wanted in (
        "ขั้นที่ 1 รูปในผัง",
        "ขั้นที่ 4 ผู้รับผิดชอบ: ข้อความยาว",
        "โปรดเลือกขั้นที่ไปของทาง “ครบ” ของขั้นที่ 4",
        "ข้อความบนทางของขั้นที่ 4 ยาวเกิน 60",
        "โปรดระบุเหตุผลหรือสิ่งที่แก้",
    ):
        assert any(wanted in words for words in told), wanted


def test_mark_that_names_no_reference_is_told_at_its_row(
    sign_in, drafter, process, sheet, url
):
    sheet.type(0, "text", "ทำตาม⟦7⟧")
    sheet.type(1, "actor", "ผู้ที่ระบุใน⟦1")
    answer = sign_in(drafter).post(url, sheet)
    assert answer.status_code == 422
    page = markup(answer)
    assert "“⟦7⟧” ไม่ตรงกับข้อที่อ้างถึง" in page
    assert "“⟦1” ไม่ตรงกับข้อที่อ้างถึง" in page


def test_row_of_another_section_is_not_taken(sign_in, drafter, process, sheet, url):
    stolen = str(factories.clause_at(process, "5.1").uuid)
    sheet.write(stolen, Step(body="แถวปลอม"))
    sheet["row"].append(stolen)
    answer = sign_in(drafter).post(url, sheet)
    assert answer.status_code == 422
    assert "แถวนี้บันทึกไว้ที่อื่นแล้ว" in answer.content.decode()


# --- somebody else was quicker


@pytest.fixture
def theirs(sign_in, second_drafter, process, url):
    """theirs(change): the second drafter saves the table as `change` makes it."""

    def save(change):
        own = Sheet(process)
        change(own)
        answer = sign_in(second_drafter).post(url, own)
        assert answer.status_code == 303, answer.context["page"].mistakes

    return save


def test_rows_that_do_not_clash_are_merged_without_a_word(
    sign_in, drafter, process, sheet, url, theirs
):
    def their_work(own: Sheet) -> None:
        own.type(0, "actor", "นักจัดการงานทั่วไป")  # another cell of the row I change
        own.type(1, "standard", "ครบทุกฉบับ")  # another row
        own.add(2, body="แถวของผู้อื่น")

    theirs(their_work)
    sheet.type(0, "duration", "5 นาที")
    sheet.add(4, body="แถวของฉัน")
    assert sign_in(drafter).post(url, sheet).status_code == 303
    standing = find_step_clauses(process)
    first = standing[0].content
    assert (first.actor, first.duration_text) == ("นักจัดการงานทั่วไป", "5 นาที")
    assert standing[1].content.standard == "ครบทุกฉบับ"
    assert (standing[2].body, standing[5].body) == ("แถวของผู้อื่น", "แถวของฉัน")


def test_clashing_row_shows_both_and_is_saved_when_seen(
    sign_in, drafter, process, sheet, url, theirs
):
    def their_work(own: Sheet) -> None:
        own.type(0, "duration", "20 นาที")
        own.type(1, "standard", "ครบทุกฉบับ")

    theirs(their_work)
    sheet.type(0, "duration", "5 นาที")
    sheet.type(3, "note", "ของฉัน")
    client = sign_in(drafter)
    answer = client.post(url, sheet)
    page = answer.context["page"]
    assert answer.status_code == 409
    assert "มีผู้บันทึกแถวเดียวกันก่อนท่าน 1 แถว" in answer.content.decode()
    clash = page.rows[0].clash
    assert [
        segment.text
        for line in clash.their_changes
        for segment in line.segments
        if segment.kind == "ins"
    ] == ["20"]
    assert [
        segment.text
        for line in clash.my_changes
        for segment in line.segments
        if segment.kind == "ins"
    ] == ["5"]
    assert page.rows[0].row.form["duration"].value() == "5 นาที"
    assert page.rows[1].row.form["standard"].value() == "ครบทุกฉบับ"  # merged
    assert page.rows[3].row.form["note"].value() == "ของฉัน"
    assert find_step_clauses(process)[0].content.duration_text == "20 นาที"

    again = as_shown(page)
    assert client.post(url, again).status_code == 303
    standing = [clause.content for clause in find_step_clauses(process)]
    assert (standing[0].duration_text, standing[1].standard, standing[3].note) == (
        "5 นาที",
        "ครบทุกฉบับ",
        "ของฉัน",
    )


def test_two_windows_of_one_person_are_merged_and_clash_under_their_own_name(
    sign_in, drafter, second_drafter, process, sheet, url
):
    client = sign_in(drafter)
    first_window = Sheet(process)
    first_window.type(0, "duration", "20 นาที")
    first_window.type(1, "standard", "ครบทุกฉบับ")
    assert client.post(url, first_window).status_code == 303
    sheet.type(0, "actor", "นักจัดการงานทั่วไป")
    told = client.post(url, sheet, follow=True)  # other cells: both in one
    assert "รวมกับตารางที่ท่านบันทึกไว้ก่อนแล้วจากหน้าอื่น 2\u00a0แถว" in markup(told)
    assert "รวมกับตาราง" not in markup(
        client.post(url, sheet, follow=True)
    )  # sent twice
    standing = find_step_clauses(process)
    assert (standing[0].content.actor, standing[0].content.duration_text) == (
        "นักจัดการงานทั่วไป",
        "20 นาที",
    )
    sheet.type(0, "duration", "5 นาที")
    sheet["row"].remove(str(standing[1].uuid))
    answer = client.post(url, sheet)
    page = markup(answer)
    assert answer.status_code == 409
    assert "ท่านแก้ไว้ในอีกหน้าต่างหนึ่ง 2 แถว" in page
    assert "ที่ท่านบันทึกไว้ในอีกหน้าต่างหนึ่ง" in page
    assert "ท่านตัดแถวนี้ แต่แก้ไขไว้ในอีกหน้าต่างหนึ่ง" in page
    assert "ผู้อื่น" not in page.partition("<tbody")[2]
    theirs = Sheet(process)
    theirs.type(0, "duration", "9 นาที")
    assert sign_in(second_drafter).post(url, theirs).status_code == 303
    page = markup(client.post(url, sheet))
    assert "มีผู้บันทึกแถวเดียวกันก่อนท่าน 2 แถว" in page
    assert "ที่ผู้อื่นแก้" in page


def test_table_older_than_what_its_writer_saved_is_offered_beside_the_saved_one(
    sign_in, drafter, process, sheet, url
):
    client = sign_in(drafter)
    sheet.type(0, "duration", "5 นาที")
    keep_at = f"/groups/DIR/drafts/{process.uuid}/buffers/{process.uuid}/"
    assert client.post(keep_at, sheet | {"sheet": str(uuid4())}).status_code == 200
    newer = Sheet(process)
    newer.type(0, "duration", "20 นาที")
    saved = client.post(url, newer | {"sheet": str(uuid4())})
    assert saved.status_code == 303

    page = client.get(url)

    first = page.context["page"].rows[0].row.form
    assert first["duration"].value() == "20 นาที"
    [offered] = page.context["left"].others
    assert "5" in inserted(offered.changes)
    assert "ร่างที่ค้างอยู่" in markup(page)
    asked = client.get(url + offered.query).context["page"].rows[0].row.form
    assert asked["duration"].value() == "5 นาที"


def inserted(lines) -> list[str]:
    return [
        segment.text
        for line in lines
        for segment in line.segments
        if segment.kind == "ins"
    ]


def test_clash_of_shapes_and_branches_is_told_in_words(
    sign_in, drafter, process, sheet, url, theirs
):
    def their_work(own: Sheet) -> None:
        own.type(2, "shape", "document")
        own.type(2, "to", [own["row"][1]])

    theirs(their_work)
    sheet.type(2, "shape", "connector")
    clash = sign_in(drafter).post(url, sheet).context["page"].rows[2].clash
    assert clash.their_choices == [("รูปในผัง", "เอกสาร"), ("ขั้นต่อไป", "ไปขั้น 2")]
    assert clash.my_choices == [("รูปในผัง", "เชื่อมต่อ")]


def test_clashes_cost_the_same_for_one_row_and_three_that_refer_to_clauses(
    sign_in, drafter, process, sheet, url, theirs, assert_same_queries
):
    client = sign_in(drafter)

    def clash(*places: int) -> None:
        def their_work(own: Sheet) -> None:
            for place in places:
                own.type(place, "text", "ทำตามข้อ 5.2")

        theirs(their_work)
        for place in places:
            sheet.type(place, "text", "ทำตามข้อ 5.1")

    def clash_and_keep(*places: int) -> None:
        clash(*places)
        client.post(url, sheet)  # what is typed is kept once

    clash_and_keep(0)
    assert_same_queries(
        30, lambda: client.post(url, sheet), lambda: clash_and_keep(1, 2)
    )
    rows = client.post(url, sheet).context["page"].rows
    told = ["".join(inserted(row.clash.their_changes)) for row in rows if row.clash]
    assert len(told) == 3
    assert all("ข้อ 5.2" in words for words in told)


def test_their_value_may_be_taken_instead(
    sign_in, drafter, process, sheet, url, theirs
):
    theirs(lambda own: own.type(0, "duration", "20 นาที"))
    sheet.type(0, "duration", "5 นาที")
    sheet.type(3, "note", "ของฉัน")
    client = sign_in(drafter)
    page = client.post(url, sheet).context["page"]
    taken = client.post(url, as_shown(page) | {"theirs": sheet["row"][0]}).context[
        "page"
    ]
    assert taken.rows[0].row.form["duration"].value() == "20 นาที"
    assert client.post(url, as_shown(taken)).status_code == 303
    standing = [clause.content for clause in find_step_clauses(process)]
    assert (standing[0].duration_text, standing[3].note) == ("20 นาที", "ของฉัน")


def test_clash_stays_in_view_while_rows_are_moved_and_is_shown_again_from_the_buffer(
    sign_in, drafter, process, sheet, url, theirs
):
    theirs(lambda own: own.type(0, "duration", "20 นาที"))
    sheet.type(0, "duration", "5 นาที")
    client = sign_in(drafter)
    page = client.post(url, sheet).context["page"]
    moved = client.post(url, as_shown(page) | {"down": sheet["row"][0]}).context["page"]
    assert moved.rows[1].clash is not None
    client.post(url, as_shown(moved) | {"keep": "1"})
    back = client.get(url).context["page"]
    assert back.seen == []
    assert client.post(url, as_shown(back)).status_code == 409


def test_row_cut_by_one_and_written_by_the_other_is_shown_either_way(
    sign_in, drafter, process, sheet, url, theirs
):
    def their_work(own: Sheet) -> None:
        own["row"].pop(2)
        own.type(3 - 1, "note", "เขียนในแถวที่ฉันตัด")

    theirs(their_work)
    sheet.type(2, "note", "เขียนในแถวที่เขาตัด")
    sheet["row"].pop(3)
    client = sign_in(drafter)
    answer = client.post(url, sheet)
    page = answer.context["page"]
    assert answer.status_code == 409
    assert "ผู้อื่นตัดแถวนี้แล้ว" in answer.content.decode()
    assert "ท่านตัดแถวนี้ แต่ผู้อื่นแก้ไขไว้" in answer.content.decode()
    assert len(page.rows) == 4
    # I bring the one back, and cut the other all the same
    shown = as_shown(page)
    kept, cut = shown["row"][2:]
    assert shown[f"{kept}-note"] == "เขียนในแถวที่เขาตัด"
    shown["row"].remove(cut)
    assert client.post(url, shown).status_code == 303
    standing = find_step_clauses(process)
    assert [clause.content.note for clause in standing] == ["", "", "เขียนในแถวที่เขาตัด"]
    assert str(standing[2].uuid) == kept


def test_row_they_cut_and_i_did_not_touch_stays_cut(
    sign_in, drafter, process, sheet, url, theirs
):
    theirs(lambda own: own["row"].pop(2))
    sheet.type(0, "note", "ของฉัน")
    assert sign_in(drafter).post(url, sheet).status_code == 303
    assert len(find_step_clauses(process)) == 3


def as_shown(page) -> dict:
    """The form as the page shows it."""
    data = {"row": [], "read": page.read, "seen": page.seen, "reason": REASON}
    for row in page.rows:
        uuid = row.row.uuid
        data["row"].append(str(uuid))
        for bound in row.row.form:
            data[bound.html_name] = bound.value()
        data[f"{uuid}-label"] = [branch.label for branch in row.branches]
        data[f"{uuid}-to"] = [branch.to for branch in row.branches]
    return data


# --- the buttons, without JavaScript


def test_buttons_show_the_form_again_with_what_was_typed_and_write_nothing(
    sign_in, drafter, process, sheet, url
):
    client = sign_in(drafter)
    sheet.type(0, "note", "พิมพ์ค้างไว้")
    first, second, third, fourth = sheet["row"]

    def order_after(**button: str) -> list[str]:
        page = client.post(url, sheet | button).context["page"]
        assert (
            "พิมพ์ค้างไว้" in [row.row.form["note"].value() for row in page.rows]
            or "cut" in button
        )
        return [str(row.row.uuid) for row in page.rows]

    assert order_after(down=first) == [second, first, third, fourth]
    assert order_after(up=fourth) == [first, second, fourth, third]
    assert order_after(cut=first) == [second, third, fourth]
    assert order_after(add=first)[2:] == [second, third, fourth]
    assert order_after(add="")[:4] == [first, second, third, fourth]
    page = client.post(url, sheet | {"branch": second}).context["page"]
    assert len(page.rows[1].branches) == 3
    assert Section.objects.get(pk=process.pk).version == process.version
    assert not DraftBuffer.objects.exists()


def test_new_row_has_the_caret(sign_in, drafter, sheet, url):
    answer = sign_in(drafter).post(url, sheet | {"add": sheet["row"][0]})
    new = answer.context["page"].rows[1].row.uuid
    assert f'name="{new}-text"' in markup(answer)
    assert answer.content.decode().count("autofocus") == 1


def test_table_is_full_at_a_hundred_rows(sign_in, drafter, sheet, url):
    for _ in range(97):
        sheet.add(0, body="แถว")
    page = sign_in(drafter).post(url, sheet | {"add": ""}).context["page"]
    assert len(page.rows) == 100


# --- kept, not saved


def test_typed_table_is_kept_and_offered_back(sign_in, drafter, process, sheet, url):
    client = sign_in(drafter)
    sheet.type(0, "duration", "ครึ่ง")
    new = sheet.add(1, body="แถวใหม่ยังไม่จบ")
    keep_at = f"/groups/DIR/drafts/{process.uuid}/buffers/{process.uuid}/"
    assert client.post(keep_at, sheet).status_code == 200
    assert f'href="{url}"' in markup(client.get(f"/groups/DIR/drafts/{process.uuid}/"))
    page = sign_in(drafter).get(url).context["page"]  # another device
    assert page.rows[0].row.form["duration"].value() == "ครึ่ง"
    assert (str(page.rows[1].row.uuid), page.rows[1].row.form["text"].value()) == (
        new,
        "แถวใหม่ยังไม่จบ",
    )
    assert client.post(url, as_shown(page)).status_code == 303
    assert not DraftBuffer.objects.exists()


# --- beside the table


def test_chart_is_drawn_from_what_is_typed_and_nothing_is_stored(
    sign_in, drafter, process, sheet, url
):
    sheet.type(0, "text", "เปิดระบบใหม่")
    sheet.add(4, body="แถวที่ห้า", shape="document")
    answer = sign_in(drafter).post(f"{url}chart/", sheet)
    fragment = answer.content.decode()
    assert "<html" not in fragment
    assert "1 เปิดระบบใหม่ (เริ่มต้น)" in fragment
    assert "5 แถวที่ห้า (เอกสาร)" in fragment
    assert "<svg" in fragment
    assert Section.objects.get(pk=process.pk).version == process.version


def test_what_the_process_lacks_is_told_row_by_row(
    sign_in, drafter, process, sheet, url
):
    sheet.type(0, "shape", "task")
    sheet.type(0, "duration", "")
    sheet.type(2, "to", [str(uuid4())])
    sheet.type(1, "to", [sheet["row"][3]])
    sheet.type(1, "label", ["ครบ"])
    side = sign_in(drafter).post(f"{url}chart/", sheet).context["side"]
    assert [(lack.number, lack.words) for lack in side.lacks] == [
        (0, "ผังยังไม่มีจุดเริ่มต้น"),
        (1, "ยังไม่ระบุเวลา"),
        (2, "เป็นขั้นตัดสินใจ แต่มีทางไปไม่ถึงสองทาง"),
        (3, "มีทางที่ไม่มีขั้นที่ไป"),
    ]


def test_hostile_table_is_answered(sign_in, drafter, process, url):
    hostile = {
        "row": ["x", str(uuid4())],
        "read": [
            "x",
            "a:b:c",
            f"{uuid4()}:{'9' * 5000}:{'f' * 64}",
            f"{uuid4()}:1:\x00",
        ],
        "seen": ["1", f"{uuid4()}:๑"],
        "reason": REASON,
    }
    client = sign_in(drafter)
    assert client.post(f"{url}chart/", hostile).status_code == 200
    assert client.post(url, hostile).status_code == 422
    assert client.post(url, hostile | {"up": "x"}).status_code == 200


def test_unit_has_no_table(sign_in, drafter, unit):
    assert (
        sign_in(drafter).get(f"/groups/DIR/drafts/{unit.uuid}/steps/").status_code
        == 404
    )


def test_table_costs_the_same_with_one_row_and_many(
    sign_in, drafter, process, url, assert_same_queries
):
    client = sign_in(drafter)
    for clause in find_step_clauses(process)[1:]:
        retire_clause(clause, clause.lock_version, by=drafter, reason="ตัด")

    def add_two() -> None:
        for words in ("หนึ่ง", "สอง"):
            factories.make_clause(process, Step(body=words), part=9, by=drafter)

    assert_same_queries(14, lambda: client.get(url), add_two)
