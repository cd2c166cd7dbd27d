import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from manuals.models import Edition

from ...editions.services.exporting import load_edition_json


class Command(BaseCommand):
    help = "Write the frozen texts of an edition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--format", required=True, choices=["json", "akn"])
        parser.add_argument("--out", required=True, type=Path)

    def handle(self, *args: object, **options: Any) -> None:
        if options["format"] == "akn":
            raise CommandError("รุ่นนี้ยังไม่ส่งออก Akoma Ntoso โปรดใช้ --format json", returncode=2)
        edition = Edition.objects.sealed().filter(code=options["code"]).first()
        if edition is None:
            raise CommandError(f"ไม่มีฉบับ {options['code']} ที่ตรึงแล้ว", returncode=1)
        out: Path = options["out"]
        exported = load_edition_json(edition)
        # Whoever waits for the file never sees half of it
        part = out.with_name(out.name + ".part")
        part.write_text(json.dumps(exported, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(out)
        self.stdout.write(str(out))
