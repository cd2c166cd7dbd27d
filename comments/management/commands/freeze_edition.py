import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import Count

from hearing_portal.directory.actors import find_actor
from manuals.editions.services.freezing import FreezeRefused, freeze_edition
from manuals.models import Edition
from manuals.searching.services import index_edition

from ...anchoring.services.resolving import resolve_comments
from ...releasing.presentation.gate import show_release_blocker
from ...releasing.queries.book import DraftBook
from ...releasing.queries.gate import find_release_blockers

TOLD = 20  # of what is missing


class Command(BaseCommand):
    help = "Freeze the working draft of all manuals into a sealed edition, searchable, with the comments placed in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--kind", required=True, choices=Edition.Kind.values)
        parser.add_argument("--title", default="")
        parser.add_argument(
            "--basis", default="", help="code of the edition it is compared with"
        )
        parser.add_argument(
            "--by", default="", help="username of the actor; an admin without it"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON value")

    def handle(self, *args: object, **options: Any) -> None:
        kind = Edition.Kind(options["kind"])
        if kind == Edition.Kind.FINAL:
            self._tell_what_is_missing()
        basis = Edition.objects.sealed().filter(code=options["basis"]).first()
        if options["basis"] and basis is None:
            raise CommandError(f"ไม่มีฉบับ {options['basis']}", returncode=1)
        try:
            # A code is spent once: what is sealed is found, and has its comments, or nothing was done
            with transaction.atomic():
                edition = freeze_edition(
                    code=options["code"],
                    kind=kind,
                    title=options["title"] or f"{kind.label} {options['code']}",
                    by=find_actor(options["by"]),
                    basis=basis or Edition.objects.sealed().first(),
                )
                index_edition(edition)
                resolve_comments(edition)
        except FreezeRefused as refused:
            raise CommandError(refused.message_th, returncode=1) from refused
        counted = edition.entries.values_list("kind").annotate(number=Count("pk"))
        counts = dict(counted.order_by())
        result = {
            "code": edition.code,
            "manifest_sha": edition.manifest_sha,
            "counts": counts,
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(f"จัดทำฉบับ {edition.code} แล้ว {counts}")

    def _tell_what_is_missing(self) -> None:
        """The edition is frozen all the same, as it is in the browser after its step."""
        blockers = find_release_blockers(DraftBook())
        if not blockers:
            return
        self.stderr.write(
            f"ร่างปัจจุบันยังเหลือ {len(blockers):,} เรื่อง ฉบับสมบูรณ์นี้จะเผยแพร่แก่ประชาชนไม่ได้จนกว่าจะครบทุกรายการ"
        )
        for blocker in blockers[:TOLD]:
            self.stderr.write(f"- {show_release_blocker(blocker).sentence}")
