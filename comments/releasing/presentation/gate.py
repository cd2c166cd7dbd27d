"""The page of an edition's release: its gates with what blocks them, and to whom it is or can be released."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.dates import be_datetime_short
from hearing_portal.thai.markup import OBJECT_MARKER, write_reference
from hearing_portal.thai.sentences import joined
from manuals.content import PARTS
from manuals.drafting.part_kinds import kinds_of_part
from manuals.drafting.reference_lacks import tell_unnamed
from manuals.drafting.step_table import STEP_PART
from manuals.drafting.told_words import load_told_words
from manuals.entries import EntryView
from manuals.models import Clause, Edition, EditionRelease, Section
from manuals.reading.names import clause_name
from manuals.reading.presentation.links import clause_anchor, name_in_editions
from manuals.reading.told_words import ToldWords, referenced_in

from ...deciding.presentation.blockers import (
    FOREWORD,
    ShownBlocker,
    ShownPassage,
    WritingWay,
    name_owner,
    show_comment_blocker,
)
from ...deciding.presentation.lost_words import lost_words_url
from ...deciding.presentation.promises import (
    name_writing,
    promised_words_url,
    tell_retired,
)
from ...deciding.presentation.writing import clause_writing_url, draft_place_url
from ...deciding.queries.blockers import Blocker, CommentBlocker
from ...links import edition_section_url
from ..queries.book import BookEntry
from ..queries.gate import (
    MANDATORY_PARTS,
    DebtBlocker,
    EntryBlocker,
    Gate,
    LeftWordsBlocker,
    LostWordsBlocker,
    OverlapBlocker,
    Passage,
    PublicationBlocker,
)

SHOWN = 100  # of one gate on a page
SHORT = 5  # blockers that stand open at once
AROUND = 80  # characters before and behind the words that a passage marks
MARKS = "ะัาำิีึืฺุู็่้๊๋์ํ๎ๅ"  # begin no word
# What it means that a gate is passed
GATE_NAMES = {
    Gate.UNPUBLISHED: "เผยแพร่ผลการพิจารณาความคิดเห็นแล้ว",
    Gate.HELD: "ตรวจความคิดเห็นก่อนแสดงแล้ว",
    Gate.OBJECTION: "พิจารณาคำขอทบทวนแล้ว",
    Gate.OBJECTION_TIME: "พ้นกำหนดขอทบทวน",
    Gate.TO_DRAFT: "ยกร่างเรื่องที่เห็นชอบแล้ว",
    Gate.LOST_WORDS: "คงถ้อยคำที่เห็นชอบแล้ว",
    Gate.LEFT_WORDS: "ไม่มีถ้อยคำของผลที่เปลี่ยนไปแล้ว",
    Gate.OVERLAP: "เรื่องซ้ำซ้อนมีข้อยุติแล้ว",
    Gate.REPEALED: "ไม่อ้างกฎหมายที่ยกเลิกแล้ว",
    Gate.NO_PROCESS: "มีกระบวนงานในเล่ม",
    Gate.MISSING_PART: "กระบวนงานมีส่วนบังคับครบ",
    Gate.BROKEN_REFERENCE: "การอ้างเลขข้อถูกต้อง",
}
# What is said of a comment that blocks a gate
COMMENT_WORDS: Mapping[str, str] = {
    Gate.UNPUBLISHED: "ยังไม่มีผลที่เผยแพร่",
    Gate.HELD: "ยังรอตรวจก่อนแสดง ผู้อื่นจึงยังไม่เห็นความคิดเห็นและผล โปรดเลือกแสดงหรือซ่อน",
    Gate.OBJECTION: "มีคำขอทบทวนที่ยังไม่ได้พิจารณา",
    Gate.TO_DRAFT: "เห็นชอบแล้วแต่ยังไม่ได้ยกร่าง",
    Gate.LOST_WORDS: "เห็นชอบแล้ว แต่ถ้อยคำที่เห็นชอบไม่อยู่ในร่างแล้ว โปรดเรียกคืนถ้อยคำ หรือแก้เป็นถ้อยคำอื่นและเลือกว่ายกร่างตามผลนี้",
    Gate.LEFT_WORDS: "ผลสุดท้ายไม่เห็นชอบ แต่ถ้อยคำที่แก้ตามผลเดิมยังอยู่ในข้อ โปรดเรียกคืนถ้อยคำก่อนแก้จากประวัติของข้อ หรือแก้ไขข้อนั้น",
}


# -- one blocker in words


def show_release_blocker(
    blocker: Blocker, told: ToldWords | None = None
) -> ShownBlocker:
    """`told` as load_passage_words gives it for all that are shown together."""
    if isinstance(blocker, CommentBlocker):
        return _show_comment_blocker(blocker)
    if blocker.kind == Gate.NO_PROCESS:
        return ShownBlocker(
            blocker.kind,
            text="คู่มือทุกเล่มยังไม่มีกระบวนงาน จึงไม่มีสิ่งที่จะเผยแพร่",
            ways=[WritingWay(reverse("manuals"), "จัดทำคู่มือ")],
        )
    if isinstance(blocker, PublicationBlocker):
        group = blocker.publication.work_group
        name = group.name if group is not None else FOREWORD
        until = be_datetime_short(blocker.publication.objections_until)
        text = joined(name, f"ยังอยู่ในกำหนดขอทบทวน ถึง {until}")
        url = ""
        if group is not None:
            # Where the group's answers stand, until their time is over
            page = reverse("group-answers", args=[group.key])
            hearing = blocker.publication.hearing.key
            url = f"{page}?{urlencode({'hearing': hearing})}"
        return ShownBlocker(blocker.kind, text, url=url, group=name_owner(group))
    if isinstance(blocker, OverlapBlocker):
        return _show_overlap_blocker(blocker)
    if isinstance(blocker, EntryBlocker):
        if told is None:
            told = load_passage_words([blocker])
        return _show_entry_blocker(blocker, told)
    raise TypeError(f"no words for {blocker}")


def _show_comment_blocker(blocker: CommentBlocker) -> ShownBlocker:
    """With the ways to write what it lacks, where that is known."""
    words = COMMENT_WORDS[blocker.kind]
    if isinstance(blocker, DebtBlocker):
        debt = blocker.debt
        shown = show_comment_blocker(blocker, f"{words} {tell_retired(debt)}".strip())
        place_url = draft_place_url(
            blocker.comment.entry, debt.clause, section=debt.section
        )
        writing = WritingWay(promised_words_url(debt), name_writing(debt))
        return replace(shown, place_url=place_url, ways=[writing])
    shown = show_comment_blocker(blocker, words)
    if isinstance(blocker, LostWordsBlocker):
        changed = blocker.lost.change.clause
        has_moved = blocker.lost.clause != changed
        name = "แก้ไขข้อที่รับถ้อยคำไว้" if has_moved else "แก้ไขข้อนี้"
        writing = WritingWay(lost_words_url(blocker.lost), name)
        return replace(shown, ways=[writing, _way_to_history(changed)])
    if isinstance(blocker, LeftWordsBlocker):
        clause = blocker.left.clause
        writing = WritingWay(clause_writing_url(clause), "แก้ไขข้อนี้")
        return replace(shown, ways=[writing, _way_to_history(clause)])
    return shown


def _way_to_history(clause: Clause) -> WritingWay:
    """The clause comes with section and manual."""
    args = [clause.section.manual.key, clause.section.uuid, clause.uuid]
    return WritingWay(reverse("clause-versions", args=args), "ดูประวัติของข้อ")


def _show_overlap_blocker(blocker: OverlapBlocker) -> ShownBlocker:
    """Both sides by name; the processes as they are called today, for an administrator."""
    overlap = blocker.overlap
    first = _name_side(overlap.work_group_a, overlap.section_a)
    second = overlap.agency
    if overlap.work_group_b is not None:
        second = _name_side(overlap.work_group_b, overlap.section_b)
    kind = overlap.get_kind_display()
    return ShownBlocker(
        blocker.kind,
        text=f"เรื่องซ้ำซ้อนที่ {overlap.pk} ({kind}) {first} กับ {second} ยังไม่มีข้อยุติ",
        url=reverse("overlap", args=[overlap.uuid]),
        group=name_owner(overlap.work_group_a),
    )


def _name_side(group: WorkGroup, section: Section | None) -> str:
    if section is None:
        return group.name
    return f"{group.name} {section.title}"


def load_passage_words(blockers: Iterable[Blocker]) -> ToldWords:
    """What the passages of a book refer to, by the numbers of the book. No query where none refers, else those of
    load_told_words or name_in_editions."""
    cited: set[str] = set()
    edition = None
    for blocker in blockers:
        if not isinstance(blocker, EntryBlocker) or blocker.passage is None:
            continue
        if OBJECT_MARKER in blocker.passage.text:
            edition = blocker.place.edition
            cited |= referenced_in([blocker.place.entry.clause_content.referring])
    if edition is None:
        return load_told_words(map(write_reference, cited))
    return ToldWords(name_in_editions(cited, [edition.pk]))


def _show_entry_blocker(blocker: EntryBlocker, told: ToldWords) -> ShownBlocker:
    place = blocker.place
    name = place.section_title
    if place.entry.kind == "clause":
        name = f"{name} {clause_name(place.entry)}"
    passage = None
    if blocker.kind == Gate.REPEALED:
        text = f"{joined('อ้าง', str(blocker.source))} ซึ่งยกเลิกแล้ว"
        if blocker.passage is not None:
            text = f"{joined('กล่าวถึง', str(blocker.source))} ซึ่งยกเลิกแล้ว"
            passage = _show_passage(blocker.passage, place.entry, told)
    elif blocker.kind == Gate.MISSING_PART:
        names = ", ".join(PARTS[part] for part in blocker.missing_parts)
        text = f"ยังขาด{names}"
    else:
        text = _tell_broken_references(blocker)
    if place.is_retired:
        text += " (ยกเลิกในร่างแล้ว โปรดจัดทำฉบับใหม่)"
    return ShownBlocker(
        blocker.kind,
        text=text,
        place=name,
        place_url=book_entry_url(place),
        group=name_owner(place.manual.work_group),
        passage=passage,
        ways=writing_ways(blocker),
    )


def _tell_broken_references(blocker: EntryBlocker) -> str:
    told = []
    if blocker.is_broken:
        book = "ฉบับนี้" if blocker.place.edition else "ร่างปัจจุบัน"
        told.append(f"อ้างถึงข้อที่ไม่มีใน{book}")
    if blocker.unnamed is not None:
        told += tell_unnamed(*blocker.unnamed)
    return " และ".join(told)


def writing_ways(blocker: EntryBlocker) -> list[WritingWay]:
    """Where what is wrong with an entry is put right in the editor: on the clause, in its row of the table of steps,
    or in a new clause of each part that is missing. What the draft has no more is put right already."""
    place = blocker.place
    if place.is_retired:
        return []
    args = [place.manual.key, place.section.uuid]
    table = reverse("step-table", args=args)
    if blocker.missing_parts:
        ways = []
        for part in blocker.missing_parts:
            url = table
            if part != STEP_PART:
                kind = kinds_of_part(part)[0]
                url = f"{reverse('clause-new', args=args)}?{urlencode({'part': part, 'kind': kind})}"
            ways.append(WritingWay(url, f"เขียนส่วนที่ {part}"))
        if set(blocker.missing_parts) >= MANDATORY_PARTS:
            ways.append(WritingWay(reverse("section-retire", args=args), "ไม่นำไว้ในเล่ม"))
        return ways
    if place.entry.part == STEP_PART:
        return [WritingWay(f"{table}#row-{place.entry.uuid}", "แก้ไขในตารางขั้นตอน")]
    return [
        WritingWay(reverse("clause-edit", args=[*args, place.entry.uuid]), "แก้ไขข้อนี้")
    ]


def _show_passage(passage: Passage, entry: EntryView, told: ToldWords) -> ShownPassage:
    """The marked words with what stands around them, cut between characters that belong together; references by what
    they are called."""

    def tell(start: int, end: int) -> str:
        text = passage.text
        stored = entry.clause_content.referring
        return told.fill_span(text[start:end], text[:start], stored, entry.section_id)

    before = passage.text[: passage.start]
    after = passage.text[passage.end :]
    start = passage.start - len(before[-AROUND:].lstrip(MARKS))
    end = passage.end + min(len(after), AROUND)
    before = tell(start, passage.start)
    after = tell(passage.end, end)
    if start:
        before = f"…{before}"
    if end < len(passage.text):
        after = f"{after}…"
    return ShownPassage(before, tell(passage.start, passage.end), after)


def book_entry_url(place: BookEntry) -> str:
    """Where the entry stands: in its edition, or in the working draft."""
    if place.edition is not None:
        return edition_section_url(place.edition, place.section, place.entry.uuid)
    page = reverse("draft", args=[place.manual.key, place.section.uuid])
    return f"{page}#{clause_anchor(place.entry.uuid)}"


# -- the gates


@dataclass(frozen=True, slots=True)
class ShownGate:
    """A gate with all that blocks it; without blockers it is passed."""

    name: str
    blockers: list[ShownBlocker]
    is_due: bool = True  # false where the release that is at hand needs not wait for it
    kind: str = ""
    asked_page: int = 0  # of its blockers; 0 where nobody asked for one

    @property
    def sign(self) -> str:
        return "x-circle" if self.is_due else "circle"

    @property
    def is_passed(self) -> bool:
        return not self.blockers

    @property
    def is_open(self) -> bool:
        return len(self.blockers) <= SHORT or self.asked_page > 0

    @property
    def shares(self) -> list[tuple[str, int]]:
        """[(group, how many are its)], the most first."""
        counts = Counter(blocker.group for blocker in self.blockers)
        return counts.most_common()

    @property
    def page(self) -> Page[ShownBlocker]:
        """Of its blockers: the one that was asked for, else the first."""
        return Paginator(self.blockers, SHOWN).get_page(self.asked_page or 1)


@dataclass(frozen=True, slots=True)
class GateState:
    """How far all gates are, in a word, with its sign and its family of colours."""

    words: str
    icon: str
    family: str


def show_gate_state(blockers: Sequence[Blocker], *, is_empty: bool) -> GateState:
    """Of what has to pass the gates: a final edition, or the draft of one."""
    if is_empty:
        return GateState("ยังไม่มีสิ่งที่ต้องตรวจสอบ", "circle", "wait")
    if blockers:
        return GateState(f"เหลือ {len(blockers):,}\u00a0เรื่อง", "x-circle", "no")
    return GateState("ครบทุกรายการ", "check-circle-fill", "yes")


def show_release_state(
    releases: Iterable["AudienceRelease"], *, is_empty: bool
) -> GateState:
    """Of an edition that passes no gates."""
    if any(row.release is not None for row in releases):
        return GateState("เผยแพร่แล้ว", "check-circle-fill", "yes")
    if is_empty:
        return GateState("ยังไม่มีกระบวนงานในฉบับ", "circle", "wait")
    return GateState("เผยแพร่ได้ทันที", "unlock", "wait")


def show_gates(
    blockers: Iterable[Blocker],
    *,
    is_due: bool = True,
    asked: tuple[str, int] = ("", 0),
) -> list[ShownGate]:
    """Every gate in order, the passed ones too. `asked` is (kind of a gate, page of its blockers)."""
    gates = {}
    for kind, name in GATE_NAMES.items():
        page = asked[1] if asked[0] == kind else 0
        gates[kind] = ShownGate(name, [], is_due, kind.value, page)
    rows = list(blockers)
    told = load_passage_words(rows)
    for blocker in rows:
        gate = gates[Gate(blocker.kind)]
        gate.blockers.append(show_release_blocker(blocker, told))
    return list(gates.values())


# -- to whom


@dataclass(frozen=True, slots=True)
class AudienceRelease:
    """Whether an edition is released to an audience, or can be."""

    audience: str
    word: str
    release: EditionRelease | None
    is_blocked: bool = False

    @property
    def note(self) -> str:
        if self.release is not None:
            return (
                f"{be_datetime_short(self.release.at)} โดย {self.release.by.shown_name}"
            )
        if self.is_blocked:
            return "ยังเผยแพร่ไม่ได้ ต้องดำเนินการให้ครบทุกรายการตรวจสอบก่อน"
        if self.audience == EditionRelease.Audience.PUBLIC:
            return "ทุกคนอ่านได้โดยไม่ต้องเข้าสู่ระบบ"
        return "ผู้ที่มีบทบาทในการประชาพิจารณ์อ่านได้"


def load_audience_releases(
    edition: Edition, *, is_blocked: bool
) -> list[AudienceRelease]:
    """One for each audience; `is_blocked` says that the public cannot have it yet. One query."""
    made = {}
    for release in edition.releases.select_related("by"):
        made[release.audience] = release
    rows = []
    for audience, word in EditionRelease.Audience.choices:
        blocks_this = is_blocked and audience == EditionRelease.Audience.PUBLIC
        rows.append(AudienceRelease(audience, word, made.get(audience), blocks_this))
    return rows
