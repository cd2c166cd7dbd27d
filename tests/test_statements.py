"""Statements that are kept: what they find is what the query set itself finds, with any values, one after the other."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.postgres.statements import is_any_of, kept_statement
from tests import factories

pytestmark = pytest.mark.django_db


@kept_statement
def find_people(ids, role, day, *, order):
    held = RoleAssignment.objects.filter(user=OuterRef("pk"), role=role).valid_on(day)
    people = User.objects.filter(Q(Exists(held)), is_any_of("pk", ids))
    return people.select_related("office").order_by(order)


@kept_statement
def find_names(name):
    return User.objects.filter(family_name=name).values_list("username", flat=True)


def test_other_values_find_other_rows_by_one_statement():
    group = factories.make_group("AAA")
    drafter = factories.make_drafter(group)
    delegate = factories.make_delegate(group)
    ids = [drafter.pk, delegate.pk]
    today = localdate()

    assert find_people(ids, "drafter", today, order="pk") == [drafter]
    assert find_people(ids, "delegate", today, order="pk") == [delegate]
    assert find_people(ids[:1], "delegate", today, order="pk") == []
    assert find_people([], "delegate", today, order="pk") == []
    long_ago = today - timedelta(days=100_000)
    assert find_people(ids, "drafter", long_ago, order="pk") == []
    [found] = find_people(ids, "delegate", today, order="-pk")
    with CaptureQueriesContext(connection) as asked:
        assert found.office == delegate.office
    assert len(asked) == 0


def test_a_value_is_never_a_part_of_the_statement():
    assert find_names("' OR TRUE --") == []
    assert find_names("%s") == []


def test_none_asks_for_rows_without_a_value():
    @kept_statement
    def find_roles(office):
        return RoleAssignment.objects.filter(office=office)

    group = factories.make_group("AAA")
    drafter = factories.make_drafter(group)
    delegate = factories.make_delegate(group)
    assert [role.user for role in find_roles(None)] == [drafter]
    assert [role.user for role in find_roles(delegate.office.pk)] == [delegate]


def test_a_condition_that_nothing_fulfils_finds_nothing():
    @kept_statement
    def find_nobody(name):
        return User.objects.filter(pk__in=[], username=name)

    assert find_nobody("somebody") == []


def test_rows_are_their_own_every_time():
    drafter = factories.make_drafter(factories.make_group("AAA"))
    [first] = find_people([drafter.pk], "drafter", localdate(), order="pk")
    first.family_name = "changed"
    [second] = find_people([drafter.pk], "drafter", localdate(), order="pk")
    assert second.family_name == drafter.family_name


def test_what_is_fetched_beside_the_rows_is_refused():
    @kept_statement
    def find_with_roles(name):
        return User.objects.filter(username=name).prefetch_related("role_assignments")

    with pytest.raises(ValueError, match="beside"):
        find_with_roles("somebody")
