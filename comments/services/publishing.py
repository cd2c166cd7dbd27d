"""Publishing a group's answers together, objecting once, and the gate of a release."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from hearing_portal.directory.models import User, WorkGroup
from manuals.models import Edition, EditionRelease

from ..models import Answer, AnswerPublication, ChangeCause, Comment, Disposition, Hearing, Objection
from ..queries.blockers import (
    OBJECTION_DAYS,
    Blocker,
    comments_of_group,
    publication_blockers,
    release_blockers,
    waiting_dispositions,
)


class PublishingRefused(Exception):
    """Something still stands in the way; `blockers` name each."""

    http_status = 409

    def __init__(self, message_th: str, blockers: list[Blocker] | None = None) -> None:
        super().__init__(message_th)
        self.message_th = message_th
        self.blockers = blockers or []


@transaction.atomic
def publish_answers(hearing: Hearing, group: WorkGroup | None, *, by: User) -> AnswerPublication:
    """Publish all answers of the group that are not published yet. Raises PublishingRefused with the blockers."""
    # Deciding locks the comments too: nothing is decided differently while the set is put together
    list(comments_of_group(hearing, group).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    blockers = publication_blockers(hearing, group)
    if blockers:
        raise PublishingRefused(f"ยังเผยแพร่ไม่ได้ มี {len(blockers)} เรื่องที่ต้องทำก่อน", blockers)
    waiting = list(waiting_dispositions(hearing, group))
    if not waiting:
        raise PublishingRefused("ไม่มีผลการพิจารณาใหม่ที่จะเผยแพร่")
    publication = AnswerPublication.objects.create(
        hearing=hearing,
        work_group=group,
        by=by,
        objections_until=timezone.now() + timedelta(days=OBJECTION_DAYS),
    )
    for disposition in waiting:
        disposition.publication = publication
        disposition._history_user = by
        disposition.save(update_fields=["publication"])
    return publication


def published_answer(comment: Comment) -> Disposition | None:
    """What the commenter may read: the current disposition once it is published, else the last published one."""
    published = comment.answers.filter(disposition__publication__isnull=False).order_by("-id")
    answer = published.select_related("disposition__publication").first()
    return answer.disposition if answer else None


@transaction.atomic
def object_to_answer(comment: Comment, text: str, *, by: User) -> Objection:
    """The commenter's one objection, within 14 days of the publication. Raises PublishingRefused."""
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    disposition = published_answer(comment)
    if not is_own_voice(comment, by):
        raise PublishingRefused("โต้แย้งได้เฉพาะความเห็นของท่านเอง")
    if disposition is None:
        raise PublishingRefused("ยังไม่มีผลที่เผยแพร่ จึงยังโต้แย้งไม่ได้")
    if Objection.objects.filter(comment=comment).exists():
        raise PublishingRefused("ท่านโต้แย้งผลนี้แล้ว โต้แย้งได้ครั้งเดียว")
    if disposition.outcome == Disposition.Outcome.WITHDRAWN:
        raise PublishingRefused("ท่านถอนความเห็นนี้แล้ว จึงไม่มีผลให้โต้แย้ง")
    if timezone.now() > disposition.publication.objections_until:
        raise PublishingRefused(f"พ้นกำหนดโต้แย้ง {OBJECTION_DAYS} วันแล้ว")
    if not text.strip():
        raise PublishingRefused("โปรดเขียนเหตุผลที่โต้แย้ง")
    return Objection.objects.create(comment=comment, text=text.strip())


def is_own_voice(comment: Comment, user: User) -> bool:
    """Whether the person said it. Who typed it in for a speaker without an account did not."""
    typed_for_another = comment.channel != Comment.Channel.WEB and comment.recorded_by_id == comment.author_id
    return comment.author_id == user.pk and not typed_for_another


@transaction.atomic
def release_edition(edition: Edition, audience: str, *, by: User) -> EditionRelease:
    """Release a sealed edition. A final one to the public only when nothing blocks it.

    Raises PublishingRefused with the blockers.
    """
    if edition.sealed_at is None:
        raise PublishingRefused("ฉบับนี้ยังไม่ได้ตรึง จึงออกฉบับไม่ได้")
    Edition.objects.select_for_update(of=("self",)).get(pk=edition.pk)  # two presses make one release
    existing = EditionRelease.objects.filter(edition=edition, audience=audience).first()
    if existing is not None:
        return existing
    if edition.kind == Edition.Kind.FINAL and audience == EditionRelease.Audience.PUBLIC:
        blockers = release_blockers(edition)
        if blockers:
            raise PublishingRefused(f"ยังออกฉบับไม่ได้ มี {len(blockers)} เรื่องที่ต้องทำก่อน", blockers)
    release = EditionRelease(edition=edition, audience=audience, by=by)
    release._history_user = by
    release.save()
    return release


Notes = dict[str, list[tuple[str, str, str]]]
Reasons = dict[str, str]


def notes_and_reasons(edition: Edition) -> tuple[Notes, Reasons]:
    """What the book prints beside a changed clause: {clause uuid: [(number, text, url)]} and {clause uuid: why}.

    Only published answers, and only changes made since the edition's basis was sealed. Numbers run within a
    process, so that one more change never touches the pages of another.
    """
    notes: Notes = {}
    reasons: dict[str, list[str]] = {}
    counted: dict[int | None, int] = {}
    for cause in _published_causes(edition):
        uuid, section = str(cause.change.clause.uuid), cause.change.clause.section_id
        counted[section] = counted.get(section, 0) + 1
        comments = sorted((answer.comment for answer in cause.disposition.answers.all()), key=lambda c: c.pk)
        url = reverse("comment", args=[comments[0].uuid]) if comments else ""
        notes.setdefault(uuid, []).append((str(counted[section]), _note(comments), url))
        why = cause.disposition.reason or cause.change.reason
        if why and why not in reasons.setdefault(uuid, []):
            reasons[uuid].append(why)
    return notes, {uuid: " / ".join(texts) for uuid, texts in reasons.items() if texts}


def _published_causes(edition: Edition) -> list[ChangeCause]:
    """In the reading order of the edition; clauses that left it come last."""
    window = Q(change__revision__date_created__lte=edition.sealed_at)
    if edition.basis_id is not None:
        window &= Q(change__revision__date_created__gt=edition.basis.sealed_at)
    causes = list(
        ChangeCause.objects.filter(window, disposition__publication__isnull=False)
        .select_related("change__clause", "disposition")
        .prefetch_related(Prefetch("disposition__answers", Answer.objects.select_related("comment")))
        .order_by("pk")
    )
    order = dict(edition.entries.filter(kind="clause").values_list("clause_id", "ordinal"))
    last = len(order) + 1_000_000
    return sorted(causes, key=lambda cause: (order.get(cause.change.clause_id, last), cause.pk))


def _note(comments: Iterable[Comment]) -> str:
    """Which comments, and how many offices of each type: both are named, even when one is 0."""
    comments = list(comments)
    offices = {kind: {c.office_id for c in comments if c.office_kind == kind} for kind in ("primary", "secondary")}
    numbers = ", ".join(str(comment.pk) for comment in comments[:3])
    more = f" และอีก {len(comments) - 3} เรื่อง" if len(comments) > 3 else ""
    counts = f"สพป. {len(offices['primary'])} เขต สพม. {len(offices['secondary'])} เขต"
    return f"ตามความเห็นที่ {numbers}{more} ({counts})" if comments else "ตามผลการพิจารณา"
