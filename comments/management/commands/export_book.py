import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manuals.comparing.sides import WORKING_DRAFT
from manuals.models import Edition, Manual
from manuals.pdf.sources import NothingToPrint, PrintOptions

from ...releasing.book_export import (
    export_book,
    export_comparison,
    export_draft_comparison,
)

# Options that come with the results: nothing but the default is served yet
LATER = {"for": "both", "paging": "book"}


class Command(BaseCommand):
    help = (
        "Print an edition, one group or one process of it, or what differs in it or in the working draft from an older"
        " edition, as PDF."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--edition",
            required=True,
            help=f"a code, or {WORKING_DRAFT} to be compared",
        )
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--group", default="")
        parser.add_argument("--process", default="", help="uuid of one process")
        parser.add_argument(
            "--variant",
            default="clean",
            choices=["clean", "redline", "table", "changes"],
        )
        parser.add_argument("--against", default="")
        parser.add_argument(
            "--causes",
            action="store_true",
            help="with what led to each change: numbers below the clauses, and an annex",
        )
        parser.add_argument(
            "--for", default="both", choices=["both", "primary", "secondary"]
        )
        parser.add_argument("--paging", default="book", choices=["book", "group"])
        parser.add_argument("--digits", default="thai", choices=["thai", "arabic"])
        parser.add_argument(
            "--json", action="store_true", help="print one JSON value last"
        )

    def handle(self, *args: object, **options: Any) -> None:
        for name, served in LATER.items():
            if options[name] != served:
                raise CommandError(
                    f"รุ่นนี้ยังไม่พิมพ์แบบ --{name} {options[name]} โปรดพิมพ์โดยไม่ใช้ตัวเลือกนี้",
                    returncode=2,
                )
        _require_fitting(options)
        is_of_draft = options["edition"] == WORKING_DRAFT
        edition = None if is_of_draft else _find_edition(options["edition"])
        print_options = PrintOptions(
            group=options["group"],
            process=options["process"],
            digits=options["digits"],
        )
        start = time.monotonic()
        try:
            if edition is None:
                book = export_draft_comparison(
                    _find_edition(options["against"]),
                    list(Manual.objects.select_related("work_group")),
                    options["variant"],
                    print_options,
                )
            elif options["variant"] == "clean":
                book = export_book(
                    edition, print_options, with_causes=options["causes"]
                )
            else:
                against = _find_edition(options["against"])
                book = export_comparison(
                    edition, against, options["variant"], print_options
                )
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


def _require_fitting(options: dict[str, Any]) -> None:
    """--against belongs to the variants that compare, which are of whole groups."""
    is_comparing = options["variant"] != "clean"
    if options["edition"] == WORKING_DRAFT and not is_comparing:
        raise CommandError(
            f"{WORKING_DRAFT} พิมพ์ได้เฉพาะการเทียบกับฉบับเดิม โปรดระบุ --variant redline, table หรือ changes",
            returncode=2,
        )
    if is_comparing and options["causes"]:
        raise CommandError("--causes ใช้กับ --variant clean เท่านั้น", returncode=2)
    if is_comparing and not options["against"]:
        raise CommandError(
            f"--variant {options['variant']} ต้องระบุฉบับที่เทียบด้วย --against CODE",
            returncode=2,
        )
    if options["against"] and not is_comparing:
        raise CommandError(
            "--against ใช้กับ --variant redline, table หรือ changes เท่านั้น", returncode=2
        )
    if is_comparing and options["process"]:
        raise CommandError(
            "--process ใช้กับ --variant clean เท่านั้น การเทียบใช้ --group KEY", returncode=2
        )


def _find_edition(code: str) -> Edition:
    edition = Edition.objects.sealed().filter(code=code).first()
    if edition is None:
        raise CommandError(
            f"ไม่มีฉบับ {code} ที่จัดทำแล้ว ดูรหัสด้วย list_editions", returncode=1
        )
    return edition
