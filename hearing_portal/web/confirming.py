"""The step before an act that cannot be taken back: what will happen and to whom, told before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConfirmingStep:
    """What `components/confirming_page.html` says around a page's own facts.

    The form is sent to `to` with `sent` and the field `is_confirmed`; `back` leads away without doing anything.
    """

    title: str
    question: str
    consequence: str
    to: str
    back: str
    act: str
    icon: str
    stay: str
    sent: Sequence[tuple[str, str]] = ()
    refusal: str = ""
