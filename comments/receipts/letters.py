"""The letters of a receipt's link: whoever has them reads what became of one comment, without an account.

They are not stored: the key of the installation makes them of the comment and of how often its link was called back
(docs/decisions/0120-a-receipt-needs-no-row.md).
"""

import re
from base64 import b32encode

from django.utils.crypto import constant_time_compare, salted_hmac

from ..models import Comment

BYTES = 10  # 80 bits: 16 letters
GROUP = 4


def receipt_letters(comment: Comment, recalls: int) -> str:
    """Of a link after that many recalls: k7mq-x3vd-…, small letters and the figures 2 to 7."""
    digest = salted_hmac(
        "comments.receipts", f"{comment.uuid} {recalls}", algorithm="sha256"
    ).digest()
    letters = b32encode(digest[:BYTES]).decode().lower()
    return "-".join(
        letters[start : start + GROUP] for start in range(0, len(letters), GROUP)
    )


def is_of(typed: str, letters: str) -> bool:
    """However it was typed: large letters, blanks, without the dashes or with others."""
    return constant_time_compare(_bare(typed), _bare(letters))


def _bare(letters: str) -> str:
    return re.sub(r"[\s\-\u2010-\u2015]", "", letters.lower())
