"""Whom to ask about the portal, and what it tells people about their data, as they stand now."""

from ..models import ContactVersion, PrivacyNoticeVersion
from .texts import DEFAULT_PRIVACY_NOTICE

FIELD_WORDS = {
    "name": "ชื่อผู้ติดต่อ",
    "telephone": "โทรศัพท์",
    "email": "อีเมล",
    "line": "LINE",
}


def current_contact() -> ContactVersion:
    """An empty one, which is not stored, before anybody wrote it."""
    return ContactVersion.objects.first() or ContactVersion()


def current_privacy_notice() -> PrivacyNoticeVersion | None:
    """None while the text that comes with the portal is shown."""
    return PrivacyNoticeVersion.objects.first()


def says_shipped_text(notice: PrivacyNoticeVersion | None) -> bool:
    """Whether the notice is the one that comes with the portal: nobody edited it, an administrator took it at most."""
    return notice is None or notice.text.strip() == DEFAULT_PRIVACY_NOTICE.strip()


def find_missing_contact_fields(contact: ContactVersion | None = None) -> list[str]:
    """The words of what an administrator should still enter: whom to ask, and one way at least to reach them."""
    contact = contact or current_contact()
    missing: list[str] = []
    if not contact.name:
        missing.append(FIELD_WORDS["name"])
    if not contact.telephone and not contact.email and not contact.line:
        missing.append("โทรศัพท์ อีเมล หรือ LINE อย่างน้อยหนึ่งช่องทาง")
    return missing
