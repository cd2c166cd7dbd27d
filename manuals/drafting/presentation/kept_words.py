"""What a kept copy of a clause holds beside what is stored, and how it meets what was saved since."""

from typing import NamedTuple

from hearing_portal.directory.models import User

from ...content import Content, content_sha
from ...merging import merge_contents
from ...models import Clause, DraftBuffer
from ...queries import find_wording
from ..forms.clause import ClauseForm
from ..forms.clause_forms import content_as_left, form_as_left, form_on_clause
from ..queries.last_acts import is_own_since
from ..queries.references import link_typed_in
from .conflict import EditConflict, load_conflict

MERGED_WITH_OWN = "รวมกับถ้อยคำที่ท่านบันทึกไว้ก่อนแล้วจากหน้าอื่น"
MERGED_COPIES = "รวมร่างทั้งสองฉบับไว้ในแบบแล้ว ยังไม่ได้บันทึกเป็นรุ่นใหม่ ร่างอีกฉบับยังอยู่จนกว่าท่านจะทิ้ง"


class MetWords(NamedTuple):
    """The form on a copy; `conflict` where somebody else has saved the clause since it was begun, or the person has the
    same words on another page."""

    form: ClauseForm
    conflict: EditConflict | None = None


def meet_copy(buffer: DraftBuffer, clause: Clause, user: User) -> MetWords:
    """The copy as it was left. Where the person alone has saved other words of the clause since, the copy goes on from
    there, both in one, told."""
    left = fields_left(buffer)
    base = find_wording(left.get("read_sha", "")) or clause.content
    form = form_as_left(left, base)
    if buffer.base_lock_version >= clause.lock_version or clause.sha == content_sha(
        base
    ):
        return MetWords(form)
    mine = content_as_left(left, base)
    if mine is None:
        return MetWords(form)
    read = buffer.base_lock_version
    merged = merge_own_saves(clause, read, base, mine, user)
    if merged is None:
        conflict = load_conflict(clause, base, mine, read=read, user=user)
        return MetWords(form, conflict)
    form = form_on_clause(clause, merged, reason=left.get("reason", ""))
    form.told = MERGED_WITH_OWN
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


def merge_own_saves(
    clause: Clause, lock_version: int, base: Content, mine: Content, user: User
) -> Content | None:
    """What a person made of `base`, with what that same person alone has saved since; None where somebody else has, or
    where both touch the same words."""
    if not is_own_since(clause, lock_version, user):
        return None
    return merge_contents(base, mine, clause.content)


def has_own_words(buffer: DraftBuffer, clause: Clause) -> bool:
    """Whether anything in the copy would be lost without it: words that are neither those it began with nor those that
    are stored; while nothing was saved since, also a reason or another kind of number."""
    left = fields_left(buffer)
    base = find_wording(left.get("read_sha", ""))
    mine = content_as_left(left, base) if base is not None else None
    if base is None or mine is None:
        return True
    if buffer.base_lock_version >= clause.lock_version:
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
    return content_sha(link_typed_in(clause.section, mine).content) not in stored


def fields_left(buffer: DraftBuffer) -> dict[str, str]:
    return {name: texts[-1] for name, texts in buffer.values.items() if texts}
