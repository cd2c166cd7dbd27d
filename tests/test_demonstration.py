"""The demonstration as a whole: loaded once by real acts, and true in what it says."""

import json
import re
from collections import Counter
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from rapidfuzz import fuzz

from comments.commenting.forms.comment_form import CommentForm, load_initial_values
from comments.demonstration import load_demonstration, renew_demonstration
from comments.duplicates.queries import find_likely_groups, find_said
from comments.issue_classes import MEANINGS
from comments.models import (
    Amendment,
    Answer,
    AnswerPublication,
    Comment,
    Disposition,
    Hearing,
    HearingSession,
    Moderation,
    Objection,
    Recommendation,
)
from comments.tallies import DIFFER_OFFICES, DIFFER_POINTS, tally_offices_by_entry
from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from manuals.comparing.fates import Fate
from manuals.comparing.queries.nodes import compare_sides
from manuals.comparing.sides import Side, Sides
from manuals.content import content_from_json, plain_text
from manuals.editions.services.freezing import recompute_manifest_sha
from manuals.exchange.akoma_ntoso.document import write_akoma_ntoso
from manuals.exchange.edition_json import dump_edition
from manuals.exchange.reading import read_edition_file
from manuals.models import (
    Citation,
    ClauseChange,
    Edition,
    EditionEntry,
    LegalSource,
    Section,
)
from tests.database import without_triggers
from tests.manuals.exchange.akoma_ntoso import AKN, by_uuid, read_valid, stored_texts
from tests.markup import markup

# The mark makes pytest-django set up the test database; the rows come from the module's fixture
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker):
    """Loaded once for this module (12 s) and rolled back after it."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        load_demonstration()
        connection.check_constraints()  # else every test would check all of its rows again
        yield
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def test_directory_holds_the_announced_groups_and_offices(demonstration):
    hearing_day = HearingSession.objects.first().hearing.opens_on

    assert Counter(AreaOffice.objects.values_list("kind", flat=True)) == {
        "primary": 183,
        "secondary": 62,
    }
    assert WorkGroup.objects.valid_on(hearing_day).count() == 10
    assert all(WorkGroup.objects.valid_on(hearing_day).values_list("duties", flat=True))
    assert WorkGroup.objects.get(key="PRIV").valid_until is not None
    assert AreaOffice.objects.get(short_name="สพม.ชลบุรี ระยอง").provinces == [
        "ชลบุรี",
        "ระยอง",
    ]


def test_accounts_cover_every_role(demonstration):
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    rows = json.loads(out.getvalue())
    people = {
        role: {row["username"] for row in rows if row["role"] == role}
        for role in {row["role"] for row in rows}
    }

    assert set(rows[0]) == {
        "username",
        "password",
        "role",
        "work_group",
        "office",
        "office_kind",
    }
    assert {role: len(names) for role, names in people.items()} == {
        "admin": 1,
        "drafter": 11,
        "facilitator": 10,
        "delegate": 48,
        "office_head": 2,
        "expert": 1,
        "central_bureau": 1,
    }
    assert (
        Counter(row["username"] for row in rows if row["role"] == "drafter")[
            "drafter-two"
        ]
        == 2
    )
    delegates = [row for row in rows if row["role"] == "delegate"]
    assert Counter(
        {row["office"]: row["office_kind"] for row in delegates}.values()
    ) == {
        "primary": 18,
        "secondary": 18,
    }
    assert {row["work_group"] for row in delegates} == {
        group.key for group in WorkGroup.objects.exclude(key="PRIV")
    }
    assert all(
        User.objects.get(username=row["username"]).check_password(row["password"])
        for row in rows[:3]
    )
    cast = User.objects.filter(username__in={row["username"] for row in rows})
    women = cast.filter(title__in=["นาง", "นางสาว"]).values_list(
        "given_name", flat=True
    )
    men = cast.filter(title="นาย").values_list("given_name", flat=True)
    assert set(women) == {"สมศรี", "วราภรณ์", "พิมพ์ใจ", "อรทัย", "จันทร์เพ็ญ", "มาลี"}
    assert set(men) == {"ประเสริฐ", "ธนากร", "สุรชัย", "วิเชียร", "ณัฐพล", "เกรียงไกร"}


def test_manuals_hold_all_processes_and_twenty_are_written(demonstration):
    draft = Edition.objects.get(code="2565-D1")
    processes = draft.entries.filter(kind="section", data__kind="process")
    written = Counter(
        entry.manual.key
        for entry in processes.select_related("manual")
        if EditionEntry.objects.filter(
            edition=draft, section=entry.section_id, part=9
        ).exists()
    )

    assert processes.count() == 146
    assert written == dict.fromkeys(
        ("DIR", "PLAN", "ICT", "FIN", "HR", "DEV", "SUP", "PRO", "AUD", "LAW"), 2
    )
    for section in processes.values_list("section", flat=True):
        steps = draft.entries.filter(
            section=section, part=9, blob__content__kind="step"
        ).count()
        assert steps == 0 or 6 <= steps <= 15


def test_draft_came_from_2553_by_real_acts(demonstration):
    baseline, draft = (
        Edition.objects.get(code="2553"),
        Edition.objects.get(code="2565-D1"),
    )
    fates = Counter(
        each.fate for each in compare_sides(Sides(Side(baseline), Side(draft))).clauses
    )
    kept = set(baseline.entries.filter(kind="clause").values_list("uuid", "blob"))
    kept &= set(draft.entries.filter(kind="clause").values_list("uuid", "blob"))

    assert recompute_manifest_sha(draft) == draft.manifest_sha
    assert all(fates[fate] > 20 for fate in (Fate.ADDED, Fate.RETIRED, Fate.REWORDED))
    assert len(kept) > 50
    assert all(change.reason for change in ClauseChange.objects.filter(kind="retired"))
    assert set(
        Section.objects.filter(versions__action="move").values_list(
            "manual__key", flat=True
        )
    ) == {
        "ICT",
        "DEV",
        "LAW",
    }


@pytest.mark.parametrize("code", ["2553", "2565-D1"])
def test_editions_go_out_as_data_letter_for_letter(demonstration, code):
    """Every stored text stands in a valid Akoma Ntoso document, and the JSON reads back as what it was."""
    edition = Edition.objects.get(code=code)
    found = by_uuid(read_valid(write_akoma_ntoso(edition)))
    entries = list(edition.entries.select_related("blob"))
    assert len(found) == len(entries) > 300
    for entry in entries:
        element = found[str(entry.uuid)]
        if entry.blob is None:
            assert element.find(f"{AKN}heading").text == entry.title
        else:
            content = entry.blob.as_content
            assert stored_texts(element, content) == content.fields()

    raw = dump_edition(edition)
    file = read_edition_file(raw)
    assert (file.manifest_sha, len(file.entries)) == (
        edition.manifest_sha,
        len(entries),
    )
    assert dump_edition(Edition.objects.get(code=code)) == raw


def test_repealed_sources_are_cited_twice_or_more(demonstration):
    draft = Edition.objects.get(code="2565-D1")
    cited = Citation.objects.filter(
        source__status=LegalSource.Status.REPEALED, clause__entries__edition=draft
    )

    assert cited.values("clause").distinct().count() >= 2


def test_comments_were_made_by_real_acts(demonstration):
    assert Comment.objects.count() >= 80
    assert Comment.objects.filter(moderations__isnull=True).count() == 0
    assert (
        Counter(Comment.objects.values_list("office_kind", flat=True))["secondary"]
        >= 20
    )
    assert Disposition.objects.filter(effect="changed").exists()


def test_offices_of_both_kinds_disagree_in_every_group(demonstration):
    heard = Counter(Comment.objects.values_list("session__work_group__key", flat=True))
    standings = tally_offices_by_entry(
        Comment.objects.values_list("entry", flat=True).distinct()
    )
    disputed = {
        Comment.objects.filter(entry=entry).first().session.work_group.key
        for entry, standing in standings.items()
        if standing.comments >= 2
        and standing.primary.offices
        and standing.secondary.offices
        if standing.primary.for_text + standing.secondary.for_text
        if standing.primary.for_change + standing.secondary.for_change
    }

    assert len(heard) == 10
    assert min(heard.values()) >= 5
    assert disputed == set(heard)
    assert set(Comment.objects.values_list("type", flat=True)) == set(
        Comment.Type.values
    )
    assert set(Comment.objects.values_list("issue_class", flat=True)) == {
        None,
        *Comment.IssueClass.values,
    }


def test_offices_stand_apart_on_the_paper_register(demonstration):
    """Most primary offices want the register on paper somehow, few secondary ones: the clause most spoken of."""
    spoken_of = Counter(Comment.objects.values_list("entry", flat=True)).most_common(1)[
        0
    ][0]
    standing = tally_offices_by_entry([spoken_of])[spoken_of]

    assert standing.comments >= 8
    assert min(standing.primary.offices, standing.secondary.offices) >= DIFFER_OFFICES
    assert (
        standing.primary.change_share - standing.secondary.change_share >= DIFFER_POINTS
    )
    assert standing.differs


def test_offices_of_both_kinds_differ_in_several_groups_and_both_ways(demonstration):
    standings = tally_offices_by_entry(
        Comment.objects.values_list("entry", flat=True).distinct()
    )
    differing = {
        entry: standing for entry, standing in standings.items() if standing.differs
    }
    groups = EditionEntry.objects.filter(pk__in=differing).values_list(
        "manual__key", flat=True
    )
    for_change = {
        each.primary.change_share > each.secondary.change_share
        for each in differing.values()
    }

    assert {"DIR", "PLAN", "SUP"} <= set(groups)
    assert for_change == {True, False}


def test_flag_of_differing_offices_is_seen_at_the_clause(demonstration, sign_in):
    client = sign_in(User.objects.get(username="delegate-p7"))
    spoken_of = Counter(Comment.objects.values_list("entry", flat=True)).most_common(1)[
        0
    ][0]

    page = client.get(reverse("entry-comments", args=[spoken_of])).content.decode()

    assert "สพป. และ สพม. เห็นต่างกัน" in page


def test_most_classed_comments_answer_the_questions_of_their_class(demonstration):
    asked = {meaning.value for meaning in MEANINGS if meaning.fields}
    classed = Comment.objects.filter(issue_class__in=asked)
    answering = [comment for comment in classed if comment.issue_data]

    assert {comment.issue_class for comment in answering} == asked
    assert len(answering) >= 0.9 * len(classed)
    assert (
        not Comment.objects.exclude(issue_class__in=asked)
        .exclude(issue_data={})
        .exists()
    )


def test_comments_are_what_their_form_would_have_sent(demonstration):
    """The same questions, types and limits: a comment put back into the form comes out as it was."""
    for comment in Comment.objects.filter(parent__isnull=True).select_related(
        "entry__blob"
    ):
        values = {
            name: value
            for name, value in load_initial_values(comment).items()
            if value is not None
        }
        form = CommentForm(
            values | {"client_key": str(comment.client_key)}, about=comment.entry
        )

        assert form.is_valid(), (comment.text, form.errors)
        assert (form.comment_input.type, form.comment_input.text) == (
            comment.type,
            comment.text,
        )
        assert form.comment_input.issue_data == comment.issue_data


def test_drafters_of_each_group_decided_in_every_way(demonstration):
    Outcome, Effect = Disposition.Outcome, Disposition.Effect
    decided = Disposition.objects.exclude(outcome=Outcome.WITHDRAWN)
    answers = Answer.objects.filter(disposition__in=decided).select_related(
        "disposition__decided_by", "comment__entry__manual__work_group"
    )

    assert decided.count() >= 25
    assert {answer.comment.entry.manual.key for answer in answers} >= {
        "DIR",
        "PLAN",
        "ICT",
        "HR",
        "SUP",
        "AUD",
        "LAW",
    }
    assert set(Disposition.objects.values_list("outcome", flat=True)) == set(
        Outcome.values
    )
    assert {Effect.CHANGED, Effect.TO_DRAFT, Effect.NO_TEXT_CHANGE} <= set(
        decided.values_list("effect", flat=True)
    )
    for answer in answers:
        assert load_roles(answer.disposition.decided_by).drafts(
            answer.comment.entry.manual.work_group
        )


def test_some_refusals_are_confirmed_and_one_waits_for_a_second_person(demonstration):
    refusals = Disposition.objects.filter(outcome=Disposition.Outcome.NOT_ACCEPTED)

    assert (
        refusals.filter(confirmed_by__isnull=False)
        .exclude(confirmed_by=F("decided_by"))
        .count()
        >= 3
    )
    assert refusals.filter(confirmed_by__isnull=True).count() == 1


def test_a_comment_is_hidden_with_a_reason_and_people_answered_each_other(
    demonstration,
):
    hidden = Comment.objects.filter(
        moderations__visibility=Moderation.Visibility.HIDDEN
    )
    replies = Comment.objects.filter(parent__isnull=False)

    assert [comment.moderations.latest("pk").reason != "" for comment in hidden] == [
        True
    ]
    assert replies.count() >= 5
    assert not replies.filter(parent__parent__isnull=False).exists()


def test_facilitators_and_an_expert_advised(demonstration):
    advisers = Recommendation.objects.values_list("by__roles__role", "by").distinct()

    assert {role for role, _ in advisers} == {"facilitator", "expert"}
    assert len({by for role, by in advisers if role == "facilitator"}) >= 3
    assert Recommendation.objects.filter(comment__answers__isnull=True).exists()


def test_one_group_is_answered_as_a_whole_and_its_delegate_sees_it(
    demonstration, sign_in
):
    published = Comment.objects.filter(parent__isnull=True, entry__manual__key="AUD")
    someone = User.objects.get(username="delegate-s2b")
    client = sign_in(someone)

    page = markup(client.get(reverse("my-comments")))

    assert AnswerPublication.objects.get().work_group.key == "AUD"
    assert not published.exclude(
        answers__disposition__publication__isnull=False
    ).exists()
    assert Objection.objects.get().comment.author == someone
    assert (
        "ท่านขอให้ทบทวนผลนี้เมื่อ" in page
    )  # to one comment; the other may still be objected to
    assert "ถ้อยคำใหม่" in page
    assert "ขอให้ทบทวนผล</a>" in page


def test_the_room_of_one_group_sits_and_says_where_it_is(demonstration, sign_in):
    client = sign_in(User.objects.get(username="delegate-p2"))
    room = HearingSession.objects.with_state().get(kind="room", acted_state="opened")
    entry = room.discussions.latest("pk").entry

    page = client.get("/").content.decode()

    assert (room.work_group.key, entry.manual.key) == ("FIN", "FIN")
    assert "ขณะนี้ในเวที" in page
    for name, shown in (("motions", "ให้คงถ้อยคำตามร่าง"), ("polls", "ผลการยกมือ")):
        assert shown in client.get(reverse(name, args=[room.pk])).content.decode()
    assert set(
        Comment.objects.filter(entry__manual__key="FIN").values_list(
            "session__kind", flat=True
        )
    ) == {"online"}


def test_who_sits_in_the_room_comments_there(demonstration, sign_in):
    """Held until the facilitator shows it; the writer sees it at once."""
    someone = User.objects.get(username="delegate-p2")
    client = sign_in(someone)
    room = HearingSession.objects.with_state().get(kind="room", acted_state="opened")
    entry = room.discussions.latest("pk").entry
    body = {
        "client_key": str(uuid4()),
        "type": "ask",
        "text": "นับวันทำการของโรงเรียนหรือของสำนักงานเขต",
    }

    response = client.post(
        reverse("entry-comments", args=[entry.pk]), body, follow=True
    )

    comment = Comment.objects.latest("pk")
    assert (comment.author, comment.session, comment.text) == (
        someone,
        room,
        body["text"],
    )
    assert comment.moderations.get().visibility == Moderation.Visibility.HELD
    assert body["text"] in response.content.decode()


def test_proposed_wordings_are_of_the_clauses_they_stand_on(demonstration):
    """Each keeps a good part of the clause's own words, and changes some."""
    proposals = Amendment.objects.filter(
        op=Amendment.Op.REPLACE, comment__type=Comment.Type.AMEND
    )

    assert proposals.count() >= 50
    for proposal in proposals.select_related("base_blob", "comment"):
        now = plain_text(proposal.base_blob.as_content)
        proposed = plain_text(content_from_json(proposal.proposed))
        assert now != proposed
        assert fuzz.ratio(now, proposed) >= 40, proposal.comment.text


def test_search_finds_a_clause_of_the_draft(demonstration, client):
    page = client.get("/search/", {"q": "ลงทะเบียนรับในระบบ"}).content.decode()

    assert "<mark>" in page
    assert "การรับหนังสือราชการ" in page


def test_a_circulated_text_is_proposed_as_one_argument(demonstration):
    said = find_said(
        WorkGroup.objects.get(key="PLAN").manual, User.objects.get(username="admin")
    )
    assert 3 in [len(ids) for ids in find_likely_groups(said)]


def test_loading_again_changes_nothing(demonstration):
    comments, versions = Comment.objects.count(), ClauseChange.objects.count()

    assert load_demonstration() is False
    assert (Comment.objects.count(), ClauseChange.objects.count()) == (
        comments,
        versions,
    )


def test_hearing_names_by_whom_it_is_led_and_invents_no_person(demonstration):
    hearing = Hearing.objects.get()
    assert hearing.organiser == "กลุ่มพัฒนาระบบบริหาร"
    for led_by in (hearing.chairperson, *hearing.speaker_names):
        assert re.fullmatch(r"ผู้แทน\S+ \(ข้อมูลสาธิตไม่ระบุชื่อ\)", led_by)


def test_hearing_is_open_whenever_somebody_starts_the_portal(demonstration, client):
    hearing = Hearing.objects.get()
    assert hearing.opens_on <= timezone.localdate() <= hearing.closes_on
    assert renew_demonstration() is False
    long_ago = timezone.localdate() - timedelta(days=400)
    with without_triggers():
        Hearing.objects.update(opens_on=long_ago, closes_on=long_ago)
    session = HearingSession.objects.filter(kind="online").first()
    assert session.state == "closed"

    assert renew_demonstration() is True

    assert HearingSession.objects.get(pk=session.pk).is_open
    assert "20 กันยายน 2565 ณ โรงแรมรอยัลซิตี้ ปิ่นเกล้า" in client.get("/").content.decode()
