"""A clause's words cut into several clauses, or two put together. Not a word comes or goes; marks and links stay."""

import re
from collections.abc import Iterator
from dataclasses import replace

from hearing_portal.thai.markup import (
    read_placeholders,
    referenced_uuids,
    write_placeholders,
)
from hearing_portal.thai.merge import merge
from hearing_portal.thai.text import cut_inline, inline_plain, sanitize_inline

from ..content import Content, Note, Text
from .changes import ChangeRefused

ONE_TEXT = (Text.kind, Note.kind)  # kinds that are nothing but a body
SEAM = re.compile(r"\n[^\S\n]*\n\s*")  # an empty line


def can_be_cut(kind: str) -> bool:
    """Whether clauses of this kind are split and joined."""
    return kind in ONE_TEXT


def text_to_cut(content: Content) -> str:
    """The words as a form shows them, in which empty lines are put."""
    return write_placeholders(inline_plain(content.body))


def cut_content(content: Content, typed: str) -> list[Content]:
    """A content for each stretch of `typed` between empty lines. Raises ChangeRefused where the words are others, or
    there is no empty line."""
    # Words stored under an older policy come back from the form as the present one puts them in order
    content = replace(content, body=sanitize_inline(content.body))
    plain = inline_plain(content.body)
    references = referenced_uuids(content.body)
    text, kept_references = read_placeholders(typed, references)
    if letters_of(text) != letters_of(plain) or kept_references != references:
        raise ChangeRefused(
            "ถ้อยคำต่างจากเดิม การแยกข้อใส่ได้เฉพาะบรรทัดว่าง โปรดคืนถ้อยคำเดิม แล้วแก้ถ้อยคำหลังแยกข้อ",
            field="text",
        )
    lengths = [len(letters_of(piece)) for piece in SEAM.split(text.strip())]
    if len(lengths) < 2:
        raise ChangeRefused(
            "ยังไม่มีบรรทัดว่าง โปรดเว้นบรรทัดว่างหนึ่งบรรทัดตรงที่จะแยก", field="text"
        )
    pieces = []
    for start, end in _find_spans(plain, lengths):
        body = cut_inline(content.body, start, end)
        pieces.append(replace(content, body=body))
    return pieces


def carry_seams(base: Content, typed: str, theirs: Content) -> str | None:
    """The words of `theirs` with the empty lines that `typed` puts into those of `base`, as a form shows them. None
    where somebody changed the words at such a line, or `typed` has other words than `base`."""
    before = inline_plain(sanitize_inline(base.body))
    now = inline_plain(sanitize_inline(theirs.body))
    text, kept_references = read_placeholders(typed, referenced_uuids(base.body))
    if letters_of(text) != letters_of(before) or kept_references != referenced_uuids(
        base.body
    ):
        return None
    both = merge(before, text, now).text
    if both is None or letters_of(both) != letters_of(now) or not SEAM.search(both):
        return None
    return write_placeholders(both)


def put_together(first: Content, second: Content) -> Content:
    """The words of the second behind those of the first. Raises ChangeRefused for two that are no one clause."""
    if first.kind != second.kind or not can_be_cut(first.kind):
        raise ChangeRefused("รวมได้เฉพาะข้อความกับข้อความ หรือหมายเหตุกับหมายเหตุ")
    if first.applies_to != second.applies_to:
        raise ChangeRefused("สองข้อนี้ใช้กับสำนักงานเขตต่างประเภทกัน โปรดแก้ให้ตรงกันก่อนรวม")
    return replace(first, body=f"{first.body} {second.body}".strip())


def letters_of(text: str) -> str:
    """Without blanks of any kind."""
    return "".join(text.split())


def _find_spans(plain: str, lengths: list[int]) -> Iterator[tuple[int, int]]:
    """(start, end) in `plain` of stretches with so many letters each; blanks at the seams belong to none."""
    letters = []
    for position, letter in enumerate(plain):
        if not letter.isspace():
            letters.append(position)
    first = 0
    for length in lengths:
        last = first + length - 1
        yield letters[first], letters[last] + 1
        first += length
