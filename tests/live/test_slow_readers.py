"""A reader who does not take what is written is cut, and nobody else waits for it. Over real sockets."""

import asyncio
import socket

from hearing_portal.live.channels import MOST_UNREAD, Channel, Stream

PATIENCE = 20  # seconds
WORDS = "x" * 2000


def events_from(number: int) -> list[dict[str, object]]:
    return [{"n": number, "about": WORDS}]


class Reader(asyncio.Protocol):
    """The end of a page: a stream that joins the channel, and holds little in the kernel's buffer."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def connection_made(self, transport) -> None:
        held = transport.get_extra_info("socket")
        held.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.stream = Stream(transport, 0)
        self.channel.join(self.stream)

    def connection_lost(self, error) -> None:
        self.channel.streams.discard(self.stream)


async def tell_until_one_is_cut() -> tuple[int, int, int]:
    """(events told, bytes that the quick reader took, bytes that were meant for it)"""
    loop = asyncio.get_running_loop()
    channel = Channel()
    server = await loop.create_server(lambda: Reader(channel), "127.0.0.1", 0)
    address = server.sockets[0].getsockname()
    slow = socket.socket()
    slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    slow.connect(address)
    quick, closing = await asyncio.open_connection(*address)
    while len(channel.streams) < 2:
        await asyncio.sleep(0)
    told = taken = meant = 0
    while len(channel.streams) == 2:
        told += 1
        channel.tell(events_from(told))
        meant += len(channel.batches[-1].chunk)
        while taken < meant:
            taken += len(await quick.read(65536))
    told += 1
    channel.tell(events_from(told))  # the other one goes on
    meant += len(channel.batches[-1].chunk)
    while taken < meant:
        taken += len(await quick.read(65536))
    closing.close()
    slow.close()
    server.close()
    return told, taken, meant


def test_reader_who_does_not_keep_up_is_cut_and_nobody_waits_for_it() -> None:
    told, taken, meant = asyncio.run(
        asyncio.wait_for(tell_until_one_is_cut(), PATIENCE)
    )
    assert taken == meant
    assert told * len(WORDS) > MOST_UNREAD  # not before that
    # Nor does a reader who takes nothing fill the memory
    assert told * len(WORDS) < 16 * MOST_UNREAD
