"""Signs of life of the processes of one portal: each writes the time into its slot of a memory they share, which the
launcher reads to replace what hangs, and `/readyz` to tell of it.

A process that is stopped or wedged writes nothing, whatever holds it. CLOCK_MONOTONIC is one for all processes.
"""

import asyncio
import mmap
import os
import struct
import time
from collections.abc import Callable

ENVIRONMENT = "PORTAL_HEARTBEATS"  # "DESCRIPTOR:SLOT:SLOTS" for a child
MOST_WEB_PROCESSES = 64


def read_web_processes(given: str) -> int | None:
    """PORTAL_WEB_PROCESSES: two where nothing is said, None for what is no number from 1 to 64."""
    if not given:
        return 2
    is_number = given.isascii() and given.isdigit() and len(given) < 4
    number = int(given) if is_number else 0
    return number if 1 <= number <= MOST_WEB_PROCESSES else None


# The first slots; with one thread for pages each: measured faster than one with more threads
WEB_PROCESSES = read_web_processes(os.environ.get("PORTAL_WEB_PROCESSES", "")) or 2
BEAT = 0.2  # seconds
HANGS = (
    -1.0
)  # in the place of a time: the process says itself that it is to be replaced
_SLOT = struct.Struct("d")


class Heartbeats:
    """`slots` times of the last sign of life, in a memory file that children inherit by its descriptor."""

    def __init__(
        self, slots: int, descriptor: int | None = None, own_slot: int | None = None
    ) -> None:
        size = slots * _SLOT.size
        if descriptor is None:
            descriptor = os.memfd_create("heartbeats", 0)
            os.ftruncate(descriptor, size)
        self.descriptor = descriptor
        self.slots = slots
        self.own_slot = own_slot
        self._memory = mmap.mmap(descriptor, size)

    def environment_of(self, slot: int) -> dict[str, str]:
        """What the process of that slot finds its memory by; it must inherit the descriptor, too."""
        return {ENVIRONMENT: f"{self.descriptor}:{slot}:{self.slots}"}

    def beat(self) -> None:
        """The process of the own slot lives."""
        assert self.own_slot is not None
        _SLOT.pack_into(self._memory, self.own_slot * _SLOT.size, time.monotonic())

    def give_up(self) -> None:
        """The process of the own slot lives, but something in it hangs for good."""
        assert self.own_slot is not None
        _SLOT.pack_into(self._memory, self.own_slot * _SLOT.size, HANGS)

    def has_given_up(self, slot: int) -> bool:
        return self.last_beat(slot) == HANGS

    def last_beat(self, slot: int) -> float:
        """On the monotonic clock; 0 for a process that has not begun yet."""
        at: float = _SLOT.unpack_from(self._memory, slot * _SLOT.size)[0]
        return at

    def forget(self, slot: int) -> None:
        """Another process begins in this slot."""
        _SLOT.pack_into(self._memory, slot * _SLOT.size, 0.0)

    def have_beaten_since(self, moment: float, slots: range, patience: float) -> bool:
        """Whether each of these processes gives a sign of life after the moment; waits for them so many seconds."""
        deadline = time.monotonic() + patience
        while not all(self.last_beat(slot) >= moment for slot in slots):
            if time.monotonic() > deadline:
                return False
            time.sleep(BEAT / 4)
        return True


def heartbeats_of_portal() -> Heartbeats | None:
    """Those of the portal that this process belongs to; None when no launcher watches it."""
    given = os.environ.get(ENVIRONMENT)
    if not given:
        return None
    descriptor, slot, slots = (int(part) for part in given.split(":"))
    return Heartbeats(slots, descriptor, slot)


async def keep_beating(
    lives: Callable[[], bool], hangs: Callable[[], bool] = lambda: False
) -> None:
    """Gives signs of life from an event loop, as long as `lives()` says so too, until `hangs()` does; for ever."""
    heartbeats = heartbeats_of_portal()
    while heartbeats is not None:
        if hangs():
            heartbeats.give_up()
        elif lives():
            heartbeats.beat()
        await asyncio.sleep(BEAT)
