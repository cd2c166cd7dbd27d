"""Publishing a group's answers together, objecting once, and the gate of a release."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hearing_portal.directory.models import User, WorkGroup
from manuals.content import PARTS
from manuals.models import Citation, Edition, EditionEntry, EditionRelease, LegalSource

from ..models import Answer, AnswerPublication, Comment, Disposition, Hearing, Objection

OBJECTION_DAYS = 14  # product.md, "Rules of the hearing"
MANDATORY_PARTS = {2, 3, 5, 9}


class PublishingRefused(Exception):
    """Something still stands in the way; `blockers` name each."""

    http_status = 409

    def __init__(self, message_th: str, blockers: "list[Blocker] | None" = None) -> None:
        super().__init__(message_th)
        self.message_th = message_th
        self.blockers = blockers or []


@dataclass(frozen=True, slots=True)
class Blocker:
    """One thing that must be done first. `kind` groups them; `entry` or `comment` says where."""

    kind: str
    text: str
    comment: int | None = None
    entry: int | None = None


def comments_of_group(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Comment]:
    """All of a hearing about the group's manual, replies left out: a reply is part of the talk, not a proposal."""
    return Comment.objects.filter(
        session__hearing=hearing, entry__manual__work_group=group, parent__isnull=True
    )


@transaction.atomic
def publish_answers(hearing: Hearing, group: WorkGroup | None, *, by: User) -> AnswerPublication:
    """Publish all answers of the group that are not published yet. Raises PublishingRefused with the blockers."""
    comments = comments_of_group(hearing, group).select_for_update(of=("self",)).order_by("pk")
    blockers = list(_unanswered(comments))
    if blockers:
        raise PublishingRefused(f"ยังเผยแพร่ไม่ได้ มี {len(blockers)} เรื่องที่ต้องทำก่อน", blockers)
    waiting = Disposition.objects.filter(
        answers__current=True, answers__comment__in=comments, publication__isnull=True
    ).distinct()
    if not waiting:
        raise PublishingRefused("ไม่มีผลการพิจารณาใหม่ที่จะเผยแพร่")
    now = timezone.now()
    publication = AnswerPublication.objects.create(
        hearing=hearing, work_group=group, by=by, objections_until=now + timedelta(days=OBJECTION_DAYS)
    )
    for disposition in waiting:
        disposition.publication = publication
        disposition._history_user = by
        disposition.save(update_fields=["publication"])
    return publication


def _unanswered(comments: QuerySet[Comment]) -> Iterator[Blocker]:
    for comment in comments.exclude(answers__current=True).order_by("pk"):
        yield Blocker("unanswered", f"ความเห็นที่ {comment.pk} ยังไม่มีผลการพิจารณา", comment=comment.pk)
    waiting = Answer.objects.filter(
        comment__in=comments,
        current=True,
        disposition__outcome=Disposition.Outcome.NOT_ACCEPTED,
        disposition__confirmed_by__isnull=True,
    )
    for answer in waiting.order_by("comment_id"):
        yield Blocker(
            "unconfirmed", f"ความเห็นที่ {answer.comment_id} ผล “ไม่รับ” ยังไม่มีผู้ยืนยันคนที่สอง", comment=answer.comment_id
        )


def published_answer(comment: Comment) -> Disposition | None:
    """What the commenter may read: the current disposition once it is published, else the last published one."""
    answers = comment.answers.select_related("disposition__publication").order_by("-id")
    return next((a.disposition for a in answers if a.disposition.publication_id is not None), None)


@transaction.atomic
def object_to_answer(comment: Comment, text: str, *, by: User) -> Objection:
    """The commenter's one objection, within 14 days of the publication. Raises PublishingRefused."""
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    disposition = published_answer(comment)
    if comment.author_id != by.pk:
        raise PublishingRefused("โต้แย้งได้เฉพาะความเห็นของท่านเอง")
    if disposition is None:
        raise PublishingRefused("ยังไม่มีผลที่เผยแพร่ จึงยังโต้แย้งไม่ได้")
    if Objection.objects.filter(comment=comment).exists():
        raise PublishingRefused("ท่านโต้แย้งผลนี้แล้ว โต้แย้งได้ครั้งเดียว")
    if disposition.outcome == Disposition.Outcome.WITHDRAWN:
        raise PublishingRefused("ท่านถอนความเห็นนี้แล้ว จึงไม่มีผลให้โต้แย้ง")
    if timezone.now() > disposition.publication.objections_until:
        raise PublishingRefused("พ้นกำหนดโต้แย้ง 14 วันแล้ว")
    return Objection.objects.create(comment=comment, text=text)


def release_blockers(edition: Edition) -> list[Blocker]:
    """All that stands in the way of releasing a final edition to the public (product.md names the list)."""
    return [*_hearing_blockers(), *_drafting_blockers(), *_text_blockers(edition)]


def _hearing_blockers() -> Iterator[Blocker]:
    """Over all hearings: comments without published answer, open objections, objection time still running."""
    comments = Comment.objects.filter(parent__isnull=True)
    published = Q(answers__current=True, answers__disposition__publication__isnull=False)
    for comment in comments.exclude(pk__in=comments.filter(published).values("pk")).order_by("pk"):
        yield Blocker("unpublished", f"ความเห็นที่ {comment.pk} ยังไม่มีผลที่เผยแพร่", comment=comment.pk)
    for objection in Objection.objects.filter(answered_by__isnull=True).order_by("pk"):
        yield Blocker(
            "objection", f"ข้อโต้แย้งของความเห็นที่ {objection.comment_id} ยังไม่ได้พิจารณา", comment=objection.comment_id
        )
    running = AnswerPublication.objects.filter(objections_until__gt=timezone.now())
    for publication in running.select_related("work_group"):
        yield Blocker("objection_time", f"{publication.work_group or 'ส่วนรวม'} ยังอยู่ในกำหนดโต้แย้ง 14 วัน")


def _drafting_blockers() -> Iterator[Blocker]:
    debts = Disposition.objects.filter(effect=Disposition.Effect.TO_DRAFT, answers__current=True)
    debts = debts.annotate(done=Count("changes")).filter(done=0).distinct().order_by("pk")
    for debt in debts:
        comment = debt.answers.filter(current=True).values_list("comment_id", flat=True).first()
        yield Blocker("to_draft", f"ยังไม่ได้ยกร่างตามผลของความเห็นที่ {comment}", comment=comment)


def _text_blockers(edition: Edition) -> Iterator[Blocker]:
    entries = edition.entries.select_related("section")
    cited = Citation.objects.filter(
        source__status=LegalSource.Status.REPEALED, clause__entries__edition=edition
    ).select_related("source")
    where = dict(entries.filter(kind="clause").values_list("clause_id", "pk")) if cited else {}
    for citation in cited:
        yield Blocker(
            "repealed", f"อ้าง {citation.source.short_title} ซึ่งยกเลิกแล้ว", entry=where.get(citation.clause_id)
        )
    yield from _missing_parts(entries)


def _missing_parts(entries: QuerySet[EditionEntry]) -> Iterator[Blocker]:
    present: dict[int, set[int]] = {}
    for section, part in entries.filter(kind="clause").values_list("section_id", "part").distinct():
        present.setdefault(section, set()).add(part)
    for entry in entries.filter(kind="section", data__kind="process"):
        missing = sorted(MANDATORY_PARTS - present.get(entry.section_id, set()))
        if missing:
            names = ", ".join(PARTS[part] for part in missing)
            yield Blocker("missing_part", f"{entry.title} ยังขาด{names}", entry=entry.pk)


@transaction.atomic
def release_edition(edition: Edition, audience: str, *, by: User) -> EditionRelease:
    """Release a sealed edition. A final one to the public only when nothing blocks it.

    Raises PublishingRefused with the blockers.
    """
    if edition.sealed_at is None:
        raise PublishingRefused("ฉบับนี้ยังไม่ได้ตรึง จึงออกฉบับไม่ได้")
    if edition.kind == Edition.Kind.FINAL and audience == EditionRelease.Audience.PUBLIC:
        blockers = release_blockers(edition)
        if blockers:
            raise PublishingRefused(f"ยังออกฉบับไม่ได้ มี {len(blockers)} เรื่องที่ต้องทำก่อน", blockers)
    existing = EditionRelease.objects.filter(edition=edition, audience=audience).first()
    if existing is not None:
        return existing
    release = EditionRelease(edition=edition, audience=audience, by=by)
    release._history_user = by
    release.save()
    return release
