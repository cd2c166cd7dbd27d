"""A session as who runs it sees it: its acts, the clause under discussion with its neighbours, and the others."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from manuals.models import EditionEntry

from ..models import HearingSession, SessionState
from .counts import Standing, standing_by_entry
from .places import place_of, section_title


@dataclass(frozen=True, slots=True)
class Place:
    """An entry that can be put under discussion."""

    entry: EditionEntry
    standing: Standing

    @property
    def words(self) -> str:
        return place_of(self.entry)


@dataclass(frozen=True, slots=True)
class Room:
    """`places` are those of the chosen process, `processes` what can be chosen."""

    session: HearingSession
    acts: list[SessionState]
    processes: list[EditionEntry]
    process: EditionEntry | None = None
    places: list[Place] = field(default_factory=list)
    discussed: EditionEntry | None = None
    before: EditionEntry | None = None
    after: EditionEntry | None = None

    @property
    def discussed_place(self) -> str:
        return place_of(self.discussed) if self.discussed else ""

    @property
    def before_place(self) -> str:
        return place_of(self.before) if self.before else ""

    @property
    def after_place(self) -> str:
        return place_of(self.after) if self.after else ""

    @property
    def is_closed(self) -> bool:
        return self.session.state == SessionState.State.CLOSED


def entries_of_session(session: HearingSession) -> QuerySet[EditionEntry]:
    """The entries one may speak about in the session: of its group's manual, in the plenary of all."""
    entries = EditionEntry.objects.filter(edition=session.edition_id)
    if session.work_group_id is not None:
        entries = entries.filter(manual__work_group=session.work_group_id)
    return entries


def room_of(session: HearingSession, process: str = "") -> Room:
    """Nine queries. `process` is the id of a section; the discussed one's, else the first, where it is none."""
    entries = entries_of_session(session).select_related("blob", "manual")
    processes = list(
        entries.filter(kind="section", data__kind__in=["process", "mission", "chapter", "front"]).order_by("ordinal")
    )
    latest = session.discussions.order_by("-pk").first()
    discussed = None
    if latest is not None and latest.entry_id is not None:
        discussed = entries.annotate(section_title=section_title()).filter(pk=latest.entry_id).first()
    by_section = {str(entry.section_id): entry for entry in processes}
    default = str(discussed.section_id) if discussed else ""
    chosen = by_section.get(process) or by_section.get(default) or next(iter(processes), None)
    before, after = neighbours(entries, discussed)
    return Room(
        session,
        acts=list(session.states.select_related("by").order_by("-pk")),
        processes=processes,
        process=chosen,
        places=_places(entries, chosen),
        discussed=discussed,
        before=before,
        after=after,
    )


def neighbours(
    entries: QuerySet[EditionEntry], entry: EditionEntry | None
) -> tuple[EditionEntry | None, EditionEntry | None]:
    """The clause before and the clause after, in reading order of the same manual."""
    if entry is None:
        return None, None
    clauses = entries.filter(kind="clause", manual=entry.manual_id)
    before = clauses.filter(ordinal__lt=entry.ordinal).order_by("-ordinal").first()
    return before, clauses.filter(ordinal__gt=entry.ordinal).order_by("ordinal").first()


def _places(entries: QuerySet[EditionEntry], process: EditionEntry | None) -> list[Place]:
    if process is None:
        return []
    rows = [process, *entries.filter(section=process.section_id, kind="clause").order_by("ordinal")]
    standings = standing_by_entry([row.pk for row in rows])
    return [Place(row, standings.get(row.pk, Standing())) for row in rows]
