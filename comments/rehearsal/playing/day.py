"""The hearing day, shortened: arrival, reading and following, comments, a cut of the network, a killed process, last
call.

Everything is bounded: in telephones by the plan, in time by the minutes asked for and three more.
"""

import asyncio
import contextlib
import os
import random
import signal
import time
from collections.abc import Coroutine
from typing import Any

from ..plan import Plan
from .connection import Connection, NoAnswer
from .facilitators import Facilitator
from .figures import Figures
from .machine import MachineWatch, find_web_processes
from .phones import Phone
from .streams import RoomLog

HALL = 2450  # people; what is asked of the portal is asked for so many
ARRIVALS = 17  # a second, at the door
AT_PEAK = 40  # comments a second in the hall
LAST_CALL, LAST_CALL_LASTS = 1000, 10.0  # comments in the hall, seconds
READ_EVERY = 60.0  # seconds between a person's pages
# Shares of the time
DOOR_SHUTS, ALL_HERE = 0.35, 0.5
HANDS_FROM, HANDS_UNTIL = 0.36, 0.54
FULL_PACE = 0.4  # of comments
CUT_AT, BACK_AT = 0.55, 0.65
KILL_AT = 0.72
CALL_AT = 0.86
LONGEST_CUT = 120.0  # seconds
LOSE_NETWORK = 0.2  # of the telephones
AFTERWARDS = 90.0  # seconds until everything that was written is stored and told
MOST_PHONES = 5000


class HearingDay:
    """`seconds` is how long it lasts; what was begun ends within three minutes more."""

    def __init__(
        self, plan: Plan, *, port: int, seconds: float, machine: MachineWatch
    ) -> None:
        if len(plan.people) > MOST_PHONES:
            raise ValueError(f"more than {MOST_PHONES} telephones")
        self.plan = plan
        self.port = port
        self.seconds = seconds
        self.machine = machine
        self.figures = Figures()
        self.logs = [RoomLog() for _ in plan.rooms]
        self.phones: list[Phone] = []
        for number, person in enumerate(plan.people):
            phone = Phone(
                number,
                person,
                plan=plan,
                room=plan.rooms[person.room],
                log=self.logs[person.room],
                port=port,
                figures=self.figures,
            )
            self.phones.append(phone)
        self.facilitators = []
        for room in plan.rooms:
            facilitator = Facilitator(room, plan, port=port, figures=self.figures)
            self.facilitators.append(facilitator)
        self.web_processes = find_web_processes(machine.portal)
        self.ended_at = 0.0  # seconds since 1970
        self.behind: set[int] = set()  # telephones that do not follow at the end
        self._began = 0.0
        self._inside: list[Phone] = []
        self._has_people = asyncio.Event()
        self._scenes: set[asyncio.Task[Any]] = set()
        self._lasting: set[asyncio.Task[Any]] = set()  # until the end
        self._writing: set[asyncio.Task[Any]] = set()
        self._broken: list[BaseException] = []
        self._is_broken = asyncio.Event()

    async def play(self) -> None:
        """Raises what went wrong with a player: then nothing is known of the portal."""
        self._began = time.monotonic()
        self.machine.begin()
        scenes = [
            self._arrive(),
            self._comment(),
            self._cut_network(),
            self._kill_process(),
        ]
        for number, room in enumerate(self.plan.rooms):
            scenes.append(self._facilitate(number))
            if room.hands:
                scenes.append(self._raise_hands(number))
        try:
            for scene in scenes:
                self._start(scene, self._scenes)
            self._start(self._watch(), self._lasting)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._is_broken.wait(), self.seconds)
            await self._come_to_rest()
        finally:
            self.ended_at = time.time()
            self.behind = {
                phone.number for phone in self.phones if not phone.is_streaming
            }
            tasks = [*self._scenes, *self._lasting, *self._writing]
            for task in tasks:
                task.cancel()
            for phone in self.phones:
                phone.lose_network()
            await asyncio.gather(*tasks, return_exceptions=True)
        if self._broken:
            raise self._broken[0]

    def _start(
        self, act: Coroutine[Any, Any, None], tasks: set[asyncio.Task[Any]]
    ) -> None:
        task = asyncio.create_task(act)
        tasks.add(task)

        def forget(done: asyncio.Task[Any]) -> None:
            tasks.discard(done)
            error = None if done.cancelled() else done.exception()
            if error is not None:
                self._broken.append(error)
                self._is_broken.set()

        task.add_done_callback(forget)

    @property
    def passed(self) -> float:
        """The share of the time that is over."""
        return (time.monotonic() - self._began) / self.seconds

    async def _until(self, share: float) -> None:
        await asyncio.sleep(max(0.0, (share - self.passed) * self.seconds))

    # -- the hall

    async def _arrive(self) -> None:
        """As many by the door as it has to take; the others, who signed in before, meanwhile open their telephones."""
        lasts = DOOR_SHUTS * self.seconds
        waiting = list(self.phones)
        random.shuffle(waiting)
        by_door = waiting[: int(ARRIVALS * lasts)]
        signed_in = waiting[len(by_door) :]
        moments = [
            (number / ARRIVALS, phone, True) for number, phone in enumerate(by_door)
        ]
        for number, phone in enumerate(signed_in):
            after = number * ALL_HERE * self.seconds / len(signed_in)
            moments.append((after, phone, False))
        moments.sort(key=lambda moment: moment[0])
        for after, phone, is_by_door in moments:
            await self._until(after / self.seconds)
            self._start(self._attend(phone, is_by_door), self._lasting)

    async def _attend(self, phone: Phone, is_by_door: bool) -> None:
        if is_by_door:
            await phone.sign_in()
        else:
            phone.bring_session()
        await phone.open_first_page()
        self._start(phone.follow(), self._lasting)
        self._inside.append(phone)
        self._has_people.set()
        while True:
            await asyncio.sleep(random.uniform(0.5, 1.5) * READ_EVERY)
            if self.passed > 1:
                return
            await phone.online.wait()
            await phone.read(random.choice([*phone.room.pages, "/my-comments/"]))

    async def _facilitate(self, number: int) -> None:
        """Goes on to the next clause, room by room at another moment."""
        pause = min(20.0, max(1.0, self.seconds / 12))
        await asyncio.sleep(random.uniform(0, pause))
        for entry in self.plan.rooms[number].entries:
            if self.passed > 1:
                return
            await self.facilitators[number].go_on(entry)
            await asyncio.sleep(pause * random.uniform(0.8, 1.2))

    async def _raise_hands(self, number: int) -> None:
        """Once in each room, one room after another; one telephone of each office answers."""
        lasts = (HANDS_UNTIL - HANDS_FROM) / 2
        begins = HANDS_FROM + lasts * number / len(self.plan.rooms)
        await self._until(begins)
        await self._has_people.wait()
        facilitator = self.facilitators[number]
        hands = await facilitator.ask_offices()
        if not hands:
            return
        by_office = {
            phone.person.office: phone
            for phone in self._inside
            if phone.person.room == number
        }
        answering: list[asyncio.Task[None]] = []
        for phone in by_office.values():
            after = random.uniform(0, lasts * self.seconds)
            answering.append(asyncio.create_task(phone.raise_hand(hands, after)))
        await asyncio.gather(*answering)
        await facilitator.count_hands(hands)

    # -- comments

    async def _comment(self) -> None:
        """More and more, until it is the hall's peak; then those of the last call."""
        size = len(self.phones) / HALL
        peak = max(1.0, AT_PEAK * size)
        await self._until(DOOR_SHUTS / 2)
        await self._has_people.wait()
        while self.passed < CALL_AT:
            full = (self.passed - DOOR_SHUTS / 2) / (FULL_PACE - DOOR_SHUTS / 2)
            rate = peak * min(1.0, max(0.1, full))
            await asyncio.sleep(random.expovariate(rate))
            await self._write(is_last_call=False)
        number = max(5, round(LAST_CALL * size))
        lasts = min(LAST_CALL_LASTS, (1 - CALL_AT) * self.seconds)
        for at in range(number):
            await self._until(CALL_AT + at * lasts / number / self.seconds)
            await self._write(is_last_call=True)

    async def _write(self, *, is_last_call: bool) -> None:
        """By somebody who is not writing just now; whoever has no network writes, too."""
        while True:
            phone = random.choice(self._inside)
            if not phone.is_posting:
                break
            await asyncio.sleep(0.02)
        phone.is_posting = True
        entry = random.choice(phone.room.entries)
        self._start(phone.write(entry, is_last_call=is_last_call), self._writing)

    # -- what happens to them

    async def _cut_network(self) -> None:
        """Some of those who lose it had just sent a comment, and never see whether it arrived."""
        await self._until(CUT_AT)
        await self._has_people.wait()
        number = max(1, int(LOSE_NETWORK * len(self._inside)))
        cut = random.sample(self._inside, min(number, len(self._inside)))
        self.figures.cut = len(cut)
        for phone in cut[: max(1, len(cut) // 10)]:
            if not phone.is_posting:
                entry = random.choice(phone.room.entries)
                act = phone.write(entry, is_last_call=False, is_cut_off=True)
                phone.is_posting = True
                self._start(act, self._writing)
        await asyncio.sleep(0.05)
        for phone in cut:
            phone.lose_network()
        lasts = min(LONGEST_CUT, (BACK_AT - CUT_AT) * self.seconds)
        await asyncio.sleep(lasts)
        for phone in cut:
            phone.find_network()

    async def _kill_process(self) -> None:
        """One web process; the portal is to replace it."""
        await self._until(KILL_AT)
        killed = self.web_processes[0]
        if killed not in find_web_processes(self.machine.portal):
            return
        os.kill(killed, signal.SIGKILL)
        self.figures.killed = True
        began = time.monotonic()
        while True:
            await asyncio.sleep(0.25)
            running = find_web_processes(self.machine.portal)
            is_whole = len(running) >= len(self.web_processes)
            if is_whole and killed not in running and await self._is_ready():
                self.figures.replaced_after = time.monotonic() - began
                return

    async def _is_ready(self) -> bool:
        connection = Connection(self.port)
        try:
            return (await connection.ask("/readyz", {})).status == 200
        except NoAnswer:
            return False
        finally:
            connection.close()

    async def _watch(self) -> None:
        pause = min(5.0, self.seconds / 10)
        while True:
            await asyncio.sleep(pause)
            self.machine.look()
            self._count_streams()

    def _count_streams(self) -> None:
        streams = sum(phone.is_streaming for phone in self.phones)
        self.figures.most_streams = max(self.figures.most_streams, streams)

    # -- the end

    async def _come_to_rest(self) -> None:
        """Until what was written is stored, everybody was told of it, and the killed process is replaced."""
        deadline = time.monotonic() + AFTERWARDS
        calm_since = time.monotonic()
        before: list[int] = []
        while time.monotonic() < deadline and not self._broken:
            await asyncio.sleep(0.25)
            self._count_streams()
            positions = [phone.position for phone in self.phones]
            is_settled = not self._scenes and not self._writing
            is_followed = all(phone.is_streaming for phone in self.phones)
            if not is_settled or not is_followed or positions != before:
                calm_since = time.monotonic()
                before = positions
            elif time.monotonic() - calm_since > 3:
                return
