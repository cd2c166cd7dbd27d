"""What a comment of the class overlap says of its other side, as far as it can be read: the rest is chosen by hand."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import search_form
from manuals.models import Section
from manuals.searching.search_query import search_words

from ..models import Comment

# Share of the typed words that a title must have
LEAST_OF_TITLE = 0.75
NUMBER = re.compile(
    r"(?<![\d.])\d{1,2}(?:\.\d{1,2})+(?: \(?(?:\d{1,2}|[ก-ฮ])\)| [ก-ฮ]\.)?"
)


@dataclass(frozen=True, slots=True)
class OtherSide:
    """`number` is of a clause, "" where none is named."""

    group: WorkGroup | None
    process: Section | None
    number: str
    agency: str


def read_other_side(
    comment: Comment, groups: Iterable[WorkGroup], processes: Iterable[Section]
) -> OtherSide:
    """`processes` come with their manuals; those of the comment's own process are left out."""
    data = comment.issue_data
    group = find_named_group(str(data.get("group", "")), groups)
    typed = arabic_digits(str(data.get("process", "")))
    others = []
    for process in processes:
        is_of_group = group is None or process.manual.work_group_id == group.pk
        if is_of_group and process.pk != comment.entry.section_id:
            others.append(process)
    named = find_named_process(typed.partition("ข้อ")[0], others)
    if named is not None and group is None:
        group = named.manual.work_group
    number = NUMBER.search(typed)
    agency = str(data.get("agency", "")).strip()
    return OtherSide(
        group,
        named,
        number[0] if number and named is not None else "",
        "" if group is not None else agency,
    )


def find_named_group(typed: str, groups: Iterable[WorkGroup]) -> WorkGroup | None:
    """The one whose name, short name or other name it is."""
    wanted = _bare(typed)
    if not wanted:
        return None
    for group in groups:
        names = [group.name, group.short_name, group.key, *group.aliases]
        if wanted in {_bare(name) for name in names}:
            return group
    return None


def find_named_process(typed: str, processes: Iterable[Section]) -> Section | None:
    """The one whose title has the typed words, the shortest of several."""
    wanted = set(search_words(typed))
    if not wanted:
        return None
    best = None
    best_share = LEAST_OF_TITLE
    for process in processes:
        words = set(search_words(process.title))
        share = len(wanted & words) / len(wanted | words)
        if len(wanted & words) / len(wanted) < LEAST_OF_TITLE:
            continue
        if best is None or share > best_share:
            best = process
            best_share = share
    return best


def _bare(name: str) -> str:
    """Without the word that all names of groups begin with, and without what people write in its place."""
    form = search_form(name).replace(" ", "").strip(".ฯ")
    for head in ("กลุ่มงาน", "กลุ่ม", "หน่วย"):
        form = form.removeprefix(head)
    return form
