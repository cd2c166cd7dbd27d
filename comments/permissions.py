"""Who may do what in the hearing: tiny questions of (user, thing), combined with `and`. product.md, "Rights"."""

from collections.abc import Iterable

from hearing_portal.directory.models import AreaOffice, RoleAssignment, WorkGroup
from hearing_portal.directory.permissions import Visitor, load_roles

from .models import Comment, Disposition, HearingSession, Overlap

Role = RoleAssignment.Role


def can_see_hidden_text(user: Visitor, comment: Comment) -> bool:
    if comment.author_id == user.pk:
        return True
    roles = load_roles(user)
    group = comment.entry.manual.work_group
    return roles.is_admin or roles.facilitates(group) or roles.drafts(group)


def can_see_name(user: Visitor, comment: Comment) -> bool:
    """product.md: own office, the group's facilitator, admin (logged by the view)."""
    roles = load_roles(user)
    if comment.author_id == user.pk or roles.is_admin:
        return True
    office_ids = [office.pk for office in roles.offices]
    if comment.office_id in office_ids:
        return True
    return roles.facilitates(comment.entry.manual.work_group)


def may_comment_in(user: Visitor, group: WorkGroup | None) -> bool:
    """Registered delegates, office heads, experts and central bureau (the session must be open as well)."""
    roles = load_roles(user)
    return bool(roles.delegate_offices(group)) or roles.advises(group)


def may_record_for_others(user: Visitor, group: WorkGroup | None) -> bool:
    """Facilitators type in what a speaker said or a paper form says."""
    return load_roles(user).facilitates(group)


def can_support(user: Visitor, comment: Comment) -> bool:
    return bool(load_roles(user).delegate_offices(comment.entry.manual.work_group))


def can_edit(user: Visitor, comment: Comment) -> bool:
    """The author, until a facilitator's first act on it."""
    return comment.author_id == user.pk and not comment.is_triaged


def can_moderate(user: Visitor, group: WorkGroup | None) -> bool:
    roles = load_roles(user)
    return roles.is_admin or roles.facilitates(group)


def can_recommend(user: Visitor, group: WorkGroup | None) -> bool:
    roles = load_roles(user)
    return roles.facilitates(group) or roles.advises(group)


def find_advising_role(user: Visitor, group: WorkGroup | None) -> Role:
    """As whom the person advises on the group's comments, of those who may."""
    roles = load_roles(user)
    if roles.facilitates(group):
        return Role.FACILITATOR
    return Role.EXPERT if roles.is_expert else Role.CENTRAL_BUREAU


def can_decide(user: Visitor, group: WorkGroup | None) -> bool:
    """Drafters of the group; admins override, logged."""
    roles = load_roles(user)
    return roles.drafts(group) or roles.is_admin


def can_confirm(
    user: Visitor, disposition: Disposition, group: WorkGroup | None
) -> bool:
    """A second person: any other drafter or facilitator of the group, or an admin."""
    roles = load_roles(user)
    if disposition.decided_by_id == user.pk:
        return False
    return roles.is_admin or roles.drafts(group) or roles.facilitates(group)


def can_publish_answers(user: Visitor, group: WorkGroup | None) -> bool:
    roles = load_roles(user)
    return roles.drafts(group) or roles.is_admin


def can_run_session(user: Visitor, session: HearingSession) -> bool:
    roles = load_roles(user)
    return roles.is_admin or roles.facilitates(session.work_group)


def offices_speaking_in(user: Visitor, session: HearingSession) -> list[AreaOffice]:
    """The offices the person speaks for in the session: as its group's delegate or as head; in the plenary as anybody's
    delegate."""
    roles = load_roles(user)
    if session.work_group is not None:
        return roles.delegate_offices(session.work_group)
    offices = {}
    for row in roles.rows:
        if row.role in (Role.DELEGATE, Role.OFFICE_HEAD) and row.office is not None:
            offices[row.office.pk] = row.office
    return list(offices.values())


def may_speak_in(user: Visitor, session: HearingSession) -> bool:
    """For an office, or as an expert (the session must be open as well)."""
    if offices_speaking_in(user, session):
        return True
    return load_roles(user).advises(session.work_group)


def can_see_speakers_name(user: Visitor, session: HearingSession) -> bool:
    """product.md, "see a commenter's name": the group's facilitator. Others read the office."""
    return load_roles(user).facilitates(session.work_group)


def can_administer(user: Visitor) -> bool:
    return load_roles(user).is_admin


def can_work_at(user: Visitor, group: WorkGroup | None) -> bool:
    """See the group's queue."""
    roles = load_roles(user)
    return roles.is_admin or roles.facilitates(group) or roles.drafts(group)


def can_keep_overlaps(user: Visitor, groups: Iterable[WorkGroup | None]) -> bool:
    """Enter an overlap between these groups, add to it, correct it: who works at the desk of one of them."""
    return any(can_work_at(user, group) for group in groups)


def can_resolve_overlap(user: Visitor, overlap: Overlap) -> bool:
    """Between two groups neither decides for the other: an administrator does. Within one group, or between it and an
    outside agency, its drafters do."""
    if len(overlap.groups) > 1:
        return load_roles(user).is_admin
    return can_decide(user, overlap.work_group_a)


def can_read_conclusions(user: Visitor) -> bool:
    """Everybody with a role; the public once answers are (the caller asks for that)."""
    return bool(load_roles(user).rows)


def can_sign_conclusion(user: Visitor, group: WorkGroup | None) -> bool:
    """A group's its facilitators, the whole hearing's administrators."""
    roles = load_roles(user)
    if group is None:
        return roles.is_admin
    return roles.facilitates(group)
