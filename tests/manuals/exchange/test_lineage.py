"""Where the words of clauses came from, in an edition and its file: a reference follows them wherever it is read."""

import json
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from comments.releasing.queries.book import DraftBook, EditionBook
from comments.releasing.queries.gate import Gate, find_release_blockers
from hearing_portal.thai.markup import referenced_uuids, write_reference
from manuals.comparing.fates import Fate, ProcessFate
from manuals.comparing.queries.nodes import compare_sides
from manuals.comparing.queries.processes import compare_processes
from manuals.comparing.sides import Side, Sides
from manuals.content import Text
from manuals.drafting.dividing import SplitPoint
from manuals.drafting.services.dividing import join_sections, split_section
from manuals.drafting.services.sections import bring_back_section
from manuals.drafting.services.structure import (
    join_clauses,
    retire_clause,
    split_clause,
)
from manuals.drafting.told_words import tell_clause
from manuals.editions.services.freezing import recompute_manifest_sha
from manuals.exchange.akoma_ntoso.document import write_akoma_ntoso
from manuals.exchange.edition_json import dump_edition
from manuals.exchange.reading import read_edition_file
from manuals.exchange.refusals import EditionFileRefused
from manuals.exchange.services.archiving import archive_edition
from manuals.models import Clause, ClauseLineage, Edition, Section, SectionLineage
from manuals.models.survivors import find_descent
from manuals.pdf.sources import load_labels_from_outside
from manuals.queries import entry_view
from manuals.reading.told_words import tell_edition_words
from tests import factories
from tests.manuals.exchange.conftest import sign
from tests.markup import markup

pytestmark = pytest.mark.django_db
PROCESS = "ของกระบวนงาน การรับหนังสือราชการ"


@pytest.fixture
def citing(process, clause, drafter) -> Clause:
    """A clause of another section that says "ตามข้อ 5.2 ของกระบวนงาน …"."""
    chapter = factories.make_section(process.manual, "บทนำ", kind="front", by=drafter)
    body = f"ตาม{write_reference(str(clause.uuid))}"
    return factories.make_clause(chapter, Text(body=body), part=0, by=drafter)


def words_in(edition: Edition, clause: Clause) -> str:
    row = factories.entry_of(edition, clause)
    return tell_edition_words([row])[row.pk]


def test_reference_to_a_joined_clause_is_called_by_what_has_its_words(
    client, sign_in, process, clause, citing, drafter, admin
):
    """In the draft, an edition, its pages and its gate; only where nothing has them is it a clause that left."""
    before = factories.make_edition("BEFORE", by=admin)
    survivor = factories.join_away(
        clause, factories.clause_at(process, "5.1"), by=drafter
    )
    edition = factories.make_edition("2565", by=admin)

    told = f"ตามข้อ 5.1 {PROCESS}"
    assert tell_clause(citing) == told
    assert words_in(edition, citing) == told
    assert words_in(before, citing) == f"ตามข้อ 5.2 {PROCESS}"
    row = factories.entry_of(edition, citing)
    labels = load_labels_from_outside(edition, [], [entry_view(row)])
    assert labels == {str(clause.uuid): f"ข้อ 5.1 {PROCESS}"}
    factories.make_release(edition, "public", by=admin)
    page = markup(client.get(f"/editions/2565/sections/{citing.section.uuid}/"))
    assert f">ข้อ 5.1 {PROCESS}</a>" in page
    assert f'href="/clauses/{survivor.uuid}/"' in page
    drafter_page = sign_in(drafter)
    draft = markup(drafter_page.get(f"/groups/DIR/drafts/{citing.section.uuid}/"))
    assert "อ้างถึงข้อที่รวมหรือแยกไปแล้ว 1 แห่ง" in draft
    editor = f"/groups/DIR/drafts/{citing.section.uuid}/clauses/{citing.uuid}/"
    assert "ข้อที่อ้างไว้เดิมรวมหรือแยกไปแล้ว" in markup(drafter_page.get(editor))
    for book in (DraftBook(), EditionBook(edition)):
        kinds = {blocker.kind for blocker in find_release_blockers(book)}
        assert Gate.BROKEN_REFERENCE not in kinds

    retire_clause(survivor, survivor.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    assert tell_clause(citing) == "ตามข้อที่ยกเลิก"
    after = factories.make_edition("AFTER", by=admin)
    assert words_in(after, citing) == "ตามข้อที่ยกเลิก"
    assert words_in(edition, citing) == told
    kinds = {blocker.kind for blocker in find_release_blockers(DraftBook())}
    assert Gate.BROKEN_REFERENCE in kinds


def test_reference_within_its_own_process_has_the_bare_number(
    process, clause, drafter, admin
):
    body = f"ตาม{write_reference(str(clause.uuid))}"
    citing = factories.make_clause(process, Text(body=body), by=drafter)
    factories.join_away(clause, factories.clause_at(process, "5.1"), by=drafter)
    assert tell_clause(citing) == "ตามข้อ 5.1"
    edition = factories.make_edition(by=admin)
    assert words_in(edition, citing) == "ตามข้อ 5.1"
    assert "ตาม<ref" in write_akoma_ntoso(edition).decode()


def test_edition_without_such_clauses_reads_as_ever(process, admin):
    edition = factories.make_edition(by=admin)
    value = json.loads(dump_edition(edition))
    assert value["format_version"] == 1
    data = [entry["data"] for entry in value["entries"] if entry["kind"] == "clause"]
    assert all(set(each) <= {"depth"} for each in data)


def make_foreign() -> tuple[bytes, dict[str, str]]:
    """The file of another portal, in which clause 5.2 was joined to 5.1, and the next one divided; and what its clause
    that refers to 5.2 says, by its uuid. This portal knows nothing of it."""
    with transaction.atomic():
        drafter = factories.make_user()
        process = factories.make_process(factories.make_manual(), by=drafter)
        joined = factories.clause_at(process, "5.2")
        body = f"ตาม{write_reference(str(joined.uuid))}"
        chapter = factories.make_section(process.manual, "บทนำ", kind="front")
        citing = factories.make_clause(chapter, Text(body=body), part=0, by=drafter)
        factories.join_away(joined, factories.clause_at(process, "5.1"), by=drafter)
        divided = factories.clause_at(process, "5.2")
        split_clause(
            divided,
            divided.lock_version,
            [Text(body="จัดลำดับ"), Text(body="เสนอตามลำดับ")],
            by=drafter,
            reason="แยก",
        )
        edition = factories.make_edition("2565-D1")
        assert recompute_manifest_sha(edition) == edition.manifest_sha
        raw = dump_edition(edition)
        words = {str(citing.uuid): words_in(edition, citing)}
        transaction.set_rollback(True)
    return raw, words


def test_file_keeps_it_and_says_the_same_where_nothing_else_is_known():
    raw, words = make_foreign()
    value = json.loads(raw)
    assert value["format_version"] == 2
    [(uuid, told)] = words.items()
    assert told == f"ตามข้อ 5.1 {PROCESS}"
    assert not Clause.objects.exists()

    admin = factories.make_admin()
    archived = archive_edition(read_edition_file(raw), by=admin)

    assert archived.manifest_sha == value["manifest_sha"]
    assert recompute_manifest_sha(archived) == value["manifest_sha"]
    assert dump_edition(Edition.objects.get(pk=archived.pk)) == raw
    citing = Clause.objects.get(uuid=uuid)
    assert words_in(archived, citing) == told
    [joined] = referenced_uuids(citing.body)
    assert not Clause.objects.filter(uuid=joined).exists()
    # Agreed words are looked for in what a clause was divided into, here too
    line = ClauseLineage.objects.get()
    assert (line.kind, line.to_clause.plain) == ("split", "เสนอตามลำดับ")
    descent = find_descent([line.from_clause_id])
    assert descent.descendants_of(line.from_clause_id) == {line.to_clause_id}
    # Brought back, it is the draft again: it says the same, and is frozen to the same
    for entry in archived.entries.filter(kind="section").order_by("ordinal"):
        section = Section.objects.get(pk=entry.section_id)
        bring_back_section(section, section.version, by=admin)
    assert tell_clause(citing) == told
    again = factories.make_edition("AGAIN", by=admin)
    assert again.manifest_sha == archived.manifest_sha


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda held, value: ["0" * 8], "has_words_of"),
        (lambda held, value: [value["entries"][-1]["uuid"]], "has_words_of"),
        (lambda held, value: held * 2, "has_words_of"),
        (lambda held, value: [str(UUID(int=7))], "ไม่ตรงกับรหัสตรวจสอบ"),
    ],
)
def test_what_nobody_sealed_is_refused(change, told):
    raw, _ = make_foreign()
    value = json.loads(raw)
    [data] = [e["data"] for e in value["entries"] if "has_words_of" in e["data"]]
    data["has_words_of"] = change(data["has_words_of"], value)
    with pytest.raises(EditionFileRefused) as refused:
        read_edition_file(sign(value))
    assert told in refused.value.message_th


def test_edition_of_manuals_that_are_here_tells_what_was_joined_in_it(
    process, clause, drafter, admin
):
    """The later edition of one portal comes to another that has the earlier state."""
    with transaction.atomic():
        first = factories.clause_at(process, "5.1")
        factories.join_away(clause, first, by=drafter)
        raw = dump_edition(factories.make_edition("LATER", by=admin))
        transaction.set_rollback(True)
    archive_edition(read_edition_file(raw), by=admin)
    line = ClauseLineage.objects.get()
    assert (line.from_clause, line.to_clause, line.kind) == (clause, first, "merged")
    clause.refresh_from_db()
    assert clause.retired_id is None


def make_foreign_processes() -> bytes:
    """The file of another portal, in which a process was joined to one that was divided. This portal knows nothing."""
    with transaction.atomic():
        drafter = factories.make_user()
        process = factories.make_process(factories.make_manual(), by=drafter)
        away = factories.make_section(process.manual, "รวมไป", kind="process")
        factories.make_clause(away, "จ่าหน้าซอง", by=drafter)
        process.refresh_from_db()
        half = split_section(
            process,
            process.version,
            SplitPoint(5, factories.clause_at(process, "5.2").uuid),
            "ส่วนที่แยก",
            uuid=uuid4(),
            by=drafter,
            reason="คนละขั้น",
        )
        away.refresh_from_db()
        join_sections(
            [(half, half.version), (away, away.version)], by=drafter, reason="รวม"
        )
        edition = factories.make_edition("2565-P1")
        assert recompute_manifest_sha(edition) == edition.manifest_sha
        raw = dump_edition(edition)
        own = edition.entries.get(section=half, kind="section").data
        assert own["split_from"] == str(process.uuid)
        assert own["has_words_of"] == [str(away.uuid)]
        write_akoma_ntoso(edition)
        transaction.set_rollback(True)
    return raw


def test_file_keeps_where_its_processes_came_from():
    raw = make_foreign_processes()
    value = json.loads(raw)
    assert value["format_version"] == 3
    admin = factories.make_admin()
    archived = archive_edition(read_edition_file(raw), by=admin)
    assert archived.manifest_sha == value["manifest_sha"]
    assert recompute_manifest_sha(archived) == value["manifest_sha"]
    assert dump_edition(Edition.objects.get(pk=archived.pk)) == raw
    line = SectionLineage.objects.get()
    assert (line.kind, line.to_section.title) == ("split", "ส่วนที่แยก")
    assert set(line.to_section.data) <= {"doc_code", "indicator"}
    # Brought back, it is frozen to the same
    for entry in archived.entries.filter(kind="section").order_by("ordinal"):
        section = Section.objects.get(pk=entry.section_id)
        bring_back_section(section, section.version, by=admin)
    again = factories.make_edition("AGAIN", by=admin)
    assert again.manifest_sha == archived.manifest_sha


@pytest.mark.parametrize("key", ["split_from", "has_words_of"])
def test_lineage_of_processes_that_nobody_sealed_is_refused(key):
    value = json.loads(make_foreign_processes())
    [data] = [e["data"] for e in value["entries"] if key in e["data"]]
    data[key] = value["entries"][-1]["uuid"]
    with pytest.raises(EditionFileRefused, match=key):
        read_edition_file(sign(value))
    del data[key]
    if data.pop("split_reason", ""):
        value["format_version"] = 2
    with pytest.raises(EditionFileRefused, match="ไม่ตรงกับรหัสตรวจสอบ"):
        read_edition_file(sign(value))


def test_what_was_joined_back_and_brought_back_came_from_nothing(
    process, clause, drafter, admin
):
    half = split_section(
        process,
        Section.objects.get(pk=process.pk).version,
        SplitPoint(5, clause.uuid),
        "ส่วนที่แยก",
        uuid=uuid4(),
        by=drafter,
        reason="คนละขั้น",
    )
    process.refresh_from_db()
    read = [(process, process.version), (half, half.version)]
    join_sections(read, by=drafter, reason="รวมกลับ")
    half.refresh_from_db()
    bring_back_section(half, half.version, by=drafter)
    entries = factories.make_edition(by=admin).entries.filter(kind="section")
    assert not any(
        {"split_from", "has_words_of"} & entry.data.keys() for entry in entries
    )


def make_two_editions() -> tuple[bytes, bytes]:
    """Files of another portal, from before and after a clause was joined in other words, and a process too."""
    with transaction.atomic():
        drafter = factories.make_user()
        process = factories.make_process(factories.make_manual(), by=drafter)
        away = factories.make_section(process.manual, "รวมไป", kind="process")
        factories.make_clause(away, "จ่าหน้าซอง", by=drafter)
        chapter = factories.make_section(process.manual, "บทนำ", kind="front")
        first = factories.clause_at(process, "5.1")
        second = factories.clause_at(process, "5.2")
        cites = Text(body=f"ตาม{write_reference(str(second.uuid))}")
        factories.make_clause(chapter, cites, part=0, by=drafter)
        older = dump_edition(factories.make_edition("2553-A"))
        read = [(first, first.lock_version), (second, second.lock_version)]
        join_clauses(read, Text(body="ทำทั้งสองอย่าง"), by=drafter, reason="รวม")
        for section in (process, away):
            section.refresh_from_db()
        pair = [(process, process.version), (away, away.version)]
        join_sections(pair, by=drafter, reason="รวม")
        newer = dump_edition(factories.make_edition("2565-A"))
        transaction.set_rollback(True)
    return older, newer


@pytest.mark.parametrize("is_newer_first", [True, False])
def test_two_editions_tell_what_was_joined_between_them_in_either_order(
    is_newer_first,
):
    files = make_two_editions()
    admin = factories.make_admin()
    for raw in reversed(files) if is_newer_first else files:
        archive_edition(read_edition_file(raw), by=admin)
    older, newer = (Edition.objects.get(code=code) for code in ("2553-A", "2565-A"))
    sides = Sides(Side(older), Side(newer))
    joined = [each for each in compare_sides(sides).clauses if each.fate == Fate.JOINED]
    assert sorted(each.pair.old_cite or "" for each in joined) == ["5.1", "5.2"]
    found = {
        each.old.title: (each.fate, [new.title for new in each.news])
        for each in compare_processes(sides).processes
        if each.old is not None
    }
    assert found["รวมไป"] == (ProcessFate.JOINED, ["การรับหนังสือราชการ"])
    # What came first is brought back, says the same, and is frozen to the same
    first, number = (newer, "5.1") if is_newer_first else (older, "5.2")
    for entry in first.entries.filter(kind="section").order_by("ordinal"):
        section = Section.objects.get(pk=entry.section_id)
        bring_back_section(section, section.version, by=admin)
    citing = Clause.objects.live().get(body__contains="data-ref")
    assert tell_clause(citing) == f"ตามข้อ {number} {PROCESS}"
    again = factories.make_edition("AGAIN", by=admin)
    assert again.manifest_sha == first.manifest_sha
