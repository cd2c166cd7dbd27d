"""Why an act on a session, or in it, is refused."""

from collections.abc import Sequence

from django.utils import timezone

from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_date, be_datetime
from hearing_portal.thai.sentences import joined, listed

from ..models import Hearing, HearingSession, SessionState


class HearingRefused(Refusal):
    """What is announced does not fit what stands already."""

    kind = RefusalKind.INVALID


class DaysTaken(HearingRefused):
    """Another hearing has a day of these (docs/decisions/0046-each-hearing-by-itself.md)."""

    def __init__(self, other: Hearing, *, field: str) -> None:
        self.other = other
        super().__init__(
            f"วันที่กรอกอยู่ในช่วงของ “{other.title}” ({other.days}) "
            "ประชาพิจารณ์สองครั้งใช้วันเดียวกันไม่ได้ โปรดเลือกวันนอกช่วงนั้น หรือแก้วันของครั้งนั้นก่อน",
            field=field,
        )


class SessionRefused(Refusal):
    """The act does not fit the session's state."""

    kind = RefusalKind.CONFLICT


class WentOnMeanwhile(SessionRefused):
    """Somebody else who runs the session, or an earlier press, was quicker."""

    def __init__(self) -> None:
        super().__init__(
            "มีการเปลี่ยนข้อที่อภิปรายไปก่อนแล้ว ระบบจึงไม่เปลี่ยนซ้ำ โปรดดูข้อที่กำลังอภิปรายด้านบน แล้วกดใหม่หากยังต้องการ"
        )


class EqualSession(SessionRefused):
    """The group has a session of the kind at that time already (docs/decisions/0046-each-hearing-by-itself.md)."""

    def __init__(self, other: HearingSession) -> None:
        self.other = other
        place = f" ที่ {other.venue}" if other.venue else ""
        when = "ซึ่งไม่ได้กำหนดเวลาเปิดและปิด"
        if other.opens_at is not None and other.closes_at is not None:
            when = (
                f"ตั้งแต่ {be_datetime(other.opens_at)} ถึง {be_datetime(other.closes_at)}"
            )
        elif other.opens_at is not None:
            when = f"ตั้งแต่ {be_datetime(other.opens_at)} ไม่ได้กำหนดเวลาปิด"
        elif other.closes_at is not None:
            when = f"ถึง {be_datetime(other.closes_at)} ไม่ได้กำหนดเวลาเปิด"
        advice = "โปรดกำหนดเวลาไม่ให้ตรงกัน หรือแก้เวทีเดิมแทนการตั้งเวทีใหม่"
        if other.is_room:
            advice = "โปรดกำหนดเวลาหรือห้องไม่ให้ตรงกัน หรือแก้เวทีเดิมแทนการตั้งเวทีใหม่"
        super().__init__(f"มีเวที{other}{place} อยู่แล้ว {when} {advice}")


class EditionNotReadable(SessionRefused):
    """Sessions cannot open on editions that those who speak in them may not read (product.md, "Days bind")."""

    def __init__(
        self, sessions: Sequence[HearingSession], *, may_release: bool
    ) -> None:
        """`may_release` says that the person can release the editions in the same step."""
        titles = dict.fromkeys(session.edition.title for session in sessions)
        names = dict.fromkeys(name_audience(session) for session in sessions)
        advice = "โปรดแจ้งผู้ดูแลระบบให้เผยแพร่ฉบับนี้แก่ผู้เข้าร่วมประชาพิจารณ์ก่อน"
        if may_release:
            advice = "โปรดเลือกเผยแพร่ฉบับพร้อมกับเปิดเวที แล้วกดเปิดอีกครั้ง"
        super().__init__(
            f"{joined('ผู้เข้าร่วมยังอ่าน', listed(titles), 'ไม่ได้')} {joined('จึงเปิดเวทีของ', listed(names), 'ไม่ได้')} {advice}",
            field="release",
        )


def name_audience(session: HearingSession) -> str:
    """กลุ่มอำนวยการ, or ที่ประชุมรวม."""
    if session.work_group is None:
        return session.get_kind_display()
    return session.work_group.name


class DocumentRefused(Refusal):
    """The file cannot be a document of a hearing."""

    kind = RefusalKind.INVALID

    def __init__(self, message_th: str) -> None:
        super().__init__(message_th, field="file")


class SessionClosed(Refusal):
    """Nothing can be said now. `why` says why and, where it is known, when one can."""

    kind = RefusalKind.CONFLICT

    def __init__(
        self, session: HearingSession | None, *, has_text: bool = True
    ) -> None:
        """`has_text` is false for an act without words of the person's own, as a support."""
        self.session = session
        self.why = explain_closed_session(session)
        message = self.why
        if has_text:
            message += f" ข้อความของท่านยังอยู่ครบ {explain_reopening(session)}"
        super().__init__(message)


def explain_closed_session(session: HearingSession | None) -> str:
    """One or two sentences on a session that is not open; None is a group nobody set a session for. Two queries."""
    if session is None:
        return "ยังไม่ได้ตั้งเวทีรับฟังความคิดเห็นของกลุ่มงานนี้"
    facts = session.state_facts
    now = timezone.now()
    if facts.final_at is not None:
        return (
            f"เวทีปิดแล้ว เพราะเผยแพร่ฉบับสมบูรณ์แก่ประชาชนแล้วเมื่อ {be_datetime(facts.final_at)}"
        )
    if timezone.localdate(now) < facts.first_day:
        return f"เวทียังไม่เปิดรับความคิดเห็น การประชาพิจารณ์เริ่มวันที่ {be_date(facts.first_day)}"
    if timezone.localdate(now) > facts.last_day:
        return f"การประชาพิจารณ์สิ้นสุดแล้วเมื่อ {be_date(facts.last_day)}"
    if session.closes_at is not None and session.closes_at <= now:
        return f"เวทีปิดแล้วเมื่อ {be_datetime(session.closes_at)} ตามเวลาที่กำหนด {_announce_next_opening(session)}"
    latest = session.states.order_by("-id").first()
    if latest is None:
        if session.opens_at is None:
            return "เวทียังไม่เปิดรับความคิดเห็น ยังไม่ได้กำหนดเวลาเปิด"
        return f"เวทียังไม่เปิดรับความคิดเห็น กำหนดเปิด {be_datetime(session.opens_at)}"
    because = ""
    if latest.reason:
        because = f" (เหตุผล: {latest.reason})"
    if latest.state == SessionState.State.PAUSED:
        return f"เวทีพักตั้งแต่ {be_datetime(latest.at)}{because} จะเปิดรับความคิดเห็นอีกเมื่อผู้ดำเนินเวทีเปิดต่อ"
    return f"เวทีปิดแล้วเมื่อ {be_datetime(latest.at)}{because} {_announce_next_opening(session)}"


def explain_reopening(session: HearingSession | None) -> str:
    """When what was refused because of the session can be sent, and who can bring that about: nobody records for
    others while it is closed."""
    if session is None:
        return "ส่งได้เมื่อผู้ดูแลระบบตั้งเวทีของกลุ่มงานนี้และเวทีเปิดแล้ว"
    facts = session.state_facts
    now = timezone.now()
    if facts.final_at is not None:
        return "เวทีนี้ไม่เปิดรับความคิดเห็นอีก โปรดติดต่อผู้ดูแลระบบหากมีข้อเสนอเพิ่มเติม"
    if timezone.localdate(now) > facts.last_day:
        return "ส่งได้อีกเมื่อผู้ดูแลระบบเปลี่ยนวันสิ้นสุดของการประชาพิจารณ์แล้วเท่านั้น"
    if session.closes_at is not None and session.closes_at <= now:
        return "ส่งได้อีกเมื่อผู้ดำเนินเวทีเปลี่ยนเวลาปิดแล้วเปิดเวทีต่อ"
    if timezone.localdate(now) < facts.first_day:
        return "ส่งได้เมื่อเวทีเปิด"
    return "ส่งได้เมื่อเวทีเปิด โดยผู้ดำเนินเวทีเป็นผู้เปิด"


def _announce_next_opening(closed: HearingSession) -> str:
    sessions = HearingSession.objects.filter(
        hearing=closed.hearing_id, work_group=closed.work_group_id
    )
    coming = sessions.filter(opens_at__gt=timezone.now()).order_by("opens_at").first()
    if coming is None or coming.opens_at is None:
        return "ยังไม่มีกำหนดเปิดเวทีถัดไป"
    return f"เวทีถัดไปกำหนดเปิด {be_datetime(coming.opens_at)}"
