"""What was done, newest first: one table, read by its indexes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet, TextField
from django.db.models.functions import Cast

from hearing_portal.acts.kinds import SubjectKind
from hearing_portal.acts.models import Act
from hearing_portal.directory.models import User, WorkGroup

from ..models import Comment


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What is asked for; empty means everything. `subject` is (kind of thing, its key): ("comment", uuid)."""

    by: User | None = None
    category: str = ""
    group: WorkGroup | None = None
    since: datetime | None = None
    until: datetime | None = None  # excluded
    subject: tuple[str, str] | None = None


def acts_matching(wanted: AuditFilter, *, reveal: bool = False) -> QuerySet[Act]:
    """The acts that fit, the newest first, with the person and the group. Asked for by person, what somebody did as a
    commenter is among them only with `reveal`: which comments those are would name their author."""
    acts = Act.objects.select_related("by", "work_group").order_by("-pk")
    if wanted.by is not None:
        acts = acts.filter(by=wanted.by)
    if wanted.by is not None and not reveal:
        said = comments_said_by_author().filter(author=wanted.by)
        keys = said.annotate(key=Cast("uuid", TextField())).values("key")
        acts = acts.exclude(subject=SubjectKind.COMMENT, subject_key__in=keys)
    if wanted.category:
        acts = acts.filter(category=wanted.category)
    if wanted.group is not None:
        acts = acts.filter(work_group=wanted.group)
    if wanted.since is not None:
        acts = acts.filter(at__gte=wanted.since)
    if wanted.until is not None:
        acts = acts.filter(at__lt=wanted.until)
    if wanted.subject is not None:
        kind, key = wanted.subject
        acts = acts.filter(subject=kind, subject_key=key)
    return acts


def comments_said_by_author() -> QuerySet[Comment]:
    """Without those that somebody at the desk typed in as their own: people at the desk know each other."""
    typed_at_desk = ~Q(channel=Comment.Channel.WEB) & Q(author=F("recorded_by"))
    return Comment.objects.exclude(typed_at_desk)


def find_acts_of_commenters(acts: Iterable[Act]) -> dict[int, Comment]:
    """{id of an act: the comment it is about} where the author of the comment did it. One query."""
    about_comments = [each for each in acts if each.subject == SubjectKind.COMMENT]
    keys = {each.subject_key for each in about_comments}
    said = (
        comments_said_by_author()
        .filter(uuid__in=keys)
        .select_related("entry__manual__work_group")
    )
    comments = {str(comment.uuid): comment for comment in said}
    found = {}
    for each in about_comments:
        comment = comments.get(each.subject_key)
        if comment is not None and comment.author_id == each.by_id:
            found[each.pk] = comment
    return found
