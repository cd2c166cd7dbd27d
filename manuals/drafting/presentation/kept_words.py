"""What a kept copy of a clause holds beside what is stored, and how it meets what was saved since."""

from collections.abc import Iterable
from typing import NamedTuple

from hearing_portal.directory.models import User

from ...content import Content, content_sha
from ...merging import find_common, merge_contents, says_the_same_words
from ...models import Clause, DraftBuffer
from ...queries import find_wording
from ..forms.clause import WORDS_PREFIX, ClauseForm
from ..forms.clause_forms import (
    content_as_left,
    form_as_left,
    form_on_clause,
    form_on_new,
)
from ..part_kinds import blank_content
from ..queries.last_acts import (
    authors_of,
    find_acts_since,
    find_move_since,
    is_own_since,
)
from ..queries.references import link_typed_in
from .conflict import EditConflict, load_conflict, place_in_draft

NO_VERSION = "0"  # what the form of a clause to come names
MERGED_WITH_OWN = "รวมกับถ้อยคำที่ท่านบันทึกไว้ก่อนแล้วจากหน้าอื่น"
MERGED_COPIES = "รวมร่างทั้งสองฉบับไว้ในแบบแล้ว ยังไม่ได้บันทึกเป็นรุ่นใหม่ ร่างอีกฉบับยังอยู่จนกว่าท่านจะทิ้ง"


class MergedSave(NamedTuple):
    """What is stored where a form was overtaken and nobody is in conflict with it, and what is told of that."""

    content: Content
    told: str


class MetWords(NamedTuple):
    """The form on a copy; `conflict` where somebody else has saved the clause since it was begun, or the person has the
    same words on another page."""

    form: ClauseForm
    conflict: EditConflict | None = None


def meet_copy(buffer: DraftBuffer, clause: Clause, user: User) -> MetWords:
    """The copy as it was left. Where the person alone has saved other words of the clause since, the copy goes on from
    there, both in one, told."""
    left = fields_left(buffer)
    base = _base_of(buffer, clause) or clause.content
    form = form_as_left(left, base)
    if buffer.base_lock_version >= clause.lock_version or clause.sha == content_sha(
        base
    ):
        return MetWords(form)
    mine = content_as_left(left, base)
    if mine is None:
        return MetWords(form)
    read = buffer.base_lock_version
    merged = merge_saves(clause, read, base, mine, user)
    if merged is None:
        conflict = load_conflict(clause, base, mine, read=read, user=user)
        return MetWords(form, conflict)
    form = form_on_clause(clause, merged.content, reason=left.get("reason", ""))
    form.told = merged.told
    return MetWords(form)


def merge_copies(
    shown: DraftBuffer, other: DraftBuffer, clause: Clause
) -> Content | None:
    """Both copies of a clause in one. None where they were not begun on the words that stand there now, where both
    change the same words, and where one says all that the other does. No query."""
    base = clause.content
    contents = []
    for buffer in (shown, other):
        left = fields_left(buffer)
        if left.get("read_sha") != clause.sha:
            return None
        contents.append(content_as_left(left, base))
    mine, theirs = contents
    if mine is None or theirs is None:
        return None
    merged = merge_contents(base, mine, theirs)
    return None if merged in contents else merged


def form_on_copies(
    shown: DraftBuffer, other: DraftBuffer, clause: Clause
) -> ClauseForm | None:
    """The clause with both copies in one, kept nowhere yet; None as merge_copies."""
    merged = merge_copies(shown, other, clause)
    if merged is None:
        return None
    form = form_on_clause(clause, merged, reason=fields_left(shown).get("reason", ""))
    form.is_unkept = True
    form.told = MERGED_COPIES
    return form


def merge_new_copies(shown: DraftBuffer, other: DraftBuffer) -> Content | None:
    """Both copies of a clause to come in one: what they say alike, with what either says beside it. None as
    merge_copies."""
    contents = []
    kinds = {fields_left(buffer).get("kind", "") for buffer in (shown, other)}
    if len(kinds) > 1 or not kinds <= set(Clause.Kind.values):
        return None
    blank = blank_content(kinds.pop())
    for buffer in (shown, other):
        contents.append(content_as_left(fields_left(buffer), blank))
    mine, theirs = contents
    if mine is None or theirs is None:
        return None
    merged = merge_contents(find_common(blank, mine, theirs), mine, theirs)
    return None if merged in contents else merged


def form_on_new_copies(shown: DraftBuffer, other: DraftBuffer) -> ClauseForm | None:
    """A clause to come with both copies in one, kept nowhere yet; None as merge_copies."""
    merged = merge_new_copies(shown, other)
    if merged is None:
        return None
    left = fields_left(shown)
    kept = {name: left[name] for name in ("reason", "numbering") if name in left}
    form = form_on_new(blank_content(merged.kind), merged, **kept)
    form.is_unkept = True
    form.told = MERGED_COPIES
    return form


class CopyBehind(NamedTuple):
    """A copy that was begun before the person alone saved the clause, with what it would change in the words saved
    since; None where it could not be saved as it is."""

    copy: DraftBuffer
    words: Content | None


def find_copies_behind(
    copies: Iterable[DraftBuffer], clause: Clause, user: User
) -> list[CopyBehind]:
    """Those that cannot go on from there: saved as they are, they would take the place of what the person saved later.
    One query where one is older than the clause, and one for each such copy."""
    older = [copy for copy in copies if copy.base_lock_version < clause.lock_version]
    if not older:
        return []
    read_first = min(copy.base_lock_version for copy in older)
    acts = find_acts_since(clause, read_first)
    behind = []
    for copy in older:
        since = acts[: clause.lock_version - copy.base_lock_version]
        base = _base_of(copy, clause)
        if (
            authors_of(since) != {user.pk}
            or base is None
            or content_sha(base) == clause.sha
        ):
            continue
        mine = content_as_left(fields_left(copy), base)
        if mine is None or merge_contents(base, mine, clause.content) is None:
            behind.append(CopyBehind(copy, mine))
    return behind


def _base_of(buffer: DraftBuffer, clause: Clause) -> Content | None:
    """The words that the copy began with."""
    if not buffer.base_lock_version:  # of the clause when it was still to come
        return blank_content(clause.kind)
    return find_wording(fields_left(buffer).get("read_sha", ""))


def merge_saves(
    clause: Clause, lock_version: int, base: Content, mine: Content, user: User
) -> MergedSave | None:
    """What a person made of `base`, with what that same person alone has saved since, or with what others did that is
    none of its words: where it stands, and for whom it is. None where somebody else has changed the words, or where
    both changed the same."""
    is_own = is_own_since(clause, lock_version, user)
    if not (is_own or says_the_same_words(base, clause.content)):
        return None
    merged = merge_contents(base, mine, clause.content)
    if merged is None:
        return None
    if is_own:
        return MergedSave(merged, MERGED_WITH_OWN)
    return MergedSave(merged, _tell_change_beside(clause, lock_version, base))


def _tell_change_beside(clause: Clause, lock_version: int, base: Content) -> str:
    """What somebody else did beside the words, as far as it is not seen at once: "" for an order. Two queries."""
    told = []
    move = find_move_since(clause, lock_version)
    if move is not None and move.revision.user is not None:
        name = move.revision.user.get_full_name()
        told.append(f"{name} ย้ายข้อนี้ไปไว้ที่ {place_in_draft(clause)}")
    if clause.applies_to != base.applies_to:
        told.append(f"มีผู้เปลี่ยน “ใช้กับ” เป็น {clause.get_applies_to_display()}")
    if not told:
        return ""
    return f"ระหว่างที่ท่านเขียน {' และ'.join(told)} ถ้อยคำของท่านบันทึกไว้กับข้อนั้นแล้ว"


def has_own_words(buffer: DraftBuffer, clause: Clause) -> bool:
    """Whether anything in the copy would be lost without it: words that are neither those it began with nor those that
    are stored; while nothing was saved since, also a reason or another kind of number. A copy of the clause before it
    was first saved names no version: what was typed beside its words was for that save."""
    left = fields_left(buffer)
    base = _base_of(buffer, clause)
    is_behind = buffer.base_lock_version < clause.lock_version
    if is_behind and not any(
        left[name].strip() for name in left if name.startswith(WORDS_PREFIX)
    ):
        return False  # emptied before the words that stand there were saved
    mine = content_as_left(left, base) if base is not None else None
    if base is None or mine is None:
        return True
    if not is_behind and left.get("lock_version", NO_VERSION) != NO_VERSION:
        numbering = left.get("numbering", clause.numbering)
        if (
            left.get("reason", "").strip()
            or left.get("promise")
            or numbering != clause.numbering
        ):
            return True
    stored = [content_sha(base), clause.sha]
    if content_sha(mine) in stored:
        return False
    if is_behind and merge_contents(base, mine, clause.content) == clause.content:
        return False  # all it changed was saved since
    return content_sha(link_typed_in(clause.section, mine).content) not in stored


def fields_left(buffer: DraftBuffer) -> dict[str, str]:
    return {name: texts[-1] for name, texts in buffer.values.items() if texts}
