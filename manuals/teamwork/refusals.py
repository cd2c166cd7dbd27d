"""Why an act of those who draft together is refused."""

from hearing_portal.refusals import Refusal, RefusalKind


class TeamworkRefused(Refusal):
    """The act cannot be done as asked; the message says why, in Thai."""


class TeamworkOvertaken(TeamworkRefused):
    """Somebody else did something to it since the page was read."""

    kind = RefusalKind.CONFLICT
