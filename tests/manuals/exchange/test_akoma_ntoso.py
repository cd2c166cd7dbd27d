"""Editions as Akoma Ntoso: valid, with three identifiers for each entry, and every stored text letter for letter."""

from io import StringIO

import pytest
from django.core.management import call_command

from hearing_portal.thai.markup import write_reference
from manuals.content import Text
from manuals.drafting.services.structure import (
    move_section,
    restore_clause,
    retire_clause,
)
from manuals.exchange.akoma_ntoso.document import write_akoma_ntoso
from tests import factories
from tests.manuals.exchange.akoma_ntoso import (
    AKN,
    by_uuid,
    own_text,
    read_valid,
    stored_texts,
)
from tests.manuals.exchange.conftest import make_rich_edition

pytestmark = pytest.mark.django_db


def test_every_stored_text_stands_in_a_valid_document():
    edition = make_rich_edition()
    document = read_valid(write_akoma_ntoso(edition))
    found = by_uuid(document)

    entries = list(edition.entries.select_related("blob"))
    assert set(found) == {str(entry.uuid) for entry in entries}
    for entry in entries:
        element = found[str(entry.uuid)]
        if entry.blob is None:
            assert element.find(f"{AKN}heading").text == entry.title
        else:
            content = entry.blob.as_content
            assert stored_texts(element, content) == content.fields()
        assert getattr(element.find(f"{AKN}num"), "text", "") == entry.label
    process = next(entry for entry in entries if entry.title == "การรับหนังสือราชการ")
    assert own_text(found[str(process.uuid)], name="doc_code") == ["OPM-01-01"]


def test_tables_references_links_and_marks_are_elements():
    edition = make_rich_edition()
    document = read_valid(write_akoma_ntoso(edition))
    first = edition.entries.get(label="5.1")
    eid = by_uuid(document)[str(first.uuid)].get("eId")

    assert len(document.findall(f".//{AKN}table/{AKN}tr/{AKN}td")) == 4
    [reference] = [
        ref
        for ref in document.iter(f"{AKN}ref")
        if ref.get("href") == f"#{eid}" and ref.text != "1"
    ]
    assert reference.text == "ข้อ 5.1 ของกระบวนงาน การรับหนังสือราชการ"
    assert document.find(f".//{AKN}b/{AKN}i").text == "ทันที"
    assert document.find(f".//{AKN}block/{AKN}sub").text == "๒"
    laws = [
        ref
        for ref in document.iter(f"{AKN}ref")
        if ref.get("href").startswith("/ontology/law/")
    ]
    assert [law.text for law in laws] == ["ระเบียบงานสารบรรณ ข้อ 35"]
    language = document.find(f".//{AKN}FRBRExpression/{AKN}FRBRlanguage")
    assert language.get("language") == "tha"


def test_eid_is_the_number_now_wid_the_first_one_and_guid_stays():
    first = make_rich_edition("D1")
    entry = first.entries.select_related("clause").get(label="5.1")
    moved = first.entries.get(label="5.2")
    deep = first.entries.get(path__endswith="/5.3 1) ก.")
    retire_clause(
        entry.clause,
        entry.clause.lock_version,
        by=factories.make_user(),
        reason="ไม่ใช้แล้ว",
    )
    second = factories.make_edition("D2")
    before = by_uuid(read_valid(write_akoma_ntoso(first)))
    after = by_uuid(read_valid(write_akoma_ntoso(second)))

    place = "book_DIR__sec_1__part_5"
    old, new = before[str(moved.uuid)], after[str(moved.uuid)]
    assert (old.get("eId"), old.get("wId")) == (
        f"{place}__clause_5.2",
        f"{place}__clause_5.2",
    )
    assert (new.get("eId"), new.get("wId")) == (
        f"{place}__clause_5.1",
        f"{place}__clause_5.2",
    )
    assert str(entry.uuid) not in after
    assert (
        after[str(deep.uuid)].get("eId") == f"{place}__clause_5.2__clause_1__clause_ก"
    )
    assert (
        after[str(deep.uuid)].get("wId") == f"{place}__clause_5.3__clause_1__clause_ก"
    )


def test_wid_is_nobody_elses_where_a_number_was_given_again(drafter, admin):
    first = make_rich_edition("D1")
    entry = first.entries.select_related("clause__section").get(label="5.1")
    gone, process = entry.clause, entry.clause.section
    retire_clause(gone, gone.lock_version, by=drafter, reason="ไม่ใช้แล้ว")
    unit = factories.make_section(process.manual, "งานอื่น", by=drafter)
    process.refresh_from_db()
    moved = move_section(
        process, process.version, parent=unit, by=admin, reason="ย้ายงาน"
    )
    # Its number, and that of its first clause, are those of another one now
    instead = factories.make_section(
        process.manual, "งานที่มาแทน", kind="process", leads=True, by=drafter
    )
    first_there = factories.make_clause(instead, "ข้อแรก", by=drafter)
    factories.make_edition("D2")
    gone.refresh_from_db()
    restore_clause(gone, gone.lock_version, by=drafter, reason="ยังใช้")
    third = factories.make_edition("D3")
    before, after = (
        by_uuid(read_valid(write_akoma_ntoso(edition))) for edition in (first, third)
    )
    wids = [element.get("wId") for element in after.values()]
    assert len(set(wids)) == len(wids)
    for uuid in (str(moved.uuid), str(gone.uuid)):
        assert after[uuid].get("wId") == before[uuid].get("wId")
    for uuid in (str(instead.uuid), str(first_there.uuid)):
        assert after[uuid].get("wId") == f"{after[uuid].get('eId')}-2"


def test_the_bytes_are_the_same_each_time_and_by_the_command(tmp_path):
    edition = make_rich_edition()
    written = write_akoma_ntoso(edition)
    factories.make_edition("LATER")
    out = tmp_path / "edition.akn.xml"
    call_command(
        "export_edition",
        edition.code,
        "--format",
        "akn",
        "--out",
        str(out),
        stdout=StringIO(),
    )
    assert out.read_bytes() == write_akoma_ntoso(edition) == written


def test_reference_to_another_process_is_written_with_its_process(
    process, drafter, admin
):
    target = factories.clause_at(process, "5.1")
    body = f"ตาม{write_reference(str(target.uuid))}"
    other = factories.make_section(
        process.manual, "การตรวจสอบพัสดุ", kind="process", by=drafter
    )
    for section in (process, other):
        factories.make_clause(section, Text(body=body), by=drafter)
    written = write_akoma_ntoso(factories.make_edition(by=admin)).decode()
    assert "ตาม<ref" in written
    assert ">ข้อ 5.1</ref>" in written
    assert ">ข้อ 5.1 ของกระบวนงาน การรับหนังสือราชการ</ref>" in written
