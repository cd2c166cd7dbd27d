"""apply_changes: one act, one revision, one version a section; nothing at all when anything is refused."""

import uuid as uuids
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import reversion
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from reversion.models import Revision, Version

from hearing_portal.directory.models import User
from manuals.content import Definition, Note, Reference, Step, Text, content_sha
from manuals.drafting.changes import (
    AddClause,
    AddSection,
    Change,
    ChangeRefused,
    Position,
    RestoreClause,
    RetireClause,
    ReviseClause,
    ReviseSection,
    StaleClause,
)
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.positions import children_first
from manuals.models import (
    Citation,
    Clause,
    ClauseChange,
    ClauseLineage,
    Manual,
    Retirement,
    Section,
    SectionVersion,
    TextBlob,
)
from tests.factories import (
    clause_at,
    make_clause,
    make_group,
    make_legal_source,
    make_manual,
    make_section,
)

pytestmark = pytest.mark.django_db
NEW = Text(body="ข้อใหม่")


@pytest.fixture
def section(manual: Manual, drafter: User) -> Section:
    return make_section(manual, "การรับหนังสือราชการ", kind="process", by=drafter)


@pytest.fixture
def first(section: Section, drafter: User) -> Clause:
    return make_clause(section, "เปิดระบบวันละสองครั้ง", by=drafter)


def words(section: Section) -> list[str]:
    return [
        clause.plain
        for clause in Clause.objects.live()
        .filter(section=section)
        .order_by("part", "rank")
    ]


def everything() -> dict[str, list[tuple]]:
    """All rows an act may write, to show that a refused one wrote nothing."""
    models = [
        Section,
        Clause,
        SectionVersion,
        ClauseChange,
        TextBlob,
        Retirement,
        ClauseLineage,
        Citation,
    ]
    models += [Revision, Version]
    return {
        model.__name__: sorted(model.objects.values_list(), key=str) for model in models
    }


def act(
    by: User, *changes: Change, action: str = "edit", reason: str = "ปรับถ้อยคำ"
) -> list[ClauseChange]:
    return apply_changes(by, action, reason, changes)


# -- what an act leaves behind -----------------------------------------------------------------------------


def test_adding_writes_row_blob_change_and_version(
    section: Section, drafter: User
) -> None:
    content = Definition(body="เอกสารของราชการ", term="หนังสือราชการ")
    [change] = act(
        drafter,
        AddClause(content, Position(section, 4, numbering="none")),
        action="add",
        reason="เพิ่มนิยาม",
    )

    clause = Clause.objects.get(uuid=change.clause.uuid)
    assert (clause.part, clause.kind, clause.body, clause.data) == (
        4,
        "definition",
        "เอกสารของราชการ",
        {"term": "หนังสือราชการ"},
    )
    assert (clause.plain, clause.sha) == (
        "หนังสือราชการ\nเอกสารของราชการ",
        content_sha(content),
    )
    assert clause.content == TextBlob.objects.get(sha=clause.sha).as_content == content
    assert (change.kind, change.from_blob_id, change.to_blob_id) == (
        "added",
        None,
        clause.sha,
    )
    assert (change.from_section, change.to_section, change.to_part) == (
        None,
        section,
        4,
    )
    assert (change.to_parent, change.to_rank, change.to_numbering) == (
        None,
        clause.rank,
        "none",
    )
    version = SectionVersion.objects.get(section=section, number=2)
    assert (version.action, version.reason, version.revision) == (
        "add",
        "เพิ่มนิยาม",
        change.revision,
    )
    assert (change.revision.user, change.revision.comment) == (drafter, "เพิ่มนิยาม")
    assert section.version + 1 == Section.objects.get(pk=section.pk).version == 2


def test_one_act_is_one_revision_with_a_row_for_each_touched_thing(
    section: Section, first: Clause, drafter: User
) -> None:
    other = make_section(section.manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    before = Revision.objects.count()
    changes = act(
        drafter,
        ReviseClause(first, 1, Text(body="เปิดระบบวันละสามครั้ง")),
        AddClause(Text(body="ลงทะเบียนรับ"), Position(section, 5)),
        AddClause(Text(body="ลงทะเบียนส่ง"), Position(other, 5)),
    )
    [revision] = {change.revision for change in changes}
    assert Revision.objects.count() == before + 1
    assert [change.kind for change in changes] == ["reworded", "added", "added"]
    assert {version.section for version in revision.section_versions.all()} == {
        section,
        other,
    }
    written = sorted(
        version.content_type.model for version in revision.version_set.all()
    )
    assert written == ["clause", "clause", "clause", "section", "section"]


def test_section_only_act_returns_no_clause_changes_but_a_version(
    section: Section, drafter: User
) -> None:
    assert act(drafter, ReviseSection(section, 1, {"title": "การรับหนังสือด้วยระบบ"})) == []
    version = SectionVersion.objects.get(section=section, number=2)
    assert version.state == {
        "title": "การรับหนังสือด้วยระบบ",
        "data": {},
        "kind": "process",
        "origin": "kept",
        "applies_to": "both",
        "manual": "DIR",
        "parent": None,
        "rank": section.rank,
        "retired": False,
    }


def test_equal_words_share_one_blob(section: Section, drafter: User) -> None:
    act(
        drafter,
        *[AddClause(Text(body="เหมือนกัน"), Position(section, 5)) for _ in range(3)],
    )
    assert TextBlob.objects.filter(plain="เหมือนกัน").count() == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (Text(body="เปิดระบบวันละ<strong>สอง</strong>ครั้ง"), "formatted"),
        (Text(body="เปิดระบบวันละสองครั้ง", applies_to="primary"), "reworded"),
        (Text(body="เปิดระบบวันละสามครั้ง"), "reworded"),
        (Note(body="เปิดระบบวันละสามครั้ง"), "reworded"),
    ],
)
def test_new_content_is_reworded_or_only_formatted(
    first: Clause, drafter: User, content: Text, kind: str
) -> None:
    [change] = act(drafter, ReviseClause(first, 1, content))
    assert (change.kind, change.from_blob_id, change.to_blob_id) == (
        kind,
        first.sha,
        content_sha(content),
    )
    assert Clause.objects.get(pk=first.pk).lock_version == 2


def test_new_place_with_the_same_words_is_moved(
    first: Clause, section: Section, drafter: User
) -> None:
    second = make_clause(section, "ตรวจสอบความครบถ้วน", by=drafter)
    [change] = act(
        drafter,
        ReviseClause(second, 1, position=Position(section, 5, before=first.uuid)),
    )
    assert (change.kind, change.from_blob_id == change.to_blob_id) == ("moved", True)
    assert words(section) == ["ตรวจสอบความครบถ้วน", "เปิดระบบวันละสองครั้ง"]


def test_places_next_to_a_sibling_and_last(
    first: Clause, section: Section, drafter: User
) -> None:
    last = make_clause(section, "ท้ายสุด", by=drafter)
    act(
        drafter,
        AddClause(Text(body="หลังข้อแรก"), Position(section, 5, after=first.uuid)),
        AddClause(Text(body="ก่อนข้อท้าย"), Position(section, 5, before=last.uuid)),
        AddClause(Text(body="ต่อท้าย"), Position(section, 5)),
    )
    assert words(section) == [
        "เปิดระบบวันละสองครั้ง",
        "หลังข้อแรก",
        "ก่อนข้อท้าย",
        "ท้ายสุด",
        "ต่อท้าย",
    ]


def test_parent_and_child_can_be_added_in_one_act(
    section: Section, drafter: User
) -> None:
    parent = uuids.uuid4()
    changes = act(
        drafter,
        AddClause(Text(body="จัดลำดับ"), Position(section, 5), uuid=parent),
        AddClause(Text(body="ด่วนที่สุด"), Position(section, 5, parent, numbering="paren")),
    )
    assert changes[1].clause.parent == changes[0].clause
    assert changes[1].to_parent == parent


def test_retiring_keeps_the_row_its_words_and_the_reason(
    first: Clause, section: Section, drafter: User
) -> None:
    [change] = act(
        drafter,
        RetireClause(first, 1, reason="ระบบทำแทนแล้ว"),
        action="retire",
        reason="ปรับทั้งหมวด",
    )
    clause = Clause.objects.get(pk=first.pk)
    assert (clause.plain, clause.retired.reason, clause.retired.by) == (
        first.plain,
        "ระบบทำแทนแล้ว",
        drafter,
    )
    assert (change.kind, change.from_blob_id, change.to_blob_id, change.reason) == (
        "retired",
        first.sha,
        None,
        "ระบบทำแทนแล้ว",
    )
    assert words(section) == []


def test_retired_clause_comes_back_where_it_stood(
    first: Clause, section: Section, drafter: User
) -> None:
    make_clause(section, "ข้อถัดไป", by=drafter)
    act(drafter, RetireClause(first, 1))
    [change] = act(drafter, RestoreClause(first, 2), action="restore")
    clause = Clause.objects.get(pk=first.pk)
    assert (change.kind, clause.retired, clause.rank, clause.lock_version) == (
        "restored",
        None,
        first.rank,
        3,
    )
    assert words(section) == ["เปิดระบบวันละสองครั้ง", "ข้อถัดไป"]


def test_retired_clause_whose_rank_was_taken_comes_back_last(
    first: Clause, section: Section, drafter: User
) -> None:
    act(drafter, RetireClause(first, 1))
    make_clause(section, "ผู้มาแทน", rank=first.rank, by=drafter)
    act(drafter, RestoreClause(first, 2))
    assert words(section) == ["ผู้มาแทน", "เปิดระบบวันละสองครั้ง"]


def test_clause_that_replaces_another_descends_from_it(
    first: Clause, section: Section, drafter: User
) -> None:
    new = uuids.uuid4()
    act(
        drafter,
        AddClause(Text(body="เปิดระบบทุกชั่วโมง"), Position(section, 5), uuid=new),
        RetireClause(first, 1, succeeded_by=[(new, "replaced")]),
    )
    [line] = ClauseLineage.objects.all()
    assert (line.from_clause, line.to_clause.uuid, line.kind) == (
        first,
        new,
        "replaced",
    )
    assert Version.objects.get_for_object(line).count() == 1


def test_citations_follow_from_the_references(section: Section, drafter: User) -> None:
    source = make_legal_source()
    clause = make_clause(
        section,
        Reference(source=source.key, locator="ข้อ 35", as_cited="ระเบียบ"),
        part=8,
        by=drafter,
    )
    assert list(Citation.objects.values_list("clause", "source", "locator")) == [
        (clause.pk, source.pk, "ข้อ 35")
    ]
    act(
        drafter,
        ReviseClause(clause, 1, Reference(source="", as_cited="ระเบียบที่ไม่มีในทะเบียน")),
    )
    assert not Citation.objects.exists()


# -- what is refused, and leaves nothing behind --------------------------------------------------------------


@dataclass(frozen=True)
class Scene:
    """Two sections; `first` (lock_version 2) with `child` below it stands in `section`."""

    first: Clause
    child: Clause
    section: Section
    other: Section


REFUSED: dict[str, Callable[[Scene], list[Change]]] = {
    "nothing": lambda at: [],
    "same words": lambda at: [ReviseClause(at.first, 2, at.first.content)],
    "same title": lambda at: [
        ReviseSection(at.section, at.section.version, {"title": at.section.title})
    ],
    "old version of a section": lambda at: [
        ReviseSection(at.section, 1, {"title": "ใหม่"})
    ],
    "child in another part": lambda at: [
        AddClause(NEW, Position(at.section, 2, at.first.uuid))
    ],
    "child in another section": lambda at: [
        AddClause(NEW, Position(at.other, 5, at.first.uuid))
    ],
    "below itself": lambda at: [
        ReviseClause(at.first, 2, position=Position(at.section, 5, at.child.uuid))
    ],
    "moved without its child": lambda at: [
        ReviseClause(at.first, 2, position=Position(at.other, 5))
    ],
    "retired above a live child": lambda at: [RetireClause(at.first, 2, reason="ซ้ำ")],
    "retired without a reason": lambda at: [RetireClause(at.child, 1)],
    "retired twice": lambda at: [
        RetireClause(at.child, 1, reason="ซ้ำ"),
        RetireClause(at.child, 2, reason="ซ้ำ"),
    ],
    "child of a retired one": lambda at: [
        RetireClause(at.child, 1, reason="ซ้ำ"),
        AddClause(NEW, Position(at.section, 5, at.child.uuid)),
    ],
    "restored though live": lambda at: [RestoreClause(at.first, 2)],
    "beside a clause that is elsewhere": lambda at: [
        AddClause(NEW, Position(at.other, 5, after=at.first.uuid))
    ],
    "behind a good change": lambda at: [
        AddClause(NEW, Position(at.other, 5)),
        ReviseClause(at.first, 2, at.first.content),
    ],
}


@pytest.mark.parametrize("case", REFUSED)
def test_refused_act_writes_nothing(
    section: Section, first: Clause, drafter: User, case: str
) -> None:
    child = make_clause(section, "ข้อย่อย", parent=first, numbering="paren", by=drafter)
    act(drafter, ReviseClause(first, 1, Text(body="เปิดระบบทุกเช้า")))
    other = make_section(section.manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    first.refresh_from_db()
    section.refresh_from_db()
    changes = REFUSED[case](Scene(first, child, section, other))
    before = everything()
    with pytest.raises(ChangeRefused):
        apply_changes(drafter, "edit", "", changes)
    assert everything() == before


def test_stale_lock_is_refused_and_nothing_written(
    first: Clause, section: Section, drafter: User
) -> None:
    act(drafter, ReviseClause(first, 1, Text(body="ฉบับของคนอื่น")))
    before = everything()
    with pytest.raises(StaleClause) as refusal:
        act(
            drafter,
            AddClause(Text(body="ข้อใหม่"), Position(section, 5)),
            ReviseClause(first, 1, Text(body="ฉบับของฉัน")),
        )
    assert everything() == before
    assert (refusal.value.clause.plain, refusal.value.clause.lock_version) == (
        "ฉบับของคนอื่น",
        2,
    )
    assert refusal.value.read_version == 1


def test_clause_read_before_it_moved_away_is_stale(
    first: Clause, section: Section, drafter: User
) -> None:
    read = Clause.objects.select_related("section").get(pk=first.pk)
    other = make_section(section.manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    act(drafter, ReviseClause(first, 1, position=Position(other, 5)))
    with pytest.raises(StaleClause):
        act(drafter, ReviseClause(read, 2, Text(body="ใหม่")))


def test_changing_one_clause_twice_in_an_act_is_stale(
    first: Clause, drafter: User
) -> None:
    with pytest.raises(StaleClause):
        act(
            drafter,
            ReviseClause(first, 1, Text(body="ก")),
            ReviseClause(first, 1, Text(body="ข")),
        )


def test_step_outside_part_nine_is_refused_by_the_database(
    section: Section, drafter: User
) -> None:
    with (
        pytest.raises(IntegrityError, match="step_stands_in_part_nine"),
        transaction.atomic(),
    ):
        act(drafter, AddClause(Step(body="ลงทะเบียน"), Position(section, 5)))


def test_nested_revision_is_refused(first: Clause, drafter: User) -> None:
    before = everything()
    with (
        reversion.create_revision(),
        pytest.raises(RuntimeError, match="do not wrap it"),
    ):
        act(drafter, ReviseClause(first, 1, Text(body="ใหม่")))
    assert everything() == before


def test_unknown_value_of_a_section_is_refused(section: Section, drafter: User) -> None:
    with pytest.raises(ValueError, match="version"):
        act(drafter, ReviseSection(section, 1, {"version": 9}))


# -- sections --------------------------------------------------------------------------------------------------


def test_sections_stand_one_behind_the_other(manual: Manual, drafter: User) -> None:
    made = [make_section(manual, title, by=drafter) for title in ("หนึ่ง", "สอง", "สาม")]
    assert list(manual.sections.order_by("rank")) == made
    assert [
        SectionVersion.objects.filter(section=section).count() for section in made
    ] == [1, 1, 1]


@pytest.mark.parametrize(
    "case",
    [
        "other manual",
        "retired parent",
        "below itself",
        "above live sections",
        "leaves its own behind",
    ],
)
def test_section_is_refused_where_the_tree_would_break(
    manual: Manual, drafter: User, case: str
) -> None:
    unit = make_section(manual, "งานสารบรรณ", by=drafter)
    below = make_section(parent=unit, title="การรับหนังสือ", kind="process", by=drafter)
    gone = make_section(manual, "งานเดิม", by=drafter)
    act(drafter, ReviseSection(gone, 1, {}, retire_reason="ย้ายไปกลุ่มอื่น"))
    elsewhere = make_manual(make_group("FIN"))
    change = {
        "other manual": AddSection(elsewhere, "process", "ก", parent=unit.uuid),
        "retired parent": AddSection(manual, "process", "ก", parent=gone.uuid),
        "below itself": ReviseSection(unit, 1, {"parent": below}),
        "above live sections": ReviseSection(unit, 1, {}, retire_reason="เลิก"),
        "leaves its own behind": ReviseSection(
            unit, 1, {"manual": elsewhere, "rank": None}
        ),
    }[case]
    before = everything()
    with pytest.raises(ChangeRefused):
        act(drafter, change)
    assert everything() == before


def test_retired_section_takes_no_clauses_and_comes_back_to_its_place(
    manual: Manual, drafter: User
) -> None:
    one, two = (make_section(manual, title, by=drafter) for title in ("หนึ่ง", "สอง"))
    act(drafter, ReviseSection(one, 1, {}, retire_reason="เลิกทั้งหมวด"), action="retire")
    one.refresh_from_db()
    assert (one.retired.reason, list(Section.objects.live())) == ("เลิกทั้งหมวด", [two])
    with pytest.raises(ChangeRefused):
        make_clause(one, by=drafter)
    act(drafter, ReviseSection(one, 2, {"retired": None}), action="restore")
    assert list(Section.objects.live().order_by("rank")) == [one, two]


def test_children_come_before_their_parents_to_be_retired(process: Section) -> None:
    family = [
        clause_at(process, cite) for cite in ("5.3", "5.3 1)", "5.3 1) ก.", "5.1")
    ]
    order = children_first(family)
    assert order.index(family[2]) < order.index(family[1]) < order.index(family[0])
    assert set(order) == set(family)


def test_unknown_parent_is_an_error_not_a_guess(
    section: Section, drafter: User
) -> None:
    with pytest.raises(ObjectDoesNotExist):
        act(drafter, AddClause(Text(body="ก"), Position(section, 5, uuids.uuid4())))


# -- one edit stays cheap ----------------------------------------------------------------------------------------


def test_cost_of_an_edit_does_not_grow_with_the_section(
    first: Clause,
    section: Section,
    drafter: User,
    assert_same_queries: Callable[..., None],
) -> None:
    def edit() -> None:
        row = Clause.objects.select_related("section").get(pk=first.pk)
        act(
            drafter,
            ReviseClause(row, row.lock_version, Text(body=f"ถ้อยคำ {uuids.uuid4()}")),
        )

    assert_same_queries(
        13, edit, lambda: [make_clause(section, by=drafter) for _ in range(2)]
    )


def test_edit_of_one_clause_writes_two_serialized_rows(
    section: Section, first: Clause, drafter: User
) -> None:
    """With `follow` it was one for each clause of the section (model.md)."""
    for number in range(5):
        make_clause(section, f"ข้อ {number}", by=drafter)
    [change] = act(drafter, ReviseClause(first, 1, Text(body="ใหม่")))
    assert change.revision.version_set.count() == 2
