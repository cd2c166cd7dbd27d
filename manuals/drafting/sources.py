"""What an app above the manuals knows of clauses, as views of this room hand it on to their pages."""

from typing import NamedTuple

from .adopted import FindKept, find_nothing_kept
from .said_elsewhere import NOTHING_SAID, SaidElsewhere


class Sources(NamedTuple):
    """What was said of clauses, and what was decided and stands in them."""

    said: SaidElsewhere
    find_kept: FindKept


NO_SOURCES = Sources(NOTHING_SAID, find_nothing_kept)
