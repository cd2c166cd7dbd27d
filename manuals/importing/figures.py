"""Pictures in a file as figures. What one shows is told to who cannot see it: where the file does not, by a person."""

import re
from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from hearing_portal.thai.text import escape_plain, inline_plain

from ..content import Figure
from ..source import LeftOut, SourceLine
from .drafts import ClauseDraft, DoubtKind, ProcessDraft

NOT_TOLD = "ภาพนี้ยังไม่มีคำอธิบายแทนภาพ โปรดกด “แก้ไข” แล้วกรอกว่าภาพแสดงสิ่งใด หรือเว้นภาพนี้ไว้"
IN_STEPS = "ภาพอยู่ในส่วนที่ 9 ซึ่งมีแต่ตารางขั้นตอน จึงนำไปไว้ส่วนที่ 6 โปรดตรวจ"
BEFORE_PARTS = "ภาพที่อยู่ก่อนส่วนที่ 2 ไม่ใช่ข้อของกระบวนงาน"
CHART_PART, STEP_PART = 6, 9
# As word_export/document.py writes the words of a figure above its picture
_EXPORTED = re.compile(r"\[ภาพ: (?P<caption>.*?)\] ?(?P<body>.*)", re.DOTALL)


def add_figure(
    part: int, line: SourceLine, above: UUID | None, draft: ProcessDraft
) -> None:
    """A clause behind those that the draft has; one of a file of ours is the clause whose words stand before it."""
    figure = Figure(file=line.picture, alt=line.words)
    last = draft.clauses[-1] if draft.clauses else None
    if last is not None and line.bookmark and last.bookmark == line.bookmark:
        figure = replace(figure, applies_to=last.content.applies_to)
        words = inline_plain(last.content.body)
        draft.understood.append(words)
        last.content = figure_with_words(figure, words)
        clause = last
    else:
        clause = ClauseDraft(
            part, figure, parent=above, place=line.place, bookmark=line.bookmark
        )
        draft.clauses.append(clause)
    if not figure.alt:
        draft.doubt(DoubtKind.FIGURE, NOT_TOLD, line, clause.uuid)


def figure_with_words(figure: Figure, words: str) -> Figure:
    """The figure with the caption and the words that stand above its picture in a file of ours."""
    exported = _EXPORTED.fullmatch(words)
    if exported is None:
        return replace(figure, body=escape_plain(words))
    caption = exported["caption"]
    if caption == figure.alt and caption != figure.caption:
        caption = ""  # without one its alternative text stands there
    return replace(figure, caption=caption, body=escape_plain(exported["body"]))


def add_chart_figures(
    chart_lines: Sequence[SourceLine],
    step_lines: Sequence[SourceLine],
    draft: ProcessDraft,
) -> None:
    """A drawing of the old chart is a figure of part 6; so is one beside the table of steps."""
    for line in chart_lines:
        if line.kind == "figure":
            add_figure(CHART_PART, line, None, draft)
    for line in step_lines:
        if line.kind == "figure":
            add_figure(CHART_PART, line, None, draft)
            draft.doubt(DoubtKind.FIGURE, IN_STEPS, line, draft.clauses[-1].uuid)


def without_figures(lines: Sequence[SourceLine]) -> list[SourceLine]:
    return [line for line in lines if line.kind != "figure"]


def leave_out_figures(
    lines: Sequence[SourceLine], draft: ProcessDraft
) -> list[SourceLine]:
    """A coat of arms above the title is told, and no clause."""
    for line in lines:
        if line.kind == "figure":
            draft.left_out.append(LeftOut(line.place, line.words, BEFORE_PARTS))
    return without_figures(lines)
