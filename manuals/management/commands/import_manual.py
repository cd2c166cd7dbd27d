import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from hearing_portal.directory.actors import find_actor
from hearing_portal.refusals import Refusal
from manuals.models import EditionEntry, Manual

from ...drafting.changes import ChangeRefused
from ...exchange.services.old_books import archive_upload
from ...importing.drafts import ProcessDraft
from ...importing.jobs import receive_reading
from ...importing.reference_links import reference_warnings
from ...importing.refusals import FormatNotServed
from ...importing.reporting import (
    coverage_words,
    describe_coverage,
    describe_noted,
    describe_repairs,
    noted_rows,
    noted_words,
    repair_words,
)
from ...importing.sent_pictures import keep_pictures
from ...importing.text_files import (
    describe_draft,
    import_drafts,
    label_warnings,
    read_text_file,
)
from ...importing.uploaded_files import read_uploaded
from ...searching.services import index_edition
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
        if bool(options["archival"]) != bool(options["edition"]):
            raise CommandError(
                "ฉบับจดหมายเหตุใช้ --archival คู่กับ --edition CODE", returncode=2
            )
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"ไม่พบไฟล์ {path} โปรดตรวจชื่อไฟล์", returncode=1)
        manual = Manual.objects.filter(key=options["group"]).first()
        if manual is None:
            raise CommandError(
                f"ไม่มีคู่มือของกลุ่ม {options['group']} โปรดใช้รหัสกลุ่ม เช่น DIR", returncode=1
            )
        if options["archival"] and not options["dry_run"]:
            self.archive(manual, path, options)
            return
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
            for draft in drafts:
                keep_pictures(path.read_bytes(), draft.pictures)
            try:
                import_drafts(manual, drafts, by=actor, process=options["process"])
            except ChangeRefused as refused:
                raise CommandError(refused.message_th, returncode=1) from refused
        self.report(drafts, refusals, bool(options["json"]))
        if refusals:
            raise CommandError(
                "ไม่ได้นำเข้า มีข้อความที่เก็บไม่ได้: " + "; ".join(refusals), returncode=1
            )

    def archive(self, manual: Manual, path: Path, options: dict[str, Any]) -> None:
        """A file or a ZIP of an old book as an archival edition, all of it or nothing."""
        actor = find_actor(options["by"])
        code = options["edition"]
        try:
            with transaction.atomic():
                files = read_uploaded([(path.name, path.read_bytes())])
                if files.unread:
                    told = [f"{name}: {message}" for name, message in files.unread]
                    raise CommandError("; ".join(told), returncode=1)
                upload = receive_reading(manual, files, [path.name], by=actor)
                title = f"{manual.title} {code}"
                edition = archive_upload(upload, code=code, title=title, by=actor)
                index_edition(edition)
        except Refusal as refused:
            raise CommandError(refused.message_th, returncode=1) from refused
        clauses = edition.entries.filter(kind=EditionEntry.Kind.CLAUSE).count()
        if options["json"]:
            made = {
                "code": edition.code,
                "manifest_sha": edition.manifest_sha,
                "counts": {"clauses": clauses},
            }
            self.stdout.write(json.dumps(made, ensure_ascii=False))
        else:
            self.stdout.write(
                f"{edition.code} {str(edition.manifest_sha)[:16]} {clauses} ข้อ"
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
                **describe_noted(drafts),
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
            for noted in noted_rows(draft):
                self.stdout.write(f"  ในไฟล์: {noted_words(noted)}")
            for left in draft.left_out:
                self.stdout.write(f"  เว้นไว้: {left.place} {left.reason} “{left.words}”")
        for warning in warnings:
            self.stdout.write(f"  โปรดดู: {warning}")
