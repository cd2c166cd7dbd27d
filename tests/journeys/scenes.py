"""The small hearings that the screens are looked at in: a busy one, one nobody has spoken in, and so on.

Each maker gives everything the addresses and steps of tests/journeys/screens.py name: people by their part
("delegate", "admin", …) and things by their word ("process", "hidden_comment", …).
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from django.utils import timezone

from comments.arrivals.services import issue_cards, record_arrival
from comments.commenting.comment_input import CommentInput
from comments.commenting.services.editing import edit_comment
from comments.commenting.services.withdrawing_comments import withdraw_comment
from comments.floor.services import (
    ask_for_floor,
    give_floor,
    move_request,
    write_down_request,
)
from comments.hearings.services.clause_timers import start_clause_timer
from comments.hearings.services.session_states import close_session, pause_session
from comments.models import Comment
from comments.motions.services import note_motion
from comments.polls.services import ask_poll, end_poll, vote
from comments.wall.queries import wall_letters
from hearing_portal.directory.importing.jobs import KIND
from hearing_portal.directory.models import User
from hearing_portal.directory.people.services import FIRST_PASSWORD_MARK
from hearing_portal.directory.setup.links import setup_path
from hearing_portal.directory.sign_in.limits import (
    MOST_PER_PERSON,
    Source,
    begin_attempt,
)
from hearing_portal.jobs.files import store_file
from hearing_portal.thai.text import escape_plain
from manuals.content import Reference, Text
from manuals.drafting.changes import AddClause, Position, ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.sections import retire_section
from manuals.drafting.services.structure import retire_clause
from manuals.editions.verify_code import verify_code
from manuals.exchange.jobs import KIND as ARCHIVAL_KIND
from manuals.importing.jobs import KIND as FILES_KIND
from manuals.models import Clause, DraftingState, Edition, EditionEntry, Section
from manuals.previewing.services import recall_preview_link
from manuals.reviewing.seen_words import SeenWords
from manuals.reviewing.services import answer_review
from manuals.searching.services import index_edition
from manuals.teamwork.services.notes import answer_note, settle_note
from manuals.teamwork.services.states import set_drafting_state
from tests import factories

Scene = SimpleNamespace
FAR = datetime(2999, 1, 1, tzinfo=UTC)
LONG_REASON = "ระเบียบงานสารบรรณกำหนดไว้แล้วในข้อ 35 จึงไม่จำเป็นต้องเขียนซ้ำในคู่มือ"
NEW_WORDS = "ตรวจสอบความครบถ้วนของหนังสือในระบบสารบรรณอิเล็กทรอนิกส์"


def make_people(scene: Scene) -> None:
    group, other = factories.make_group("DIR"), factories.make_group("FIN")
    scene.group, scene.other_group = group, other
    scene.office, scene.second_office = (
        factories.make_office(),
        factories.make_office("สพม.ชลบุรี ระยอง"),
    )
    scene.empty_office = factories.make_office("สพม.ลำปาง ลำพูน")
    scene.reader = factories.make_user("reader", "อ่าน", "อย่างเดียว")
    scene.delegate = factories.make_delegate(group, scene.office, username="somsri")
    scene.mate = factories.make_delegate(
        group,
        scene.office,
        username="manee",
        given_name="มานี",
        password=factories.PASSWORD,
    )
    User.objects.filter(pk=scene.mate.pk).update(
        password=FIRST_PASSWORD_MARK
    )  # got one, never used it
    scene.second = factories.make_delegate(
        group, scene.second_office, username="mana", given_name="มานะ"
    )
    scene.stranger = factories.make_delegate(
        other, scene.second_office, username="piti", given_name="ปิติ"
    )
    scene.head = factories.make_office_head(scene.office, username="thawat")
    scene.facilitator = factories.make_facilitator(group, username="wipa")
    scene.drafter = factories.make_drafter(group, username="prayoon")
    scene.colleague = factories.make_drafter(
        group, username="chalor", given_name="ชะลอ"
    )
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
        manual,
        "การจัดเก็บและทำลายหนังสือ",
        kind=Section.Kind.PROCESS,
        parent=scene.unit,
        by=by,
    )
    scene.dropped = factories.make_section(
        manual, "การส่งโทรเลข", kind=Section.Kind.PROCESS, parent=scene.unit, by=by
    )
    scene.basis = factories.make_edition(
        "2553", kind="baseline", title="คู่มือการปฏิบัติงาน พ.ศ. 2553", by=by
    )
    revise(scene, "5.1", "เจ้าหน้าที่สารบรรณกลางเปิดระบบสารบรรณอิเล็กทรอนิกส์ทุกชั่วโมงราชการ")
    # In the words it was added with: a process that nobody says the reason of
    retire_section(
        scene.dropped, scene.dropped.version, by=by, reason="เพิ่ม การส่งโทรเลข"
    )
    scene.gone = factories.clause_at(scene.process, "2.2")
    retire_clause(
        scene.gone, scene.gone.lock_version, by=by, reason="ซ้ำกับวัตถุประสงค์ข้อแรก"
    )
    last = factories.clause_at(scene.process, "5.3")
    place = Position(scene.process, 5, None, last.rank + "5")
    added = AddClause(
        Text(body=escape_plain("แจ้งเตือนหนังสือที่ยังไม่มีผู้เปิดอ่านเมื่อครบหนึ่งวันทำการ")), place
    )
    apply_changes(by, "edit", "เพิ่มข้อ", [added])
    scene.edition = factories.make_edition(
        "HEARING-2565", basis=scene.basis, by=scene.admin
    )
    index_edition(scene.edition)
    scene.verify_code = verify_code(scene.edition.manifest_sha)
    scene.entry = entry_at(scene, "5.2")
    scene.clause, scene.family = (
        factories.clause_at(scene.process, cite) for cite in ("5.2", "5.3")
    )
    scene.process_entry = factories.entry_of(scene.edition, scene.process)
    scene.step_entry = scene.edition.entries.filter(
        clause__section=scene.process, part=9, kind="clause"
    ).first()


def revise(scene: Scene, cite: str, words: str) -> Clause:
    """The live draft says other words."""
    clause = factories.clause_at(scene.process, cite)
    change = ReviseClause(clause, clause.lock_version, Text(body=escape_plain(words)))
    apply_changes(scene.drafter, "edit", "ปรับถ้อยคำ", [change])
    return clause


def entry_at(scene: Scene, cite: str) -> EditionEntry:
    return factories.entry_of(scene.edition, factories.clause_at(scene.process, cite))


def make_hall(
    scene: Scene, *, audience: str = "public", opened: bool = True, **session: object
) -> None:
    """The hearing with the group's online session."""
    for edition in (scene.basis, scene.edition):
        factories.make_release(edition, audience, by=scene.admin)
    scene.hearing = factories.make_hearing(
        key="2565",
        venue="โรงแรมริมแม่น้ำ กรุงเทพมหานคร",
        programme="09.00 น. ลงทะเบียน\n09.30 น. เปิดเวที",
    )
    scene.session = factories.make_session(
        scene.edition, scene.group, hearing=scene.hearing, **session
    )
    scene.wall_letters = wall_letters(scene.session, 0)
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
        session,
        entry,
        scene.second,
        text="เห็นด้วย และขอให้กำหนดเวลาด้วย",
        type="ask",
        parent=scene.comment,
    )
    scene.edited = say(session, entry, scene.delegate, "ขอทราบระเบียบที่อ้าง", "ask")
    edit_comment(
        scene.edited,
        CommentInput("ask", "ขอทราบระเบียบและข้อที่อ้างในข้อนี้"),
        by=scene.delegate,
        session=session,
    )
    scene.other = say(session, entry, scene.second, "ขอให้คงถ้อยคำตามร่าง", "agree")
    factories.make_position(
        scene.second_office,
        entry.manual,
        session,
        "support_with_changes",
        comment_ids=[scene.other.pk],
        words="เห็นชอบหากกำหนดเวลาเปิดระบบให้ปฏิบัติได้จริงในเขตที่อินเทอร์เน็ตไม่เสถียร",
    )
    place = entry_at(scene, "5.1")
    often = Text(body=place.blob.plain.replace("ทุกชั่วโมง", "วันละสี่ครั้ง"))
    factories.make_conclusion(session, by=scene.facilitator)
    scene.outdated = say(
        session, place, scene.second, "ขอให้เปิดวันละสี่ครั้ง", proposed=often
    )
    scene.withdrawn = say(session, entry, scene.delegate, "ส่งผิดข้อ ขอถอน", "ask")
    withdraw_comment(scene.withdrawn, by=scene.delegate)
    scene.hidden = factories.make_comment(
        session, entry, scene.second, text="ข้อความไม่สุภาพ", type="ask"
    )
    factories.make_moderation(scene.hidden, "hidden", by=scene.facilitator)
    scene.held = factories.make_comment(
        session,
        scene.process_entry,
        scene.second,
        text="ขอให้แยกเป็นสองกระบวนงาน",
        visibility="held",
    )
    _decide(scene)


def _decide(scene: Scene) -> None:
    """Decided and waiting, waiting for a second person, to be drafted, published, objected to."""
    entry, session = entry_at(scene, "5.3"), scene.session

    def said(by: object, text: str, type: str = "amend") -> Comment:
        return factories.make_comment(session, entry, by, text=text, type=type)

    scene.refused = said(scene.second, "ขอให้ตัดข้อนี้ออกทั้งข้อ", "delete")
    scene.disposition = factories.make_disposition(
        scene.refused, decided_by=scene.drafter
    )
    scene.promised = said(scene.delegate, "ขอให้เพิ่มตัวอย่างหนังสือด่วนที่สุด", "add")
    factories.make_amendment(
        scene.promised, "ตัวอย่างหนังสือด่วนที่สุดอยู่ท้ายคู่มือ", op="insert_after"
    )
    factories.make_disposition(
        scene.promised,
        outcome="accepted",
        effect="to_draft",
        assignee=scene.drafter,
        due=timezone.localdate() + timedelta(days=30),
        decided_by=scene.drafter,
    )
    published = factories.make_publication(
        scene.hearing, scene.group, by=scene.drafter, objections_until=FAR
    )
    scene.published = said(scene.delegate, "ขอให้รวมกับงานธุรการ")
    scene.objected = said(scene.delegate, "ขอให้ใช้แบบฟอร์มเดิม")
    for comment in (scene.published, scene.objected):
        factories.make_disposition(
            comment, outcome="deferred", publication=published, decided_by=scene.drafter
        )
    factories.make_objection(scene.objected)
    _enter_overlaps(scene)
    scene.block = factories.make_block(scene.group, by=scene.drafter)
    factories.make_digest(scene.drafter)
    factories.make_assignment(scene.comment, scene.drafter, by=scene.facilitator)
    factories.make_reclassing(scene.comment, by=scene.facilitator)
    factories.make_recommendation(scene.comment, reason=LONG_REASON)
    factories.make_recommendation(
        scene.comment, "deferred", by=scene.expert, role="expert", reason=LONG_REASON
    )
    factories.make_advice_request(
        scene.objected, scene.expert, by=scene.facilitator, question=LONG_REASON
    )


def _enter_overlaps(scene: Scene) -> None:
    """One that waits, known from a comment; one that is settled; one with an outside agency; and two clauses that are
    alike. All of one group: another manual would stand in every other picture."""
    clause = entry_at(scene, "5.3").clause
    other = entry_at(scene, "5.2").clause
    scene.overlap = factories.make_overlap(clause, other, by=scene.facilitator)
    factories.make_overlap_comment(scene.overlap, scene.promised)
    factories.make_similar_pair(other, clause)
    scene.settled = factories.make_overlap(
        clause, scene.group, kind="gap", resolution="joint", by=scene.admin
    )
    factories.make_overlap_comment(scene.settled, scene.published)
    factories.make_overlap(clause, "องค์การบริหารส่วนจังหวัด", kind="authority")


def make_aftermath(scene: Scene) -> None:
    """What came after: the draft went on, later editions, comments without a place, long work."""
    revise(
        scene, "5.1", "เจ้าหน้าที่สารบรรณกลางเปิดระบบสารบรรณอิเล็กทรอนิกส์ทุกครึ่งชั่วโมงในเวลาราชการ"
    )
    scene.final = factories.make_edition(
        "2565",
        kind="final",
        title="ฉบับสมบูรณ์ พ.ศ. 2565",
        basis=scene.edition,
        by=scene.admin,
    )
    factories.make_resolution(scene.comment, scene.final)
    factories.make_discussion(scene.session, scene.entry, by=scene.facilitator)
    make_hearing_day(scene)
    make_jobs(scene)


def make_hearing_day(scene: Scene) -> None:
    """A speaker and a line behind, a show of hands that runs and one that ended, cards, and people in the room."""
    session, by = scene.session, scene.facilitator
    first = ask_for_floor(
        session, subject="clause", office=scene.second_office, by=scene.second
    )
    give_floor(first, minutes=3, by=by)
    ask_for_floor(session, subject="clause", office=scene.office, by=scene.delegate)
    last = write_down_request(
        session, subject="procedure", office=scene.empty_office, by=by
    )
    move_request(last, before=None, reason="รอให้จบการพิจารณาข้อนี้ก่อน", by=by)
    poll = ask_poll(
        session, question="พร้อมพิจารณาข้อถัดไป", entry=None, hides_counts=True, by=by
    )
    end_poll(poll, by=by)
    scene.poll = ask_poll(
        session,
        question="เห็นชอบถ้อยคำของข้อนี้ตามร่าง",
        entry=scene.entry,
        quorum="registered",
        by=by,
    )
    vote(
        scene.poll,
        office=scene.second_office,
        answer="no",
        standing="delegate",
        by=scene.second,
    )
    scene.motion = note_motion(
        session,
        scene.entry,
        words="ให้เพิ่มระยะเวลาตรวจสอบเอกสาร",
        proposed=f"{scene.entry.blob.plain} ภายใน 3 วันทำการ",
        by=by,
    )
    start_clause_timer(session, minutes=15, by=by)
    record_arrival(session, scene.second, method="hand", by=by)
    [made] = issue_cards(scene.hearing, [scene.delegate], most_uses=3, by=scene.admin)
    scene.card_secret = made.secret


def make_jobs(scene: Scene) -> None:
    """Long work in each of its states, all asked for by the drafter."""
    by, now = scene.drafter, timezone.now()
    params = {"edition": "HEARING-2565", "group": "DIR"}
    book = store_file(
        b"%PDF-1.7 example", name="คู่มือ-DIR.pdf", media_type="application/pdf"
    )
    scene.cancelled_job = factories.make_job(
        by, params=params, state="cancelled", ended_at=now
    )
    scene.failed_job = factories.make_job(
        by,
        params=params,
        state="failed",
        ended_at=now,
        error="ที่เก็บไฟล์เต็ม พิมพ์เล่มไม่สำเร็จ โปรดแจ้งผู้ดูแลระบบ",
    )
    scene.done_job = factories.make_job(
        by, params=params, state="done", ended_at=now, result=book
    )
    told = {
        "new": 2,
        "known": 0,
        "errors": [(4, "ชื่อ", "ช่องนี้ว่าง โปรดกรอกชื่อ")],
        "differing": [],
    }
    report = store_file(
        json.dumps(told).encode(), name="ผลการนำเข้า.json", media_type="application/json"
    )
    scene.done_import = factories.make_job(
        scene.admin, kind=KIND, state="done", ended_at=now, result=report
    )
    scene.failed_import = factories.make_job(
        scene.admin,
        kind=KIND,
        state="failed",
        ended_at=now,
        error="อ่านไฟล์ไม่ได้ โปรดส่งไฟล์อีกครั้ง",
    )
    scene.waiting_import = factories.make_job(scene.admin, kind=KIND)
    lease = now + timedelta(hours=1)
    scene.running_job = factories.make_job(
        by,
        params=params,
        state="running",
        attempt=1,
        lease_until=lease,
        progress=131,
        total=214,
    )
    scene.waiting_job = factories.make_job(by, params=params)
    make_file_jobs(scene)


def make_file_jobs(scene: Scene) -> None:
    """Processes taken out of files, in each state."""
    params = {"manual": "DIR", "upload": "", "chosen": []}
    options = {"kind": FILES_KIND, "params": params}
    counts = {"added": 1, "reworded": 2, "moved": 0, "retired": 1}
    told = {
        "taken": [
            [str(scene.process.uuid), "การรับหนังสือราชการ", "revised", counts],
            [
                str(scene.undrafted.uuid),
                "การจัดเก็บและทำลายหนังสือ",
                "new",
                {**counts, "added": 31},
            ],
        ],
        "left": 1,
    }
    report = store_file(
        json.dumps(told).encode(), name="ผลการนำเข้า.json", media_type="application/json"
    )
    now = timezone.now()
    scene.done_files = factories.make_job(
        scene.drafter, state="done", ended_at=now, result=report, **options
    )
    scene.failed_files = factories.make_job(
        scene.drafter,
        state="failed",
        ended_at=now,
        error="มีผู้แก้ไข “การรับหนังสือราชการ” หลังจากท่านเปิดหน้าตรวจ โปรดตรวจตัวอย่างล่าสุดแล้วนำเข้าอีกครั้ง",
        **options,
    )
    scene.waiting_files = factories.make_job(scene.drafter, **options)
    code = Edition.objects.sealed().order_by("pk")[0].code
    archive = {
        "kind": ARCHIVAL_KIND,
        "params": {"upload": "", "code": code, "edition": code, "file_sha": ""},
    }
    scene.done_archive = factories.make_job(
        scene.admin, state="done", ended_at=now, **archive
    )
    scene.failed_archive = factories.make_job(
        scene.admin,
        state="failed",
        ended_at=now,
        error=f"รหัส {code} เป็นของฉบับอื่นในระบบนี้แล้ว โปรดกำหนดรหัสอื่นให้ฉบับที่นำเข้า",
        **archive,
    )


def make_law(scene: Scene) -> None:
    """A law that was replaced, without the day; one in force."""
    scene.source = factories.make_legal_source(
        "ระเบียบพัสดุ 2535",
        full_title="ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการพัสดุ พ.ศ. 2535",
        year_be=2535,
        status="repealed",
        note="อ้างในคู่มือ พ.ศ. 2553",
    )
    later = factories.make_legal_source(
        "พ.ร.บ.จัดซื้อจัดจ้าง",
        full_title="พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560",
        year_be=2560,
        kind="พระราชบัญญัติ",
        status="in_force",
    )
    factories.make_legal_succession(scene.source, later)
    cited = Reference(
        source=scene.source.key,
        locator="ข้อ 35",
        as_cited=f"{scene.source.full_title} และที่แก้ไขเพิ่มเติม",
    )
    factories.make_clause(scene.process, cited, part=8, by=scene.drafter)
    scene.process.refresh_from_db()
    factories.make_conformity_check(
        scene.process,
        "outdated",
        note="ข้อ 8.2 อ้างระเบียบที่ยกเลิกแล้ว ต้องปรับตามพระราชบัญญัติ พ.ศ. 2560",
        by=scene.drafter,
    )
    words = "จัดหาวัสดุตามระเบียบว่าด้วยการพัสดุ พ.ศ. ๒๕๓๕ ให้แล้วเสร็จภายใน 15 วัน"
    factories.make_clause(scene.process, words, part=3, by=scene.drafter)
    scene.undrafted.refresh_from_db()
    factories.make_conformity_check(scene.undrafted, by=scene.admin)


# -- the hearings --------------------------------------------------------------------------------------------


def make_teamwork(scene: Scene) -> None:
    """What those who draft tell each other and ask others, and links to the draft."""
    drafter, colleague = scene.drafter, scene.colleague
    set_drafting_state(scene.process, DraftingState.IN_REVIEW, read=0, by=drafter)
    done = factories.make_team_note(
        scene.clause, colleague, "ใช้คำว่า “หนังสือราชการ” ให้ตรงกันทั้งเล่ม"
    )
    answer_note(done, "แก้แล้วทุกข้อ", by=drafter)
    settle_note(done, by=drafter)
    note = factories.make_team_note(scene.clause, drafter, LONG_REASON)
    answer_note(note, "เห็นด้วย จะตรวจกับระเบียบอีกครั้ง", by=colleague)
    scene.review = factories.make_review_request(scene.process, scene.expert, drafter)
    scene.clause_review = factories.make_review_request(
        scene.process, drafter, colleague, scene.clause
    )
    answered = factories.make_review_request(scene.process, colleague, drafter)
    answer_review(
        answered,
        "ตรวจแล้ว ระยะเวลาตรงกับระเบียบ",
        seen=SeenWords.of(answered),
        by=colleague,
    )
    manual = scene.process.manual
    factories.make_preview_link(
        manual, scene.process, by=drafter, secret="process-secret"
    )
    factories.make_preview_link(
        manual, by=drafter, secret="manual-secret", purpose="เสนอที่ประชุมคณะทำงานระดับสำนัก"
    )
    over = factories.make_preview_link(
        manual, scene.process, by=scene.admin, secret="recalled"
    )
    recall_preview_link(over, by=scene.admin)


def busy() -> Scene:
    """An open hearing where everything has happened to somebody's comment."""
    scene = Scene()
    make_people(scene)
    make_book(scene)
    make_hall(scene)
    make_comments(scene)
    make_aftermath(scene)
    for _ in range(MOST_PER_PERSON):
        begin_attempt("locked", Source("127.0.0.1"))
    add_setup_token(scene)
    factories.make_contact(by=scene.admin)
    make_law(scene)
    make_teamwork(scene)
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


def groupless() -> Scene:
    """An administrator, and nothing else."""
    return Scene(nobody=None, admin=factories.make_admin(username="aree"))


def begun() -> Scene:
    """The first edition of a beginning: one manual with titles only, and one in which nothing stands."""
    scene = Scene()
    make_people(scene)
    scene.manual = factories.make_manual(scene.group)
    scene.unit = factories.make_section(scene.manual, "งานสารบรรณ", by=scene.drafter)
    for title in ("การรับหนังสือราชการ", "การส่งหนังสือราชการ"):
        scene.undrafted = factories.make_section(
            scene.manual,
            title,
            kind=Section.Kind.PROCESS,
            parent=scene.unit,
            by=scene.drafter,
        )
    scene.empty_manual = factories.make_manual(scene.other_group)
    scene.edition = factories.make_edition("HEARING-2565", by=scene.admin)
    factories.make_release(scene.edition, "hearing", by=scene.admin)
    scene.hearing = factories.make_hearing(key="2565", venue="ห้องประชุม 1", programme="")
    scene.session = factories.make_session(
        scene.edition, scene.group, hearing=scene.hearing
    )
    return scene


def empty() -> Scene:
    """Nothing at all, and the link that makes the first administrator."""
    scene = Scene(nobody=None)
    add_setup_token(scene)
    return scene


def add_setup_token(scene: Scene) -> None:
    scene.setup_token = setup_path().strip("/").rpartition("/")[2]


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
    scene.comment = factories.say(
        scene.session, scene.entry, scene.delegate, "ขอกำหนดเวลาให้ชัดเจน"
    )
    return scene


SCENES: dict[str, Callable[[], Scene]] = {
    "busy": busy,
    "silent": silent,
    "bare": bare,
    "empty": empty,
    "groupless": groupless,
    "begun": begun,
    "coming": coming,
    "paused": paused,
    "closed": closed,
}
