"""Go or no-go: each figure beside its limit, and what to do where it is not kept.

The limits are those of a hall of 2,450 people; times hold for 95 of 100, where nothing else is said.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .queries import StoredDay

SEEN_WITHIN = 5.0  # seconds until other telephones are told of a comment
PAGE_WITHIN = 1.0
FOLLOWED_WITHIN, FOLLOWED_BY_ALMOST_ALL = 1.0, 2.0
CURRENT_WITHIN = 2.0  # after a cut
IN_WITHIN = 5.0  # at the door
LAST_CALL_WITHIN = 30.0  # for the last one
REPLACED_WITHIN = 15.0
FULL = 0.85  # of all processors' time
MUCH_BY_OTHERS = 0.15
REPORT = "แจ้งวิศวกรพร้อมไฟล์ผล (--json) และข้อความที่ระบบแสดง อย่าเริ่มประชาพิจารณ์ก่อนทราบสาเหตุ"


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """`value` and `limit` as they are shown; `advice` is for who finds it not kept."""

    key: str
    label: str
    value: str
    limit: str
    is_kept: bool
    advice: str

    def describe(self) -> dict[str, object]:
        told: dict[str, object] = {
            "key": self.key,
            "label": self.label,
            "value": self.value,
            "limit": self.limit,
            "kept": self.is_kept,
        }
        if not self.is_kept:
            told["advice"] = self.advice
        return told


def judge(played: dict[str, Any], stored: StoredDay) -> list[JudgedFigure]:
    return [
        *_judge_losses(played, stored),
        *_judge_times(played),
        *_judge_faults(played),
    ]


def _judge_losses(played: dict[str, Any], stored: StoredDay) -> Iterator[JudgedFigure]:
    found = stored.acknowledged - stored.missing
    yield JudgedFigure(
        "stored_once",
        "ความคิดเห็นที่ระบบตอบรับแล้ว",
        f"เก็บแล้ว {found:,} จาก {stored.acknowledged:,} เรื่อง ซ้ำ {stored.doubled:,}",
        "ครบและไม่ซ้ำ",
        stored.missing == stored.doubled == 0 < stored.acknowledged,
        REPORT,
    )
    waiting = len(played["posts"]) - stored.acknowledged
    yield JudgedFigure(
        "all_acknowledged",
        "ความคิดเห็นที่ส่งแล้วแต่ระบบไม่ตอบรับ",
        f"{waiting:,} เรื่อง (ระบบปฏิเสธ {played['refused']:,})",
        "0 เรื่อง",
        waiting == 0,
        more_power(played),
    )
    lost = played["lost"] + stored.untold
    yield JudgedFigure(
        "events_lost",
        "เหตุการณ์ในเวทีที่เครื่องไม่ได้รับ",
        f"{lost:,} ครั้ง",
        "0 ครั้ง",
        lost == 0,
        REPORT,
    )
    asked, raised = played["hands"]["asked"], played["hands"]["raised"]
    yield JudgedFigure(
        "hands",
        "คำตอบของเขตเมื่อยกมือ",
        f"นับแล้ว {stored.hands:,} จาก {raised:,} คำตอบ ใน {asked:,} ห้อง",
        "ครบ",
        stored.hands == raised > 0 and asked == len(played["rooms"]),
        REPORT if stored.hands != raised else more_power(played),
    )
    held = played["streams"]["most"]
    yield JudgedFigure(
        "streams",
        "เครื่องที่ติดตามเวทีสดพร้อมกัน",
        f"{held:,} เครื่อง (เมื่อจบยังติดตามไม่ได้ {played['behind']:,})",
        f"{played['people']:,} เครื่อง",
        held >= played["people"] and played["behind"] == 0,
        more_power(played),
    )
    yield JudgedFigure(
        "pages_lost",
        "หน้าที่เปิดไม่ได้แม้เปิดซ้ำ",
        f"{played['pages_lost']:,} หน้า (เปิดซ้ำ {played['pages_opened_again']:,})",
        "0 หน้า",
        played["pages_lost"] == 0,
        more_power(played),
    )


def _judge_times(played: dict[str, Any]) -> Iterator[JudgedFigure]:
    advice = more_power(played)
    yield _within(
        "seen", "เครื่องอื่นทราบว่ามีความคิดเห็นใหม่", played["seen"], SEEN_WITHIN, advice
    )
    yield _within("pages", "เปิดหน้า", played["pages"], PAGE_WITHIN, advice)
    followed = played["followed"]
    label = "ทุกเครื่องตามข้อที่ผู้ดำเนินเวทีเปลี่ยน"
    yield _within("followed", label, followed, FOLLOWED_WITHIN, advice)
    yield _within(
        "followed_by_almost_all",
        f"{label} (99 ใน 100)",
        followed,
        FOLLOWED_BY_ALMOST_ALL,
        advice,
        share="p99",
    )
    doors = played["doors"]
    within = _within("doors", "เข้าสู่ระบบที่ประตู 17 คนต่อวินาที", doors, IN_WITHIN, advice)
    pace = "-" if doors["a_second"] is None else f"{doors['a_second']:.1f}"
    yield JudgedFigure(
        within.key,
        within.label,
        f"{within.value} ({doors['number']:,} คน {pace} คนต่อวินาที เข้าไม่ได้ {played['doors_shut']:,})",
        within.limit,
        within.is_kept and played["doors_shut"] == 0,
        within.advice,
    )
    yield _within(
        "last_call",
        "ช่วงส่งสุดท้าย ระบบตอบรับครบทุกเรื่อง",
        played["last_call"],
        LAST_CALL_WITHIN,
        advice,
        share="most",
    )


def _judge_faults(played: dict[str, Any]) -> Iterator[JudgedFigure]:
    yield _within(
        "catching_up",
        f"กลับมาเป็นปัจจุบันหลังเครือข่ายขาด ({played['cut']:,} เครื่อง)",
        played["catching_up"],
        CURRENT_WITHIN,
        more_power(played),
    )
    after = played["replaced_after"]
    yield JudgedFigure(
        "replaced",
        "โพรเซสที่ถูกปิดกะทันหัน ระบบเริ่มใหม่เอง",
        "ยังไม่เริ่มใหม่" if after is None else f"{after:.1f} วินาที",
        f"{REPLACED_WITHIN:.0f} วินาที",
        after is not None and after <= REPLACED_WITHIN,
        more_power(played),
    )


def _within(
    key: str,
    label: str,
    spread: dict[str, Any],
    limit: float,
    advice: str,
    *,
    share: str = "p95",
) -> JudgedFigure:
    """Nothing measured is not kept either."""
    value = spread[share]
    return JudgedFigure(
        key,
        label,
        "ไม่มีข้อมูล" if value is None else f"{value:.2f} วินาที",
        f"{limit:.0f} วินาที",
        value is not None and value <= limit,
        advice,
    )


def more_power(played: dict[str, Any]) -> str:
    """What makes it quicker, as the machine's own figures tell."""
    machine = played["machine"]
    shares = machine["shares"]
    if shares["others"] >= MUCH_BY_OTHERS:
        return (
            f"โปรแกรมอื่นบนเครื่องนี้ใช้หน่วยประมวลผล {shares['others']:.0%} "
            "โปรดปิดโปรแกรมเหล่านั้นแล้วซ้อมใหม่"
        )
    processes = played["web_processes"]
    if sum(shares.values()) < FULL or processes < machine["processors"]:
        return (
            f"เพิ่มโพรเซสหน้าเว็บ: ตั้ง PORTAL_WEB_PROCESSES={processes + 2} "
            f"(ขณะนี้ {processes}) แล้วซ้อมใหม่"
        )
    return (
        "เครื่องทำงานเต็มกำลังแล้ว ใช้เครื่องที่มีหน่วยประมวลผลมากขึ้น "
        "หรือแยกฐานข้อมูลและโพรเซสหน้าเว็บไว้หลายเครื่อง (deploy/) แล้วซ้อมใหม่"
    )
