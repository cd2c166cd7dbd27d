"""One web process: serves the socket whose number is its argument until SIGTERM."""

import logging
import socket
import sys

import uvicorn

GRACE = 10  # seconds that requests have to finish after SIGTERM


def serve(descriptor: int) -> None:
    """Serves hearing_portal.asgi on the listening socket inherited under this descriptor."""
    config = uvicorn.Config(
        "hearing_portal.asgi:application",
        access_log=False,
        log_level=logging.WARNING,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
        backlog=2048,
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    serve(int(sys.argv[1]))
