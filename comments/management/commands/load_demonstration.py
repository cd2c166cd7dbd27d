from typing import Any

from django.core.management.base import BaseCommand

from ...demonstration import load_demonstration


class Command(BaseCommand):
    help = "Load the demonstration (ten manuals, accounts, a hearing) into an empty database."

    def handle(self, *args: object, **options: Any) -> None:
        if load_demonstration(progress=self._tell):
            self.stdout.write("โหลดข้อมูลสาธิตแล้ว")
        else:
            self.stdout.write("มีคู่มืออยู่แล้ว จึงไม่โหลดข้อมูลสาธิต")

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
