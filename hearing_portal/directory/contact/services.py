"""Contact and privacy notice are rewritten, never changed: each version stays, with who wrote it."""

from dataclasses import asdict, dataclass

from django.db import connection, transaction

from hearing_portal.acts.services import act
from hearing_portal.refusals import Refusal, RefusalKind

from ..acts import CONTACT_CHANGED, PRIVACY_CHANGED, about_contact, about_privacy
from ..models import ContactVersion, PrivacyNoticeVersion, User
from .foot import forget_foot_contact
from .queries import FIELD_WORDS, current_contact, current_privacy_notice
from .texts import DEFAULT_PRIVACY_NOTICE

_LOCK = 0x434F4E54414354  # "CONTACT": advisory, one version after the other


class ContactRefused(Refusal):
    """Somebody else wrote a version meanwhile; `message_th` says what to do."""

    kind = RefusalKind.CONFLICT


class ShippedNoticeNotTaken(ContactRefused):
    """Pressed unread, the text that comes with the portal would pass for the office's own."""

    def __init__(self) -> None:
        message = "ข้อความยังเหมือนที่มากับระบบ โปรดแก้ไขให้ตรงกับหน่วยงานของท่าน หรือทำเครื่องหมายที่ช่องนี้เพื่อใช้ข้อความนี้"
        super().__init__(message, kind=RefusalKind.INVALID, field="takes_shipped")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about the portal."""

    name: str
    telephone: str
    email: str
    line: str


def change_contact(
    contact: Contact, *, by: User, based_on: int | None
) -> ContactVersion:
    """A new version, unless nothing differs. Raises ContactRefused when `based_on` is not the latest one's id."""
    with act(by=by) as done:
        _lock()
        latest = current_contact()
        if latest.pk != based_on:
            raise _overtaken("ข้อมูลติดต่อ")
        changed = []
        for name, value in asdict(contact).items():
            if getattr(latest, name) != value:
                changed.append(FIELD_WORDS[name])
        if not changed:
            return latest
        version = ContactVersion.objects.create(**asdict(contact), by=by)
        done.record(CONTACT_CHANGED, about_contact(), note=" ".join(changed))
        transaction.on_commit(forget_foot_contact)
        return version


def change_privacy_notice(
    text: str,
    *,
    by: User,
    based_on: int | None,
    takes_shipped: bool = False,
) -> PrivacyNoticeVersion:
    """A new version, unless nothing differs. The text that comes with the portal becomes the office's own only when
    the person says so (`takes_shipped`). Raises ContactRefused when `based_on` is not the latest one's id, and
    ShippedNoticeNotTaken."""
    with act(by=by) as done:
        _lock()
        latest = current_privacy_notice()
        if (latest.pk if latest else None) != based_on:
            raise _overtaken("ประกาศ")
        if latest is not None and latest.text == text:
            return latest
        if (
            latest is None
            and text == DEFAULT_PRIVACY_NOTICE.strip()
            and not takes_shipped
        ):
            raise ShippedNoticeNotTaken
        version = PrivacyNoticeVersion.objects.create(text=text, by=by)
        done.record(PRIVACY_CHANGED, about_privacy())
        return version


def _overtaken(what: str) -> ContactRefused:
    return ContactRefused(
        f"ผู้ดูแลระบบอีกท่านแก้ไข{what}ไปก่อนแล้ว โปรดเปิดหน้านี้ในหน้าต่างใหม่เพื่อดู{what}ล่าสุด แล้วแก้ไขอีกครั้ง"
    )


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
