"""The page of who gives advice: what they are asked, and what they advised."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from hearing_portal.directory.models import User

from ..citations import cite_entry
from ..models import Comment
from .queries import find_advised_comments, find_asked_comments


@dataclass(frozen=True, slots=True)
class AdviceRow:
    """A comment with what its desk asks about it, or what was advised (`words`)."""

    comment: Comment
    words: str
    at: datetime
    url: str

    @property
    def citation(self) -> str:
        return cite_entry(self.comment.entry)

    @property
    def place(self) -> str:
        """The process, and whose manual it is."""
        manual = self.comment.entry.manual.display_name
        if not self.comment.section_title:
            return manual
        return f"{self.comment.section_title} · {manual}"

    @property
    def text(self) -> str:
        """Nothing of what was hidden meanwhile."""
        return "" if self.comment.is_hidden else self.comment.text


@dataclass(frozen=True, slots=True)
class AdvicePage:
    asked: list[AdviceRow]
    advised: list[AdviceRow]


def load_advice_page(user: User) -> AdvicePage:
    """Four queries, two where nothing was asked or advised."""
    asked = []
    for comment, request in find_asked_comments(user):
        asked.append(_row(comment, request.question, request.at))
    advised = []
    for comment, advice in find_advised_comments(user):
        words = f"ท่านเสนอ “{advice.get_outcome_display()}”"
        if advice.reason:
            words = f"{words} เหตุผล: {advice.reason}"
        advised.append(_row(comment, words, advice.at))
    return AdvicePage(asked, advised)


def _row(comment: Comment, words: str, at: datetime) -> AdviceRow:
    url = reverse("comment-recommendation", args=[comment.uuid])
    return AdviceRow(comment, words, at, url)
