"""The desk of editions: freezing by a real worker, also after a killed attempt; the gate; releasing."""

import pytest
from django.utils import timezone

from comments.deciding.services.publishing import publish_answers
from comments.models import AnchorResolution, AnswerPublication
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.queries.gate import find_release_blockers
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.jobs.services import enqueue_job
from manuals.editions.services.freezing import freeze_edition
from manuals.models import Edition, EditionRelease
from tests import factories
from tests.markup import markup

EDITIONS = "/desk/editions/"
FORM = {"code": "2565-R1", "kind": "revised", "title": "ฉบับปรับปรุง พ.ศ. 2565", "basis": ""}


@pytest.fixture
def desk(sign_in, admin):
    client = sign_in(admin)
    return client


def gate_of(edition: Edition) -> str:
    return f"{EDITIONS}{edition.code}/gate/"


# -- freezing, really ------------------------------------------------------------------------------------
# The worker has a connection of its own: its job must be committed


@pytest.mark.django_db(transaction=True)
def test_freezing_is_asked_for_at_the_desk_and_done_by_the_worker(desk, admin, comment, edition):
    response = desk.post(EDITIONS, {**FORM, "basis": edition.pk})
    job = Job.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"/jobs/{job.uuid}/")
    assert not Edition.objects.filter(code="2565-R1").exists()

    run_pending_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempt, job.progress, job.total, job.error) == ("done", 1, 3, 3, "")
    made = Edition.objects.get(code="2565-R1")
    assert (made.kind, made.title, made.basis, made.made_by) == ("revised", FORM["title"], edition, admin)
    assert made.sealed_at is not None
    assert made.entries.count() == edition.entries.count()
    assert list(AnchorResolution.objects.values_list("comment", "edition", "state")) == [(comment.pk, made.pk, "same")]
    page = desk.get(f"/jobs/{job.uuid}/").content.decode()
    assert "เสร็จแล้ว" in page
    assert f'href="{EDITIONS}"' in page
    assert "2565-R1" in desk.get(EDITIONS).content.decode()


@pytest.mark.django_db(transaction=True)
def test_job_whose_worker_died_after_sealing_freezes_nothing_twice(desk, admin, comment, edition):
    """The first attempt sealed the edition and was killed before it placed the comments."""
    desk.post(EDITIONS, FORM)
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(state="running", attempt=1, lease_until=timezone.now())
    sealed = freeze_edition(code="2565-R1", kind="revised", title=FORM["title"], by=admin)

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

    Job.objects.filter(pk=job.pk).update(state="queued", ended_at=None)
    from hearing_portal.jobs.tasks import perform

    perform.defer(job_uuid=str(job.uuid))
    run_pending_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempt) == ("done", 2)
    assert (list(AnchorResolution.objects.values()), list(Edition.objects.values())) == before


@pytest.mark.django_db(transaction=True)
def test_code_taken_between_the_form_and_the_worker_fails_with_its_reason(desk, admin, edition):
    desk.post(EDITIONS, FORM)
    other = factories.make_admin(username="other")
    taken = freeze_edition(code="2565-R1", kind="snapshot", title="ของผู้อื่น", by=other)

    run_pending_jobs()

    job = Job.objects.get()
    assert (job.state, job.attempt) == ("failed", 1)
    assert "2565-R1 อยู่แล้ว" in job.error
    assert Edition.objects.get(code="2565-R1") == taken
    assert job.error in desk.get(f"/jobs/{job.uuid}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_frozen_of_nothing(desk):
    desk.post(EDITIONS, FORM)
    run_pending_jobs()
    assert Job.objects.get().state == "failed"
    assert "ยังไม่มีคู่มือในร่าง" in Job.objects.get().error
    assert not Edition.objects.exists()


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
@pytest.mark.parametrize("who", ["delegate", "office_head", "facilitator", "drafter", "expert"])
def test_only_admins_freeze_and_release(sign_in, request, who, edition):
    client = sign_in(request.getfixturevalue(who))
    asked = [client.get(EDITIONS), client.get(gate_of(edition)), client.post(EDITIONS, FORM)]
    asked.append(client.post(f"{EDITIONS}{edition.code}/releases/", {"audience": "public"}))
    assert {response.status_code for response in asked} == {403}
    assert (Job.objects.count(), EditionRelease.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_list_shows_sealed_editions_only(desk, edition):
    factories.make_unsealed_edition("OPEN")
    page = desk.get(EDITIONS).content.decode()
    assert ("HEARING-2565" in page, "OPEN" in page) == (True, False)
    assert desk.get(f"{EDITIONS}OPEN/gate/").status_code == 404


@pytest.mark.django_db
def test_list_costs_the_same_for_one_edition_and_three(desk, admin, edition, assert_same_queries):
    factories.make_release(edition, by=admin)

    def add_two() -> None:
        for code in ("B", "C"):
            factories.make_release(factories.make_edition(code, by=admin, basis=edition), "public", by=admin)

    assert_same_queries(6, lambda: desk.get(EDITIONS), add_two)


# -- the gate --------------------------------------------------------------------------------------------


@pytest.fixture
def final(process, admin, session) -> Edition:
    return factories.make_edition("2565-F", kind="final", by=admin, title="ฉบับสมบูรณ์ พ.ศ. 2565")


@pytest.mark.django_db
def test_gate_names_every_blocker_with_a_link_to_it(desk, comment, final):
    blockers = [show_release_blocker(blocker) for blocker in find_release_blockers(final)]
    page = desk.get(gate_of(final)).content.decode()

    assert blockers
    assert "ค้าง" in page
    for blocker in blockers:
        if not blocker.is_of_book:
            assert blocker.text in page
        assert f'href="{blocker.url.replace("&", "&amp;")}"' in page
    assert f"comment={comment.uuid}" in page
    assert desk.get(next(blocker.url for blocker in blockers if not blocker.is_of_book)).status_code == 200


@pytest.mark.django_db
def test_gate_says_whose_the_blockers_are(desk, comment, session, entry, secondary_delegate, final):
    factories.make_comment(session, entry, secondary_delegate)
    page = markup(desk.get(gate_of(final)))
    unpublished = page.partition("ความเห็นมีผลที่เผยแพร่แล้ว")[2].partition("</summary>")[0]
    assert '<span class="u-nowrap">อำนวยการ 2</span>' in unpublished


@pytest.mark.django_db
def test_gate_costs_the_same_for_one_comment_and_three(
    desk, comment, session, entry, secondary_delegate, final, assert_same_queries
):
    def add_two() -> None:
        for _ in range(2):
            factories.make_comment(session, entry, secondary_delegate)

    assert_same_queries(13, lambda: desk.get(gate_of(final)), add_two)


@pytest.mark.django_db
def test_gate_shows_passed_gates_too(desk, final, hearing):
    page = desk.get(gate_of(final)).content.decode()
    assert page.count("gate__row--yes") == 7
    assert "ผ่านทุกด่าน" in page


@pytest.mark.django_db
def test_blocked_release_is_refused_with_the_reasons(desk, comment, final):
    """The button is not offered, and a post without it is refused too."""
    assert 'value="public"' not in desk.get(gate_of(final)).content.decode()

    response = desk.post(f"{EDITIONS}2565-F/releases/", {"audience": "public"})

    assert response.status_code == 409
    assert "ยังออกฉบับไม่ได้" in response.content.decode()
    assert f"ความเห็นที่ {comment.pk}" in response.content.decode()
    assert not EditionRelease.objects.exists()


@pytest.mark.django_db
def test_passed_release_is_made_once_and_says_by_whom(desk, admin, comment, final, drafter):
    factories.make_disposition(comment, outcome="out_of_scope", decided_by=drafter)
    publish_answers(comment.session.hearing, comment.session.work_group, by=drafter)
    assert desk.post(f"{EDITIONS}2565-F/releases/", {"audience": "public"}).status_code == 409  # the objection time
    publication = AnswerPublication.objects.get()
    factories.make_objection(comment, answered_by=comment.answers.get().disposition)
    assert publication.objections_until > timezone.now()

    for _ in range(2):
        assert desk.post(f"{EDITIONS}2565-F/releases/", {"audience": "public"}).status_code == 303

    release = EditionRelease.objects.get()
    assert (release.edition, release.audience, release.by) == (final, "public", admin)
    assert release.history.get().history_user == admin
    assert "ออกแล้ว" in desk.get(gate_of(final)).content.decode()


@pytest.mark.django_db
def test_draft_of_the_hearing_is_released_without_a_gate(desk, comment, edition):
    assert "ด่านใช้กับฉบับสมบูรณ์เท่านั้น" in desk.get(gate_of(edition)).content.decode()
    assert desk.post(f"{EDITIONS}{edition.code}/releases/", {"audience": "hearing"}).status_code == 303
    assert EditionRelease.objects.get().audience == "hearing"


@pytest.mark.django_db
@pytest.mark.parametrize("audience", ["", "everybody", "\x00"])
def test_unknown_audience_is_refused(desk, edition, audience):
    assert desk.post(f"{EDITIONS}{edition.code}/releases/", {"audience": audience}).status_code == 422
    assert not EditionRelease.objects.exists()


@pytest.mark.django_db
def test_release_is_not_made_by_looking(desk, edition):
    assert desk.get(f"{EDITIONS}{edition.code}/releases/").status_code == 405
