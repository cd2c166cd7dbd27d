"""A facilitator: goes on to the next clause, and lets the offices raise their hands."""

import asyncio
import random
import re
from collections.abc import Mapping

from ..plan import Plan, Room
from .connection import TOKEN, Connection, NoAnswer, PortalAnswer
from .figures import Figures

TRIES = 5
# Where the page of the hands ends the one that runs
RUNNING_POLL = re.compile(rb'"(/sessions/\d+/hands/\d+/)end/"')
OWN_QUESTION = {"asked": "own", "own": "เห็นชอบให้พิจารณาข้อถัดไป", "quorum": "none"}


class Facilitator:
    """Of one room."""

    def __init__(self, room: Room, plan: Plan, *, port: int, figures: Figures) -> None:
        self._room = room
        self._cookies = {"csrftoken": TOKEN, plan.cookie: room.facilitator}
        self._port = port
        self._figures = figures

    async def go_on(self, entry: int) -> None:
        """To that clause. Where nobody answers the room stays where it is until the next."""
        try:
            answer = await self._ask(self._room.discussion, {"entry": entry})
        except NoAnswer:
            return
        self._figures.clauses += 1
        if answer.status != 303:
            self._figures.clauses_refused += 1
            self._figures.statuses[answer.status] += 1

    async def ask_offices(self) -> str:
        """The address under which the hands are raised; empty where it could not be asked."""
        await self._do(self._room.hands, OWN_QUESTION)
        page = await self._do(self._room.hands)
        found = RUNNING_POLL.search(page.content) if page is not None else None
        if found is None:
            return ""
        self._figures.hands_asked += 1
        return found[1].decode()

    async def count_hands(self, hands: str) -> None:
        await self._do(f"{hands}end/", {})

    async def _do(
        self, path: str, form: Mapping[str, object] | None = None
    ) -> PortalAnswer | None:
        """Again until somebody answers: asking or ending twice does no more than once."""
        for _ in range(TRIES):
            try:
                answer = await self._ask(path, form)
            except NoAnswer:
                await asyncio.sleep(random.uniform(1, 2))
                continue
            if answer.status < 400:
                return answer
            self._figures.statuses[answer.status] += 1
            if answer.status < 500:
                return answer
            await asyncio.sleep(answer.retry_after or 1)
        return None

    async def _ask(
        self, path: str, form: Mapping[str, object] | None = None
    ) -> PortalAnswer:
        connection = Connection(self._port)
        try:
            return await connection.ask(path, self._cookies, form)
        finally:
            connection.close()
