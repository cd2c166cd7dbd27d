"""How the name of a section is written."""


def as_title(text: str) -> str:
    """In one line, without spaces that nobody sees: none at its ends, one between words."""
    return " ".join(text.split())
