"""Titles of processes: those of which nothing else stands yet, and those that several have."""

from hearing_portal.thai.numbering import arabic_digits

from ...models import Manual, Section
from ...queries import live_processes
from .contents import load_outline


def find_bare_processes(manual: Manual) -> list[Section]:
    """The live processes of the manual without a clause, in book order. Two queries."""
    bare = []
    for row in load_outline(manual):
        if row.section.is_process and not row.clauses:
            bare.append(row.section)
    return bare


def find_namesakes(process: Section) -> list[Section]:
    """The other live processes of its manual with the same title, whatever its digits and blanks, each with what it
    stands below. One query."""
    title = as_one_title(process.title)
    others = live_processes(Section.objects.filter(manual=process.manual_id))
    namesakes = []
    for other in others.exclude(pk=process.pk).select_related("parent"):
        if as_one_title(other.title) == title:
            namesakes.append(other)
    return namesakes


def as_one_title(title: str) -> str:
    """Titles that a reader takes for one are equal so."""
    return "".join(arabic_digits(title).split())
