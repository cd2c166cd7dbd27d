"""A process's page: how it can be read, what changed in it, and how much was said about each of its parts."""

from django.http import QueryDict

from hearing_portal.thai.sentences import joined
from hearing_portal.web.choices import FilterLink, query_with
from manuals.models import Edition, Section
from manuals.reading.presentation.sections import ReadSection

from .sidebars import ClauseSidebar

VIEWS = ("marked", "clean")


def view_links(query: QueryDict, view: str) -> list[FilterLink]:
    """`view` is the one in use; what else stands in the address stays there."""
    return [
        FilterLink(
            "ร่างแสดงการแก้ไข", query_with(query, view="marked"), view == "marked"
        ),
        FilterLink(
            "ร่างไม่แสดงการแก้ไข", query_with(query, view="clean"), view == "clean"
        ),
    ]


def describe_changes(section: ReadSection, basis: Edition | None) -> str:
    """What changed since the earlier edition; empty where nothing is compared."""
    if basis is None or not section.is_drafted or not section.is_compared:
        return ""
    if section.is_new and section.entry.data.get("origin") == Section.Origin.REVISED:
        return joined("งานเดิมที่", basis.title, "ไม่มีถ้อยคำ")
    if section.is_new:
        return joined("กระบวนงานใหม่ ไม่มีใน", basis.title)
    if section.changes:
        return joined(f"แก้ไข {section.changes:,}\u00a0แห่ง จาก", basis.title)
    return joined("ถ้อยคำทุกข้อเหมือน", basis.title)


def set_comment_counts(section: ReadSection, sidebar: ClauseSidebar | None) -> None:
    """Gives each part the number of comments on its clauses; the title's part has those on the process itself."""
    for part in section.parts:
        comments = 0
        if not part.is_title:
            for clause in part.clauses:
                if clause.sidebar is not None:
                    comments += clause.sidebar.comments
        elif sidebar is not None:
            comments = sidebar.comments
        part.sidebar = comments
