"""The processes of a running portal: started, watched, started again when they end, and stopped together."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hearing_portal.heartbeats import Heartbeats
from hearing_portal.launch.children import (
    LOOK_EVERY,
    end_children,
    start_child,
    stop_if_asked,
)
from hearing_portal.launch.problems import Problem, announce

PATIENCE = 120  # seconds until the portal must be ready
# Seconds between SIGTERM and SIGKILL; longer than the web processes' own limit
GRACE = 15
# A process that ends sooner than this after its start is broken, and started again only after a pause
SHORT_LIFE = 5.0


# Seconds without a sign of life after which a process is replaced: one that is stopped, one that seems to work, one
# that has not begun
STOPPED_FOR = 2.0
SILENT_FOR = 8.0
STARTING_FOR = 60.0
STOPPED_STATES = "Tt"  # proc(5)


@dataclass
class Watched:
    """One process that is to run as long as the portal. `slot` is where it gives signs of life, `silent_for` how many
    seconds it may keep silent while it works."""

    name: str
    command: Sequence[str]
    slot: int
    pass_fds: tuple[int, ...] = ()
    silent_for: float = SILENT_FOR
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started: float = field(default=0.0, init=False)

    def start(self, heartbeats: Heartbeats) -> None:
        """Starts the process, for the first time or again."""
        heartbeats.forget(self.slot)
        self.process = start_child(
            self.command,
            pass_fds=(*self.pass_fds, heartbeats.descriptor),
            stdin=subprocess.DEVNULL,
            env=os.environ | heartbeats.environment_of(self.slot),
        )
        self.started = time.monotonic()

    @property
    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def revive(self, heartbeats: Heartbeats) -> None:
        """Starts the process again when it has ended, but not in a tight circle."""
        if self.has_ended and time.monotonic() - self.started > SHORT_LIFE:
            announce(
                f"โพรเซส {self.name} หยุดลง เริ่มใหม่",
                f"The {self.name} process ended, starting it again",
            )
            self.start(heartbeats)

    def end_if_hung(self, heartbeats: Heartbeats, watched_since: float) -> None:
        """Kills a process that gives no sign of life; `watched_since`: before that nobody could have seen one."""
        if self.process is None or self.has_ended:
            return
        last_beat = heartbeats.last_beat(self.slot)
        has_given_up = heartbeats.has_given_up(self.slot)
        silent_for = time.monotonic() - max(last_beat, self.started, watched_since)
        limit = self.silent_for if last_beat else STARTING_FOR
        is_stopped = silent_for > STOPPED_FOR and _is_stopped(self.process.pid)
        if has_given_up or silent_for > limit or is_stopped:
            announce(
                f"ปิดโพรเซส {self.name} ที่ไม่ตอบแล้ว เริ่มใหม่",
                f"The {self.name} process hangs, replacing it",
            )
            self.process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=5)


def _is_stopped(process: int) -> bool:
    """By SIGSTOP, or by a debugger: it will not go on by itself."""
    try:
        return (
            Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
            in STOPPED_STATES
        )
    except OSError:
        return False


def supervise(
    watched: Sequence[Watched],
    listener: socket.socket,
    on_ready: Callable[[], None],
    on_look: Callable[[], None],
) -> None:
    """Runs the processes until a signal raises `Stopped`; `on_look` is called at every look after that.

    Raises a Problem when a process ends, or the portal answers nothing, before it is ready.
    """
    heartbeats = Heartbeats(len(watched))
    try:
        for each in watched:
            each.start(heartbeats)
        _await_ready(watched, listener)
        on_ready()
        _watch(watched, heartbeats, on_look)
    finally:
        running = [each.process for each in watched if each.process]
        end_children(running, GRACE)


def _watch(
    watched: Sequence[Watched], heartbeats: Heartbeats, on_look: Callable[[], None]
) -> None:
    watched_since = last_look = time.monotonic()
    while True:
        time.sleep(LOOK_EVERY)
        stop_if_asked()
        # Where this process itself got no time, the others may have had none either
        if time.monotonic() - last_look > 4 * LOOK_EVERY:
            watched_since = time.monotonic()
        last_look = time.monotonic()
        for each in watched:
            each.end_if_hung(heartbeats, watched_since)
            each.revive(heartbeats)
        on_look()


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
        checks: dict[str, bool | None] = answer["checks"]
        bad = [name for name, is_good in checks.items() if is_good is False]
        # What is not known yet (null) may be well
        return bad or [name for name, is_good in checks.items() if not is_good]
    except (OSError, http.client.HTTPException, ValueError, KeyError):
        return ["web"]
    finally:
        connection.close()
