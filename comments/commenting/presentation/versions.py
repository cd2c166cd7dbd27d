"""What the edits of a comment changed, and which supports ended with them."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.thai.diff import Segment, diff_tokens, segments
from hearing_portal.thai.sentences import joined, listed
from manuals.drafting.told_words import tell_redlines
from manuals.wording import Redline, stored_content

from ...issue_classes import BY_VALUE, issue_details
from ...models import Comment, Support
from ..queries.edits import ISSUE, PROPOSED, TEXT, TYPE, Edit, find_edits

NO_ISSUE = "ไม่ระบุประเด็น"


@dataclass(frozen=True, slots=True)
class Version:
    """One edit, old and new: `parts` are the names of what it changed. Names of people stay out of what is shown to
    everybody who may read it; `by` is for the desk."""

    at: datetime
    by: User | None
    parts: list[str]
    redlines: list[Redline]
    # Offices of each kind whose support lapsed by it
    primary: int = 0
    secondary: int = 0

    @property
    def what(self) -> str:
        return name_edit(self.parts)


def name_edit(parts: list[str]) -> str:
    """แก้ไขประเภท และถ้อยคำที่เสนอ."""
    return joined("แก้ไข", listed(parts))


def issue_word(issue_class: str | None) -> str:
    meaning = BY_VALUE.get(issue_class or "")
    return meaning.word if meaning else NO_ISSUE


def load_versions(comment: Comment) -> list[Version]:
    """The edits of a comment, the latest first. Three queries, up to three more where proposed words refer to a clause;
    none where it was never edited."""
    edits = find_edits([comment]).get(comment.pk, [])
    if not edits:
        return []
    told = tell_redlines(
        (
            stored_content(
                edit.proposed_before.proposed if edit.proposed_before else {}
            ),
            stored_content(edit.proposed_after.proposed if edit.proposed_after else {}),
            comment.entry.section_id,
        )
        for edit in edits
    )
    lapsed = list(
        Support.objects.filter(comment=comment, lapsed=True).values_list(
            "taken_back_at", "office__kind"
        )
    )
    versions = []
    for edit, proposed in zip(edits, told, strict=True):
        kinds = Counter(kind for at, kind in lapsed if _is_in(edit, at))
        version = Version(
            edit.at,
            edit.after.history_user,
            edit.parts,
            [*_compare(edit), *_named(proposed)],
            kinds[AreaOffice.Kind.PRIMARY],
            kinds[AreaOffice.Kind.SECONDARY],
        )
        versions.append(version)
    return versions[::-1]


def _is_in(edit: Edit, at: datetime | None) -> bool:
    """Supports lapse in the act of the edit, right after the comment was stored."""
    return at is not None and edit.at <= at and (edit.until is None or at < edit.until)


def _compare(edit: Edit) -> Iterator[Redline]:
    """The comment's own words, type and issue; words of a choice are replaced as a whole."""
    before, after = edit.before, edit.after
    if before.text != after.text:
        ops = diff_tokens(before.text, after.text)
        yield Redline(TEXT, segments(ops, before.text, after.text))
    if before.type != after.type:
        yield _replaced(TYPE, before.get_type_display(), after.get_type_display())
    if before.issue_class != after.issue_class:
        old, new = issue_word(before.issue_class), issue_word(after.issue_class)
        yield _replaced(ISSUE, old, new)
    answers = dict(issue_details(before.issue_class, before.issue_data))
    answers_now = dict(issue_details(after.issue_class, after.issue_data))
    for label in dict.fromkeys([*answers, *answers_now]):
        old, new = str(answers.get(label, "")), str(answers_now.get(label, ""))
        if old != new:
            yield _replaced(label, old, new)


def _replaced(label: str, old: str, new: str) -> Redline:
    pieces = [Segment("del", old), Segment("ins", new)]
    return Redline(label, [piece for piece in pieces if piece.text])


def _named(lines: list[Redline]) -> Iterator[Redline]:
    for line in lines:
        name = f"{PROPOSED}: {line.label}" if line.label else PROPOSED
        yield line._replace(label=name)
