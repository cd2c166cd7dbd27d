import os
import sys
from getpass import getpass
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import QueryDict

from ...setup.forms import AdminForm

ASKED = {
    "username": "ชื่อผู้ใช้ / username",
    "given_name": "ชื่อ / given name",
    "family_name": "นามสกุล / family name",
}


class Command(BaseCommand):
    help = (
        "Make an administrator. The password is asked for, or read from --password-file or PORTAL_ADMIN_PASSWORD; "
        "it never stands in the command line, where others on the machine could read it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for name in ASKED:
            parser.add_argument(f"--{name.replace('_', '-')}", default="")
        parser.add_argument(
            "--password-file", type=Path, help="a file whose first line is the password"
        )

    def handle(self, *args: object, **options: object) -> None:
        given = QueryDict(mutable=True)
        for name, words in ASKED.items():
            given[name] = str(options[name]) or self._ask(name, words)
        given["password1"], given["password2"] = self._passwords(
            options["password_file"]
        )
        form = AdminForm(given)
        person = form.save() if form.is_valid() else None
        if person is None:
            mistakes: list[str] = []
            for name, texts in form.errors.items():
                words = " ".join(map(str, texts))
                mistakes.append(f"{form.fields[name].label}: {words}")
            raise CommandError("\n".join(mistakes), returncode=1)
        self.stdout.write(
            f"สร้างผู้ดูแลระบบ {person.username} แล้ว / The administrator {person.username} can sign in now."
        )

    def _passwords(self, file: object) -> tuple[str, str]:
        """The password twice, as in the form."""
        if isinstance(file, Path):
            try:
                password = file.read_text().partition("\n")[0].rstrip("\r")
            except OSError as error:
                message = f"อ่านไฟล์ {file} ไม่ได้ ({error.strerror}) โปรดตรวจชื่อไฟล์และสิทธิ์"
                raise CommandError(message, returncode=1) from error
            return password, password
        if password := os.environ.get("PORTAL_ADMIN_PASSWORD", ""):
            return password, password
        if not sys.stdin.isatty():
            raise CommandError(
                "โปรดให้รหัสผ่านด้วย --password-file หรือ PORTAL_ADMIN_PASSWORD",
                returncode=2,
            )
        return getpass("รหัสผ่าน / password: "), getpass("รหัสผ่านอีกครั้ง / again: ")

    def _ask(self, name: str, words: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(f"โปรดระบุ --{name.replace('_', '-')}", returncode=2)
        return input(f"{words}: ")
