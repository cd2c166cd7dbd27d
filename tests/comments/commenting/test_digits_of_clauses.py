"""Words of a clause have the reader's digits wherever they are shown; in a field they are as they are stored."""

import pytest
from django.urls import reverse

from manuals.content import Text
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db

STORED = "ให้แล้วเสร็จภายใน ๑๕ วัน"
SHOWN = "ให้แล้วเสร็จภายใน 15 วัน"


@pytest.fixture
def quoting(process, drafter, admin, dir_group, hearing, facilitator, delegate):
    clause = factories.make_clause(process, Text(body=STORED), by=drafter)
    edition = factories.make_edition("DIGITS-1", by=admin)
    factories.make_release(edition, "hearing", by=admin)
    made = factories.make_session(edition, dir_group, hearing=hearing)
    session = factories.open_session(made, by=facilitator)
    entry = factories.entry_of(edition, clause)
    start, end = len("ให้แล้วเสร็จ"), len(STORED)
    return factories.make_comment(
        session,
        entry,
        delegate,
        field="text",
        span_start=start,
        span_end=end,
        quote=STORED[start:end],
    )


def test_desk_offers_and_lists_in_the_readers_digits(sign_in, drafter, quoting):
    desk = sign_in(drafter)
    bench = markup(desk.get(reverse("comment-disposition", args=[quoting.uuid])))
    assert SHOWN in bench.partition('name="points_to"')[2].partition("</select>")[0]
    lines = markup(desk.get("/matrix/"))
    assert SHOWN in lines
    assert "“ภายใน 15 วัน”" in lines
    assert "๑๕" not in lines
    desk.cookies["digits"] = "thai"
    assert "“ภายใน ๑๕ วัน”" in markup(desk.get("/matrix/"))
