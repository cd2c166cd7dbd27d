from django.core.management.base import BaseCommand

from ...demonstration import load_demonstration


class Command(BaseCommand):
    help = "Load the demonstration (ten manuals, accounts, a hearing) into an empty database."

    def handle(self, *args: object, **options: object) -> None:
        loaded = load_demonstration(progress=lambda line: self.stdout.write(f"  {line}"))
        self.stdout.write("โหลดข้อมูลสาธิตแล้ว" if loaded else "มีคู่มืออยู่แล้ว จึงไม่โหลดข้อมูลสาธิต")
