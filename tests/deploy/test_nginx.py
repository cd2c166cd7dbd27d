"""The shipped nginx file, before two portals' web processes and the hub."""

import http.client
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from psycopg.conninfo import make_conninfo

from comments.live.publisher import channel_of, publish_events
from comments.live.services import record_event
from hearing_portal.launch.paths import CHECKOUT
from hearing_portal.live.tickets import make_ticket

pytestmark = pytest.mark.django_db(transaction=True)
SHIPPED = CHECKOUT / "deploy" / "nginx" / "hearing-portal.conf"
HOST = "hearing.example.go.th"
PATIENCE = 60  # seconds


@dataclass
class Site:
    """The addresses behind and before nginx."""

    port: int
    plain_port: int
    pages: list[subprocess.Popen[bytes]]

    def ask(
        self, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        """Over TLS, as a browser does; the certificate is the test's own."""
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        line = http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, context=context
        )
        line.request(method, path, body, {"Host": HOST, **headers})
        return line.getresponse()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(3)]
    ports = [each.getsockname()[1] for each in sockets]
    with ExitStack() as stack:
        children = []
        for listener, hub in zip(sockets, ([], [], ["hub"]), strict=True):
            children.append(serve(listener, *hub, var=tmp_path))
            stack.callback(children[-1].wait)
            stack.callback(children[-1].terminate)
            listener.close()
        for port in ports:
            until_it_answers(port)
        site = Site(free_port(), free_port(), children[:2])
        nginx = start_nginx(tmp_path, site, ports)
        stack.callback(nginx.wait)
        stack.callback(nginx.terminate)
        until_it_answers(site.port, site)
        yield site


def serve(listener: socket.socket, *role: str, var: Path) -> subprocess.Popen[bytes]:
    given = os.environ.get("DATABASE_URL", "postgresql:///portal")
    environment = {
        **os.environ,
        "DATABASE_URL": make_conninfo(given, dbname=connection.settings_dict["NAME"]),
        "PORTAL_VAR": str(var),
        "PYTHONWARNINGS": "ignore",  # nothing was collected into its static files
        "PORTAL_HTTPS": "1",
        "PORTAL_HOSTS": f"{HOST},127.0.0.1",
        "SECRET_KEY": settings.SECRET_KEY,
    }
    descriptor = listener.fileno()
    return subprocess.Popen(
        [sys.executable, "-m", "hearing_portal.launch.web", str(descriptor), *role],
        cwd=CHECKOUT,
        env=environment,
        pass_fds=[descriptor],
    )


def start_nginx(folder: Path, site: Site, ports: list[int]) -> subprocess.Popen[bytes]:
    """The shipped file with other ports, and a certificate made for it."""
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
         "-subj", f"/CN={HOST}", "-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    text = SHIPPED.read_text(encoding="utf-8")
    first, second, hub = ports
    replaced = {
        "server 127.0.0.1:8000 max_fails=2 fail_timeout=5s;": (
            f"server 127.0.0.1:{first} max_fails=2 fail_timeout=5s;"
            f" server 127.0.0.1:{second} max_fails=2 fail_timeout=5s;"
        ),
        "127.0.0.1:8001": f"127.0.0.1:{hub}",
        "listen 80;": f"listen 127.0.0.1:{site.plain_port};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{site.port} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "/etc/ssl/hearing-portal": str(folder),
        "/srv/portal/app/deploy/nginx/pages": str(SHIPPED.parent / "pages"),
    }
    for shipped, here in replaced.items():
        assert shipped in text
        text = text.replace(shipped, here)
    (folder / "site.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;"
        f"events {{}} http {{ access_log off; include {folder}/site.conf;"
        + "".join(
            f" {kind}_temp_path {folder}/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        + "}",
        encoding="utf-8",
    )
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "nginx is missing: apt-get install nginx"
    return subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"])


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def until_it_answers(port: int, site: Site | None = None) -> None:
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            if site:
                assert site.ask("/livez").status == 200
                return
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            line.request("GET", "/livez")
            assert line.getresponse().status == 200
            return
        except ConnectionError:
            assert time.monotonic() < ends
            time.sleep(0.05)


def test_portal_behind_nginx(site, session, delegate) -> None:
    """Pages, signing in, a live stream, what is too large, one portal gone, all gone."""
    # Plain HTTP leads to HTTPS
    plain = http.client.HTTPConnection("127.0.0.1", site.plain_port, timeout=PATIENCE)
    plain.request("GET", "/groups/", headers={"Host": HOST})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (
        301,
        f"https://{HOST}/groups/",
    )
    # The portal knows that it is spoken to over HTTPS, whatever the client says of itself
    answer = site.ask("/sign-in/", **{"X-Forwarded-Proto": "http"})
    assert answer.status == 200
    assert "max-age=" in answer.headers["Strict-Transport-Security"]
    assert "Secure" in answer.headers["Set-Cookie"]
    client = Client()
    client.force_login(delegate)
    name = settings.SESSION_COOKIE_NAME
    signed_in = {"Cookie": f"__Host-{name}={client.cookies[name].value}"}
    assert site.ask("/my-comments/", **signed_in).status == 200
    # An event comes through at once, not when a buffer is full
    listen_and_tell(site, session)
    # What is larger than a portal takes is answered in Thai
    answer = site.ask("/imports/", "POST", **{"Content-Length": str(80 * 2**20)})
    assert answer.status == 413
    assert "แบ่งส่งเป็นหลายครั้ง" in answer.read().decode()
    # One portal is stopped: the other one serves, each time
    site.pages[0].send_signal(signal.SIGTERM)
    site.pages[0].wait()
    assert [site.ask("/my-comments/", **signed_in).status for _ in range(4)] == [
        200
    ] * 4
    site.pages[1].send_signal(signal.SIGTERM)
    site.pages[1].wait()
    answer = site.ask("/", **signed_in)
    assert (answer.status, answer.headers["Retry-After"]) == (502, "10")
    assert "ระบบกำลังเริ่มใหม่" in answer.read().decode()


def listen_and_tell(site: Site, session) -> None:
    with transaction.atomic():
        record_event(session, "clause", "1")
    publish_events()
    ticket = make_ticket(channel_of(session.pk))
    after = session.events.order_by("-number").values_list("number", flat=True)[0]
    stream = site.ask("/live/?" + urlencode({"ticket": ticket, "after": after}))
    assert stream.status == 200
    assert stream.headers["Content-Type"].startswith("text/event-stream")
    with transaction.atomic():
        record_event(session, "clause", "2")
    while b"2" not in (line := stream.readline()) or not line.startswith(b"data:"):
        assert line, "the stream ended"
    stream.close()
