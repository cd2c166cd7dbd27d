"""Plain answers of the event loop, without Django."""

import contextlib

from asgiref.typing import ASGISendCallable

REFUSED_STREAMS = {
    403: "ช่องสัญญาณนี้สิ้นสุดแล้ว โปรดเปิดหน้านี้อีกครั้ง (no such stream, or no longer)",
    503: "มีผู้ติดตามเต็มแล้ว หน้านี้จะถามข้อมูลล่าสุดเอง (too many streams)",
}


async def refuse_stream(send: ASGISendCallable, status: int) -> None:
    await send_text(send, status, REFUSED_STREAMS[status])


async def send_text(
    send: ASGISendCallable, status: int, text: str, *, closes: bool = True
) -> None:
    """A short plain answer. It closes the connection where the rest of the request was not read."""
    body = f"{text}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if closes:
        headers.append((b"connection", b"close"))
    with contextlib.suppress(OSError):
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": headers,
                "trailers": False,
            }
        )
        await send({"type": "http.response.body", "body": body, "more_body": False})
