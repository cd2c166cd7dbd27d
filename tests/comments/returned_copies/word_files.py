"""Word files as offices send them back: changed with python-docx, which knows nothing of our writer."""

import io
from collections.abc import Mapping, Sequence
from uuid import UUID

import docx
import docx.text.paragraph
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from manuals.source import ANSWER, BOOKMARK

AUTHOR = 'w:author="สมศรี ใจดี" w:date="2026-11-20T09:00:00Z"'


def opened(raw: bytes):
    return docx.Document(io.BytesIO(raw))


def saved(document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def marked(document, name: str):
    """The paragraph of a bookmark."""
    for start in document.element.iter(qn("w:bookmarkStart")):
        if start.get(qn("w:name")) == name:
            return next(start.iterancestors(qn("w:p")))
    raise KeyError(name)


def paragraph_of(document, uuid: UUID):
    return marked(document, f"{BOOKMARK}{uuid.hex}")


def set_words(paragraph, words: str) -> None:
    """As somebody types it, without a trace."""
    texts = list(paragraph.iter(qn("w:t")))
    texts[0].text = words
    for text in texts[1:]:
        text.text = ""


def cut_tracked(paragraph, *, whole: bool = False) -> None:
    """All words taken out with the changes tracked; `whole`: the paragraph's end too."""
    for run in list(paragraph.iter(qn("w:r"))):
        deleted = parse_xml(f'<w:del {nsdecls("w")} w:id="900" {AUTHOR}/>')
        run.addprevious(deleted)
        deleted.append(run)
        for text in run.iter(qn("w:t")):
            text.tag = qn("w:delText")
    if whole:
        properties = paragraph.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="901" {AUTHOR}/></w:rPr>')
        )


def type_tracked(paragraph, words: str) -> None:
    """At its end, with the changes tracked."""
    paragraph.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="902" {AUTHOR}><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:ins>'
        )
    )


def add_tracked(paragraph, words: str) -> None:
    """A paragraph more behind this one."""
    paragraph.addnext(
        parse_xml(
            f'<w:p {nsdecls("w")}><w:pPr><w:rPr><w:ins w:id="903" {AUTHOR}/></w:rPr></w:pPr>'
            f'<w:ins w:id="904" {AUTHOR}><w:r><w:t>{words}</w:t></w:r></w:ins></w:p>'
        )
    )


def remark(document, paragraph, words: str, author: str = "สมศรี ใจดี") -> None:
    """In the margin, about the whole paragraph."""
    runs = [
        run
        for run in docx.text.paragraph.Paragraph(paragraph, document).runs
        if run.text
    ]
    document.add_comment([runs[0], runs[-1]], text=words, author=author, initials="ส")


def filled(raw: bytes, answers: Mapping[UUID, Sequence[str]]) -> bytes:
    """The form with these rows filled in."""
    document = opened(raw)
    for uuid, words in answers.items():
        row = next(marked(document, f"{ANSWER}{uuid.hex}").iterancestors(qn("w:tr")))
        for cell, text in zip(row.iter(qn("w:tc")), words, strict=True):
            paragraph = next(cell.iter(qn("w:p")))
            texts = list(paragraph.iter(qn("w:t")))
            if texts:
                texts[0].text = text
            elif text:
                docx.text.paragraph.Paragraph(paragraph, document).add_run(text)
    return saved(document)
