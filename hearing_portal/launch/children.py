"""Child processes that end with the launcher, even when it is killed with SIGKILL."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from typing import Any

PR_SET_PDEATHSIG = 1  # prctl's number for "send me this signal when my parent dies" (Linux)
STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_libc = ctypes.CDLL(None)


class Stopped(SystemExit):
    """A signal asked the launcher to stop; the exit status is 128 + the signal's number."""


def stop_on_signals() -> None:
    """Turns SIGTERM, SIGINT and SIGHUP into `Stopped`, once, so that every `finally` runs undisturbed."""

    def stop(number: int, _frame: object) -> None:
        for each in STOP_SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(128 + number)

    for each in STOP_SIGNALS:
        signal.signal(each, stop)


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
        return child.wait()
    finally:
        end_children([child], seconds=10)


def end_children(children: Sequence[subprocess.Popen[bytes]], seconds: float) -> None:
    """Asks the children to stop (SIGTERM), and kills those that are still there after `seconds`."""
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
