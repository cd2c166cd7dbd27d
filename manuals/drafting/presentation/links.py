"""Addresses of the working draft."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from ...models import Manual, Section
from ...reading.presentation.links import clause_anchor


def section_url(section: Section, clause: UUID | None = None, **asked: str) -> str:
    """The page of the section in the working draft, at the clause where one is given."""
    url = reverse("draft", args=[section.manual.key, section.uuid])
    if asked:
        url += f"?{urlencode(asked)}"
    if clause is None:
        return url
    return f"{url}#{clause_anchor(clause)}"


def contents_url(
    manual: Manual, section: Section | None = None, *, did: str = ""
) -> str:
    """The contents of a manual, at a section where one is given; `did` says which way it was just shifted."""
    url = reverse("manual-draft", args=[manual.key])
    if section is None:
        return url
    asked = f"?moved={section.uuid}&did={did}" if did else ""
    return f"{url}{asked}#s-{section.uuid.hex[:8]}"


ANY_CLAUSE = UUID(int=0)
CLAUSE_PAGES = {
    "edit": "clause-edit",
    "versions": "clause-versions",
    "notes": "team-notes",
    "shift": "clause-shift",
    "split": "clause-split",
    "join": "clause-join",
    "move": "clause-move",
    "retire": "clause-retire",
}


class ClauseLinks:
    """The addresses of what may be done with the clauses of one section.

    Each is looked up once: a page of a hundred clauses names eight hundred of them.
    """

    def __init__(self, section: Section) -> None:
        place = [section.manual.key, section.uuid]
        self._patterns = {
            what: reverse(page, args=[*place, ANY_CLAUSE])
            for what, page in CLAUSE_PAGES.items()
        }
        self._new = reverse("clause-new", args=place)
        self._review = reverse("review-new", args=place)

    def of(self, clause: UUID) -> Mapping[str, str]:
        """{what: address}, by the names of CLAUSE_PAGES and "review"."""
        uuid = str(clause)
        links = {}
        for what, pattern in self._patterns.items():
            links[what] = pattern.replace(str(ANY_CLAUSE), uuid)
        links["review"] = f"{self._review}?clause={uuid}"
        return links

    def new(
        self,
        part: int,
        kind: str,
        *,
        after: UUID | None = None,
        parent: UUID | None = None,
    ) -> str:
        """Where a clause of this kind is written; right behind `after`, last below `parent`, or last in its part."""
        asked = {"part": str(part), "kind": str(kind)}
        if after is not None:
            asked["after"] = str(after)
        if parent is not None:
            asked["parent"] = str(parent)
        return f"{self._new}?{urlencode(asked)}"
