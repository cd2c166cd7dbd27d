"""What was done and what was hidden, as tables that are read without the portal."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched

from hearing_portal.acts.models import Act
from hearing_portal.spreadsheets import csv_row
from hearing_portal.thai.dates import to_bangkok

from ..audit.presentation.log import AuditEntry
from ..audit.queries import find_acts_of_commenters
from ..matrix.cells import tell_office
from ..models import Hearing, Moderation
from .people import BY_ITSELF, PartsTaken, mark_of_account, name_subject

BATCH = 500
MODERATION_HEAD = ["เวลา", "ความคิดเห็นเลขที่", "สพท.", "การแสดง", "เหตุผล", "ผู้ดำเนินการ"]
AUDIT_HEAD = ["ลำดับ", "เวลา", "ผู้ดำเนินการ", "การดำเนินการ", "เรื่อง", "กลุ่มงาน", "เหตุผล"]


def write_csv(head: Sequence[str], rows: Iterable[Sequence[str | int]]) -> bytes:
    """In UTF-8, as Excel opens it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows(csv_row(row) for row in rows)
    return f"\ufeff{text.getvalue()}".encode()


def moderation_rows(hearing: Hearing) -> Iterator[list[str | int]]:
    """Every act of moderation of the hearing; the words of a comment are in none. One query."""
    rows = Moderation.objects.filter(comment__session__hearing=hearing)
    rows = rows.exclude(reason="", visibility=Moderation.Visibility.SHOWN)
    for row in rows.select_related("comment__office", "by").order_by("pk").iterator():
        yield [
            to_bangkok(row.at).isoformat(timespec="seconds"),
            row.comment_id,
            tell_office(row.comment),
            row.get_visibility_display(),
            row.reason,
            _name_moderator(row),
        ]


def _name_moderator(row: Moderation) -> str:
    """Who moderates does so in office."""
    if row.by is None:
        return BY_ITSELF
    return row.by.get_full_name() or mark_of_account(row.by.pk)


def audit_rows(up_to: int) -> Iterator[list[str | int]]:
    """The whole log up to the act of this number, the oldest first; of people those alone are named who acted in
    office. Three queries a batch."""
    acts = Act.objects.filter(pk__lte=up_to).select_related("by", "work_group")
    for some in batched(acts.order_by("pk").iterator(BATCH), BATCH, strict=False):
        of_commenters = find_acts_of_commenters(some)
        parts = PartsTaken(some)
        for act in some:
            entry = AuditEntry(act)
            yield [
                act.pk,
                to_bangkok(act.at).isoformat(timespec="seconds"),
                parts.name(act, hides_person=act.pk in of_commenters),
                entry.words,
                name_subject(act, entry.subject_words),
                act.work_group.name if act.work_group is not None else "",
                act.reason,
            ]
