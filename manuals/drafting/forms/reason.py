"""Why something is done to the draft: one line, told in every history."""

from typing import Any

from hearing_portal.web.forms import ThaiTextField

REASON_LIMIT = 300


class ReasonField(ThaiTextField):
    """`required_words` are told when it is left empty."""

    def __init__(self, *, required_words: str, **options: Any) -> None:
        super().__init__(
            max_length=REASON_LIMIT,
            multiline=False,
            error_messages={"required": required_words},
            **options,
        )
