"""Whether a Word file is a copy of what went out, before anything in it is taken for what somebody says."""

from hearing_portal.thai.numbering import arabic_digits

from ..source import SourceDocument, uuid_in_answer, uuid_in_bookmark
from .returned import ReturnedFile
from .sent_words import SentWords

HALF = 2  # one of so many clauses, at least


def is_copy_of(
    document: SourceDocument, returned: ReturnedFile, sent: SentWords
) -> bool:
    """`returned` is what comparing found. The bookmarks of the draft and of all editions are the same: which one a file
    is of, its title and the feet of its pages tell. Without our bookmarks most clauses have to stand as they went out.
    """
    is_named = any(
        uuid_in_bookmark(line.bookmark) in sent.entries
        or uuid_in_answer(line.bookmark) in sent.entries
        for line in document.lines
    )
    if not is_named:
        return returned.same > 0 and returned.same * HALF >= returned.known
    title = _bare(sent.title)
    feet = [_bare(left.words) for left in document.left_out]
    if any(title in foot for foot in feet) or any(
        title == _bare(line.text) for line in document.lines
    ):
        return True
    # Somebody may have taken both away; what another export prints there is not that
    gone = sum(item.kind == "delete" for item in returned.items)
    return not feet and gone * HALF <= returned.known


def _bare(words: str) -> str:
    return "".join(arabic_digits(words).split())
