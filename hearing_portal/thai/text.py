"""The text policy: what happens to text before it is stored, plain or as the inline HTML of a clause."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

from hearing_portal.refusals import Refusal
from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    REFERENCE_ATTRIBUTE,
    REFERENCE_TAG,
    read_uuid,
    write_reference,
)
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS
from hearing_portal.thai.script import MARK, PICTOGRAPH, SKIN_TONE, order_marks

POLICY_VERSION = "text-2"


class Cleaned(NamedTuple):
    """Text as it is stored, and the number of places where the policy changed what came in."""

    text: str
    changes: int


class TextRefused(Refusal):
    """Text the portal cannot keep. `message_th` tells the person what to do; `code` is for programs."""

    def __init__(self, code: str, message_th: str) -> None:
        super().__init__(message_th)
        self.code = code


# Controls of the writing direction
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# … and signs without a width, which other programs put between Thai words; not U+200D, which holds emoji together
_REMOVED = re.compile(
    f"[{_BIDI}\u200b\u200c\u2060-\u2064\ufeff\u00ad\U000e0000-\U000e007f]+"
)
# Spaces of other kinds, as Word and web pages copy them: a plain one breaks at the line's end and is found again
_ODD_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ODD_LINE_END = re.compile("[\u2028\u2029]")
# Letters of the private use area, a box on every other screen: the shifted marks of old Thai fonts (as Windows and
# PDFs numbered them), and the signs of Word's Symbol and Wingdings
_OLD_FONT_LETTERS = (
    "\u0e10\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e0d"  # U+F700-F70F
    "\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a"  # U+F710-F71A
)
_FROM_PRIVATE_USE = {
    **dict(zip(range(0xF700, 0xF71B), _OLD_FONT_LETTERS, strict=True)),
    0xF0B7: "•",
    0xF0A7: "▪",
    0xF06E: "■",
    0xF06F: "□",
    0xF0A8: "□",
    0xF0D8: "➢",
    0xF076: "❖",
    0xF0FC: "✓",
    0xF0E0: "→",
    0xF02D: "-",
}
_PRIVATE_USE = re.compile(f"[{''.join(map(chr, _FROM_PRIVATE_USE))}]")
# A PDF may put a space before such a mark: it belongs to the letter before that
_BEFORE_OLD_MARK = re.compile(
    "(?<=[\u0e01-\u0e2e\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]) (?=[\uf701-\uf70e\uf710-\uf71a])"
)
# U+200D between two pictographs joins them to one sign, anywhere else it is dirt
_LONE_JOINER = re.compile(
    f"\u200d(?:(?<![{PICTOGRAPH}]\u200d)(?<![{PICTOGRAPH}]\ufe0f\u200d)(?<![{PICTOGRAPH}][{SKIN_TONE}]\u200d)"
    f"|(?![{PICTOGRAPH}]))"
)
# In the place of bytes from which no text could be read: a noncharacter, so nobody means it
UNREADABLE = "\ufffe"
# Control characters but for tab and line ends, halves of surrogate pairs, the object marker, noncharacters
_REFUSED = re.compile(
    "[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffc\ufffe\uffff]"
)
_CHARACTER_WITH_MARKS = re.compile(f".[{MARK}]*+", re.DOTALL)


def clean_text(raw: str, *, max_length: int, multiline: bool = True) -> Cleaned:
    """`raw` as the portal stores it. What a person typed stays, but for invisible characters, odd spaces, letters that
    only an old font has, and mark order.

    Idempotent and linear. Line ends become \\n (uncounted: browsers send \\r\\n); with `multiline=False` line
    ends and tabs become spaces. Raises TextRefused: too_long (code points, a line end counted once; checked
    before anything else), nul, surrogate, control, object_marker,
    unreadable.
    """
    length = len(raw) - raw.count("\r\n")
    _refuse_length(length, max_length)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_characters(text)
    text, odd_line_ends = _ODD_LINE_END.subn("\n", text)
    unbroken = 0
    if not multiline:
        text, unbroken = re.subn(r"[\n\t]+", " ", text)
    text, settled = _settle(text)
    _refuse_length(len(text), max_length)  # NFC takes a few foreign characters apart
    return Cleaned(text, odd_line_ends + unbroken + settled)


_LEADING_LINES = re.compile(r"(?:[ \t]*\n)+")


def without_leading_lines(text: str) -> str:
    """The words of a clause begin with words: a browser swallows a line break at the beginning of a field when it shows
    it again, so that it would come and go by itself."""
    empty = _LEADING_LINES.match(text)
    return text[empty.end() :] if empty else text


# Letters and symbols by name that look like nothing: Hangul fillers, the empty braille cell, a note's null head
_BLANK = "\u115f\u1160\u2800\u3164\uffa0\U0001d159"
# Of marks, spaces, controls and private letters alone nobody sees anything
_SEEN_CATEGORIES = "LNPS"


def is_visible(text: str) -> bool:
    """Whether a reader sees anything of it at all; a lone vowel or tone mark has no letter to stand on."""
    return any(
        unicodedata.category(character)[0] in _SEEN_CATEGORIES
        for character in text
        if character not in _BLANK
    )


def visible_text(text: str) -> str:
    """`text`, or nothing where a reader sees nothing of it."""
    return text if is_visible(text) else ""


# What text-1 kept as it came, and an edition frozen under it still says
_KEPT_BY_TEXT_1 = re.compile(
    f"{_ODD_SPACE.pattern}|{_ODD_LINE_END.pattern}|{_PRIVATE_USE.pattern}|[\u200b\u200c]"
)


def without_kept_before(text: str) -> str:
    """`text`, plain or an inline body, with a plain sign for what an earlier policy kept and the present one puts in
    order: whoever reads what was stored then asks the present policy about the rest."""
    return _KEPT_BY_TEXT_1.sub("·", text)


def changes_note(n: int) -> str:
    """What a form says once after the policy changed the input; empty when it changed nothing."""
    return f"ปรับรูปอักขระ {n:,} แห่ง" if n else ""


def _refuse_length(length: int, max_length: int) -> None:
    if length > max_length:
        message = f"ข้อความยาว {length:,} ตัวอักษร เกิน {max_length:,} ตัวอักษร โปรดตัดให้สั้นลงหรือแบ่งเป็นหลายรายการ"
        raise TextRefused("too_long", message)


def _refuse_characters(text: str) -> None:
    found = _REFUSED.search(text)
    if found is None:
        return
    character = found.group()
    name = f"U+{ord(character):04X}"
    where = f"ตำแหน่งที่ {found.start() + 1:,}"
    if character == "\x00":
        raise TextRefused(
            "nul", f"พบอักขระว่าง (NUL) ที่{where} โปรดลบข้อความช่วงนั้นแล้วพิมพ์ใหม่"
        )
    if "\ud800" <= character <= "\udfff":
        message = f"พบอักขระที่ขาดครึ่ง ({name}) ที่{where} โปรดลบแล้วพิมพ์หรือวางข้อความช่วงนั้นใหม่"
        raise TextRefused("surrogate", message)
    if character == UNREADABLE:
        message = "อ่านข้อความช่วงหนึ่งไม่ได้ เพราะไม่ได้เข้ารหัสแบบ UTF-8 หรืออักขระไทยของ Windows โปรดพิมพ์หรือวางข้อความใหม่"
        raise TextRefused("unreadable", message)
    if character == OBJECT_MARKER:
        message = f"พบสัญลักษณ์แทนรูปหรือวัตถุ (U+FFFC) ที่{where} โปรดลบ แล้ววางเป็นข้อความล้วน"
        raise TextRefused("object_marker", message)
    message = f"พบอักขระควบคุมที่มองไม่เห็น ({name}) ที่{where} โปรดลบ แล้วพิมพ์หรือวางเป็นข้อความล้วน"
    raise TextRefused("control", message)


def _settle(text: str) -> tuple[str, int]:
    """Apply the policy's steps until nothing changes (one step can prepare another: เ, U+FEFF, เ)."""
    text, spaces = _ODD_SPACE.subn(" ", text)
    text, gaps = _BEFORE_OLD_MARK.subn("", text)
    text, private = _PRIVATE_USE.subn(
        lambda found: _FROM_PRIVATE_USE[ord(found.group())], text
    )
    changes = spaces + gaps + private
    while True:
        text, removed = _REMOVED.subn("", text)
        text, joiners = _LONE_JOINER.subn("", text)
        text, ordered = order_marks(text)
        text, composed = _compose(text)
        text, vowels = re.subn("เเ", "แ", text)
        changed = removed + joiners + ordered + composed + vowels
        if not changed:
            return text, changes
        changes += changed


def _compose(text: str) -> tuple[str, int]:
    """NFC, and how many characters it changed. Never NFKC: it splits ำ."""
    if unicodedata.is_normalized("NFC", text):
        return text, 0
    changed = 0
    for piece in _CHARACTER_WITH_MARKS.findall(text):
        changed += not unicodedata.is_normalized("NFC", piece)
    return unicodedata.normalize("NFC", text), max(changed, 1)


_ZERO_WIDTH = re.compile(
    f"[{_BIDI}\u200b-\u200d\u2060-\u2064\ufeff\u00ad\ufe00-\ufe0f\U000e0000-\U000e007f]+"
)
_BLANKS = re.compile(f"[\\s{OBJECT_MARKER}]+")


# Borders at which a space is written or not, and means nothing: (what stands before it, what stands behind it)
_THAI = "\u0e01-\u0e3a\u0e40-\u0e4e"
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_DIGIT = "0-9๐-๙"
_BRACKET = r"()\[\]“”"
_WORD_BORDERS = (
    ("", f"[{_BRACKET}]"),
    (f"[{_BRACKET}]", ""),
    (f"[{_THAI}]", f"[{_DIGIT}{_LATIN}]"),  # ข้อ 5, ส่ง PDF
    (f"[{_DIGIT}{_LATIN}]", f"[{_THAI}]"),  # 7 วัน, PDF ที่ส่ง
    (rf"[{_DIGIT}]\.", f"[{_THAI}]"),  # 1. ชื่อ
    (r"[ก-ฮ]\.", f"[{_DIGIT}{_LATIN}]"),  # พ.ศ. 2562
    (f"[{_DIGIT}]", "%"),
)
_IDLE_BORDERS = (
    *_WORD_BORDERS,
    (f"[{_LATIN}]", f"[{_DIGIT}]"),  # ISO 9001
    ("", "ๆ"),
    ("ๆ", ""),
    (r"[ก-ฮ]\.", "[ก-ฮเ-ไ]"),  # สพป. ลำปาง
    ("", "/"),  # และ / หรือ
    ("/", ""),
)


def _at_borders(borders: Iterable[tuple[str, str]], between: str) -> re.Pattern[str]:
    """Finds what matches `between` at one of the borders."""
    patterns = []
    for before, behind in borders:
        seen_before = f"(?<={before})" if before else ""
        seen_behind = f"(?={behind})" if behind else ""
        patterns.append(f"{seen_before}{between}{seen_behind}")
    return re.compile("|".join(patterns))


# From the first of several spaces, and never fewer of them: a long run is looked at once
_IDLE_SPACE = _at_borders(_IDLE_BORDERS, "(?<![ \u00a0])[ \u00a0]++")
_BETWEEN_TERMS = re.compile(
    rf"[\s{_BRACKET}]+|{_at_borders(_WORD_BORDERS[2:], '').pattern}"
)
_DOUBLED_MARK = re.compile(f"([{MARK}])\\1+")  # a finger that stayed on the key


def without_idle_spaces(text: str) -> str:
    """`text` without spaces that carry no meaning: ต่าง ๆ and ต่างๆ, พ.ศ. 2562 and พ.ศ.2562, 7 วัน and 7วัน,
    ISO 9001 and ISO9001 are one."""
    return _IDLE_SPACE.sub("", text)


# Between two words of letters that are put apart by spaces alone (My Office), and between two numbers (5.1 2); where
# two letters would become another one too
_OTHER_LETTER = r"[^\W\d_\u0e01-\u0e4e]"
_KEPT_SPACES = ((_OTHER_LETTER, _OTHER_LETTER), (r"\d", r"\d"), ("เ", "เ"))
_ANY_SPACE = re.compile(
    f" (?![{MARK}าำ])"
    + "".join(f"(?:(?<!{before} )|(?!{behind}))" for before, behind in _KEPT_SPACES)
)


def search_form(text: str) -> str:
    """`text` as it is indexed and looked for. Idempotent.

    One form for ๕ and 5, ํา and ำ, ฏ and ฎ, marks in any order or typed twice, capitals, line ends; invisible
    characters and inline markers are left out. So are spaces: Thai puts them between words or not, and at signs
    (ครู และบุคลากร, AMSS ++); only between two Latin words or two numbers is one left.
    """
    return _ANY_SPACE.sub("", spaced_search_form(text))


def without_spaces_of_form(form: str) -> str:
    """The spaces left out that `search_form` leaves out, of a text whose letters have their form already."""
    return _ANY_SPACE.sub("", without_idle_spaces(form))


def spaced_search_form(text: str) -> str:
    """The search form with its spaces, but for those that no words are told apart by."""
    text = _ZERO_WIDTH.sub("", text)
    text = text.lower().translate(TO_ARABIC_DIGITS)
    text = text.replace("ฏ", "ฎ")  # กฏหมาย is a common slip for กฎหมาย
    text, _ = _settle(_DOUBLED_MARK.sub(r"\1", text))
    text = _DOUBLED_MARK.sub(r"\1", text)
    return without_idle_spaces(_BLANKS.sub(" ", text).strip())


def search_terms(text: str) -> list[str]:
    """The parts of what somebody looks for, each in search form: between spaces and brackets, and where a number or a
    Latin word meets a Thai one, so that ข้อ5 has the parts of ข้อ 5."""
    return [term for term in _BETWEEN_TERMS.split(spaced_search_form(text)) if term]


MAX_INLINE_LENGTH = 200_000
MAX_INLINE_TAGS = 10_000

_LINK = re.compile(r"(?:https?://[^\s/?#]+\S*|mailto:\S+@\S+)", re.IGNORECASE)
# The order in which marks are nested: the first is outermost
_MARKS = ("strong", "em", "u", "sup", "sub")
_SAME_AS = {"b": "strong", "i": "em", "ins": "u"}
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
    }
)
_READ_TAGS = {*_MARKS, *_SAME_AS, *_BLOCKS, "a", REFERENCE_TAG, "br"}


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text, or one reference (`ref`, a UUID), with the inline marks on it."""

    text: str
    marks: frozenset[str]
    href: str
    ref: str = ""

    def can_be_joined_to(self, other: "_Run") -> bool:
        """Whether the two are texts with the same marks and link."""
        return (
            not self.ref
            and not other.ref
            and self.marks == other.marks
            and self.href == other.href
        )


class _OpenTag(NamedTuple):
    """A tag that waits for its end, and what held before it."""

    tag: str
    marks_before: frozenset[str]
    href_before: str


def sanitize_inline(html: str) -> str:
    """A clause body in its one stored form; idempotent.

    Kept: text under the policy, strong, em, u, sup, sub, a[href] (http, https, mailto) and empty
    `<span data-ref="uuid">` markers, nested in one fixed order. Everything else is unwrapped; `<br>` and
    block borders become \\n. Raises TextRefused with clean_text's codes and too_many_tags.
    """
    _refuse_length(len(html), MAX_INLINE_LENGTH)
    if html.count("<") > MAX_INLINE_TAGS:
        raise TextRefused(
            "too_many_tags",
            "ข้อความมีรูปแบบซับซ้อนเกินไป โปรดวางเป็นข้อความล้วน หรือแบ่งเป็นหลายข้อ",
        )
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_characters(html)
    safe = nh3.clean(
        html,
        tags=_READ_TAGS,
        attributes={"a": {"href"}, REFERENCE_TAG: {REFERENCE_ATTRIBUTE}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    runs = _settle_runs(_read_runs(safe))
    return _write_runs(runs)


def inline_plain(html: str) -> str:
    """The plain text of a stored body: one U+FFFC for each `<span data-ref>` marker."""
    texts = [OBJECT_MARKER if run.ref else run.text for run in _read_runs(html)]
    return "".join(texts)


class MarkedText(NamedTuple):
    """A stretch of a stored body's plain text, with the marks on it: strong, em, u, sup, sub."""

    text: str
    marks: frozenset[str]


def marked_texts(html: str) -> list[MarkedText]:
    """The stretches of a stored body; joined, their texts are `inline_plain`."""
    stretches = []
    for run in _read_runs(html):
        stretches.append(MarkedText(OBJECT_MARKER if run.ref else run.text, run.marks))
    return stretches


def inline_links(html: str) -> list[str]:
    """The addresses that words of a stored body lead to, in reading order; neighbours with one address have it once."""
    links: list[str] = []
    last = ""
    for run in _read_runs(html):
        if run.href and run.href != last:
            links.append(run.href)
        last = run.href
    return links


def escape_plain(text: str) -> str:
    """Plain text as an inline body: `inline_plain(escape_plain(t)) == t` for clean `t`."""
    return escape(text, quote=False)


def map_inline_text(html: str, change: Callable[[str], str]) -> str:
    """A stored body with `change` (digits, say) applied to its text; tags, links and markers stay."""
    changed: list[_Run] = []
    for run in _read_runs(html):
        if run.ref:
            changed.append(run)
        else:
            text = change(run.text)
            changed.append(_Run(text, run.marks, run.href))
    return _write_runs(changed)


def cut_inline(html: str, start: int, end: int) -> str:
    """A stored body of code points [start, end) of its plain text (inline_plain), with their marks and links."""
    kept: list[_Run] = []
    position = 0
    for run in _read_runs(html):
        length = 1 if run.ref else len(run.text)
        first = max(start - position, 0)
        last = min(end - position, length)
        position += length
        if first >= last:
            continue
        if run.ref:
            kept.append(run)
        else:
            kept.append(_Run(run.text[first:last], run.marks, run.href))
    return _write_runs(kept)


def _read_runs(html: str) -> list[_Run]:
    reader = _RunReader()
    reader.feed(html)
    reader.close()
    return reader.runs


class _RunReader(HTMLParser):
    """Reads well-formed inline HTML (nh3's output or our own) into runs."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[_Run] = []
        self._open: list[_OpenTag] = []
        self._marks: frozenset[str] = frozenset()
        self._href = ""
        # 0 outside: what stands inside a reference is left out
        self._depth_in_reference = 0
        # A block began or ended: a line end, unless nothing follows
        self._break_due = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME_AS.get(tag, tag)
        attributes = dict(attrs)
        if tag == "br":
            self._add("\n")
            return
        self._open.append(_OpenTag(tag, self._marks, self._href))
        if self._depth_in_reference:
            self._depth_in_reference += 1
        elif tag in _MARKS:
            self._marks |= {tag}
        elif tag == "a":
            href = attributes.get("href") or ""
            if _LINK.fullmatch(href.strip()) and not _REMOVED.search(href):
                self._href = href.strip()
        elif tag == REFERENCE_TAG:
            uuid = read_uuid(attributes.get(REFERENCE_ATTRIBUTE) or "")
            if uuid:
                self._flush_break()
                reference = _Run("", self._marks, self._href, uuid)
                self.runs.append(reference)
                self._depth_in_reference = 1
        elif tag in _BLOCKS:
            self._break_due = True

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        opened = self._open.pop()
        self._marks = opened.marks_before
        self._href = opened.href_before
        self._depth_in_reference = max(0, self._depth_in_reference - 1)
        if opened.tag in _BLOCKS:
            self._break_due = True

    def handle_data(self, data: str) -> None:
        if self._break_due and data.isspace():
            return
        self._flush_break()
        self._add(data)

    def _flush_break(self) -> None:
        if self._break_due and self.runs:
            self._add("\n")
        self._break_due = False

    def _add(self, text: str) -> None:
        if not self._depth_in_reference:
            run = _Run(text, self._marks, self._href)
            self.runs.append(run)


def _settle_runs(runs: list[_Run]) -> list[_Run]:
    """Clean every run, drop empty ones, join equal neighbours; again until nothing changes: what is joined may have
    to be cleaned as one (เ and เ in two runs)."""
    while True:
        cleaned_runs: list[_Run] = []
        for run in runs:
            if run.ref:
                cleaned_runs.append(run)
            else:
                cleaned = clean_text(run.text, max_length=MAX_INLINE_LENGTH)
                cleaned_run = _Run(cleaned.text, run.marks, run.href)
                cleaned_runs.append(cleaned_run)
        settled = _join_runs(cleaned_runs)
        if settled == runs:
            return settled
        runs = settled


def _join_runs(runs: list[_Run]) -> list[_Run]:
    """Without empty runs, and one run where several with the same marks and link stood side by side."""
    joined: list[_Run] = []
    texts: list[
        str
    ] = []  # of the last run: adding to its text at each step would be quadratic
    for run in runs:
        if not run.text and not run.ref:
            continue
        if joined and run.can_be_joined_to(joined[-1]):
            texts.append(run.text)
            continue
        _close_last(joined, texts)
        joined.append(run)
        texts = [run.text]
    _close_last(joined, texts)
    return joined


def _close_last(joined: list[_Run], texts: list[str]) -> None:
    if len(texts) > 1:
        text = "".join(texts)
        joined[-1] = replace(joined[-1], text=text)


type _Tag = tuple[str, str]  # its name, and the start tag as written


def _write_runs(runs: list[_Run]) -> str:
    """The runs as HTML; a tag that two neighbours share stays open between them."""
    out: list[str] = []
    opened: list[_Tag] = []  # outermost first
    for run in runs:
        wanted: list[_Tag] = []
        if run.href:
            link = f'<a href="{escape(run.href)}">'
            wanted.append(("a", link))
        for mark in _MARKS:
            if mark in run.marks:
                wanted.append((mark, f"<{mark}>"))
        shared = 0
        for open_tag, wanted_tag in zip(opened, wanted, strict=False):
            if open_tag != wanted_tag:
                break
            shared += 1
        _write_end_tags(out, opened[shared:])
        for _, start_tag in wanted[shared:]:
            out.append(start_tag)
        opened = wanted
        if run.ref:
            out.append(write_reference(run.ref))
        else:
            out.append(escape_plain(run.text))
    _write_end_tags(out, opened)
    return "".join(out)


def _write_end_tags(out: list[str], opened: list[_Tag]) -> None:
    for tag, _ in reversed(opened):
        out.append(f"</{tag}>")
