"""A process that says itself that it hangs is replaced at once; it is not waited for."""

import subprocess
import sys

from hearing_portal.heartbeats import Heartbeats
from hearing_portal.launch.supervisor import Watched

# A web process with a thread that is stuck: its event loop lives and knows
HANGING = """
import asyncio
from hearing_portal.heartbeats import keep_beating

begun = []
asyncio.run(keep_beating(lambda: True, lambda: begun.append(1) or len(begun) > 2))
"""


def test_process_that_says_it_hangs_is_ended_at_the_next_look():
    heartbeats = Heartbeats(1)
    watched = Watched("web", [sys.executable, "-c", HANGING], slot=0, silent_for=600)
    watched.start(heartbeats)
    process = watched.process
    assert process is not None
    try:
        while not heartbeats.last_beat(0):
            assert process.poll() is None
        watched.end_if_hung(heartbeats, 0.0)
        while not heartbeats.has_given_up(0):
            assert process.poll() is None

        watched.end_if_hung(heartbeats, 0.0)

        assert watched.has_ended
    finally:
        process.kill()
        process.wait()
    watched.started -= 60
    watched.revive(heartbeats)
    try:
        assert watched.process is not process
        assert not heartbeats.has_given_up(0)
    finally:
        assert isinstance(watched.process, subprocess.Popen)
        watched.process.kill()
        watched.process.wait()
