from django.core.management.base import BaseCommand

from ...demonstration import renew_demonstration


class Command(BaseCommand):
    help = "Move the last day of the demonstration's hearing when it is over."

    def handle(self, *args: object, **options: object) -> None:
        if renew_demonstration():
            self.stdout.write("ขยายวันสิ้นสุดของข้อมูลสาธิตแล้ว")
