"""Keeping what was typed and not saved: autosave, the button "เก็บร่างไว้ก่อน", and letting go of it.

No act: nothing of it is in the log, a version or an edition, and only who typed it ever sees the words.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.timezone import now

from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal

from ...models import Clause, DraftBuffer, Section
from ..sheets import Sheet

SIZE_LIMIT = 200_000  # code points of a form; the longest clause has 20,000
OLDEST_COPY = timedelta(days=60)


class BufferRefused(Refusal):
    """The form is too large to be kept."""


@transaction.atomic
def keep_buffer(
    section: Section,
    subject: UUID,
    values: Mapping[str, Sequence[str]],
    *,
    sheet: Sheet,
    clause: Clause | None = None,
    base_lock_version: int = 0,
    age: timedelta = timedelta(),
    by: User,
) -> DraftBuffer:
    """The copy of this sheet holds `values` now, but for NUL, which no table can hold.

    It takes the place of the copy that the sheet showed, as long as nobody typed on in that one; any other copy of
    the person's stays beside it. `base_lock_version` is what the form began with, `age` how long a copy has waited on
    a device. The very words that are kept already stay as they are: what was sent when a page was left may come after
    another page has shown them.
    """
    kept = {}
    for name, texts in values.items():
        if "\x00" not in name:
            kept[name] = [text.replace("\x00", "") for text in texts]
    if len(json.dumps(kept, ensure_ascii=False)) > SIZE_LIMIT:
        raise BufferRefused("ข้อความยาวเกินกว่าที่เก็บเป็นร่างได้ โปรดแบ่งเป็นหลายข้อ")
    known = DraftBuffer.objects.filter(
        user=by, subject=subject, sheet=sheet.uuid, section=section, clause=clause
    ).first()
    if known is not None and known.values == kept:
        return known
    buffer, _ = DraftBuffer.objects.update_or_create(
        user=by,
        subject=subject,
        sheet=sheet.uuid,
        defaults={
            "saved_at": now() - min(max(age, timedelta()), OLDEST_COPY),
            "section": section,
            "clause": clause,
            "base_lock_version": base_lock_version,
            "values": kept,
        },
    )
    _drop_copies(subject, sheet, by=by, own=False)
    return buffer


def drop_buffer(subject: UUID, sheet: Sheet | None = None, *, by: User) -> None:
    """What the sheet kept is saved, or the person does not want it. Nothing happens when there is none. What was typed
    on another page, and not seen on this one, stays; without a sheet nothing does."""
    if sheet is None:
        DraftBuffer.objects.filter(user=by, subject=subject).delete()
    else:
        _drop_copies(subject, sheet, by=by, own=True)


def drop_copy(buffer: DraftBuffer) -> None:
    """This one, unless it was typed on since it was read."""
    DraftBuffer.objects.filter(pk=buffer.pk, saved_at=buffer.saved_at).delete()


def _drop_copies(subject: UUID, sheet: Sheet, *, by: User, own: bool) -> None:
    for copy in DraftBuffer.objects.filter(user=by, subject=subject).defer("values"):
        is_own = copy.sheet == sheet.uuid
        if (is_own and own) or (not is_own and copy.stamp == sheet.goes_on_from):
            drop_copy(copy)
