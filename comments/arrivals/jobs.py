"""The job that makes cards and prints them. The paper alone holds the secrets; the portal keeps their hashes."""

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.models import Job, StoredFile

from ..hearings.queries import find_hearing_by_key
from ..models import Hearing
from ..permissions import Role
from .forms import ADVISERS, HEADS
from .services import MadeCard, issue_cards, may_have_card

NOBODY = "ไม่มีผู้ที่จัดทำบัตรให้ได้ โปรดเพิ่มรายชื่อผู้แทนก่อน"


def run_cards_job(job: Job, progress: Progress) -> StoredFile:
    """Raises JobRefused. Run again after a worker died it makes other cards, and calls those back that nobody has."""
    # Inside: a web process never needs the printing libraries
    from manuals.pdf.cards import PrintedCard, print_cards

    if not load_roles(job.asked_by).is_admin:
        raise JobRefused("จัดทำบัตรได้เฉพาะผู้ดูแลระบบ")
    hearing = find_hearing_by_key(job.params["hearing"])
    if hearing is None:
        raise JobRefused("ไม่พบประชาพิจารณ์นี้ โปรดเลือกใหม่")
    progress(0, 2)
    roles = find_roles_for_cards(hearing, job.params["whom"])
    people = list({role.user_id: role.user for role in roles}.values())
    if not any(may_have_card(person) for person in people):
        raise JobRefused(NOBODY)
    made = issue_cards(
        hearing, people, most_uses=job.params["most_uses"], by=job.asked_by
    )
    progress(1, 2)
    cards = [PrintedCard(**_printed_words(each, roles)) for each in made]
    printed = print_cards(hearing.title, hearing.days, cards)
    name = f"บัตรเข้าร่วมประชุม {hearing.key} {job.params['whom']}.pdf"
    return store_file(printed, media_type="application/pdf", name=name)


def find_roles_for_cards(hearing: Hearing, whom: str) -> list[RoleAssignment]:
    """On the hearing's days, by office and name: delegates of the group with the key, heads, or advisers."""
    wanted = Q(role=Role.DELEGATE, work_group__key=whom)
    if whom == HEADS:
        wanted = Q(role=Role.OFFICE_HEAD)
    elif whom == ADVISERS:
        wanted = Q(role__in=(Role.EXPERT, Role.CENTRAL_BUREAU))
    roles = RoleAssignment.objects.filter(
        wanted,
        Q(valid_until__isnull=True) | Q(valid_until__gte=hearing.opens_on),
        valid_from__lte=hearing.closes_on,
        user__is_active=True,
    ).select_related("user", "office", "work_group")
    return list(
        roles.order_by("office__kind", "office__short_name", "user__given_name", "pk")
    )


def _printed_words(made: MadeCard, roles: list[RoleAssignment]) -> dict[str, str]:
    """What stands on a card (manuals.pdf.cards.PrintedCard)."""
    person: User = made.card.person
    own = [role for role in roles if role.user_id == person.pk]
    office = next((role.office.short_name for role in own if role.office), "")
    groups = ", ".join(role.work_group.short_name for role in own if role.work_group)
    path = reverse("card", args=[made.secret])
    uses = "ไม่จำกัดจำนวนเครื่อง"
    if made.card.most_uses is not None:
        uses = f"ใช้เข้าสู่ระบบได้ {made.card.most_uses} เครื่อง"
    role_name = str(own[0].get_role_display())
    return {
        "number": str(made.card.pk),
        "name": person.get_full_name(),
        "office": office or role_name,
        "groups": groups or role_name,
        "uses": uses,
        "address": f"{settings.PORTAL_URL.rstrip('/')}{path}",
    }
