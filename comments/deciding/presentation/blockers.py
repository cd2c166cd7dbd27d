"""What stands in the way, as a page tells it: words, whose it is, and where to go."""

from dataclasses import dataclass
from enum import StrEnum

from hearing_portal.directory.models import WorkGroup

from ...links import desk_url
from ..queries.blockers import AnswerBlocker, CommentBlocker

FOREWORD = "คำนำของเล่ม"  # in place of a group's name: the book's own foreword belongs to none
ANSWER_BLOCKER_WORDS = {
    AnswerBlocker.UNANSWERED: "ยังไม่มีผลการพิจารณา",
    AnswerBlocker.UNCONFIRMED: "ผล “ไม่รับ” ยังไม่มีผู้ยืนยันคนที่สอง",
}


@dataclass(frozen=True, slots=True)
class ShownBlocker:
    """`group` is the short name of whose it is; `url` is empty where there is nowhere to go. `is_of_book` says that
    `text` is in words of the book, with numbers in the reader's digits."""

    kind: StrEnum
    text: str
    url: str = ""
    group: str = ""
    is_of_book: bool = False


def show_answer_blocker(blocker: CommentBlocker) -> ShownBlocker:
    """One of those that keep a group's answers from being published."""
    return show_comment_blocker(blocker, ANSWER_BLOCKER_WORDS[AnswerBlocker(blocker.kind)])


def show_comment_blocker(blocker: CommentBlocker, words: str) -> ShownBlocker:
    comment = blocker.comment
    return ShownBlocker(
        blocker.kind,
        text=f"ความเห็นที่ {comment.pk} {words}",
        url=desk_url(comment),
        group=name_owner(comment.entry.manual.work_group),
    )


def name_owner(group: WorkGroup | None) -> str:
    return group.short_name if group else FOREWORD
