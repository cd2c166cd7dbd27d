"""What the manuals say, and said before."""

from .clause import Citation, Clause, ClauseLineage
from .edition import Edition, EditionEntry, EditionRelease
from .legal_source import LegalSource, LegalSuccession
from .manual import Manual
from .section import DraftBuffer, Retirement, Section, SectionLineage
from .version import BlobIndex, ClauseChange, SectionVersion, TextBlob, TokenDiff

__all__ = [
    "BlobIndex",
    "Citation",
    "Clause",
    "ClauseChange",
    "ClauseLineage",
    "DraftBuffer",
    "Edition",
    "EditionEntry",
    "EditionRelease",
    "LegalSource",
    "LegalSuccession",
    "Manual",
    "Retirement",
    "Section",
    "SectionLineage",
    "SectionVersion",
    "TextBlob",
    "TokenDiff",
]
