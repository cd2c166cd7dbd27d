"""For whom a clause is, as a file of ours says it behind the words: "[เฉพาะ สพป.]"."""

from ..content import AppliesTo
from ..source import SourceLine, uuid_in_bookmark
from .drafts import ProcessDraft


def read_office_mark(
    words: str, line: SourceLine, draft: ProcessDraft
) -> tuple[str, str]:
    """(the words without it, the kind of office). Only of a clause that went out: elsewhere they are words."""
    if uuid_in_bookmark(line.bookmark) is not None:
        for kind in (AppliesTo.PRIMARY, AppliesTo.SECONDARY):
            if words.endswith(kind.mark):
                draft.understood.append(kind.mark)
                return words.removesuffix(kind.mark).rstrip(), kind.value
    return words, AppliesTo.BOTH.value
