"""Child processes that end with the launcher, even when it is killed with SIGKILL."""

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from typing import Any

# Prctl's number for "send me this signal when my parent dies" (Linux)
PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LOOK_EVERY = 0.5  # seconds
_libc = ctypes.CDLL(None)
_stopped_by: int | None = None  # the signal that asked this process to stop


class Stopped(SystemExit):
    """A signal asked the launcher to stop; the exit status is 128 + the signal's number."""


def stop_on_signals() -> None:
    """Turns SIGTERM, SIGINT and SIGHUP into `Stopped`, once, so that every `finally` runs undisturbed.

    Python drops what is raised inside a destructor or a callback of C: who waits long asks `stop_if_asked` too.
    """

    def stop(number: int, _frame: object) -> None:
        global _stopped_by
        _stopped_by = number
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(128 + number)

    for each in STOP_SIGNALS:
        signal.signal(each, stop)


def stop_if_asked() -> None:
    """Raises `Stopped` when a signal has asked for it."""
    if _stopped_by is not None:
        raise Stopped(128 + _stopped_by)


def die_with(parent: int) -> Callable[[], None]:
    """A `preexec_fn`: the kernel kills the child as soon as the process `parent` is gone."""

    def arrange() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        for each in (signal.SIGINT, signal.SIGHUP):
            signal.signal(each, signal.SIG_DFL)
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)

    return arrange


def start_child(command: Sequence[str], **options: Any) -> subprocess.Popen[bytes]:
    """Starts a child that ends with this process. Options are those of `subprocess.Popen`."""
    return subprocess.Popen(command, preexec_fn=die_with(os.getpid()), **options)


def run_child(command: Sequence[str], **options: Any) -> int:
    """Runs a child to its end and returns its exit status; a `Stopped` in between ends the child first."""
    child = start_child(command, **options)
    try:
        while True:
            try:
                return child.wait(timeout=LOOK_EVERY)
            except subprocess.TimeoutExpired:
                stop_if_asked()
    finally:
        end_children([child], seconds=10)


def end_children(children: Sequence[subprocess.Popen[bytes]], seconds: float) -> None:
    """Asks the children to stop (SIGTERM), and kills those that are still there after `seconds`.

    None is waited for without an end: a wait that a signal broke off may have left Popen's own lock taken. What is
    killed ends anyway.
    """
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=5)
