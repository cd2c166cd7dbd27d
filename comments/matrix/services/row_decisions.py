"""The decision that a row of a returned matrix asks for: its result, with what belongs to that result."""

from collections.abc import Collection

from hearing_portal.directory.models import User
from hearing_portal.spreadsheets import read_day
from hearing_portal.thai.numbering import arabic_digits
from manuals.models import EditionEntry

from ...deciding.forms.disposition import find_drafters
from ...deciding.services.ruling import LockedComments, Ruling, explain_undecidable
from ...limits import TEXT_LIMIT
from ...models import Answer, Disposition
from ..cells import Cells, tell_place
from ..columns import EFFECT_WORDS, OUTCOME_WORDS
from ..fixed_cells import LeftCell, is_same, leave_cells
from ..queries.rows import MatrixFacts
from ..refusals import require_of_row
from ..returned_file import ReturnedRow

Outcome = Disposition.Outcome
Effect = Disposition.Effect
DECISION = (
    *("outcome", "reason", "effect", "referred_to", "points_to", "assignee", "due"),
)
OUTCOMES = {words: value for value, words in OUTCOME_WORDS.items()}
EFFECTS = {words: value for value, words in EFFECT_WORDS.items()}

type Places = dict[tuple[int, int | None], dict[str, EditionEntry]]


def find_citable_places(rows: Collection[MatrixFacts]) -> Places:
    """{(edition, section): {a clause as cited there: the clause}}. One query."""
    sections = {each.comment.entry.section_id for each in rows}
    editions = {each.comment.entry.edition_id for each in rows}
    entries = EditionEntry.objects.filter(
        edition__in=editions, section__in=sections, kind=EditionEntry.Kind.CLAUSE
    )
    places: Places = {}
    for entry in entries.select_related("blob", "manual").order_by("-ordinal"):
        of_section = places.setdefault((entry.edition_id, entry.section_id), {})
        of_section["".join(tell_place(entry).split())] = entry
    return places


def require_decidable(facts: MatrixFacts) -> None:
    """Raises RowNotTaken where its decision is not changed by a file."""
    disposition = facts.disposition
    if disposition is None:
        return
    answer = Answer(comment=facts.comment, disposition=disposition)
    settled = explain_undecidable(LockedComments([facts.comment], [answer]))
    require_of_row(not settled, " ".join(settled))
    require_of_row(
        disposition.effect != Effect.CHANGED,
        "ถ้อยคำแก้ตามผลนี้แล้ว โปรดเปลี่ยนผลที่หน้ารายการรอดำเนินการ",
    )


class RowRulings:
    """Reads them row by row; `places` are the clauses that a result may point to."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.drafters: dict[int, dict[str, User]] = {}  # {manual: {name: drafter}}

    def read(self, outcome: str, row: ReturnedRow, facts: MatrixFacts) -> Ruling:
        cells = row.cells
        require_of_row(outcome, "โปรดเลือกผลการพิจารณาจากรายการ ผลที่บันทึกแล้วลบไม่ได้")
        require_length(cells["reason"])
        require_of_row(
            len(cells["referred_to"]) <= 200, "ช่อง “ส่งต่อให้” ยาวเกิน 200 ตัวอักษร"
        )
        effect = EFFECTS.get(
            cells["effect"], Effect.NONE if not cells["effect"] else ""
        )
        require_of_row(effect, f"ไม่มีผลต่อถ้อยคำ “{cells['effect']}” โปรดเลือกจากรายการ")
        require_of_row(
            effect != Effect.CHANGED,
            "การแก้ถ้อยคำทำในตารางไม่ได้ โปรดใช้หน้าปรับถ้อยคำ หรือเลือก “ให้ยกร่าง”",
        )
        points_to = None
        if cells["points_to"]:
            entry = facts.comment.entry
            of_section = self.places.get((entry.edition_id, entry.section_id), {})
            cited = "".join(arabic_digits(cells["points_to"]).split())
            points_to = of_section.get(cited) or of_section.get(f"ข้อ{cited}")
            if points_to is None and facts.disposition is not None:
                kept = facts.disposition.points_to
                if kept is not None and is_same(tell_place(kept), cells["points_to"]):
                    points_to = kept
            require_of_row(
                points_to, f"ไม่พบ “{cells['points_to']}” ในกระบวนงานเดียวกันของฉบับนี้"
            )
        assignee = None
        if cells["assignee"]:
            assignee = self._drafters_of(facts).get(" ".join(cells["assignee"].split()))
            require_of_row(assignee, f"ไม่พบผู้ยกร่างชื่อ “{cells['assignee']}” ในกลุ่มงานนี้")
        return Ruling(
            outcome,
            cells["reason"],
            effect,
            points_to=points_to if outcome == Outcome.ALREADY_COVERED else None,
            referred_to=cells["referred_to"] if outcome == Outcome.REFERRED else "",
            assignee=assignee if effect == Effect.TO_DRAFT else None,
            due=read_day(cells["due"]) if effect == Effect.TO_DRAFT else None,
        )

    def _drafters_of(self, facts: MatrixFacts) -> dict[str, User]:
        entry = facts.comment.entry
        if entry.manual_id not in self.drafters:
            named = {}
            for drafter in find_drafters(entry).values():
                named[" ".join(drafter.shown_name.split())] = drafter
            self.drafters[entry.manual_id] = named
        return self.drafters[entry.manual_id]


def find_unused(
    row: ReturnedRow, today: Cells, ruling: Ruling | None
) -> list[LeftCell]:
    """What was filled in beside a result that has no use for it; without a ruling the comment is noted."""
    if ruling is None:
        others = [key for key in DECISION if key != "outcome"]
        return leave_cells(row, today, others, "“รับทราบ” ไม่มีรายละเอียดอื่น")
    left = []
    if ruling.outcome != Outcome.REFERRED:
        left += leave_cells(row, today, ["referred_to"], "ใช้กับผล “ส่งต่อ” เท่านั้น")
    if ruling.outcome != Outcome.ALREADY_COVERED:
        why = "ใช้กับผล “กำหนดไว้แล้ว” เท่านั้น"
        left += leave_cells(row, today, ["points_to"], why)
    if ruling.effect != Effect.TO_DRAFT:
        why = "ใช้กับผลต่อถ้อยคำ “ให้ยกร่าง” เท่านั้น"
        left += leave_cells(row, today, ["assignee", "due"], why)
    return left


def require_length(reason: str) -> None:
    require_of_row(len(reason) <= TEXT_LIMIT, f"เหตุผลยาวเกิน {TEXT_LIMIT:,} ตัวอักษร")
