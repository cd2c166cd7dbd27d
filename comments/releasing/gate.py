"""What stands in the way of releasing a final edition. Each blocker with its place."""

from collections.abc import Iterator

from django.db import connection
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from hearing_portal.thai.markup import REFERENCE_PATTERN
from manuals.content import PARTS
from manuals.models import Edition, EditionEntry, LegalSource
from manuals.reading.presentation import anchor_of

from ..deciding.queries.blockers import Blocker, about_comment, open_debts, owner_name
from ..limits import OBJECTION_DAYS
from ..models import Answer, AnswerPublication, Comment, Disposition

MANDATORY_PARTS = {2, 3, 5, 9}


def entry_url(entry: EditionEntry) -> str:
    """The entry where it stands in its edition; needs the edition and the section."""
    return f"{reverse('edition-section', args=[entry.edition.code, entry.section.uuid])}#{anchor_of(entry.uuid)}"


def _at(kind: str, entry: EditionEntry, text: str) -> Blocker:
    return Blocker(kind, text, entry=entry.pk, url=entry_url(entry), group=owner_name(entry))


def release_blockers(edition: Edition) -> list[Blocker]:
    """All that stands in the way of releasing a final edition to the public (product.md names the list)."""
    return [*_hearing_blockers(), *_drafting_blockers(), *_text_blockers(edition)]


def _hearing_blockers() -> Iterator[Blocker]:
    """Over all hearings: comments without published answer, open objections, objection time still running."""
    published = Answer.objects.filter(comment=OuterRef("pk"), current=True, disposition__publication__isnull=False)
    comments = Comment.objects.filter(parent__isnull=True).select_related("entry__manual__work_group").order_by("pk")
    for comment in comments.filter(~Exists(published)):
        yield about_comment("unpublished", comment, "ยังไม่มีผลที่เผยแพร่")
    for comment in comments.filter(objection__isnull=False, objection__answered_by__isnull=True):
        yield about_comment("objection", comment, "มีข้อโต้แย้งที่ยังไม่ได้พิจารณา")
    yield from _running_publications()


def _running_publications() -> Iterator[Blocker]:
    """Time runs only while somebody may still object: an answer to an objection cannot be objected to again."""
    may_object = Answer.objects.filter(
        disposition__publication=OuterRef("pk"), current=True, comment__objection__isnull=True
    ).exclude(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    running = AnswerPublication.objects.filter(Exists(may_object), objections_until__gt=timezone.now())
    for publication in running.select_related("work_group").order_by("pk"):
        group = publication.work_group
        words = f"{group or 'คำนำของเล่ม'} ยังอยู่ในกำหนดโต้แย้ง {OBJECTION_DAYS} วัน"
        yield Blocker("objection_time", words, group=group.short_name if group else "คำนำของเล่ม")


def _drafting_blockers() -> Iterator[Blocker]:
    for debt in open_debts():
        yield about_comment("to_draft", debt.current_answers[0].comment, "รับแล้วแต่ยังไม่ได้ยกร่าง")


def _text_blockers(edition: Edition) -> Iterator[Blocker]:
    yield from _repealed_sources(edition)
    yield from _missing_parts(edition)
    yield from _broken_references(edition)


def _repealed_sources(edition: Edition) -> Iterator[Blocker]:
    """By what the edition says, not by what the draft cites today."""
    repealed = dict(LegalSource.objects.filter(status=LegalSource.Status.REPEALED).values_list("key", "short_title"))
    citing = edition.entries.filter(kind="clause", blob__content__data__source__in=list(repealed))
    for entry in citing.select_related("blob", "edition", "section", "manual__work_group").order_by("ordinal"):
        source = repealed[entry.blob.content["data"]["source"]]
        yield _at("repealed", entry, f"ข้อ {entry.cite} อ้าง{source} ซึ่งยกเลิกแล้ว")


def _missing_parts(edition: Edition) -> Iterator[Blocker]:
    present: dict[int, set[int]] = {}
    clauses = edition.entries.filter(kind="clause").order_by()
    for section, part in clauses.values_list("section_id", "part").distinct():
        present.setdefault(section, set()).add(part)
    processes = edition.entries.filter(kind="section", data__kind="process").select_related(
        "edition", "section", "manual__work_group"
    )
    for entry in processes.order_by("ordinal"):
        missing = sorted(MANDATORY_PARTS - present.get(entry.section_id, set()))
        if missing:
            names = ", ".join(PARTS[part] for part in missing)
            yield _at("missing_part", entry, f"{entry.title} ยังขาด{names}")


BROKEN_REFERENCES = """
    SELECT entry.id FROM manuals_editionentry entry
    JOIN manuals_textblob blob ON blob.sha = entry.blob_id
    CROSS JOIN LATERAL regexp_matches(blob.content->>'body', %(reference)s, 'g') AS found
    WHERE entry.edition_id = %(edition)s AND NOT EXISTS (
        SELECT FROM manuals_editionentry target
        WHERE target.edition_id = %(edition)s AND target.uuid = found[1]::uuid)
    GROUP BY entry.id, entry.ordinal ORDER BY entry.ordinal
"""


def _broken_references(edition: Edition) -> Iterator[Blocker]:
    """Clauses with a cross-reference to something that is not in the edition."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_REFERENCES, {"edition": edition.pk, "reference": REFERENCE_PATTERN})
        ids = [row[0] for row in cursor.fetchall()]
    entries = EditionEntry.objects.select_related("edition", "section", "manual__work_group").in_bulk(ids)
    for pk in ids:
        yield _at("broken_reference", entries[pk], f"ข้อ {entries[pk].cite} อ้างถึงข้อที่ไม่มีในฉบับนี้")
