"""Who changed a section or a clause last, and whether that act may be undone."""

from django.db.models import Count, Exists, F, OuterRef, Subquery
from django.db.models.functions import Mod

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


def find_last_change(clause_id: int) -> ClauseChange | None:
    """With its revision and that one's user. One query."""
    changes = ClauseChange.objects.filter(clause=clause_id).select_related(
        "revision__user"
    )
    return changes.order_by("-pk").first()


def is_own_since(clause: Clause, lock_version: int, user: User) -> bool:
    """Whether this person alone has changed the clause since it had that lock version, an older one. One query, none
    where nothing changed."""
    changes = clause.lock_version - lock_version
    if changes <= 0:
        return False
    newest = ClauseChange.objects.filter(clause=clause).order_by("-pk")[:changes]
    authors = newest.values_list("revision__user", flat=True)
    return set(authors) == {user.pk}


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


def is_undone(revision: str) -> Exists:
    """Of a row that names a revision by this path: whether the act was undone, and not done again since.

    Only the last act is ever undone. So an act is undone by a version right behind it, done again by the next such one,
    and so on: it is undone where their number is odd.
    """
    others_between = SectionVersion.objects.filter(
        section=OuterRef("section"),
        number__gt=OuterRef(OuterRef("number")),
        number__lt=OuterRef("number"),
    ).exclude(action=Action.UNDO)
    undoings = SectionVersion.objects.filter(
        ~Exists(others_between),
        section=OuterRef("section"),
        number__gt=OuterRef("number"),
        action=Action.UNDO,
    )
    times = (
        undoings.order_by()
        .values("section")
        .annotate(times=Count("pk"))
        .values("times")
    )
    acts = SectionVersion.objects.filter(revision=OuterRef(revision)).annotate(
        times_undone=Subquery(times)
    )
    return Exists(acts.annotate(odd=Mod(F("times_undone"), 2)).filter(odd=1))
