"""The hub as a process of its own: a proxy sends it /live/, and everything else to the pages."""

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

from .hub import Hub, find_source
from .refusing import refuse_stream, send_text

HUB = Hub(find_source)


async def streams_alone(
    scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    if scope["path"] == "/livez":
        await send_text(send, 200, "ok", closes=False)
    elif scope["path"].startswith("/live/"):
        status = await HUB.serve(scope, receive, send)
        if status != 200:
            await refuse_stream(send, status)
    else:
        await send_text(send, 404, "ที่นี่มีเฉพาะ /live/ (only /live/ is served here)")
