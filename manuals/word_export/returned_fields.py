"""Which fields of a clause the words are that stand one behind the other in a Word file."""

from collections.abc import Mapping

from hearing_portal.thai.markup import referenced_uuids, write_placeholder

from ..content import AppliesTo, Content, Definition, Figure, Form, Reference, Step
from ..entries import EntryView
from ..source import SourceLine


def returned_texts(
    entry: EntryView, cited: Mapping[str, str], before: str, after: str
) -> dict[str, str]:
    """Which fields of the clause the words are; none where that cannot be told. `cited` is {uuid: what a reference
    to it says}."""
    pieces = _pieces_of(entry.clause_content, before)
    rest = after
    start, end = 0, len(pieces)
    while end - start > 1 and rest.endswith(f" {pieces[end - 1][1]}"):
        rest = rest[: -len(pieces[end - 1][1]) - 1]
        end -= 1
    while end - start > 1 and rest.startswith(f"{pieces[start][1]} "):
        rest = rest[len(pieces[start][1]) + 1 :]
        start += 1
    if end - start == 1:
        name = pieces[start][0]
        if not name:
            return {}
        return {name: with_placeholders(entry, cited, name, rest)}
    verb = f" {pieces[1][1]} " if len(pieces) >= 3 and not pieces[1][0] else ""
    if verb and (start, end) == (0, 3) and verb in rest:
        term, _, body = rest.partition(verb)
        return {"term": term, "text": with_placeholders(entry, cited, "text", body)}
    return {}


def with_placeholders(
    entry: EntryView, cited: Mapping[str, str], name: str, text: str
) -> str:
    """As a form has it: ⟦1⟧ for a reference whose words stand as they were."""
    content = entry.clause_content
    first = 1
    for each in content.referring_fields:
        if each == name:
            break
        first += len(referenced_uuids(content.stored_text(each)))
    position = 0
    uuids = referenced_uuids(content.stored_text(name))
    for number, uuid in enumerate(uuids, start=first):
        words = cited.get(uuid, "")
        at = text.find(words, position) if words else -1
        if at < 0:
            continue
        mark = write_placeholder(number)
        text = f"{text[:at]}{mark}{text[at + len(words) :]}"
        position = at + len(mark)
    return text


def _pieces_of(content: Content, shown: str) -> list[tuple[str, str]]:
    """[(field, its words)] that stand one behind the other in what is shown; "" for words that are no field."""
    mark = AppliesTo(content.applies_to).mark
    if mark and shown.endswith(mark):
        return [*_pieces_of_words(content, without_mark(content, shown)), ("", mark)]
    return _pieces_of_words(content, shown)


def without_mark(content: Content, shown: str) -> str:
    """For whom it is stands behind the words, and is no word of them."""
    mark = AppliesTo(content.applies_to).mark
    return shown.removesuffix(mark).rstrip() if mark else shown


def _pieces_of_words(content: Content, shown: str) -> list[tuple[str, str]]:
    match content:
        case Figure() | Step():
            return [("", shown)]
        case Definition() if content.term:
            body = shown.removeprefix(f"{content.term} {content.verb_words} ")
            return [("term", content.term), ("", content.verb_words), ("text", body)]
        case Form():
            head, tail = ("text", content.name), ("code", content.code)
        case Reference() if content.cited_words == content.as_cited:
            head, tail = ("text", content.as_cited), ("", "")
        case Reference():
            return [("", shown)]
        case _:
            return [("text", shown)]
    body = shown
    if head[1]:
        body = body.removeprefix(head[1]).removeprefix(" ")
    if tail[1]:
        body = body.removesuffix(tail[1]).removesuffix(" ")
    pieces = [head, ("note", body), tail]
    return [piece for piece in pieces if piece[1]]


def find_quote(
    entry: EntryView, line: SourceLine, quote: str, start: int
) -> tuple[str, int | None]:
    """(field, place of the words in it) where they stand there once, or at the same place; ("", None) elsewhere."""
    if entry.content is None or not quote.strip():
        return "", None
    places = []
    for name, text in entry.content.fields():
        at = text.find(quote)
        while at >= 0:
            places.append((name, at))
            if text == line.text and at == start:
                return name, at
            at = text.find(quote, at + 1)
    return places[0] if len(places) == 1 else ("", None)


def without_struck(line: SourceLine) -> str:
    """What is left of the words when those struck through by hand are taken out."""
    if line.kind == "row":
        return _row_without_struck(line)
    pieces = []
    at = 0
    for look in sorted(line.looks, key=lambda look: look.start):
        if look.kind == "struck":
            pieces.append(line.text[at : look.start])
            at = max(at, look.end)
    pieces.append(line.text[at:])
    return " ".join("".join(pieces).split()) if at else line.text


def _row_without_struck(line: SourceLine) -> str:
    """Nothing where all was struck through but the number in the first cell; otherwise the whole row."""
    struck = "".join(look.words for look in line.looks if look.kind == "struck")
    bare = "".join(struck.split())
    for cells in (line.cells, line.cells[1:]):
        if bare == "".join("".join(cells).split()):
            return ""
    return line.text
