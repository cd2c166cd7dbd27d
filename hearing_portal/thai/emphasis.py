"""Bold and italic words in a form that holds plain text: ⟦หนา⟧คำ⟦/หนา⟧. No other module writes or reads it."""

import re

from hearing_portal.thai.text import sanitize_inline

NAMES = {"strong": "หนา", "em": "เอน"}
_TAG_OF_NAME = {name: tag for tag, name in NAMES.items()}
_TAG = re.compile(r"<(/?)(strong|em)>")
_SIGN = re.compile(r"⟦(/?)(หนา|เอน)⟧")
_EMPHASISED = re.compile(r"⟦(หนา|เอน)⟧((?:(?!⟦/?\1⟧).)*)⟦/\1⟧", re.DOTALL)


def show_emphasis(body: str) -> str:
    """An inline body with signs in its text for its bold and italic stretches; its other tags stay."""
    return _TAG.sub(lambda tag: f"⟦{tag[1]}{NAMES[tag[2]]}⟧", body)


def read_emphasis(body: str) -> str:
    """The inline body whose text has such signs. A sign without its other one stays as it is."""

    def tagged(found: re.Match[str]) -> str:
        tag = _TAG_OF_NAME[found[1]]
        return f"<{tag}>{found[2]}</{tag}>"

    if not has_signs(body):
        return body
    return sanitize_inline(_EMPHASISED.sub(tagged, _EMPHASISED.sub(tagged, body)))


def has_signs(text: str) -> bool:
    return _SIGN.search(text) is not None


def emphasise(text: str, words: str, tag: str) -> str:
    """The text of a form with signs around the first `words` in it; as it is where they do not stand there."""
    name = NAMES[tag]
    return text.replace(words, f"⟦{name}⟧{words}⟦/{name}⟧", 1) if words else text
