"""The one task of the queue: an attempt at a job."""

from uuid import UUID

from django.conf import settings
from django.db import connection, connections
from procrastinate import BaseRetryStrategy, JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job as QueuedJob

from hearing_portal.jobs.attempts import Interrupted, TryAgain, attempt_job


class BringBack(BaseRetryStrategy):
    """A failed attempt comes back after a pause, an interrupted one at once; the Job counts the attempts."""

    def get_retry_decision(
        self, *, exception: BaseException, job: QueuedJob
    ) -> RetryDecision | None:
        if isinstance(exception, TryAgain):
            return RetryDecision(retry_in={"seconds": settings.JOB_RETRY_PAUSE})
        if isinstance(exception, Interrupted):
            return RetryDecision()
        return None


@app.task(
    name="jobs.perform",
    queue="jobs",
    retry=BringBack(),
    pass_context=True,
)
def perform(context: JobContext, job_uuid: str) -> None:
    """Runs the job with this uuid once."""
    try:
        with connection.cursor() as cursor:
            # An export holds one snapshot while it renders for minutes; the limit is for pages
            cursor.execute("SET idle_in_transaction_session_timeout = 0")
        attempt_job(UUID(job_uuid), must_stop=context.should_abort)
    finally:
        # The worker runs each attempt in a thread whose connections nobody else would close
        connections.close_all()
