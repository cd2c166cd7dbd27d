"""What the report of a hearing says; its headings follow the regulation of 2548, whose text nobody here holds."""

from collections.abc import Iterable, Sequence

from hearing_portal.directory.models import AreaOffice
from hearing_portal.thai.dates import be_datetime_short

from ...conclusions.queries.figures import count_recent_hearing
from ...conclusions.queries.signed_figures import (
    ChangedFigure,
    figures_beside,
    find_changed,
)
from ...conclusions.queries.summaries import find_conclusions
from ...hearings.queries import (
    count_comments_by_session,
    find_manuals_of,
    sessions_with_state,
)
from ...matrix.columns import ISSUE_WORDS, NO_ISSUE_WORDS, OUTCOME_WORDS
from ...models import Conclusion, Hearing, HearingSession
from ...results import UNDER_REVIEW_WORDS
from ..queries.counts import REVIEWED, CountedVoices, count_voices
from ..queries.offices import OfficeVoices, find_office_voices
from .plain import (
    CONSIDERING,
    FIELDS_OF_RESULTS,
    TO_FILL_IN,
    Row,
    Values,
    in_order,
    tell_offices,
    values_of_results,
)

Kind = AreaOffice.Kind
OUTCOME_OF_REPORT = {**OUTCOME_WORDS, REVIEWED: UNDER_REVIEW_WORDS}
UNSIGNED = "ยังไม่มีข้อสรุปที่ลงนามแล้ว"
NOBODYS = "ไม่มีข้อสรุปรายกลุ่ม เพราะไม่ใช่คู่มือของกลุ่มงานใด"
FIELDS = {
    **FIELDS_OF_RESULTS,
    "edition": "ฉบับที่รับฟังความคิดเห็น",
    "invited": "จำนวนเขตที่เชิญ",
    "invited_primary": "จำนวน สพป. ที่เชิญ",
    "invited_secondary": "จำนวน สพม. ที่เชิญ",
    "spoke": "จำนวนเขตที่แสดงความคิดเห็นหรือสนับสนุน",
    "spoke_primary": "จำนวน สพป. ที่แสดงความคิดเห็นหรือสนับสนุน",
    "spoke_secondary": "จำนวน สพม. ที่แสดงความคิดเห็นหรือสนับสนุน",
    "silent": "จำนวนเขตที่ไม่ได้แสดงความคิดเห็น",
    "spoke_names": "ชื่อเขตที่แสดงความคิดเห็นหรือสนับสนุน",
    "silent_primary_names": "ชื่อ สพป. ที่ไม่ได้แสดงความคิดเห็น",
    "silent_secondary_names": "ชื่อ สพม. ที่ไม่ได้แสดงความคิดเห็น",
    "comments": "จำนวนความคิดเห็น",
    "summary": "ข้อสรุปของการประชาพิจารณ์ที่ลงนามแล้ว",
    "programme": "กำหนดการ",
}
LISTS = {
    "sessions": {
        "no": "ลำดับ",
        "name": "เวที",
        "venue": "สถานที่",
        "time": "เวลา",
        "comments": "จำนวนความคิดเห็น",
    },
    "classes": {
        "name": "ประเด็น",
        "comments": "จำนวนความคิดเห็น",
        "primary": "ของ สพป.",
        "secondary": "ของ สพม.",
        "accepted": "เห็นชอบ",
        "refused": "ไม่เห็นชอบ",
        "otherwise": "ผลอื่น",
        "open": "ยังไม่ได้ข้อยุติ รวมที่ขอให้ทบทวน",
    },
    "outcomes": {"name": "ผลการพิจารณา", "comments": "จำนวนความคิดเห็น"},
    "groups": {
        "no": "ลำดับ",
        "name": "กลุ่มงาน",
        "comments": "จำนวนความคิดเห็น",
        "offices": "จำนวนเขตที่แสดงความคิดเห็น",
        "accepted": "เห็นชอบ",
        "refused": "ไม่เห็นชอบ",
        "otherwise": "ผลอื่น",
        "open": "ยังไม่ได้ข้อยุติ รวมที่ขอให้ทบทวน",
        "summary": "ข้อสรุปรายกลุ่ม",
    },
}


def report_values(hearing: Hearing) -> Values:
    """About ten queries, however much was said."""
    sessions = list(sessions_with_state(hearing))
    voices = find_office_voices(hearing)
    conclusions = find_conclusions(hearing)
    counted = count_recent_hearing(hearing.pk, sessions)

    def summary(group_id: int | None, manual_id: int | None) -> str:
        signed = conclusions.get(group_id)
        now = figures_beside(counted, manual_id)
        return tell_signed(signed, find_changed(signed, now, sees_decisions=False))

    classes = count_voices(hearing, "class")
    outcomes = count_voices(hearing, "outcome")
    values: Values = {
        **_head(hearing, outcomes),
        "edition": _tell_editions(sessions),
        **_office_values(voices),
        "comments": str(sum(each.comments for each in classes)),
        "summary": summary(None, None),
        "programme": hearing.programme or TO_FILL_IN,
        "sessions": _session_rows(sessions),
        "classes": [
            _counted(each, ISSUE_WORDS.get(each.name, NO_ISSUE_WORDS))
            for each in classes
        ],
        "outcomes": _outcome_rows(outcomes),
        "groups": [],
    }
    said = {each.name: each for each in count_voices(hearing, "group")}
    groups = []
    for manual in find_manuals_of(hearing):
        if manual.work_group is None:
            continue
        name = manual.work_group.name
        voices_of = said.pop(name, CountedVoices(name, 0, 0, 0, 0, 0, 0, 0, 0))
        row = _counted(voices_of, name)
        signed = summary(manual.work_group_id, manual.pk)
        groups.append(row | {"summary": signed})
    # What no group writes (the front of the book): without it the rows would not add up to the whole
    for name, voices_of in said.items():
        groups.append(_counted(voices_of, name) | {"summary": NOBODYS})
    values["groups"] = in_order(groups)
    return values


def _head(hearing: Hearing, outcomes: Iterable[CountedVoices]) -> Row:
    said = {each.name: each.comments for each in outcomes}
    return values_of_results(
        hearing, unanswered=said.get("", 0), reviewed=said.get(REVIEWED, 0)
    )


def tell_signed(signed: Conclusion | None, changed: Sequence[ChangedFigure]) -> str:
    """The signed words, and what was counted anew after them: a paper is read beside its figures."""
    if signed is None:
        return UNSIGNED
    if not changed:
        return signed.summary
    figures = ", ".join(each.words for each in changed)
    signed_at = be_datetime_short(signed.signed_at)
    return f"{signed.summary}\n(ตัวเลขเปลี่ยนแปลงหลังลงนามข้อสรุปเมื่อ {signed_at}: {figures})"


def _tell_editions(sessions: Iterable[HearingSession]) -> str:
    titles = dict.fromkeys(session.edition.title for session in sessions)
    return " และ ".join(titles) or TO_FILL_IN


def _office_values(voices: Sequence[OfficeVoices]) -> Row:
    spoke = [each.office for each in voices if not each.is_silent]
    silent = [each.office for each in voices if each.is_silent]
    invited = [each.office.kind for each in voices]
    spoke_kinds = [office.kind for office in spoke]

    def names(offices: Sequence[AreaOffice], kind: str, nobody: str) -> str:
        return tell_offices(
            [each.short_name for each in offices if each.kind == kind], nobody
        )

    return {
        "invited": str(len(voices)),
        "invited_primary": str(invited.count(Kind.PRIMARY)),
        "invited_secondary": str(invited.count(Kind.SECONDARY)),
        "spoke": str(len(spoke)),
        "spoke_primary": str(spoke_kinds.count(Kind.PRIMARY)),
        "spoke_secondary": str(spoke_kinds.count(Kind.SECONDARY)),
        "silent": str(len(silent)),
        "spoke_names": tell_offices([each.short_name for each in spoke], "ไม่มี"),
        "silent_primary_names": names(silent, Kind.PRIMARY, "ไม่มี"),
        "silent_secondary_names": names(silent, Kind.SECONDARY, "ไม่มี"),
    }


def _session_rows(sessions: Sequence[HearingSession]) -> list[Row]:
    said = count_comments_by_session(sessions)
    rows = []
    for session in sessions:
        times = []
        for moment in (session.opens_at, session.closes_at):
            if moment is not None:
                times.append(be_datetime_short(moment))
        rows.append(
            {
                "name": str(session),
                "venue": session.venue or "–",
                "time": " ถึง ".join(times) or "ตามวันประชาพิจารณ์",
                "comments": str(said.get(session.pk, 0)),
            }
        )
    return in_order(rows)


def _outcome_rows(counted: Iterable[CountedVoices]) -> list[Row]:
    return [
        {
            "name": OUTCOME_OF_REPORT.get(each.name, CONSIDERING),
            "comments": str(each.comments),
        }
        for each in counted
    ]


def _counted(each: CountedVoices, name: str) -> Row:
    return {
        "name": name,
        "comments": str(each.comments),
        "offices": str(each.offices),
        "primary": str(each.primary),
        "secondary": str(each.secondary),
        "accepted": str(each.accepted),
        "refused": str(each.refused),
        "otherwise": str(each.otherwise),
        "open": str(each.open),
    }
