"""Words that have no place to break, wherever somebody typed them: on a telephone no page scrolls sideways for them."""

import pytest
from playwright.sync_api import expect

from comments.hearings.services.clause_timers import start_clause_timer
from comments.hearings.services.session_states import discuss_entry
from comments.models import (
    Comment,
    Conclusion,
    Disposition,
    Hearing,
    HearingSession,
    Objection,
    OfficePosition,
    Overlap,
    Recommendation,
)
from comments.motions.services import note_motion
from comments.polls.services import ask_poll, end_poll
from comments.receipts.letters import receipt_letters
from hearing_portal.thai.text import escape_plain
from manuals.content import Text
from manuals.models import EditionEntry
from tests import factories
from tests.database import without_triggers
from tests.journeys.conftest import sign_in_browser
from tests.journeys.measures import CUT_WORDS
from tests.journeys.scenes import Scene, busy

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = ("https://docs.google.com/forms/d/e/" + "1FAIpQLSfXq0r8Zk3VtYw2" * 4)[:120]
WORDS = f"{ADDRESS} {'Donaudampfschifffahrtsgesellschaft' * 3} {'กฮขณ' * 30}"
TYPED = {
    Comment: ["text"],
    Conclusion: ["summary"],
    Disposition: ["reason"],
    Objection: ["text"],
    OfficePosition: ["words"],
    Overlap: ["evidence"],
    Recommendation: ["reason"],
    Hearing: ["title", "venue", "organiser", "chairperson", "speakers"],
    HearingSession: ["venue"],
}
PAGES = {
    "nobody": ["/", "/groups/DIR/", "/receipts/{receipt}/"],
    "delegate": [
        "/groups/DIR/comments/",
        "/groups/DIR/conclusion/",
        "/entries/{entry.pk}/comments/",
        "/comments/{comment.uuid}/",
        "/comments/{objected.uuid}/",
        "/comments/{comment.uuid}/receipt/",
        "/my-comments/",
        "/office-comments/",
        "/overlaps/",
        "/overlaps/{settled.uuid}/",
        "/overview/",
    ],
    "head": ["/office-positions/", "/office-positions/DIR/"],
    "drafter": [
        "/queue/",
        "/groups/DIR/queue/",
        "/comments/{comment.uuid}/disposition/",
        "/groups/DIR/answers/",
        "/groups/DIR/positions/",
        "/drafting/",
        "/overlaps/{overlap.uuid}/",
    ],
    "admin": [
        "/matrix/",
        "/overlaps/",
        "/overlaps/matrix/",
        "/overlaps/agencies/",
    ],
}


@pytest.fixture
def scene() -> Scene:
    """The busy hearing, where every text is as bad as it can be."""
    made = busy()
    proposed = Text(body=escape_plain(WORDS))
    factories.say(made.session, made.entry, made.second, WORDS, proposed=proposed)
    with without_triggers():
        for model, fields in TYPED.items():
            for field in fields:
                longest = model._meta.get_field(field).max_length
                model.objects.update(**{field: WORDS[:longest]})
        Overlap.objects.exclude(agency="").update(agency=WORDS[:120])
        for section in EditionEntry.objects.filter(kind="section"):
            section.title = f"{section.title[:20]}{WORDS}"[:300]
            section.save(update_fields=["title"])
    made.receipt = f"{made.comment.pk}/{receipt_letters(made.comment, 0)}"
    return made


def test_no_page_scrolls_sideways_for_a_long_word(scene, open_context, live_server):
    found = {}
    for who, paths in PAGES.items():
        context = open_context(360, height=740)
        if who != "nobody":
            sign_in_browser(context, getattr(scene, who), live_server.url)
        page = context.new_page()
        for path in paths:
            answered = page.goto(path.format_map(vars(scene)))
            assert answered.ok, path
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 360:
                found[f"{path} of {who}"] = width
            if cut := page.evaluate(CUT_WORDS):
                found[f"{path} of {who}, cut"] = cut
    assert found == {}


def test_wall_holds_all_of_it(scene, open_context):
    """Nobody scrolls on a wall: long words, a hand, a speaker and the time stand on 1280 × 720 together."""
    session, entry, facilitator = scene.session, scene.entry, scene.facilitator
    discuss_entry(session, entry, by=facilitator)
    start_clause_timer(session, minutes=10, by=facilitator)
    note_motion(
        session, entry, words=WORDS[:200], proposed=f"{WORDS} {WORDS}", by=facilitator
    )
    end_poll(scene.poll, by=facilitator)
    ask_poll(session, question=WORDS[:300], entry=entry, by=facilitator)
    page = open_context(width=1280, height=720).new_page()

    page.goto(f"/sessions/{session.pk}/wall/{scene.wall_letters}/")

    expect(page.locator(".projector__words ins").first).to_be_visible()
    root = "document.documentElement"
    fits = f"{root}.scrollHeight <= 720 && {root}.scrollWidth <= 1280"
    page.wait_for_function(f"() => {fits}")
    sizes = page.evaluate(
        "[...document.querySelectorAll('.projector__words, .projector__next')]"
        ".map((part) => parseFloat(getComputedStyle(part).fontSize))"
    )
    assert min(sizes) >= 11
