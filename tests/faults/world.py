"""A whole portal of its own, with a small hearing, to which bad things are done from outside: its tables locked, its
database and processes stopped, its disk filled. `./portal bench faults` prints the seconds; the tests ask for the
outcome alone."""

import contextlib
import http.client
import json
import os
import resource
import signal
import subprocess
import threading
import time
import urllib.parse
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from hearing_portal.launch.cluster import running_cluster
from hearing_portal.launch.database import make_database
from hearing_portal.launch.roles import PORTAL_ROLE, make_portal_role
from tests.faults.hall import PASSWORD
from tests.launch.conftest import CHECKOUT, RunningPortal, children_of, environment

TOKEN = "b" * 32
PATIENCE = 120  # seconds for what must come; who asks how long it takes looks at Answer.seconds


@dataclass
class Answer:
    """What came back, after how many seconds. Status 0: the connection was closed instead."""

    status: int
    text: str
    seconds: float
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class FaultyPortal(RunningPortal):
    """One `./portal run` with its hearing (tests/faults/hall.py), on a server of its own: who stops that one stops no
    other test's. Its tables are copied from the empty database at `empty_database`, which is quicker than migrating."""

    empty_database: str = ""
    people: int = 3
    settings: dict[str, str] = field(default_factory=dict)
    hall: dict[str, Any] = field(default_factory=dict)
    _own: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def __enter__(self) -> "FaultyPortal":
        """Starts it and makes the hearing; it is ready then."""
        self.var.mkdir(mode=0o755)
        with contextlib.ExitStack() as stack:
            cluster = stack.enter_context(running_cluster(self.var, scratch=True))
            self.url = cluster.url()
            make_database(self.url)
            make_portal_role(self.url)
            self.portals_url = cluster.url(role=PORTAL_ROLE)
            self._copy_tables(cluster.binaries)
            stack.callback(self._stop)
            self._run()
            assert self.await_ready(), self.log.read_text()
            self.hall = self._make_hall()
            until(lambda: self.ask("/readyz").status == 200)
            self._own = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._own.close()

    def _copy_tables(self, binaries: Path) -> None:
        dumped = subprocess.run(
            [binaries / "pg_dump", self.empty_database], capture_output=True, check=True
        ).stdout
        subprocess.run(
            [binaries / "psql", "-q", self.url],
            input=dumped,
            capture_output=True,
            check=True,
        )

    def _run(self) -> None:
        command = [
            str(CHECKOUT / "portal"),
            "run",
            "--without-demonstration",
            "--port",
            str(self.port),
        ]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                command,
                env=self._environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def _environment(self) -> dict[str, str]:
        return environment(
            self.var,
            DATABASE_URL=self.portals_url,
            DATABASE_OWNER_URL=self.url,
            **self.settings,
        )

    def _make_hall(self) -> dict[str, Any]:
        script = f"from tests.faults.hall import build; build({self.people})"
        command = [
            str(CHECKOUT / "portal"),
            "manage",
            "shell",
            "--no-imports",
            "-c",
            script,
        ]
        made = subprocess.run(
            command,
            env=self._environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        hall: dict[str, Any] = json.loads(made.stdout.strip().splitlines()[-1])
        return hall

    def _stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.end(signal.SIGTERM)

    # -- asking

    def ask(
        self,
        path: str,
        data: dict[str, str] | None = None,
        *,
        by: str = "",
        cookies: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        source: str = "127.0.0.1",
    ) -> Answer:
        """One request over a connection of its own: a POST with `data`, else a GET; signed in as `by`."""
        crumbs = {"csrftoken": TOKEN, **(cookies or {})}
        if by:
            crumbs[self.hall["cookie"]] = self.hall["sessions"][by]
        sent = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in crumbs.items()),
            **(headers or {}),
        }
        body = None
        if data is not None:
            body = urllib.parse.urlencode({"csrfmiddlewaretoken": TOKEN, **data})
            sent = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"http://127.0.0.1:{self.port}",
                **sent,
            }
        began = time.monotonic()
        line = http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=PATIENCE, source_address=(source, 0)
        )
        try:
            line.request("GET" if body is None else "POST", path, body, sent)
            answer = line.getresponse()
            text = answer.read().decode(errors="replace")
        except (ConnectionError, http.client.HTTPException):
            return Answer(0, "", time.monotonic() - began)
        finally:
            line.close()
        told: dict[str, str] = {}
        for name, value in answer.getheaders():
            before = told.get(name.lower())
            told[name.lower()] = value if before is None else f"{before}, {value}"
        return Answer(answer.status, text, time.monotonic() - began, told)

    def sign_in(
        self,
        username: str,
        password: str = PASSWORD,
        *,
        source: str = "127.0.0.1",
        cookies: dict[str, str] | None = None,
    ) -> Answer:
        """303 when the person got in. Whoever is asked to send again (503) does so."""
        fields = {"username": username, "password": password}
        answer = self.ask("/sign-in/", fields, source=source, cookies=cookies)
        while answer.status == 503:
            answer = self.ask("/sign-in/", fields, source=source, cookies=cookies)
        return answer

    def checks(self) -> dict[str, bool | None]:
        """What `/readyz` says of each part; empty when it did not answer."""
        answer = self.ask("/readyz")
        found: dict[str, bool | None] = (
            json.loads(answer.text)["checks"] if answer.text else {}
        )
        return found

    def comment(self, text: str, key: str = "") -> dict[str, str]:
        """What a composer sends."""
        entry = self.hall["entry"]
        return {
            "client_key": key or str(uuid.uuid4()),
            "entry": str(entry),
            "type": "ask",
            "text": text,
        }

    @property
    def comments_path(self) -> str:
        return f"/entries/{self.hall['entry']}/comments/"

    @property
    def reading_path(self) -> str:
        return f"/groups/{self.hall['group']}/processes/{self.hall['process']}/"

    def stored(self, text: str) -> int:
        """How many comments have these words."""
        with self.database() as connection:
            row = connection.execute(
                "SELECT count(*) FROM comments_comment WHERE text = %s", [text]
            ).fetchone()
        assert row is not None
        return int(row[0])

    # -- bad things

    def database(self) -> psycopg.Connection[Any]:
        """A connection past the portal."""
        return psycopg.connect(self.url, connect_timeout=PATIENCE)

    @contextlib.contextmanager
    def locked_table(self, name: str) -> Iterator[None]:
        with self.database() as connection:
            connection.execute(
                f"LOCK TABLE {name}"
            )  # in the strongest mode: nobody reads it either
            yield
            connection.rollback()

    @contextlib.contextmanager
    def stopped_database(self) -> Iterator[None]:
        """SIGSTOP: it takes connections, answers none of them, and its timeouts fire no more."""
        server = self.server
        assert server is not None
        processes = [server, *children_of(server)]
        for each in processes:
            os.kill(each, signal.SIGSTOP)
        try:
            yield
        finally:
            for each in reversed(processes):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, signal.SIGCONT)

    def processes(self, part_of_command: str) -> list[int]:
        """Those that the launcher started with such a command."""
        found: list[int] = []
        for each in self.children:
            with contextlib.suppress(OSError):
                if (
                    part_of_command.encode()
                    in Path(f"/proc/{each}/cmdline").read_bytes()
                ):
                    found.append(each)
        return found

    @property
    def web_processes(self) -> list[int]:
        return self.processes("hearing_portal.launch.web")

    @contextlib.contextmanager
    def full_disk(self) -> Iterator[None]:
        """The folder of the stored files on a disk without room, as far as this machine lets one be made; else
        `limited_files`."""
        folder = self.var / "files"
        folder.mkdir(exist_ok=True)
        mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)]
        if subprocess.run(mount, check=False, capture_output=True).returncode != 0:
            with self.limited_files():
                yield
            return
        try:
            with (
                contextlib.suppress(OSError),
                (folder / "filler").open("wb", buffering=0) as filler,
            ):
                while filler.write(b"\0" * 4096):
                    pass
            yield
        finally:
            subprocess.run(["umount", str(folder)], check=True)

    @contextlib.contextmanager
    def limited_files(self) -> Iterator[None]:
        """The kernel refuses the portal's processes to write to files, as a quota does."""
        limited = [*self.web_processes, *self.processes("run_worker")]
        before = {
            each: resource.prlimit(each, resource.RLIMIT_FSIZE) for each in limited
        }
        for each, (_, most) in before.items():
            resource.prlimit(each, resource.RLIMIT_FSIZE, (0, most))
        try:
            yield
        finally:
            for each, limits in before.items():
                with contextlib.suppress(ProcessLookupError):
                    resource.prlimit(each, resource.RLIMIT_FSIZE, limits)


def until(holds: Callable[[], object]) -> float:
    """Waits until it holds; after how many seconds it did."""
    began = time.monotonic()
    while not holds():
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.05)
    return time.monotonic() - began


def at_once[T](*acts: Callable[[], T]) -> "Crowd[T]":
    return Crowd(acts)


class Crowd[T]:
    """Acts that go on side by side."""

    def __init__(self, acts: tuple[Callable[[], T], ...]) -> None:
        self._results: list[T | None] = [None] * len(acts)
        self._threads = [
            threading.Thread(target=self._do, args=(at, act))
            for at, act in enumerate(acts)
        ]
        for thread in self._threads:
            thread.start()

    def _do(self, at: int, act: Callable[[], T]) -> None:
        self._results[at] = act()

    def results(self) -> list[T]:
        for thread in self._threads:
            thread.join()
        return [result for result in self._results if result is not None]
