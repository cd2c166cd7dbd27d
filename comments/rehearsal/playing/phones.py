"""A delegate's telephone: comes in, reads, follows the room by a live stream, writes, loses the network and comes back.

It does what static/js/live.js and static/js/outbox.js do in a browser.
"""

import asyncio
import json
import random
import re
import time
import uuid
from typing import Any

from ..plan import Person, Plan, Room
from .connection import TOKEN, Connection, NoAnswer, PortalAnswer, make_request
from .figures import Figures, Post
from .streams import LiveStream, Message, RoomLog

TRIES = 3  # of a stream, before the page asks again how things stand
OVERLAP = 2.0  # seconds: what was written before it was committed
# Seconds until a comment is sent again, each time longer; a little more for one telephone than for another
RESEND_AFTER = (5.0, 20.0, 40.0)
ASK_EVERY = 15.0
ASSET = re.compile(rb'(?:href|src)="(/static/[^"]+\.(?:css|js))"')
ANSWERS = ("yes", "no", "abstain")
REFUSED = {400, 401, 403, 404, 409, 413, 422}
TEXT = "ขอให้ระบุระยะเวลาดำเนินการให้ชัดเจน เพราะแต่ละเขตปฏิบัติไม่ตรงกัน และขอให้ใช้ระบบสารบรรณอิเล็กทรอนิกส์ "
WORDS = "เจ้าหน้าที่ผู้รับผิดชอบดำเนินการให้แล้วเสร็จภายในหนึ่งวันทำการ และแจ้งผลแก่ผู้เกี่ยวข้อง"


class Phone:
    """`followed_since` is when its page was first right, seconds since 1970; `heard` all that it was told, event by
    event."""

    def __init__(
        self,
        number: int,
        person: Person,
        *,
        plan: Plan,
        room: Room,
        log: RoomLog,
        port: int,
        figures: Figures,
    ) -> None:
        self.number = number
        self.person = person
        self.room = room
        self.figures = figures
        self.followed_since: float | None = None
        self.heard: set[int] = set()
        self.is_posting = False
        self.position = 0
        self.online = asyncio.Event()
        self.online.set()
        self._plan = plan
        self._log = log
        self._port = port
        self._cookies = {"csrftoken": TOKEN}
        self._stream: LiveStream | None = None
        self._since = 0.0
        self._counts_from = 0.0
        self._pause = 1.0
        self._connections: set[Connection] = set()
        self._returned_at: float | None = None
        self._returns_to_stream = False

    # -- asking

    async def _ask(
        self,
        path: str,
        form: dict[str, object] | None = None,
        *,
        as_htmx: bool = False,
        connection: Connection | None = None,
    ) -> PortalAnswer:
        if not self.online.is_set():
            raise NoAnswer("no network")
        used = connection or Connection(self._port)
        self._connections.add(used)
        try:
            answer = await used.ask(path, self._cookies, form, as_htmx=as_htmx)
        finally:
            if connection is None:
                used.close()
            self._connections.discard(used)
        self._cookies |= answer.cookies
        return answer

    # -- coming in

    async def sign_in(self) -> bool:
        """At the door, by card where there is one; again where nobody answers. Whether it succeeded."""
        began = time.time()
        path = self.person.card
        form: dict[str, object] = {"session": self.room.session}
        if not path:
            path = "/sign-in/"
            form = {
                "username": self.person.username,
                "password": self._plan.password,
            }
        for _ in range(TRIES):
            try:
                if self.person.card:
                    await self._ask(path)
                answer = await self._ask(path, form)
            except NoAnswer:
                await asyncio.sleep(random.uniform(1, 3))
                continue
            if self._plan.cookie in answer.cookies:
                self.figures.doors.append((began, time.time()))
                return True
            self.figures.statuses[answer.status] += 1
            await asyncio.sleep(answer.retry_after + random.uniform(1, 3))
        self.figures.doors_shut += 1
        self.bring_session()
        return False

    def bring_session(self) -> None:
        """Somebody who signed in before."""
        self._cookies[self._plan.cookie] = self.person.session

    async def open_first_page(self) -> None:
        """With what a browser fetches once."""
        await self.read(self.room.pages[0], with_assets=True)

    # -- reading

    async def read(self, path: str, *, with_assets: bool = False) -> None:
        """One page; whom nothing answered opens it once more."""
        connection = Connection(self._port)
        try:
            for is_again in (False, True):
                try:
                    answer = await self._ask(path, connection=connection)
                except NoAnswer:
                    if not self.online.is_set():
                        return  # the network's fault
                    answer = None
                if answer is not None and answer.status == 200:
                    self.figures.pages.append(answer.seconds)
                    if with_assets:
                        await self._fetch_assets(answer, connection)
                    return
                if answer is not None:
                    self.figures.statuses[answer.status] += 1
                if is_again:
                    self.figures.pages_lost += 1
                else:
                    self.figures.pages_opened_again += 1
                    await asyncio.sleep(random.uniform(1, 3))
        finally:
            connection.close()

    async def _fetch_assets(self, page: PortalAnswer, connection: Connection) -> None:
        for path in sorted(set(ASSET.findall(page.content))):
            try:
                await self._ask(path.decode(), connection=connection)
            except NoAnswer:
                return

    # -- following

    async def follow(self) -> None:
        """For as long as the day lasts. Who is not answered asks again soon, after some tries only now and then."""
        failures = 0
        while True:
            await self.online.wait()
            told = await self._ask_how_things_stand()
            if told:
                failures = 0
                self._begin(told)
                await self._listen(told["stream"])
                continue
            failures += 1
            soon = random.uniform(0.5, 2.5)
            await asyncio.sleep(soon if failures < TRIES else ASK_EVERY)

    async def _ask_how_things_stand(self) -> dict[str, Any]:
        """Empty where nobody says."""
        try:
            answer = await self._ask(
                f"{self.room.live}?since={int(1000 * self._since)}"
            )
        except NoAnswer:
            return {}
        if answer.status != 200:
            self.figures.statuses[answer.status] += 1
            return {}
        told: dict[str, Any] = json.loads(answer.content)
        return told if told["stream"] else {}

    def _begin(self, told: dict[str, Any]) -> None:
        at = told["at"] / 1000
        self._since = at - OVERLAP
        if self.followed_since is None:
            self.followed_since = self._counts_from = at
        for each in told["events"]:
            self.heard.add(self._log.take(each).id)
        self.position = told["after"]
        self._is_current()

    async def _listen(self, address: str) -> None:
        """As a browser does: it comes back by itself where a stream breaks; after some tries the page begins anew."""
        failures = 0
        after = self.position
        while failures < TRIES:
            request = make_request(
                f"{address}&after={after}",
                self._cookies,
                None,
                headers=f"Last-Event-ID: {self.position}\r\n",
            )
            why = "cut"
            if self.online.is_set():
                try:
                    self._stream = await LiveStream.open(
                        self._port, request, self._log, self._hear
                    )
                    why = await self._until_it_ends(self._stream)
                except OSError:
                    why = "lost"
            if why == "lost":
                self.figures.streams_lost += 1
                failures += 1
                await asyncio.sleep(self._pause)
                continue
            if why == "cut":
                await self.online.wait()
                if self._returns_to_stream:
                    continue
            elif why == "renew":
                self.figures.streams_renewed += 1
                await asyncio.sleep(random.uniform(0, 2))
            elif why == "gap":
                # The page asks how things stand, but not the whole hall at once
                self.figures.streams_told_of_gap += 1
                await asyncio.sleep(random.uniform(0, 8))
            return

    async def _until_it_ends(self, stream: LiveStream) -> str:
        while not stream.ended.done():
            await asyncio.wait([stream.ended], timeout=10)
            if stream.is_silent:
                stream.end("lost")
        return stream.ended.result()

    def _hear(self, message: Message) -> None:
        if message.kind == "retry":
            self._pause = message.pause
            self._is_current()
        elif message.kind == "gap" and self._stream is not None:
            self._stream.end("gap")
        elif message.kind == "message":
            now = time.time()
            for number, event in message.events:
                if number <= self.position:
                    self.figures.told_twice += 1
                    continue
                self.position = number
                self.heard.add(event.id)
                self._since = max(self._since, event.at - OVERLAP)
                if event.at >= self._counts_from:
                    event.delays.append(now - event.at)

    @property
    def is_streaming(self) -> bool:
        return self._stream is not None and self._stream.is_open

    # -- the network

    def lose_network(self) -> None:
        self.online.clear()
        for connection in self._connections:
            connection.close()
        if self._stream is not None:
            self._stream.end("cut")

    def find_network(self) -> None:
        """Half of the telephones come back to the stream where they left it, the others ask how things stand."""
        self._returned_at = time.time()
        self._counts_from = self._returned_at
        self._returns_to_stream = bool(self.number % 2)
        self.online.set()

    def _is_current(self) -> None:
        """What is shown is right again: asked for, or told from where it was left."""
        if self._returned_at is not None:
            self.figures.catching_up.append(time.time() - self._returned_at)
            self._returned_at = None

    # -- writing

    async def write(
        self, entry: int, *, is_last_call: bool, is_cut_off: bool = False
    ) -> None:
        """A comment, until the portal has it: with the same key again and again, as the outbox sends it."""
        self.is_posting = True
        post = Post(str(uuid.uuid4()), self.number, entry, is_last_call, time.time())
        self.figures.posts.append(post)
        path = f"/entries/{entry}/comments/"
        form = self._fill_form(post)
        try:
            if not is_last_call and not is_cut_off:
                await self.read(f"{path}new/")
            if is_cut_off:
                post.tries += 1
                post.sent_at = time.time()
                await Connection(self._port).send_and_leave(path, self._cookies, form)
                await asyncio.sleep(0.1)
            while post.stored_at is None and not post.refused:
                await self.online.wait()
                pause = await self._send(post, path, form)
                if pause:
                    await asyncio.sleep(pause * random.uniform(1, 1.5))
        finally:
            self.is_posting = False

    def _fill_form(self, post: Post) -> dict[str, object]:
        kind = ("ask", "amend", "delete")[len(self.figures.posts) % 3]
        form: dict[str, object] = {
            "client_key": post.key,
            "entry": post.entry,
            "type": kind,
            "text": f"{TEXT} (ซ้อม {post.key})",
        }
        if kind == "amend":
            form["words-body"] = WORDS
        return form

    async def _send(self, post: Post, path: str, form: dict[str, object]) -> float:
        """Seconds until it is to be sent again; 0 when it need not."""
        pause = RESEND_AFTER[min(post.tries, len(RESEND_AFTER) - 1)]
        post.tries += 1
        post.sent_at = time.time()
        try:
            answer = await self._ask(path, form, as_htmx=True)
        except NoAnswer:
            return pause
        if (
            answer.status == 200
            and f'data-client-key="{post.key}"'.encode() in answer.body
        ):
            post.stored_at = time.time()
            return 0
        self.figures.statuses[answer.status] += 1
        if answer.status in REFUSED:
            post.refused = answer.status
            return 0
        return max(pause, answer.retry_after)

    # -- hands

    async def raise_hand(self, hands: str, after: float) -> None:
        """The office's answer, again until the portal has it."""
        form: dict[str, object] = {"answer": random.choice(ANSWERS)}
        await asyncio.sleep(after)
        for _ in range(TRIES):
            await self.online.wait()
            try:
                answer = await self._ask(f"{hands}vote/", form)
            except NoAnswer:
                await asyncio.sleep(random.uniform(1, 2))
                continue
            if answer.status == 303:
                self.figures.hands_raised += 1
                return
            self.figures.statuses[answer.status] += 1
            if answer.status in REFUSED:
                return
            await asyncio.sleep(answer.retry_after or 1)
