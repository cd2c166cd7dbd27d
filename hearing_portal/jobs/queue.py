"""The worker: wakes by NOTIFY, runs jobs, and takes back the jobs of workers that were killed."""

import asyncio
import logging

from django.conf import settings
from django.db import connection
from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django import DjangoApp, app
from procrastinate.contrib.django.utils import connector_params

from hearing_portal.heartbeats import keep_beating

logger = logging.getLogger(__name__)


def run_worker() -> None:
    """Works until SIGTERM or SIGINT, or until the database is gone; whoever started it starts it again."""
    asyncio.run(_work(wait=True))


def run_pending_jobs() -> None:
    """Runs the real worker until the queue is empty. For tests: the jobs must be committed."""
    asyncio.run(_work(wait=False))


def worker_is_alive() -> bool:
    """Has any worker given a sign of life within one lease?"""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM procrastinate_workers"
            " WHERE last_heartbeat > now() - make_interval(secs => %s))",
            [settings.JOB_LEASE],
        )
        return bool(cursor.fetchone()[0])


async def _work(wait: bool) -> None:
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    # The tasks stay bound to Django's connection: a job that asks for another one does so in its transaction
    worker_app = DjangoApp(connector=connector)
    worker_app.tasks = app.tasks
    async with worker_app.open_async():
        rescuer = asyncio.create_task(_take_back_forever(worker_app))
        beating = asyncio.create_task(keep_beating(lambda: True))
        try:
            await worker_app.run_worker_async(
                wait=wait,
                delete_jobs="successful",
                fetch_job_polling_interval=settings.JOB_LEASE
                / 4,  # taking back sends no NOTIFY
                update_heartbeat_interval=settings.JOB_LEASE / 4,
                stalled_worker_timeout=settings.JOB_LEASE,
                # After that a running job is asked to stop at its next step, and goes back to the queue
                shutdown_graceful_timeout=settings.JOB_LEASE / 4,
                install_signal_handlers=wait,
            )
        finally:
            rescuer.cancel()
            beating.cancel()


async def _take_back_forever(worker_app: App) -> None:
    while True:
        await take_back_stalled(worker_app)
        await asyncio.sleep(settings.JOB_LEASE / 4)


async def take_back_stalled(worker_app: App) -> None:
    """Queues again what workers without a sign of life for one lease had taken."""
    stalled = await worker_app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=settings.JOB_LEASE
    )
    for job in stalled:
        logger.warning("taking back %s from a worker that is gone", job.call_string)
        await worker_app.job_manager.retry_job(job)
