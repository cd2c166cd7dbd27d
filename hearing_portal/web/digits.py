"""One habit of digits a page: who reads in Thai digits sees no others in what a page says."""

import re

from hearing_portal.thai.numbering import thai_digits

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


def in_thai_digits(html: str) -> str:
    """A page or a fragment with Thai digits in what it shows and says; addresses, values, codes and what people are
    about to change stay as they are."""
    return _PIECE.sub(_piece_in_thai, html)


def _piece_in_thai(found: re.Match[str]) -> str:
    piece = found.group()
    match found.lastgroup:
        case "words":
            return thai_digits(piece)
        case "tag":
            return _SPOKEN.sub(_attribute_in_thai, piece)
    return piece


def _attribute_in_thai(found: re.Match[str]) -> str:
    parts = _ENTITY.split(found[2])
    # Splitting by a group gives text and entities by turns
    parts[::2] = [thai_digits(part) for part in parts[::2]]
    return f'{found[1]}="{"".join(parts)}"'
