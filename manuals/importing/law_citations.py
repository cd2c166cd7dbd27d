"""Part 8 of a nine-part text: what is cited, and the laws of the registry that are meant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.shortening import shorten
from hearing_portal.thai.text import escape_plain

from ..content import Content, Reference, Text
from .drafts import ClauseDraft, DoubtKind, ProcessDraft

# A place in a law and nothing else: มาตรา ๑๓ วรรคหนึ่ง, ข้อ 7.2 และข้อ 8
_NUMBER = r"[\d๐-๙]+(?:\s*[./]\s*[\d๐-๙]+)*(?:\s*\([\d๐-๙ก-ฮ]{1,2}\))*"
_ONE_PLACE = (
    rf"(?:มาตรา|ข้อ|หมวด|ส่วนที่|บัญชี|วรรค|อนุมาตรา)\s*(?:{_NUMBER}|หนึ่ง|สอง|สาม|สี่|ห้า|แรก|ท้าย)"
)
_LOCATOR = re.compile(
    rf"{_ONE_PLACE}(?:\s*(?:,|และ|ถึง|หรือ|-)?\s*(?:{_ONE_PLACE}|{_NUMBER}))*\s*\.?"
)


def is_locator(words: str) -> bool:
    """Whether it says only where in the law above it stands."""
    return _LOCATOR.fullmatch(words.strip()) is not None


@dataclass(frozen=True, slots=True)
class CitationReader:
    """Reads the lines of part 8; `sources` is {full title: key}. What the registry does not have is doubted."""

    sources: Mapping[str, str]
    draft: ProcessDraft

    def read(self, words: str, depth: int) -> Content:
        if depth:
            return Text(body=escape_plain(words))
        key, locator = match_source(words, self.sources)
        if self.sources and not key:
            self.draft.doubt(
                DoubtKind.LAW,
                f"ไม่พบในทะเบียนกฎหมาย โปรดตรวจชื่อหรือเลือกกฎหมาย: {shorten(words, 100)}",
            )
        return Reference(source=key, locator=locator, as_cited=words)


def add_locator(clause: ClauseDraft, words: str) -> None:
    """A place that stands below the citation of its law."""
    content = clause.content
    assert isinstance(content, Reference)
    locator = f"{content.locator}, {words}" if content.locator else words
    clause.content = replace(content, locator=locator)


def match_source(cited: str, sources: Mapping[str, str]) -> tuple[str, str]:
    """(key, locator) of the source whose full title the citation begins with; ("", "") when none does."""
    comparable_citation = _comparable(cited)
    best = ""
    longest = 0
    for title in sources:
        comparable_title = _comparable(title)
        length = len(comparable_title)
        if comparable_citation.startswith(comparable_title) and length > longest:
            best = title
            longest = length
    if not best:
        return "", ""
    # The title may be cited with a blank more or less, so what follows it begins about here
    rest = cited[len(best) - 2 :]
    locator = re.search(r"(?:มาตรา|ข้อ|หมวด)\s*\S.*$", rest)
    if locator is None:
        return sources[best], ""
    return sources[best], locator[0].strip()


def _comparable(text: str) -> str:
    return re.sub(r"\s+", "", arabic_digits(text))
