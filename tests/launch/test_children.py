"""Being asked to stop at the worst of moments."""

import signal
import subprocess
import sys

from tests.launch.conftest import CHECKOUT

# What is raised in a hook of fork goes to sys.unraisablehook and nowhere else
ASKED_WHILE_FORKING = """
import os, signal
from hearing_portal.launch.children import run_child, stop_on_signals

stop_on_signals()
os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGTERM))
run_child(["sleep", "600"])
"""


def test_signal_that_python_drops_is_heard_all_the_same():
    ended = subprocess.run(
        [sys.executable, "-c", ASKED_WHILE_FORKING],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert "Stopped" in ended.stderr  # it was dropped
    assert ended.returncode == 128 + signal.SIGTERM
