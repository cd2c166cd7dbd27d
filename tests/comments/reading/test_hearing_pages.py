"""Reading in the hearing: the notice, a group at a glance, a process with what is said beside each clause."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.deciding.services.publishing import publish_answers
from comments.hearings.presentation import session_status
from comments.hearings.queries import find_group_sessions
from comments.hearings.services.session_states import (
    close_session,
    open_session,
    pause_session,
)
from comments.issue_classes import MEANINGS
from comments.models import Comment, Hearing, HearingSession
from comments.reading.presentation.home import editions_ahead
from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.thai.dates import be_datetime
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.restoring import restore_section
from manuals.models import (
    Clause,
    Edition,
    EditionEntry,
    Manual,
    Section,
    SectionVersion,
)
from manuals.reading.presentation.links import clause_anchor
from manuals.reviewing.seen_words import SeenWords
from manuals.reviewing.services import answer_review, ask_for_review, close_review
from manuals.searching.services import index_edition
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

pytestmark = pytest.mark.django_db
WRITE = "แสดงความคิดเห็น"


@pytest.fixture
def public(session: HearingSession, edition: Edition) -> HearingSession:
    """The open session, its edition released to everybody."""
    factories.make_release(edition, "public")
    return session


@pytest.fixture
def page(process: Section, manual: Manual) -> str:
    return f"/groups/{manual.key}/processes/{process.uuid}/"


def text(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return markup(response)


def beside(html: str, entry: EditionEntry) -> str:
    """The part of the page that is the clause's own."""
    start = html.index(f'id="{clause_anchor(entry.uuid)}"')
    ends = [html.find(end, start) for end in ("</article>", "</tr>")]
    return html[start : min(end for end in ends if end > 0)]


def shown_words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# -- the ways that lead there -------------------------------------------------------------------------


def test_search_and_permanent_links_lead_to_where_one_can_comment(
    client: Client,
    public: HearingSession,
    entry: EditionEntry,
    page: str,
    edition: Edition,
) -> None:
    index_edition(edition)
    place = f"{page}#{clause_anchor(entry.uuid)}"
    assert client.get(f"/clauses/{entry.uuid}/").url == place
    assert f'href="{place}"' in text(client, f"/search/?q={entry.blob.plain}")
    assert f'href="{page}"' in text(client, "/search/?q=การรับหนังสือราชการ")


def test_ways_lead_to_the_edition_itself_when_the_hearing_is_on_another(
    client: Client,
    public: HearingSession,
    entry: EditionEntry,
    process: Section,
    drafter: User,
    admin: User,
) -> None:
    later = factories.make_edition("AFTERWARDS", by=admin)
    factories.make_release(later, "public")
    index_edition(later)
    place = f"/editions/AFTERWARDS/sections/{process.uuid}/#{clause_anchor(entry.uuid)}"
    assert client.get(f"/clauses/{entry.uuid}/").url == place
    assert f'href="{place}"' in text(
        client, f"/search/?edition=AFTERWARDS&q={entry.blob.plain}"
    )


# -- the guide -----------------------------------------------------------------------------------------


def test_guide_explains_every_issue_class_and_the_desks_only_to_those_who_work_there(
    client: Client,
    sign_in,
    delegate: User,
    facilitator: User,
    drafter: User,
    admin: User,
) -> None:
    words = shown_words(text(client, "/guide/"))
    assert all(f"{meaning.word} {meaning.sense}" in words for meaning in MEANINGS)
    assert all(kind.label in words for kind in Comment.Type)
    for person, heads in (
        (delegate, []),
        (facilitator, ["ผู้ดำเนินเวที"]),
        (drafter, ["คณะทำงานยกร่าง"]),
        (admin, ["ผู้ดำเนินเวที", "คณะทำงานยกร่าง", "ผู้ดูแลระบบ"]),
    ):
        assert (
            re.findall(r"<h3[^>]*>([^<]+)</h3>", text(sign_in(person), "/guide/"))
            == heads
        )


# -- the notice --------------------------------------------------------------------------------------


def test_notice_tells_when_where_and_what(
    client: Client, public: HearingSession, hearing: Hearing
) -> None:
    hearing.venue, hearing.programme = "ห้องประชุมใหญ่", "09.00 น. พิธีเปิด\n09.30 น. แยกห้อง"
    hearing.closes_on = hearing.opens_on + timedelta(days=2)
    hearing.save()
    words = shown_words(text(client, "/"))
    for part in (
        hearing.title,
        "20 กันยายน 2565 ถึง 22 กันยายน 2565",
        "ห้องประชุมใหญ่",
        "09.30 น. แยกห้อง",
    ):
        assert part in words


def test_groups_are_listed_in_book_order_with_their_numbers(
    client: Client,
    public: HearingSession,
    comment: Comment,
    fin_group: WorkGroup,
    secondary_delegate: User,
) -> None:
    factories.make_manual(fin_group)
    factories.make_comment(public, comment.entry, secondary_delegate)
    html = text(client, "/")
    assert re.findall(r'class="contents__name" href="/groups/(\w+)/"', html) == [
        "DIR",
        "FIN",
    ]
    row = shown_words(
        html[html.index('href="/groups/DIR/"') : html.index('href="/groups/FIN/"')]
    )
    for part in ("1 กระบวนงาน", "2 ความคิดเห็น", "เปิดรับความคิดเห็น", "1 จาก 1 เขต"):
        assert part in row.replace("\u00a0", " ")


def test_nothing_promises_to_take_comments_while_the_session_rests(
    client: Client, public: HearingSession, admin: User
) -> None:
    public.venue = ""
    public.save(update_fields=["venue"])
    told = []
    for act in (open_session, pause_session, close_session):
        act(public, by=admin)
        status = session_status(find_group_sessions(public.hearing, public.work_group))
        told.append((status.word, status.note, shown_words(text(client, "/"))))

    assert [(word, note) for word, note, _ in told] == [
        ("เปิดรับความคิดเห็น", "ทางออนไลน์"),
        ("พักเวที", "ทางออนไลน์"),
        ("ปิดเวทีแล้ว", "ทางออนไลน์"),
    ]
    taking, paused, closed = [page for _, _, page in told]
    assert "รับความคิดเห็นถึง" in taking
    for resting, word in ((paused, "อยู่ระหว่างพักเวที"), (closed, "ปิดรับความคิดเห็นแล้ว")):
        assert (word in resting, "รับความคิดเห็นถึง" in resting) == (True, False)


def test_first_page_says_that_the_time_is_that_of_the_last_session(
    client: Client, public: HearingSession
) -> None:
    later = timezone.now() + timedelta(hours=2)
    for session, closes_at in (
        (public, timezone.now() + timedelta(hours=1)),
        (
            factories.make_session(
                public.edition, public.work_group, hearing=public.hearing, kind="room"
            ),
            later,
        ),
    ):
        session.closes_at = closes_at
        session.save(update_fields=["closes_at"])

    told = shown_words(be_datetime(later))
    assert f"เวทีสุดท้ายรับความคิดเห็นถึง {told}" in shown_words(text(client, "/"))


def matters(client: Client) -> str:
    """The lines of the first page that are the person's own."""
    html = text(client, "/")
    start = html.find('id="matters"')
    return (
        shown_words(html[start : html.index("</section>", start)]).replace(
            "\u00a0", " "
        )
        if start > 0
        else ""
    )


def test_first_page_tells_a_delegate_where_to_speak_and_what_became_of_it(
    sign_in,
    public: HearingSession,
    comment: Comment,
    delegate: User,
    drafter: User,
    dir_group: WorkGroup,
) -> None:
    assert f"{dir_group.name} เปิดรับความคิดเห็น" in matters(sign_in(delegate))
    assert "ความคิดเห็นของท่าน 1 เรื่อง รอพิจารณา 1" in matters(sign_in(delegate))
    factories.make_disposition(comment, outcome="out_of_scope", decided_by=drafter)
    publish_answers(public.hearing, dir_group, by=drafter)
    assert "มีผลแล้ว 1 · ขอให้ทบทวนได้ 1 เรื่อง" in matters(sign_in(delegate))
    factories.make_objection(comment)
    assert "ขอให้ทบทวนได้" not in matters(sign_in(delegate))


def test_first_page_tells_a_delegate_that_the_session_is_closed(
    sign_in, public: HearingSession, delegate: User, facilitator: User
) -> None:
    factories.make_session_state(public, "closed", by=facilitator)
    assert "ปิดเวทีแล้ว" in matters(sign_in(delegate))


def test_first_page_tells_the_desks_what_waits(
    sign_in,
    public: HearingSession,
    comment: Comment,
    facilitator: User,
    drafter: User,
    admin: User,
) -> None:
    for person in (facilitator, drafter, admin):
        assert "รอพิจารณา 1" in matters(sign_in(person))
    assert sign_in(admin).get("/groups/DIR/queue/").status_code == 200


def test_first_page_tells_of_requests_to_look_until_they_are_settled(
    sign_in, public: HearingSession, process: Section, drafter: User, expert: User
) -> None:
    asked = ask_for_review(
        process, None, expert, "ตรวจระยะเวลา", uuid=uuid4(), by=drafter
    )
    page = reverse("review-request", args=[asked.uuid])
    assert f"ขอให้ท่านตรวจ {process.title}" in matters(sign_in(expert))
    assert page in text(sign_in(expert), "/")
    assert process.title not in matters(sign_in(drafter))
    answer_review(asked, "ตรงกับระเบียบแล้ว", seen=SeenWords.of(asked), by=expert)
    assert "ขอให้ท่านตรวจ" not in matters(sign_in(expert))
    assert f"มีผลการตรวจ {process.title} {expert.shown_name}" in matters(
        sign_in(drafter)
    )
    assert page in text(sign_in(drafter), "/")
    asked.refresh_from_db()
    close_review(asked, by=drafter)
    assert "มีผลการตรวจ" not in matters(sign_in(drafter))


def test_more_than_two_requests_to_look_are_one_line_and_cost_the_same(
    sign_in,
    public: HearingSession,
    process: Section,
    drafter: User,
    expert: User,
    assert_same_queries,
) -> None:
    factories.make_review_request(process, expert, drafter)
    client = sign_in(expert)

    def add_two() -> None:
        for _ in range(2):
            factories.make_review_request(process, expert, drafter)

    assert_same_queries(17, lambda: client.get("/"), add_two)
    assert "ขอให้ท่านตรวจ 3 เรื่อง" in matters(client)


def test_first_page_has_no_matters_for_who_has_no_part(
    client: Client, sign_in, public: HearingSession
) -> None:
    assert matters(sign_in(factories.make_user())) == ""
    client.logout()
    assert 'id="matters"' not in text(client, "/")


def test_matters_cost_the_same_for_one_comment_and_three(
    sign_in,
    public: HearingSession,
    comment: Comment,
    delegate: User,
    assert_same_queries,
) -> None:
    client = sign_in(delegate)

    def add_two() -> None:
        for _ in range(2):
            factories.make_comment(public, comment.entry, delegate)

    assert_same_queries(16, lambda: client.get("/"), add_two)


def test_groups_of_other_years_are_not_listed(
    client: Client, public: HearingSession, hearing: Hearing
) -> None:
    factories.make_manual(
        factories.make_group("OLD", valid_from="2010-01-01", valid_until="2017-11-21")
    )
    assert re.findall(
        r'class="contents__name" href="/groups/(\w+)/"', text(client, "/")
    ) == ["DIR"]


def test_draft_of_a_closed_hearing_shows_only_the_notice(
    client: Client,
    sign_in,
    session: HearingSession,
    edition: Edition,
    comment: Comment,
    delegate: User,
    hearing: Hearing,
) -> None:
    factories.make_release(edition, "hearing")
    html = text(client, "/")
    assert hearing.title in html
    assert "/groups/DIR/" not in html
    assert "1\u00a0ความคิดเห็น" not in html
    assert "เข้าสู่ระบบเพื่ออ่านร่าง" in html
    assert "ท่านยังอ่านร่างไม่ได้" in text(sign_in(factories.make_user()), "/")
    assert "1\u00a0ความคิดเห็น" in text(sign_in(delegate), "/")


def test_portal_without_hearing_still_answers(client: Client) -> None:
    assert "ยังไม่มีประกาศประชาพิจารณ์" in text(client, "/")


# -- who may open it ---------------------------------------------------------------------------------


def test_pages_of_a_closed_hearing_ask_to_sign_in(
    client: Client,
    sign_in,
    session: HearingSession,
    edition: Edition,
    page: str,
    delegate: User,
    stranger: User,
) -> None:
    factories.make_release(edition, "hearing")
    for path in ("/groups/DIR/", page):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (
            302,
            f"/sign-in/?next={path}",
        )
        text(sign_in(factories.make_user()), path, 404)
        for user in (delegate, stranger):
            text(sign_in(user), path)


@pytest.fixture
def announced(
    hearing: Hearing, edition: Edition, dir_group: WorkGroup
) -> HearingSession:
    """A session on an edition which nobody has released."""
    return factories.make_session(edition, dir_group, hearing=hearing)


def test_unreleased_edition_is_not_there_for_participants(
    sign_in, announced: HearingSession, page: str, delegate: User, admin: User
) -> None:
    text(sign_in(delegate), page, 404)
    text(sign_in(admin), page)


def test_entry_of_an_unreleased_edition_does_not_exist(
    announced: HearingSession, entry: EditionEntry, delegate: User, sign_in
) -> None:
    client = sign_in(delegate)
    comments = reverse("entry-comments", args=[entry.pk])

    assert client.get(comments).status_code == 404
    assert (
        client.post(
            comments, {"client_key": str(uuid4()), "type": "ask", "text": "ขอทราบเหตุผล"}
        ).status_code
        == 404
    )
    assert client.get("/entries/999999999/comments/").status_code == 404


def test_what_is_no_process_of_the_group_is_not_found(
    client: Client,
    public: HearingSession,
    process: Section,
    unit: Section,
    fin_group: WorkGroup,
) -> None:
    factories.make_manual(fin_group)
    for path in (
        "/groups/NONE/",
        f"/groups/FIN/processes/{process.uuid}/",
        f"/groups/DIR/processes/{unit.uuid}/",
        "/groups/DIR/processes/00000000-0000-4000-8000-000000000000/",
        "/groups/%27%22/",
    ):
        text(client, path, 404)


# -- a process ---------------------------------------------------------------------------------------


def test_every_clause_step_and_the_process_can_be_commented_on(
    sign_in,
    public: HearingSession,
    page: str,
    edition: Edition,
    process: Section,
    delegate: User,
) -> None:
    client = sign_in(delegate)
    html = text(client, page)
    entries = edition.entries.filter(section=process)
    assert len(entries) == 18
    for entry in entries:
        assert f'href="/entries/{entry.pk}/comments/new/"' in html
    manual = edition.entries.get(kind="manual")
    assert f'href="/entries/{manual.pk}/comments/new/"' in text(client, "/groups/DIR/")


@pytest.mark.parametrize(
    ("state", "reason"), [("paused", "พักเวที"), ("closed", "ปิดเวทีแล้ว")]
)
def test_closed_session_disables_every_button_and_says_why(
    sign_in, public: HearingSession, page: str, delegate: User, state: str, reason: str
) -> None:
    factories.make_session_state(public, state, reason="รอห้องประชุม")
    client = sign_in(delegate)
    assert_closed(text(client, page), reason)
    assert "รอห้องประชุม" in session_bar(text(client, page))


def test_session_not_opened_yet_says_so(
    sign_in, edition: Edition, page: str, dir_group: WorkGroup, delegate: User
) -> None:
    factories.make_release(edition, "public")
    factories.make_session(edition, dir_group)
    client = sign_in(delegate)
    assert_closed(text(client, page), "ยังไม่เปิด")


def test_group_without_session_can_be_read(
    sign_in, edition: Edition, page: str, delegate: User
) -> None:
    factories.make_release(edition, "public")
    client = sign_in(delegate)
    assert_closed(text(client, page), "ยังไม่มีเวที")


def assert_closed(html: str, reason: str) -> None:
    assert "/comments/new/" not in html
    reasons = re.findall(r'clause__why">([^<]+)</p>', html)
    assert (html.count("disabled>"), reasons) == (18, [reason] * 18)
    assert reason in session_bar(html)


def test_page_asks_again_by_itself_only_where_the_session_matters_to_its_reader(
    sign_in,
    public: HearingSession,
    page: str,
    delegate: User,
    drafter: User,
    client: Client,
) -> None:
    alone = f'hx-get="/hearings/{public.hearing.key}/groups/DIR/session/"'
    asks = {}
    for who, reader in (
        ("speaks", sign_in(delegate)),
        ("drafts", sign_in(drafter)),
        ("visits", client),
    ):
        html = text(reader, page)
        asks[who] = ("data-ticks" in html, alone in html)
    assert asks == {
        "speaks": (True, True),
        "drafts": (False, True),
        "visits": (False, False),
    }

    hearing = public.hearing
    hearing.opens_on = hearing.closes_on = timezone.localdate() - timedelta(days=2)
    hearing.save(update_fields=["opens_on", "closes_on"])
    assert "data-ticks" not in text(sign_in(delegate), page)


def test_bar_alone_says_what_the_page_says_in_few_bytes(
    sign_in, public: HearingSession, page: str, delegate: User
) -> None:
    factories.make_session_state(public, "paused", reason="รอห้องประชุม")
    client = sign_in(delegate)
    alone = client.get(f"/hearings/{public.hearing.key}/groups/DIR/session/")
    assert session_bar(markup(alone)) == session_bar(text(client, page))
    assert len(alone.content) < 2000


def session_bar(html: str) -> str:
    start = html.index('<div class="session-bar')
    return shown_words(html[start : html.index('id="session-why"', start)])


def test_open_plenary_lets_people_speak_when_the_group_is_closed(
    sign_in, public: HearingSession, page: str, edition: Edition, delegate: User
) -> None:
    factories.make_session_state(public, "closed")
    plenary = factories.make_session(edition, kind="plenary", hearing=public.hearing)
    factories.open_session(plenary)
    client = sign_in(delegate)
    assert "/comments/new/" in text(client, page)


def test_reader_who_may_not_comment_is_told_why(
    client: Client,
    sign_in,
    public: HearingSession,
    page: str,
    stranger: User,
    drafter: User,
    facilitator: User,
    expert: User,
) -> None:
    html = text(client, page)
    way = re.search(
        r'href="(/entries/\d+/comments/new/)" aria-label="[^"]*เข้าสู่ระบบก่อน"', html
    )[1]
    assert client.get(way)["Location"] == f"/sign-in/?next={way}"
    for user in (stranger, drafter):
        html = text(sign_in(user), page)
        assert "/comments/new/" not in html
        assert "เฉพาะผู้แทนของกลุ่มนี้" in html
    for user in (facilitator, expert):
        assert "/comments/new/" in text(sign_in(user), page)


def test_margin_names_both_office_types_and_the_number(
    client: Client,
    public: HearingSession,
    page: str,
    entry: EditionEntry,
    delegate: User,
    secondary_delegate: User,
) -> None:
    factories.make_comment(public, entry, delegate, type="agree")
    factories.make_comment(public, entry, secondary_delegate, type="amend")
    margin = beside(text(client, page), entry)
    assert re.findall(r'aria-label="(สพ[ปม]\. เห็นชอบร้อยละ \d+)"', margin) == [
        "สพป. เห็นชอบร้อยละ 100",
        "สพม. เห็นชอบร้อยละ 0",
    ]
    assert f'href="/entries/{entry.pk}/comments/"' in margin
    assert "2\u00a0ความคิดเห็น" in margin
    assert "เห็นต่างกัน" not in margin


def test_margin_flags_that_office_types_differ(
    client: Client,
    public: HearingSession,
    page: str,
    entry: EditionEntry,
    dir_group: WorkGroup,
) -> None:
    for kind, type in (("สพป.", "agree"), ("สพม.", "amend")):
        for number in range(10):
            office = factories.make_office(f"{kind}จังหวัดที่ {number}")
            factories.make_comment(
                public, entry, factories.make_delegate(dir_group, office), type=type
            )
    margin = beside(text(client, page), entry)
    assert "สพป. และ สพม. เห็นต่างกัน" in margin


def test_quiet_clause_says_so(
    client: Client, public: HearingSession, page: str, entry: EditionEntry
) -> None:
    assert "ยังไม่มีความคิดเห็น" in beside(text(client, page), entry)


def test_clause_under_discussion_is_marked_everywhere(
    client: Client,
    public: HearingSession,
    page: str,
    entry: EditionEntry,
    edition: Edition,
) -> None:
    step = edition.entries.get(part=9, label="2")
    for discussed, mark in ((entry, "clause--now"), (step, "step-table__row--now")):
        factories.make_discussion(public, discussed)
        html = text(client, page)
        assert html.count(mark) == 1
        assert "กำลังอภิปราย" in beside(html, discussed)
        assert f'href="{page}#{clause_anchor(discussed.uuid)}"' in html
        for other in ("/", "/groups/DIR/"):
            assert f'href="{page}#{clause_anchor(discussed.uuid)}"' in text(
                client, other
            )
    assert html.count("flow-chart__node--now") == 1
    factories.make_session_state(public, "closed")
    assert "--now" not in text(client, page)


def test_held_comment_counts_but_shows_no_words(
    client: Client,
    public: HearingSession,
    page: str,
    entry: EditionEntry,
    delegate: User,
) -> None:
    factories.make_comment(
        public, entry, delegate, text="ถ้อยคำที่ยังไม่ตรวจ", visibility="held"
    )
    html = text(client, page)
    assert "1\u00a0ความคิดเห็น" in beside(html, entry)
    assert "ถ้อยคำที่ยังไม่ตรวจ" not in html
    assert delegate.family_name not in html


# -- compared with the edition before ------------------------------------------------------------------


@pytest.fixture
def second_round(
    process: Section, dir_group: WorkGroup, drafter: User, admin: User
) -> HearingSession:
    """A session on an edition whose clause 5.1 differs from its basis."""
    basis = factories.make_edition(
        "2553", kind="baseline", title="ฉบับ พ.ศ. 2553", by=admin
    )
    clause = factories.clause_at(process, "5.1")
    words = Text(body="เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสามครั้ง")
    apply_changes(
        drafter,
        SectionVersion.Action.EDIT,
        "ปรับ",
        [ReviseClause(clause, clause.lock_version, words)],
    )
    edition = factories.make_edition("2565", by=admin, basis=basis)
    for each in (basis, edition):
        factories.make_release(each, "public")
    return factories.open_session(factories.make_session(edition, dir_group))


def test_process_shows_what_came_and_went_word_by_word(
    client: Client, second_round: HearingSession, page: str, process: Section
) -> None:
    html = text(client, page)
    assert "<del>สอง</del><ins>สาม</ins>" in html
    assert f"/editions/2565/sections/{process.uuid}/compare/2553/" in html
    clean = text(client, f"{page}?view=clean")
    assert "<del>" not in clean
    assert "<ins>" not in clean
    assert "วันละสามครั้ง" in clean


def test_unknown_view_is_the_marked_one(
    client: Client, second_round: HearingSession, page: str
) -> None:
    assert "<del>สอง</del>" in text(client, f"{page}?view='%22nothing")


def test_basis_that_one_may_not_read_is_not_shown(
    client: Client, second_round: HearingSession, page: str
) -> None:
    with without_triggers():
        second_round.edition.basis.releases.all().delete()
    html = text(client, page)
    assert "<del>" not in html
    assert "2553" not in shown_words(html)


def test_group_tells_what_changed_since_the_edition_before(
    client: Client,
    second_round: HearingSession,
    process: Section,
    manual: Manual,
    drafter: User,
) -> None:
    html = text(client, "/groups/DIR/")
    assert "แก้ไข 6%" in html  # one clause of seventeen
    assert "แก้ไข 6%" in text(client, "/groups/DIR/?show=changed")
    assert "ไม่มีกระบวนงานที่รอพิจารณา" in text(client, "/groups/DIR/?show=waiting")


# -- a group -----------------------------------------------------------------------------------------


def test_group_lists_mission_duties_processes_forms_and_laws(
    client: Client,
    process: Section,
    manual: Manual,
    dir_group: WorkGroup,
    drafter: User,
    admin: User,
) -> None:
    mission = factories.make_section(manual, "พันธกิจ", kind="mission", by=drafter)
    factories.make_clause(
        mission, "เป็นจุดแรกที่ประชาชนติดต่อ", part=0, numbering="none", by=drafter
    )
    factories.make_section(manual, "การส่งหนังสือราชการ", kind="process", by=drafter)
    dir_group.duties = [{"clause": "(ก)", "text": "ปฏิบัติงานสารบรรณ"}]
    dir_group.save()
    edition = factories.make_edition("A", by=admin)
    factories.make_release(edition, "public")
    factories.open_session(factories.make_session(edition, dir_group))
    words = shown_words(text(client, "/groups/DIR/")).replace("\u00a0", " ")
    for part in (
        "เป็นจุดแรกที่ประชาชนติดต่อ",
        "ปฏิบัติงานสารบรรณ",
        "การรับหนังสือราชการ 17 ข้อ · 4 ขั้นตอน",
        "ยังไม่ยกร่าง",
        "ทะเบียนหนังสือรับ",
        "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526",
        "เปิดรับความคิดเห็น",
    ):
        assert part in words, part


def test_undrafted_process_can_still_be_commented_on(
    sign_in,
    manual: Manual,
    process: Section,
    dir_group: WorkGroup,
    delegate: User,
    drafter: User,
) -> None:
    bare = factories.make_section(
        manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    edition = factories.make_edition("A")
    factories.make_release(edition, "public")
    factories.open_session(factories.make_session(edition, dir_group))
    client = sign_in(delegate)
    html = text(client, f"/groups/DIR/processes/{bare.uuid}/")
    assert "ยังไม่ยกร่าง" in html
    assert (
        f'href="/entries/{edition.entries.get(uuid=bare.uuid).pk}/comments/new/"'
        in html
    )


def test_forms_and_laws_stand_in_thai_order(
    client: Client, manual: Manual, dir_group: WorkGroup, drafter: User
) -> None:
    from manuals.content import Form, Reference

    section = factories.make_section(manual, "การรับหนังสือ", kind="process", by=drafter)
    for name in ("เกณฑ์", "ฮูก", "กก", "แขก"):
        factories.make_clause(section, Form(name=name), part=7, by=drafter)
        factories.make_clause(
            section, Reference(as_cited=f"{name}หมาย"), part=8, by=drafter
        )
    edition = factories.make_edition("A")
    factories.make_release(edition, "public")
    factories.open_session(factories.make_session(edition, dir_group))
    html = text(client, "/groups/DIR/")
    names = re.findall(r'class="listing__name"[^>]*>([^<]+)<', html)
    assert names == [
        "กก",
        "เกณฑ์",
        "แขก",
        "ฮูก",
        "กกหมาย",
        "เกณฑ์หมาย",
        "แขกหมาย",
        "ฮูกหมาย",
    ]


# -- what comments changed ----------------------------------------------------------------------------


def test_changed_words_are_shown_once_answers_are_published(
    client: Client,
    public: HearingSession,
    page: str,
    clause: Clause,
    comment: Comment,
    dir_group: WorkGroup,
    drafter: User,
) -> None:
    words = Text(body="ตรวจสอบความครบถ้วนของหนังสือภายในวันทำการเดียวกัน")
    [change] = apply_changes(
        drafter,
        SectionVersion.Action.ADOPT,
        "แก้ไขตามข้อเสนอ",
        [ReviseClause(clause, clause.lock_version, words)],
    )
    disposition = factories.make_disposition(
        comment, outcome="accepted", effect="changed", decided_by=drafter
    )
    factories.make_change_cause(change, disposition)
    assert "แก้ถ้อยคำแล้วตามความคิดเห็น" not in text(client, page)
    publish_answers(public.hearing, dir_group, by=drafter)
    own = beside(text(client, page), comment.entry)
    assert "แก้ถ้อยคำแล้วตามความคิดเห็น 1\u00a0เรื่อง" in own
    assert "<ins>ภายในวันทำการเดียวกัน</ins>" in own
    assert "เผยแพร่ผลการพิจารณาแล้ว" in text(client, "/groups/DIR/")

    # A second hearing hears the words as they are then: what the first one changed stands beside its own
    with without_triggers():
        Hearing.objects.filter(pk=public.hearing_id).update(closes_on=date(2022, 9, 22))
    later = factories.make_edition("ROUND-2", by=drafter)
    factories.make_release(later, "public")
    second = factories.make_hearing(opens_on=date(2023, 1, 1))
    factories.open_session(factories.make_session(later, dir_group, hearing=second))
    assert words.body in text(client, page)
    assert "แก้ถ้อยคำแล้วตามความคิดเห็น" not in text(client, page)
    assert "แก้ถ้อยคำแล้วตามความคิดเห็น" in text(
        client, f"{page}?hearing={public.hearing.key}"
    )

    section = Section.objects.get(pk=clause.section_id)
    restore_section(section, section.version - 1, by=drafter, reason="เรียกคืน")
    assert "แก้ถ้อยคำแล้วตามความคิดเห็น" not in text(
        client, f"{page}?hearing={public.hearing.key}"
    )


# -- the cost ----------------------------------------------------------------------------------------


def test_process_costs_the_same_with_one_comment_and_three(
    sign_in,
    second_round: HearingSession,
    page: str,
    process: Section,
    delegate: User,
    secondary_delegate: User,
    office_head: User,
    assert_same_queries,
) -> None:
    entries = list(second_round.edition.entries.filter(section=process, part=5))
    factories.make_comment(second_round, entries[0], delegate)
    client = sign_in(delegate)

    def add() -> None:
        factories.make_comment(second_round, entries[1], secondary_delegate)
        factories.make_comment(second_round, entries[2], office_head)

    assert_same_queries(15, lambda: text(client, page), add)


def test_process_costs_the_same_with_one_clause_and_three(
    client: Client,
    manual: Manual,
    dir_group: WorkGroup,
    drafter: User,
    admin: User,
    assert_same_queries,
) -> None:
    section = factories.make_section(manual, "การรับหนังสือ", kind="process", by=drafter)
    factories.make_clause(section, "ข้อเดียว", by=drafter)
    first = factories.make_edition("A", by=admin)
    factories.make_release(first, "public")
    hearing = factories.make_hearing()
    factories.open_session(factories.make_session(first, dir_group, hearing=hearing))

    def add() -> None:
        for words in ("ข้อที่สอง", "ข้อที่สาม"):
            factories.make_clause(section, words, by=drafter)
        later = factories.make_edition("B", by=admin)
        factories.make_release(later, "public")
        with without_triggers():
            HearingSession.objects.all().update(
                hearing=factories.make_hearing(
                    opens_on="2020-01-01", closes_on="2020-01-02"
                )
            )
        factories.open_session(
            factories.make_session(later, dir_group, hearing=hearing)
        )

    assert_same_queries(
        11, lambda: text(client, f"/groups/DIR/processes/{section.uuid}/"), add
    )


def test_home_and_group_cost_the_same_with_one_row_and_three(
    client: Client,
    public: HearingSession,
    comment: Comment,
    hearing: Hearing,
    drafter: User,
    assert_same_queries,
) -> None:
    def read() -> None:
        text(client, "/")
        text(client, "/groups/DIR/")

    def add() -> None:
        for key in ("FIN", "LAW"):
            group = factories.make_group(key)
            factories.make_section(
                factories.make_manual(group), "การเบิกจ่าย", kind="process", by=drafter
            )
        for title in ("การส่งหนังสือ", "การเก็บหนังสือ"):
            factories.make_section(
                comment.entry.manual, title, kind="process", by=drafter
            )
        later = factories.make_edition("B")
        factories.make_release(later, "public")
        with without_triggers():
            HearingSession.objects.all().update(
                hearing=factories.make_hearing(
                    opens_on="2020-01-01", closes_on="2020-01-02"
                )
            )
        for key in ("DIR", "FIN", "LAW"):
            group = factories.make_group(key)
            made = factories.open_session(
                factories.make_session(later, group, hearing=hearing)
            )
            for office in ("สพป.ลำปาง เขต 1", "สพม.ชลบุรี ระยอง"):
                entry = later.entries.filter(
                    kind="section", manual__work_group=group
                ).first()
                author = factories.make_delegate(group, factories.make_office(office))
                factories.make_comment(made, entry, author)

    assert_same_queries(25, read, add)


@pytest.fixture
def offices(db) -> list[AreaOffice]:
    return [factories.make_office(name) for name in factories.OFFICES]


def test_shares_are_of_all_offices_of_the_kind(
    client: Client, public: HearingSession, comment: Comment, offices: list[AreaOffice]
) -> None:
    html = text(client, "/")
    assert "1 จาก 2 เขต" in html  # of the two primary offices
    assert "0 จาก 2 เขต" in html


# -- a beginning: manuals in which little stands ---------------------------------------------------------


def test_empty_manual_says_so_and_leads_its_drafter_to_the_draft(
    sign_in, drafter, stranger, manual, admin
):
    factories.make_release(factories.make_edition("HEARING-2565", by=admin), "hearing")
    told = "ยังไม่มีกระบวนงานในคู่มือฉบับนี้"
    own = text(sign_in(drafter), "/groups/DIR/")
    others = text(sign_in(stranger), "/groups/DIR/")
    assert (told in own, told in others) == (True, True)
    assert ("/groups/DIR/drafts/" in own, "/groups/DIR/drafts/" in others) == (
        True,
        False,
    )


def test_home_without_manuals_leads_the_administrator_to_them(sign_in, client, admin):
    assert 'href="/desk/manuals/">จัดทำคู่มือของกลุ่มงาน' in text(sign_in(admin), "/")
    assert "/desk/manuals/" not in text(client, "/")


@pytest.mark.parametrize(
    ("kinds", "ahead"),
    [
        ([], ["ร่างปรับปรุง", "ฉบับสมบูรณ์"]),
        (["hearing", "baseline"], ["ร่างปรับปรุง", "ฉบับสมบูรณ์"]),
        (["snapshot", "revised", "hearing"], ["ฉบับสมบูรณ์"]),
        (["final", "hearing"], []),
        (["hearing", "final"], ["ร่างปรับปรุง", "ฉบับสมบูรณ์"]),  # a further round
    ],
)
def test_what_comes_before_the_final_is_not_ahead_of_it(kinds, ahead):
    editions = [Edition(kind=kind) for kind in kinds]  # the newest first
    assert [each.name for each in editions_ahead(editions)] == ahead


def test_citizens_are_led_to_the_final_that_is_released(
    client: Client, session: HearingSession, manual
) -> None:
    final = factories.make_edition(kind="final")
    assert "เข้าสู่ระบบเพื่ออ่านร่าง" in text(client, "/")
    factories.make_release(final, "public")

    html = text(client, "/")

    assert "เข้าสู่ระบบเพื่ออ่านร่าง" not in html
    assert f'href="/editions/{final.code}/"' in html
    assert f'href="/editions/{final.code}/manuals/{manual.key}/"' in html
    of_manual = f"/editions/{final.code}/manuals/{manual.key}/"
    assert client.get(f"/groups/{manual.key}/").headers["Location"] == of_manual


def test_who_may_not_read_the_draft_is_led_to_the_same_place_in_the_final(
    client: Client, sign_in, session: HearingSession, process, clause, manual, admin
) -> None:
    nobody = sign_in(factories.make_user("nobody"))
    page = f"/groups/{manual.key}/processes/{process.uuid}/"
    assert [each.get(page).status_code for each in (client, nobody)] == [302, 404]
    assert "sign-in" in client.get(page).headers["Location"]
    final = factories.make_edition("FINAL", kind="final", by=admin)
    factories.make_release(final, "public")

    def led_to(address: str) -> set[str]:
        return {each.get(address).headers["Location"] for each in (client, nobody)}

    of_manual = f"/editions/FINAL/manuals/{manual.key}/"
    assert led_to(f"/groups/{manual.key}/") == {of_manual}
    assert led_to(page) == {f"/editions/FINAL/sections/{process.uuid}/"}
    assert led_to(f"/groups/{manual.key}/processes/{uuid4()}/") == {
        of_manual
    }  # dropped since


def test_public_reads_a_comment_with_its_words_but_no_name_and_no_other_words(
    client: Client, session: HearingSession, entry, process, comment, admin
) -> None:
    held = factories.make_comment(
        session,
        factories.entry_of(entry.edition, factories.clause_at(process, "5.1")),
        visibility="held",
    )
    assert client.get(f"/comments/{comment.uuid}/").status_code == 302
    factories.make_release(
        factories.make_edition("FINAL", kind="final", by=admin), "public"
    )

    page = text(client, f"/comments/{comment.uuid}/")

    assert (comment.text in page, comment.author.get_full_name() in page) == (
        True,
        False,
    )
    assert comment.text in text(client, f"/entries/{comment.entry_id}/comments/")
    unsaid = [f"/comments/{held.uuid}/", f"/entries/{held.entry_id}/comments/"]
    assert [client.get(address).status_code for address in unsaid] == [404, 404]


def test_participant_waits_for_the_draft_without_having_to_ask(
    sign_in, edition: Edition, dir_group, hearing: Hearing, delegate: User
) -> None:
    factories.make_session(edition, dir_group, hearing=hearing)

    html = text(sign_in(delegate), "/")

    assert "ไม่ต้องดำเนินการใด" in html
    assert "โปรดแจ้งผู้ดูแลระบบ" not in html
