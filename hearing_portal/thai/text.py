"""The text policy: what happens to text before it is stored, plain or as the inline HTML of a clause."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import NamedTuple

import nh3

from hearing_portal.refusals import Refusal
from hearing_portal.thai.markup import OBJECT_MARKER, REFERENCE_ATTRIBUTE, REFERENCE_TAG, read_uuid, write_reference
from hearing_portal.thai.script import MARK, PICTOGRAPH, SKIN_TONE, order_marks

POLICY_VERSION = "text-1"


class Cleaned(NamedTuple):
    """Text as it is stored, and the number of places where the policy changed what came in."""

    text: str
    changes: int


class TextRefused(Refusal):
    """Text the portal cannot keep. `message_th` tells the person what to do; `code` is for programs."""

    def __init__(self, code: str, message_th: str) -> None:
        super().__init__(message_th)
        self.code = code


_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_REMOVED = re.compile(f"[{_BIDI}\u2060-\u2064\ufeff\u00ad\U000e0000-\U000e007f]+")
_LONE_JOINER = re.compile(
    f"\u200d(?:(?<![{PICTOGRAPH}]\u200d)(?<![{PICTOGRAPH}]\ufe0f\u200d)(?<![{PICTOGRAPH}][{SKIN_TONE}]\u200d)"
    f"|(?![{PICTOGRAPH}]))"
)
_REFUSED = re.compile("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffc\ufffe\uffff]")
_CHARACTER_WITH_MARKS = re.compile(f".[{MARK}]*+", re.DOTALL)


def clean_text(raw: str, *, max_length: int, multiline: bool = True) -> Cleaned:
    """`raw` as the portal stores it. What a person typed stays, but for invisible characters and mark order.

    Idempotent and linear. Line ends become \\n (uncounted: browsers send \\r\\n); with `multiline=False` line
    ends and tabs become spaces. Raises TextRefused: too_long (code points, a line end counted once; checked
    before anything else), nul, surrogate, control, object_marker.
    """
    _refuse_length(len(raw) - raw.count("\r\n"), max_length)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_characters(text)
    changes = 0
    if not multiline:
        text, changes = re.subn(r"[\n\t]+", " ", text)
    text, settled = _settle(text)
    _refuse_length(len(text), max_length)  # NFC takes a few foreign characters apart
    return Cleaned(text, changes + settled)


def changes_note(n: int) -> str:
    """What a form says once after the policy changed the input; empty when it changed nothing."""
    return f"ปรับรูปอักขระ {n:,} แห่ง" if n else ""


def _refuse_length(length: int, max_length: int) -> None:
    if length > max_length:
        message = f"ข้อความยาว {length:,} ตัวอักษร เกิน {max_length:,} ตัวอักษร กรุณาตัดให้สั้นลงหรือแบ่งเป็นหลายรายการ"
        raise TextRefused("too_long", message)


def _refuse_characters(text: str) -> None:
    found = _REFUSED.search(text)
    if found is None:
        return
    character, position = found.group(), found.start() + 1
    name, where = f"U+{ord(character):04X}", f"ตำแหน่งที่ {position:,}"
    if character == "\x00":
        raise TextRefused("nul", f"พบอักขระว่าง (NUL) ที่{where} กรุณาลบข้อความช่วงนั้นแล้วพิมพ์ใหม่")
    if "\ud800" <= character <= "\udfff":
        message = f"พบอักขระที่ขาดครึ่ง ({name}) ที่{where} กรุณาลบแล้วพิมพ์หรือวางข้อความช่วงนั้นใหม่"
        raise TextRefused("surrogate", message)
    if character == OBJECT_MARKER:
        message = f"พบสัญลักษณ์แทนรูปหรือวัตถุ (U+FFFC) ที่{where} กรุณาลบ แล้ววางเป็นข้อความล้วน"
        raise TextRefused("object_marker", message)
    message = f"พบอักขระควบคุมที่มองไม่เห็น ({name}) ที่{where} กรุณาลบ แล้วพิมพ์หรือวางเป็นข้อความล้วน"
    raise TextRefused("control", message)


def _settle(text: str) -> tuple[str, int]:
    """Apply the policy's steps until nothing changes (one step can prepare another: เ, U+FEFF, เ)."""
    changes = 0
    while True:
        text, changed = _apply_once(text)
        if not changed:
            return text, changes
        changes += changed


def _apply_once(text: str) -> tuple[str, int]:
    text, removed = _REMOVED.subn("", text)
    text, joiners = _LONE_JOINER.subn("", text)
    text, ordered = order_marks(text)
    text, composed = _compose(text)
    text, vowels = re.subn("เเ", "แ", text)
    return text, removed + joiners + ordered + composed + vowels


def _compose(text: str) -> tuple[str, int]:
    """NFC, and how many characters it changed. Never NFKC: it splits ำ."""
    if unicodedata.is_normalized("NFC", text):
        return text, 0
    pieces = _CHARACTER_WITH_MARKS.findall(text)
    changed = sum(not unicodedata.is_normalized("NFC", piece) for piece in pieces)
    return unicodedata.normalize("NFC", text), max(changed, 1)


_ZERO_WIDTH = re.compile(f"[{_BIDI}\u200b-\u200d\u2060-\u2064\ufeff\u00ad\ufe00-\ufe0f\U000e0000-\U000e007f]+")
_TO_ARABIC_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_BLANKS = re.compile(f"[\\s{OBJECT_MARKER}]+")


def search_form(text: str) -> str:
    """`text` as it is indexed and looked for. Idempotent.

    One form for ๕ and 5, ํา and ำ, ฏ and ฎ, marks in any order, capitals, line ends and runs of spaces;
    invisible characters and inline markers are left out.
    """
    text = _ZERO_WIDTH.sub("", text).lower().translate(_TO_ARABIC_DIGITS).replace("ฏ", "ฎ")
    return _BLANKS.sub(" ", _settle(text)[0]).strip()


MAX_INLINE_LENGTH = 200_000
MAX_INLINE_TAGS = 10_000

_LINK = re.compile(r"(?:https?://[^\s/?#]+\S*|mailto:\S+@\S+)", re.IGNORECASE)
_MARKS = ("strong", "em", "u", "sup", "sub")
_SAME_AS = {"b": "strong", "i": "em", "ins": "u"}
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote"})
_READ_TAGS = {*_MARKS, *_SAME_AS, *_BLOCKS, "a", REFERENCE_TAG, "br"}


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text, or one marker (`ref`), with the inline marks on it."""

    text: str
    marks: frozenset[str]
    href: str
    ref: str = ""


def sanitize_inline(html: str) -> str:
    """A clause body in its one stored form; idempotent.

    Kept: text under the policy, strong, em, u, sup, sub, a[href] (http, https, mailto) and empty
    `<span data-ref="uuid">` markers, nested in one fixed order. Everything else is unwrapped; `<br>` and
    block borders become \\n. Raises TextRefused with clean_text's codes and too_many_tags.
    """
    _refuse_length(len(html), MAX_INLINE_LENGTH)
    if html.count("<") > MAX_INLINE_TAGS:
        raise TextRefused("too_many_tags", "ข้อความมีรูปแบบซับซ้อนเกินไป กรุณาวางเป็นข้อความล้วน หรือแบ่งเป็นหลายข้อ")
    html = html.replace("\r\n", "\n").replace("\r", "\n")
    _refuse_characters(html)
    allowed = {"a": {"href"}, REFERENCE_TAG: {REFERENCE_ATTRIBUTE}}
    schemes = {"http", "https", "mailto"}
    safe = nh3.clean(html, tags=_READ_TAGS, attributes=allowed, url_schemes=schemes, link_rel=None)
    return _write_runs(_settle_runs(_read_runs(safe)))


def inline_plain(html: str) -> str:
    """The plain text of a stored body: one U+FFFC for each `<span data-ref>` marker."""
    return "".join(OBJECT_MARKER if run.ref else run.text for run in _read_runs(html))


def escape_plain(text: str) -> str:
    """Plain text as an inline body: `inline_plain(escape_plain(t)) == t` for clean `t`."""
    return escape(text, quote=False)


def map_inline_text(html: str, change: Callable[[str], str]) -> str:
    """A stored body with `change` (digits, say) applied to its text; tags, links and markers stay."""
    runs = _read_runs(html)
    return _write_runs([run if run.ref else _Run(change(run.text), run.marks, run.href) for run in runs])


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
        self._open: list[tuple[str, frozenset[str], str]] = []
        self._marks: frozenset[str] = frozenset()
        self._href = ""
        self._marker_depth = 0
        self._break_due = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = _SAME_AS.get(tag, tag)
        if tag == "br":
            self._add("\n")
            return
        self._open.append((tag, self._marks, self._href))
        if self._marker_depth:
            self._marker_depth += 1
            return
        attribute = REFERENCE_ATTRIBUTE if tag == REFERENCE_TAG else "href"
        value = dict(attrs).get(attribute) or ""
        if tag in _MARKS:
            self._marks |= {tag}
        elif tag == "a" and _LINK.fullmatch(value.strip()) and not _REMOVED.search(value):
            self._href = value.strip()
        elif tag == REFERENCE_TAG and (uuid := read_uuid(value)):
            self._flush_break()
            self.runs.append(_Run("", self._marks, self._href, uuid))
            self._marker_depth = 1
        elif tag in _BLOCKS:
            self._break_due = True

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            return
        opened, self._marks, self._href = self._open.pop()
        self._marker_depth = max(0, self._marker_depth - 1)
        if opened in _BLOCKS:
            self._break_due = True

    def handle_data(self, data: str) -> None:
        if not (self._break_due and data.isspace()):
            self._flush_break()
            self._add(data)

    def _flush_break(self) -> None:
        if self._break_due and self.runs:
            self._add("\n")
        self._break_due = False

    def _add(self, text: str) -> None:
        if not self._marker_depth:
            self.runs.append(_Run(text, self._marks, self._href))


def _settle_runs(runs: list[_Run]) -> list[_Run]:
    """Clean every run, drop empty ones, join equal neighbours; again until nothing changes."""
    while True:
        cleaned = [run if run.ref else _Run(_clean_run(run.text), run.marks, run.href) for run in runs]
        joined: list[_Run] = []
        pending: list[str] = []
        for run in cleaned:
            if not (run.text or run.ref):
                continue
            last = joined[-1] if joined else None
            if last and not (last.ref or run.ref) and (last.marks, last.href) == (run.marks, run.href):
                pending.append(run.text)
                continue
            _flush(joined, pending)
            joined.append(run)
        _flush(joined, pending)
        if joined == runs:
            return joined
        runs = joined


def _flush(joined: list[_Run], pending: list[str]) -> None:
    if pending:
        last = joined[-1]
        joined[-1] = _Run(last.text + "".join(pending), last.marks, last.href)
        pending.clear()


def _clean_run(text: str) -> str:
    return clean_text(text, max_length=MAX_INLINE_LENGTH).text


def _write_runs(runs: list[_Run]) -> str:
    out: list[str] = []
    opened: list[tuple[str, str]] = []
    for run in runs:
        link = [("a", f'<a href="{escape(run.href)}">')] if run.href else []
        wanted = link + [(mark, f"<{mark}>") for mark in _MARKS if mark in run.marks]
        kept = 0
        while kept < min(len(opened), len(wanted)) and opened[kept] == wanted[kept]:
            kept += 1
        out.extend(f"</{tag}>" for tag, _ in reversed(opened[kept:]))
        out.extend(start for _, start in wanted[kept:])
        opened = wanted
        out.append(write_reference(run.ref) if run.ref else escape_plain(run.text))
    out.extend(f"</{tag}>" for tag, _ in reversed(opened))
    return "".join(out)
