"""What is told to whoever has just sent a comment: everything that was stored, to be read once more."""

from dataclasses import dataclass

from manuals.models import EditionEntry
from manuals.reading.names import read_names_in
from manuals.reading.presentation.links import name_in_editions
from manuals.reading.told_words import referenced_in
from manuals.wording import stored_content

from ...citations import cite_entry
from ...issue_classes import IssueDetail, issue_details
from ...models import Comment
from ..queries.card_parts import load_shown_amendments
from .quotes import ShownQuotes, WordingLine, content_lines, wording_lines


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """A comment as it was stored. `entry` is what it is about, with its words, manual and `section_title`; `way_back`
    leads to where it is read.

    The properties ask for nothing until the page shows them; only a proposal costs a query.
    """

    comment: Comment
    entry: EditionEntry
    way_back: str

    @property
    def number(self) -> int:
        """What one names it by on the telephone; the comment's own page shows it too."""
        return self.comment.pk

    @property
    def citation(self) -> str:
        return cite_entry(self.entry)

    @property
    def is_about_clause(self) -> bool:
        return self.entry.kind == EditionEntry.Kind.CLAUSE

    @property
    def quoted_wording(self) -> list[WordingLine]:
        """The marked words, else the whole clause."""
        if self.comment.quote:
            quote = ShownQuotes([self.comment]).words_of(self.comment)
            return [WordingLine(self.comment.field, "", f"“{quote}”")]
        return wording_lines(self.entry)

    @property
    def issue_details(self) -> list[IssueDetail]:
        return issue_details(self.comment.issue_class, self.comment.issue_data)

    @property
    def proposed_wording(self) -> list[WordingLine]:
        """The words proposed, as they were written; the comment's page compares them. One
        query, those of name_in_editions where they refer to a clause."""
        load_shown_amendments([self.comment])
        if not self.comment.shown_amendments:
            return []
        content = stored_content(self.comment.shown_amendments[-1].proposed)
        if content is None:
            return []
        entry = self.entry
        names = name_in_editions(referenced_in([content.referring]), [entry.edition_id])
        return content_lines(content, read_names_in(names, entry.section_id))
