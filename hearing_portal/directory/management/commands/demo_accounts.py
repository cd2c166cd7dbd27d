import json

from django.core.management.base import BaseCommand, CommandParser

from ...demonstration import demonstration_accounts


class Command(BaseCommand):
    help = "List the demonstration's accounts: one row for each role."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON value")

    def handle(self, *args: object, **options: object) -> None:
        rows = demonstration_accounts()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            username = row["username"]
            password = row["password"]
            role = row["role"]
            scope = " ".join(filter(None, (row["work_group"], row["office"])))
            self.stdout.write(f"{username:<18} {password}  {role:<14} {scope}")
