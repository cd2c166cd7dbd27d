"""The form that sets up sessions of several groups on one edition."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.boundfield import BoundWidget
from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.thai.dates import to_utc
from hearing_portal.thai.sentences import joined
from hearing_portal.web.date_fields import BeDateField, ClockField
from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField, offer_choices
from manuals.models import Edition

from ...models import Hearing, HearingSession
from ..queries import GroupReadiness
from ..refusals import SessionRefused
from ..services.group_sessions import PlannedSession, create_group_sessions
from .releasing import tell_reach
from .session_times import (
    SHARED_ROOM_LABEL,
    check_times,
    explain_ended,
    explain_shared_rooms,
    read_times,
)

KINDS = (HearingSession.Kind.ONLINE, HearingSession.Kind.ROOM)
BEGINS = time(8, 30)
ENDS = time(16, 30)
SPOKEN_ENDS = {
    "_opens_day": "เปิดวันที่",
    "_opens_clock": "เวลาเปิด",
    "_closes_day": "ปิดวันที่",
    "_closes_clock": "เวลาปิด",
}
TYPED_IN_VAIN = {
    HearingSession.Kind.ONLINE: "กรอกวันหรือเวลาของเวทีออนไลน์ไว้ โปรดเลือก “ตั้งเวทีออนไลน์” หรือล้างช่องที่กรอก",
    HearingSession.Kind.ROOM: "กรอกวัน เวลา หรือห้องประชุมไว้ โปรดเลือก “ตั้งเวทีในห้องประชุมกลุ่ม” หรือล้างช่องที่กรอก",
}
VENUE_IN_VAIN = "กรอกห้องประชุมไว้ โปรดเลือกกลุ่มงานนี้ หรือล้างช่องนี้"


@dataclass(frozen=True, slots=True)
class KindFields:
    """Whether sessions of a kind are set up, and when they open and close."""

    chosen: BoundField
    opens_day: BoundField
    opens_clock: BoundField
    closes_day: BoundField
    closes_clock: BoundField


@dataclass(frozen=True, slots=True)
class GroupFields:
    """A group of the form. Without `tick` it gets no session: the edition has no manual of it, or it has all already.
    Without `venue` it gets no room."""

    readiness: GroupReadiness
    tick: BoundWidget | None = None
    venue: BoundField | None = None

    @property
    def kind_labels(self) -> list[str]:
        """The kinds of session the group has on the edition already."""
        labels = []
        for kind in HearingSession.Kind:
            if kind in self.readiness.kinds:
                labels.append(str(kind.label))
        return labels


class GroupSessionsForm(FormLayout, forms.Form):
    """One session of each chosen kind for each ticked group. Beside the fields below it has a venue for each group
    (venue_KEY)."""

    marked_optional = (
        "online_opens_day",
        "online_closes_day",
        "room_opens_day",
        "room_closes_day",
    )

    online = forms.BooleanField(label="ตั้งเวทีออนไลน์", required=False)
    online_opens_day = BeDateField(label="วันเปิดเวทีออนไลน์", required=False, help_text="")
    online_opens_clock = ClockField(
        label="เวลาเปิดเวทีออนไลน์", required=False, help_text=""
    )
    online_closes_day = BeDateField(label="วันปิดเวทีออนไลน์", required=False, help_text="")
    online_closes_clock = ClockField(
        label="เวลาปิดเวทีออนไลน์", required=False, help_text=""
    )
    room = forms.BooleanField(label="ตั้งเวทีในห้องประชุมกลุ่ม", required=False)
    room_opens_day = BeDateField(
        label="วันเปิดเวทีในห้องประชุมกลุ่ม", required=False, help_text=""
    )
    room_opens_clock = ClockField(
        label="เวลาเปิดเวทีในห้องประชุมกลุ่ม", required=False, help_text=""
    )
    room_closes_day = BeDateField(
        label="วันปิดเวทีในห้องประชุมกลุ่ม", required=False, help_text=""
    )
    room_closes_clock = ClockField(
        label="เวลาปิดเวทีในห้องประชุมกลุ่ม", required=False, help_text=""
    )
    groups = forms.MultipleChoiceField(
        label="กลุ่มงาน",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "โปรดเลือกกลุ่มงานอย่างน้อยหนึ่งกลุ่ม",
            "invalid_choice": "มีกลุ่มงานที่ยังไม่มีคู่มือในฉบับนี้ โปรดเลือกใหม่",
        },
    )
    release = forms.BooleanField(
        label="เผยแพร่ฉบับนี้แก่ผู้เข้าร่วมประชาพิจารณ์พร้อมกับตั้งเวที",
        required=False,
    )

    # Stands on the page once two groups were given one room
    shares_rooms = forms.BooleanField(label=SHARED_ROOM_LABEL, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        hearing: Hearing,
        edition: Edition,
        readiness: Sequence[GroupReadiness],
        is_readable: bool,
    ) -> None:
        """`is_readable` says that the participants may read the edition already."""
        self.hearing = hearing
        self.edition = edition
        self.readiness = {row.group.key: row for row in readiness}
        offered = [row for row in readiness if row.has_manual]
        initial: dict[str, Any] = {
            "online": True,
            "groups": [row.group.key for row in offered],
        }
        # A room is for a day: the first, or today in a hearing that runs
        day_in_room = max(hearing.opens_on, timezone.localdate())
        self.proposed_days = {
            HearingSession.Kind.ONLINE: (hearing.opens_on, hearing.closes_on),
            HearingSession.Kind.ROOM: (day_in_room, day_in_room),
        }
        for kind, days in self.proposed_days.items():
            initial |= _announced_times(kind.value, *days)
        super().__init__(data, initial=initial)
        offer_choices(
            self, "groups", [(row.group.key, row.group.name) for row in offered]
        )
        for row in offered:
            self.fields[f"venue_{row.group.key}"] = ThaiTextField(
                label=joined("ห้องของ", row.group.name),
                max_length=200,
                multiline=False,
                required=False,
            )
        if is_readable:
            del self.fields["release"]
        else:
            tell_reach(self, "หากยังไม่เผยแพร่ เวทีจะยังไม่เปิดแม้ถึงเวลา")

    # -- as the page shows it

    def spoken_label(self, name: str) -> str:
        """The group stands beside its room, the kind above its times."""
        if name.startswith("venue_"):
            return "ห้องประชุม"
        for end, words in SPOKEN_ENDS.items():
            if name.endswith(end):
                return words
        return ""

    def kind_fields(self) -> list[KindFields]:
        rows = []
        for kind in KINDS:
            names = ("opens_day", "opens_clock", "closes_day", "closes_clock")
            rows.append(
                KindFields(
                    self[kind.value], *(self[f"{kind.value}_{name}"] for name in names)
                )
            )
        return rows

    def group_fields(self) -> list[GroupFields]:
        ticks = {tick.data["value"]: tick for tick in self["groups"]}
        rows = []
        for key, readiness in self.readiness.items():
            if not readiness.has_manual or readiness.kinds.issuperset(KINDS):
                rows.append(GroupFields(readiness))
            elif HearingSession.Kind.ROOM in readiness.kinds:
                rows.append(GroupFields(readiness, ticks[key]))
            else:
                rows.append(GroupFields(readiness, ticks[key], self[f"venue_{key}"]))
        return rows

    # -- what was sent

    def clean(self) -> dict[str, Any]:
        ended = explain_ended(self.hearing)
        if ended:
            self.add_error(None, ended)
            return self.cleaned_data
        chosen = self._chosen_kinds()
        if not chosen:
            self.add_error("online", "โปรดเลือกประเภทเวทีอย่างน้อยหนึ่งประเภท")
        for kind in chosen:
            check_times(self, self.hearing, f"{kind.value}_")
        self._tell_what_is_typed_in_vain(chosen)
        if HearingSession.Kind.ROOM in chosen and not self.cleaned_data["shares_rooms"]:
            shared = explain_shared_rooms(self._planned_rooms())
            if shared:
                self.add_error("shares_rooms", shared)
        return self.cleaned_data

    def _planned_rooms(self) -> list[HearingSession]:
        """The rooms of the ticked groups, all at the same times."""
        times = read_times(self, f"{HearingSession.Kind.ROOM.value}_")
        rooms = []
        for key in self.cleaned_data.get("groups", []):
            if HearingSession.Kind.ROOM in self.readiness[key].kinds:
                continue
            room = HearingSession(
                hearing=self.hearing,
                kind=HearingSession.Kind.ROOM,
                work_group=self.readiness[key].group,
                venue=self.cleaned_data.get(f"venue_{key}", ""),
                opens_at=times.opens_at,
                closes_at=times.closes_at,
            )
            rooms.append(room)
        return rooms

    @property
    def asks_about_rooms(self) -> bool:
        """Whether the page has to ask if several groups share a room."""
        return bool(self["shares_rooms"].errors or self["shares_rooms"].value())

    def _tell_what_is_typed_in_vain(
        self, chosen: Sequence[HearingSession.Kind]
    ) -> None:
        """Times of a kind that is not set up, and rooms that nobody will sit in, would be lost without a word. Whether
        they can be read is of no matter."""
        for kind in KINDS:
            if kind in chosen:
                continue
            is_typed = self._has_own_times(kind)
            if kind == HearingSession.Kind.ROOM:
                is_typed |= any(
                    self._has_typed(f"venue_{key}") for key in self.readiness
                )
            for end in SPOKEN_ENDS:
                self.errors.pop(f"{kind.value}{end}", None)
            if is_typed:
                self.add_error(kind.value, TYPED_IN_VAIN[kind])
        groups = self.cleaned_data.get("groups", [])
        for key in self.readiness:
            name = f"venue_{key}"
            if HearingSession.Kind.ROOM not in chosen:
                self.errors.pop(name, None)
            elif "groups" in self.cleaned_data and key not in groups:
                is_typed = self._has_typed(name)
                self.errors.pop(name, None)
                if is_typed:
                    self.add_error(name, VENUE_IN_VAIN)

    def _has_typed(self, name: str) -> bool:
        return name in self.errors or bool(self.cleaned_data.get(name))

    def _has_own_times(self, kind: HearingSession.Kind) -> bool:
        """Whether there is something else than what the form proposed by itself."""
        first_day, last_day = self.proposed_days[kind]
        proposed = (first_day, BEGINS, last_day, ENDS)
        for end, value in zip(SPOKEN_ENDS, proposed, strict=True):
            name = f"{kind.value}{end}"
            if self._has_typed(name) and self.cleaned_data.get(name) != value:
                return True
        return False

    def _chosen_kinds(self) -> list[HearingSession.Kind]:
        return [kind for kind in KINDS if self.cleaned_data.get(kind.value)]

    @property
    def planned(self) -> list[PlannedSession]:
        plans = []
        for key in self.cleaned_data["groups"]:
            for kind in self._chosen_kinds():
                venue = (
                    self.cleaned_data[f"venue_{key}"]
                    if kind == HearingSession.Kind.ROOM
                    else ""
                )
                times = read_times(self, f"{kind.value}_")
                plan = PlannedSession(
                    self.readiness[key].group,
                    kind.value,
                    venue,
                    opens_at=times.opens_at,
                    closes_at=times.closes_at,
                )
                plans.append(plan)
        return plans

    def save(self, *, by: User) -> list[HearingSession] | None:
        """None when the act was refused: the form then says why."""
        try:
            return create_group_sessions(
                self.hearing,
                self.edition,
                self.planned,
                by=by,
                releases_edition=self.cleaned_data.get("release", False),
            )
        except SessionRefused as refusal:
            self.add_error(
                "groups" if refusal.field == "work_group" else None, refusal.message_th
            )
            return None


def _announced_times(kind: str, first_day: date, last_day: date) -> dict[str, Any]:
    """What is proposed for a kind: those of the hearing's times that are still to come."""
    now = timezone.now()
    initial: dict[str, Any] = {}
    for end, day, clock in (("opens", first_day, BEGINS), ("closes", last_day, ENDS)):
        if to_utc(day, clock) > now:
            initial |= {f"{kind}_{end}_day": day, f"{kind}_{end}_clock": clock}
    return initial
