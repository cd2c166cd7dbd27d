"""The demonstration: the ten manuals, a hearing with its sessions, and what delegates said, all by real acts."""

import csv
import uuid as uuids
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.directory.services.demonstration import load_accounts
from hearing_portal.directory.services.loading import load_directory
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import clean_text, escape_plain
from manuals.content import Content
from manuals.models import Clause, Edition, EditionEntry, EditionRelease, Manual
from manuals.services.editions import freeze_edition
from manuals.services.fixture_manuals import FixtureManuals
from manuals.services.indexing import index_edition
from manuals.services.legal_registry import load_legal_sources

from ..models import Comment, Disposition, Hearing, HearingSession
from .commenting import Said, record_comment, support_comment
from .deciding import Adoption, Ruling, adopt_amendments, decide_comments
from .moderation import hide_comment
from .publishing import release_edition
from .sessions import create_hearing, create_session, open_session

Progress = Callable[[str], None]
BASELINE, DRAFT = "2553", "2565-D1"
NAMESPACE = uuids.UUID("5f1d1c64-2565-4920-8a10-000000000001")  # client keys of the demonstration's comments
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
        code=DRAFT, kind=Edition.Kind.HEARING, title="ร่างรับฟังความคิดเห็น พ.ศ. 2565", by=admin, basis=baseline
    )
    for edition in (baseline, draft):
        index_edition(edition)
        release_edition(edition, EditionRelease.Audience.PUBLIC, by=admin)
    hearing = load_hearing(draft, by=admin)
    progress("ความเห็นของผู้แทน")
    load_comments(hearing, fixtures / "demonstration")
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
        place="ห้องประชุมใหญ่ สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน กรุงเทพมหานคร และระบบออนไลน์",
        programme=PROGRAMME,
    )
    groups = WorkGroup.objects.valid_on(hearing.opens_on).filter(manual__isnull=False)
    for number, group in enumerate(groups, start=1):
        facilitator = User.objects.get(username=f"facilitator-{group.key.lower()}")
        online = create_session(
            hearing=hearing, kind=HearingSession.Kind.ONLINE, work_group=group, edition=draft, by=by
        )
        open_session(online, by=facilitator)
        create_session(
            hearing=hearing,
            kind=HearingSession.Kind.ROOM,
            work_group=group,
            edition=draft,
            by=by,
            place=f"ห้อง {number}",
        )
    create_session(hearing=hearing, kind=HearingSession.Kind.PLENARY, work_group=None, edition=draft, by=by)
    return hearing


@dataclass(slots=True)
class _Row:
    """A line of comments.csv with the entry it is about."""

    values: dict[str, str]
    entry: EditionEntry
    speaker: User
    session: HearingSession

    @property
    def said(self) -> Said:
        words = self.values
        return Said(
            type=words["type"],
            text=clean_text(words["text"], max_length=4000).text,
            issue_class=words["issue_class"] or None,
            proposed=_proposed(self.entry, words["proposed"]),
        )


def load_comments(hearing: Hearing, folder: Path) -> int:
    """Comments, supports and a few decisions of fixtures/demonstration. Returns the number of comments."""
    path = folder / "comments.csv"
    if not path.exists():
        return 0
    comments: dict[str, Comment] = {}
    for values in _csv(path):
        row = _row(hearing, values)
        key = uuids.uuid5(NAMESPACE, values["no"])
        comments[values["no"]], _ = record_comment(
            session=row.session, entry=row.entry, said=row.said, by=row.speaker, client_key=key
        )
        for name in values["supporters"].split():
            support_comment(comments[values["no"]], by=_speaker(name, values["group"]))
    for values in _csv(folder / "decisions.csv"):
        _decide(comments[values["no"]], values)
    return len(comments)


def _csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _row(hearing: Hearing, values: dict[str, str]) -> _Row:
    session = HearingSession.objects.get(
        hearing=hearing, kind=HearingSession.Kind.ONLINE, work_group__key=values["group"]
    )
    text = settings.BASE_DIR / "fixtures" / "manuals" / "2565" / values["group"] / f"{values['process']}.txt"
    title = _title(text)
    section = session.edition.entries.get(kind="section", title=title, manual__key=values["group"])
    return _Row(values, _entry(section, values), _speaker(values["speaker"], values["group"]), session)


def _title(path: Path) -> str:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return lines[next(n for n, line in enumerate(lines) if "ชื่องาน (กระบวนงาน)" in line) + 1]


def _entry(section: EditionEntry, values: dict[str, str]) -> EditionEntry:
    """The entry a row of the table names: by its number, by the defined term, or the process itself."""
    part, place = int(values["part"] or 0), arabic_digits(values["place"].strip())
    if part == 0:
        return section
    entries = section.edition.entries.filter(section_id=section.section_id, part=part).select_related("blob")
    for entry in entries:
        term = entry.blob.content["data"].get("term") if entry.blob else None
        if arabic_digits(entry.cite) == place or (term and term == values["place"].strip()):
            return entry
    if part == 3 and len(entries) == 1:
        return entries[0]
    raise LookupError(f"{values['group']} {values['process']}: ไม่พบ {part} {place}")


def _speaker(name: str, group: str) -> User:
    names = {"H1": "head-p1", "H2": "head-s1", "X1": "expert", "C1": "central"}
    if name in names:
        return User.objects.get(username=names[name])
    stem = f"delegate-{name.lower()}"
    users = User.objects.filter(username__in=[stem, f"{stem}b"], roles__work_group__key=group).distinct()
    return users.get()


def _proposed(entry: EditionEntry, text: str) -> Content | None:
    """The entry's own content with the new words in its first field that is the clause's text."""
    if not text or entry.blob is None:
        return None
    content = entry.blob.as_content
    words = clean_text(text, max_length=4000).text
    attribute = dict(content.named).get("text", "body")
    return content.with_fields({"text": escape_plain(words) if attribute == "body" else words})


def _decide(comment: Comment, values: dict[str, str]) -> None:
    drafter = User.objects.get(username="drafter-dir")
    act, reason = values["act"], values["reason"]
    if act == "hide":
        hide_comment(comment, by=User.objects.get(username="facilitator-dir"), reason=reason)
    elif act == "adopt":
        amendment = comment.amendments.get()
        clause = Clause.objects.get(pk=amendment.clause_id)
        adopt_amendments([Adoption(amendment, clause.lock_version)], by=drafter, reason=reason)
    else:
        decide_comments([comment], _ruling(comment, act, values), by=drafter)


def _ruling(comment: Comment, act: str, values: dict[str, str]) -> Ruling:
    reason = values["reason"]
    if act == "accept_no_change":
        return Ruling(Disposition.Outcome.ACCEPTED, reason, Disposition.Effect.NO_TEXT_CHANGE)
    if act == "accept_to_draft":
        assignee = User.objects.get(username="drafter-two")
        return Ruling(
            Disposition.Outcome.ACCEPTED,
            reason,
            Disposition.Effect.TO_DRAFT,
            assignee=assignee,
            due=date(2022, 10, 15),
        )
    points_to = None
    if values["points_to"]:
        section = comment.entry.edition.entries.get(kind="section", section_id=comment.entry.section_id)
        points_to = _entry(
            section, {**values, "part": values["points_to"].partition(".")[0], "place": values["points_to"]}
        )
    return Ruling(act, reason, points_to=points_to, referred_to=values["referred_to"])
