from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manuals.models import Edition

from ...comparing.sides import Side
from ...exchange.exporting import FORMATS
from ...word_export.exporting import WordOptions, export_word


class Command(BaseCommand):
    help = "Write the frozen texts of an edition as JSON (import_edition reads it back), as Akoma Ntoso, or as Word."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--format", required=True, choices=[*FORMATS, "docx"])
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        edition = Edition.objects.sealed().filter(code=options["code"]).first()
        if edition is None:
            raise CommandError(f"ไม่มีฉบับ {options['code']} ที่จัดทำแล้ว", returncode=1)
        out: Path = options["out"]
        if options["format"] == "docx":
            exported = export_word(Side(edition), WordOptions())
        else:
            exported = FORMATS[options["format"]].write(edition)
        # Whoever waits for the file never sees half of it
        part = out.with_name(out.name + ".part")
        part.write_bytes(exported)
        part.replace(out)
        self.stdout.write(str(out))
