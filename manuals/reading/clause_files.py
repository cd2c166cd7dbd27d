"""The file of a form or a figure, for who may read a wording of the clause that has it."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import Visitor
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.jobs.media_types import JPEG, PNG
from hearing_portal.jobs.models import StoredFile
from hearing_portal.web.http import NotVisible

from ..models import Clause, ClauseChange, EditionEntry
from ..permissions import can_read_draft, editions_readable_by
from .presentation.clauses import ReadClause

SHOWN = (
    PNG,
    JPEG,
)  # in a page; what else somebody uploaded never runs in the portal's pages


@require_safe
def clause_file(request: HttpRequest, uuid: UUID, sha: str) -> HttpResponseBase:
    clause = get_object_or_404(
        Clause.objects.select_related("section__manual__work_group"), uuid=uuid
    )
    if not _can_read_file(request.user, clause, sha):
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise NotVisible
    return open_clause_file(sha)


def open_file_of(clause: UUID, clauses: Iterable[ReadClause]) -> FileResponse:
    """The file of a clause as it stands among words that the reader was shown; raises NotVisible where none does."""
    for read in clauses:
        if read.entry.uuid == clause and read.file_sha:
            return open_clause_file(read.file_sha)
    raise NotVisible


def open_clause_file(sha: str) -> FileResponse:
    """For who was found to read the wording that has it."""
    file = get_object_or_404(StoredFile, sha=sha)
    return FileResponse(
        open_stored_file(file),
        as_attachment=file.media_type not in SHOWN,
        filename=file.name,
        content_type=file.media_type,
    )


def _can_read_file(user: Visitor, clause: Clause, sha: str) -> bool:
    """It stands in an edition that they read, or in any version of a working draft that they read."""
    entries = EditionEntry.objects.filter(
        clause=clause, edition__in=editions_readable_by(user)
    )
    if entries.filter(blob__content__data__file=sha).exists():
        return True
    if not can_read_draft(user, clause.section.manual.work_group):
        return False
    return ClauseChange.objects.filter(
        clause=clause, to_blob__content__data__file=sha
    ).exists()
