"""What can be done, each kind declared once: its code, its words for the log, and what the log is filtered by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import TextChoices


class Category(TextChoices):
    """What the log is filtered by."""

    COMMENT = "comment", "ความคิดเห็นและข้อเสนอ"
    MODERATION = "moderation", "การดูแลความคิดเห็น"
    DECISION = "decision", "ผลการพิจารณา"
    PUBLICATION = "publication", "การเผยแพร่ผล"
    TEXT = "text", "ถ้อยคำในคู่มือ"
    EDITION = "edition", "ฉบับ"
    SESSION = "session", "ประชาพิจารณ์และเวที"
    PEOPLE = "people", "บุคคล กลุ่มงาน และ สพท."
    LAW = "law", "ทะเบียนกฎหมาย"


class SubjectKind(StrEnum):
    """What an act is done to."""

    COMMENT = "comment"
    MANUAL = "manual"
    SECTION = "section"
    GROUP = "group"
    EDITION = "edition"
    HEARING = "hearing"
    SESSION = "session"
    PERSON = "person"
    OFFICE = "office"
    LAW = "law"
    OVERLAP = "overlap"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Subject:
    """What one act was done to, as the log keeps it: it must be readable when the thing itself was renamed.

    `key` finds it again (uuid, id, code or username's id), `label` names it to people; `manual` is the key of the
    manual a section stands in, `work_group_id` the group it belongs to.
    """

    kind: SubjectKind
    key: str
    label: str
    work_group_id: int | None = None
    manual: str = ""


@dataclass(frozen=True, slots=True)
class ActKind:
    """One kind of act. `words` says it with {detail} and {note} filled in; `details` are the words of the detail's
    closed list. `subject_words` names what it was done to, with {label} and {detail}."""

    code: str
    category: Category
    words: str
    details: Mapping[str, str] = field(default_factory=dict)
    subject_words: str = "{label}"

    def say(self, detail: str, note: str) -> str:
        return self.words.format(detail=self.details.get(detail, detail), note=note)

    def name_subject(self, label: str, detail: str) -> str:
        return self.subject_words.format(
            label=label, detail=self.details.get(detail, detail)
        ).strip()


ACT_KINDS: dict[str, ActKind] = {}


def declare_act(
    code: str,
    category: Category,
    words: str,
    *,
    details: Mapping[str, str] | None = None,
    subject_words: str = "{label}",
) -> ActKind:
    """Make a kind known to the log. A code is given once, and stays: rows keep it."""
    if code in ACT_KINDS:
        raise ValueError(f"the act {code} is declared twice")
    kind = ActKind(code, category, words, details or {}, subject_words)
    ACT_KINDS[code] = kind
    return kind
