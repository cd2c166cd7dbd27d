"""Why an act on the line of speakers is refused."""

from hearing_portal.refusals import Refusal, RefusalKind


class FloorRefused(Refusal):
    """The line stands otherwise than the person believes."""

    kind = RefusalKind.CONFLICT
