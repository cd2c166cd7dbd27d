import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from manuals.models import Edition


class Command(BaseCommand):
    help = "List the sealed editions, newest first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON value")

    def handle(self, *args: object, **options: Any) -> None:
        rows = []
        for edition in Edition.objects.sealed():
            row = {
                "code": edition.code,
                "kind": edition.kind,
                "sealed_at": edition.seal.at.isoformat(),
                "manifest_sha": edition.seal.manifest_sha,
            }
            rows.append(row)
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            sha = row["manifest_sha"][:16]
            self.stdout.write(
                f"{row['code']:<16} {row['kind']:<9} {row['sealed_at']} {sha}"
            )
