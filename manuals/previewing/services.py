"""Making a link to the working draft, calling it back, and opening it."""

import re
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password
from django.utils.timezone import localdate

from hearing_portal.acts.kinds import Subject
from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.directory.people.services import make_temporary_password
from hearing_portal.directory.sign_in.limits import (
    Source,
    begin_attempt,
    forget_attempts,
)
from hearing_portal.refusals import Refusal, RefusalKind

from ..acts import (
    PREVIEW_MADE,
    PREVIEW_OPENED,
    PREVIEW_RECALLED,
    about_manual,
    about_section,
)
from ..models import Manual, PreviewLink, PreviewOpening, PreviewRecall, Section
from .queries import hash_secret

SECRET_BYTES = 24  # 192 bits in the address
LONGEST = 90  # days


class PreviewRefused(Refusal):
    kind = RefusalKind.INVALID


@dataclass(frozen=True, slots=True)
class MadeLink:
    """Told once, to who made it: neither of the two secrets is stored."""

    link: PreviewLink
    secret: str
    password: str


def make_preview_link(
    manual: Manual,
    section: Section | None,
    purpose: str,
    ends_on: date,
    *,
    uuid: UUID,
    by: User,
) -> MadeLink | None:
    """None for a form that was sent twice: what was told then is told nowhere else."""
    today = localdate()
    if ends_on < today or ends_on > today + timedelta(days=LONGEST):
        raise PreviewRefused(
            f"วันสิ้นสุดต้องไม่ก่อนวันนี้ และไม่เกิน {LONGEST} วันนับจากวันนี้ โปรดแก้ไข",
            field="ends_on",
        )
    secret = secrets.token_urlsafe(SECRET_BYTES)
    password = make_temporary_password()
    values = {
        "manual": manual,
        "section": section,
        "purpose": purpose,
        "secret_sha": hash_secret(secret),
        "password": make_password(password),
        "ends_on": ends_on,
        "by": by,
    }
    with act(by=by) as done:
        link, is_new = PreviewLink.objects.get_or_create(uuid=uuid, defaults=values)
        if not is_new:
            return None
        done.record(PREVIEW_MADE, _about(link))
    return MadeLink(link, secret, password)


def recall_preview_link(link: PreviewLink, *, by: User) -> None:
    """At once, also for who has it open. Once; again changes nothing."""
    with act(by=by) as done:
        _, is_new = PreviewRecall.objects.get_or_create(link=link, defaults={"by": by})
        if is_new:
            done.record(PREVIEW_RECALLED, _about(link))


def open_preview_link(link: PreviewLink, password: str, *, address: str) -> bool:
    """Whether the password is right. Guessing is slowed down as at the sign-in; raises SignInPaused."""
    attempt = begin_attempt(
        f"preview {link.uuid}", Source(address)
    )  # no username has a blank
    # k7mq-x3vd-9hnt, however it was typed: large letters, blanks or without the dashes
    letters = re.sub(r"[\s\-\u2010-\u2015]", "", password.lower())
    as_made = "-".join(
        letters[start : start + 4] for start in range(0, len(letters), 4)
    )
    if not check_password(as_made, link.password):
        return False
    forget_attempts(attempt)
    with act(by=None) as done:
        PreviewOpening.objects.create(link=link)
        done.record(PREVIEW_OPENED, _about(link))
    return True


def _about(link: PreviewLink) -> Subject:
    if link.section is not None:
        return about_section(link.section)
    return about_manual(link.manual)
