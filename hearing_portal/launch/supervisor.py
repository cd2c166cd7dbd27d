"""The processes of a running portal: started, watched, started again when they end, and stopped together."""

import http.client
import json
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hearing_portal.launch.children import LOOK_EVERY, end_children, start_child, stop_if_asked
from hearing_portal.launch.problems import Problem, announce

PATIENCE = 120  # seconds until the portal must be ready
GRACE = 15  # seconds between SIGTERM and SIGKILL; longer than the web processes' own limit
# A process that ends sooner than this after its start is broken, and started again only after a pause
SHORT_LIFE = 5.0


@dataclass
class Watched:
    """One process that is to run as long as the portal."""

    name: str
    command: Sequence[str]
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)

    def start(self) -> None:
        """Starts the process, for the first time or again."""
        self.process = start_child(self.command, pass_fds=self.pass_fds, stdin=subprocess.DEVNULL)
        self.started = time.monotonic()

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def revive(self) -> None:
        """Starts the process again when it has ended, but not in a tight circle."""
        if self.has_ended and time.monotonic() - self.started > SHORT_LIFE:
            announce(f"โพรเซส {self.name} หยุดลง เริ่มใหม่", f"The {self.name} process ended, starting it again")
            self.start()


def supervise(
    watched: Sequence[Watched],
    listener: socket.socket,
    on_ready: Callable[[], None],
    on_look: Callable[[], None],
) -> None:
    """Runs the processes until a signal raises `Stopped`; `on_look` is called at every look after that.

    Raises a Problem when a process ends, or the portal answers nothing, before it is ready.
    """
    try:
        for each in watched:
            each.start()
        _await_ready(watched, listener)
        on_ready()
        while True:
            time.sleep(LOOK_EVERY)
            stop_if_asked()
            on_look()
            for each in watched:
                each.revive()
    finally:
        running = [each.process for each in watched if each.process]
        end_children(running, GRACE)


def _await_ready(watched: Sequence[Watched], listener: socket.socket) -> None:
    deadline = time.monotonic() + PATIENCE
    lacking: list[str] = ["livez"]
    while time.monotonic() < deadline:
        stop_if_asked()
        for each in watched:
            if each.has_ended:
                raise Problem(
                    f"โพรเซส {each.name} เริ่มไม่ได้: ดูข้อความด้านบน แก้ไขแล้วสั่งใหม่",
                    f"The {each.name} process ended while starting: read its lines above, mend "
                    "the cause, then start "
                    "this command again.",
                )
        lacking = unready(listener)
        # The worker tells of itself a moment later; pages do not need it
        if set(lacking) <= {"worker"}:
            return
        time.sleep(0.1)
    raise Problem(
        f"ระบบไม่พร้อมภายใน {PATIENCE} วินาที ({', '.join(lacking)}): ดูข้อความด้านบน แก้ไขแล้วสั่งใหม่",
        f"The portal was not ready within {PATIENCE} seconds; lacking: {', '.join(lacking)}. "
        "Read the lines above, mend "
        "the cause, then start this command again.",
    )


def unready(listener: socket.socket) -> list[str]:
    """What `/readyz` finds lacking, asked at the listening socket's own address; empty when all is well."""
    host, port = listener.getsockname()[:2]
    # One cannot connect to "every address"
    if host == "0.0.0.0":
        host = "127.0.0.1"
    elif host == "::":
        host = "::1"
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/readyz", headers={"Host": "localhost"})
        answer = json.loads(connection.getresponse().read())
        checks: dict[str, bool] = answer["checks"]
        return [name for name, is_good in checks.items() if not is_good]
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return ["web"]
    finally:
        connection.close()
