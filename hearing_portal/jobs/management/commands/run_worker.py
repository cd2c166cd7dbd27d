from typing import Any

from django.core.management.base import BaseCommand

from hearing_portal.jobs.queue import run_worker


class Command(BaseCommand):
    """Runs the background worker until SIGTERM."""

    help = "Runs background jobs until SIGTERM."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Works in the foreground."""
        run_worker()
