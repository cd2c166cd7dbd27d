import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hearing_portal.directory.models import WorkGroup
from hearing_portal.jobs.kinds import unwatched
from manuals.models import Edition

from ...matrix.cells import MatrixReader
from ...matrix.queries.rows import MatrixScope
from ...matrix.workbook import write_matrix


class Command(BaseCommand):
    help = "The comment resolution matrix of an edition as a spreadsheet, without words that are hidden or held."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--edition", required=True)
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--group", default="", help="key of a work group")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        edition = Edition.objects.sealed().filter(code=options["edition"]).first()
        if edition is None:
            raise CommandError(
                f"ไม่มีฉบับ {options['edition']} ที่จัดทำแล้ว ดูรหัสด้วย list_editions",
                returncode=1,
            )
        groups = None
        if options["group"]:
            group = WorkGroup.objects.filter(key=options["group"]).first()
            if group is None:
                raise CommandError(f"ไม่มีกลุ่มงาน {options['group']}", returncode=1)
            groups = (group.pk,)
        out: Path = options["out"]
        scope = MatrixScope(edition=edition.pk, groups=groups)
        # Under a temporary name first: who finds the file finds all of it
        part = out.with_name(out.name + ".part")
        try:
            part.touch()
            rows = write_matrix(part, scope, MatrixReader(), unwatched)
            part.replace(out)
        except OSError as error:
            raise CommandError(f"เขียนไฟล์ {out} ไม่ได้: {error}") from error
        if options["json"]:
            self.stdout.write(json.dumps({"rows": rows}))
        else:
            self.stdout.write(f"{out}: {rows} แถว")
