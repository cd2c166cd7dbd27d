"""Real worker processes, really killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

import tests.jobs.sample_kinds  # noqa: F401
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.jobs.queue import worker_is_alive
from hearing_portal.jobs.services import enqueue_job


@contextmanager
def worker(var: Path) -> Iterator[subprocess.Popen[bytes]]:
    named = settings.DATABASES["default"]
    url = make_conninfo(
        dbname=connection.settings_dict["NAME"],
        host=named["HOST"],
        user=named["USER"],
        port=named["PORT"] or None,
        password=named["PASSWORD"] or None,
    )
    environment = {"DATABASE_URL": url, "PORTAL_VAR": str(var), "PORTAL_JOB_LEASE": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.worker_process"],
        cwd=settings.BASE_DIR,
        env=os.environ
        | environment
        | {"DJANGO_SETTINGS_MODULE": "hearing_portal.settings"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not is_so():
        assert time.monotonic() < deadline, "waited two minutes in vain"
        time.sleep(0.05)


def is_done(job: Job) -> bool:
    job.refresh_from_db()
    return job.state == Job.State.DONE


def test_the_job_of_a_killed_worker_is_done_by_the_next(somsri, settings, tmp_path):
    settings.FILES_DIR, settings.JOB_LEASE = tmp_path / "files", 1
    mark = tmp_path / "mark"
    job = enqueue_job("sample_interruption", {"mark": str(mark)}, somsri)

    with worker(tmp_path) as first:
        until(mark.exists)
        until(worker_is_alive)
        first.send_signal(signal.SIGKILL)
    until(lambda: not worker_is_alive())
    job.refresh_from_db()
    assert (job.state, job.attempt) == (Job.State.RUNNING, 1)

    with worker(tmp_path):
        until(lambda: is_done(job))
    assert job.attempt == 2
    assert job.result.path.read_text() == "เสร็จ"
    assert StoredFile.objects.count() == 1


def test_a_worker_that_is_told_to_stop_gives_its_job_back(somsri, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    mark = tmp_path / "mark"
    job = enqueue_job("sample_interruption", {"mark": str(mark)}, somsri)

    with worker(tmp_path) as first:
        until(mark.exists)
        first.terminate()
        assert first.wait(timeout=120) == 0
    job.refresh_from_db()
    assert (job.state, job.attempt, job.lease_until) == (Job.State.QUEUED, 0, None)

    with worker(tmp_path):
        until(lambda: is_done(job))
    assert job.attempt == 1
