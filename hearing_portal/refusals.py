"""The one exception for what the portal will not do. Whoever raises it says why in Thai, and knows no HTTP."""

from enum import StrEnum
from math import ceil
from typing import ClassVar


class RefusalKind(StrEnum):
    """Why something is refused. Which status a kind has is known to hearing_portal.web.http alone."""

    SIGN_IN_FIRST = "sign-in-first"  # nobody, or somebody else, is signed in
    FORBIDDEN = "forbidden"  # the person may not do this
    CONFLICT = "conflict"  # things stand otherwise than the person believes
    INVALID = "invalid"  # what was given is incomplete or wrong
    LOST = "lost"  # it was there, and is no more
    TOO_MUCH = "too-much"  # more than a person does, at once


class Refusal(Exception):
    """What was asked is not done, and nothing is stored.

    `message_th` tells the person why, and what to do. `field` names the field of a form that is wrong, where it is
    one. Subclasses set their usual `kind`.
    """

    kind: ClassVar[RefusalKind] = RefusalKind.INVALID

    def __init__(
        self, message_th: str, *, kind: RefusalKind | None = None, field: str = ""
    ) -> None:
        super().__init__(message_th)
        self.message_th = message_th
        self.field = field
        self.refusal_kind = kind or type(self).kind


class TooMuchAtOnce(Refusal):
    """One account asks for more than a person does. `retry_after`: seconds, at least one, until it may go on."""

    kind = RefusalKind.TOO_MUCH

    def __init__(self, message_th: str, *, retry_after: float) -> None:
        super().__init__(message_th)
        self.retry_after = max(1, ceil(retry_after))
