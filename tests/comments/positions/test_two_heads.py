"""Two heads of one office, or two facilitators of one group, at the same moment: one is stored, the other is told."""

import pytest

from comments.conclusions.services import ConclusionOvertaken, sign_conclusion
from comments.models import Conclusion, OfficePosition
from comments.positions.services import (
    PositionInput,
    PositionOvertaken,
    confirm_position,
)
from hearing_portal.refusals import Refusal
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def outcome_of(future):
    try:
        return future.result()
    except Refusal as refused:
        return refused


def test_second_head_is_told_of_the_first(
    hearing, session, manual, lampang, office_head, together
):
    other = factories.make_office_head(lampang, username="other-head")

    def confirm(person, stance):
        said = PositionInput(stance, (), "ขัดกับระเบียบ", seen="")
        return confirm_position(lampang, hearing, manual, said, by=person)

    futures = [
        together(lambda: confirm(office_head, "support")),
        together(lambda: confirm(other, "object")),
    ]
    kinds = {type(outcome_of(future)) for future in futures}
    assert kinds == {OfficePosition, PositionOvertaken}
    assert OfficePosition.objects.count() == OfficePosition.history.count() == 1


def test_second_facilitator_is_told_of_the_first(
    hearing, session, dir_group, facilitator, together
):
    other = factories.make_facilitator(dir_group, username="other-facilitator")

    def sign(person, words):
        return sign_conclusion(
            hearing, dir_group, session.edition, words, by=person, seen=0
        )

    futures = [
        together(lambda: sign(facilitator, "ลดขั้นตอน")),
        together(lambda: sign(other, "คงขั้นตอนเดิม")),
    ]
    kinds = {type(outcome_of(future)) for future in futures}
    assert kinds == {Conclusion, ConclusionOvertaken}
    assert Conclusion.objects.count() == 1
