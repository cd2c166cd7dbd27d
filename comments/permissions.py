"""Who may do what in the hearing: tiny questions of (user, thing), combined with `and`. product.md, "Rights"."""

from hearing_portal.directory.models import RoleAssignment, WorkGroup
from hearing_portal.directory.permissions import roles_of
from manuals.models import EditionEntry

from .models import Comment, Disposition, HearingSession

Role = RoleAssignment.Role


def group_of(entry: EditionEntry) -> WorkGroup | None:
    return entry.manual.work_group


def can_see_hidden_text(user, comment: Comment) -> bool:
    roles, group = roles_of(user), group_of(comment.entry)
    return comment.author_id == user.pk or roles.is_admin or roles.facilitates(group) or roles.drafts(group)


def can_see_name(user, comment: Comment) -> bool:
    """product.md: own office, the group's facilitator, admin (logged by the view)."""
    roles = roles_of(user)
    own_office = comment.office_id is not None and comment.office_id in {office.pk for office in roles.offices}
    return bool(
        comment.author_id == user.pk or own_office or roles.facilitates(group_of(comment.entry)) or roles.is_admin
    )


def may_comment_in(user, group: WorkGroup | None) -> bool:
    """Registered delegates, office heads, experts and central bureau (the session must be open as well)."""
    roles = roles_of(user)
    return bool(roles.delegate_offices(group)) or roles.advises(group)


def may_record_for_others(user, group: WorkGroup | None) -> bool:
    """Facilitators type in what a speaker said or a paper form says."""
    return roles_of(user).facilitates(group)


def can_support(user, comment: Comment) -> bool:
    return bool(roles_of(user).delegate_offices(group_of(comment.entry)))


def can_edit(user, comment: Comment) -> bool:
    """The author, until a facilitator's first act on it."""
    return comment.author_id == user.pk and not comment.is_triaged


def can_moderate(user, group: WorkGroup | None) -> bool:
    roles = roles_of(user)
    return roles.is_admin or roles.facilitates(group)


def can_recommend(user, group: WorkGroup | None) -> bool:
    roles = roles_of(user)
    return roles.facilitates(group) or roles.advises(group)


def can_decide(user, group: WorkGroup | None) -> bool:
    """Drafters of the group; admins override, logged."""
    roles = roles_of(user)
    return roles.drafts(group) or roles.is_admin


def can_confirm(user, disposition: Disposition, group: WorkGroup | None) -> bool:
    """A second person: any other drafter or facilitator of the group, or an admin."""
    roles = roles_of(user)
    return disposition.decided_by_id != user.pk and (roles.drafts(group) or roles.facilitates(group) or roles.is_admin)


def can_publish_answers(user, group: WorkGroup | None) -> bool:
    roles = roles_of(user)
    return roles.drafts(group) or roles.is_admin


def can_run_session(user, session: HearingSession) -> bool:
    roles = roles_of(user)
    return roles.is_admin or roles.facilitates(session.work_group)


def can_administer(user) -> bool:
    return roles_of(user).is_admin


def can_work_at(user, group: WorkGroup | None) -> bool:
    """See the group's queue."""
    roles = roles_of(user)
    return roles.is_admin or roles.facilitates(group) or roles.drafts(group)
