"""What stands in the way, as a page tells it: words, whose it is, and where to go."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.urls import reverse

from hearing_portal.directory.models import WorkGroup
from manuals.models import EditionEntry
from manuals.reading.presentation.links import clause_anchor

from ...citations import cite_entry
from ...links import desk_url
from ..queries.blockers import AnswerBlocker, CommentBlocker

# In place of a group's name: the book's own foreword belongs to none
FOREWORD = "คำนำของเล่ม"
ANSWER_BLOCKER_WORDS = {
    AnswerBlocker.UNANSWERED: "ยังไม่มีผลการพิจารณา",
    AnswerBlocker.UNCONFIRMED: "ผล “ไม่เห็นชอบตามที่เสนอ” ยังไม่มีผู้ยืนยันคนที่สอง",
}


@dataclass(frozen=True, slots=True)
class ShownPassage:
    """A stretch of a clause's words with some of them marked."""

    before: str
    marked: str
    after: str


class WritingWay(NamedTuple):
    """Where the editor opens on what has to be written, and what is done there."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class ShownBlocker:
    """`place` names process and clause in words of the book, with `place_url` where they are read; `url` is where the
    matter is settled, where that is not in the words, and `ways` lead to where words are written. All are empty where
    there is nowhere to go. `group` is the short name of whose it is."""

    kind: StrEnum
    text: str
    place: str = ""
    place_url: str = ""
    url: str = ""
    group: str = ""
    passage: ShownPassage | None = None
    ways: Sequence[WritingWay] = ()

    @property
    def sentence(self) -> str:
        """Place and matter in one line, for the shell."""
        return f"{self.place} {self.text}".strip()


def show_answer_blocker(blocker: CommentBlocker) -> ShownBlocker:
    """One of those that keep a group's answers from being published."""
    return show_comment_blocker(
        blocker, ANSWER_BLOCKER_WORDS[AnswerBlocker(blocker.kind)]
    )


def show_comment_blocker(blocker: CommentBlocker, words: str) -> ShownBlocker:
    comment = blocker.comment
    entry = comment.entry
    return ShownBlocker(
        blocker.kind,
        text=f"ความคิดเห็นเลขที่ {comment.pk} {words}",
        place=name_place(entry),
        place_url=draft_url(entry),
        url=desk_url(comment),
        group=name_owner(entry.manual.work_group),
    )


def name_place(entry: EditionEntry) -> str:
    """การรับหนังสือราชการ ข้อ 5.2: by what the process is called today, where the work is done."""
    citation = cite_entry(entry)
    if entry.section is None or entry.kind != EditionEntry.Kind.CLAUSE:
        return citation
    return f"{entry.section.title} {citation}"


def draft_url(entry: EditionEntry) -> str:
    """Where the entry stands in the working draft; empty for a whole manual, which has no page there."""
    if entry.section is None:
        return ""
    page = reverse("draft", args=[entry.manual.key, entry.section.uuid])
    if entry.kind != EditionEntry.Kind.CLAUSE:
        return page
    return f"{page}#{clause_anchor(entry.uuid)}"


def name_owner(group: WorkGroup | None) -> str:
    return group.short_name if group else FOREWORD
