"""Publishing a group's answers together, objecting once, and the gate of a release."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db import connection, transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from hearing_portal.directory.models import User, WorkGroup
from manuals.content import PARTS
from manuals.models import Edition, EditionEntry, EditionRelease, LegalSource
from manuals.reading import anchor_of

from ..models import Answer, AnswerPublication, ChangeCause, Comment, Disposition, Hearing, Objection

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
    """One thing that must be done first. `kind` groups them; `comment` or `entry` (ids) and `url` say where."""

    kind: str
    text: str
    comment: int | None = None
    entry: int | None = None
    url: str = ""


def desk_url(comment: Comment) -> str:
    """The comment at the desk of its group, where it can be decided."""
    return f"{reverse('group-queue', args=[comment.entry.manual.key])}?{urlencode({'comment': comment.uuid})}"


def entry_url(entry: EditionEntry) -> str:
    """The entry where it stands in its edition; needs the edition and the section."""
    return f"{reverse('edition-section', args=[entry.edition.code, entry.section.uuid])}#{anchor_of(entry.uuid)}"


def _at(kind: str, entry: EditionEntry, text: str) -> Blocker:
    return Blocker(kind, text, entry=entry.pk, url=entry_url(entry))


def _about(kind: str, comment: Comment, text: str) -> Blocker:
    return Blocker(kind, f"ความเห็นที่ {comment.pk} {text}", comment=comment.pk, url=desk_url(comment))


def comments_of_group(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Comment]:
    """All of a hearing about the group's manual, replies left out: a reply is part of the talk, not a proposal."""
    return Comment.objects.filter(session__hearing=hearing, entry__manual__work_group=group, parent__isnull=True)


def publication_blockers(hearing: Hearing, group: WorkGroup | None) -> list[Blocker]:
    """What must be done before the group's answers can be published: the unanswered, the unconfirmed."""
    return list(_unanswered(comments_of_group(hearing, group)))


def waiting_dispositions(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Disposition]:
    """Decided, not published yet."""
    answered = Answer.objects.filter(
        disposition=OuterRef("pk"), current=True, comment__in=comments_of_group(hearing, group)
    )
    return Disposition.objects.filter(Exists(answered), publication__isnull=True).order_by("pk")


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


def _unanswered(comments: QuerySet[Comment]) -> Iterator[Blocker]:
    comments = comments.select_related("entry__manual").order_by("pk")
    answered = Answer.objects.filter(comment=OuterRef("pk"), current=True)
    for comment in comments.filter(~Exists(answered)):
        yield _about("unanswered", comment, "ยังไม่มีผลการพิจารณา")
    unconfirmed = answered.filter(
        disposition__outcome=Disposition.Outcome.NOT_ACCEPTED, disposition__confirmed_by__isnull=True
    )
    for comment in comments.filter(Exists(unconfirmed)):
        yield _about("unconfirmed", comment, "ผล “ไม่รับ” ยังไม่มีผู้ยืนยันคนที่สอง")


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


def release_blockers(edition: Edition) -> list[Blocker]:
    """All that stands in the way of releasing a final edition to the public (product.md names the list)."""
    return [*_hearing_blockers(), *_drafting_blockers(), *_text_blockers(edition)]


def _hearing_blockers() -> Iterator[Blocker]:
    """Over all hearings: comments without published answer, open objections, objection time still running."""
    published = Answer.objects.filter(comment=OuterRef("pk"), current=True, disposition__publication__isnull=False)
    comments = Comment.objects.filter(parent__isnull=True).select_related("entry__manual").order_by("pk")
    for comment in comments.filter(~Exists(published)):
        yield _about("unpublished", comment, "ยังไม่มีผลที่เผยแพร่")
    for comment in comments.filter(objection__isnull=False, objection__answered_by__isnull=True):
        yield _about("objection", comment, "มีข้อโต้แย้งที่ยังไม่ได้พิจารณา")
    yield from _running_publications()


def _running_publications() -> Iterator[Blocker]:
    """Time runs only while somebody may still object: an answer to an objection cannot be objected to again."""
    may_object = Answer.objects.filter(
        disposition__publication=OuterRef("pk"), current=True, comment__objection__isnull=True
    ).exclude(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    running = AnswerPublication.objects.filter(Exists(may_object), objections_until__gt=timezone.now())
    for publication in running.select_related("work_group").order_by("pk"):
        name = publication.work_group or "คำนำของเล่ม"
        yield Blocker("objection_time", f"{name} ยังอยู่ในกำหนดโต้แย้ง {OBJECTION_DAYS} วัน")


def open_debts() -> QuerySet[Disposition]:
    """Accepted and still to be drafted; each with its current answers and their comments."""
    answers = Answer.objects.filter(current=True).select_related("comment__entry__manual").order_by("comment_id")
    return (
        Disposition.objects.filter(
            Exists(Answer.objects.filter(disposition=OuterRef("pk"), current=True)),
            effect=Disposition.Effect.TO_DRAFT,
        )
        .annotate(drafted=Count("changes"))
        .filter(drafted=0)
        .prefetch_related(Prefetch("answers", answers, to_attr="current_answers"))
        .order_by("pk")
    )


def _drafting_blockers() -> Iterator[Blocker]:
    for debt in open_debts():
        yield _about("to_draft", debt.current_answers[0].comment, "รับแล้วแต่ยังไม่ได้ยกร่าง")


def _text_blockers(edition: Edition) -> Iterator[Blocker]:
    yield from _repealed_sources(edition)
    yield from _missing_parts(edition)
    yield from _broken_references(edition)


def _repealed_sources(edition: Edition) -> Iterator[Blocker]:
    """By what the edition says, not by what the draft cites today."""
    repealed = dict(LegalSource.objects.filter(status=LegalSource.Status.REPEALED).values_list("key", "short_title"))
    citing = edition.entries.filter(kind="clause", blob__content__data__source__in=list(repealed))
    for entry in citing.select_related("blob", "edition", "section").order_by("ordinal"):
        source = repealed[entry.blob.content["data"]["source"]]
        yield _at("repealed", entry, f"ข้อ {entry.cite} อ้าง{source} ซึ่งยกเลิกแล้ว")


def _missing_parts(edition: Edition) -> Iterator[Blocker]:
    present: dict[int, set[int]] = {}
    clauses = edition.entries.filter(kind="clause").order_by()
    for section, part in clauses.values_list("section_id", "part").distinct():
        present.setdefault(section, set()).add(part)
    processes = edition.entries.filter(kind="section", data__kind="process").select_related("edition", "section")
    for entry in processes.order_by("ordinal"):
        missing = sorted(MANDATORY_PARTS - present.get(entry.section_id, set()))
        if missing:
            names = ", ".join(PARTS[part] for part in missing)
            yield _at("missing_part", entry, f"{entry.title} ยังขาด{names}")


BROKEN_REFERENCES = """
    SELECT entry.id FROM manuals_editionentry entry
    JOIN manuals_textblob blob ON blob.sha = entry.blob_id
    CROSS JOIN LATERAL regexp_matches(blob.content->>'body', 'data-ref="([0-9a-f-]{36})"', 'g') AS found
    WHERE entry.edition_id = %(edition)s AND NOT EXISTS (
        SELECT FROM manuals_editionentry target
        WHERE target.edition_id = %(edition)s AND target.uuid = found[1]::uuid)
    GROUP BY entry.id, entry.ordinal ORDER BY entry.ordinal
"""


def _broken_references(edition: Edition) -> Iterator[Blocker]:
    """Clauses with a cross-reference to something that is not in the edition."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_REFERENCES, {"edition": edition.pk})
        ids = [row[0] for row in cursor.fetchall()]
    entries = EditionEntry.objects.select_related("edition", "section").in_bulk(ids)
    for pk in ids:
        yield _at("broken_reference", entries[pk], f"ข้อ {entries[pk].cite} อ้างถึงข้อที่ไม่มีในฉบับนี้")


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
