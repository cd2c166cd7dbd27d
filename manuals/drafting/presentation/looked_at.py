"""Requests to look and preview links of what an act takes out or puts elsewhere, told before it is done."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from hearing_portal.thai.shortening import shorten

from ...models import Clause, PreviewLink, ReviewRequest, Section
from ..queries.looked_at import (
    find_links_to_sections,
    find_requests_about_clauses,
    find_requests_about_sections,
)
from ..told_words import tell_clauses

LETTERS_NAMED = 40  # of the clause that is spoken of


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request to look that is not done with: what it is about, in words, and whether it waits for an answer."""

    request: ReviewRequest
    about: str
    url: str

    @property
    def is_answered(self) -> bool:
        return hasattr(self.request, "answer")


@dataclass(frozen=True, slots=True)
class LookedAt:
    requests: Sequence[OpenRequest] = ()
    links: Sequence[PreviewLink] = ()


def load_looked_at(sections: Collection[Section]) -> LookedAt:
    """Of these sections and of what stands there. Six queries at most, those of find_origins and find_section_origins
    and what the words cost (told_words)."""
    requests = find_requests_about_sections(sections)
    return LookedAt(_show(requests), find_links_to_sections(sections))


def load_clauses_looked_at(clauses: Iterable[Clause]) -> LookedAt:
    """Of these clauses alone. Two queries, those of find_origins and what the words cost (told_words)."""
    return LookedAt(_show(find_requests_about_clauses(list(clauses))))


def _show(requests: Sequence[ReviewRequest]) -> list[OpenRequest]:
    told = tell_clauses(each.clause for each in requests if each.clause is not None)
    shown = []
    for request in requests:
        about = f"“{request.section.title}” ทั้ง{request.section.get_kind_display()}"
        if request.clause is not None:
            words = shorten(told[request.clause.pk], LETTERS_NAMED)
            about = f"ข้อที่ขึ้นต้นว่า “{words}”"
        url = reverse("review-request", args=[request.uuid])
        shown.append(OpenRequest(request, about, url))
    return shown
