from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from hearing_portal.directory.actors import find_actor

from ...importing.synthetic import make_processes


class Command(BaseCommand):
    help = "Add synthetic processes to the manuals, for benchmarks; the same seed makes the same text."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pages", type=int, required=True)
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--by", default="")

    def handle(self, *args: object, **options: Any) -> None:
        folder = settings.BASE_DIR / "fixtures" / "manuals"
        actor = find_actor(options["by"])
        made = make_processes(options["pages"], options["seed"], folder, by=actor)
        self.stdout.write(f"เพิ่มกระบวนงานสังเคราะห์ {made} เรื่อง")
