"""The page of a clause, or of a section, that left the manual while somebody was writing there."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from hearing_portal.directory.models import User

from ...models import Clause, DraftBuffer, Retirement, Section
from ..forms.clause import WORDS_PREFIX
from ..forms.step_table import CELLS
from ..queries.arranging import find_successors
from ..queries.buffers import find_copies
from ..told_words import tell_clauses
from .links import contents_url, section_url


@dataclass(frozen=True, slots=True)
class GonePage:
    """`what` left the manual; `restore_at` brings it back, with the `version` that was read under the name of
    `version_field`. `successors` are the clauses that have its words now, by name and address. `copies` are what the
    person typed, the latest first, `sent` the texts of a form that is kept nowhere."""

    section: Section
    what: str
    retirement: Retirement
    restore_at: str
    version_field: str
    version: int
    keep_at: str
    back: str
    copies: Sequence[DraftBuffer]
    successors: Sequence[tuple[str, str]] = ()
    sent: Sequence[str] = ()

    @property
    def typed(self) -> list[tuple[DraftBuffer, list[str]]]:
        """Each copy with the texts that somebody filled in."""
        typed = []
        for copy in self.copies:
            texts = []
            for name, values in copy.values.items():
                is_cell = name.rpartition("-")[2] in (*CELLS, "label")
                if name.startswith(WORDS_PREFIX) or is_cell:
                    texts += [text for text in values if text.strip()]
            typed.append((copy, texts))
        return typed


def load_gone_page(
    section: Section,
    user: User,
    subject: UUID,
    clause: Clause | None,
    *,
    sent: Sequence[str] = (),
) -> GonePage:
    """The section goes before the clause: a clause comes back only where its section stands. At most three queries."""
    args = [section.manual.key, section.uuid]
    keep_at = reverse("draft-buffer", args=[*args, subject])
    copies = find_copies(user, subject)
    if section.retired is not None:
        return GonePage(
            section,
            f"{section.get_kind_display()} “{section.title}”",
            section.retired,
            restore_at=reverse("section-restore", args=args),
            version_field="version",
            version=section.version,
            keep_at=keep_at,
            back=f"{contents_url(section.manual)}#retired",
            copies=copies,
            sent=sent,
        )
    assert clause is not None
    assert clause.retired is not None
    successors = []
    found = find_successors(clause)
    told = tell_clauses(found)
    for successor in found:
        words = f"ข้อที่ขึ้นต้นว่า “{told[successor.pk][:40]}”"
        successors.append((words, section_url(successor.section, successor.uuid)))
    return GonePage(
        section,
        "ข้อนี้",
        clause.retired,
        restore_at=reverse("clause-restore", args=[*args, clause.uuid]),
        version_field="lock_version",
        version=clause.lock_version,
        keep_at=keep_at,
        back=section_url(section),
        copies=copies,
        successors=successors,
        sent=sent,
    )
