"""Why a card signs nobody in, and why an arrival is not recorded."""

from hearing_portal.refusals import Refusal, RefusalKind


class CardRefused(Refusal):
    kind = RefusalKind.CONFLICT


class ArrivalRefused(Refusal):
    kind = RefusalKind.CONFLICT
