"""Acts on the preview of one process: what an official puts right before it is taken in. Nothing of the manual changes.

Each names the lock version of the preview that its page showed, and raises PreviewOvertaken where another window was
quicker, PreviewGone where the process was taken in or its upload discarded, RowRefused for what cannot be done.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...drafting.titles import as_title
from ...law.queries import load_sources_by_title
from ...models import Clause, ImportedProcess, Section
from ..kept_readings import load_rows, rows_json
from ..preview_rows import PreviewRow, PreviewRows
from ..refusals import PreviewGone, PreviewOvertaken, RowRefused
from .matching_rows import match_rows


@dataclass(slots=True)
class _Correction:
    """A preview that is locked while it is corrected."""

    process: ImportedProcess
    rows: PreviewRows


@contextmanager
def _correcting(
    process: ImportedProcess, version: int, *, by: User, matches_anew: bool = False
) -> Iterator[_Correction]:
    with act(by=by):
        locked = (
            ImportedProcess.objects.select_for_update(of=("self",))
            .select_related("file__upload", "target")
            .get(pk=process.pk)
        )
        upload = locked.file.upload
        if locked.taken_at or upload.discarded_at or upload.edition_id:
            raise PreviewGone
        if locked.lock_version != version:
            raise PreviewOvertaken
        correction = _Correction(locked, load_rows(locked))
        yield correction
        if matches_anew:
            match_rows(correction.rows, locked.target)
        locked.rows = rows_json(correction.rows.rows)
        locked.lock_version += 1
        locked.save()


def promote_row(process: ImportedProcess, row: UUID, version: int, *, by: User) -> None:
    with _correcting(process, version, by=by) as correction:
        correction.rows.promote(row)


def demote_row(process: ImportedProcess, row: UUID, version: int, *, by: User) -> None:
    with _correcting(process, version, by=by) as correction:
        correction.rows.demote(row)


def join_row(
    process: ImportedProcess, row: UUID, version: int, *, by: User
) -> PreviewRow:
    """With the one before it, which is returned."""
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        return correction.rows.join(row)


def split_row(
    process: ImportedProcess, row: UUID, version: int, typed: str, *, by: User
) -> list[PreviewRow]:
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        return correction.rows.split(row, typed)


def reword_row(
    process: ImportedProcess,
    row: UUID,
    version: int,
    texts: Mapping[str, str],
    *,
    by: User,
) -> None:
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        correction.rows.reword(row, texts)


def move_row(
    process: ImportedProcess,
    row: UUID,
    version: int,
    *,
    part: int,
    kind: str,
    numbering: str,
    by: User,
) -> None:
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        correction.rows.move(row, part, kind, numbering, load_sources_by_title())


def retitle(process: ImportedProcess, version: int, title: str, *, by: User) -> None:
    with _correcting(process, version, by=by) as correction:
        correction.process.title = as_title(title)


def accept_rows(
    process: ImportedProcess, rows: Iterable[UUID], version: int, *, by: User
) -> int:
    """Their doubts were looked at, and they stay as they are."""
    with _correcting(process, version, by=by) as correction:
        accepted = correction.rows.accept(rows)
        if not accepted:
            raise RowRefused("โปรดเลือกข้อที่ตรวจแล้วอย่างน้อยหนึ่งข้อ")
        return accepted


def leave_out_row(
    process: ImportedProcess, row: UUID, version: int, *, by: User
) -> None:
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        correction.rows.leave_out(row)


def take_back_row(
    process: ImportedProcess, row: UUID, version: int, *, by: User
) -> None:
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        correction.rows.take_back(row)


def match_row(
    process: ImportedProcess,
    row: UUID,
    version: int,
    clause: UUID | None,
    *,
    by: User,
) -> None:
    """It is this clause of the draft, or none of them."""
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        target = correction.process.target
        if clause is not None:
            clauses = Clause.objects.live().filter(section=target, uuid=clause)
            if target is None or not clauses.exists():
                raise RowRefused("ข้อที่เลือกไม่มีในร่างแล้ว โปรดเลือกใหม่", field="clause")
        correction.rows.choose_clause(row, clause)


def match_anew(process: ImportedProcess, version: int, *, by: User) -> None:
    """With the draft as it stands now."""
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        target = correction.process.target
        if target is None or target.retired_id is not None:
            raise RowRefused("กระบวนงานที่จะปรับปรุงไม่มีในร่างแล้ว โปรดเลือกใหม่")
        correction.process.base_version = target.version


def choose_target(
    process: ImportedProcess,
    version: int,
    target: Section | None,
    unit: str,
    *,
    by: User,
) -> None:
    """Which process of the draft it revises, or under which unit it is a new one."""
    with _correcting(process, version, by=by, matches_anew=True) as correction:
        locked = correction.process
        locked.target = target
        locked.base_version = target.version if target is not None else 0
        locked.unit = unit
