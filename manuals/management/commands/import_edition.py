import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from hearing_portal.directory.actors import find_actor
from hearing_portal.refusals import Refusal

from ...exchange.queries import plan_archival
from ...exchange.reading import read_edition_file
from ...exchange.services.archiving import archive_edition
from ...searching.services import index_edition


class Command(BaseCommand):
    help = "Take in an edition that export_edition --format json wrote, as an archival edition."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--code",
            default="",
            help="code of the edition here; the file's own without it",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="only check the file and show what it would do",
        )
        parser.add_argument(
            "--by", default="", help="username of the actor; an admin without it"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON value last"
        )

    def handle(self, *args: object, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"ไม่พบไฟล์ {path} โปรดตรวจชื่อไฟล์", returncode=1)
        try:
            file = read_edition_file(path.read_bytes())
        except Refusal as refused:
            raise CommandError(refused.message_th, returncode=1) from refused
        plan = plan_archival(file, code=options["code"])
        if not options["dry_run"] and not plan.refusals:
            try:
                with transaction.atomic():
                    index_edition(
                        archive_edition(
                            file, by=find_actor(options["by"]), code=options["code"]
                        )
                    )
            except Refusal as refused:
                raise CommandError(refused.message_th, returncode=1) from refused
        result = {
            "code": plan.code,
            "manifest_sha": file.manifest_sha,
            "counts": plan.counts,
            "new": plan.new_counts,
            "warnings": plan.warnings,
            "refusals": plan.refusals,
        }
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{plan.code} {file.manifest_sha[:16]} {plan.counts['clauses']:,} ข้อ"
            )
            for warning in plan.warnings:
                self.stdout.write(f"  โปรดดู: {warning}")
        if plan.refusals:
            raise CommandError("ไม่ได้นำเข้า " + " ".join(plan.refusals), returncode=1)
