import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hearing_portal.directory.actors import find_actor
from manuals.models import Edition, EditionRelease

from ...releasing.presentation.gate import show_release_blocker
from ...releasing.services import ReleaseRefused, release_edition


class Command(BaseCommand):
    help = "Release a sealed edition, or list what stands in the way."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code")
        parser.add_argument(
            "--audience", choices=EditionRelease.Audience.values, default="public"
        )
        parser.add_argument("--by", default="")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        edition = Edition.objects.filter(code=options["code"]).first()
        if edition is None:
            raise CommandError(f"ไม่มีฉบับ {options['code']}", returncode=1)
        try:
            release = release_edition(
                edition, options["audience"], by=find_actor(options["by"])
            )
        except ReleaseRefused as refused:
            if options["json"]:
                blockers = []
                for blocker in refused.blockers:
                    shown = show_release_blocker(blocker)
                    blockers.append({"kind": shown.kind, "text": shown.sentence})
                result = {"released": False, "blockers": blockers}
                self.stdout.write(json.dumps(result, ensure_ascii=False))
            raise CommandError(refused.message_th, returncode=1) from refused
        result = {
            "released": True,
            "code": edition.code,
            "audience": release.audience,
            "at": release.at.isoformat(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(f"เผยแพร่ฉบับ {edition.code} แล้ว")
