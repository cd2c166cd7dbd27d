"""The rows of the permission matrix: who gets what at each address. Read beside product.md, "Rights, in short"."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Things = dict[str, Any]

EVERYBODY = frozenset(
    {
        "anonymous",
        "nobody",
        "delegate",
        "office_mate",
        "other_office",
        "stranger",
        "office_head",
        "facilitator",
        "other_facilitator",
        "drafter",
        "second_drafter",
        "other_drafter",
        "expert",
        "central",
        "admin",
    }
)
SIGNED_IN = EVERYBODY - {"anonymous"}
WITH_ROLE = SIGNED_IN - {"nobody"}
ADMIN = frozenset({"admin"})
DESK = frozenset({"facilitator", "drafter", "second_drafter", "admin"})  # of กลุ่มอำนวยการ
SPEAKERS = frozenset({"delegate", "office_mate", "other_office", "office_head", "expert", "central"})
FACILITATORS = frozenset({"facilitator", "other_facilitator"})
DRAFTERS = frozenset({"drafter", "second_drafter", "other_drafter"})
MODERATORS = frozenset({"facilitator", "admin"})
DECIDERS = frozenset({"drafter", "second_drafter", "admin"})
ADVISERS = frozenset({"facilitator", "expert", "central"})
AUTHOR = frozenset({"delegate"})
OWN_OFFICE = dict.fromkeys(("delegate", "office_mate", "office_head"), 422)  # their office spoke already
OFFICES = frozenset({"delegate", "office_mate", "other_office", "office_head"})


@dataclass(frozen=True)
class Row:
    """`allowed` get `ok`; the anonymous are asked to sign in (a post keeps its text: 401); others get 403, or what
    `other` says. A page not yet released is a 404 to those who may not read it."""

    name: str
    method: str = "GET"
    args: Callable[[Things], list[Any]] = lambda things: []
    data: Callable[[Things], dict[str, Any]] = lambda things: {}
    query: dict[str, str] = field(default_factory=dict)
    allowed: frozenset[str] = frozenset()
    ok: int = 200
    bystander: int = 403
    anonymous: int = 302
    other: dict[str, int] = field(default_factory=dict)
    closed: bool = False
    only_post: bool = False

    def outcome_for(self, person: str) -> int:
        if person in self.other:
            return self.other[person]
        if person in self.allowed:
            return self.ok
        return self.anonymous if person == "anonymous" else self.bystander


def get(
    name: str, allowed: frozenset[str], args: Callable[[Things], list[Any]] = lambda things: [], **more: Any
) -> Row:
    return Row(name, "GET", args, allowed=allowed, **more)


def post(
    name: str,
    allowed: frozenset[str],
    args: Callable[[Things], list[Any]] = lambda things: [],
    data: Callable[[Things], dict[str, Any]] = lambda things: {},
    **more: Any,
) -> Row:
    """An act: the anonymous get the sign-in page that keeps what they sent."""
    defaults = {"ok": 303, "anonymous": 401, "only_post": True}
    return Row(name, "POST", args, data, allowed=allowed, **{**defaults, **more})


def entry(things: Things) -> list[Any]:
    return [things["entry"].pk]


def comment(things: Things) -> list[Any]:
    return [things["comment"].uuid]


def job(things: Things) -> list[Any]:
    return [things["job"].uuid]


def in_dir(things: Things) -> list[Any]:
    return ["DIR"]


def session(things: Things) -> list[Any]:
    return [things["session"].pk]


def person(things: Things) -> list[Any]:
    return [things["people"]["delegate"].pk]


def edition(things: Things) -> list[Any]:
    return [things["edition"].code]


def process(things: Things) -> list[Any]:
    return [things["edition"].code, things["process"].uuid]


def saying(things: Things) -> dict[str, Any]:
    return {"client_key": str(uuid.uuid4()), "type": "ask", "text": "ขอทราบกำหนดเวลาของขั้นตอนนี้"}


SHELL = [
    get("livez", EVERYBODY),
    get("readyz", EVERYBODY, ok=503),  # no worker runs in the tests
    get("sign-in", SIGNED_IN, ok=303, anonymous=200),
    post("sign-out", EVERYBODY, anonymous=303),
    get("account", SIGNED_IN),
    get("password", SIGNED_IN),
    post("reader-digits", EVERYBODY, data=lambda things: {"choice": "arabic"}),
    post("reader-theme", EVERYBODY, data=lambda things: {"choice": "dark"}),
    get("verify", EVERYBODY),
]

READING = [
    get("edition-list", EVERYBODY),
    get("edition", WITH_ROLE, edition, bystander=404),
    get("edition-manual", WITH_ROLE, lambda things: [things["edition"].code, "DIR"], bystander=404),
    get("edition-section", WITH_ROLE, process, bystander=404),
    get(
        "section-compare",
        WITH_ROLE,
        lambda things: [*process(things), things["edition"].code],
        bystander=404,
    ),
    get("clause", WITH_ROLE, lambda things: [things["clause"].uuid], ok=302, bystander=404, anonymous=404),
    get("draft", DESK | {"expert", "central"}, lambda things: ["DIR", things["process"].uuid], other={"nobody": 404}),
    get("search", EVERYBODY),
    get("guide", EVERYBODY),
    get("home", EVERYBODY),
    get("group", WITH_ROLE, in_dir, other={"nobody": 404}),
    get("process", WITH_ROLE, lambda things: ["DIR", things["process"].uuid], other={"nobody": 404}),
]

COMMENTING = [
    get("entry-comments", WITH_ROLE, entry, other={"nobody": 404}),
    post("entry-comments", SPEAKERS, entry, saying, only_post=False, other={"nobody": 404}),
    post("entry-comments", SPEAKERS, entry, saying, closed=True, ok=409, only_post=False, other={"nobody": 404}),
    get("comment-new", SPEAKERS, entry, other={"nobody": 404, "facilitator": 302}),  # on to the speaker's form
    post(
        "similar-comments", SPEAKERS, data=lambda things: {"entry": things["entry"].pk}, ok=200, other={"nobody": 404}
    ),
    post("wording-diffs", WITH_ROLE, data=lambda things: {"entry": things["entry"].pk}, ok=200, other={"nobody": 404}),
    get("comment", WITH_ROLE, comment, other={"nobody": 404}),
    get("comment-edit", AUTHOR, comment, other={"nobody": 404}),
    post("comment-edit", AUTHOR, comment, saying, only_post=False, other={"nobody": 404}),
    post("comment-edit", AUTHOR, comment, saying, closed=True, ok=409, only_post=False, other={"nobody": 404}),
    post("comment-withdrawal", AUTHOR, comment, other={"nobody": 404}),
    post("comment-support", OFFICES, comment, other=OWN_OFFICE | {"nobody": 404}),
    post("comment-support-withdrawal", OFFICES, comment, other={"nobody": 404}),
    post("comment-support-withdrawal", OFFICES, comment, closed=True, ok=409, other={"nobody": 404}),
    post("comment-support", OFFICES, comment, closed=True, ok=409, other={"nobody": 404}),
    post("comment-replies", SPEAKERS, comment, saying, other={"nobody": 404}),
    post(
        "comment-objection", AUTHOR, comment, lambda things: {"text": "เหตุผลที่ตอบไม่ตรง"}, ok=409, other={"nobody": 404}
    ),
    get("my-comments", SIGNED_IN),
    get("office-comments", OFFICES | {"stranger"}),
    get("group-comments", SIGNED_IN, lambda things: ["DIR"]),
]

MODERATING = [
    get(
        "queue", DESK, ok=302, other=dict.fromkeys(("other_facilitator", "other_drafter"), 200)
    ),  # whose group has no manual
    get("group-queue", DESK, in_dir, other={"nobody": 404}),
    post("queue-visibility", MODERATORS, in_dir, ok=422, other={"nobody": 404}),
    get("queue-disposition", DECIDERS, in_dir, ok=302, other={"nobody": 404}),  # on to the form
    post("comment-visibility", MODERATORS, comment, lambda things: {"visibility": "shown"}, other={"nobody": 404}),
    post("comment-issue-class", MODERATORS, comment, ok=422, other={"nobody": 404}),
    get("comment-recommendation", ADVISERS, comment, other={"nobody": 404}),
    post("comment-recommendation", ADVISERS, comment, ok=422, only_post=False, other={"nobody": 404}),
    get("comment-disposition", DECIDERS, comment, other={"nobody": 404}),
    post("comment-disposition", DECIDERS, comment, ok=422, only_post=False, other={"nobody": 404}),
    get("comment-adoption", DECIDERS, comment, other={"nobody": 404}),
    post("comment-adoption", DECIDERS, comment, ok=422, only_post=False, other={"nobody": 404}),
    post(
        "disposition-confirmation",
        MODERATORS | DECIDERS,
        lambda things: [things["disposition"].pk],
        other={"drafter": 403, "nobody": 404},  # who decided does not confirm
    ),
    post("disposition-drafting", DECIDERS, lambda things: [things["disposition"].pk], ok=422, other={"nobody": 404}),
    get("comment-history", DESK, comment, other={"nobody": 404}),
    post("comment-author", ADMIN, comment, ok=200, other={"nobody": 404}),
    get("group-answers", DESK, in_dir, other={"nobody": 404}),
    post("group-answers", DECIDERS, in_dir, ok=409, only_post=False, other={"nobody": 404}),
    get("group-unplaced", DESK, in_dir, other={"nobody": 404}),
    get("session", MODERATORS, session, other={"nobody": 404}),
    post("session-state", MODERATORS, session, lambda things: {"state": "paused"}, other={"nobody": 404}),
    post(
        "session-discussion",
        MODERATORS,
        session,
        lambda things: {"entry": things["entry"].pk},
        other={"nobody": 404},
    ),
    get("session-speakers", frozenset({"facilitator"}), session, other={"nobody": 404}),
    post(
        "session-speakers",
        frozenset({"facilitator"}),
        session,
        ok=200,  # without an entry it asks which one
        only_post=False,
        other={"nobody": 404},
    ),
]

ADMINISTERING = [
    get("people", ADMIN),
    get("person-new", ADMIN),
    post("first-passwords", ADMIN, ok=200),
    get("people-import", ADMIN),
    get("people-import-template", ADMIN),
    get("people-import-preview", ADMIN, lambda things: ["0" * 32], ok=409),
    get("people-import-report", ADMIN, job, ok=404),  # of a job that is no import
    get("person", ADMIN, person),
    post("person-password", ADMIN, person, ok=200),
    get("person-roles", ADMIN, person),
    get("role-end", ADMIN, lambda things: [*person(things), things["people"]["delegate"].roles.get().pk]),
    get("offices", ADMIN),
    get("office", ADMIN, lambda things: [things["office"].key]),
    post("office", ADMIN, lambda things: [things["office"].key], ok=422, only_post=False),
    get("hearing-desk", ADMIN),
    get("session-new", ADMIN),
    get("session-edit", ADMIN, session),
    get("audit", ADMIN),
    get("editions", ADMIN),
    post("editions", ADMIN, ok=422, only_post=False),
    get("release-gate", ADMIN, edition),
    post("edition-releases", ADMIN, edition, lambda things: {"audience": "hearing"}),
]

JOBS = [
    get("exports", FACILITATORS | DRAFTERS | ADMIN),
    post("exports", FACILITATORS | DRAFTERS | ADMIN, ok=422, only_post=False),
    get("job", frozenset({"drafter", "admin"}), job, bystander=404),
    get("job-file", frozenset(), job, bystander=404),
    post("job-cancellation", frozenset({"drafter", "admin"}), job, bystander=404),
]

ROWS = [*SHELL, *READING, *COMMENTING, *MODERATING, *ADMINISTERING, *JOBS]
