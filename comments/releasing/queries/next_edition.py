"""What the next edition of the working draft will most likely be for."""

from manuals.models import Edition

from ...models import SessionState


def suggest_edition_kind() -> Edition.Kind:
    """To be heard, until a session was open on an edition (docs/decisions/0038): then what the hearing made of it. One
    query."""
    if SessionState.objects.filter(state=SessionState.State.OPENED).exists():
        return Edition.Kind.REVISED
    return Edition.Kind.HEARING
