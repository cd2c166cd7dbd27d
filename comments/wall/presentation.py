"""What stands on the wall of a room. No name of a person ever does."""

from dataclasses import dataclass, field

from manuals.models import EditionEntry
from manuals.wording import Redline, entry_content, redlines

from ..citations import cite_entry, with_section_title
from ..commenting.presentation.quotes import WordingLine, wording_lines
from ..floor.presentation import Speech, time_of_speech
from ..floor.queries import find_speaking
from ..hearings.following import find_discussed
from ..hearings.queries import entries_of_session, find_neighbours
from ..hearings.timers import GivenTime, find_clause_timer
from ..models import HearingSession, SessionState
from ..motions.presentation import ShownMotion, show_motions
from ..motions.queries import find_latest_motion
from ..polls.presentation import ShownPoll, show_ended, show_running
from ..polls.queries import count_votes, find_latest_poll
from ..tallies import OfficeTallies, tally_offices_by_entry
from .queries import find_words_before

LONGEST_NUMBER = 6  # characters that stand in the width of its field
LARGE_TYPE_HOLDS = 260  # characters on 1280 × 720
BESIDE_POLL_HOLDS = 60  # where the counts of a show of hands stand below them


@dataclass(frozen=True, slots=True)
class Wall:
    """`changes` are the redlines against the edition before, or of the words that the meeting proposes against those
    of the clause; `wording` the words where nothing differs. Without `discussed` the wall says in what state the
    session is. `poll` is what the offices are asked, or the result of what they were asked of this clause."""

    session: HearingSession
    discussed: EditionEntry | None = None
    following: EditionEntry | None = None
    changes: list[Redline] = field(default_factory=list)
    wording: list[WordingLine] = field(default_factory=list)
    tallies: OfficeTallies = field(default_factory=OfficeTallies)
    motion: ShownMotion | None = None
    speech: Speech | None = None
    timer: GivenTime | None = None
    poll: ShownPoll | None = None

    @property
    def room(self) -> str:
        if self.session.work_group is None:
            return str(self.session)
        return self.session.work_group.name

    @property
    def title_before(self) -> str:
        """What the words above are called."""
        if self.motion is not None and self.motion.redline is not None:
            return self.session.edition.title
        basis = self.session.edition.basis
        return basis.title if basis is not None else ""

    @property
    def title_after(self) -> str:
        """What the words below are called."""
        if self.motion is not None and self.motion.redline is not None:
            return "ถ้อยคำที่ที่ประชุมเสนอ"
        return self.session.edition.title

    @property
    def citation(self) -> str:
        return cite_entry(self.discussed) if self.discussed else ""

    @property
    def number(self) -> str:
        """5.3, where it fits large type; empty for what is cited by words."""
        cite = self.discussed.cite if self.discussed else ""
        return cite if len(cite) <= LONGEST_NUMBER else ""

    @property
    def is_long(self) -> bool:
        """Whether the words need smaller type to stand on one screen."""
        told = [segment.text for line in self.changes for segment in line.segments]
        told += [line.words for line in self.wording]
        holds = LARGE_TYPE_HOLDS if self.poll is None else BESIDE_POLL_HOLDS
        return sum(len(text) for text in told) > holds

    @property
    def following_citation(self) -> str:
        return cite_entry(self.following) if self.following else ""


def load_wall(session: HearingSession) -> Wall:
    """Of a session with its state. Sixteen queries at most; none of words while nobody may read the edition. In a pause
    the times that stand still are told."""
    if not session.is_open or not session.state_facts.is_readable:
        if session.state != SessionState.State.PAUSED:
            return Wall(session)
        return Wall(
            session, speech=_show_speech(session), timer=find_clause_timer(session)
        )
    entry = find_discussed(session)
    speech = _show_speech(session)
    poll = _show_poll(session, entry)
    if entry is None:
        return Wall(session, speech=speech, poll=poll)
    motion = _show_motion(session, entry)
    before = find_words_before(session, entry)
    changes = []
    if entry.blob is not None and session.edition.basis_id is not None:
        old = entry_content(before) if before is not None else None
        changes = redlines(old, entry_content(entry))
    if motion is not None and motion.redline is not None:
        changes = [motion.redline]
    entries = entries_of_session(session).select_related("blob", "manual")
    return Wall(
        session,
        discussed=entry,
        following=find_neighbours(with_section_title(entries), entry).after,
        changes=changes,
        wording=[] if changes else wording_lines(entry),
        tallies=tally_offices_by_entry([entry.pk]).get(entry.pk, OfficeTallies()),
        motion=motion,
        speech=speech,
        timer=find_clause_timer(session),
        poll=poll,
    )


def _show_speech(session: HearingSession) -> Speech | None:
    speaking = find_speaking(session)
    if speaking is None:
        return None
    time = time_of_speech(session, speaking)
    return Speech(speaking, person_name="", is_own=False, time=time)


def _show_motion(session: HearingSession, entry: EditionEntry) -> ShownMotion | None:
    motion = find_latest_motion(session, entry.pk)
    if motion is None:
        return None
    motion.entry = entry
    [shown] = show_motions([motion])
    return shown


def _show_poll(session: HearingSession, entry: EditionEntry | None) -> ShownPoll | None:
    poll = find_latest_poll(session)
    if poll is None:
        return None
    if poll.is_running:
        return show_running(poll, count_votes(poll), needed=0)
    if entry is not None and poll.entry_id == entry.pk:
        return show_ended(poll)
    return None
