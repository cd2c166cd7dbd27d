import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manuals.models import Edition
from manuals.pdf.sources import NothingToPrint, PrintOptions

from ...releasing.book_export import export_book

# Options that come with the results: nothing but the default is served yet
LATER = {"variant": "clean", "for": "both", "paging": "book", "against": ""}


class Command(BaseCommand):
    help = "Print an edition, one group or one process of it as PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edition", required=True)
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--group", default="")
        parser.add_argument("--process", default="", help="uuid of one process")
        parser.add_argument("--variant", default="clean", choices=["clean", "redline", "table", "changes"])
        parser.add_argument("--against", default="")
        parser.add_argument("--for", default="both", choices=["both", "primary", "secondary"])
        parser.add_argument("--paging", default="book", choices=["book", "group"])
        parser.add_argument("--digits", default="thai", choices=["thai", "arabic"])
        parser.add_argument("--json", action="store_true", help="print one JSON value last")

    def handle(self, *args: object, **options: Any) -> None:
        for name, served in LATER.items():
            if options[name] != served:
                raise CommandError(f"รุ่นนี้ยังไม่พิมพ์แบบ --{name} {options[name]} โปรดพิมพ์โดยไม่ใช้ตัวเลือกนี้", returncode=2)
        edition = Edition.objects.sealed().filter(code=options["edition"]).first()
        if edition is None:
            raise CommandError(f"ไม่มีฉบับ {options['edition']} ที่ตรึงแล้ว ดูรหัสด้วย list_editions", returncode=1)
        print_options = PrintOptions(
            group=options["group"],
            process=options["process"],
            digits=options["digits"],
        )
        start = time.monotonic()
        try:
            book = export_book(edition, print_options)
        except NothingToPrint as refused:
            raise CommandError(str(refused), returncode=1) from refused
        out: Path = options["out"]
        # Under a temporary name first: who finds the file finds all of it
        part = out.with_name(out.name + ".part")
        part.write_bytes(book.bytes)
        part.replace(out)
        result = {
            "pages": book.pages,
            "seconds": round(time.monotonic() - start, 2),
            "chunks_rendered": book.chunks_rendered,
            "chunks_reused": book.chunks_reused,
            "sha256": book.sha256,
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(f"{out}: {book.pages} หน้า")
