from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ...setup.links import setup_path
from ...setup.queries import has_admin


class Command(BaseCommand):
    help = "Print the link to the page where the first administrator is made; it works while there is none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--address",
            default=settings.PORTAL_URL,
            help="the portal's address (PORTAL_URL, http://127.0.0.1:8000)",
        )
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="print nothing when there is an administrator",
        )

    def handle(self, *args: object, **options: object) -> None:
        if has_admin():
            if options["if_needed"]:
                return
            raise CommandError(
                "ระบบมีผู้ดูแลระบบแล้ว โปรดเข้าสู่ระบบ หรือสั่ง create_admin เพื่อเพิ่มอีกหนึ่งบัญชี",
                returncode=1,
            )
        address = str(options["address"]).rstrip("/")
        self.stdout.write(
            f"ตั้งผู้ดูแลระบบคนแรก / Make the first administrator: {address}{setup_path()}"
        )
