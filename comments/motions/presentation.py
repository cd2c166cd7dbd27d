"""Motions as pages, walls and minutes tell them."""

from collections.abc import Iterable
from dataclasses import dataclass

from hearing_portal.thai.diff import diff_tokens, segments
from manuals.models import EditionEntry
from manuals.reading.told_words import load_edition_words
from manuals.wording import Redline

from ..citations import cite_entry, cite_in_section
from ..commenting.presentation.quotes import wording_lines
from ..models import Motion

BEGINNING = "ที่ประชุมเห็นควร"
ADVICE = "มติของที่ประชุมเป็นข้อมูลประกอบการพิจารณา ไม่ผูกพันผลการพิจารณาของคณะทำงาน"


@dataclass(frozen=True, slots=True)
class ShownMotion:
    """`redline` is against the clause's words; None without proposed words."""

    motion: Motion
    citation: str
    redline: Redline | None

    @property
    def told(self) -> str:
        return tell_motion(self.motion)


def tell_motion(motion: Motion) -> str:
    """ที่ประชุมเห็นควร… once, however it was typed."""
    words = motion.words
    if words.startswith(BEGINNING):
        return words
    return f"{BEGINNING}{words}"


def tell_with_words(motion: Motion) -> str:
    """With the words that the meeting proposed, where it did."""
    what = tell_motion(motion)
    if motion.proposed:
        return f"{what} โดยให้ใช้ถ้อยคำว่า “{motion.proposed}”"
    return what


def show_motions(motions: Iterable[Motion]) -> list[ShownMotion]:
    """They come with their entries and the entries' wordings. The queries of load_edition_words at most."""
    motions = list(motions)
    proposing = [motion.entry for motion in motions if motion.proposed]
    told = load_edition_words(proposing) if proposing else {}
    shown = []
    for motion in motions:
        redline = None
        if motion.proposed:
            lines = wording_lines(motion.entry, told.get(motion.entry.edition_id))
            redline = redline_proposed([line.words for line in lines], motion.proposed)
        shown.append(ShownMotion(motion, cite_entry(motion.entry), redline))
    return shown


def redline_proposed(words: Iterable[str], proposed: str) -> Redline:
    """The proposed words against those that stand, whose fields are lines."""
    old = "\n".join(words)
    return Redline("", segments(diff_tokens(old, proposed), old, proposed))


def words_of_entry(entry: EditionEntry) -> str:
    """To begin a proposal with. With its wording."""
    return "\n".join(line.words for line in wording_lines(entry))


def tell_in_minutes(motion: Motion, corrected: Motion | None) -> str:
    """One or two sentences. `corrected` is what it takes the place of."""
    what = tell_with_words(motion)
    place = cite_in_section(motion.entry)
    if corrected is not None:
        return f"แก้มติ {place} จาก “{tell_motion(corrected)}” เป็น “{what}”"
    return f"{place} {what}"
