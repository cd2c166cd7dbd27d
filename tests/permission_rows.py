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
DESK = frozenset(
    {"facilitator", "drafter", "second_drafter", "admin"}
)  # of กลุ่มอำนวยการ
SPEAKERS = frozenset(
    {"delegate", "office_mate", "other_office", "office_head", "expert", "central"}
)
FACILITATORS = frozenset({"facilitator", "other_facilitator"})
DRAFTERS = frozenset({"drafter", "second_drafter", "other_drafter"})
BOTH_DESKS = FACILITATORS | DRAFTERS | ADMIN  # of กลุ่มอำนวยการ and กลุ่มการเงิน
MODERATORS = frozenset({"facilitator", "admin"})
DECIDERS = frozenset({"drafter", "second_drafter", "admin"})
ADVISERS = frozenset({"facilitator", "expert", "central"})
AUTHOR = frozenset({"delegate"})
OWN_OFFICE = dict.fromkeys(
    ("delegate", "office_mate", "office_head"), 422
)  # their office spoke already
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
    released: bool = False  # after the final edition went out to the public
    only_post: bool = False

    def outcome_for(self, person: str) -> int:
        if person in self.other:
            return self.other[person]
        if person in self.allowed:
            return self.ok
        return self.anonymous if person == "anonymous" else self.bystander


def get(
    name: str,
    allowed: frozenset[str],
    args: Callable[[Things], list[Any]] = lambda things: [],
    **more: Any,
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


def shown_refusal(refusal: Any) -> str:
    """As the page of the second person sends it."""
    answers = refusal.answers.filter(current=True).values_list("pk", flat=True)
    return f"{refusal.pk}:{','.join(map(str, answers))}"


def no_receipt(things: Things) -> list[Any]:
    """Letters that open nothing."""
    return [things["comment"].pk, "aaaa-bbbb-cccc-dddd"]


def no_matrix(things: Things) -> list[Any]:
    """A token that leads to no file."""
    return ["gone"]


def job(things: Things) -> list[Any]:
    return [things["job"].uuid]


def in_dir(things: Things) -> list[Any]:
    return ["DIR"]


def in_block(things: Things) -> list[Any]:
    return ["DIR", things["block"].uuid]


def session(things: Things) -> list[Any]:
    return [things["session"].pk]


def hearing(things: Things) -> list[Any]:
    return [things["session"].hearing.key]


def person(things: Things) -> list[Any]:
    return [things["people"]["delegate"].pk]


def edition(things: Things) -> list[Any]:
    return [things["edition"].code]


def process(things: Things) -> list[Any]:
    return [things["edition"].code, things["process"].uuid]


def traced(things: Things) -> list[Any]:
    return [things["edition"].code, things["clause"].uuid]


def drafted(things: Things) -> list[Any]:
    return ["DIR", things["process"].uuid]


def previewed(things: Things) -> list[Any]:
    return ["DIR", things["sent_preview"].uuid]


def previewed_row(things: Things) -> list[Any]:
    return [*previewed(things), things["sent_preview"].rows[0]["uuid"]]


def drafted_clause(things: Things) -> list[Any]:
    return [*drafted(things), things["clause"].uuid]


def noted(things: Things) -> list[Any]:
    return [*drafted_clause(things), things["note"].uuid]


def asked_for(things: Things) -> list[Any]:
    return [things["review"].uuid]


def arranging(
    name: str,
    args: Callable[[Things], list[Any]],
    *,
    query: dict[str, str] | None = None,
    data: Callable[[Things], dict[str, Any]] | None = None,
) -> list[Row]:
    """The page of an act on the working draft, and the act, sent without what it needs."""
    refused = 422 if data else 409  # of a form without the version it was read at
    return [
        get(name, DECIDERS, args, query=query or {}, other={"nobody": 404}),
        post(
            name,
            DECIDERS,
            args,
            data or (lambda things: {}),
            ok=refused,
            only_post=False,
            other={"nobody": 404},
        ),
    ]


def stating(name: str, args: Callable[[Things], list[Any]]) -> list[Row]:
    """The page of something that those who draft tell each other, and the form, sent empty."""
    return [
        get(name, DECIDERS, args, other={"nobody": 404}),
        post(name, DECIDERS, args, ok=422, only_post=False, other={"nobody": 404}),
    ]


def source(things: Things) -> list[Any]:
    return [things["source"].pk]


def overlap(things: Things) -> list[Any]:
    return [things["overlap"].uuid]


def saying(things: Things) -> dict[str, Any]:
    return {
        "client_key": str(uuid.uuid4()),
        "type": "ask",
        "text": "ขอทราบกำหนดเวลาของขั้นตอนนี้",
    }


SHELL = [
    get("livez", EVERYBODY),
    get("readyz", EVERYBODY, ok=503),  # no worker runs in the tests
    get("sign-in", SIGNED_IN, ok=303, anonymous=200),
    post("sign-out", EVERYBODY, anonymous=303),
    get("service-worker", EVERYBODY),
    get("offline-pages", EVERYBODY),
    get("account", SIGNED_IN),
    get("password", SIGNED_IN),
    post("reader-digits", EVERYBODY, data=lambda things: {"choice": "arabic"}),
    post("reader-theme", EVERYBODY, data=lambda things: {"choice": "dark"}),
    get("verify", EVERYBODY),
    get("setup", frozenset(), anonymous=403),  # without a link
    get(
        "first-admin", frozenset(), lambda things: ["a-link"], anonymous=403
    ),  # somebody administers already
    get("contact", EVERYBODY),
    get("privacy", EVERYBODY),
]

READING = [
    get("edition-list", EVERYBODY),
    get("edition", WITH_ROLE, edition, bystander=404),
    get("edition-book", frozenset(), edition, bystander=404),  # none was printed
    get(
        "edition-manual",
        WITH_ROLE,
        lambda things: [things["edition"].code, "DIR"],
        bystander=404,
    ),
    get("edition-section", WITH_ROLE, process, bystander=404),
    get("clause-chain", WITH_ROLE, traced, bystander=404),
    get(
        "section-compare",
        WITH_ROLE,
        lambda things: [*process(things), things["edition"].code],
        bystander=404,
    ),
    get(
        "clause",
        WITH_ROLE,
        lambda things: [things["clause"].uuid],
        ok=302,
        bystander=404,
        anonymous=404,
    ),
    get(
        "clause-file",
        frozenset(),
        lambda things: [things["clause"].uuid, "0" * 64],
        bystander=404,
    ),  # it has none
    get(
        "draft",
        DESK | {"expert", "central"},
        lambda things: ["DIR", things["process"].uuid],
        other={"nobody": 404},
    ),
    get("manual-draft", DESK | {"expert", "central"}, in_dir, other={"nobody": 404}),
    get("drafting", DRAFTERS | ADMIN),
    get("search", EVERYBODY),
    get("guide", EVERYBODY),
    get("home", EVERYBODY),
    get("hearing", EVERYBODY, hearing),
    get(
        "group-session",
        WITH_ROLE,
        lambda things: [*hearing(things), "DIR"],
        other={"nobody": 404},
    ),
    get(
        "group-session-live",
        WITH_ROLE,
        lambda things: [*hearing(things), "DIR"],
        other={"nobody": 404},
    ),
    get(
        "hearing-document",
        frozenset(),
        lambda things: [*hearing(things), 0],
        bystander=404,
    ),
    get("group", WITH_ROLE, in_dir, other={"nobody": 404}),
    get("process", WITH_ROLE, drafted, other={"nobody": 404}),
    # The public is led to the final edition: from the hearing's pages of a group and of a process alike
    get("group", WITH_ROLE, in_dir, released=True, other={"nobody": 302}),
    get("process", WITH_ROLE, drafted, released=True, other={"nobody": 302}),
    get(
        "edition-manual", EVERYBODY, lambda things: ["FINAL-2565", "DIR"], released=True
    ),
    get(
        "clause-chain",
        EVERYBODY,
        lambda things: ["FINAL-2565", things["clause"].uuid],
        released=True,
    ),
    get(
        "edition-section",
        EVERYBODY,
        lambda things: ["FINAL-2565", things["process"].uuid],
        released=True,
    ),
    get(
        "clause",
        EVERYBODY,
        lambda things: [things["clause"].uuid],
        released=True,
        ok=302,
    ),
]

COMMENTING = [
    get("entry-comments", WITH_ROLE, entry, other={"nobody": 404}),
    post(
        "entry-comments",
        SPEAKERS,
        entry,
        saying,
        only_post=False,
        other={"nobody": 404},
    ),
    post(
        "entry-comments",
        SPEAKERS,
        entry,
        saying,
        closed=True,
        ok=409,
        only_post=False,
        other={"nobody": 404},
    ),
    get(
        "comment-new", SPEAKERS, entry, other={"nobody": 404, "facilitator": 302}
    ),  # on to the speaker's form
    post(
        "similar-comments",
        SPEAKERS,
        data=lambda things: {"entry": things["entry"].pk},
        ok=200,
        other={"nobody": 404},
    ),
    post(
        "wording-diffs",
        WITH_ROLE,
        data=lambda things: {"entry": things["entry"].pk},
        ok=200,
        other={"nobody": 404},
    ),
    get("comment", WITH_ROLE, comment, other={"nobody": 404}),
    get("receipt", frozenset(), no_receipt, bystander=404, anonymous=404),
    get("comment-receipt", AUTHOR, comment, other={"nobody": 404}),
    get("comment-receipt-code", AUTHOR, comment, other={"nobody": 404}),
    post("receipt-recall", AUTHOR, comment, ok=303, other={"nobody": 404}),
    get("comment-edit", AUTHOR, comment, other={"nobody": 404}),
    post(
        "comment-edit", AUTHOR, comment, saying, only_post=False, other={"nobody": 404}
    ),
    post(
        "comment-edit",
        AUTHOR,
        comment,
        saying,
        closed=True,
        ok=409,
        only_post=False,
        other={"nobody": 404},
    ),
    post("comment-withdrawal", AUTHOR, comment, other={"nobody": 404}),
    post("comment-support", OFFICES, comment, other=OWN_OFFICE | {"nobody": 404}),
    post("comment-support-withdrawal", OFFICES, comment, other={"nobody": 404}),
    post(
        "comment-support-withdrawal",
        OFFICES,
        comment,
        closed=True,
        ok=409,
        other={"nobody": 404},
    ),
    post(
        "comment-support", OFFICES, comment, closed=True, ok=409, other={"nobody": 404}
    ),
    post("comment-replies", SPEAKERS, comment, saying, other={"nobody": 404}),
    post(
        "comment-objection",
        AUTHOR,
        comment,
        lambda things: {"text": "เหตุผลที่ตอบไม่ตรง"},
        ok=409,
        other={"nobody": 404},
    ),
    get("my-comments", SIGNED_IN),
    get("office-comments", OFFICES | {"stranger"}),
    get("group-comments", SIGNED_IN, lambda things: ["DIR"]),
    # Once answers are public so are the comments that are shown, with the words they are about
    get("group-comments", EVERYBODY, in_dir, released=True),
    get("comment", EVERYBODY, comment, released=True),
    get("entry-comments", EVERYBODY, entry, released=True),
    post(
        "entry-comments",
        SPEAKERS,
        entry,
        saying,
        ok=409,  # the final edition ended the sessions on earlier ones
        released=True,
        only_post=False,
        other={"nobody": 404},
    ),
]

POSITIONS = [
    get("office-positions", OFFICES | {"stranger"}),
    get("office-position", OFFICES | {"stranger"}, in_dir),
    post(
        "office-position",
        frozenset({"office_head"}),
        in_dir,
        lambda things: {"stance": "support"},
        only_post=False,
    ),
    get("group-positions", DESK, in_dir, other={"nobody": 404}),
]

CONCLUSIONS = [
    get("hearing-overview", WITH_ROLE, bystander=404),
    get("hearing-overview", EVERYBODY, released=True),
    get("considered", WITH_ROLE, bystander=404),
    get("considered", EVERYBODY, released=True),
    post(
        "hearing-overview",
        ADMIN,
        data=lambda things: {"summary": "ที่ประชุมเห็นชอบ"},
        only_post=False,
        other={"nobody": 404},
    ),
    get("group-conclusion", WITH_ROLE, in_dir, bystander=404),
    get("group-conclusion", EVERYBODY, in_dir, released=True),
    post(
        "group-conclusion",
        frozenset({"facilitator"}),
        in_dir,
        lambda things: {"summary": "ที่ประชุมเห็นชอบ"},
        only_post=False,
        other={"nobody": 404},
    ),
]

MODERATING = [
    get(
        "queue",
        DESK,
        ok=302,
        other=dict.fromkeys(("other_facilitator", "other_drafter"), 200),
    ),  # whose group has no manual
    get("group-queue", DESK, in_dir, other={"nobody": 404}),
    get("group-duplicates", DESK, in_dir, other={"nobody": 404}),
    post("duplicates-grouping", MODERATORS, in_dir, ok=422, other={"nobody": 404}),
    get("notices", WITH_ROLE, other={"nobody": 404}),
    get("mail", ADMIN, other={"nobody": 404}),
    get("answer-blocks", DESK, in_dir, other={"nobody": 404}),
    post("answer-blocks", DESK, in_dir, ok=422, only_post=False, other={"nobody": 404}),
    get("answer-block", DESK, in_block, other={"nobody": 404}),
    post("answer-block-putting-away", DESK, in_block, other={"nobody": 404}, ok=302),
    post("queue-assignment", DESK, in_dir, ok=422, other={"nobody": 404}),
    post("duplicates-separation", MODERATORS, in_dir, ok=422, other={"nobody": 404}),
    post("queue-visibility", MODERATORS, in_dir, ok=422, other={"nobody": 404}),
    get(
        "queue-disposition", DECIDERS, in_dir, ok=302, other={"nobody": 404}
    ),  # on to the form
    post("queue-noting", DECIDERS, in_dir, ok=422, other={"nobody": 404}),
    post(
        "comment-noting", DECIDERS, comment, ok=422, other={"nobody": 404}
    ),  # of one that only agrees
    post(
        "comment-visibility",
        MODERATORS,
        comment,
        lambda things: {"visibility": "shown"},
        other={"nobody": 404},
    ),
    post("comment-issue-class", MODERATORS, comment, ok=422, other={"nobody": 404}),
    get("comment-recommendation", ADVISERS, comment, other={"nobody": 404}),
    post(
        "comment-recommendation",
        ADVISERS,
        comment,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    post("comment-advice-request", DESK, comment, ok=422, other={"nobody": 404}),
    post(
        "advice-recall",
        frozenset({"facilitator"}),
        lambda things: [things["advice_request"].pk],
        other={"nobody": 404},  # others at the desk did not ask
    ),
    get("advice", frozenset({"expert", "central"}), other={"nobody": 404}),
    get("comment-disposition", DECIDERS, comment, other={"nobody": 404}),
    post(
        "comment-disposition",
        DECIDERS,
        comment,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    get("comment-adoption", DECIDERS, comment, other={"nobody": 404}),
    post(
        "comment-adoption",
        DECIDERS,
        comment,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    get(
        "clause-bench",
        DECIDERS,
        lambda things: [things["clause"].uuid],
        other={"nobody": 404},
    ),
    post(
        "clause-bench",
        DECIDERS,
        lambda things: [things["clause"].uuid],
        ok=200,
        only_post=False,
        other={"nobody": 404},
    ),
    get(
        "clause-bench-arrived",
        DECIDERS,
        lambda things: [things["clause"].uuid],
        other={"nobody": 404},
    ),
    post(
        "disposition-confirmation",
        MODERATORS | DECIDERS,
        lambda things: [things["disposition"].pk],
        lambda things: {"confirm": shown_refusal(things["disposition"])},
        other={"drafter": 403, "nobody": 404},  # who decided does not confirm
    ),
    get("group-refusals", DESK, in_dir, other={"nobody": 404}),
    post(
        "group-refusals",
        DESK,
        in_dir,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    post(
        "disposition-drafting",
        DECIDERS,
        lambda things: [things["disposition"].pk],
        ok=422,
        other={"nobody": 404},
    ),
    get("comment-history", DESK, comment, other={"nobody": 404}),
    post("comment-author", ADMIN, comment, ok=200, other={"nobody": 404}),
    get("group-answers", DESK, in_dir, other={"nobody": 404}),
    post(
        "group-answers",
        DECIDERS,
        in_dir,
        ok=409,
        only_post=False,
        other={"nobody": 404},
    ),
    get("group-unplaced", DESK, in_dir, other={"nobody": 404}),
    get("session", MODERATORS, session, other={"nobody": 404}),
    get("session-wall", MODERATORS, session, other={"nobody": 404}),
    post("wall-recall", MODERATORS, session, ok=303, other={"nobody": 404}),
    *(
        get(
            name,
            frozenset(),
            lambda things: [*session(things), "0" * 32],
            bystander=404,
            anonymous=404,
        )
        for name in ("wall", "wall-live", "wall-code")
    ),
    get("session-live", WITH_ROLE, session, other={"nobody": 404}),
    post("session-timer", MODERATORS, session, other={"nobody": 404}),
    post(
        "session-state",
        MODERATORS,
        session,
        lambda things: {"state": "paused"},
        other={"nobody": 404},
    ),
    get("session-extension", MODERATORS, session, other={"nobody": 404}),
    post(
        "session-extension",
        MODERATORS,
        session,
        ok=422,
        other={"nobody": 404},
        only_post=False,
    ),
    post(
        "session-discussion",
        MODERATORS,
        session,
        lambda things: {"entry": things["entry"].pk},
        other={"nobody": 404},
    ),
    get("returned-copies", frozenset({"facilitator"}), session, other={"nobody": 404}),
    post(
        "returned-copies",
        frozenset({"facilitator"}),
        session,
        ok=422,  # without a file
        only_post=False,
        other={"nobody": 404},
    ),
    get(
        "returned-copies-preview",
        frozenset({"facilitator"}),
        lambda things: [things["session"].pk, things["job"].uuid],
        ok=404,  # of a job that read none
        other={"nobody": 404},
    ),
    post(
        "returned-copies-preview",
        frozenset({"facilitator"}),
        lambda things: [things["session"].pk, things["job"].uuid],
        ok=404,
        only_post=False,
        other={"nobody": 404},
    ),
    get(
        "returned-copy-items",
        frozenset({"facilitator"}),
        lambda things: [things["session"].pk, things["job"].uuid, 0],
        ok=404,
        other={"nobody": 404},
    ),
    post(
        "returned-copy-items",
        frozenset({"facilitator"}),
        lambda things: [things["session"].pk, things["job"].uuid, 0],
        ok=404,
        only_post=False,
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

# Who speaks for an office of กลุ่มงาน the session is of, and who advises it
ASKING = frozenset(
    {"delegate", "office_mate", "other_office", "office_head", "expert", "central"}
)
NO_SESSION = {"nobody": 404}


def in_line(things: Things) -> list[Any]:
    """The request of the delegate."""
    return [things["session"].pk, things["asked"].pk]


def polled(things: Things) -> list[Any]:
    return [things["session"].pk, things["poll"].pk]


def held(things: Things) -> list[Any]:
    motion = things["session"].motions.latest("pk")
    return [things["session"].pk, motion.pk]


def no_card(things: Things) -> list[Any]:
    """Letters that open nothing."""
    return ["no-such-card"]


HEARING_DAY = [
    get("floor", WITH_ROLE, session, other=NO_SESSION),
    post("floor-requests", ASKING, session, ok=422, other=NO_SESSION),
    post("floor-written", MODERATORS, session, ok=422, other=NO_SESSION),
    post(
        "floor-speaker",
        MODERATORS,
        session,
        lambda things: {"request": things["asked"].pk},
        other=NO_SESSION,
    ),
    post("floor-moves", MODERATORS, session, ok=422, other=NO_SESSION),
    post("floor-end", MODERATORS | {"delegate"}, in_line, other=NO_SESSION),
    get("polls", WITH_ROLE, session, other=NO_SESSION),
    post("polls", MODERATORS, session, ok=422, only_post=False, other=NO_SESSION),
    post("poll-vote", OFFICES, polled, ok=422, other=NO_SESSION),
    post("poll-recorded", MODERATORS, polled, ok=422, other=NO_SESSION),
    post("poll-end", MODERATORS, polled, other=NO_SESSION),
    get("motions", WITH_ROLE, session, other=NO_SESSION),
    post("motions", MODERATORS, session, ok=422, only_post=False, other=NO_SESSION),
    get("motion", MODERATORS, held, other=NO_SESSION),
    post("motion", MODERATORS, held, ok=422, only_post=False, other=NO_SESSION),
    get("attendance", MODERATORS, session, other=NO_SESSION),
    post(
        "attendance",
        MODERATORS,
        session,
        lambda things: {"arrived": things["people"]["delegate"].pk},
        only_post=False,
        other=NO_SESSION,
    ),
    get("cards", ADMIN, hearing),
    post("cards", ADMIN, hearing, ok=422, only_post=False),
    post("card-recall", ADMIN, lambda things: [things["card"].uuid]),
    get("card", EVERYBODY, no_card, ok=404),
    post("card", EVERYBODY, no_card, ok=404, only_post=False),
]

DRAFTING = [
    get("clause-edit", DECIDERS, drafted_clause, other={"nobody": 404}),
    post(
        "clause-edit",
        DECIDERS,
        drafted_clause,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    get(
        "clause-new",
        DECIDERS,
        drafted,
        query={
            "part": "5",
            "kind": "text",
            "subject": "0c8e1f7e-5a55-4c0e-9d3c-6f1f0a2b3c4d",
        },
        other={"nobody": 404},
    ),
    post(
        "clause-new", DECIDERS, drafted, ok=422, only_post=False, other={"nobody": 404}
    ),
    post(
        "draft-buffer",
        DECIDERS,
        drafted_clause,
        ok=200,
        data=lambda things: {"words-text": "พิมพ์ค้างไว้"},
        other={"nobody": 404},
    ),
    get("manual-paste", DECIDERS, in_dir, other={"nobody": 404}),
    post(
        "manual-paste", DECIDERS, in_dir, ok=422, only_post=False, other={"nobody": 404}
    ),
    *arranging(
        "section-new",
        in_dir,
        query={"kind": "process"},
        data=lambda things: {"kind": "process"},
    ),
    *arranging("section-facts", drafted),
    *stating("preview-new", in_dir),
    get("preview-links", DRAFTERS | ADMIN),
    post(
        "preview-recall",
        frozenset({"drafter", "admin"}),
        lambda things: [things["preview"].uuid],
        bystander=404,
    ),
    get("preview", EVERYBODY, lambda things: ["a-secret"]),
    post("preview", EVERYBODY, lambda things: ["a-secret"], ok=422, only_post=False),
    get(
        "preview-section",
        EVERYBODY,
        lambda things: ["a-secret", things["process"].uuid],
        ok=303,
    ),
    get(
        "preview-file",
        EVERYBODY,
        lambda things: ["a-secret", things["process"].uuid, things["clause"].uuid],
        ok=404,
    ),
    *stating("review-new", drafted),
    get("review-requests", DRAFTERS | ADMIN | {"expert", "central"}),
    get("review-request", DECIDERS | {"expert"}, asked_for, bystander=404),
    get(
        "review-file",
        frozenset(),
        lambda things: [*asked_for(things), things["clause"].uuid],
        bystander=404,
    ),
    post(
        "review-answer",
        frozenset({"expert"}),
        asked_for,
        ok=422,
        bystander=404,
        other=dict.fromkeys(DECIDERS, 403),
    ),
    post(
        "review-closing",
        DECIDERS - {"second_drafter"},  # who asked withdraws it, or an administrator
        asked_for,
        bystander=404,
        other={"expert": 403, "second_drafter": 403},
    ),
    *stating("team-notes", drafted_clause),
    post("note-answers", DECIDERS, noted, ok=422, other={"nobody": 404}),
    post("note-settlement", DECIDERS, noted, other={"nobody": 404}),
    *arranging("section-move", drafted),
    *stating("drafting-state", drafted),
    *arranging("section-split", drafted),
    *arranging("section-join", drafted),
    *arranging("section-retire", drafted),
    *arranging("clause-split", drafted_clause),
    *arranging("clause-join", drafted_clause),
    *arranging("clause-move", drafted_clause),
    *arranging("clause-retire", drafted_clause),
    get("manual-titles", DECIDERS, in_dir, other={"nobody": 404}),
    post(
        "manual-titles",
        DECIDERS,
        in_dir,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    post(
        "section-shift",
        DECIDERS,
        drafted,
        lambda things: {"direction": "up"},
        ok=409,
        other={"nobody": 404},
    ),
    post("section-restore", DECIDERS, drafted, ok=422, other={"nobody": 404}),
    post("section-undo", DECIDERS, drafted, ok=409, other={"nobody": 404}),
    post(
        "clause-shift",
        DECIDERS,
        drafted_clause,
        lambda things: {"direction": "up"},
        ok=409,
        other={"nobody": 404},
    ),
    post("clause-restore", DECIDERS, drafted_clause, ok=422, other={"nobody": 404}),
    get("step-table", DECIDERS, drafted, other={"nobody": 404}),
    post(
        "step-table", DECIDERS, drafted, ok=422, only_post=False, other={"nobody": 404}
    ),
    post("step-chart", DECIDERS, drafted, ok=200, other={"nobody": 404}),
    get("manual-files", DECIDERS, in_dir, other={"nobody": 404}),
    post(
        "manual-files", DECIDERS, in_dir, ok=422, only_post=False, other={"nobody": 404}
    ),
    get(
        "manual-files-preview",
        DECIDERS,
        lambda things: ["DIR", things["sent_preview"].file.upload.uuid],
        other={"nobody": 404},
    ),
    post(
        "manual-files-preview",
        DECIDERS,
        lambda things: ["DIR", things["sent_preview"].file.upload.uuid],
        ok=409,  # of another version than the page that is sent
        only_post=False,
        other={"nobody": 404},
    ),
    post(
        "manual-files-discarding",
        DECIDERS,
        lambda things: ["DIR", things["discarded_upload"].uuid],
        ok=409,
        other={"nobody": 404},
    ),
    get(
        "manual-files-original",
        DECIDERS,
        lambda things: ["DIR", things["sent_preview"].file.upload.uuid, 1],
        ok=410,  # its bytes lie where the scene was made
        other={"nobody": 404},
    ),
    get(
        "edition-of-files",
        ADMIN,
        lambda things: ["DIR", things["sent_preview"].file.upload.uuid],
        other={"nobody": 404},
    ),
    post(
        "edition-of-files",
        ADMIN,
        lambda things: ["DIR", things["sent_preview"].file.upload.uuid],
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    get("import-preview", DECIDERS, previewed, other={"nobody": 404}),
    post(
        "import-preview",
        DECIDERS,
        previewed,
        lambda things: {"act": "accept"},
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    get("import-preview-row", DECIDERS, previewed_row, other={"nobody": 404}),
    post(
        "import-preview-row",
        DECIDERS,
        previewed_row,
        lambda things: {"act": "leave"},
        ok=409,
        only_post=False,
        other={"nobody": 404},
    ),
    get(
        "import-preview-picture",
        DECIDERS,
        lambda things: ["DIR", things["sent_preview"].uuid, "0" * 64],
        ok=404,  # of a file without pictures
        other={"nobody": 404},
    ),
    get(
        "manual-files-report",
        DECIDERS,
        lambda things: ["DIR", things["job"].uuid],
        ok=404,  # of a job that is no import
        other={"nobody": 404},
    ),
]

DRAFT_READERS = DESK | {"expert", "central"}


def past(*more: object) -> Callable[[Things], list[Any]]:
    """The process in กลุ่มอำนวยการ, and what follows it in the address."""
    return lambda things: ["DIR", things["process"].uuid, *more]


VERSIONS = [
    get("section-versions", DRAFT_READERS, past(), other={"nobody": 404}),
    get("section-version", DRAFT_READERS, past(1), other={"nobody": 404}),
    get("section-versions-compared", DRAFT_READERS, past(1, 2), other={"nobody": 404}),
    get("section-restoration", DECIDERS, past(1), other={"nobody": 404}),
    post(
        "section-restoration",
        DECIDERS,
        past(1),
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    get(
        "clause-versions",
        DRAFT_READERS,
        lambda things: ["DIR", things["process"].uuid, things["clause"].uuid],
        other={"nobody": 404},
    ),
    get("manual-draft-at", DRAFT_READERS, in_dir, other={"nobody": 404}),
    get("law-replacements", DRAFT_READERS, in_dir, other={"nobody": 404}),
    get("conformity", DRAFT_READERS, in_dir, other={"nobody": 404}),
    get("conformity-check", DRAFT_READERS, past(), other={"nobody": 404}),
    post(
        "conformity-check",
        DECIDERS,
        past(),
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    post(
        "law-replacements",
        DECIDERS,
        in_dir,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
]


def compared(*more: str) -> Callable[[Things], list[Any]]:
    """The edition that was released to the hearing, beside the working draft."""
    return lambda things: [things["edition"].code, "working-draft", *more]


def dropped(things: Things) -> list[Any]:
    return [things["edition"].code, "working-draft", things["process"].uuid]


COMPARING = [
    get("comparisons", EVERYBODY),
    get("comparison", DRAFT_READERS, compared(), other={"nobody": 404}),
    get("manual-comparison", DRAFT_READERS, compared("DIR"), other={"nobody": 404}),
    get(
        "manual-comparison-sheet", DRAFT_READERS, compared("DIR"), other={"nobody": 404}
    ),
    get("manual-amendments", DRAFT_READERS, compared("DIR"), other={"nobody": 404}),
    get("process-comparison", DRAFT_READERS, compared(), other={"nobody": 404}),
    get("process-comparison-sheet", DRAFT_READERS, compared(), other={"nobody": 404}),
    get(
        "drop-reason", DECIDERS, dropped, ok=404, other={"nobody": 404}
    ),  # of a process that stands
    post(
        "drop-reason", DECIDERS, dropped, ok=404, only_post=False, other={"nobody": 404}
    ),
]

OVERLAPS = [
    # Between two groups and not settled: for their desks, and for admins, who settle it
    get("overlaps", WITH_ROLE, other={"nobody": 404}),
    get("overlaps", EVERYBODY, released=True),
    get("overlap-matrix", WITH_ROLE, other={"nobody": 404}),
    get("overlap-matrix", EVERYBODY, released=True),
    get("overlap-agencies", WITH_ROLE, other={"nobody": 404}),
    get("overlap-agencies", EVERYBODY, released=True),
    get("overlap", WITH_ROLE, overlap, other={"nobody": 404}),
    get("overlap", EVERYBODY, overlap, released=True),
    get("overlap-new", FACILITATORS | DRAFTERS | ADMIN, other={"nobody": 404}),
    post(
        "overlap-new",
        FACILITATORS | DRAFTERS | ADMIN,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    get("overlap-suggestions", FACILITATORS | DRAFTERS | ADMIN, other={"nobody": 404}),
    post(
        "overlap-dismissals",
        FACILITATORS | DRAFTERS | ADMIN,
        ok=422,
        other={"nobody": 404},
    ),
    get("overlap-edit", BOTH_DESKS, overlap, other={"nobody": 404}),
    post(
        "overlap-edit",
        BOTH_DESKS,
        overlap,
        ok=422,
        only_post=False,
        other={"nobody": 404},
    ),
    # The comment stands at the desk of กลุ่มอำนวยการ
    post(
        "overlap-comments",
        DESK,
        overlap,
        lambda things: {"comment": things["comment"].uuid},
        other={"nobody": 404},
    ),
    post("overlap-changes", BOTH_DESKS, overlap, ok=422, other={"nobody": 404}),
    post(
        "overlap-resolution",
        ADMIN,
        overlap,
        ok=422,
        other={"nobody": 404},
    ),
    post(
        "overlap-reopening",
        ADMIN,
        overlap,
        ok=422,
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
    get(
        "role-end",
        ADMIN,
        lambda things: [*person(things), things["people"]["delegate"].roles.get().pk],
    ),
    get("offices", ADMIN),
    get("office", ADMIN, lambda things: [things["office"].key]),
    post(
        "office", ADMIN, lambda things: [things["office"].key], ok=422, only_post=False
    ),
    get("office-new", ADMIN),
    post("office-new", ADMIN, ok=422, only_post=False),
    get("offices-import", ADMIN),
    post("offices-import", ADMIN, ok=422, only_post=False),
    get("offices-import-template", ADMIN),
    get("offices-import-preview", ADMIN, lambda things: ["0" * 32], ok=409),
    post(
        "offices-import-preview",
        ADMIN,
        lambda things: ["0" * 32],
        ok=409,
        only_post=False,
    ),
    get("work-groups", ADMIN),
    get("work-group", ADMIN, in_dir),
    post("work-group", ADMIN, in_dir, ok=422, only_post=False),
    post("work-group-removal", ADMIN, in_dir, ok=409),
    get("work-group-new", ADMIN),
    post("work-group-new", ADMIN, ok=422, only_post=False),
    get("law-import", ADMIN),
    post("law-import", ADMIN, ok=422, only_post=False),
    get("law-import-template", ADMIN),
    get("law-import-preview", ADMIN, lambda things: ["0" * 32], ok=409),
    post(
        "law-import-preview", ADMIN, lambda things: ["0" * 32], ok=409, only_post=False
    ),
    get("groups-import", ADMIN),
    post("groups-import", ADMIN, ok=422, only_post=False),
    get("groups-import-template", ADMIN),
    get("groups-import-preview", ADMIN, lambda things: ["0" * 32], ok=409),
    post(
        "groups-import-preview",
        ADMIN,
        lambda things: ["0" * 32],
        ok=409,
        only_post=False,
    ),
    get("directory-shipped", ADMIN),
    post("directory-shipped", ADMIN, only_post=False),
    get("legal-sources", DRAFTERS | ADMIN),
    get("law-list", DRAFTERS | ADMIN),
    get("legal-source", DRAFTERS | ADMIN, source),
    post("legal-source", ADMIN, source, ok=422, only_post=False),
    post("legal-source-removal", ADMIN, source, ok=409),
    get("legal-source-new", ADMIN),
    post("legal-source-new", ADMIN, ok=422, only_post=False),
    get("legal-sources-shipped", ADMIN),
    post("legal-sources-shipped", ADMIN, only_post=False),
    post("legal-successions", ADMIN, source, ok=422),
    post("legal-succession-removal", ADMIN, lambda things: [things["succession"].pk]),
    get("contact-edit", ADMIN),
    post("contact-edit", ADMIN, ok=422, only_post=False),
    get("privacy-edit", ADMIN),
    post("privacy-edit", ADMIN, ok=422, only_post=False),
    get("preparation", ADMIN),
    post("shipped-lists", ADMIN),
    get("manuals", ADMIN),
    post("manuals", ADMIN, ok=422, only_post=False),
    get("hearing-desk", ADMIN),
    get("hearing-new", ADMIN),
    post("hearing-new", ADMIN, ok=422, only_post=False),
    get("hearing-edit", ADMIN, hearing),
    post("hearing-edit", ADMIN, hearing, ok=422, only_post=False),
    post("hearing-documents", ADMIN, hearing, ok=422),
    post("hearing-document-removal", ADMIN, lambda things: [0], ok=404),
    post("all-session-states", ADMIN, ok=422),
    get("session-new", ADMIN),
    get("group-sessions", ADMIN),
    post("group-sessions", ADMIN, ok=422, only_post=False),
    get("session-edit", ADMIN, session),
    get("audit", ADMIN),
    post("audit", ADMIN, ok=200, only_post=False),
    get("editions", ADMIN),
    post("editions", ADMIN, ok=422, only_post=False),
    get("draft-gate", ADMIN),
    get("release-gate", ADMIN, edition),
    get("trace-report", BOTH_DESKS, edition),
    get("edition-import", ADMIN),
    post("edition-import", ADMIN, ok=422, only_post=False),
    get("edition-import-preview", ADMIN, lambda things: ["0" * 32], ok=409),
    post(
        "edition-import-preview",
        ADMIN,
        lambda things: ["0" * 32],
        ok=409,
        only_post=False,
    ),
    get(
        "edition-import-report", ADMIN, lambda things: [things["job"].uuid], ok=404
    ),  # of a job that is no import
    # The public does not read the edition
    post("published-book", ADMIN, edition, ok=409),
    post(
        "edition-releases",
        ADMIN,
        edition,
        lambda things: {"audience": "hearing", "is_confirmed": "on"},
    ),
]

JOBS = [
    get("exports", FACILITATORS | DRAFTERS | ADMIN),
    post("exports", FACILITATORS | DRAFTERS | ADMIN, ok=422, only_post=False),
    get("word-exports", FACILITATORS | DRAFTERS | ADMIN),
    post("word-exports", FACILITATORS | DRAFTERS | ADMIN, ok=422, only_post=False),
    get("matrix", FACILITATORS | DRAFTERS | ADMIN),
    post("matrix-exports", FACILITATORS | DRAFTERS | ADMIN),
    get("matrix-files", FACILITATORS | DRAFTERS | ADMIN),
    post("matrix-files", FACILITATORS | DRAFTERS | ADMIN, ok=422, only_post=False),
    get("matrix-file", FACILITATORS | DRAFTERS | ADMIN, no_matrix, ok=409),
    post(
        "matrix-file",
        FACILITATORS | DRAFTERS | ADMIN,
        no_matrix,
        ok=409,
        only_post=False,
    ),
    get("papers", BOTH_DESKS),
    post(
        "papers",
        BOTH_DESKS,
        data=lambda things: {"paper": "group-summary"},
        ok=422,
        only_post=False,
    ),
    post("hearing-statistics", ADMIN),
    get("paper-form", ADMIN, lambda things: ["letter"]),
    post("paper-form", ADMIN, lambda things: ["letter"], ok=422, only_post=False),
    get("paper-form-file", ADMIN, lambda things: ["letter"]),
    post("evidence-pack", ADMIN, edition),
    get("pack-verification", EVERYBODY),
    get("job", frozenset({"drafter", "admin"}), job, bystander=404),
    get("job-file", frozenset(), job, bystander=404),
    post("job-cancellation", frozenset({"drafter", "admin"}), job, bystander=404),
]

ROWS = [
    *SHELL,
    *READING,
    *COMMENTING,
    *POSITIONS,
    *CONCLUSIONS,
    *MODERATING,
    *HEARING_DAY,
    *DRAFTING,
    *VERSIONS,
    *COMPARING,
    *OVERLAPS,
    *ADMINISTERING,
    *JOBS,
]
