import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from ...rehearsal.judging import judge
from ...rehearsal.queries import load_stored_day
from ...rehearsal.sheet import describe_sheet, write_sheet


class Command(BaseCommand):
    help = "The sheet of a rehearsal that was played: `./portal rehearse` asks for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("played", type=Path)
        parser.add_argument("--minutes", type=float, required=True)
        parser.add_argument("--json", type=Path, metavar="FILE")

    def handle(self, *args: object, **options: Any) -> None:
        played = json.loads(options["played"].read_text(encoding="utf-8"))
        rows = judge(played, load_stored_day(played))
        at, minutes = timezone.now(), options["minutes"]
        if options["json"]:
            told = describe_sheet(played, rows, minutes=minutes, at=at)
            words = json.dumps(told, ensure_ascii=False, indent=1)
            options["json"].write_text(f"{words}\n", encoding="utf-8")
        self.stdout.write(write_sheet(played, rows, minutes=minutes, at=at), ending="")
        if not all(row.is_kept for row in rows):
            sys.exit(1)
