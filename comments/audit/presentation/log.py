"""The audit log as it is read: who did what, when and why, in pages of the newest acts first."""

from dataclasses import dataclass, field

from django.urls import reverse

from hearing_portal.acts.kinds import ACT_KINDS, Category, SubjectKind
from hearing_portal.acts.models import Act

from ...models import Comment
from ..queries import AuditFilter, acts_matching, find_acts_of_commenters

PAGE = 50
BOOK_TEXT = (SubjectKind.SECTION, SubjectKind.EDITION)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act in words."""

    act: Act
    # Who did it as a commenter is named after a look that is logged
    hides_person: bool = False

    @property
    def words(self) -> str:
        """What was done, without what it was done to: บันทึกผลการพิจารณา “ไม่เห็นชอบตามที่เสนอ”."""
        return ACT_KINDS[self.act.code].say(self.act.detail, self.act.note)

    @property
    def subject_words(self) -> str:
        """What it was done to: ความคิดเห็นเลขที่ 88."""
        return ACT_KINDS[self.act.code].name_subject(self.act.label, self.act.detail)

    @property
    def category(self) -> str:
        return str(Category(self.act.category).label)

    @property
    def book_words(self) -> str:
        """What it was done to, where that is called by words of the book: they stand in the reader's digits."""
        return self.subject_words if self.act.subject in BOOK_TEXT else ""

    @property
    def other_words(self) -> str:
        """What it was done to, where that is not called by words of the book."""
        return "" if self.act.subject in BOOK_TEXT else self.subject_words

    @property
    def url(self) -> str:
        """The page of what it was done to, or nothing for what has none."""
        key = self.act.subject_key
        match self.act.subject:
            case SubjectKind.COMMENT:
                return reverse("comment", args=[key])
            case SubjectKind.PERSON:
                return reverse("person", args=[key])
            case SubjectKind.OFFICE:
                return reverse("office", args=[key])
            case SubjectKind.SESSION:
                return reverse("session-edit", args=[key])
            case SubjectKind.EDITION:
                return reverse("release-gate", args=[key])
            case SubjectKind.MANUAL:
                return reverse("manual-draft", args=[key])
            case SubjectKind.SECTION:
                return reverse("draft", args=[self.act.manual, key])
            case SubjectKind.OVERLAP:
                return reverse("overlap", args=[key])
            case SubjectKind.HEARING:
                return reverse("hearing-edit", args=[key])
        return ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Up to PAGE acts, newest first; `older` is the number of the act the next page begins after."""

    entries: list[AuditEntry] = field(default_factory=list)
    older: int | None = None
    said: list[Comment] = field(
        default_factory=list
    )  # of whose authors the page has acts

    @property
    def hides_people(self) -> bool:
        return any(entry.hides_person for entry in self.entries)

    @property
    def begins_before(self) -> int | None:
        """The page is the one of the acts before that of this number, whatever is added meanwhile."""
        return self.entries[0].act.pk + 1 if self.entries else None


def audit_page(
    wanted: AuditFilter, before: int | None = None, *, reveal: bool = False
) -> AuditPage:
    """The newest acts that fit, or the newest before the act of that number. `reveal` names commenters, whose look-up
    is then to be logged. Two queries."""
    acts = acts_matching(wanted, reveal=reveal)
    if before is not None:
        acts = acts.filter(pk__lt=before)
    rows = list(acts[: PAGE + 1])
    shown = rows[:PAGE]
    has_more = len(rows) > PAGE
    of_commenters = find_acts_of_commenters(shown)
    entries = []
    for row in shown:
        entries.append(
            AuditEntry(row, hides_person=not reveal and row.pk in of_commenters)
        )
    older = shown[-1].pk if has_more else None
    said = {comment.pk: comment for comment in of_commenters.values()}
    return AuditPage(entries, older, list(said.values()))


def read_number(text: str) -> int | None:
    """The number of an act from an address; None for anything else."""
    is_number = text.isascii() and text.isdigit() and len(text) < 18
    if not is_number:
        return None
    return int(text)
