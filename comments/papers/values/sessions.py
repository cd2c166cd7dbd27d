"""What the minutes of a session say, from its log: opened, taken up, said, decided, closed."""

from dataclasses import dataclass
from datetime import datetime

from hearing_portal.thai.dates import be_datetime_short

from ...citations import cite_in_section
from ...matrix.queries.rows import stream_matrix
from ...models import Discussion, HearingSession, SessionState
from ...motions.presentation import tell_in_minutes
from ...motions.queries import find_noted_motions
from ...polls.presentation import tell_result
from ...polls.queries import find_ended_polls
from ..queries.offices import find_comment_ids_of_session
from .comments import COMMENT_FIELDS, count_results, head_values
from .plain import (
    FIELDS_OF_RESULTS,
    TO_FILL_IN,
    Row,
    Values,
    comment_values,
    in_order,
    tell_different_answers,
)

STATE_WORDS = {
    SessionState.State.OPENED: "เปิดเวที",
    SessionState.State.PAUSED: "พักเวที",
    SessionState.State.CLOSED: "ปิดเวที",
}
MINUTES_FIELDS = {
    **FIELDS_OF_RESULTS,
    "session": "เวที",
    "session_venue": "สถานที่ของเวที",
    "edition": "ฉบับที่พิจารณา",
    "opened": "เวลาเปิดเวทีครั้งแรก",
    "closed": "เวลาปิดเวทีครั้งสุดท้าย",
    "comments": "จำนวนความคิดเห็น",
}
MINUTES_LISTS = {
    "moments": {"no": "ลำดับ", "time": "เวลา", "what": "การดำเนินการ"},
    "rows": COMMENT_FIELDS,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened in a session."""

    at: datetime
    words: str


def minutes_values(session: HearingSession) -> Values:
    """The session comes with its hearing, its group and its edition."""
    moments = _find_moments(session)
    states = list(session.states.order_by("pk"))
    opened = [each.at for each in states if each.state == SessionState.State.OPENED]
    closed = [each.at for each in states if each.state == SessionState.State.CLOSED]
    rows: list[Row] = []
    argument_ids = []
    for facts in stream_matrix(find_comment_ids_of_session(session)):
        values = comment_values(facts)
        rows.append(values)
        argument_ids.append(facts.comment.argument_id)
        said = f"{values['office']} แสดงความคิดเห็นเลขที่ {values['number']} ต่อ {values['process']} {values['clause']}"
        moments.append(Moment(facts.comment.made_at, said))
        disposition = facts.disposition
        if disposition is not None and disposition.publication is not None:
            outcome = disposition.get_outcome_display()
            decided = f"คณะทำงานพิจารณาความคิดเห็นเลขที่ {values['number']} ผล: {outcome}"
            moments.append(Moment(disposition.decided_at, decided))
        objection = getattr(facts.comment, "objection", None)
        if objection is not None:
            asked = f"ผู้แสดงความคิดเห็นขอให้ทบทวนผลของความคิดเห็นเลขที่ {values['number']}"
            moments.append(Moment(objection.at, asked))
    tell_different_answers(rows, argument_ids)
    moments.sort(key=lambda moment: moment.at)
    return {
        **head_values(session.hearing, count_results(rows)),
        "session": str(session),
        "session_venue": session.venue or session.hearing.venue or TO_FILL_IN,
        "edition": session.edition.title,
        "opened": be_datetime_short(opened[0]) if opened else TO_FILL_IN,
        "closed": be_datetime_short(closed[-1]) if closed else TO_FILL_IN,
        "comments": str(len(rows)),
        "moments": in_order(
            {"time": be_datetime_short(each.at), "what": each.words} for each in moments
        ),
        "rows": in_order(rows),
    }


def _find_moments(session: HearingSession) -> list[Moment]:
    moments = []
    for state in session.states.order_by("pk"):
        words = STATE_WORDS[SessionState.State(state.state)]
        if state.reason:
            words = f"{words} เหตุผล: {state.reason}"
        moments.append(Moment(state.at, words))
    discussions = Discussion.objects.filter(session=session, entry__isnull=False)
    for each in discussions.select_related(
        "entry__section", "entry__manual", "entry__blob"
    ).order_by("pk"):
        if each.entry is not None:
            words = f"หยิบยกขึ้นพิจารณา {cite_in_section(each.entry)}"
            moments.append(Moment(each.at, words))
    for poll in find_ended_polls(session):
        if poll.ended_at is not None:
            moments.append(Moment(poll.ended_at, tell_result(poll)))
    noted = find_noted_motions(session)
    by_id = {motion.pk: motion for motion in noted}
    for motion in noted:
        corrected = by_id.get(motion.replaces_id) if motion.replaces_id else None
        moments.append(Moment(motion.at, tell_in_minutes(motion, corrected)))
    return moments
