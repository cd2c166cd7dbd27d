"""The page of a clause, or of a section, that left the manual while somebody was writing there."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.thai.shortening import shorten

from ...models import Clause, DraftBuffer, Retirement, Section
from ...models.section_survivors import find_section_survivors, find_standing_kin
from ...models.survivors import find_standing_descendants, find_survivors
from ..forms.clause import WORDS_PREFIX
from ..forms.step_table import CELLS
from ..queries.buffers import find_copies
from ..told_words import tell_clauses
from .links import contents_url, section_url

LETTERS_NAMED = 40  # of a clause that is spoken of


@dataclass(frozen=True, slots=True)
class GonePage:
    """`what` left the manual; `restore_at` brings it back, with the `version` that was read under the name of
    `version_field`. `successors` have its words now, by name and address; where nothing has them, `descendants` came of
    it. `copies` are what the person typed, the latest first, `sent` the texts of a form that is kept nowhere. What was
    promised of it may be written in a new clause at `write_anew_at`."""

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
    descendants: Sequence[tuple[str, str]] = ()
    sent: Sequence[str] = ()
    write_anew_at: str = ""

    @property
    def is_section(self) -> bool:
        return self.section.retired is not None

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
    promise: str = "",
) -> GonePage:
    """The section goes before the clause: a clause comes back only where its section stands. At most three queries, and
    one or two for each generation that came of it. What has its words, or may have them, is opened with the `promise`
    that the page was asked with."""
    args = [section.manual.key, section.uuid]
    keep_at = reverse("draft-buffer", args=[*args, subject])
    copies = find_copies(user, subject)
    if section.retired is not None:
        survivors = find_section_survivors([section]).get(section.pk, [])
        came_of_it: Sequence[Section] = ()
        if not survivors:
            came_of_it = find_standing_kin([section]).get(section.pk, ())
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
            successors=_name_sections(survivors, promise),
            descendants=_name_sections(came_of_it, promise),
            sent=sent,
        )
    assert clause is not None
    assert clause.retired is not None
    having = find_survivors([clause]).get(clause.pk, [])
    related = [] if having else find_standing_descendants(clause)
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
        successors=_name_clauses(having, promise),
        descendants=_name_clauses(related, promise),
        sent=sent,
        write_anew_at=_new_clause_url(clause, promise) if promise else "",
    )


def _new_clause_url(gone: Clause, promise: str) -> str:
    asked = {"part": str(gone.part), "kind": gone.kind, "promise": promise}
    page = reverse("clause-new", args=[gone.section.manual.key, gone.section.uuid])
    return f"{page}?{urlencode(asked)}"


def _name_sections(sections: Sequence[Section], promise: str) -> list[tuple[str, str]]:
    named = []
    for successor in sections:
        name = f"{successor.get_kind_display()} “{successor.title}”"
        url = section_url(successor)
        if promise:
            url = section_url(successor, promise=promise)
        named.append((name, url))
    return named


def _name_clauses(clauses: Sequence[Clause], promise: str) -> list[tuple[str, str]]:
    told = tell_clauses(clauses)
    named = []
    for successor in clauses:
        url = section_url(successor.section, successor.uuid)
        if promise:
            args = [successor.section.manual.key, successor.section.uuid]
            page = reverse("clause-edit", args=[*args, successor.uuid])
            url = f"{page}?{urlencode({'promise': promise})}"
        named.append((f"ข้อที่ขึ้นต้นว่า “{shorten(told[successor.pk], LETTERS_NAMED)}”", url))
    return named
