"""A row of the matrix in words, as its pages and files show it. It names nobody but who decided."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from hearing_portal.directory.models import AreaOffice, RoleAssignment
from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.dates import be_date_short, be_datetime_short
from manuals.models import EditionEntry

from ..citations import cite_entry
from ..commenting.queries.arguments import Argument
from ..models import Comment, Disposition, Moderation, Recommendation
from ..permissions import can_see_hidden_text
from ..results import UNDER_REVIEW_WORDS
from ..standing.queries.fallen_words import Fall
from .columns import (
    COLUMNS,
    EFFECT_WORDS,
    FILLED_IN,
    FIXED,
    HASHED,
    ISSUE_WORDS,
    NO_ISSUE_WORDS,
    OUTCOME_WORDS,
    MatrixColumn,
)
from .queries.rows import EnactedWords, MatrixFacts

Outcome = Disposition.Outcome
Effect = Disposition.Effect
OFFICE_KINDS: dict[str, str] = {
    AreaOffice.Kind.PRIMARY: "สพป.",
    AreaOffice.Kind.SECONDARY: "สพม.",
}
WITHHELD = "(ไม่แสดงถ้อยคำ)"
CUT = "ตัดข้อนี้ออก"
UNCHANGED = "ไม่แก้ไข"
FALLEN_WORDS = {
    Fall.LOST: "ถ้อยคำที่เห็นชอบไม่อยู่ในร่างแล้ว",
    Fall.REPLACED: "แก้ถ้อยคำแล้ว และแก้อีกครั้งตามผลการพิจารณาอื่น",
}
FIXED_LETTERS = 4  # of the hash of a cell
ITS_AUTHOR = "ผู้แสดงความคิดเห็น"

type Cells = dict[str, str]  # {key of a column: words}


@dataclass(frozen=True, slots=True)
class MatrixReader:
    """Whom the matrix is for; nobody in particular reads no words that are hidden or held."""

    user: Visitor | None = None

    def may_read(self, comment: Comment) -> bool:
        if comment.visibility == Moderation.Visibility.SHOWN:
            return True
        return self.user is not None and can_see_hidden_text(self.user, comment)


def matrix_cells(row: MatrixFacts, reader: MatrixReader) -> Cells:
    """No query: all of it is in the facts."""
    comment = row.comment
    entry = comment.entry
    cells: Cells = dict.fromkeys((column.key for column in COLUMNS), "")
    group = entry.manual.work_group
    cells |= {
        "number": str(comment.pk),
        "channel": comment.get_channel_display(),
        "office": tell_office(comment),
        "office_kind": OFFICE_KINDS.get(comment.office_kind or "", ""),
        "group": group.name if group is not None else entry.manual.title,
        "process": comment.section_title or "",
        "clause": cite_entry(entry).replace("\u00a0", " "),
        "wording": row.wording,
        "type": comment.get_type_display(),
        "issue": ISSUE_WORDS.get(comment.issue_class or "", NO_ISSUE_WORDS),
        "primary": str(row.primary),
        "secondary": str(row.secondary),
        "visibility": tell_moderation(comment),
        "uuid": str(comment.uuid),
    }
    cells["quote"] = row.quote
    cells["text"] = comment.text
    cells["proposed"] = CUT if row.proposes_cut else row.proposed
    if row.recommendation is not None:
        cells["advice"] = row.recommendation.get_outcome_display()
        cells["advice_reason"] = row.recommendation.reason
    cells["expert_advice"] = "\n".join(
        tell_advice(each) for each in row.expert_advice.values()
    )
    if row.disposition is not None:
        cells |= _decision_cells(row, row.disposition)
    if row.argument is not None:
        cells["argument"] = tell_argument(row.comment, row.argument)
    cells["reply"] = tell_reply(row)
    cells["row_hash"] = hash_row(cells)  # the same for every reader
    if not reader.may_read(comment):
        cells |= {"quote": "", "text": WITHHELD, "proposed": ""}
    cells["fixed_hash"] = hash_fixed(cells)
    return cells


def tell_advice(advice: Recommendation) -> str:
    """Of an expert or the central bureau, without a name."""
    words = f"{advice.get_role_display()}: {advice.get_outcome_display()}"
    return f"{words} เหตุผล: {advice.reason}" if advice.reason else words


def tell_office(comment: Comment) -> str:
    """In whose name it was said: an office, or the capacity of who speaks for none."""
    if comment.office is not None:
        return comment.office.short_name
    return str(RoleAssignment.Role(comment.role).label)


def tell_argument(comment: Comment, argument: Argument) -> str:
    """One argument of several offices. Its number tells which rows it is; where these have not one answer, that is
    told, as the column of results tells it."""
    told = (
        f"กลุ่มที่ {comment.argument_id}: {argument.comments} ความคิดเห็น "
        f"สพป. {argument.primary} เขต สพม. {argument.secondary} เขต"
    )
    answers = argument.known_answers
    return f"{told} ได้รับผลต่างกัน: {' · '.join(answers)}" if answers else told


def tell_moderation(comment: Comment) -> str:
    if comment.is_hidden:
        return f"ซ่อน: {comment.hidden_reason}"
    return "รอตรวจก่อนแสดง" if comment.is_held else "แสดง"


def tell_place(entry: EditionEntry) -> str:
    return cite_entry(entry).replace("\u00a0", " ")


def _decision_cells(row: MatrixFacts, disposition: Disposition) -> Cells:
    is_withdrawn = disposition.outcome == Outcome.WITHDRAWN
    decider = ITS_AUTHOR if is_withdrawn else disposition.decided_by.shown_name
    points_to = disposition.points_to
    assignee = disposition.assignee
    return {
        "outcome": OUTCOME_WORDS[disposition.outcome],
        "reason": disposition.reason,
        "effect": EFFECT_WORDS.get(disposition.effect, ""),
        "referred_to": disposition.referred_to,
        "points_to": tell_place(points_to) if points_to is not None else "",
        "assignee": assignee.shown_name if assignee is not None else "",
        "due": be_date_short(disposition.due) if disposition.due else "",
        "final_words": tell_final_words(row, disposition),
        "final_clause": "\n".join(_tell_final_places(row.enacted)),
        "decided_by": decider,
        "decided_at": be_datetime_short(disposition.decided_at).replace("\u00a0", " "),
    }


def tell_final_words(row: MatrixFacts, disposition: Disposition) -> str:
    """What the clauses say by the decision, that its words stand no more, or that it made none."""
    if row.enacted:
        words = [CUT if each.words is None else each.words for each in row.enacted]
        return "\n\n".join(words)
    if row.fall is not None:
        return FALLEN_WORDS[row.fall]
    if disposition.effect == Effect.TO_DRAFT:
        return str(Effect.TO_DRAFT.label)
    return UNCHANGED


def _tell_final_places(enacted: list[EnactedWords]) -> list[str]:
    places = []
    for each in enacted:
        if each.entry is not None:
            places.append(f"{tell_place(each.entry)} ({each.entry.edition.code})")
        elif each.words is not None:
            places.append("ร่างปัจจุบัน (ยังไม่อยู่ในฉบับใด)")
    return places


def tell_reply(row: MatrixFacts) -> str:
    """How far the commenter was told."""
    disposition = row.disposition
    if disposition is None:
        return ""
    unsettled = tell_unsettled(row)
    if disposition.publication is not None:
        told = f"แจ้งผลแล้ว {be_date_short(disposition.publication.at)}"
        return f"{told} {unsettled}" if unsettled else told
    return unsettled


def tell_unsettled(row: MatrixFacts) -> str:
    """What an outcome is marked with as long as it may still be another one; "" where it stands, and where nothing is
    decided."""
    disposition = row.disposition
    if disposition is None:
        return ""
    if disposition.publication is not None:
        return UNDER_REVIEW_WORDS if row.is_objected else ""
    if disposition.outcome == Outcome.WITHDRAWN:
        return ""
    if disposition.needs_confirmation:
        return "รอผู้ยืนยันคนที่สอง"
    return "ยังไม่แจ้งผล"


def tell_reviewed(cells: Cells) -> str:
    """The answer that a review is asked of, in the place of the reason: it settles nothing for the time being."""
    words = f"ผลที่ขอให้ทบทวน: {cells['outcome']}"
    return f"{words} เหตุผล: {cells['reason']}" if cells["reason"] else words


# -- telling whether a row is still what it was


def hash_row(cells: Mapping[str, str]) -> str:
    """What was to be filled in, and all a decision rests on, in a few letters each: "FILLED-ALL"."""
    return f"{_hash(cells, FILLED_IN)}-{_hash(cells, HASHED)}"


def hash_filled_in(cells: Mapping[str, str]) -> str:
    """The first half of hash_row."""
    return _hash(cells, FILLED_IN)


def hash_fixed(cells: Mapping[str, str]) -> str:
    """Of each cell that is not to be filled in, as it stands in this file: four letters each."""
    return "".join(_hash(cells, (column.key,))[:FIXED_LETTERS] for column in FIXED)


def find_changed_fixed(cells: Mapping[str, str]) -> list[MatrixColumn]:
    """The cells of a returned row that somebody changed although they are not filled in; none where the file does not
    say what they were."""
    known = cells["fixed_hash"]
    if len(known) != FIXED_LETTERS * len(FIXED):
        return []
    now = hash_fixed(cells)
    changed = []
    for number, column in enumerate(FIXED):
        own = slice(number * FIXED_LETTERS, (number + 1) * FIXED_LETTERS)
        if now[own] != known[own]:
            changed.append(column)
    return changed


def _hash(cells: Mapping[str, str], keys: tuple[str, ...]) -> str:
    # Spreadsheet programs write line ends and blanks at the ends in their own ways
    words = "\x1f".join(" ".join(cells[key].split()) for key in keys)
    return hashlib.sha256(words.encode()).hexdigest()[:12]
