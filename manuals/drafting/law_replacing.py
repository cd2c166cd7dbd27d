"""A clause's words with the names of repealed laws replaced by those of what is in force instead."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hearing_portal.thai.numbering import thai_digits

from ..content import Content, Reference, plain_text
from ..law.mentions import Mention, RepealedLaws
from ..models import LegalSource
from ..wording import reworded_content, wording_fields

_AND_AMENDMENTS = re.compile(
    r"\s*(?:และ|ซึ่ง|รวมทั้ง)(?:ฉบับ)?ที่(?:ได้)?(?:มีการ)?แก้ไขเพิ่มเติม(?:ถึงปัจจุบัน)?"
)
_NUMBER = r"(?:ข้อ|มาตรา|หมวด)\s*[\d๐-๙]+"
_NUMBER_BEFORE = re.compile(rf"{_NUMBER}[^\n]{{0,20}}$")
_NUMBER_BEHIND = re.compile(rf"\s*{_NUMBER}")
_LOOKED_AT = 40  # characters before a name
_THAI_DIGIT = re.compile("[๐-๙]")


@dataclass(frozen=True, slots=True)
class ReplacedWords:
    """`content` is the clause's with the laws replaced. What names a number of the old law has to be looked at by a
    person: `lost_locator` was cut from a reference, `names_a_number` says that a text has one."""

    content: Content
    lost_locator: str = ""
    names_a_number: bool = False

    @property
    def needs_a_look(self) -> bool:
        return bool(self.lost_locator) or self.names_a_number


def replace_laws(
    content: Content, laws: RepealedLaws, successors: Mapping[int, LegalSource]
) -> ReplacedWords | None:
    """`successors` is {id of a repealed law: what stands in its place}. None where one of these laws stands in words
    that cannot be replaced so, and where none is applied at all. Raises ContentRefused."""
    texts = {}
    names_a_number = False
    for field in wording_fields(content):
        mentions = []
        for mention in laws.mentions_in(field.text):
            if mention.source.pk in successors:
                mentions.append(mention)
        if mentions:
            texts[field.name] = _with_successors(field.text, mentions, successors)
            names_a_number |= any(
                _names_a_number(field.text, mention) for mention in mentions
            )
    replaced = reworded_content(content, texts) or content

    lost_locator = ""
    if isinstance(replaced, Reference) and replaced.source in laws.by_key:
        successor = successors.get(laws.by_key[replaced.source].pk)
        if successor is not None:
            as_cited = replaced.as_cited if "text" in texts else successor.full_title
            lost_locator = replaced.locator
            replaced = replace(
                replaced, source=successor.key, as_cited=as_cited, locator=""
            )
    if replaced == content or _still_applied(replaced, laws, successors):
        return None
    return ReplacedWords(replaced, lost_locator, names_a_number)


def _with_successors(
    text: str, mentions: list[Mention], successors: Mapping[int, LegalSource]
) -> str:
    pieces = []
    done = 0
    for mention in mentions:
        successor = successors[mention.source.pk]
        title = successor.full_title
        if _THAI_DIGIT.search(text[mention.start : mention.end]):
            title = thai_digits(title)
        pieces += [text[done : mention.start], title]
        done = mention.end
        amended = _AND_AMENDMENTS.match(text, done)
        if amended is not None and successor.status != LegalSource.Status.AMENDED:
            done = amended.end()
    return "".join([*pieces, text[done:]])


def _names_a_number(text: str, mention: Mention) -> bool:
    """Whether a number of the old law stands directly before or behind its name: ตามข้อ 35 แห่ง…, …ข้อ 35."""
    before = text[max(0, mention.start - _LOOKED_AT) : mention.start]
    return bool(
        _NUMBER_BEFORE.search(before) or _NUMBER_BEHIND.match(text, mention.end)
    )


def _still_applied(
    content: Content, laws: RepealedLaws, successors: Mapping[int, LegalSource]
) -> bool:
    cited = content.source if isinstance(content, Reference) else ""
    return any(
        applied.source.pk in successors
        for applied in laws.applied_in(plain_text(content), cited)
    )
