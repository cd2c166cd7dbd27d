"""The desk of editions: freezing by a real worker, also after a killed attempt; the gate; releasing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments.deciding.services.publishing import publish_answers
from comments.hearings.services.session_states import close_session
from comments.models import AnchorResolution, AnswerPublication
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.queries.book import EditionBook
from comments.releasing.queries.gate import find_release_blockers
from hearing_portal.directory.models import User
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.jobs.services import enqueue_job
from manuals.editions.services.freezing import freeze_edition
from manuals.models import Edition, EditionRelease
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

EDITIONS = "/desk/editions/"
FORM = {
    "code": "2565-R1",
    "kind": "revised",
    "title": "ฉบับปรับปรุง พ.ศ. 2565",
    "basis": "",
}


@pytest.fixture
def desk(sign_in, admin):
    client = sign_in(admin)
    return client


def gate_of(edition: Edition) -> str:
    return f"{EDITIONS}{edition.code}/gate/"


# -- freezing, really ------------------------------------------------------------------------------------
# The worker has a connection of its own: its job must be committed


@pytest.mark.django_db(transaction=True)
def test_freezing_is_asked_for_at_the_desk_and_done_by_the_worker(
    desk, admin, comment, edition
):
    response = desk.post(EDITIONS, {**FORM, "basis": edition.pk})
    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/jobs/{job.uuid}/")
    assert not Edition.objects.filter(code="2565-R1").exists()

    run_pending_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempt, job.progress, job.total, job.error) == (
        "done",
        1,
        4,
        4,
        "",
    )
    made = Edition.objects.get(code="2565-R1")
    assert (made.kind, made.title, made.basis, made.made_by) == (
        "revised",
        FORM["title"],
        edition,
        admin,
    )
    assert made.sealed_at is not None
    assert made.entries.count() == edition.entries.count()
    assert list(
        AnchorResolution.objects.values_list("comment", "edition", "state")
    ) == [(comment.pk, made.pk, "same")]
    page = desk.get(f"/jobs/{job.uuid}/").content.decode()
    assert "เสร็จแล้ว" in page
    assert f'href="{EDITIONS}"' in page
    assert "2565-R1" in desk.get(EDITIONS).content.decode()


@pytest.mark.django_db(transaction=True)
def test_job_whose_worker_died_after_sealing_freezes_nothing_twice(
    desk, admin, comment, edition
):
    """The first attempt sealed the edition and was killed before it placed the comments."""
    desk.post(EDITIONS, FORM)
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(
        state="running", attempt=1, lease_until=timezone.now()
    )
    sealed = freeze_edition(
        code="2565-R1", kind="revised", title=FORM["title"], by=admin
    )

    run_pending_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempt, job.error) == ("done", 2, "")
    assert Edition.objects.get(code="2565-R1").manifest_sha == sealed.manifest_sha
    assert AnchorResolution.objects.get().edition == sealed


@pytest.mark.django_db(transaction=True)
def test_job_done_twice_leaves_what_it_left_once(admin, comment, edition):
    params = {"code": "2565-R1", "kind": "revised", "title": FORM["title"], "basis": ""}
    job = enqueue_job("freeze_edition", params, admin)
    run_pending_jobs()
    before = list(AnchorResolution.objects.values()), list(Edition.objects.values())

    with without_triggers():
        Job.objects.filter(pk=job.pk).update(state="queued", ended_at=None)
    from hearing_portal.jobs.tasks import perform

    perform.defer(job_uuid=str(job.uuid))
    run_pending_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempt) == ("done", 2)
    assert (
        list(AnchorResolution.objects.values()),
        list(Edition.objects.values()),
    ) == before


@pytest.mark.django_db(transaction=True)
def test_code_taken_between_the_form_and_the_worker_fails_with_its_reason(
    desk, admin, edition
):
    desk.post(EDITIONS, FORM)
    other = factories.make_admin(username="other")
    taken = freeze_edition(code="2565-R1", kind="snapshot", title="ของผู้อื่น", by=other)

    run_pending_jobs()

    job = Job.objects.get()
    assert (job.state, job.attempt) == ("failed", 1)
    assert "2565-R1 อยู่แล้ว" in job.error
    assert Edition.objects.get(code="2565-R1") == taken
    assert job.error in desk.get(f"/jobs/{job.uuid}/").content.decode()


@pytest.mark.django_db
def test_nothing_is_frozen_of_nothing(desk):
    page = desk.get(EDITIONS).content.decode()
    assert ("ยังไม่มีคู่มือในร่าง" in page, 'href="/desk/manuals/"' in page) == (True, True)
    refused = desk.post(EDITIONS, FORM)
    assert (refused.status_code, Job.objects.count()) == (422, 0)
    assert "โปรดจัดทำคู่มือของกลุ่มงาน" in refused.content.decode()


@pytest.mark.django_db(transaction=True)
def test_edition_of_an_office_where_two_groups_have_manuals(
    desk, admin, dir_group, fin_group
):
    """One of them is empty, the other one has a process with words and one without; no edition stands yet."""
    factories.make_group("LAW")
    manual = factories.make_manual(dir_group)
    factories.make_process(manual, by=admin)
    factories.make_section(manual, "การส่งหนังสือราชการ", kind="process", by=admin)
    factories.make_manual(fin_group)

    for code, kind in (("2568-D1", "hearing"), ("2568", "final")):
        asked = desk.post(
            EDITIONS,
            {
                "code": code,
                "kind": kind,
                "title": f"ฉบับ {code}",
                "basis": "",
                "is_confirmed": "on",
            },
        )
        run_pending_jobs()
        job = Job.objects.latest("pk")
        assert (asked["Location"], job.state, job.error) == (
            f"/jobs/{job.uuid}/",
            "done",
            "",
        )

    draft = Edition.objects.get(code="2568-D1")
    assert list(
        draft.entries.filter(kind="manual").values_list("manual__key", flat=True)
    ) == ["DIR", "FIN"]
    assert draft.entries.filter(kind="section").count() == 2
    released = desk.post(
        "/desk/editions/2568-D1/releases/",
        {"audience": "hearing", "is_confirmed": "on"},
    )
    assert (released.status_code, draft.releases.get().audience) == (303, "hearing")
    # The process without words is what keeps the final edition from the public
    gate = desk.get("/desk/editions/2568/gate/").content.decode()
    assert "การส่งหนังสือราชการ" in gate


@pytest.mark.django_db
def test_final_edition_of_a_draft_that_lacks_something_is_frozen_knowingly(
    desk, unit, process, edition, admin
):
    """One press asks for nothing yet: the step names what is missing and that the code is spent."""
    factories.make_section(title="การส่งหนังสือ", kind="process", parent=unit, by=admin)
    form = {
        "code": "2565-F",
        "kind": "final",
        "title": "ฉบับสมบูรณ์ พ.ศ. 2565",
        "basis": str(edition.pk),
    }

    beside = markup(desk.get(EDITIONS))
    assert ("เหลือ 1\u00a0เรื่อง" in beside, "กระบวนงานมีส่วนบังคับครบ: เหลือ 1" in beside) == (
        True,
        True,
    )

    step = desk.post(EDITIONS, form)

    assert (step.status_code, Job.objects.count()) == (200, 0)
    text = markup(step)
    assert "จัดทำฉบับสมบูรณ์ พ.ศ. 2565 ทั้งที่ยังเหลือ 1 เรื่องหรือไม่" in text
    assert "ใช้รหัส 2565-F ซ้ำไม่ได้" in text
    assert "การส่งหนังสือ" in text
    assert dict(step.context["step"].sent) == form

    assert (
        desk.post(EDITIONS, {**form, "kind": "revised"}).status_code == 303
    )  # others wait for nothing
    assert desk.post(EDITIONS, {**form, "is_confirmed": "on"}).status_code == 303
    assert [job.params["kind"] for job in Job.objects.order_by("pk")] == [
        "revised",
        "final",
    ]


@pytest.mark.django_db
def test_final_edition_of_a_draft_that_is_whole_is_frozen_at_once(desk, process):
    assert desk.post(EDITIONS, {**FORM, "kind": "final"}).status_code == 303


@pytest.mark.django_db
def test_release_to_participants_says_which_answers_they_are_not_told(
    desk, comment, admin
):
    edition = factories.make_edition("2568-D9", by=admin)
    address = f"{EDITIONS}{edition.code}/releases/"
    sent = {"audience": "hearing"}
    assert "ผลการพิจารณาที่ยังไม่เผยแพร่" not in desk.post(address, sent).content.decode()
    factories.make_disposition(comment, outcome="already_covered")
    assert "ผลการพิจารณาที่ยังไม่เผยแพร่ 1" in desk.post(address, sent).content.decode()


def test_edition_without_a_process_is_nothing_to_release(desk, dir_group, admin):
    factories.make_manual(dir_group)
    final = factories.make_edition("BARE", kind="final", by=admin)
    heard = factories.make_edition("BARE-D", by=admin)

    page = desk.get(gate_of(final)).content.decode()
    assert "คู่มือทุกเล่มยังไม่มีกระบวนงาน" in page
    assert "เหลือ 1\u00a0เรื่อง" in page
    refused = desk.post(
        f"{EDITIONS}BARE/releases/",
        {"audience": "public", "code": "BARE", "is_confirmed": "on"},
    )
    assert refused.status_code == 409
    assert not EditionRelease.objects.exists()
    assert desk.get(gate_of(heard)).context["state"].words == "ยังไม่มีกระบวนงานในฉบับ"


@pytest.mark.django_db
def test_final_edition_needs_no_process_of_a_group_that_does_not_take_part(
    desk, process, fin_group, admin
):
    factories.make_manual(fin_group)
    final = factories.make_edition("2565-F", kind="final", by=admin)

    assert find_release_blockers(EditionBook(final)) == []


@pytest.mark.django_db(transaction=True)
def test_cancelled_freezing_freezes_nothing(desk, edition):
    desk.post(EDITIONS, FORM)
    job = Job.objects.get()
    desk.post(f"/jobs/{job.uuid}/cancellation/")
    run_pending_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempt) == ("cancelled", 0)
    assert list(Edition.objects.all()) == [edition]


# -- the form --------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"code": ""}, "โปรดกรอกรหัสฉบับ"),
        ({"code": "ฉบับ 2"}, "ใช้ได้เฉพาะตัวอักษรละติน"),
        ({"code": "x" * 41}, "เกิน 40 ตัวอักษร"),
        ({"code": "HEARING-2565"}, "มีฉบับรหัสนี้แล้ว"),
        ({"code": "hearing-2565"}, "มีฉบับรหัสนี้แล้ว"),
        ({"title": " "}, "โปรดกรอกชื่อฉบับ"),
        ({"title": "ก\x00"}, "NUL"),
        ({"kind": "best"}, "id_kind_error"),
        ({"basis": "999999"}, "id_basis_error"),
    ],
)
def test_wrong_form_asks_for_nothing_and_keeps_the_words(desk, edition, fields, told):
    response = desk.post(EDITIONS, {**FORM, **fields})
    assert response.status_code == 422
    assert told in response.content.decode()
    assert ("title" in fields) or FORM["title"] in response.content.decode()
    assert not Job.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "who", ["delegate", "office_head", "facilitator", "drafter", "expert"]
)
def test_only_admins_freeze_and_release(sign_in, request, who, edition):
    client = sign_in(request.getfixturevalue(who))
    asked = [
        client.get(EDITIONS),
        client.get(gate_of(edition)),
        client.post(EDITIONS, FORM),
    ]
    asked.append(
        client.post(
            f"{EDITIONS}{edition.code}/releases/",
            {"audience": "public", "code": edition.code},
        )
    )
    assert {response.status_code for response in asked} == {403}
    assert (Job.objects.count(), EditionRelease.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_list_shows_sealed_editions_only(desk, edition):
    factories.make_unsealed_edition("OPEN")
    page = desk.get(EDITIONS).content.decode()
    assert ("HEARING-2565" in page, "OPEN" in page) == (True, False)
    assert desk.get(f"{EDITIONS}OPEN/gate/").status_code == 404


@pytest.mark.django_db
def test_list_costs_the_same_for_one_edition_and_three(
    desk, admin, edition, assert_same_queries
):
    factories.make_release(edition, by=admin)

    def add_two() -> None:
        for code in ("B", "C"):
            factories.make_release(
                factories.make_edition(code, by=admin, basis=edition),
                "public",
                by=admin,
            )

    assert_same_queries(26, lambda: desk.get(EDITIONS), add_two)


# -- the gate --------------------------------------------------------------------------------------------


@pytest.fixture
def final(process, admin, session) -> Edition:
    return factories.make_edition(
        "2565-F", kind="final", by=admin, title="ฉบับสมบูรณ์ พ.ศ. 2565"
    )


@pytest.mark.django_db
def test_gate_names_every_blocker_with_a_link_to_it(desk, comment, final):
    blockers = [
        show_release_blocker(blocker)
        for blocker in find_release_blockers(EditionBook(final))
    ]
    page = desk.get(gate_of(final)).content.decode()

    assert blockers
    assert "เหลือ" in page
    for blocker in blockers:
        assert blocker.text in page
        assert blocker.place in page
        for url in filter(None, (blocker.url, blocker.place_url)):
            assert f'href="{url.replace("&", "&amp;")}"' in page
            assert desk.get(url).status_code == 200
    assert f"comment={comment.uuid}" in page


@pytest.mark.django_db
def test_gate_says_whose_the_blockers_are(
    desk, comment, session, entry, secondary_delegate, final
):
    factories.make_comment(session, entry, secondary_delegate)
    page = markup(desk.get(gate_of(final)))
    unpublished = page.partition("เผยแพร่ผลการพิจารณาความคิดเห็นแล้ว")[2].partition(
        "</summary>"
    )[0]
    assert '<span class="u-nowrap">อำนวยการ 2</span>' in unpublished


@pytest.mark.django_db
def test_gate_costs_the_same_for_one_comment_and_three(
    desk, comment, session, entry, secondary_delegate, final, assert_same_queries
):
    def add_two() -> None:
        for _ in range(2):
            factories.make_comment(session, entry, secondary_delegate)

    assert_same_queries(18, lambda: desk.get(gate_of(final)), add_two)


@pytest.mark.django_db
def test_gate_shows_passed_gates_too(desk, final, hearing):
    page = desk.get(gate_of(final)).content.decode()
    assert page.count("gate__row--yes") == 12
    assert "ครบทุกรายการ" in page


@pytest.mark.django_db
def test_blocked_release_is_refused_with_the_reasons(desk, comment, final):
    """The button is not offered, and a post without it is refused too."""
    assert 'value="public"' not in desk.get(gate_of(final)).content.decode()

    response = desk.post(
        f"{EDITIONS}2565-F/releases/", {"audience": "public", "code": "2565-F"}
    )

    assert response.status_code == 409
    assert "ยังเผยแพร่ฉบับไม่ได้" in response.content.decode()
    assert f"ความคิดเห็นเลขที่ {comment.pk}" in response.content.decode()
    assert not EditionRelease.objects.filter(audience="public").exists()


@pytest.mark.django_db
def test_passed_release_is_made_once_and_says_by_whom(
    desk, admin, comment, final, drafter
):
    factories.make_disposition(comment, outcome="out_of_scope", decided_by=drafter)
    publish_answers(comment.session.hearing, comment.session.work_group, by=drafter)
    sent = {"audience": "public", "code": "๒๕๖๕-F"}
    assert (
        desk.post(f"{EDITIONS}2565-F/releases/", sent).status_code == 409
    )  # the objection time
    publication = AnswerPublication.objects.get()
    factories.make_objection(comment, answered_by=comment.answers.get().disposition)
    factories.make_comment(
        comment.session, comment.entry, parent=comment
    )  # a reply is no comment of its own
    assert publication.objections_until > timezone.now()

    for _ in range(2):
        assert desk.post(f"{EDITIONS}2565-F/releases/", sent).status_code == 303

    release = EditionRelease.objects.get(audience="public")
    assert (release.edition, release.audience, release.by) == (final, "public", admin)
    assert release.history.get().history_user == admin
    page = desk.get(gate_of(final)).content.decode()
    assert "เผยแพร่แล้ว" in page
    assert f"โดย {admin.get_full_name()}" in page
    assert f"โดย {admin.username}" not in page


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "2565", "2565-D1", "2565-f"])
def test_release_to_the_public_needs_the_code_of_the_edition(desk, final, typed):
    step = desk.post(f"{EDITIONS}2565-F/releases/", {"audience": "public"})
    assert step.status_code == 200
    assert "พิมพ์รหัสฉบับ 2565-F เพื่อยืนยัน" in step.content.decode()

    response = desk.post(
        f"{EDITIONS}2565-F/releases/",
        {"audience": "public", "code": typed, "is_confirmed": "on"},
    )

    assert response.status_code == 422
    assert f'value="{typed}"' in response.content.decode()
    assert "โปรดพิมพ์รหัสฉบับ 2565-F ให้ตรง" in response.content.decode()
    assert not EditionRelease.objects.filter(audience="public").exists()


def test_release_names_the_sessions_that_open_with_it(desk, edition, dir_group):
    hearing = factories.make_hearing()
    past, to_come = (
        timezone.now() - timedelta(minutes=5),
        timezone.now() + timedelta(days=1),
    )
    factories.make_session(edition, dir_group, hearing=hearing, opens_at=past)
    factories.make_session(
        edition, dir_group, hearing=hearing, kind="room", opens_at=to_come
    )

    step = desk.post(
        f"{EDITIONS}{edition.code}/releases/", {"audience": "hearing"}
    ).content.decode()

    assert "เวทีที่ใช้ฉบับนี้ 2\u00a0เวที" in step
    assert "เปิดรับความคิดเห็นทันทีเมื่อเผยแพร่ 1\u00a0เวที" in step


@pytest.mark.django_db
def test_draft_of_the_hearing_is_released_without_a_gate(
    desk, edition, delegate, facilitator
):
    page = desk.get(gate_of(edition)).content.decode()
    assert "เผยแพร่ได้ทันที" in page
    assert "เผยแพร่ฉบับนี้และเปิดเวทีได้โดยไม่ต้องรอรายการต่อไปนี้" in page
    url = f"{EDITIONS}{edition.code}/releases/"

    step = desk.post(url, {"audience": "hearing"})
    assert step.status_code == 200
    people = User.objects.filter(roles__isnull=False).distinct().count()
    assert f"ผู้ที่มีบทบาทในการประชาพิจารณ์ {people}\u00a0คน อ่านได้ทันที" in step.content.decode()
    assert not EditionRelease.objects.exists()

    for _ in range(2):
        assert (
            desk.post(url, {"audience": "hearing", "is_confirmed": "on"}).status_code
            == 303
        )
    assert EditionRelease.objects.get().audience == "hearing"


@pytest.mark.django_db
def test_gate_of_a_draft_does_not_sound_as_if_the_hearing_had_to_wait(
    desk, comment, edition, final
):
    draft = desk.get(gate_of(edition))
    text = draft.content.decode()

    assert (
        len(draft.context["blockers"])
        == len(desk.get(gate_of(final)).context["blockers"])
        > 0
    )
    assert "ต้องดำเนินการก่อนเผยแพร่ฉบับสมบูรณ์" in text
    assert text.index('id="rel"') < text.index('id="gate"')
    assert "gate__row--no" not in text
    assert "state--no" not in text
    assert "gate__row--no" in desk.get(gate_of(final)).content.decode()


@pytest.mark.django_db
def test_first_edition_is_most_likely_to_be_heard_and_the_next_one_revised(
    desk, hearing, edition, dir_group, facilitator
):
    session = factories.make_session(edition, dir_group, hearing=hearing)
    assert desk.get(EDITIONS).context["form"]["kind"].value() == "hearing"

    factories.open_session(session, by=facilitator)

    assert desk.get(EDITIONS).context["form"]["kind"].value() == "revised"


@pytest.mark.django_db
@pytest.mark.parametrize("audience", ["", "everybody", "\x00"])
def test_unknown_audience_is_refused(desk, edition, audience):
    assert (
        desk.post(
            f"{EDITIONS}{edition.code}/releases/", {"audience": audience}
        ).status_code
        == 422
    )
    assert not EditionRelease.objects.filter(audience="public").exists()


@pytest.mark.django_db
def test_release_is_not_made_by_looking(desk, edition):
    assert desk.get(f"{EDITIONS}{edition.code}/releases/").status_code == 405


@pytest.mark.django_db
def test_release_to_the_public_says_what_else_becomes_public(
    desk, comment, edition, final, drafter, admin
):
    hidden = factories.make_comment(
        comment.session, comment.entry, type="agree", visibility="hidden"
    )
    factories.make_disposition(hidden, outcome="noted", decided_by=drafter)
    factories.make_disposition(comment, outcome="out_of_scope", decided_by=drafter)
    publish_answers(comment.session.hearing, comment.session.work_group, by=drafter)
    for each in (comment, hidden):
        factories.make_objection(each, answered_by=each.answers.get().disposition)

    def step(of: Edition, audience: str) -> str:
        return markup(
            desk.post(f"{EDITIONS}{of.code}/releases/", {"audience": audience})
        )

    told = "ประชาชนจะเห็น 1\u00a0ความคิดเห็น ที่แสดงแล้ว พร้อมชื่อ สพท. ของผู้เสนอ"
    text = step(final, "public")
    assert (told in text, "และผลการพิจารณาที่เผยแพร่แล้ว" in text) == (True, True)
    for text in (step(final, "hearing"), step(edition, "public")):
        assert "ประชาชนจะเห็น" not in text


@pytest.mark.django_db
def test_release_of_another_edition_to_the_public_names_held_comments(
    desk, session, entry, edition
):
    url = f"{EDITIONS}{edition.code}/releases/"
    held = factories.make_comment(session, entry, visibility="held")
    told = f"1 ความคิดเห็นต่อฉบับนี้ยังรอตรวจก่อนแสดง (เลขที่ {held.pk})"
    page = markup(desk.post(url, {"audience": "public"}))
    assert told in page
    assert 'href="/queue/"' in page
    assert told not in markup(desk.post(url, {"audience": "hearing"}))

    factories.make_moderation(held, "shown")
    assert "รอตรวจก่อนแสดง" not in markup(desk.post(url, {"audience": "public"}))


@pytest.mark.django_db
def test_buttons_of_the_gate_name_to_whom_they_release(desk, edition):
    page = desk.get(f"{EDITIONS}{edition.code}/gate/").content.decode()
    audiences = [
        words
        for words in ("เผยแพร่แก่ผู้เข้าร่วมประชาพิจารณ์", "เผยแพร่แก่ประชาชน")
        if words in page
    ]
    assert len(audiences) == 2


@pytest.mark.django_db
def test_release_to_the_public_says_where_comments_still_come_in(desk, final, session):
    url = f"{EDITIONS}2565-F/releases/"
    notice = f"เวที{session} ยังเปิดรับความคิดเห็นอยู่"
    assert notice in desk.post(url, {"audience": "public"}).content.decode()

    close_session(session, by=session.states.get().by)
    assert notice not in desk.post(url, {"audience": "public"}).content.decode()
