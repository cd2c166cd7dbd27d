"""Adopted words that the draft has no more, as pages tell those who write it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from ...citations import cite_in_section
from ...links import desk_url
from ...models import Comment
from ..queries.lost_words import LostWords
from .writing import clause_writing_url

LOST = "ถ้อยคำที่เห็นชอบไม่อยู่ในร่างแล้ว"


@dataclass(frozen=True, slots=True)
class ShownLostWords:
    """The comment that the words were adopted from, where it is decided, and where they are written, and their clause
    was changed. `has_moved`: another clause has its words now."""

    comment: Comment
    citation: str
    comment_url: str
    clause_url: str
    history_url: str
    has_moved: bool = False


def show_lost_words(lost: Iterable[LostWords]) -> list[ShownLostWords]:
    shown = []
    for each in lost:
        changed = each.change.clause
        section = changed.section
        shown.append(
            ShownLostWords(
                each.comment,
                cite_in_section(each.comment.entry),
                desk_url(each.comment),
                clause_writing_url(each.clause),
                reverse(
                    "clause-versions",
                    args=[section.manual.key, section.uuid, changed.uuid],
                ),
                has_moved=each.clause != changed,
            )
        )
    return shown
