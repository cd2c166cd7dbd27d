"""`./portal hub`: the live streams alone, on a database that others use, until a signal."""

import http.client
import os
import re
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from comments.live.publisher import channel_of
from comments.live.services import record_event
from hearing_portal.live.tickets import make_ticket
from tests.launch.conftest import CHECKOUT

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds


@pytest.fixture
def hub(transactional_db, tmp_path: Path) -> Iterator[tuple[subprocess.Popen, int]]:
    """The command on the test's database, and its port."""
    given = os.environ.get("DATABASE_URL", "postgresql:///portal")
    environment = {
        **os.environ,
        "DATABASE_URL": make_conninfo(given, dbname=connection.settings_dict["NAME"]),
        "PORTAL_VAR": str(tmp_path),
        "SECRET_KEY": settings.SECRET_KEY,
    }
    with subprocess.Popen(
        [CHECKOUT / "portal", "hub", "--port", "0"],
        cwd=CHECKOUT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout is not None
        for line in command.stdout:
            if told := re.match(r"Live hub: http://127\.0\.0\.1:(\d+)/live/", line):
                break
        assert told
        yield command, int(told[1])
        if command.poll() is None:
            command.kill()


def status_of(port: int, path: str) -> int:
    connection_to_hub = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection_to_hub.request("GET", path)
    status = connection_to_hub.getresponse().status
    connection_to_hub.close()
    return status


def test_hub_serves_streams_alone_until_a_signal(hub, session) -> None:
    command, port = hub
    assert status_of(port, "/livez") == 200
    assert status_of(port, "/") == 404
    assert status_of(port, "/live/?ticket=forged") == 403
    query = urlencode({"ticket": make_ticket(channel_of(session.pk)), "after": 0})
    with urllib.request.urlopen(
        f"http://127.0.0.1:{port}/live/?{query}", timeout=PATIENCE
    ) as stream:
        with transaction.atomic():
            record_event(session, "clause", "4711")
        while b"4711" not in (line := stream.readline()):
            assert line
        command.send_signal(signal.SIGTERM)
        assert b"event: renew" in stream.read()  # the page comes back to the next one
    assert command.wait(PATIENCE) in (0, 128 + signal.SIGTERM, -signal.SIGTERM)
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=PATIENCE)
