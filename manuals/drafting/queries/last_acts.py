"""Who changed a section or a clause last, and whether that act may be undone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hearing_portal.directory.models import User

from ...content import Content
from ...models import Clause, ClauseChange, Section, SectionVersion
from ...models.version import with_reach

Action = SectionVersion.Action
# What decided comments rest on is changed in the open, never undone by a button
NEVER_UNDONE = (Action.ADOPT,)
PLACE_VALUES = ("manual", "parent", "rank", "retired")
type Touch = SectionVersion | ClauseChange  # what an act left behind


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


def find_last_placing(clauses: Iterable[int]) -> ClauseChange | None:
    """The last act that put one of these clauses where it stands, or took it away, with its clause, its revision and
    that one's user. One query."""
    words_alone = (ClauseChange.Kind.REWORDED, ClauseChange.Kind.FORMATTED)
    changes = ClauseChange.objects.filter(clause__in=list(clauses))
    changes = changes.exclude(kind__in=words_alone)
    changes = changes.select_related("clause", "revision__user")
    return changes.order_by("-pk").first()


def find_last_placing_of_sections(sections: Iterable[int]) -> SectionVersion | None:
    """As find_last_placing, of sections. One query."""
    versions = SectionVersion.objects.filter(section__in=list(sections))
    versions = versions.select_related("section", "revision__user")
    last = None
    places: dict[int, list[Any]] = {}
    for version in versions.order_by("revision_id", "pk"):
        place = [version.state.get(name) for name in PLACE_VALUES]
        if places.get(version.section_id) != place:
            places[version.section_id] = place
            last = version
    return last


def is_own_since(clause: Clause, lock_version: int, user: User) -> bool:
    """Whether this person alone has changed the clause since it had that lock version, an older one. One query, none
    where nothing changed."""
    return authors_of(find_acts_since(clause, lock_version)) == {user.pk}


def find_acts_since(clause: Clause, lock_version: int) -> list[ClauseChange]:
    """What was done to the clause since it had that lock version, the latest first, each with its revision and that
    one's user. One query, none where nothing was."""
    changes = clause.lock_version - lock_version
    if changes <= 0:
        return []
    newest = ClauseChange.objects.filter(clause=clause).select_related("revision__user")
    return list(newest.order_by("-pk")[:changes])


def authors_of(acts: Sequence[ClauseChange]) -> set[int | None]:
    return {act.revision.user_id for act in that_count(acts)}


def that_count(acts: Sequence[ClauseChange]) -> list[ClauseChange]:
    """Of the acts on a clause, the latest first: without those by which it left and came back as it was."""
    counting: list[ClauseChange] = []
    for act in reversed(acts):
        came_back = (
            act.kind == ClauseChange.Kind.RESTORED
            and act.from_blob_id == act.to_blob_id
            and counting
            and counting[-1].kind == ClauseChange.Kind.RETIRED
        )
        if came_back:
            counting.pop()
        else:
            counting.append(act)
    return counting[::-1]


def stands_as_read(clause: Clause, lock_version: int) -> bool:
    """Whether the clause has that lock version, or stands where it stood then and says what it said: whoever read it
    then is overtaken by nobody. One query, none for the version of now."""
    since = clause.lock_version - lock_version
    if since <= 0:
        return since == 0
    newest = ClauseChange.objects.filter(clause=clause).order_by("-pk")
    then = next(iter(newest[since : since + 1]), None)
    return (
        then is not None
        and clause.retired_id is None
        and (then.to_blob_id, then.to_section_id, then.to_part, then.to_numbering)
        == (clause.sha, clause.section_id, clause.part, clause.numbering)
        and (then.to_parent, then.to_rank) == (clause.parent_uuid, clause.rank)
    )


def find_telling_act(
    clause: Clause, lock_version: int, user: User, *, of_words: bool = False
) -> ClauseChange | None:
    """What overtook this person since that lock version: the latest act of somebody else that counts, else of anybody;
    `of_words`, one that changed them where there is one. With its revision and that one's user. One query, two where
    nothing was done since."""
    acts = find_acts_since(clause, lock_version)
    counting = that_count(acts) or acts
    if not counting:
        return find_last_change(clause.pk)
    told = [act for act in counting if act.revision.user_id != user.pk] or counting
    if of_words:
        told = [act for act in told if act.from_blob_id != act.to_blob_id] or told
    return told[0]


def find_telling_version(
    section: Section, number: int, user: User
) -> SectionVersion | None:
    """The same of a section, since its version of this number. Two queries at most."""
    since = SectionVersion.objects.filter(section=section, number__gt=number)
    others = since.exclude(revision__user=user).select_related("revision__user")
    return others.order_by("-number").first() or find_last_version(section)


def find_numbering_at(clause: Clause, lock_version: int) -> str:
    """Its kind of number at that lock version; "" for one it never had. One query."""
    since = clause.lock_version - lock_version
    if since < 0:
        return ""
    newest = ClauseChange.objects.filter(clause=clause).order_by("-pk")
    changes = newest.values_list("to_numbering", flat=True)[since : since + 1]
    return next(iter(changes), "")


def find_move_since(clause: Clause, lock_version: int) -> ClauseChange | None:
    """The last act since that lock version that brought it in from another section, with its revision and that one's
    user. One query, none where nothing changed."""
    for change in find_acts_since(clause, lock_version):
        has_left = change.kind == ClauseChange.Kind.RETIRED
        if not has_left and change.from_section_id not in (None, change.to_section_id):
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
    acts: dict[UUID, list[ClauseChange]] = {}
    changes = ClauseChange.objects.filter(clause__uuid__in=versions)
    changes = changes.select_related("clause", "revision").only(
        "kind", "from_blob", "to_blob", "clause__uuid", "revision__user"
    )
    for change in changes.order_by("-pk"):
        acts.setdefault(change.clause.uuid, []).append(change)
    own = set()
    for uuid, version in now.items():
        since = acts.get(uuid, [])[: now[uuid] - versions[uuid]]
        if version > versions[uuid] and authors_of(since) == {user.pk}:
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
    """The act that this version of a section undid, None where it did something, or did an act again. One query, none
    for another version than an undoing."""
    if last.action != Action.UNDO or last.does_again:
        return None
    return SectionVersion.objects.filter(
        section=last.section_id, revision=last.undoes_id
    ).first()


def find_own_versions(section: Section, user: User) -> QuerySet[SectionVersion]:
    """What the person's acts made of the section, the latest first, each with its revision and that one's user."""
    own = SectionVersion.objects.filter(section=section, revision__user=user)
    return with_reach(own).select_related("revision__user").order_by("-number")


def find_undoable(section: Section, user: User) -> SectionVersion | None:
    """The person's own last act on the section, when nobody touched since what it did, wherever that stands now. One
    query, up to four more where one of the sections that it changed was changed since."""
    changed_since = SectionVersion.objects.filter(
        revision=OuterRef("revision"), number__lt=F("section__version")
    )
    own = find_own_versions(section, user)
    version = own.annotate(is_built_on=Exists(changed_since)).first()
    if version is None or version.action in NEVER_UNDONE:
        return None
    if version.is_built_on and find_touch_since(version) is not None:
        return None
    return version


def find_touch_since(version: SectionVersion) -> Touch | None:
    """A later act that touched what the act of this version did: one of its clauses, what hangs below one that it
    brought in, or what it changed of a section's own row. It comes with its revision and that one's user. Up to four
    queries."""
    changes = list(
        ClauseChange.objects.filter(revision=version.revision_id).order_by("pk")
    )
    if changes:
        touching = ClauseChange.objects.filter(_touches(changes), pk__gt=changes[-1].pk)
        first = touching.select_related("revision__user").order_by("pk").first()
        if first is not None:
            return first
    numbers = {}
    for acted in SectionVersion.objects.filter(revision=version.revision_id):
        numbers[acted.section_id] = acted.number
    later = SectionVersion.objects.none()
    for section_id, number in numbers.items():
        later |= SectionVersion.objects.filter(
            section=section_id, number__gte=number - 1
        )
    states: dict[int, list[SectionVersion]] = {}
    for each in later.select_related("revision__user").order_by("number"):
        states.setdefault(each.section_id, []).append(each)
    for section_id, versions in states.items():
        touch = _find_touch_of_row(versions, numbers[section_id])
        if touch is not None:
            return touch
    return None


def _touches(changes: Iterable[ClauseChange]) -> Q:
    """Of a later change: it is of one of these clauses, or it put a clause below one that they brought in."""
    clauses = []
    brought_in = []
    for change in changes:
        clauses.append(change.clause_id)
        came = change.from_section_id != change.to_section_id
        if came and change.to_blob_id is not None:
            brought_in.append(change.clause_id)
    uuids = Clause.objects.filter(pk__in=brought_in).values("uuid")
    return Q(clause__in=clauses) | Q(to_parent__in=uuids)


def _find_touch_of_row(
    versions: Sequence[SectionVersion], number: int
) -> SectionVersion | None:
    """Of a section's versions in order, from the one before `number` on: the first that changed again what `number` had
    changed of the section's own row, or any after it where that made the section."""
    is_new = versions[0].number == number
    before = None if is_new else versions[0].state
    acted = versions[0] if is_new else versions[1]
    for later in versions[1:]:
        if later.number <= number:
            continue
        if before is None:
            return later
        for name, value in acted.state.items():
            if before.get(name) != value and later.state.get(name) != value:
                return later
    return None
