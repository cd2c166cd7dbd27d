import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hearing_portal.directory.actors import find_actor
from manuals.models import Manual

from ...drafting.changes import ChangeRefused
from ...importing.drafts import ProcessDraft
from ...importing.reference_links import reference_warnings
from ...importing.refusals import FormatNotServed
from ...importing.reporting import (
    coverage_words,
    describe_coverage,
    describe_repairs,
    repair_words,
)
from ...importing.text_files import (
    describe_draft,
    import_drafts,
    label_warnings,
    read_text_file,
)
from ...source import SourceNotRead


class Command(BaseCommand):
    help = (
        "Read a nine-part text, Word or PDF file and put it into a group's manual "
        "(--dry-run only shows what was read)."
    )

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
        except SourceNotRead as refused:
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
        warnings: list[str] = []
        for draft in drafts:
            sections.append(describe_draft(draft))
            warnings += draft.warnings
            warnings += label_warnings(draft)
            warnings += reference_warnings(draft.clauses)
        if as_json:
            result = {
                "sections": sections,
                "repairs": describe_repairs(drafts),
                "left_out": [left._asdict() for d in drafts for left in d.left_out],
                "coverage": [describe_coverage(draft.coverage) for draft in drafts],
                "warnings": warnings,
                "refusals": refusals,
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False))
            return
        for draft, section in zip(drafts, sections, strict=True):
            self.stdout.write(f"{section['title']}: {len(section['clauses'])} ข้อ")
            self.stdout.write(f"  {coverage_words(draft.coverage)}")
            for missing in draft.coverage.missing:
                self.stdout.write(f"  ขาด: {missing.place} “{missing.words}”")
            for made in draft.repairs:
                self.stdout.write(f"  ซ่อม: {repair_words(made)}")
            for left in draft.left_out:
                self.stdout.write(f"  เว้นไว้: {left.place} {left.reason} “{left.words}”")
        for warning in warnings:
            self.stdout.write(f"  โปรดดู: {warning}")
