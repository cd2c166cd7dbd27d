"""How a law stands, in one text: two that differ mean that a check made before has to be made again."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from ..law.successions import Successions
from ..models import LegalSource

type Standings = Mapping[str, str]  # {key of a law: how it stands}


def find_standings(
    sources: Iterable[LegalSource], successions: Successions
) -> dict[str, str]:
    """Whether each is in force, and what amended or replaced it."""
    standings = {}
    for source in sources:
        later = []
        for row in successions.later_than(source):
            later.append(f"{row.kind} {row.to_source.key}")
        standings[source.key] = "; ".join([source.status, *sorted(later)])
    return standings


def standings_token(version: int, standings: Standings) -> str:
    """Equal where a process stands at the same version under the same laws: what a form says that it was read at."""
    written = json.dumps([version, dict(standings)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:32]
