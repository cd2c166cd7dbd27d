"""A process's page: how it can be read, what changed in it, and how much was said about each of its parts."""

from hearing_portal.web.choices import FilterLink
from manuals.models import Edition
from manuals.reading.presentation.sections import ReadSection

from .sidebars import ClauseSidebar

VIEWS = ("marked", "clean")


def view_links(view: str) -> list[FilterLink]:
    """`view` is the one in use."""
    return [
        FilterLink("ร่างพร้อมรอยแก้", "?view=marked", view == "marked"),
        FilterLink("ร่างเรียบ", "?view=clean", view == "clean"),
    ]


def describe_changes(section: ReadSection, basis: Edition | None) -> str:
    """What changed since the earlier edition; empty where nothing is compared."""
    if basis is None or not section.is_drafted or not section.is_compared:
        return ""
    if section.is_new:
        return f"กระบวนงานใหม่ ไม่มีใน{basis.title}"
    if section.changes:
        return f"เปลี่ยนจาก{basis.title} {section.changes:,}\u00a0แห่ง"
    return f"ถ้อยคำเหมือน{basis.title}ทุกข้อ"


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
