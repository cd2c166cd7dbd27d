"""What the manuals say, and said before."""

from .buffer import DraftBuffer
from .clause import Citation, Clause, ClauseLineage
from .conformity import ConformityCheck
from .drafting_state import DraftingState, DraftingStateChange
from .drop_reason import DropReason
from .edition import ArchivalRecord, Edition, EditionEntry, EditionRelease
from .legal_source import LegalSource, LegalSuccession
from .manual import Manual
from .preview_link import PreviewLink, PreviewOpening, PreviewRecall
from .published_book import PublishedBook
from .review_request import ReviewAnswer, ReviewClosing, ReviewRequest
from .section import Retirement, Section, SectionLineage
from .sent_file import FileUpload, ImportedProcess, SentFile
from .team_note import NoteAnswer, NoteSettlement, TeamNote
from .version import (
    BlobIndex,
    ClauseChange,
    EditionWord,
    SectionVersion,
    TextBlob,
    TokenDiff,
)

__all__ = [
    "ArchivalRecord",
    "BlobIndex",
    "Citation",
    "Clause",
    "ClauseChange",
    "ClauseLineage",
    "ConformityCheck",
    "DraftBuffer",
    "DraftingState",
    "DraftingStateChange",
    "DropReason",
    "Edition",
    "EditionEntry",
    "EditionRelease",
    "EditionWord",
    "FileUpload",
    "ImportedProcess",
    "LegalSource",
    "LegalSuccession",
    "Manual",
    "NoteAnswer",
    "NoteSettlement",
    "PreviewLink",
    "PreviewOpening",
    "PreviewRecall",
    "PublishedBook",
    "Retirement",
    "ReviewAnswer",
    "ReviewClosing",
    "ReviewRequest",
    "Section",
    "SectionLineage",
    "SectionVersion",
    "SentFile",
    "TeamNote",
    "TextBlob",
    "TokenDiff",
]
