import hashlib
import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manuals.models import Edition, Manual

from ...comparing.sides import WORKING_DRAFT, Side
from ...word_export.exporting import WordOptions, export_word, export_word_changes
from ...word_export.sources import NothingToExport


class Command(BaseCommand):
    help = "Write an edition or the working draft as a Word file, or with tracked changes since another edition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--edition", required=True, help=f"a code, or {WORKING_DRAFT}"
        )
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--group", default="")
        parser.add_argument("--process", default="", help="uuid of one process")
        parser.add_argument(
            "--against", default="", help="an older edition: show what changed since"
        )
        parser.add_argument("--digits", default="thai", choices=["thai", "arabic"])
        parser.add_argument(
            "--json", action="store_true", help="print one JSON value last"
        )

    def handle(self, *args: object, **options: Any) -> None:
        word_options = WordOptions(
            options["group"], options["process"], options["digits"]
        )
        start = time.monotonic()
        side = _find_side(options["edition"])
        try:
            if options["against"]:
                older = _find_side(options["against"])
                exported = export_word_changes(older, side, word_options)
            else:
                exported = export_word(side, word_options)
        except NothingToExport as refused:
            raise CommandError(refused.message_th, returncode=1) from refused
        out: Path = options["out"]
        # Whoever waits for the file never sees half of it
        part = out.with_name(out.name + ".part")
        part.write_bytes(exported)
        part.replace(out)
        result = {
            "bytes": len(exported),
            "seconds": round(time.monotonic() - start, 2),
            "sha256": hashlib.sha256(exported).hexdigest(),
        }
        self.stdout.write(json.dumps(result) if options["json"] else str(out))


def _find_side(code: str) -> Side:
    if code == WORKING_DRAFT:
        return Side(None, list(Manual.objects.select_related("work_group")))
    edition = Edition.objects.sealed().filter(code=code).first()
    if edition is None:
        raise CommandError(
            f"ไม่มีฉบับ {code} ที่จัดทำแล้ว ดูรหัสด้วย list_editions", returncode=1
        )
    return Side(edition)
