"""Editions out as JSON and in again: into an empty portal, beside what is there, and what is refused."""

import json
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from hearing_portal.acts.models import Act
from hearing_portal.directory.models import WorkGroup
from hearing_portal.jobs.models import StoredFile
from manuals.content import Text
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.sections import bring_back_section
from manuals.editions.services.freezing import load_draft_nodes, recompute_manifest_sha
from manuals.editions.verify_code import verify_code
from manuals.exchange.edition_file import FileManual
from manuals.exchange.edition_json import dump_edition
from manuals.exchange.queries import plan_archival, plan_code
from manuals.exchange.reading import read_edition_file
from manuals.exchange.refusals import ArchivalRefused
from manuals.exchange.services.archiving import archive_edition
from manuals.models import Clause, Edition, EditionEntry, LegalSource, Manual, Section
from tests import factories
from tests.manuals.exchange.conftest import PNG, make_rich_edition, seal

pytestmark = pytest.mark.django_db


def test_an_empty_portal_takes_the_edition_in_and_gives_the_same_bytes_again(foreign):
    admin = factories.make_admin()
    value = json.loads(foreign)
    assert not Manual.objects.exists()

    edition = archive_edition(read_edition_file(foreign), by=admin)

    assert (
        edition.manifest_sha == value["manifest_sha"] == recompute_manifest_sha(edition)
    )
    assert edition.sealed_at.isoformat() == value["sealed_at"]
    assert dump_edition(Edition.objects.get(pk=edition.pk)) == foreign
    assert StoredFile.objects.get().path.read_bytes() == PNG
    assert LegalSource.objects.get().key == "ระเบียบงานสารบรรณ 2526"
    assert WorkGroup.objects.get().manual.uuid == Manual.objects.get().uuid
    assert edition.releases.count() == 0
    assert Act.objects.filter(code="edition-archived", by_id=admin.pk).count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        edition.archival_record.delete()


def test_working_draft_stays_empty_and_can_be_filled_from_the_archive(foreign):
    admin = factories.make_admin()
    edition = archive_edition(read_edition_file(foreign), by=admin)

    assert [node.kind for node in load_draft_nodes([])] == ["manual"]

    sections = edition.entries.filter(kind="section").order_by("ordinal")
    for entry in sections:
        section = Section.objects.get(pk=entry.section_id)
        bring_back_section(section, section.version, by=admin)
    again = factories.make_edition("AGAIN", by=admin)
    assert again.manifest_sha == edition.manifest_sha


def test_file_stays_the_same_whatever_becomes_of_the_draft():
    edition = make_rich_edition()
    before = dump_edition(edition)
    clause = (
        Clause.objects.filter(entries__edition=edition, part=5).order_by("pk").first()
    )
    revise_clause(
        clause,
        clause.lock_version,
        Text(body="ถ้อยคำใหม่"),
        numbering="decimal",
        by=factories.make_user(),
        reason="ปรับ",
    )
    LegalSource.objects.update(status="repealed", note="ยกเลิกแล้ว")
    factories.make_edition("2565-D2", basis=edition)

    assert dump_edition(Edition.objects.get(pk=edition.pk)) == before


def test_a_portal_that_has_the_manuals_gets_the_edition_beside_them():
    """The older edition of one portal comes to another that has gone on from the same manuals."""
    admin = factories.make_admin()
    edition = make_rich_edition()
    raw = dump_edition(edition)
    draft = [(node.uuid, node.label, node.blob) for node in load_draft_nodes([])]
    clauses = Clause.objects.count()

    plan = plan_archival(read_edition_file(raw))
    older = seal({**json.loads(raw), "code": "2565-D1-A"})
    archived = archive_edition(read_edition_file(older), by=admin)

    assert plan.refusals == ["มีฉบับ 2565-D1 ที่ข้อความเหมือนกันทุกตัวอักษรอยู่แล้ว ไม่ต้องนำเข้าอีก"]
    assert archived.manifest_sha == edition.manifest_sha
    assert Clause.objects.count() == clauses
    assert [
        (node.uuid, node.label, node.blob) for node in load_draft_nodes([])
    ] == draft
    assert list(
        archived.entries.order_by("ordinal").values_list(
            "uuid", "clause_id", "section_id"
        )
    ) == list(
        edition.entries.order_by("ordinal").values_list(
            "uuid", "clause_id", "section_id"
        )
    )


def test_printed_code_leads_to_the_released_edition_beside_its_unreleased_twin(client):
    edition = make_rich_edition()
    factories.make_release(edition, "public")
    twin = seal({**json.loads(dump_edition(edition)), "code": "TWIN"})
    archive_edition(read_edition_file(twin), by=factories.make_admin())

    page = client.get(f"/verify/{verify_code(edition.seal.manifest_sha)}/")

    assert page.status_code == 200
    assert page.context["edition"] == edition


def test_a_clause_that_only_the_file_has_is_kept_apart_from_the_sections_that_are_here(
    foreign,
):
    """The sections of the file are here, as a second portal that began from the first one's manuals has them."""
    admin = factories.make_admin()
    archive_edition(read_edition_file(foreign), by=admin)
    value = json.loads(foreign)
    stranger = next(entry for entry in value["entries"] if entry["label"] == "5.2")
    known = stranger["uuid"]
    stranger["uuid"] = "11111111-1111-4111-8111-111111111111"
    section = Section.objects.get(clauses__uuid=known)
    version = section.version
    forged = seal(value)

    edition = archive_edition(read_edition_file(forged), by=admin, code="NEXT")

    entry = edition.entries.get(uuid=stranger["uuid"])
    assert entry.section == section
    assert entry.clause.section.title == "ข้อที่มีเฉพาะในฉบับ NEXT"
    assert entry.clause.section.retired is not None
    assert Section.objects.get(pk=section.pk).version == version
    assert recompute_manifest_sha(edition) == edition.manifest_sha


def test_a_manual_of_ones_own_under_the_same_key_is_refused_with_words(foreign):
    admin = factories.make_admin()
    factories.make_manual(factories.make_group("DIR"))
    before = Section.objects.count()

    with pytest.raises(ArchivalRefused, match="คนละเล่ม"):
        archive_edition(read_edition_file(foreign), by=admin)

    assert (Section.objects.count(), Edition.objects.count()) == (before, 0)


def test_one_sentence_names_all_manuals_that_stand_in_the_way(foreign):
    for key in ("DIR", "FIN"):
        factories.make_manual(factories.make_group(key))
    file = read_edition_file(foreign)
    file.manuals.append(FileManual("FIN", uuid4(), None))
    told = [each for each in plan_archival(file).refusals if "คนละเล่ม" in each]
    assert len(told) == 1
    assert told[0].startswith("ระบบนี้มีคู่มือ DIR, FIN ที่จัดทำขึ้นเองแล้ว")


def test_a_code_of_another_edition_is_refused_until_another_one_is_given(foreign):
    admin = factories.make_admin()
    raw = seal({**json.loads(foreign), "code": "TAKEN"})
    archive_edition(read_edition_file(foreign), by=admin, code="taken")

    plan = plan_archival(read_edition_file(raw))
    assert plan.refusals == ["มีฉบับ taken ที่ข้อความเหมือนกันทุกตัวอักษรอยู่แล้ว ไม่ต้องนำเข้าอีก"]
    factories.make_process()
    factories.make_edition("OTHER")
    assert (
        "รหัส OTHER เป็นของฉบับอื่น"
        in plan_archival(read_edition_file(raw), code="other").refusals[0]
    )
    assert plan_archival(read_edition_file(raw), code="FREE").refusals == []


def test_the_same_edition_under_another_code_is_recognised_by_its_hash(foreign):
    admin = factories.make_admin()
    file = read_edition_file(foreign)
    archive_edition(file, by=admin, code="OLD")
    for code in (file.code, "OLD", "AGAIN"):
        plan = plan_code(code, file.manifest_sha, file.basis, origin=file.code)
        assert (plan.twin, len(plan.refusals)) == ("OLD", 1), code
    with pytest.raises(ArchivalRefused, match="มีฉบับ OLD"):
        archive_edition(file, by=admin, code="AGAIN")
    assert Edition.objects.count() == 1
    # Another edition of the same words is another edition
    other = plan_code("NEXT", file.manifest_sha, file.basis, origin="NEXT")
    assert (other.twin, other.refusals) == ("OLD", [])
    assert "OLD" in other.warnings[0]


def test_what_ends_in_the_middle_leaves_nothing_behind(foreign):
    admin = factories.make_admin()

    def stop(done: int, total: int) -> None:
        if done == total:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        archive_edition(read_edition_file(foreign), by=admin, progress=stop)

    left = (
        Manual.objects.count(),
        Edition.objects.count(),
        WorkGroup.objects.count(),
        EditionEntry.objects.count(),
    )
    assert left == (0, 0, 0, 0)


def test_a_group_or_a_law_of_the_same_name_under_another_key_is_told_before(foreign):
    factories.make_legal_source(key="อื่น")
    plan = plan_archival(read_edition_file(foreign))
    assert (plan.refusals, plan.new_sources) == ([], [])
    assert any("ระเบียบงานสารบรรณ 2526" in warning for warning in plan.warnings)
    assert archive_edition(
        read_edition_file(foreign), by=factories.make_admin()
    ).manifest_sha


def test_a_namesake_of_the_files_group_is_refused(foreign):
    factories.make_group("OFFICE", name="กลุ่มอำนวยการ", short_name="ก.อ.")
    assert (
        "OFFICE กับ DIR ในไฟล์" in plan_archival(read_edition_file(foreign)).refusals[0]
    )


def test_command_takes_the_file_in_and_says_what_it_did(foreign, tmp_path):
    factories.make_admin()
    path = tmp_path / "edition.json"
    path.write_bytes(foreign)

    def run(*words: str) -> dict:
        out = StringIO()
        call_command("import_edition", str(path), "--json", *words, stdout=out)
        return json.loads(out.getvalue())

    planned = run("--dry-run")
    assert (planned["new"]["manuals"], Edition.objects.count()) == (1, 0)
    done = run()
    assert done["manifest_sha"] == Edition.objects.get().manifest_sha
    assert (
        done["counts"]["clauses"] == EditionEntry.objects.filter(kind="clause").count()
    )
    with pytest.raises(CommandError, match="อยู่แล้ว") as refused:
        run()
    assert refused.value.returncode == 1
    out = tmp_path / "again.json"
    call_command(
        "export_edition",
        done["code"],
        "--format",
        "json",
        "--out",
        str(out),
        stdout=StringIO(),
    )
    assert out.read_bytes() == foreign
