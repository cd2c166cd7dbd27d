"""Two files of one office: where they say something else of one clause, and what would be recorded twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from hearing_portal.thai.dates import be_datetime
from manuals.content import content_from_json, plain_text
from manuals.models import EditionEntry

from ..commenting.refusals import CommentRefused
from ..models import HearingSession, ReturnedCopy
from .choices import AS_READ, load_choices
from .inputs import comment_inputs
from .reading import ReadCopy

type Saying = tuple[str, str, str]  # type, words, proposed wording
type Sayings = Mapping[UUID, set[Saying]]  # by entry


@dataclass(slots=True)
class OtherFile:
    """Another file of the office: `name` and `when` tell which, `different` are entries of which both say something,
    and not the same; `same` counts what both say."""

    name: str
    when: str
    different: list[UUID] = field(default_factory=list)
    same: int = 0


def find_other_files(
    session: HearingSession,
    copies: Sequence[ReadCopy],
    offices: Mapping[int, str],
    entries: Mapping[object, EditionEntry],
) -> dict[int, list[OtherFile]]:
    """{place of a file: the others of its office that say something of the same clauses}, taken in before in the
    hearing, or sent with it. `offices` are the names of those that wait. Five queries at most."""
    often = Counter(offices.values())
    taken: defaultdict[str, list[tuple[OtherFile, Sayings]]] = defaultdict(list)
    for copy in _taken_of(session, offices.values()):
        told = OtherFile(copy.name, f"ซึ่งนำเข้าแล้วเมื่อ {be_datetime(copy.at)}")
        taken[copy.office.short_name].append((told, _sayings_taken(copy)))
    # Most offices send one file: nothing is to be worked out for those
    waiting = {}
    for number, office in offices.items():
        if office and (office in taken or often[office] > 1):
            waiting[number] = _sayings_of(copies[number], entries)
    found: dict[int, list[OtherFile]] = {}
    for number in waiting:
        office = offices[number]
        others = [*taken[office]]
        for other in waiting:
            if other != number and offices[other] == office:
                told = OtherFile(copies[other].name, "ที่ส่งพร้อมกัน")
                others.append((told, waiting[other]))
        for told, sayings in others:
            compared = _compared(told, waiting[number], sayings)
            if compared.same or compared.different:
                found.setdefault(number, []).append(compared)
    return found


def _compared(told: OtherFile, own: Sayings, other: Sayings) -> OtherFile:
    compared = OtherFile(told.name, told.when)
    for uuid, sayings in own.items():
        if uuid not in other:
            continue
        both = sayings & other[uuid]
        compared.same += len(both)
        if sayings != other[uuid]:
            compared.different.append(uuid)
    return compared


def _sayings_of(copy: ReadCopy, entries: Mapping[object, EditionEntry]) -> Sayings:
    chosen = load_choices(copy.upload)
    sayings: defaultdict[UUID, set[Saying]] = defaultdict(set)
    for place, item in enumerate(copy.returned.items):
        choice = chosen.get(place, AS_READ)
        uuid = choice.entry_of(item)
        if uuid is None or choice.is_left_out or uuid not in entries:
            continue
        try:
            inputs = comment_inputs(item, entries[uuid], choice)
        except CommentRefused:
            continue
        for each in inputs:
            proposed = plain_text(each.proposed) if each.proposed else ""
            sayings[uuid].add((str(each.type), each.text, proposed))
    return sayings


def _taken_of(
    session: HearingSession, offices: Iterable[str]
) -> Iterable[ReturnedCopy]:
    copies = ReturnedCopy.objects.filter(
        session__hearing=session.hearing_id, office__short_name__in=set(offices)
    )
    return copies.select_related("office").prefetch_related(
        "returned_comments__comment__entry", "returned_comments__comment__amendments"
    )


def _sayings_taken(copy: ReturnedCopy) -> Sayings:
    sayings: defaultdict[UUID, set[Saying]] = defaultdict(set)
    for returned in copy.returned_comments.all():
        comment = returned.comment
        proposed = ""
        for amendment in comment.amendments.all():
            if amendment.proposed:
                proposed = plain_text(content_from_json(amendment.proposed))
        sayings[comment.entry.uuid].add((comment.type, comment.text, proposed))
    return sayings
