"""The order of those who asked for the floor, without a database."""

from comments.floor.ordering import order_requests
from comments.models import SpeakerMove, SpeakerRequest

P, S = "primary", "secondary"


def asks(pk: int, kind: str | None, office: int | None, subject: str = "clause"):
    return SpeakerRequest(
        pk=pk, person_id=pk, office_id=office, office_kind=kind, subject=subject
    )


def order(*waiting, spoken=None, last_kind=None, moves=()) -> list[int]:
    places = order_requests(
        waiting, spoken=spoken or {}, last_kind=last_kind, moves=moves
    )
    assert [place.number for place in places] == list(range(1, len(waiting) + 1))
    return [place.request.pk for place in places]


def moved(request: int, before: int | None) -> SpeakerMove:
    return SpeakerMove(request_id=request, before_id=before, reason="x")


def test_order_is_procedure_then_rounds_then_kinds_in_turn_then_time() -> None:
    # Kinds in turn; the kind that asked first begins, and what is left of one kind follows
    assert order(asks(1, P, 1), asks(2, P, 2), asks(3, S, 3), asks(4, P, 4)) == [
        *(1, 3, 2, 4)
    ]
    # After a primary office a secondary one is next, whoever asked first
    assert order(asks(1, P, 1), asks(2, S, 2), last_kind=P) == [2, 1]
    # Who spoke already waits for all who did not, and an office's second request for the others' first
    assert order(asks(1, P, 1), asks(2, P, 2), spoken={("office", 1): 1}) == [2, 1]
    assert order(asks(1, P, 1), asks(2, P, 1), asks(3, S, 2), asks(4, P, 3)) == [
        *(1, 3, 4, 2)
    ]
    # The procedure goes before everything; an expert speaks for no office, after those of the round
    assert order(asks(1, None, None), asks(2, P, 1), asks(3, S, 2, "procedure")) == [
        3,
        2,
        1,
    ]


def test_moves_stand_and_what_they_stood_before_may_be_gone() -> None:
    waiting = [asks(1, P, 1), asks(2, S, 2), asks(3, P, 3)]
    assert order(*waiting, moves=[moved(3, 1)]) == [3, 1, 2]
    assert order(*waiting, moves=[moved(1, None)]) == [2, 3, 1]
    # The latest move of a request counts; whoever it was put before has spoken: it is next
    assert order(*waiting, moves=[moved(3, 1), moved(3, None)]) == [1, 2, 3]
    assert order(*waiting, moves=[moved(3, 99)]) == [3, 1, 2]
    # Who has no place any more leaves the others where they are
    assert order(*waiting, moves=[moved(99, 1)]) == [1, 2, 3]
