"""The small hearings that the screens are looked at in: a busy one, one nobody has spoken in, and so on.

Each maker gives everything the addresses and steps of tests/journeys/screens.py name: people by their part
("delegate", "admin", …) and things by their word ("process", "hidden_comment", …).
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from axes.models import AccessAttempt
from django.utils import timezone

from comments.commenting.services.recording import CommentInput, edit_comment, withdraw_comment
from comments.hearings.services.running import close_session, pause_session
from comments.models import Comment
from hearing_portal.directory.importing.jobs import KIND
from hearing_portal.directory.models import User
from hearing_portal.directory.people.services import FIRST_PASSWORD_MARK
from hearing_portal.jobs.files import store_file
from hearing_portal.thai.text import escape_plain
from manuals.content import Text
from manuals.drafting.changes import AddClause, Position, ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.structure import retire_clause
from manuals.editions.verify_code import verify_code
from manuals.models import Clause, EditionEntry, Section
from manuals.searching.services import index_edition
from tests import factories

Scene = SimpleNamespace
FAR = datetime(2999, 1, 1, tzinfo=UTC)
LONG_REASON = "ระเบียบงานสารบรรณกำหนดไว้แล้วในข้อ 35 จึงไม่จำเป็นต้องเขียนซ้ำในคู่มือ"
NEW_WORDS = "ตรวจสอบความครบถ้วนของหนังสือในระบบสารบรรณอิเล็กทรอนิกส์"


def make_people(scene: Scene) -> None:
    group, other = factories.make_group("DIR"), factories.make_group("FIN")
    scene.group, scene.other_group = group, other
    scene.office, scene.second_office = factories.make_office(), factories.make_office("สพม.ชลบุรี ระยอง")
    scene.empty_office = factories.make_office("สพม.ลำปาง ลำพูน")
    scene.reader = factories.make_user("reader", "อ่าน", "อย่างเดียว")
    scene.delegate = factories.make_delegate(group, scene.office, username="somsri")
    scene.mate = factories.make_delegate(
        group, scene.office, username="manee", given_name="มานี", password=factories.PASSWORD
    )
    User.objects.filter(pk=scene.mate.pk).update(password=FIRST_PASSWORD_MARK)  # got one, never used it
    scene.second = factories.make_delegate(group, scene.second_office, username="mana", given_name="มานะ")
    scene.stranger = factories.make_delegate(other, scene.second_office, username="piti", given_name="ปิติ")
    scene.head = factories.make_office_head(scene.office, username="thawat")
    scene.facilitator = factories.make_facilitator(group, username="wipa")
    scene.drafter = factories.make_drafter(group, username="prayoon")
    scene.colleague = factories.make_drafter(group, username="chalor", given_name="ชะลอ")
    scene.expert = factories.make_expert(group, username="suwit")
    scene.admin = factories.make_admin(username="aree")
    scene.role = scene.delegate.roles.get()
    scene.nobody = None


def make_book(scene: Scene) -> None:
    """The manual as it was in 2553 and as it is heard: a clause reworded, one added, one gone."""
    by = scene.drafter
    manual = factories.make_manual(scene.group)
    scene.unit = factories.make_section(manual, "งานสารบรรณ", by=by)
    scene.process = factories.make_process(unit=scene.unit, by=by)
    scene.undrafted = factories.make_section(
        manual, "การจัดเก็บและทำลายหนังสือ", kind=Section.Kind.PROCESS, parent=scene.unit, by=by
    )
    scene.basis = factories.make_edition("2553", kind="baseline", title="คู่มือการปฏิบัติงาน พ.ศ. 2553", by=by)
    revise(scene, "5.1", "เจ้าหน้าที่สารบรรณกลางเปิดระบบสารบรรณอิเล็กทรอนิกส์ทุกชั่วโมงราชการ")
    scene.gone = factories.clause_at(scene.process, "2.2")
    retire_clause(scene.gone, scene.gone.lock_version, by=by, reason="ซ้ำกับวัตถุประสงค์ข้อแรก")
    last = factories.clause_at(scene.process, "5.3")
    place = Position(scene.process, 5, None, last.rank + "5")
    added = AddClause(Text(body=escape_plain("แจ้งเตือนหนังสือที่ยังไม่มีผู้เปิดอ่านเมื่อครบหนึ่งวันทำการ")), place)
    apply_changes(by, "edit", "เพิ่มข้อ", [added])
    scene.edition = factories.make_edition("HEARING-2565", basis=scene.basis, by=scene.admin)
    index_edition(scene.edition)
    scene.verify_code = verify_code(scene.edition.manifest_sha)
    scene.entry = entry_at(scene, "5.2")
    scene.process_entry = factories.entry_of(scene.edition, scene.process)
    scene.step_entry = scene.edition.entries.filter(clause__section=scene.process, part=9, kind="clause").first()


def revise(scene: Scene, cite: str, words: str) -> Clause:
    """The live draft says other words."""
    clause = factories.clause_at(scene.process, cite)
    change = ReviseClause(clause, clause.lock_version, Text(body=escape_plain(words)))
    apply_changes(scene.drafter, "edit", "ปรับถ้อยคำ", [change])
    return clause


def entry_at(scene: Scene, cite: str) -> EditionEntry:
    return factories.entry_of(scene.edition, factories.clause_at(scene.process, cite))


def make_hall(scene: Scene, *, audience: str = "public", opened: bool = True, **session: object) -> None:
    """The hearing with the group's online session."""
    for edition in (scene.basis, scene.edition):
        factories.make_release(edition, audience, by=scene.admin)
    scene.hearing = factories.make_hearing(
        key="2565",
        venue="โรงแรมริมแม่น้ำ กรุงเทพมหานคร",
        programme="09.00 น. ลงทะเบียน\n09.30 น. เปิดเวที",
    )
    scene.session = factories.make_session(scene.edition, scene.group, hearing=scene.hearing, **session)
    if opened:
        scene.session = factories.open_session(scene.session, by=scene.facilitator)


def make_comments(scene: Scene) -> None:
    """One comment of each fate."""
    say, entry, session = factories.say, scene.entry, scene.session
    words = Text(body=escape_plain(NEW_WORDS))
    why = "ขอให้ตรวจในระบบ เพราะสมุดทะเบียนค้นย้อนหลังไม่ได้ ท่านผู้ใช้ทุกเขตเห็นตรงกัน"
    scene.comment = say(session, entry, scene.delegate, why, proposed=words)
    factories.make_support(scene.comment, scene.second_office, by=scene.second)
    scene.reply = factories.make_comment(
        session, entry, scene.second, text="เห็นด้วย และขอให้กำหนดเวลาด้วย", type="ask", parent=scene.comment
    )
    scene.edited = say(session, entry, scene.delegate, "ขอทราบระเบียบที่อ้าง", "ask")
    edit_comment(scene.edited, CommentInput("ask", "ขอทราบระเบียบและข้อที่อ้างในข้อนี้"), by=scene.delegate, session=session)
    scene.other = say(session, entry, scene.second, "ขอให้คงถ้อยคำตามร่าง", "agree")
    place = entry_at(scene, "5.1")
    often = Text(body=place.blob.plain.replace("ทุกชั่วโมง", "วันละสี่ครั้ง"))
    scene.outdated = say(session, place, scene.second, "ขอให้เปิดวันละสี่ครั้ง", proposed=often)
    scene.withdrawn = say(session, entry, scene.delegate, "ส่งผิดข้อ ขอถอน", "ask")
    withdraw_comment(scene.withdrawn, by=scene.delegate)
    scene.hidden = factories.make_comment(session, entry, scene.second, text="ข้อความไม่สุภาพ", type="ask")
    factories.make_moderation(scene.hidden, "hidden", by=scene.facilitator)
    scene.held = factories.make_comment(
        session, scene.process_entry, scene.second, text="ขอให้แยกเป็นสองกระบวนงาน", visibility="held"
    )
    _decide(scene)


def _decide(scene: Scene) -> None:
    """Decided and waiting, waiting for a second person, to be drafted, published, objected to."""
    entry, session = entry_at(scene, "5.3"), scene.session

    def said(by: object, text: str, type: str = "amend") -> Comment:
        return factories.make_comment(session, entry, by, text=text, type=type)

    scene.refused = said(scene.second, "ขอให้ตัดข้อนี้ออกทั้งข้อ", "delete")
    scene.disposition = factories.make_disposition(scene.refused, decided_by=scene.drafter)
    scene.promised = said(scene.delegate, "ขอให้เพิ่มตัวอย่างหนังสือด่วนที่สุด", "add")
    factories.make_disposition(
        scene.promised,
        outcome="accepted",
        effect="to_draft",
        assignee=scene.drafter,
        due=timezone.localdate() + timedelta(days=30),
        decided_by=scene.drafter,
    )
    published = factories.make_publication(scene.hearing, scene.group, by=scene.drafter, objections_until=FAR)
    scene.published = said(scene.delegate, "ขอให้รวมกับงานธุรการ")
    scene.objected = said(scene.delegate, "ขอให้ใช้แบบฟอร์มเดิม")
    for comment in (scene.published, scene.objected):
        factories.make_disposition(comment, outcome="deferred", publication=published, decided_by=scene.drafter)
    factories.make_objection(scene.objected)
    factories.make_reclassing(scene.comment, by=scene.facilitator)
    factories.make_recommendation(scene.comment, by=scene.expert, reason=LONG_REASON)


def make_aftermath(scene: Scene) -> None:
    """What came after: the draft went on, later editions, comments without a place, long work."""
    revise(scene, "5.1", "เจ้าหน้าที่สารบรรณกลางเปิดระบบสารบรรณอิเล็กทรอนิกส์ทุกครึ่งชั่วโมงในเวลาราชการ")
    scene.final = factories.make_edition(
        "2565", kind="final", title="ฉบับสมบูรณ์ พ.ศ. 2565", basis=scene.edition, by=scene.admin
    )
    factories.make_resolution(scene.comment, scene.final)
    factories.make_discussion(scene.session, scene.entry, by=scene.facilitator)
    make_jobs(scene)


def make_jobs(scene: Scene) -> None:
    """Long work in each of its states, all asked for by the drafter."""
    by, now = scene.drafter, timezone.now()
    params = {"edition": "HEARING-2565", "group": "DIR"}
    book = store_file(b"%PDF-1.7 example", name="คู่มือ-DIR.pdf", media_type="application/pdf")
    scene.cancelled_job = factories.make_job(by, params=params, state="cancelled", ended_at=now)
    scene.failed_job = factories.make_job(
        by, params=params, state="failed", ended_at=now, error="ที่เก็บไฟล์เต็ม พิมพ์เล่มไม่สำเร็จ โปรดแจ้งผู้ดูแลระบบ"
    )
    scene.done_job = factories.make_job(by, params=params, state="done", ended_at=now, result=book)
    told = {"new": 2, "known": 0, "errors": [(4, "ชื่อ", "ช่องนี้ว่าง โปรดกรอกชื่อ")], "differing": []}
    report = store_file(json.dumps(told).encode(), name="ผลการนำเข้า.json", media_type="application/json")
    scene.done_import = factories.make_job(scene.admin, kind=KIND, state="done", ended_at=now, result=report)
    scene.failed_import = factories.make_job(
        scene.admin, kind=KIND, state="failed", ended_at=now, error="อ่านไฟล์ไม่ได้ โปรดส่งไฟล์อีกครั้ง"
    )
    scene.waiting_import = factories.make_job(scene.admin, kind=KIND)
    lease = now + timedelta(hours=1)
    scene.running_job = factories.make_job(
        by, params=params, state="running", attempt=1, lease_until=lease, progress=131, total=214
    )
    scene.waiting_job = factories.make_job(by, params=params)


# -- the hearings --------------------------------------------------------------------------------------------


def busy() -> Scene:
    """An open hearing where everything has happened to somebody's comment."""
    scene = Scene()
    make_people(scene)
    make_book(scene)
    make_hall(scene)
    make_comments(scene)
    make_aftermath(scene)
    AccessAttempt.objects.create(
        username="locked", ip_address="127.0.0.1", failures_since_start=8, attempt_time=timezone.now()
    )
    return scene


def silent() -> Scene:
    """An open hearing where nobody has said anything yet, read by those who take part only."""
    scene = Scene()
    make_people(scene)
    make_book(scene)
    make_hall(scene, audience="hearing")
    return scene


def bare() -> Scene:
    """The first day: people, but no manual, no edition and no hearing."""
    scene = Scene()
    make_people(scene)
    return scene


def coming() -> Scene:
    """The session is announced and not yet open."""
    scene = Scene()
    make_people(scene)
    make_book(scene)
    make_hall(scene, audience="hearing", opened=False, opens_at=FAR)
    return scene


def paused() -> Scene:
    scene = _spoken_in()
    pause_session(scene.session, by=scene.facilitator, reason="พักรับประทานอาหารกลางวัน")
    return scene


def closed() -> Scene:
    scene = _spoken_in()
    close_session(scene.session, by=scene.facilitator)
    return scene


def _spoken_in() -> Scene:
    scene = Scene()
    make_people(scene)
    make_book(scene)
    make_hall(scene)
    scene.comment = factories.say(scene.session, scene.entry, scene.delegate, "ขอกำหนดเวลาให้ชัดเจน")
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "busy": busy,
    "silent": silent,
    "bare": bare,
    "coming": coming,
    "paused": paused,
    "closed": closed,
}
