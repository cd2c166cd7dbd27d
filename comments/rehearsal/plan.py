"""What the players are given: the rooms, and the people with what each signs in by. A file between two processes."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Room:
    """One session of a group. Addresses are paths; `entries` are ids of clauses in the order of the manual."""

    session: int
    live: str
    discussion: str
    hands: str
    pages: list[str]
    entries: list[int]
    facilitator: str  # the key of their session


@dataclass(frozen=True, slots=True)
class Person:
    """A delegate: signs in by a card where there is one, else by username and password; `session` is the key of one
    that is ready."""

    username: str
    room: int  # its place among the rooms
    office: int
    session: str
    card: str  # the path its code leads to


@dataclass(frozen=True, slots=True)
class Plan:
    cookie: str  # the name of the session's cookie
    password: str  # of everybody
    rooms: list[Room]
    people: list[Person]

    def save(self, path: Path) -> None:
        """For nobody else's eyes: it signs in."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(self), file)

    @classmethod
    def load(cls, path: Path) -> "Plan":
        given = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            given["cookie"],
            given["password"],
            [Room(**room) for room in given["rooms"]],
            [Person(**person) for person in given["people"]],
        )
