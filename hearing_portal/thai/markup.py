"""Cross-references in a clause's words: no other module writes or reads them.

A reference takes one form in each of three texts:

    what is stored   <span data-ref="UUID"></span>    names the node of the manuals it leads to
    plain text       U+FFFC, the object marker        one character, so that spans and diffs count it once
    a form           ⟦1⟧, ⟦2⟧ …, the placeholders     counted through the text: nobody may type U+FFFC

What a reference says ("ข้อ 5.4") is looked up when it is shown, so that renumbering a clause changes no stored text.

Stored are inline bodies, and plain texts that may hold references as well (a step's remark): there the reference alone
is markup, and all else stands as it was typed.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

OBJECT_MARKER = "\ufffc"
REFERENCE_TAG = "span"
REFERENCE_ATTRIBUTE = "data-ref"

_UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# For PostgreSQL's regular expressions as well; the one group is the UUID
REFERENCE_PATTERN = f'<span data-ref="({_UUID})"></span>'
_REFERENCE = re.compile(REFERENCE_PATTERN)
_START_TAG = re.compile(f"""<span data-ref=["']?({_UUID})["']?>""")
_WHOLE_UUID = re.compile(_UUID)
_PLACEHOLDER = re.compile(r"⟦(\d{1,4})⟧")
_SIGN_OF_EMPHASIS = re.compile("⟦/?(?:หนา|เอน)⟧")
_STRAY_MARK = re.compile(r"⟦\s?(?:\d{1,4}|/?(?:หนา|เอน))?\s?⟧?|\d{0,4}⟧")


# --- in a stored body


def write_reference(uuid: str) -> str:
    """The reference to a node, as it stands in a stored body."""
    return f'<span data-ref="{uuid}"></span>'


def referenced_uuids(body: str) -> list[str]:
    """The UUIDs of a stored body's references in reading order; one that is named twice stands twice."""
    return _REFERENCE.findall(body)


def replace_references(body: str, replacement: Callable[[str], str]) -> str:
    """The body with every reference replaced by what `replacement` makes of its UUID, taken as it is."""
    return _REFERENCE.sub(lambda found: replacement(found[1]), body)


def mark_references(stored: str) -> str:
    """A stored plain text as it is read: one object marker for each reference."""
    if "<" not in stored:
        return stored
    return replace_references(stored, lambda _: OBJECT_MARKER)


def split_at_references(stored: str) -> Iterator[tuple[str, str]]:
    """[(text, the reference behind it as it is stored)]; "" for none behind the last."""
    start = 0
    for found in _REFERENCE.finditer(stored):
        yield stored[start : found.start()], found[0]
        start = found.end()
    yield stored[start:], ""


def write_references(text: str, uuids: Sequence[str]) -> str:
    """Plain text as it is stored: its object markers are the references to these nodes. What a person typed letter for
    letter like a reference is none: a space parts it."""
    text = _REFERENCE.sub(lambda found: found[0].replace("><", "> <"), text)
    return fill_object_markers(text, map(write_reference, uuids))


def read_uuid(attribute: str) -> str:
    """The UUID in the data-ref attribute of foreign HTML, in its one spelling; "" when there is none."""
    uuid = attribute.strip().lower()
    return uuid if _WHOLE_UUID.fullmatch(uuid) else ""


def read_start_tag(tag: str) -> str:
    """The UUID of a reference's start tag, for who reads a body tag by tag; "" for any other tag or text."""
    found = _START_TAG.fullmatch(tag)
    return found[1] if found else ""


# --- in plain text and in forms


def fill_object_markers(text: str, replacements: Iterator[str]) -> str:
    """Plain text with the next of `replacements` for each object marker; there must be enough of them."""
    return re.sub(OBJECT_MARKER, lambda _: next(replacements), text)


def tell_markers(text: str) -> str:
    """Plain text where nothing says what its references lead to (an excerpt in a list): a word for each of them."""
    return text.replace(OBJECT_MARKER, "[ข้อที่อ้าง]")


def write_placeholders(text: str, *, first: int = 1) -> str:
    """Plain text as a form shows it: ⟦1⟧, ⟦2⟧ … (counted from `first`) for the object markers."""
    numbers = range(first, first + text.count(OBJECT_MARKER))
    return fill_object_markers(text, map(write_placeholder, numbers))


def place_references(
    text: str, uuids: Sequence[str], known: Sequence[str]
) -> tuple[str, list[str]]:
    """Plain text as a form shows it that counts ⟦n⟧ through `known` UUIDs, and the UUIDs it needs behind them.

    `uuids` are those of the object markers in `text`, in reading order.
    """
    if list(uuids) == list(known[: len(uuids)]):
        return write_placeholders(text), []
    all_known = list(known)
    numbers = []
    for uuid in uuids:
        if uuid not in all_known:
            all_known.append(uuid)
        numbers.append(all_known.index(uuid) + 1)
    placed = fill_object_markers(text, map(write_placeholder, numbers))
    return placed, all_known[len(known) :]


def write_placeholder(number: int) -> str:
    """What stands in a form for one reference."""
    return f"⟦{number}⟧"


def tell_stray_marks(
    text: str, before: str, known: int, *, has_emphasis: bool = True
) -> str:
    """Why the marks of references in the plain text of a form are none, and how they are put right; "" where all are.

    In `text` references stand as object markers, so what looks like a mark is half of one, or names a reference that
    the form does not have: it knows `known` of them. What stood there `before` counts as words. Signs of emphasis are
    left to who reads them, where the field `has_emphasis`.
    """
    old = Counter(_STRAY_MARK.findall(before))
    new = Counter(_STRAY_MARK.findall(text)) - old
    told = []
    for mark in map(str.strip, new):
        if _SIGN_OF_EMPHASIS.fullmatch(mark):
            if not has_emphasis:
                told.append(f"“{mark}” ใช้ในช่องนี้ไม่ได้ โปรดลบออก")
            continue
        number = re.sub(r"\D", "", mark)
        if not number:
            told.append(f"“{mark}” เป็นเครื่องหมายที่ไม่ครบ โปรดเติมให้ครบทั้ง ⟦ และ ⟧ หรือลบออก")
        elif known and 1 <= int(number) <= known:
            whole = write_placeholder(int(number))
            told.append(f"“{mark}” มีวงเล็บไม่ครบ โปรดแก้เป็น {whole} หรือลบออก")
        elif known:
            whole = write_placeholder(known)
            told.append(
                f"“{mark}” ไม่ตรงกับข้อที่อ้างถึง ในช่องนี้มีถึง {whole} โปรดแก้เลข หรือลบออก"
            )
        else:
            told.append(f"“{mark}” ไม่ตรงกับข้อที่อ้างถึง เพราะในช่องนี้ไม่มีการอ้างถึงข้อ โปรดลบออก")
    return " ".join(told)


def read_placeholders(typed: str, uuids: Sequence[str]) -> tuple[str, list[str]]:
    """What was typed as plain text, and the UUIDs that its object markers stand for, in reading order.

    `uuids` are those of the wording that was shown: ⟦1⟧ is the first. A number beyond them stays as typed. Object
    markers in `typed` are dropped: the text policy has refused those of a person before.
    """
    kept: list[str] = []

    def read(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 1 <= number <= len(uuids):
            return found[0]
        kept.append(uuids[number - 1])
        return OBJECT_MARKER

    text = _PLACEHOLDER.sub(read, typed.replace(OBJECT_MARKER, ""))
    return text, kept
