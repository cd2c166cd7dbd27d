from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from hearing_portal.jobs.files_folder import (
    accept_folder,
    count_lost_files,
    folder_is_ours,
)


class Command(BaseCommand):
    help = (
        "Say how many of the stored files are missing in the folder of files, and accept it as theirs: one that was "
        "put back from a copy, or one for new files when the right one is lost for good."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say it, accept nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        lost = count_lost_files()
        self.stdout.write(
            f"ไฟล์ที่ไม่พบในโฟลเดอร์นี้ {lost:,} ไฟล์ / Files that are missing in {settings.FILES_DIR}: {lost:,}"
        )
        if not options["dry_run"]:
            accept_folder()
        state = "ใช้ได้ / accepted" if folder_is_ours() else "ยังไม่ใช้ / not accepted"
        self.stdout.write(f"โฟลเดอร์ไฟล์ / Folder of files: {state}")
