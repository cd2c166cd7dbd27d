"""What goes with an event so that nobody has to ask: a hall that asks at once waits for itself."""

from ..links import entry_url
from ..models import Discussion, Event, HearingSession, SessionState

type Told = dict[str, object]


def add_words(session_id: int, events: list[Told]) -> None:
    """To the latest event of a kind how things stand now: {"state", "word"} of the session, {"citation", "url"} of the
    clause that is discussed, as the session bar says them, in Arabic digits. Earlier ones are overtaken."""
    latest: dict[object, Told] = {event["kind"]: event for event in events}
    if Event.Kind.STATE in latest:
        session = HearingSession.objects.with_state().get(pk=session_id)
        state = session.state or ""
        latest[Event.Kind.STATE]["state"] = state
        if state:
            latest[Event.Kind.STATE]["word"] = str(SessionState.State(state).label)
    if Event.Kind.CLAUSE in latest:
        latest[Event.Kind.CLAUSE] |= words_of_clause(session_id)


def words_of_clause(session_id: int) -> Told:
    """Empty where nothing is discussed."""
    discussions = Discussion.objects.filter(session=session_id)
    discussions = discussions.select_related("entry__manual", "entry__section")
    discussion = discussions.order_by("-pk").first()
    if discussion is None or discussion.entry is None:
        return {}
    entry = discussion.entry
    citation = f"ข้อ {entry.cite}" if entry.cite else entry.title
    return {"citation": citation, "url": entry_url(entry, entry.manual)}
