"""One habit of digits a page: who reads in Thai digits sees no others in what a page says."""

import re
from collections.abc import Iterable
from html import unescape

from hearing_portal.thai.numbering import Digits, display_pieces, thai_digits

# What is typed again, run or copied keeps its digits, and so does what a template says is not to be translated
_AS_IT_IS = (
    r"<!--.*?-->"
    r"|<(?P<verbatim>script|style|textarea|code|kbd|pre|mark)\b.*?</(?P=verbatim)>"
    r'|<(?P<marked>\w+)\b[^>]*\btranslate="no"[^>]*>.*?</(?P=marked)>'
)
_PIECE = re.compile(
    rf"(?P<as_it_is>{_AS_IT_IS})|(?P<tag><[^>]*>)|(?P<entity>&#?\w+;)|(?P<words>[^<&]+|[<&])",
    re.DOTALL,
)
_SPOKEN = re.compile(r'(?<=\s)(aria-label|title|placeholder|alt)="([^"]*)"')
_ENTITY = re.compile(r"(&#?\w+;)")
_MARKUP = re.compile(r"(?P<tag><[^>]*>)|(?P<entity>&#?\w+;)|(?P<words>[^<&]+|[<&])")
# Marks inside of running words: "ISO <strong>9001</strong>" is one code
_INLINE_TAG = re.compile(r"</?(?:strong|em|b|i|u|sup|sub|ins|del)\b[^>]*>")


def in_thai_digits(html: str) -> str:
    """A page or a fragment with Thai digits in what it shows and says; addresses, values, codes and what people are
    about to change stay as they are."""
    return _in_digits(_PIECE.finditer(html), "thai", says_attributes=True)


def markup_in_digits(html: str, style: Digits) -> str:
    """The words of a clause in the reader's digits, its tags as they are."""
    return _in_digits(_MARKUP.finditer(html), style)


def _in_digits(
    found: Iterable[re.Match[str]], style: Digits, *, says_attributes: bool = False
) -> str:
    parts: list[str] = []
    stretch: dict[int, str] = {}  # running words: {place among the parts: text}
    for piece in found:
        part = piece.group()
        match piece.lastgroup:
            case "words":
                stretch[len(parts)] = part
            case "entity":
                stretch[len(parts)] = unescape(part)
            case kind:
                if not _INLINE_TAG.fullmatch(part):
                    _turn(stretch, parts, style)
                    stretch = {}
                if kind == "tag" and says_attributes:
                    part = _SPOKEN.sub(_attribute_in_thai, part)
        parts.append(part)
    _turn(stretch, parts, style)
    return "".join(parts)


def _turn(stretch: dict[int, str], parts: list[str], style: Digits) -> None:
    """The words among the parts in this style; an entity only tells what stands beside them."""
    shown = display_pieces(list(stretch.values()), style)
    for place, words in zip(stretch, shown, strict=True):
        if parts[place] == stretch[place]:
            parts[place] = words


def _attribute_in_thai(found: re.Match[str]) -> str:
    parts = _ENTITY.split(found[2])
    # Splitting by a group gives text and entities by turns
    parts[::2] = [thai_digits(part) for part in parts[::2]]
    return f'{found[1]}="{"".join(parts)}"'
