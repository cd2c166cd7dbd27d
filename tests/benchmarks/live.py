"""Live streams: the hub beside nginx with nchan, on the same machine, in one run, by turns.

`--streams` connections are open to each, one event of about 200 bytes a second. The delay is from publishing (NOTIFY
for the hub, a POST for nchan) to each connection that has it; the client's own time is in both. Memory is what the
server's processes have more (PSS) with the streams than without. Without nchan (Debian: nginx, libnginx-mod-nchan)
the hub is measured alone. Required: p99 at most 1.2 times nchan's, 20 KiB a stream, no database connection a stream.
"""

import argparse
import asyncio
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote

import django
import psycopg

CHANNEL = "bench"
PADDING = "x" * 120
MODULE = Path("/usr/lib/nginx/modules/ngx_nchan_module.so")
NGINX = """
load_module {module};
worker_processes 1; daemon off; pid {folder}/pid; error_log {folder}/errors crit; worker_rlimit_nofile 20000;
events {{ worker_connections 12000; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location = /sub {{ nchan_subscriber eventsource; nchan_channel_id bench; nchan_subscriber_first_message newest; }}
    location = /pub {{ nchan_publisher; nchan_channel_id bench; }}
  }}
}}
"""
BACKENDS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
type Server = dict[str, Any]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, metavar="FILE")
    parser.add_argument("--streams", type=int, default=5000)
    parser.add_argument("--events", type=int, default=20, help="of a round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    os.environ.setdefault("SECRET_KEY", "only-for-the-benchmark-" + "0" * 32)
    django.setup()
    figures: dict[str, list[dict[str, float]]] = {}
    for _ in range(options.rounds):
        for name, start in (("hub", running_hub), ("nchan", running_nchan)):
            if name == "nchan" and not (MODULE.exists() and shutil.which("nginx")):
                continue
            with start() as server:
                row = asyncio.run(measure(server, options.streams, options.events))
            figures.setdefault(name, []).append(row)
    result = {
        name: {key: median(row[key] for row in rows) for key in rows[0]}
        for name, rows in figures.items()
    }
    tell(result, options.streams)
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))
    return 0


def tell(result: dict[str, dict[str, float]], streams: int) -> None:
    print(f"{streams} streams, medians of the rounds")
    for name, row in result.items():
        print(
            f"{name:6} p50 {row['p50']:6.1f}  p99 {row['p99']:6.1f}  most {row['most']:6.1f} ms"
            f"  {row['kib']:5.1f} KiB a stream  server {row['server_ms']:6.1f},"
            f" client {row['client_ms']:6.1f} ms an event"
            f"  lost {row['lost']:.0f}  database connections {row['database']:.0f}"
        )
    if len(result) == 2:
        ratio = result["hub"]["p99"] / result["nchan"]["p99"]
        print(f"p99 of the hub to nchan's: {ratio:.2f} (at most 1.2)")


# -- the servers -----------------------------------------------------------------------------------------


@contextmanager
def running_hub() -> Iterator[Server]:
    from hearing_portal.live.hub import NOTIFIED
    from hearing_portal.live.tickets import make_ticket

    listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
    descriptor = listener.fileno()
    command = [*(sys.executable, "-P", "-m", "hearing_portal.launch.web")]
    process = subprocess.Popen(
        [*command, str(descriptor), "hub"], pass_fds=(descriptor,)
    )
    database = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    number = 0

    def publish(sent: float) -> None:
        nonlocal number
        number += 1
        event = {"n": number, "id": number, "sent": sent, "padding": PADDING}
        payload = json.dumps({"channel": CHANNEL, "events": [event]})
        database.execute("SELECT pg_notify(%s, %s)", [NOTIFIED, payload])

    def backends() -> int:
        row = database.execute(BACKENDS).fetchone()
        assert row is not None
        return int(row[0])

    try:
        port = listener.getsockname()[1]
        yield {
            "port": port,
            "path": f"/live/?ticket={quote(make_ticket(CHANNEL))}&after=0",
            "processes": [process.pid],
            "publish": publish,
            "backends": backends,
        }
    finally:
        process.terminate()
        process.wait()
        database.close()
        listener.close()


@contextmanager
def running_nchan() -> Iterator[Server]:
    with (
        tempfile.TemporaryDirectory() as folder,
        socket.create_server(("127.0.0.1", 0)) as free,
    ):
        port = free.getsockname()[1]
        free.close()
        Path(folder).chmod(0o755)
        settings = Path(folder, "nginx.conf")
        settings.write_text(NGINX.format(module=MODULE, folder=folder, port=port))
        process = subprocess.Popen(["nginx", "-c", str(settings)])
        wait_for(port)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        sender: socket.socket | None = None

        def publish(sent: float) -> None:
            nonlocal sender
            if sender is None:
                sender = socket.create_connection(("127.0.0.1", port))
            body = json.dumps({"n": 0, "sent": sent, "padding": PADDING})
            head = (
                f"POST /pub HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            sender.sendall(head.encode() + body.encode())

        try:
            yield {
                "port": port,
                "path": "/sub",
                "processes": [
                    process.pid,
                    *(int(pid) for pid in children.read_text().split()),
                ],
                "publish": publish,
                "backends": lambda: 0,
            }
        finally:
            process.terminate()
            process.wait()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


# -- the client ------------------------------------------------------------------------------------------


class Reader(asyncio.Protocol):
    """One stream. It looks for the moment of sending in what arrives, and for nothing else."""

    def __init__(self, path: str, delays: list[float]) -> None:
        self._path = path
        self._delays = delays
        self.opened = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        head = (
            f"GET {self._path} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n"
        )
        transport.write(head.encode())

    def data_received(self, data: bytes) -> None:
        if not self.opened.done():
            self.opened.set_result(data.startswith(b"HTTP/1.1 200"))
        at = data.find(b'"sent": ')
        if at < 0:
            at = data.find(b'"sent":') - 1
        if at >= 0:
            end = data.index(b",", at + 8)
            sent = float(data[at + 8 : end])
            self._delays.append(time.monotonic() - sent)


async def measure(server: Server, streams: int, events: int) -> dict[str, float]:
    loop = asyncio.get_running_loop()
    publish: Callable[[float], None] = server["publish"]
    delays: list[float] = []
    wait_for(server["port"])
    readers: list[Reader] = []
    transports = []

    async def connect() -> None:
        transport, reader = await loop.create_connection(
            lambda: Reader(server["path"], delays), "127.0.0.1", server["port"]
        )
        transports.append(transport)
        readers.append(reader)
        assert await asyncio.wait_for(reader.opened, 60)

    await connect()
    await asyncio.sleep(3)  # the hub has its connections
    before, backends = memory_of(server["processes"]), server["backends"]()
    for start in range(1, streams, 200):
        await asyncio.gather(*(connect() for _ in range(min(200, streams - start))))
    await asyncio.sleep(1)
    after = memory_of(server["processes"])
    publish(time.monotonic())  # everything is warm
    await asyncio.sleep(2)
    delays.clear()
    spent, own = processor_time(server["processes"]), time.process_time()
    for _ in range(events):
        began = time.monotonic()
        publish(began)
        await asyncio.sleep(max(0.0, began + 1 - time.monotonic()))
    await asyncio.sleep(2)
    spent = processor_time(server["processes"]) - spent
    own = time.process_time() - own
    held = server["backends"]() - backends
    for transport in transports:
        transport.abort()
    cuts = quantiles(delays, n=100)
    return {
        "p50": 1000 * cuts[49],
        "p99": 1000 * cuts[98],
        "most": 1000 * max(delays),
        "kib": (after - before) / max(1, streams - 1),
        "server_ms": 1000 * spent / events,
        "client_ms": 1000 * own / events,
        "lost": streams * events - len(delays),
        "database": held,
    }


def memory_of(processes: list[int]) -> int:
    """KiB of memory, shared pages divided by their sharers."""
    total = 0
    for pid in processes:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total


def processor_time(processes: list[int]) -> float:
    """Seconds."""
    ticks = 0
    for pid in processes:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main())
