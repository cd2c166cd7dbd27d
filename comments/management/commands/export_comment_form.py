from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manuals.models import Edition
from manuals.word_export.sources import NothingToExport

from ...returned_copies.comment_form import write_comment_form


class Command(BaseCommand):
    help = "Write the form แบบแสดงความคิดเห็น of an edition, a group or a process as a Word file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edition", required=True)
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--group", default="")
        parser.add_argument("--process", default="", help="uuid of one process")
        parser.add_argument("--digits", default="thai", choices=["thai", "arabic"])

    def handle(self, *args: object, **options: Any) -> None:
        edition = Edition.objects.sealed().filter(code=options["edition"]).first()
        if edition is None:
            raise CommandError(
                f"ไม่มีฉบับ {options['edition']} ที่จัดทำแล้ว ดูรหัสด้วย list_editions",
                returncode=1,
            )
        try:
            form = write_comment_form(
                edition,
                group=options["group"],
                process=options["process"],
                digits=options["digits"],
            )
        except NothingToExport as refused:
            raise CommandError(refused.message_th, returncode=1) from refused
        out: Path = options["out"]
        # Whoever waits for the file never sees half of it
        part = out.with_name(out.name + ".part")
        part.write_bytes(form)
        part.replace(out)
        self.stdout.write(str(out))
