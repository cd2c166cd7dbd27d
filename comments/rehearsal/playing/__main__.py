"""Plays a hearing day: `python -m comments.rehearsal.playing PLAN --port N --portal PID --database PID --seconds S
--out FILE`. Started by `./portal rehearse`."""

import argparse
import asyncio
import json
import resource
import signal
import time
from pathlib import Path

from ..plan import Plan
from .day import AFTERWARDS, HearingDay
from .machine import MachineWatch
from .result import describe_result


def play_day() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("plan", type=Path)
    for name in ("port", "portal", "database"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    # From the terminal it reaches the command that started this, too, which ends it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    result = asyncio.run(_play(options))
    options.out.write_text(json.dumps(result), encoding="utf-8")


async def _play(options: argparse.Namespace) -> dict[str, object]:
    day = HearingDay(
        Plan.load(options.plan),
        port=options.port,
        seconds=options.seconds,
        machine=MachineWatch(options.portal, options.database),
    )
    began = time.monotonic()
    await asyncio.wait_for(day.play(), options.seconds + AFTERWARDS + 60)
    return describe_result(day, time.monotonic() - began)


if __name__ == "__main__":
    play_day()
