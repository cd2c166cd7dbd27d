"""Django's command, for a portal whose people have a given and a family name: a script need not give them."""

import os
from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.core.management.base import CommandError

NEEDS_USERNAME = (
    "โปรดระบุ --username หรือ DJANGO_SUPERUSER_USERNAME / "
    "Give --username or DJANGO_SUPERUSER_USERNAME"
)


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if not options["interactive"]:
            username = options["username"] or os.environ.get(
                "DJANGO_SUPERUSER_USERNAME"
            )
            if not username:
                raise CommandError(NEEDS_USERNAME)
            # Who reads it knows what the account is for; the person can be named later, in the list of people
            names = {"given_name": "ผู้ดูแลระบบ", "family_name": username}
            for field, name in names.items():
                given = options[field] or os.environ.get(
                    f"DJANGO_SUPERUSER_{field.upper()}"
                )
                options[field] = given or name
        super().handle(*args, **options)
