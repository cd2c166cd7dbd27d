"""The processes that were read of an upload's files, as they stand in their previews."""

from dataclasses import dataclass, field

from ..models import FileUpload, ImportedProcess
from .drafts import ProcessDraft
from .kept_readings import draft_of, load_rows
from .preview_rows import PreviewRows
from .reference_links import link_drafts, reference_warnings
from .text_files import label_warnings


@dataclass(frozen=True, slots=True)
class FoundProcess:
    """A process of the files, by its place among all of them, as it stands in its preview."""

    index: int
    file_name: str
    draft: ProcessDraft
    kept: ImportedProcess
    rows: PreviewRows = field(default_factory=lambda: PreviewRows(()))

    @property
    def warnings(self) -> list[str]:
        """As `import_manual --dry-run` tells them."""
        return (
            self.draft.warnings
            + label_warnings(self.draft)
            + reference_warnings(self.draft.clauses)
        )

    @property
    def doubtful(self) -> int:
        """Rows that somebody has still to look at."""
        return len(self.rows.doubtful)

    @property
    def linked(self) -> int:
        """How many references to its own clauses will follow their numbers."""
        return link_drafts(self.draft.clauses).linked


def find_processes(upload: FileUpload) -> list[FoundProcess]:
    """Those that are not taken in. One query."""
    found = []
    kept = (
        ImportedProcess.objects.filter(file__upload=upload, taken_at=None)
        .select_related("file__original", "target__manual")
        .order_by("number")
    )
    for process in kept:
        rows = load_rows(process)
        draft = draft_of(process, rows)
        found.append(
            FoundProcess(process.number, process.file.shown_name, draft, process, rows)
        )
    return found
