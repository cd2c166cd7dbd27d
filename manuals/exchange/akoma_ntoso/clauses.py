"""What a clause says, as elements: every stored text stands in one of them letter for letter, named by its field."""

from collections.abc import Collection

from ...content import Content, Figure, Form, Reference, Step, Table
from .markup import (
    References,
    XmlWriter,
    write_attributes,
    write_inline,
    write_referring,
    write_text,
    write_uri,
)

FILES = "/files/sha256/"  # a figure or a form is named by the hash of its bytes
LAWS = "/ontology/law/"


def write_clause(writer: XmlWriter, content: Content, references: References) -> None:
    """The blocks of a clause, at least one. A field of a clause is a block with its name; a table is a table."""
    words = _ClauseWords(writer, references)
    match content:
        case Table():
            words.write_body(content)
            _write_table(words, content)
        case Step():
            words.write_named(content, but=["branches"])
            # Where the chart goes on, each a reference with what is written at the arrow
            for branch in content.next:
                label = branch.get("label", "")
                words.write("next", references.write(branch["to"], label))
            for uuid in content.explains:
                words.write("explains", references.write(uuid))
        case Reference():
            law = f"{LAWS}{content.source}" if content.source else ""
            words.write("text", words.linked("ref", content.as_cited, law))
            words.write("locator", write_text(content.locator))
            words.write_body(content)
        case Form():
            file = f"{FILES}{content.file}" if content.file else ""
            words.write("text", words.linked("a", content.name, file))
            words.write("code", write_text(content.code))
            words.write_body(content)
        case Figure():
            if content.file or content.alt:
                source = write_uri(f"{FILES}{content.file}")
                attributes = write_attributes({"src": source, "alt": content.alt})
                words.write("figure", f"<img{attributes}/>")
            words.write("caption", write_text(content.caption))
            words.write_body(content)
        case _:
            words.write_named(content)
    if not words.written:
        writer.empty("p")


class _ClauseWords:
    """Writes the fields of one clause that have a text."""

    def __init__(self, writer: XmlWriter, references: References) -> None:
        self.writer = writer
        self.references = references
        self.written = 0

    def write(self, name: str, xml: str) -> None:
        if xml:
            self.writer.inline("block", xml, name=name)
            self.written += 1

    def write_body(self, content: Content) -> None:
        for name, attribute in content.named:
            if attribute == "body":
                self.write(name, write_inline(content.body, self.references))

    def write_named(self, content: Content, *, but: Collection[str] = ()) -> None:
        for name, attribute in content.named:
            if attribute == "body":
                self.write_body(content)
            elif attribute in content.may_refer:
                stored = content.stored_text(name)
                self.write(name, write_referring(stored, self.references))
            elif name not in but:
                self.write(name, write_text(getattr(content, attribute)))

    def linked(self, tag: str, text: str, href: str) -> str:
        """The text within a link, or alone where it leads nowhere."""
        if not text or not href:
            return write_text(text)
        attributes = write_attributes({"href": write_uri(href)})
        return f"<{tag}{attributes}>{write_text(text)}</{tag}>"


def _write_table(words: _ClauseWords, table: Table) -> None:
    if not table.columns:
        return
    writer = words.writer
    writer.open("table")
    titles = [column["title"] for column in table.columns]
    _write_row(writer, "th", titles)
    for row in table.rows:
        cells = [row["cells"].get(column["id"], "") for column in table.columns]
        _write_row(writer, "td", cells)
    writer.close()
    words.written += 1


def _write_row(writer: XmlWriter, tag: str, texts: list[str]) -> None:
    writer.open("tr")
    for text in texts:
        writer.open(tag)
        writer.inline("p", write_text(text))
        writer.close()
    writer.close()
