"""What was typed into a form of the editor, kept unsaved: asked for by a button or the page, or because it could not be
saved."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from django.http import QueryDict

from hearing_portal.directory.models import User
from hearing_portal.web.http import AuthenticatedHttpRequest, read_id

from ...models import Clause, DraftBuffer, Section
from ..forms.knows import KNOWS
from ..presentation.kept_words import has_own_words
from ..queries.buffers import find_copies
from ..services.buffers import BufferRefused, drop_copy, keep_buffer
from ..sheets import Sheet

NOT_KEPT = frozenset(
    {
        *("csrfmiddlewaretoken", "keep", "take", "next", "act", "upload"),
        KNOWS,
        *("sheet", "goes_on_from", "open_sheet", "age", "recovered", "caret", "writer"),
    }
)
LONGEST_WAIT = 10**11  # milliseconds on a device


def keep_typed(
    request: AuthenticatedHttpRequest,
    section: Section,
    subject: UUID,
    clause: Clause | None = None,
) -> DraftBuffer:
    """A copy of a clause that holds nothing that would be lost is let go of at once. Raises BufferRefused for what is
    too long, and for what no form of the editor sends: nobody could go on with it."""
    lock_version = 0
    if clause is not None:
        lock_version = (
            read_id(request.POST.get("lock_version", "")) or clause.lock_version
        )
    values = values_to_keep(request.POST)
    if not values:
        raise BufferRefused("แบบที่ส่งมาไม่มีถ้อยคำ โปรดเปิดหน้าเขียนแล้วพิมพ์อีกครั้ง")
    kept = keep_buffer(
        section,
        subject,
        values,
        sheet=Sheet.from_form(request.POST),
        clause=clause,
        base_lock_version=lock_version,
        age=timedelta(
            milliseconds=min(read_id(request.POST.get("age", "")), LONGEST_WAIT)
        ),
        by=request.user,
    )
    if clause is not None and not has_own_words(kept, clause):
        drop_copy(kept)
    return kept


def has_sent_words(request: AuthenticatedHttpRequest, subject: UUID) -> bool:
    """Whether the portal has a copy of the page that this form stands on, with these words."""
    sheet = Sheet.from_form(request.POST)
    sent = values_to_keep(request.POST)
    return any(
        copy.sheet == sheet.uuid and copy.values == sent
        for copy in find_copies(request.user, subject)
    )


def drop_empty_copies(user: User, clause: Clause) -> None:
    """After the clause was saved: those of the person's copies, from whichever page, without words of their own."""
    for copy in find_copies(user, clause.uuid):
        if not has_own_words(copy, clause):
            drop_copy(copy)


def keep_refused(
    request: AuthenticatedHttpRequest,
    section: Section,
    subject: UUID,
    clause: Clause | None = None,
) -> None:
    """The page that comes back has the words, and may be closed before it keeps them. Too long ones stay on it."""
    with suppress(BufferRefused):
        keep_typed(request, section, subject, clause)


def values_to_keep(data: QueryDict) -> dict[str, list[str]]:
    """The fields of a form of the editor as a buffer holds them."""
    values = {}
    for name, texts in data.lists():
        if name not in NOT_KEPT:
            values[name] = [str(text) for text in texts]
    return values
