"""The demonstration: the ten manuals, a hearing with its sessions, and what delegates said, all by real acts."""

import csv
import json
import uuid as uuids
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from hearing_portal.directory.demonstration import load_accounts
from hearing_portal.directory.loading.services import load_directory
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import clean_text, escape_plain
from manuals.content import Content
from manuals.editions.services.freezing import freeze_edition
from manuals.importing.fixtures import FixtureManuals
from manuals.law.services import load_legal_sources
from manuals.models import Edition, EditionEntry, EditionRelease, Manual
from manuals.queries import live_processes
from manuals.searching.services import index_edition
from manuals.teamwork.services.states import declare_written_ready
from manuals.wording import entry_content

from .citations import defined_term
from .commenting.comment_input import CommentInput
from .commenting.services.recording import record_comment
from .commenting.services.supporting import support_comment
from .commenting.services.withdrawing_comments import withdraw_comment
from .conclusions.services import sign_conclusion
from .deciding.queries.refusals import find_current_answers
from .deciding.services.adopting import Adoption, adopt_amendments
from .deciding.services.confirming import confirm_refusals
from .deciding.services.noting import note_comments
from .deciding.services.objecting import object_to_answer
from .deciding.services.publishing import publish_answers
from .deciding.services.ruling import Ruling, decide_comments
from .hearings.refusals import DaysTaken
from .hearings.services.announcing import change_hearing, create_hearing, create_session
from .hearings.services.session_states import discuss_entry, open_session
from .limits import TEXT_LIMIT
from .models import (
    Comment,
    Disposition,
    Hearing,
    HearingSession,
    Overlap,
    SimilarPair,
    Vote,
)
from .moderating.services import hide_comment, recommend_outcome
from .motions.services import note_motion
from .overlaps.overlap_input import OverlapInput, OverlapSide
from .overlaps.services.registering import add_comment_to_overlap, enter_overlap
from .overlaps.services.searching import search_similar_clauses
from .overlaps.services.settling import resolve_overlap
from .polls.services import ask_poll, end_poll, vote
from .positions.services import PositionInput, confirm_position
from .releasing.services import release_edition

Progress = Callable[[str], None]
Outcome = Disposition.Outcome
Effect = Disposition.Effect
BASELINE = "2553"
DRAFT = "2565-D1"
NAMESPACE = uuids.UUID(
    "5f1d1c64-2565-4920-8a10-000000000001"
)  # client keys of the demonstration's comments
RENEWED = "เลื่อนวันให้ตรงกับวันที่ทดลองใช้ระบบ"
RUNS = timedelta(
    days=30
)  # how long the demonstration's hearing is open: its days bind as those of a real one
DRAFTED_IN = timedelta(days=25)  # when words accepted "to be drafted" are due
ADVISERS = {"H1": "head-p1", "H2": "head-s1", "X1": "expert", "C1": "central"}
PUBLISHED_GROUP = "AUD"  # small enough to be decided to the last comment
DISCUSSED = {
    "group": "FIN",
    "process": "03-loan",
    "part": "5",
    "place": "5.1",
}  # what its room speaks of
WITHOUT_NAME = "(ข้อมูลสาธิตไม่ระบุชื่อ)"
SCOPE_PART = 3  # often one paragraph without a number
PROGRAMME = """08.30 น. ลงทะเบียน
09.00 น. พิธีเปิดและชี้แจงวัตถุประสงค์
09.30 น. แยกห้องรับฟังความคิดเห็นรายกลุ่มงาน 10 ห้อง
12.00 น. พักรับประทานอาหารกลางวัน
13.00 น. รับฟังความคิดเห็นรายกลุ่มงาน (ต่อ)
15.30 น. สรุปผลรายกลุ่มและประชุมรวม
16.30 น. ปิดการประชุม"""


def load_demonstration(*, progress: Progress = lambda line: None) -> bool:
    """Load all of it into an empty database; False when there are manuals already."""
    if Manual.objects.exists():
        return False
    fixtures = settings.BASE_DIR / "fixtures"
    progress("กลุ่มงาน สพท. ทะเบียนกฎหมาย และบัญชีสาธิต")
    load_directory(fixtures / "directory", by=None)
    load_legal_sources(fixtures / "legal" / "legal_sources.csv", by=None)
    load_accounts()
    admin = User.objects.get(username="admin")
    manuals = FixtureManuals(fixtures / "manuals", by=admin, progress=progress)
    manuals.load_baseline()
    baseline = freeze_edition(
        code=BASELINE,
        kind=Edition.Kind.BASELINE,
        title="ฉบับ พ.ศ. 2553",
        by=admin,
    )
    manuals.load_draft()
    declare_written_ready(
        live_processes().select_related("manual"),
        by=admin,
        reason="ร่างที่นำเข้ารับฟังความคิดเห็น",
    )
    draft = freeze_edition(
        code=DRAFT,
        kind=Edition.Kind.HEARING,
        title="ร่างรับฟังความคิดเห็น พ.ศ. 2565",
        by=admin,
        basis=baseline,
    )
    for edition in (baseline, draft):
        index_edition(edition)
        release_edition(edition, EditionRelease.Audience.PUBLIC, by=admin)
    hearing = load_hearing(draft, by=admin)
    tables = HearingTables(hearing, fixtures / "demonstration")
    progress("ความคิดเห็นของผู้แทน")
    tables.load_comments()
    tables.load_replies()
    progress("เรื่องซ้ำซ้อน")
    search_similar_clauses()
    tables.load_overlaps()
    tables.load_positions()
    progress("ผลการพิจารณา")
    tables.load_recommendations()
    tables.load_decisions()
    tables.publish_group(PUBLISHED_GROUP)
    tables.load_objections()
    tables.load_resolutions()
    search_similar_clauses()
    tables.load_conclusions()
    tables.open_room(DISCUSSED)
    return True


def load_hearing(draft: Edition, *, by: User) -> Hearing:
    """The announced hearing: an online session for each group, opened, and a room for each, not opened yet."""
    hearing = create_hearing(
        by=by,
        key="2565",
        title="ประชาพิจารณ์คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา",
        kind=Hearing.Kind.DEMONSTRATION,
        opens_on=timezone.localdate(),
        closes_on=timezone.localdate() + RUNS,
        public=True,
        moderation=Hearing.Moderation.SHOWN,
        venue="โรงแรมรอยัลซิตี้ ปิ่นเกล้า กรุงเทพมหานคร และระบบออนไลน์",
        # By whom the day is led is not known to us: their offices stand here, and that no name is told
        chairperson=f"ผู้แทนสำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน {WITHOUT_NAME}",
        organiser="กลุ่มพัฒนาระบบบริหาร",
        speakers=f"ผู้แทนกลุ่มพัฒนาระบบบริหาร {WITHOUT_NAME}",
        programme=PROGRAMME,
    )
    groups = WorkGroup.objects.valid_on(hearing.opens_on).filter(manual__isnull=False)
    for number, group in enumerate(groups, start=1):
        facilitator = User.objects.get(username=f"facilitator-{group.key.lower()}")
        online = create_session(
            hearing=hearing,
            kind=HearingSession.Kind.ONLINE,
            work_group=group,
            edition=draft,
            by=by,
        )
        open_session(online, by=facilitator)
        create_session(
            hearing=hearing,
            kind=HearingSession.Kind.ROOM,
            work_group=group,
            edition=draft,
            by=by,
            venue=f"ห้อง {number}",
        )
    create_session(
        hearing=hearing,
        kind=HearingSession.Kind.PLENARY,
        work_group=None,
        edition=draft,
        by=by,
    )
    return hearing


def renew_demonstration() -> bool:
    """Moves the last day of the demonstration's hearing when it is over, so that whoever starts it finds it open.

    False where there is none, it still runs, or another hearing has these days.
    """
    hearing = Hearing.objects.filter(kind=Hearing.Kind.DEMONSTRATION).first()
    today = timezone.localdate()
    if hearing is None or hearing.closes_on >= today:
        return False
    try:
        change_hearing(hearing, by=None, closes_on=today + RUNS, reason=RENEWED)
    except DaysTaken:
        return False  # a hearing of the portal's own has come after it
    return True


type Row = dict[str, str]  # of a table: {column: text}


class HearingTables:
    """What people said and what became of it, out of the tables of a folder. A comment is known by its `no` in
    comments.csv."""

    def __init__(self, hearing: Hearing, folder: Path) -> None:
        self.hearing = hearing
        self.folder = folder
        self.comments: dict[str, Comment] = {}
        self.overlaps: list[tuple[Overlap, Row]] = []
        self.sessions: dict[str, HearingSession] = {}
        online = HearingSession.objects.filter(
            hearing=hearing, kind=HearingSession.Kind.ONLINE
        )
        for session in online.select_related(
            "hearing", "work_group", "edition"
        ).with_state():
            self.sessions[_group_key(session.work_group)] = session
        self.people = DemonstrationPeople()
        self.entries = DemonstrationEntries(self.sessions)

    # -- the tables, in the order in which they are loaded

    def load_comments(self) -> None:
        """Comments with their supports."""
        for row in self._rows("comments"):
            entry = self.entries.find(row)
            comment_input = CommentInput(
                type=row["type"],
                text=_clean(row["text"]),
                issue_class=row["issue_class"] or None,
                issue_data=json.loads(row["issue_data"] or "{}"),
                proposed=_proposed_content(entry, row["proposed"]),
            )
            comment = self._record(row["no"], entry, row["speaker"], comment_input)
            self.comments[row["no"]] = comment
            for name in row["supporters"].split():
                support_comment(
                    comment, by=self.people.find_speaker(name, row["group"])
                )

    def load_replies(self) -> None:
        for number, row in enumerate(self._rows("replies")):
            parent = self.comments[row["to"]]
            comment_input = CommentInput(
                type=Comment.Type.ASK, text=_clean(row["text"])
            )
            self._record(
                f"reply {number}",
                parent.entry,
                row["speaker"],
                comment_input,
                parent=parent,
            )

    def load_overlaps(self) -> None:
        """Each by the facilitator of the first comment's group, from that comment, and the others added; with the
        clauses of both processes that the search found to be alike."""
        for row in self._rows("overlaps"):
            first, *others = [
                self.comments[number] for number in row["comments"].split()
            ]
            other = self.entries.find(row)
            group = _group_key(first.entry.manual.work_group).lower()
            facilitator = self.people.find(f"facilitator-{group}")
            overlap = enter_overlap(
                OverlapInput(
                    row["kind"],
                    _side_of(first.entry),
                    _side_of(other),
                    _clean(row["evidence"]),
                ),
                by=facilitator,
                comment=first,
                pairs=_pairs_of(first.entry, other),
            )
            for comment in others:
                group = _group_key(comment.entry.manual.work_group).lower()
                add_comment_to_overlap(
                    overlap, comment, by=self.people.find(f"facilitator-{group}")
                )
            self.overlaps.append((overlap, row))

    def load_resolutions(self) -> None:
        """How some of the overlaps were settled."""
        admin = self.people.find("admin")
        for overlap, row in self.overlaps:
            if row["resolution"]:
                resolve_overlap(
                    overlap,
                    row["resolution"],
                    by=admin,
                    reason=row["reason"],
                    split_at=row["split_at"],
                )

    def load_positions(self) -> None:
        """What heads confirmed for their offices: before answers are published."""
        for row in self._rows("positions"):
            head = self.people.find_speaker(row["by"], row["group"])
            comments = [self.comments[number].pk for number in row["comments"].split()]
            position_input = PositionInput(
                row["stance"], comments, _clean(row["words"])
            )
            confirm_position(
                load_roles(head).offices[0],
                self.hearing,
                Manual.objects.select_related("work_group").get(key=row["group"]),
                position_input,
                by=head,
            )

    def load_conclusions(self) -> None:
        """Summaries that facilitators signed."""
        for row in self._rows("conclusions"):
            session = self.sessions[row["group"]]
            sign_conclusion(
                self.hearing,
                session.work_group,
                session.edition,
                _clean(row["summary"]),
                by=self.people.find(row["by"]),
            )

    def load_recommendations(self) -> None:
        """The advice of facilitators and experts."""
        for row in self._rows("recommendations"):
            recommend_outcome(
                self.comments[row["no"]],
                row["outcome"],
                by=self.people.find(row["by"]),
                reason=row["reason"],
            )

    def load_decisions(self) -> None:
        """What the drafters decided, and who confirmed it."""
        for row in self._rows("decisions"):
            disposition = self._decide(self.comments[row["no"]], row)
            if disposition is not None and row["confirmed_by"]:
                answers = find_current_answers([disposition])[disposition.pk]
                confirm_refusals(
                    {disposition.pk: answers.values()},
                    by=self.people.find(row["confirmed_by"]),
                )

    def publish_group(self, group: str) -> None:
        """All answers of the group."""
        drafter = self.people.find(f"drafter-{group.lower()}")
        publish_answers(self.hearing, self.sessions[group].work_group, by=drafter)

    def load_objections(self) -> None:
        for row in self._rows("objections"):
            comment = self.comments[row["no"]]
            object_to_answer(comment, row["text"], by=comment.author)

    def open_room(self, discussed: Row) -> None:
        """The group's room sits and speaks of the clause; its online session stays open beside it."""
        group = discussed["group"]
        facilitator = self.people.find(f"facilitator-{group.lower()}")
        room = HearingSession.objects.get(
            hearing=self.hearing,
            kind=HearingSession.Kind.ROOM,
            work_group=self.sessions[group].work_group,
        )
        open_session(room, by=facilitator)
        for row in self._rows("motions"):
            self._hold(room, row, by=facilitator)
        discuss_entry(room, self.entries.find(discussed), by=facilitator)

    def _hold(self, room: HearingSession, row: Row, *, by: User) -> None:
        """What the meeting held on a clause, after a show of hands where the row has answers: "P1:yes S4:no"."""
        entry = self.entries.find(row)
        discuss_entry(room, entry, by=by)
        if row["answers"]:
            poll = ask_poll(room, question=row["question"], entry=entry, by=by)
            for told in row["answers"].split():
                name, answer = told.split(":")
                speaker = self.people.find_speaker(name, row["group"])
                assert speaker.office is not None
                vote(
                    poll,
                    office=speaker.office,
                    answer=answer,
                    standing=Vote.Standing.DELEGATE,
                    by=speaker,
                )
            end_poll(poll, by=by)
        note_motion(room, entry, words=row["words"], proposed=row["proposed"], by=by)

    def _rows(self, table: str) -> list[Row]:
        path = self.folder / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    # -- acts

    def _record(
        self,
        key: str,
        entry: EditionEntry,
        speaker: str,
        comment_input: CommentInput,
        *,
        parent: Comment | None = None,
    ) -> Comment:
        group = _group_key(entry.manual.work_group)
        comment, _ = record_comment(
            session=self.sessions[group],
            entry=entry,
            comment_input=comment_input,
            by=self.people.find_speaker(speaker, group),
            client_key=uuids.uuid5(NAMESPACE, key),
            parent=parent,
        )
        return comment

    def _decide(self, comment: Comment, row: Row) -> Disposition | None:
        """By the drafter of the comment's group; hidden by its facilitator, withdrawn by its author."""
        group = _group_key(comment.entry.manual.work_group).lower()
        drafter = self.people.find(f"drafter-{group}")
        reason = row["reason"]
        ruling = Ruling(row["act"], reason, referred_to=row["referred_to"])
        match row["act"]:
            case "hide":
                facilitator = self.people.find(f"facilitator-{group}")
                hide_comment(comment, by=facilitator, reason=reason)
                return None
            case "withdraw":
                return withdraw_comment(comment, by=comment.author)
            case "note":
                [noted] = note_comments([comment], by=drafter)
                return noted
            case "adopt":
                adoption = _adoption(comment, row["words"])
                return adopt_amendments(
                    [adoption], by=drafter, reason=reason
                ).disposition
            case "accept_no_change":
                ruling = Ruling(Outcome.ACCEPTED, reason, Effect.NO_TEXT_CHANGE)
            case "accept_to_draft":
                ruling = Ruling(
                    Outcome.ACCEPTED,
                    reason,
                    Effect.TO_DRAFT,
                    assignee=drafter,
                    due=timezone.localdate() + DRAFTED_IN,
                )
        if row["points_to"]:
            number = row["points_to"]
            part = int(number.partition(".")[0])
            clause = self.entries.find_clause(comment.entry, part, number)
            ruling = replace(ruling, points_to=clause)
        return decide_comments([comment], ruling, by=drafter)


class DemonstrationPeople:
    """The accounts of the demonstration, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, ...], User] = {}

    def find(self, *usernames: str, group: str = "") -> User:
        """The one account of these names, with a role for the group where one is named."""
        key = (*usernames, group)
        if key not in self._known:
            people = User.objects.filter(username__in=usernames)
            if group:
                people = people.filter(roles__work_group__key=group).distinct()
            self._known[key] = people.get()
        return self._known[key]

    def find_speaker(self, name: str, group: str) -> User:
        """Who speaks in a table as P1 (the delegate of an office for the group) or X1 (an adviser)."""
        if name in ADVISERS:
            return self.find(ADVISERS[name])
        stem = f"delegate-{name.lower()}"
        return self.find(stem, f"{stem}b", group=group)


class DemonstrationEntries:
    """The entries of the hearing's edition, each looked up once. `sessions` is {group: its online session}."""

    def __init__(self, sessions: dict[str, HearingSession]) -> None:
        self.sessions = sessions
        self._sections: dict[tuple[str, str], EditionEntry] = {}
        self._clauses: dict[tuple[int | None, int], list[EditionEntry]] = {}

    def find(self, row: Row) -> EditionEntry:
        """The entry a row names: by its number, by the defined term, or the process itself (part 0)."""
        group = row["group"]
        process = row[
            "process"
        ]  # names the file it was loaded from; its title stands there
        if (group, process) not in self._sections:
            folder = settings.BASE_DIR / "fixtures" / "manuals" / "2565" / group
            title = _read_title(folder / f"{process}.txt")
            entries = self.sessions[group].edition.entries.select_related(
                "manual__work_group", "edition"
            )
            section = entries.get(
                kind="section",
                title=title,
                manual__key=group,
            )
            self._sections[group, process] = section
        section = self._sections[group, process]
        part = int(row["part"] or 0)
        if not part:
            return section
        return self.find_clause(section, part, row["place"].strip())

    def find_clause(
        self,
        section: EditionEntry,
        part: int,
        number_or_term: str,
    ) -> EditionEntry:
        """A clause of the section of this entry. Raises LookupError."""
        key = (section.section_id, part)
        if key not in self._clauses:
            entries = section.edition.entries.filter(
                section=section.section_id, part=part
            )
            self._clauses[key] = list(
                entries.select_related("blob", "manual__work_group", "edition")
            )
        clauses = self._clauses[key]
        for clause in clauses:
            if arabic_digits(clause.cite) == arabic_digits(number_or_term):
                return clause
            if number_or_term and defined_term(clause) == number_or_term:
                return clause
        if part == SCOPE_PART and len(clauses) == 1:
            return clauses[0]
        raise LookupError(f"{section.title}: ไม่พบ {part} {number_or_term}")


def _read_title(path: Path) -> str:
    """The line after the heading of part 1."""
    text = path.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    lines = [line for line in lines if line]
    for number, line in enumerate(lines):
        if "ชื่องาน (กระบวนงาน)" in line:
            return lines[number + 1]
    raise LookupError(f"{path.name}: ไม่พบชื่องาน")


def _group_key(group: WorkGroup | None) -> str:
    """Every comment of the demonstration is on a group's manual."""
    if group is None:
        raise LookupError("ไม่มีกลุ่มงาน")
    return group.key


def _side_of(entry: EditionEntry) -> OverlapSide:
    return OverlapSide(entry.manual.work_group, entry.section, entry.clause)


def _pairs_of(one: EditionEntry, other: EditionEntry) -> list[SimilarPair]:
    """What the search found between two processes, in whichever order."""
    sections = [one.section_id, other.section_id]
    pairs = SimilarPair.objects.filter(
        clause_a__section__in=sections, clause_b__section__in=sections
    )
    return list(pairs.order_by("pk"))


def _clean(text: str) -> str:
    return clean_text(text, max_length=TEXT_LIMIT).text


def _proposed_content(entry: EditionEntry, text: str) -> Content | None:
    """The entry's own content with the new words in its first field that is the clause's text."""
    content = entry_content(entry)
    if not text or content is None:
        return None
    words = _clean(text)
    attribute = dict(content.named).get("text", "body")
    if attribute == "body":
        words = escape_plain(words)
    return content.with_fields({"text": words})


def _adoption(comment: Comment, words: str) -> Adoption:
    """The comment's proposal as it is, or with other final words."""
    amendment = comment.amendments.select_related("clause").get()
    if amendment.clause is None:
        raise LookupError(f"{comment.pk}: ไม่มีข้อ")
    final_words = _proposed_content(comment.entry, words)
    return Adoption(amendment, amendment.clause.lock_version, final_words)
