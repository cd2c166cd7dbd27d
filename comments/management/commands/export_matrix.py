from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "The comment resolution matrix as a spreadsheet (comes with the reports)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edition", required=True)
        parser.add_argument("--out", required=True)

    def handle(self, *args: object, **options: Any) -> None:
        raise CommandError(
            "รุ่นนี้ยังไม่ส่งออกตารางสรุปความคิดเห็น (matrix) ดูความคิดเห็นและผลได้ที่หน้ารายการรอดำเนินการของกลุ่มงาน",
            returncode=2,
        )
