"""Who changed a section or a clause last, and whether that act may be undone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from hearing_portal.directory.models import User

from ...content import Content
from ...models import Clause, ClauseChange, Section, SectionVersion

Action = SectionVersion.Action
# What decided comments rest on is changed in the open, never undone by a button
NEVER_UNDONE = (Action.ADOPT,)


def find_last_version(section: Section) -> SectionVersion | None:
    """With its revision and that one's user. One query."""
    versions = SectionVersion.objects.filter(section=section).select_related(
        "revision__user"
    )
    return versions.order_by("-number").first()


def find_row_at(section: Section, number: str) -> dict[str, Any] | None:
    """What its own row said at the version of this number, as a form names it. One query, none for no number."""
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    versions = SectionVersion.objects.filter(section=section, number=int(number))
    return versions.values_list("state", flat=True).first()


def stands_as(section: Section, state: Mapping[str, Any]) -> bool:
    """Whether the section stands where it stood in that state. It comes with its manual and parent."""
    parent = str(section.parent.uuid) if section.parent else None
    return (section.manual.key, parent, section.rank) == (
        state["manual"],
        state["parent"],
        state["rank"],
    )


def find_last_change(clause_id: int) -> ClauseChange | None:
    """With its revision and that one's user. One query."""
    changes = ClauseChange.objects.filter(clause=clause_id).select_related(
        "revision__user"
    )
    return changes.order_by("-pk").first()


def is_own_since(clause: Clause, lock_version: int, user: User) -> bool:
    """Whether this person alone has changed the clause since it had that lock version, an older one. One query, none
    where nothing changed."""
    return set(find_authors_since(clause, lock_version)) == {user.pk}


def find_authors_since(clause: Clause, lock_version: int) -> list[int | None]:
    """Who changed the clause since it had that lock version, the latest first. One query, none where nobody did."""
    changes = clause.lock_version - lock_version
    if changes <= 0:
        return []
    newest = ClauseChange.objects.filter(clause=clause).order_by("-pk")[:changes]
    return list(newest.values_list("revision__user", flat=True))


def find_move_since(clause: Clause, lock_version: int) -> ClauseChange | None:
    """The last act since that lock version that brought it in from another section, with its revision and that one's
    user. One query, none where nothing changed."""
    since = clause.lock_version - lock_version
    if since <= 0:
        return None
    newest = ClauseChange.objects.filter(clause=clause).select_related("revision__user")
    for change in newest.order_by("-pk")[:since]:
        if change.from_section_id not in (None, change.to_section_id):
            return change
    return None


def find_split_since(clause: Clause, lock_version: int) -> list[Clause]:
    """The live clauses that acts since that lock version split off from it, in reading order, with their sections. Two
    queries, one where it was not split."""
    since = max(clause.lock_version - lock_version, 0)
    newest = ClauseChange.objects.filter(clause=clause).order_by("-pk")[:since]
    splits = []
    for kind, revision in newest.values_list("kind", "revision"):
        if kind == ClauseChange.Kind.SPLIT:
            splits.append(revision)
    if not splits:
        return []
    made = ClauseChange.objects.filter(
        revision__in=splits, kind=ClauseChange.Kind.SPLIT, from_blob=None
    )
    clauses = Clause.objects.live().filter(pk__in=made.values("clause"))
    return list(
        clauses.exclude(pk=clause.pk)
        .select_related("section__manual")
        .order_by("part", "rank")
    )


def find_own_since(versions: Mapping[UUID, int], user: User) -> set[UUID]:
    """Which of these clauses this person alone has changed since they had the lock versions. Two queries."""
    clauses = Clause.objects.filter(uuid__in=versions)
    now = dict(clauses.values_list("uuid", "lock_version"))
    authors: dict[UUID, list[int | None]] = {}
    changes = ClauseChange.objects.filter(clause__uuid__in=versions).order_by("-pk")
    for uuid, author in changes.values_list("clause__uuid", "revision__user"):
        authors.setdefault(uuid, []).append(author)
    own = set()
    for uuid, version in now.items():
        since = authors.get(uuid, [])[: now[uuid] - versions[uuid]]
        if version > versions[uuid] and set(since) == {user.pk}:
            own.add(uuid)
    return own


def find_past_wording(clause: Clause, sha: str) -> Content | None:
    """What the clause said once, by its hash; None where it never said that or was of another kind. One query."""
    change = (
        ClauseChange.objects.filter(clause=clause, to_blob=sha)
        .select_related("to_blob")
        .first()
    )
    if change is None or change.to_blob is None:
        return None
    content = change.to_blob.as_content
    return content if content.kind == clause.kind else None


def find_undone_act(last: SectionVersion) -> SectionVersion | None:
    """The act that the section's last version undid, None where that did something, or did an act again. One query,
    none for another version than an undoing."""
    if last.action != Action.UNDO or last.does_again:
        return None
    acts = SectionVersion.objects.filter(section=last.section_id).exclude(
        action=Action.UNDO
    )
    return acts.filter(number__lt=last.number).order_by("-number").first()


def find_undoable(section: Section, user: User) -> SectionVersion | None:
    """The person's own last act on the section, when nobody did anything to it since. One query."""
    version = find_last_version(section)
    if (
        version is None
        or version.revision.user_id != user.pk
        or version.action in NEVER_UNDONE
    ):
        return None
    return version
