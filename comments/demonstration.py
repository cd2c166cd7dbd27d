"""The demonstration: the ten manuals, a hearing with its sessions, and what delegates said, all by real acts."""

import csv
import json
import uuid as uuids
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings

from hearing_portal.directory.demonstration import load_accounts
from hearing_portal.directory.loading import load_directory
from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import clean_text, escape_plain
from manuals.content import Content
from manuals.editions.services.freezing import freeze_edition
from manuals.importing.fixtures import FixtureManuals
from manuals.law.services import load_legal_sources
from manuals.models import Clause, Edition, EditionEntry, EditionRelease, Manual
from manuals.searching.services import index_edition

from .commenting.comment_input import CommentInput
from .commenting.services.recording import record_comment
from .commenting.services.supporting import support_comment
from .commenting.services.withdrawing import withdraw_comment
from .deciding.services.adopting import Adoption, adopt_amendments
from .deciding.services.objecting import object_to_answer
from .deciding.services.publishing import publish_answers
from .deciding.services.ruling import Ruling, confirm_disposition, decide_comments
from .hearings.services.announcing import create_hearing, create_session
from .hearings.services.running import discuss_entry, open_session
from .limits import TEXT_LIMIT
from .models import Comment, Disposition, Hearing, HearingSession
from .moderating.services import hide_comment, recommend_outcome
from .releasing.services import release_edition

Progress = Callable[[str], None]
BASELINE, DRAFT = "2553", "2565-D1"
NAMESPACE = uuids.UUID("5f1d1c64-2565-4920-8a10-000000000001")  # client keys of the demonstration's comments
DRAFTED_BY = date(2022, 10, 15)  # when words accepted "to be drafted" are due
ADVISERS = {"H1": "head-p1", "H2": "head-s1", "X1": "expert", "C1": "central"}
PUBLISHED_GROUP = "AUD"  # small enough to be decided to the last comment
DISCUSSED = ("FIN", "03-loan", "5", "5.1")  # group, process, part and number of what its room speaks of
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
    load_directory(fixtures / "directory")
    load_legal_sources(fixtures / "legal" / "legal_sources.csv")
    load_accounts()
    admin = User.objects.get(username="admin")
    manuals = FixtureManuals(fixtures / "manuals", by=admin, progress=progress)
    manuals.load_baseline()
    baseline = freeze_edition(code=BASELINE, kind=Edition.Kind.BASELINE, title="ฉบับ พ.ศ. 2553", by=admin)
    manuals.load_draft()
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
    progress("ความเห็นของผู้แทน")
    proceedings = Proceedings(hearing, fixtures / "demonstration")
    proceedings.load_comments()
    progress("ผลการพิจารณา")
    proceedings.load_decisions()
    proceedings.publish(PUBLISHED_GROUP)
    proceedings.open_room(*DISCUSSED)
    return True


def load_hearing(draft: Edition, *, by: User) -> Hearing:
    """The announced hearing: an online session for each group, opened, and a room for each, not opened yet."""
    hearing = create_hearing(
        by=by,
        key="2565",
        title="ประชาพิจารณ์คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา",
        opens_on=date(2022, 9, 20),
        closes_on=date(2022, 9, 21),
        public=True,
        moderation=Hearing.Moderation.SHOWN,
        venue="ห้องประชุมใหญ่ สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน กรุงเทพมหานคร และระบบออนไลน์",
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
    create_session(hearing=hearing, kind=HearingSession.Kind.PLENARY, work_group=None, edition=draft, by=by)
    return hearing


class Proceedings:
    """What people said and what became of it, out of the tables of a folder; who and what a row names is looked up
    once. A comment is known by its `no` in comments.csv."""

    def __init__(self, hearing: Hearing, folder: Path) -> None:
        self.hearing, self.folder = hearing, folder
        self.comments: dict[str, Comment] = {}
        self.sessions = {
            session.work_group.key: session
            for session in HearingSession.objects.filter(hearing=hearing, kind=HearingSession.Kind.ONLINE)
            .select_related("hearing", "work_group", "edition")
            .with_state()
        }
        self._people: dict[tuple[str, ...], User] = {}
        self._sections: dict[tuple[str, str], EditionEntry] = {}
        self._clauses: dict[tuple[int, int], list[EditionEntry]] = {}

    def load_comments(self) -> None:
        """Comments with their supports, and the replies to them."""
        for row in self._rows("comments"):
            comment = self._say(row["no"], self._entry(row), row["speaker"], _said(row, self._entry(row)))
            self.comments[row["no"]] = comment
            for name in row["supporters"].split():
                support_comment(comment, by=self._speaker(name, row["group"]))
        for number, row in enumerate(self._rows("replies")):
            parent = self.comments[row["to"]]
            comment_input = CommentInput(
                type=Comment.Type.ASK, text=clean_text(row["text"], max_length=TEXT_LIMIT).text
            )
            self._say(f"reply {number}", parent.entry, row["speaker"], comment_input, parent)

    def load_decisions(self) -> None:
        """Advice of facilitators and experts first, then what the drafters made of it."""
        for row in self._rows("recommendations"):
            recommend_outcome(
                self.comments[row["no"]],
                row["outcome"],
                by=self._person(row["by"]),
                reason=row["reason"],
            )
        for row in self._rows("decisions"):
            disposition = self._decide(self.comments[row["no"]], row)
            if disposition is not None and row["confirmed_by"]:
                confirm_disposition(disposition, by=self._person(row["confirmed_by"]))

    def publish(self, group: str) -> None:
        """All answers of the group, and the objections to them."""
        publish_answers(self.hearing, self.sessions[group].work_group, by=self._person(f"drafter-{group.lower()}"))
        for row in self._rows("objections"):
            comment = self.comments[row["no"]]
            object_to_answer(comment, row["text"], by=comment.author)

    def open_room(self, group: str, process: str, part: str, place: str) -> None:
        """The group's room sits and speaks of the clause; its online session stays open beside it."""
        facilitator = self._person(f"facilitator-{group.lower()}")
        room = HearingSession.objects.get(
            hearing=self.hearing,
            kind=HearingSession.Kind.ROOM,
            work_group=self.sessions[group].work_group,
        )
        open_session(room, by=facilitator)
        entry = self._entry({"group": group, "process": process, "part": part, "place": place})
        discuss_entry(room, entry, by=facilitator)

    # -- what a row names

    def _rows(self, table: str) -> list[dict[str, str]]:
        with (self.folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def _person(self, *usernames: str, group: str = "") -> User:
        """The one account of these names, with a role for the group where one is named."""
        key = (*usernames, group)
        if key not in self._people:
            people = User.objects.filter(username__in=usernames)
            people = people.filter(roles__work_group__key=group).distinct() if group else people
            self._people[key] = people.get()
        return self._people[key]

    def _speaker(self, name: str, group: str) -> User:
        if name in ADVISERS:
            return self._person(ADVISERS[name])
        stem = f"delegate-{name.lower()}"
        return self._person(stem, f"{stem}b", group=group)

    def _entry(self, row: dict[str, str]) -> EditionEntry:
        """The entry a row names: by its number, by the defined term, or the process itself (part 0)."""
        section = self._section(row["group"], row["process"])
        return self._clause(section, int(row["part"]), row["place"].strip()) if int(row["part"] or 0) else section

    def _section(self, group: str, process: str) -> EditionEntry:
        if (group, process) not in self._sections:
            title = _title(settings.BASE_DIR / "fixtures" / "manuals" / "2565" / group / f"{process}.txt")
            entries = self.sessions[group].edition.entries.select_related("manual__work_group", "edition")
            self._sections[group, process] = entries.get(kind="section", title=title, manual__key=group)
        return self._sections[group, process]

    def _clause(self, section: EditionEntry, part: int, place: str) -> EditionEntry:
        key = (section.section_id, part)
        if key not in self._clauses:
            entries = section.edition.entries.filter(section_id=section.section_id, part=part)
            self._clauses[key] = list(entries.select_related("blob", "manual__work_group", "edition"))
        entries = self._clauses[key]
        for entry in entries:
            term = entry.blob.content["data"].get("term") if entry.blob else None
            if arabic_digits(entry.cite) == arabic_digits(place) or (term and term == place):
                return entry
        if part == 3 and len(entries) == 1:
            return entries[0]
        raise LookupError(f"{section.title}: ไม่พบ {part} {place}")

    # -- acts

    def _say(
        self,
        key: str,
        entry: EditionEntry,
        speaker: str,
        comment_input: CommentInput,
        parent: Comment | None = None,
    ) -> Comment:
        group = entry.manual.work_group.key
        comment, _ = record_comment(
            session=self.sessions[group],
            entry=entry,
            comment_input=comment_input,
            by=self._speaker(speaker, group),
            client_key=uuids.uuid5(NAMESPACE, key),
            parent=parent,
        )
        return comment

    def _decide(self, comment: Comment, row: dict[str, str]) -> Disposition | None:
        """By the drafter of the comment's group; hidden by its facilitator, withdrawn by its author."""
        group = comment.entry.manual.work_group.key.lower()
        drafter = self._person(f"drafter-{group}")
        match row["act"]:
            case "hide":
                hide_comment(comment, by=self._person(f"facilitator-{group}"), reason=row["reason"])
                return None
            case "withdraw":
                return withdraw_comment(comment, by=comment.author)
            case "adopt":
                return adopt_amendments([_adoption(comment, row["words"])], by=drafter, reason=row["reason"])
        return decide_comments([comment], self._ruling(comment, row, drafter), by=drafter)

    def _ruling(self, comment: Comment, row: dict[str, str], drafter: User) -> Ruling:
        effects, reason = Disposition.Effect, row["reason"]
        if row["act"] == "accept_no_change":
            return Ruling(Disposition.Outcome.ACCEPTED, reason, effects.NO_TEXT_CHANGE)
        if row["act"] == "accept_to_draft":
            return Ruling(Disposition.Outcome.ACCEPTED, reason, effects.TO_DRAFT, assignee=drafter, due=DRAFTED_BY)
        points_to = None
        if row["points_to"]:
            part = int(row["points_to"].partition(".")[0])
            points_to = self._clause(comment.entry, part, row["points_to"])
        return Ruling(row["act"], reason, points_to=points_to, referred_to=row["referred_to"])


def _title(path: Path) -> str:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return lines[next(n for n, line in enumerate(lines) if "ชื่องาน (กระบวนงาน)" in line) + 1]


def _said(row: dict[str, str], entry: EditionEntry) -> CommentInput:
    return CommentInput(
        type=row["type"],
        text=clean_text(row["text"], max_length=TEXT_LIMIT).text,
        issue_class=row["issue_class"] or None,
        issue_data=json.loads(row["issue_data"] or "{}"),
        proposed=_proposed(entry, row["proposed"]),
    )


def _proposed(entry: EditionEntry, text: str) -> Content | None:
    """The entry's own content with the new words in its first field that is the clause's text."""
    if not text or entry.blob is None:
        return None
    content = entry.blob.as_content
    words = clean_text(text, max_length=TEXT_LIMIT).text
    attribute = dict(content.named).get("text", "body")
    return content.with_fields({"text": escape_plain(words) if attribute == "body" else words})


def _adoption(comment: Comment, words: str) -> Adoption:
    """The comment's proposal as it is, or with other final words."""
    amendment = comment.amendments.get()
    clause = Clause.objects.get(pk=amendment.clause_id)
    return Adoption(amendment, clause.lock_version, _proposed(comment.entry, words))
