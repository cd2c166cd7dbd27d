"""A small hearing for a portal of its own: written by `./portal manage shell`, in that portal's process."""

import json
from typing import Any

PASSWORD = "Hearing-2565"  # of everybody


def build(people: int) -> None:
    """Prints {entry, editions, cookie, sessions: {username: key of a session}}: `people` delegates `d0`, `d1`, … of one
    group, and `admin`."""
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.test import Client

    from hearing_portal.directory.models import User
    from tests import factories

    group = factories.make_group()
    office = factories.make_office()
    drafter = factories.make_drafter(group, username="drafter")
    manual = factories.make_manual(group)
    unit = factories.make_section(manual, "งานสารบรรณ", by=drafter)
    process = factories.make_process(unit=unit, by=drafter)
    edition = factories.make_edition("HALL", by=drafter)
    factories.make_release(edition, "public", by=drafter)
    hearing = factories.make_hearing()
    factories.open_session(
        factories.make_session(edition, group, hearing=hearing), by=drafter
    )
    delegates = [
        factories.make_delegate(group, office, username=f"d{number}")
        for number in range(people)
    ]
    admin = factories.make_admin(username="admin")
    User.objects.update(password=make_password(PASSWORD))
    sessions: dict[str, Any] = {}
    for person in (admin, drafter, *delegates[:3]):
        person.refresh_from_db()
        client = Client()
        client.force_login(person)
        sessions[person.username] = client.cookies[settings.SESSION_COOKIE_NAME].value
    told = {
        "entry": factories.entry_of(
            edition, factories.clause_at(process, "5.1", part=5)
        ).pk,
        "edition": edition.pk,
        "process": str(process.uuid),
        "group": group.key,
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": sessions,
    }
    print(json.dumps(told))
