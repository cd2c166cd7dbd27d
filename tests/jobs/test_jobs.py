import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

import tests.jobs.sample_kinds  # noqa: F401
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.queue import run_pending_jobs
from hearing_portal.jobs.services import (
    JobHasEnded,
    UnknownKind,
    cancel_job,
    enqueue_job,
)
from hearing_portal.refusals import TooMuchAtOnce

STATE = Job.State


def queued() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
        return cursor.fetchone()[0]


def test_a_job_runs_and_keeps_its_file(somsri, files_dir):
    job = enqueue_job("sample_letter", {"text": "เรียน ผอ.สพท."}, somsri)
    assert (job.state, job.attempt) == (STATE.QUEUED, 0)

    run_pending_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempt, job.progress, job.total, job.error) == (
        STATE.DONE,
        1,
        2,
        2,
        "",
    )
    assert job.lease_until is None
    assert job.ended_at >= job.asked_at
    assert job.result.path.read_text() == "เรียน ผอ.สพท."


def test_a_request_and_its_place_in_the_queue_are_rolled_back_together(somsri):
    before = queued()

    def ask_and_change_ones_mind() -> None:
        with transaction.atomic():
            enqueue_job("sample_letter", {"text": "ร่าง"}, somsri)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        ask_and_change_ones_mind()
    assert Job.objects.count() == 0
    assert queued() == before


def test_an_unknown_kind_is_refused(somsri):
    with pytest.raises(UnknownKind):
        enqueue_job("sample_nothing", {}, somsri)
    assert Job.objects.count() == 0


def test_a_job_that_fails_twice_is_done_at_the_third_attempt(somsri):
    job = enqueue_job("sample_failure", {"times": 2}, somsri)
    run_pending_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.error) == (STATE.DONE, 3, "")


def test_the_third_failure_is_the_last(somsri, caplog):
    job = enqueue_job("sample_failure", {"times": 99}, somsri)

    run_pending_jobs()

    job.refresh_from_db()
    assert (job.state, job.attempt) == (STATE.FAILED, 3)
    assert str(job.uuid)[:8] in job.error
    assert "พยายาม 3 ครั้ง" in job.error
    assert "the printer is on fire" not in job.error
    ours = [
        record
        for record in caplog.records
        if record.name == "hearing_portal.jobs.attempts"
    ]
    assert [str(record.exc_info[1]) for record in ours] == [
        "the printer is on fire"
    ] * 3
    assert queued() == 0


def test_work_that_cannot_be_done_fails_at_once_with_its_reason(somsri):
    job = enqueue_job("sample_refusal", {}, somsri)
    run_pending_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.error) == (STATE.FAILED, 1, "ไม่พบฉบับที่ขอ")


def test_a_job_whose_workers_were_killed_three_times_is_not_tried_again(somsri):
    job = enqueue_job("sample_letter", {"text": "x"}, somsri)
    Job.objects.filter(pk=job.pk).update(attempt=3)
    run_pending_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.result) == (STATE.FAILED, 3, None)


def test_a_waiting_job_is_cancelled_at_once_and_never_runs(somsri, files_dir):
    job = enqueue_job("sample_letter", {"text": "ไม่ต้องแล้ว"}, somsri)
    cancel_job(job)
    run_pending_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.result) == (STATE.CANCELLED, 0, None)
    assert not files_dir.exists()


def test_a_running_job_stops_when_it_is_cancelled(somsri):
    job = enqueue_job("sample_taken_back", {}, somsri)
    run_pending_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.cancel_asked) == (STATE.CANCELLED, 1, True)


def test_a_job_that_ended_cannot_be_cancelled(somsri):
    job = enqueue_job("sample_refusal", {}, somsri)
    run_pending_jobs()
    with pytest.raises(JobHasEnded):
        cancel_job(job)
    job.refresh_from_db()
    assert (job.state, job.cancel_asked) == (STATE.FAILED, False)


def test_a_worker_that_lost_its_job_writes_nothing(somsri, files_dir):
    job = enqueue_job("sample_lost", {}, somsri)
    run_pending_jobs()
    job.refresh_from_db()
    assert (job.state, job.attempt, job.result) == (STATE.RUNNING, 2, None)


def test_a_queue_entry_without_a_request_is_passed_over(transactional_db):
    from hearing_portal.jobs.tasks import perform

    perform.defer(job_uuid=str(uuid.uuid4()))
    run_pending_jobs()
    assert queued() == 0


def test_equal_requests_of_a_person_are_one_job(somsri, django_user_model):
    other = django_user_model.objects.create_user(
        "malee", given_name="มาลี", family_name="ใจดี"
    )
    asked = [enqueue_job("sample_letter", {"text": "x"}, somsri) for _ in range(60)]
    assert {job.pk for job in asked} == {asked[0].pk}
    assert enqueue_job("sample_letter", {"text": "x"}, other) != asked[0]

    Job.objects.filter(pk=asked[0].pk).update(
        state=STATE.RUNNING, lease_until=timezone.now()
    )
    assert enqueue_job("sample_letter", {"text": "x"}, somsri) == asked[0]
    second = enqueue_job("sample_letter", {"text": "x"}, somsri, joins_running=False)
    assert second != asked[0]
    cancel_job(second)
    assert (
        enqueue_job("sample_letter", {"text": "x"}, somsri, joins_running=False)
        != second
    )


def test_who_has_much_waiting_is_asked_to_wait(somsri, settings):
    settings.MOST_JOBS = 2
    for text in ("ก", "ข"):
        enqueue_job("sample_letter", {"text": text}, somsri)
    with pytest.raises(TooMuchAtOnce, match="รออยู่ 2 งาน"):
        enqueue_job("sample_letter", {"text": "ค"}, somsri)
    run_pending_jobs()
    assert enqueue_job("sample_letter", {"text": "ค"}, somsri).state == STATE.QUEUED


def test_people_take_turns(somsri, django_user_model):
    other = django_user_model.objects.create_user(
        "malee", given_name="มาลี", family_name="ใจดี"
    )
    of_somsri = [enqueue_job("sample_letter", {"text": text}, somsri) for text in "กขค"]
    of_other = [enqueue_job("sample_letter", {"text": text}, other) for text in "กข"]
    run_pending_jobs()
    first, second, third = of_somsri
    in_turn = [first, of_other[0], second, of_other[1], third]
    assert list(Job.objects.order_by("ended_at")) == in_turn


def test_nobody_sees_the_jobs_of_others(somsri, django_user_model):
    other = django_user_model.objects.create_user(
        "malee", given_name="มาลี", family_name="ใจดี"
    )
    mine, theirs = (enqueue_job("sample_refusal", {}, user) for user in (somsri, other))
    assert list(Job.objects.visible_to(somsri)) == [mine]
    assert list(Job.objects.visible_to(other)) == [theirs]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"attempt": 4}, "a_job_is_tried_three_times_at_most"),
        ({"progress": 3, "total": 2}, "a_job_gets_no_further_than_its_end"),
        ({"state": STATE.RUNNING}, "a_lease_is_held_while_running"),
        ({"state": STATE.CANCELLED}, "a_job_that_ended_says_when"),
    ],
)
def test_a_job_keeps_its_invariants(somsri, fields, sentence):
    with pytest.raises(IntegrityError, match=sentence):
        Job.objects.create(kind="sample_letter", asked_by=somsri, **fields)


def test_only_a_done_job_has_a_result(somsri):
    file = StoredFile.objects.create(
        sha="a" * 64, media_type="text/plain", size=1, name="a"
    )
    with pytest.raises(IntegrityError, match="only_a_done_job_has_a_result"):
        Job.objects.create(kind="sample_letter", asked_by=somsri, result=file)
