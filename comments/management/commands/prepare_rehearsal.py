from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hearing_portal.directory.models import User

from ...rehearsal.presentation import describe_day
from ...rehearsal.services import seed_hearing_day


class Command(BaseCommand):
    help = "A hearing day for `./portal rehearse`, into an empty database; what the players need goes into a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, required=True)
        parser.add_argument("--out", type=Path, required=True)

    def handle(self, *args: object, **options: Any) -> None:
        if User.objects.exists():
            raise CommandError(
                "ฐานข้อมูลนี้มีบัญชีผู้ใช้แล้ว จึงใช้ซ้อมไม่ได้ โปรดใช้คำสั่ง ./portal rehearse ซึ่งจัดทำฐานข้อมูลของตนเอง",
                returncode=1,
            )
        describe_day(seed_hearing_day(options["people"])).save(options["out"])
