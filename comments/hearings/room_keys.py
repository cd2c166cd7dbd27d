"""The keys that lead from one page of a session's meeting to the others, for who runs it (static/js/console.js)."""

ROOM_KEYS = {
    "S": "ดำเนินเวที",
    "F": "ลำดับการพูด",
    "H": "ยกมือ",
    "M": "มติของที่ประชุม",
}


def keys_from(letter: str) -> tuple[tuple[str, str], ...]:
    """Those that lead on from the page of the letter: (letter, where to)."""
    return tuple(key for key in ROOM_KEYS.items() if key[0] != letter)
