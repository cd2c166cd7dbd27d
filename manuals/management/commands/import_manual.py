import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hearing_portal.directory.actors import find_actor
from manuals.models import Manual

from ...drafting.changes import ChangeRefused
from ...importing.drafts import ProcessDraft
from ...importing.process_text import TextNotRead
from ...importing.reference_links import reference_warnings
from ...importing.text_files import (
    FormatNotServed,
    describe_draft,
    import_drafts,
    label_warnings,
    read_text_file,
)


class Command(BaseCommand):
    help = "Read a nine-part text and put it into a group's manual (--dry-run only shows what was read)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--group", required=True, help="key of the work group, e.g. DIR"
        )
        parser.add_argument(
            "--process", default="", help="title of the process to revise"
        )
        parser.add_argument(
            "--edition",
            default="",
            help="code of an archival edition (with --archival)",
        )
        parser.add_argument("--archival", action="store_true")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument(
            "--by", default="", help="username of the actor; an admin without it"
        )
        parser.add_argument(
            "--json", action="store_true", help="print one JSON value last"
        )

    def handle(self, *args: object, **options: Any) -> None:
        if options["archival"] or options["edition"]:
            raise CommandError(
                "ฉบับจดหมายเหตุนำเข้าจากไฟล์ของทั้งฉบับ โปรดใช้ import_edition FILE "
                "ข้อความเก้าส่วนนำเข้าโดยไม่ใช้ --archival และ --edition",
                returncode=2,
            )
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"ไม่พบไฟล์ {path} โปรดตรวจชื่อไฟล์", returncode=1)
        manual = Manual.objects.filter(key=options["group"]).first()
        if manual is None:
            raise CommandError(
                f"ไม่มีคู่มือของกลุ่ม {options['group']} โปรดใช้รหัสกลุ่ม เช่น DIR", returncode=1
            )
        try:
            drafts = read_text_file(path)
        except FormatNotServed as refused:
            raise CommandError(str(refused), returncode=2) from refused
        except TextNotRead as refused:
            raise CommandError(refused.message_th, returncode=1) from refused
        refusals: list[str] = []
        for draft in drafts:
            refusals += draft.refusals
        if not options["dry_run"] and not refusals:
            actor = find_actor(options["by"])
            try:
                import_drafts(manual, drafts, by=actor, process=options["process"])
            except ChangeRefused as refused:
                raise CommandError(refused.message_th, returncode=1) from refused
        self.report(drafts, refusals, bool(options["json"]))
        if refusals:
            raise CommandError(
                "ไม่ได้นำเข้า มีข้อความที่เก็บไม่ได้: " + "; ".join(refusals), returncode=1
            )

    def report(
        self, drafts: Sequence[ProcessDraft], refusals: list[str], as_json: bool
    ) -> None:
        sections = []
        repairs = []
        warnings: list[str] = []
        for draft in drafts:
            sections.append(describe_draft(draft))
            warnings += draft.warnings
            warnings += label_warnings(draft)
            warnings += reference_warnings(draft.clauses)
        repaired = sum(draft.repairs for draft in drafts)
        if repaired:
            repairs.append({"kind": "text_policy", "count": repaired})
        if as_json:
            result = {
                "sections": sections,
                "repairs": repairs,
                "warnings": warnings,
                "refusals": refusals,
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        for section in sections:
            self.stdout.write(f"{section['title']}: {len(section['clauses'])} ข้อ")
        for warning in warnings:
            self.stdout.write(f"  โปรดดู: {warning}")
