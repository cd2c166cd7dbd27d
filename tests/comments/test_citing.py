"""How clauses are called on the pages of a hearing."""

import pytest

from comments.citations import cite_entry
from hearing_portal.directory.models import User
from manuals.models import Section
from manuals.queries import entry_view
from manuals.reading.names import clause_name
from tests import factories

pytestmark = pytest.mark.django_db


def test_note_below_the_steps_is_named_by_its_part(
    process: Section, admin: User
) -> None:
    note = factories.make_clause(process, "ใช้แบบฟอร์มแนบท้าย", part=9, numbering="none")
    edition = factories.make_edition("A", by=admin)
    entry = factories.entry_of(edition, note)
    step = factories.entry_of(edition, factories.clause_at(process, "1", part=9))

    assert (cite_entry(step), clause_name(entry_view(step))) == (
        "ขั้นตอนที่\u00a01",
        "ขั้นตอนที่ 1",
    )
    assert {cite_entry(entry), clause_name(entry_view(entry))} == {
        "ส่วนที่ 9 แบบสรุปมาตรฐานงาน"
    }
