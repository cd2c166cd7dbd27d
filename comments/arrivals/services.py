"""Making cards and calling them back, signing in with one, and recording who came.

A card's secret has 128 random bits, so its hash is a fast one: seventeen people a second arrive at a hall's door
(docs/decisions/0151-cards-bring-people-in.md).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from hearing_portal.acts.services import act
from hearing_portal.directory.acts import about_person
from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.thai.dates import be_date
from manuals.previewing.queries import hash_secret

from ..acts import CARD_RECALLED, CARDS_MADE, about_hearing
from ..live.services import record_event
from ..models import (
    Attendance,
    CardRecall,
    CardUse,
    Event,
    Hearing,
    HearingSession,
    InvitationCard,
)
from .queries import is_card_recalled, roles_in_session
from .refusals import ArrivalRefused, CardRefused

SECRET_BYTES = 16
ASK_THE_DESK = "โปรดติดต่อจุดลงทะเบียน หรือเข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่าน"


@dataclass(frozen=True, slots=True)
class MadeCard:
    """The secret is told once, on paper."""

    card: InvitationCard
    secret: str


def may_have_card(person: User) -> bool:
    """Nobody who works at a desk: a card that is found in the hall opens no desk."""
    is_staff = load_roles(person).is_staff or person.is_staff or person.is_superuser
    return person.is_active and not is_staff


def issue_cards(
    hearing: Hearing, people: Sequence[User], *, most_uses: int | None, by: User
) -> list[MadeCard]:
    """One for each who may have one; a card they had before is called back. `most_uses` None: as often as wanted."""
    made = []
    with act(by=by) as done:
        Hearing.objects.select_for_update().get(pk=hearing.pk)
        earlier = InvitationCard.objects.filter(
            hearing=hearing, person__in=people, recall__isnull=True
        )
        CardRecall.objects.bulk_create(
            [CardRecall(card=card, by=by) for card in earlier]
        )
        for person in people:
            if not may_have_card(person):
                continue
            secret = secrets.token_urlsafe(SECRET_BYTES)
            card = InvitationCard(
                hearing=hearing,
                person=person,
                secret_sha=hash_secret(secret),
                most_uses=most_uses,
                by=by,
            )
            made.append(MadeCard(card, secret))
        InvitationCard.objects.bulk_create([each.card for each in made])
        note = f"{len(made)} ใบ"
        done.record(CARDS_MADE, about_hearing(hearing), note=note)
    return made


def recall_card(card: InvitationCard, *, by: User) -> None:
    """At once, also on the phones it signed in. Once; again changes nothing."""
    with act(by=by) as done:
        _, is_new = CardRecall.objects.get_or_create(card=card, defaults={"by": by})
        if is_new:
            done.record(CARD_RECALLED, about_person(card.person))


def require_usable(card: InvitationCard, day: date) -> None:
    """Raises CardRefused where the card signs nobody in on the day, whatever its uses. It comes with its recall."""
    hearing = card.hearing
    if is_card_recalled(card):
        raise CardRefused(f"บัตรนี้ถูกเรียกคืนแล้ว {ASK_THE_DESK}")
    if day < hearing.opens_on:
        raise CardRefused(
            f"บัตรนี้ใช้ได้ตั้งแต่วันที่ {be_date(hearing.opens_on)} ก่อนวันนั้นโปรดเข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่าน"
        )
    if day > hearing.closes_on:
        raise CardRefused("บัตรนี้หมดอายุแล้ว โปรดเข้าสู่ระบบด้วยชื่อผู้ใช้และรหัสผ่าน")
    if not may_have_card(card.person):
        raise CardRefused(f"บัตรนี้ใช้เข้าสู่ระบบไม่ได้ {ASK_THE_DESK}")


def use_card(card: InvitationCard, day: date) -> CardUse:
    """One more phone. Raises CardRefused, also where it has signed in as many as it may: of two at once one."""
    with act(by=card.person):
        _lock(f"card {card.pk}")  # its row is never changed, so it cannot be locked
        cards = InvitationCard.objects.select_related("hearing", "person", "recall")
        card = cards.get(pk=card.pk)
        require_usable(card, day)
        if card.most_uses is not None and card.uses.count() >= card.most_uses:
            raise CardRefused(f"บัตรนี้ใช้ครบจำนวนครั้งแล้ว {ASK_THE_DESK}")
        return CardUse.objects.create(card=card)


def record_arrival(
    session: HearingSession, person: User, *, method: str, by: User
) -> Attendance:
    """Who is present already stays so. Raises ArrivalRefused for whom the session does not expect."""
    return _record(session, person, Attendance.State.ARRIVED, method, by)


def record_leaving(session: HearingSession, person: User, *, by: User) -> Attendance:
    """Also for an arrival that was recorded by mistake."""
    return _record(session, person, Attendance.State.LEFT, Attendance.Method.HAND, by)


def _record(
    session: HearingSession, person: User, state: str, method: str, by: User
) -> Attendance:
    with act(by=by):
        _lock(f"attendance {session.pk} {person.pk}")
        rows = Attendance.objects.filter(session=session, person=person)
        latest = rows.order_by("-pk").first()
        if latest is not None and latest.state == state:
            return latest
        roles = roles_in_session(session).filter(user=person)
        role = roles.order_by("office", "pk").first()
        if role is None:
            raise ArrivalRefused("ผู้นี้ไม่อยู่ในรายชื่อของเวทีนี้ โปรดตรวจกลุ่มงานที่ลงทะเบียนไว้")
        office = role.office
        record_event(session, Event.Kind.ATTENDANCE)
        return Attendance.objects.create(
            session=session,
            person=person,
            office=office,
            office_kind=office.kind if office is not None else None,
            state=state,
            method=method,
            by=by,
        )


def _lock(key: str) -> None:
    """One at a time for a card, or for a person in a session; others do not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
