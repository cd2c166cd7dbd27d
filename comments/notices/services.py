"""Writing to people once a day, trying the mail server, and a person's own address."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal
from hearing_portal.thai.dates import to_bangkok

from ..acts import MAIL_TRIED, about_mail
from ..models import Digest, DigestRound, MailRefusal
from .mail_server import MailRefused, read_mail_server
from .queries import find_last_digest, find_news, find_people_to_tell
from .telling import SUBJECT, write_digest

# How far back the first mail to somebody looks
FIRST_LOOKS_BACK = timedelta(days=2)


class TestMessageRefused(Refusal):
    """The mail server did not take the test message."""


def keep_address(user: User, address: str) -> None:
    """The person's own; "" stops the mail."""
    user.email = address
    user.save(update_fields=["email"])


def send_digests(now: datetime | None = None) -> int:
    """One mail to everybody with an address for whom something is new, once a day from settings.DIGEST_HOUR on; returns
    how many were taken. Nothing is lost to who gets none today: the next one looks back to the last one."""
    server = read_mail_server()
    now = to_bangkok(now or timezone.now())
    if server is None or now.hour < settings.DIGEST_HOUR:
        return 0
    _, is_first = DigestRound.objects.get_or_create(day=now.date())
    if not is_first:
        return 0
    taken = 0
    try:
        with server.connected() as connection:
            for user in find_people_to_tell(now.date()):
                digest = _write(user, now)
                if digest is None:
                    continue
                try:
                    server.send(connection, digest.address, SUBJECT, digest.text)
                    taken += 1
                except MailRefused as refused:
                    MailRefusal.objects.create(
                        digest=digest, address=digest.address, words=str(refused)
                    )
    except MailRefused as refused:
        MailRefusal.objects.create(words=str(refused))
    return taken


def _write(user: User, now: datetime) -> Digest | None:
    """None where nothing is new. Stored at once, before it is sent."""
    last = find_last_digest(user)
    since = last.at if last else now - FIRST_LOOKS_BACK
    news = find_news(user, since)
    if news.is_empty:
        return None
    day = now.date()
    with transaction.atomic():
        return Digest.objects.create(
            user=user, day=day, address=user.email, text=write_digest(news, day)
        )


def send_test_message(address: str, *, by: User) -> None:
    """Raises TestMessageRefused with what the server said; kept among the refusals."""
    server = read_mail_server()
    if server is None:
        raise TestMessageRefused(
            "ยังไม่ได้ตั้งค่าเซิร์ฟเวอร์อีเมล โปรดกำหนด PORTAL_SMTP และ PORTAL_MAIL_FROM แล้วเริ่มระบบใหม่"
        )
    with act(by=by) as done:
        done.record(MAIL_TRIED, about_mail(), reason="")
    try:
        with server.connected() as connection:
            server.send(
                connection,
                address,
                "ข้อความทดสอบจากระบบประชาพิจารณ์",
                f"อีเมลของระบบใช้งานได้\n{settings.PORTAL_URL}",
            )
    except MailRefused as refused:
        MailRefusal.objects.create(address=address, words=str(refused))
        raise TestMessageRefused(
            f"เซิร์ฟเวอร์อีเมลไม่ส่งข้อความ แจ้งว่า: {refused} โปรดตรวจสอบการตั้งค่าหรืออีเมลปลายทาง"
        ) from refused
