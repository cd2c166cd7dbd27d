import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from hearing_portal.directory.actors import find_actor
from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.sentences import joined

from ...deciding.presentation.blockers import show_answer_blocker
from ...deciding.services.publishing import PublishingRefused, publish_answers
from ...hearings.queries import find_current_hearing
from ...models import Hearing


class Command(BaseCommand):
    help = "Publish a group's answers together, or list what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--group", required=True)
        parser.add_argument(
            "--hearing",
            default="",
            help="the key of an earlier hearing; the current one without it",
        )
        parser.add_argument("--by", default="")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: object, **options: Any) -> None:
        group = WorkGroup.objects.filter(key=options["group"]).first()
        hearing = find_current_hearing()
        if options["hearing"]:
            hearing = Hearing.objects.filter(key=options["hearing"]).first()
        if group is None or hearing is None:
            raise CommandError(
                f"ไม่มีกลุ่ม {options['group']} หรือยังไม่มีประชาพิจารณ์", returncode=1
            )
        try:
            publication = publish_answers(hearing, group, by=find_actor(options["by"]))
        except PublishingRefused as refused:
            if options["json"]:
                blockers = []
                for blocker in refused.blockers:
                    shown = show_answer_blocker(blocker)
                    blockers.append({"kind": shown.kind, "text": shown.sentence})
                result = {"published": False, "blockers": blockers}
                self.stdout.write(json.dumps(result, ensure_ascii=False))
            raise CommandError(refused.message_th, returncode=1) from refused
        result = {
            "published": True,
            "dispositions": publication.dispositions.count(),
            "objections_until": publication.objections_until.isoformat(),
        }
        if options["json"]:
            self.stdout.write(json.dumps(result))
        else:
            self.stdout.write(joined("เผยแพร่ผลการพิจารณาของ", str(group), "แล้ว"))
