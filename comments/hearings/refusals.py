"""Why an act on a session is refused."""


class SessionRefused(Exception):
    """The act does not fit the session's state."""

    http_status = 409

    def __init__(self, message_th: str) -> None:
        super().__init__(message_th)
        self.message_th = message_th
