"""Why an act on a session is refused."""

from hearing_portal.refusals import Refusal, RefusalKind


class SessionRefused(Refusal):
    """The act does not fit the session's state."""

    kind = RefusalKind.CONFLICT
