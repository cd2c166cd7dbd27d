"""Why a motion is not noted."""

from hearing_portal.refusals import Refusal, RefusalKind


class MotionRefused(Refusal):
    """Things stand otherwise than the facilitator believes; the words stay."""

    kind = RefusalKind.CONFLICT
