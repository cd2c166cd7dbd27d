"""Who keeps the history of what: traps of django-reversion and simple-history, and where names may stand."""

import pytest
import reversion
from django.apps import apps
from django.db import connection
from reversion.models import Revision, Version
from reversion.revisions import _get_options
from simple_history.utils import get_history_manager_for_model

from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.objecting import object_to_answer
from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.models import (
    Amendment,
    Comment,
    Disposition,
    Hearing,
    HearingSession,
    OfficePosition,
    Overlap,
)
from comments.moderating.services import hide_comment, reclass_comment
from hearing_portal.directory.models import RoleAssignment, User
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.restoring import restore_section
from manuals.drafting.services.structure import move_clause, retire_clause, split_clause
from manuals.models import (
    Clause,
    ClauseLineage,
    EditionRelease,
    Manual,
    Retirement,
    Section,
    SectionLineage,
    SectionVersion,
)
from tests import factories

# The marks [R] and [H] of the data model
VERSIONED = {Manual, Section, Clause, Retirement, ClauseLineage, SectionLineage}
AUDITED = {
    RoleAssignment,
    EditionRelease,
    Hearing,
    HearingSession,
    Comment,
    Amendment,
    Disposition,
    OfficePosition,
    Overlap,
}


def audited() -> set[type]:
    return {
        model
        for model in apps.get_models()
        if hasattr(model._meta, "simple_history_manager_attribute")
    }


def test_versioned_and_audited_models_are_those_of_the_data_model() -> None:
    assert set(reversion.get_registered_models()) == VERSIONED
    assert audited() == AUDITED


def test_no_model_has_two_histories() -> None:
    assert set(reversion.get_registered_models()) & audited() == set()


def test_versions_follow_nothing_and_drop_no_duplicates() -> None:
    """With `follow` one edited clause writes a row for every clause of its section; with `ignore_duplicates` a
    revision can come out empty, and its SectionVersion with it."""
    options = {model: _get_options(model) for model in VERSIONED}
    assert {model: option.follow for model, option in options.items()} == dict.fromkeys(
        VERSIONED, ()
    )
    assert not any(option.ignore_duplicates for option in options.values())
    fields = {field.name for field in Clause._meta.concrete_fields}
    assert set(options[Clause].fields) == fields


@pytest.mark.django_db
def test_every_revision_has_its_section_versions(
    process: Section, drafter: User
) -> None:
    """An empty revision drops what was added to it: apply_changes raises a version each time."""
    apply_changes(
        drafter,
        "edit",
        "แก้",
        [ReviseClause(factories.clause_at(process, "5.2"), 1, Text(body="ใหม่"))],
    )
    acts = Revision.objects.exclude(version__content_type__model="manual")
    assert acts.count() == SectionVersion.objects.count() == 4
    assert not Revision.objects.filter(version__isnull=True).exists()


@pytest.mark.django_db
def test_restored_clause_never_gets_an_old_lock_version_back(
    process: Section, drafter: User
) -> None:
    clause = factories.clause_at(process, "5.2")
    seen = [clause.lock_version]
    for words in ("หนึ่ง", "สอง"):
        clause = Clause.objects.select_related("section").get(pk=clause.pk)
        apply_changes(
            drafter,
            "edit",
            "แก้",
            [ReviseClause(clause, clause.lock_version, Text(body=words))],
        )
        seen.append(Clause.objects.get(pk=clause.pk).lock_version)
    restore_section(process, 2, by=drafter, reason="ของเดิมดีกว่า")
    seen.append(Clause.objects.get(pk=clause.pk).lock_version)
    assert seen == [1, 2, 3, 4]
    stored = Version.objects.get_for_object(clause).values_list(
        "serialized_data", flat=True
    )
    assert len(stored) == 4


@pytest.mark.django_db
def test_history_of_an_audited_row_says_who_and_what(
    comment: Comment, facilitator: User
) -> None:
    hide_comment(comment, by=facilitator, reason="ใช้ถ้อยคำไม่สุภาพ")
    history = (
        get_history_manager_for_model(Comment)
        .filter(id=comment.pk)
        .order_by("history_id")
    )
    assert [(row.history_type, row.triaged_at is None) for row in history] == [
        ("+", True),
        ("~", False),
    ]
    assert history[1].history_user == facilitator


# -- names ---------------------------------------------------------------------------------------------------------

GIVEN, FAMILY, TITLE = "กนกวลี", "ศรีสมุทรไพศาล", "ว่าที่ร้อยตรีหญิง"


@pytest.fixture
def named(dir_group, lampang) -> dict[str, User]:
    """One bearer of the names in every role."""
    names = {"given_name": GIVEN, "family_name": FAMILY, "title": TITLE}
    return {
        "delegate": factories.make_delegate(dir_group, lampang, **names),
        "facilitator": factories.make_facilitator(dir_group, **names),
        "drafter": factories.make_drafter(dir_group, **names),
        "second": factories.make_drafter(dir_group, **names),
        "admin": factories.make_admin(**names),
    }


def tables_with(text: str) -> dict[str, int]:
    """{table: rows} of all rows of the database in which `text` stands anywhere."""
    with connection.cursor() as cursor:
        found = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" row WHERE row::text LIKE %s',
                [f"%{text}%"],
            )
            [found[table]] = cursor.fetchone()
    return {table: count for table, count in found.items() if count}


@pytest.mark.django_db
def test_names_stand_in_no_other_table_whatever_people_do(
    manual: Manual, named: dict[str, User], sign_in
) -> None:
    drafter, facilitator, delegate, admin = (
        named[role] for role in ("drafter", "facilitator", "delegate", "admin")
    )
    sign_in(delegate)
    process = factories.make_process(manual, by=drafter)
    edition = factories.make_edition(by=admin)
    factories.make_release(edition, by=admin)
    session = factories.open_session(factories.make_session(edition), by=facilitator)
    place = edition.entries.get(path="DIR/1/5.2")
    proposed = Text(body="ตรวจสอบความครบถ้วนและลงชื่อ")
    asked = factories.say(session, place, delegate, proposed=proposed)
    other = factories.say(session, place, delegate, "ขอให้ตัดออกทั้งข้อ", "ask")
    hide_comment(other, by=facilitator, reason="ใช้ถ้อยคำไม่สุภาพ")
    reclass_comment(asked, "overlap", by=facilitator, reason="กล่าวถึงงานของกลุ่มอื่น")
    factories.make_support(asked, delegate.office, by=delegate)
    adopt_amendments([Adoption(asked.amendments.get(), 1)], by=drafter)
    decide_comments(
        [other], Ruling("out_of_scope", "ไม่อยู่ในขอบเขตของคู่มือฉบับนี้"), by=named["second"]
    )
    publish_answers(session.hearing, session.work_group, by=drafter)
    object_to_answer(other, "ขอให้ทบทวนอีกครั้งหนึ่ง", by=delegate)
    first = factories.clause_at(process, "5.1")
    split_clause(
        first,
        1,
        [Text(body="เปิดระบบ"), Text(body="วันละสองครั้ง")],
        by=drafter,
        reason="แยก",
    )
    retire_clause(factories.clause_at(process, "5.1"), 2, by=drafter, reason="ซ้ำ")
    last = factories.clause_at(process, "5.3")
    move_clause(last, 1, factories.Position(process, 2), by=drafter, reason="ย้าย")
    factories.make_job(delegate)

    assert {
        table for name in (GIVEN, FAMILY, TITLE) for table in tables_with(name)
    } == {"directory_user"}
    assert tables_with(GIVEN)["directory_user"] == 5
    assert tables_with("วันละสองครั้ง").keys() >= {
        "manuals_clause",
        "manuals_textblob",
        "reversion_version",
    }
