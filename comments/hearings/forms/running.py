"""Running sessions: their states, more time, and what is under discussion."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from hearing_portal.directory.models import User
from hearing_portal.web.date_fields import (
    BeDateField,
    ClockField,
    joined_moment,
    split_moment,
)
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, choose_among, offer_choices
from manuals.models import EditionEntry

from ...limits import SHORT_REASON_LIMIT
from ...models import HearingSession, SessionState
from ..refusals import SessionRefused
from ..services.session_states import extend_session, is_closed_by_hand
from .releasing import tell_reach

State = SessionState.State


class SessionStateForm(FormLayout, forms.Form):
    """Open, pause or close a session, and with it those of the group's other sessions that are ticked."""

    dense = True
    marked_optional = ("reason",)

    state = forms.ChoiceField(
        choices=SessionState.State.choices,
        error_messages={
            "required": "โปรดเลือกสถานะของเวที",
            "invalid_choice": "โปรดเลือกสถานะของเวที",
        },
    )
    reason = ThaiTextField(
        label="เหตุผลหรือหมายเหตุ",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        required=False,
        help_text="ผู้แทนจะเห็นข้อความนี้เมื่อเวทีพักหรือปิด",
    )
    also = forms.MultipleChoiceField(
        label="ดำเนินการพร้อมกันกับเวทีของกลุ่มนี้",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": "ไม่พบเวทีที่เลือก โปรดเปิดหน้านี้อีกครั้งแล้วเลือกใหม่"},
    )
    release = forms.BooleanField(
        label="เผยแพร่ฉบับนี้แก่ผู้เข้าร่วมประชาพิจารณ์พร้อมกับเปิดเวที",
        required=False,
    )
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        session: HearingSession,
        beside: Sequence[HearingSession],
        obstacles: Collection[int],
        may_release: bool,
    ) -> None:
        """`beside` are the group's other sessions, with their states; `obstacles` are the ids of those that cannot
        open. Open and paused ones are ticked: a group pauses as a whole, goes on as a whole and ends as a whole unless
        somebody leaves one as it is. What can do nothing that
        is offered for the session is not offered, but taken from a page that did."""
        running = (State.OPENED, State.PAUSED)
        along = []
        if session.state in running:
            along = [str(other.pk) for other in beside if other.state in running]
        super().__init__(data, initial={"also": along})
        self.beside = {str(other.pk): other for other in beside}
        offer_choices(
            self,
            "also",
            [(key, _session_with_state(other)) for key, other in self.beside.items()],
        )
        offered = []
        for key, label in self.fields["also"].choices:  # type: ignore[attr-defined]
            if _comes_along(
                self.beside[key], session, can_open=self.beside[key].pk not in obstacles
            ):
                offered.append((key, label))
        if offered:
            self.fields["also"].widget.choices = offered
        else:
            del self.fields["also"]
        if not may_release or _all_are_readable([session, *beside]):
            del self.fields["release"]
        else:
            tell_reach(self)

    @property
    def chosen_beside(self) -> list[HearingSession]:
        return [self.beside[key] for key in self.cleaned_data.get("also", [])]


def _comes_along(
    other: HearingSession, session: HearingSession, *, can_open: bool
) -> bool:
    """Whether the other can come into one of the states that the session can come into."""
    pauses_or_closes = session.state in (State.OPENED, State.PAUSED)
    if pauses_or_closes and other.state in (State.OPENED, State.PAUSED):
        return True
    return not session.is_open and not other.is_open and can_open


def _all_are_readable(sessions: Iterable[HearingSession]) -> bool:
    return all(session.state_facts.is_readable for session in sessions)


def _session_with_state(session: HearingSession) -> str:
    label = "ยังไม่เปิด"
    if session.state is not None:
        label = SessionState.State(session.state).label
    return f"{session.get_kind_display()} {session.venue} ({label})".replace("  ", " ")


RESUMED = "resumed"  # opens what was paused, and nothing that nobody has opened yet


class AllSessionsForm(FormLayout, forms.Form):
    """Open, pause or close the sessions of all groups in one act, or open again those that were paused."""

    dense = True
    marked_optional = ("reason",)

    state = forms.ChoiceField(
        choices=[*SessionState.State.choices, (RESUMED, "เปิดต่อ")],
        error_messages={
            "required": "โปรดเลือกสถานะของเวที",
            "invalid_choice": "โปรดเลือกสถานะของเวที",
        },
    )
    kinds = forms.MultipleChoiceField(
        label="ประเภทเวที",
        choices=HearingSession.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=HearingSession.Kind.values,
        error_messages={"required": "โปรดเลือกประเภทเวทีอย่างน้อยหนึ่งประเภท"},
    )
    reason = ThaiTextField(
        label="เหตุผลหรือหมายเหตุ",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        required=False,
        help_text="ผู้แทนจะเห็นข้อความนี้เมื่อเวทีพักหรือปิด",
    )
    release = forms.BooleanField(
        label="เผยแพร่ฉบับแก่ผู้เข้าร่วมประชาพิจารณ์พร้อมกับเปิดเวที",
        required=False,
    )
    is_confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sessions: Sequence[HearingSession],
    ) -> None:
        """`sessions` are those of the hearing, with their states. It stands beside the form of the facts."""
        super().__init__(data, auto_id="all-%s")
        self.paused = sum(
            session.state == SessionState.State.PAUSED for session in sessions
        )
        self.unopened = sum(session.state is None for session in sessions)
        if _all_are_readable(sessions):
            del self.fields["release"]
        else:
            tell_reach(self)


class SessionExtensionForm(FormLayout, forms.Form):
    """Until when a session takes comments now, and why longer than announced."""

    until_day = BeDateField(label="รับความคิดเห็นถึงวันที่")
    until_clock = ClockField(
        label="เวลา", required=True, error_messages={"required": "โปรดกรอกเวลา"}
    )
    reason = ThaiTextField(
        label="เหตุผลที่ขยายเวลา",
        max_length=SHORT_REASON_LIMIT,
        multiline=False,
        error_messages={"required": "โปรดระบุเหตุผลที่ขยายเวลา"},
        help_text="ผู้แทนจะเห็นข้อความนี้",
    )

    reopen = forms.BooleanField(
        label="เปิดเวทีอีกครั้งพร้อมกับขยายเวลา",
        required=False,
        initial=True,
        help_text="มีผู้ปิดเวทีนี้ไว้ หากไม่เลือก เวทียังปิดอยู่แม้ขยายเวลาแล้ว",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, session: HearingSession
    ) -> None:
        day, clock = split_moment(session.closes_at)
        super().__init__(data, initial={"until_day": day, "until_clock": clock})
        if not is_closed_by_hand(session):
            del self.fields["reopen"]
        self.session = session

    def save(self, *, by: User) -> HearingSession | None:
        """None when the act was refused: the form then says why."""
        until = joined_moment(
            self.cleaned_data["until_day"], self.cleaned_data["until_clock"]
        )
        if until is None:
            return None
        try:
            return extend_session(
                self.session,
                until,
                by=by,
                reason=self.cleaned_data["reason"],
                reopens=self.cleaned_data.get("reopen", False),
            )
        except SessionRefused as refusal:
            self.add_error(refusal.field or None, refusal.message_th)
            return None


class DiscussionForm(forms.Form):
    """The entry to be discussed; empty ends the discussion."""

    entry = forms.ModelChoiceField(
        queryset=EditionEntry.objects.none(),
        required=False,
        error_messages={"invalid_choice": "ไม่พบข้อนี้ในฉบับที่เวทีใช้ โปรดเลือกใหม่"},
    )

    def __init__(
        self, data: Mapping[str, Any], *, entries: QuerySet[EditionEntry]
    ) -> None:
        super().__init__(data)
        choose_among(self, "entry", entries.select_related("manual"))


CLAUSE_MINUTES = (3, 5, 10, 15, 20, 30)
USUAL_CLAUSE_MINUTES = 10


class ClauseTimerForm(forms.Form):
    """How long the meeting gives itself for what it discusses."""

    minutes = forms.ChoiceField(
        label="เวลาของข้อนี้",
        choices=[(str(minutes), f"{minutes} นาที") for minutes in CLAUSE_MINUTES],
        initial=str(USUAL_CLAUSE_MINUTES),
        required=False,
        widget=forms.Select(attrs={"class": "input--dense filter-select"}),
    )

    @property
    def given_minutes(self) -> int:
        """The usual ones where none were chosen."""
        chosen = self.cleaned_data.get("minutes", "") if self.is_valid() else ""
        return int(chosen) if chosen else USUAL_CLAUSE_MINUTES
