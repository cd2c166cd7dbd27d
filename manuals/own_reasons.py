"""Why something was done, as somebody said it; and what the portal itself writes where nobody is asked: no reason."""

from .models import SectionVersion
from .models.version import OrderingReason

Action = SectionVersion.Action

BRINGING_BACK = "เรียกคืนข้อที่ยกเลิก"
TAKING_IN = "นำเข้า"
COPYING = "คัดลอกจาก"
ORDERING = frozenset(OrderingReason)


def tell_taking_in(title: str) -> str:
    return f"{TAKING_IN} {title}"


def tell_revising(title: str) -> str:
    """Of a file that says no reason itself."""
    return f"ปรับปรุง {title}"


def tell_copying(title: str) -> str:
    return f"{COPYING} {title}"


def tell_bringing_back(title: str) -> str:
    return f"เรียกคืน {title}"


def own_reason(action: str, reason: str, title: str) -> str:
    """What somebody said of an act on a section that was called `title` after it; "" where the portal wrote it."""
    match action:
        case Action.UNDO:
            is_written = True
        case Action.IMPORT:
            beginnings = (f"{TAKING_IN} ", f"{COPYING} ")
            is_written = reason == tell_revising(title) or reason.startswith(beginnings)
        case Action.RESTORE:
            is_written = reason in (BRINGING_BACK, tell_bringing_back(title))
        case _:
            is_written = reason in ORDERING
    return "" if is_written else reason
