"""What an operator must be told: one paragraph, what happened and what to do."""

import contextlib
import sys


class Problem(Exception):
    """Stops a command with exit status 1; its text is for the operator, Thai first, then English."""

    def __init__(self, thai: str, english: str) -> None:
        super().__init__(f"{thai} / {english}")


def announce(thai: str, english: str) -> None:
    """Says on standard error which long step begins; standard output belongs to the command's result."""
    _tell(f"{thai} / {english} …")


def warn(thai: str, english: str) -> None:
    """Tells on standard error what the operator should mend, and goes on."""
    _tell(f"คำเตือน: {thai} / Warning: {english}")


def _tell(line: str) -> None:
    """Where standard error is a file, its disk may be full: that ends no portal."""
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)
