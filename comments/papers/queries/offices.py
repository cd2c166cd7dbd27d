"""Which offices were asked, which spoke, and who is registered."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, RoleAssignment, WorkGroup

from ...models import Comment, Hearing, HearingSession, Support
from ...permissions import Role


@dataclass(frozen=True, slots=True)
class OfficeVoices:
    """An office with how much was said in its name, and how often it supported what another said."""

    office: AreaOffice
    comments: int
    supports: int

    @property
    def is_silent(self) -> bool:
        return not self.comments and not self.supports


def find_office_voices(hearing: Hearing) -> list[OfficeVoices]:
    """Of all offices there are on the hearing's first day, primary ones first. Three queries."""
    comments = _count_by_office(
        Comment.objects.filter(session__hearing=hearing, parent__isnull=True)
    )
    supports = _count_by_office(
        Support.objects.filter(
            comment__session__hearing=hearing, taken_back_at__isnull=True
        )
    )
    voices = []
    for office in AreaOffice.objects.valid_on(hearing.opens_on):
        voices.append(
            OfficeVoices(office, comments.get(office.pk, 0), supports.get(office.pk, 0))
        )
    return voices


def _count_by_office(
    rows: QuerySet[Comment] | QuerySet[Support],
) -> dict[int | None, int]:
    counted = rows.order_by().values_list("office").annotate(number=Count("pk"))
    return dict(counted)


def find_registered(hearing: Hearing) -> list[RoleAssignment]:
    """Delegates and office heads on the hearing's first day, by office. One query."""
    roles = RoleAssignment.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=hearing.opens_on),
        role__in=(Role.DELEGATE, Role.OFFICE_HEAD),
        valid_from__lte=hearing.closes_on,
        user__is_active=True,
    )
    return list(
        roles.select_related("user", "office", "work_group").order_by(
            "office__kind",
            "office__short_name",
            "work_group__order",
            "user__given_name",
            "pk",
        )
    )


def find_comment_ids_of_office(hearing: Hearing, office: AreaOffice) -> list[int]:
    """What was said in its name, in the order of the manuals. One query."""
    comments = Comment.objects.filter(
        session__hearing=hearing, office=office, parent__isnull=True
    )
    return _ids_in_order(comments)


def find_comment_ids_of_session(session: HearingSession) -> list[int]:
    """In the order in which it was said. One query."""
    comments = Comment.objects.filter(session=session, parent__isnull=True)
    return list(comments.order_by("pk").values_list("pk", flat=True))


def find_comment_ids_of_group(hearing: Hearing, group: WorkGroup) -> list[int]:
    comments = Comment.objects.filter(
        session__hearing=hearing, entry__manual__work_group=group, parent__isnull=True
    )
    return _ids_in_order(comments)


def _ids_in_order(comments: QuerySet[Comment]) -> list[int]:
    ordered = comments.order_by(
        "entry__manual__work_group__order",
        "entry__manual",
        "entry__edition",
        "entry__ordinal",
        "pk",
    )
    return list(ordered.values_list("pk", flat=True))
