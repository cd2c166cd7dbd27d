"""Adopted words that the draft has no more, as pages tell those who write it, and as the editor offers them to the act
that brings them back in other words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from hearing_portal.thai.shortening import shorten
from manuals.drafting.promises import Promise, PromisedWords
from manuals.drafting.told_words import load_told_words
from manuals.models import ClauseChange, Section
from manuals.models.survivors import stands

from ...citations import cite_entry, cite_in_section
from ...links import desk_url
from ...models import Comment
from ..queries.lost_words import LostWords, find_lost_words_of_section
from .writing import clause_writing_url

LETTERS_SHOWN = 60
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
                lost_words_url(each),
                reverse(
                    "clause-versions",
                    args=[section.manual.key, section.uuid, changed.uuid],
                ),
                has_moved=each.clause != changed,
            )
        )
    return shown


def lost_words_url(lost: LostWords) -> str:
    """Where they are written again, with what was decided chosen: in their clause, or where that is to be left out
    again."""
    asked = {"promise": lost.key}
    if lost.change.kind == ClauseChange.Kind.RETIRED and stands(lost.clause):
        return clause_writing_url(lost.clause, "clause-retire", asked)
    return clause_writing_url(lost.clause, asked=asked)


def promise_lost_words(section: Section) -> list[Promise]:
    """Those that were written in the section, or are now: an act there may bring them back, or say the same in other
    words. The queries of find_lost_words_of_section, and of load_told_words where something is lost."""
    found = find_lost_words_of_section(section)
    if not found:
        return []
    adopted = {}
    for lost in found:
        blob = lost.change.to_blob
        adopted[lost.key] = blob.as_content if blob is not None else None
    told = load_told_words(
        [content.referring for content in adopted.values() if content is not None]
    )
    promises = []
    for lost in found:
        comment = lost.comment
        name = f"ความคิดเห็นเลขที่ {comment.pk}"
        asked = f"{name} {cite_entry(comment.entry)} {comment.get_type_display()}: {comment.text}"
        words = PromisedWords(asked, adopted[lost.key], told, section.pk)
        promises.append(
            Promise(
                lost.key,
                f"{name}: {shorten(comment.text, LETTERS_SHOWN)} ({LOST})",
                asked_for=[words],
                url=lost_words_url(lost),
            )
        )
    return promises
