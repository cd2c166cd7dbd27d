"""Bytes that came from outside, as text: Unicode, else Thai as Windows wrote it (code page 874, which has all of
TIS-620), else nothing.

Every byte is some letter of some code page: taken for Latin-1, Thai becomes ¤ÇÒÁ, and nobody finds it again.
"""

import re

from hearing_portal.thai.script import CONSONANT, MARK

_LETTER = "\u0e01-\u0e3a\u0e40-\u0e4e"
_LEADING_VOWEL = "\u0e40-\u0e44"
# A mark without a consonant below it, a vowel that nothing follows, and a Thai letter alone beside Latin ones:
# Latin-1's é, à and Ä read as Thai
_NOT_THAI = re.compile(
    f"(?<![{CONSONANT}{MARK}])[{MARK}]|[{_LEADING_VOWEL}](?![{CONSONANT}{_LEADING_VOWEL}])"
    f"|(?<![{_LETTER}])[{_LETTER}](?=[A-Za-z])|(?<=[A-Za-z])[{_LETTER}](?![{_LETTER}])"
)
# The least that a word has. The signs of Windows-1252 («, §, ©, °) stand alone, or twice, and would be letters here
_SYLLABLE = re.compile(f"([{_LETTER}])(?!\\1)[{_LETTER}]")
# Thai letters in UTF-8: where half of a letter is lost, the rest could be read as เธ and เน
_THAI_IN_UTF8 = re.compile(rb"\xe0[\xb8\xb9][\x80-\xbf]")
# The end of a text that was cut inside such a letter
_CUT_IN_UTF8 = re.compile(rb"\xe0[\xb8\xb9]\Z")


class NoText(ValueError):
    """The bytes are neither UTF-8, UTF-16 nor Thai in code page 874."""


_THAI_IN_UTF16_LE = re.compile(rb"(?:[\x01-\x5b]\x0e|[\x09-\x7e]\x00){4}")
_THAI_IN_UTF16_BE = re.compile(rb"(?:\x0e[\x01-\x5b]|\x00[\x09-\x7e]){4}")


def decode_thai(raw: bytes) -> str:
    """The text, without the mark that Windows puts before Unicode. Raises NoText."""
    encoding = _utf16_of(raw)
    if encoding:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            raise NoText from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("cp874")
    except UnicodeDecodeError:
        raise NoText from None
    bytes_of_letters = 3 * len(_THAI_IN_UTF8.findall(raw))
    is_broken_utf8 = 2 * bytes_of_letters > sum(byte > 0x7F for byte in raw)
    is_broken_utf8 = is_broken_utf8 or _CUT_IN_UTF8.search(raw) is not None
    if _NOT_THAI.search(text) or not _SYLLABLE.search(text) or is_broken_utf8:
        raise NoText
    return text


def _utf16_of(raw: bytes) -> str:
    """The encoding of what Notepad calls Unicode; "" for anything else. Without a mark it shows by its zero bytes, of
    which no text in one-byte letters has any."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" not in raw[:4000] or len(raw) % 2:
        return ""
    if _THAI_IN_UTF16_LE.match(raw):
        return "utf-16-le"
    if _THAI_IN_UTF16_BE.match(raw):
        return "utf-16-be"
    return ""
