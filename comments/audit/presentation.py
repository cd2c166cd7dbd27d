"""The audit log: who did what, when and why, over every table that records an act, in one list by time.

Each source is one SELECT with the same columns; the database narrows each, takes the newest of each by its index on
time, and merges them. So a page costs the same few queries however many rows there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection
from django.db.models import Manager, Model
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from hearing_portal.directory.models import RoleAssignment, User, WorkGroup
from manuals.models import Edition, EditionRelease, SectionVersion

from ..models import Comment, Disposition, HearingSession
from .queries import KINDS, AuditFilter

PAGE = 50


@dataclass(frozen=True, slots=True)
class Cursor:
    """The place of a row in the list: by time, then source, then the source's own number."""

    at: datetime
    source: int
    number: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.source}~{self.number}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """None for anything that is no cursor."""
        at, _, rest = text.partition("~")
        source, _, number = rest.partition("~")
        if not (source.isdecimal() and number.isdecimal() and len(source) < 3 and len(number) < 18):
            return None
        try:
            moment = parse_datetime(at)
        except ValueError:
            return None
        return cls(moment, int(source), int(number)) if moment and moment.tzinfo else None


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One act. `code` says which (ACTS), `detail` is its closed-list value, `note` free words from the row."""

    source: int
    number: int
    at: datetime
    code: str
    detail: str
    note: str
    reason: str
    thing: str
    key: str
    label: str
    manual: str
    by: User | None = None
    group: WorkGroup | None = None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.at, self.source, self.number)

    @property
    def kind(self) -> str:
        return KINDS[SOURCES[self.source].kind]

    @property
    def words(self) -> str:
        """What was done, without what it was done to: ตัดสินผล “ไม่รับ”."""
        return ACTS[self.code].format(detail=_DETAILS.get(self.code, {}).get(self.detail, self.detail), note=self.note)

    @property
    def thing_words(self) -> str:
        """What it was done to: ความเห็นที่ 88."""
        detail = HearingSession.Kind(self.detail).label if self.code in _OF_SESSIONS else ""
        return _THINGS[self.thing].format(label=self.label, detail=detail).strip()

    @property
    def is_book_text(self) -> bool:
        """Whether what it was done to is called by words of the book, in the reader's digits."""
        return self.thing in ("section", "edition")

    @property
    def url(self) -> str:
        """Its page, or nothing for what has none."""
        match self.thing:
            case "comment":
                return reverse("comment", args=[self.key])
            case "person":
                return reverse("person", args=[self.key])
            case "office":
                return reverse("office", args=[self.key])
            case "session":
                return reverse("session-edit", args=[self.key])
            case "edition":
                return reverse("release-gate", args=[self.key])
            case "section":
                return reverse("draft", args=[self.manual, self.key])
            case "hearing":
                return reverse("hearing-desk")
        return ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Up to PAGE acts, newest first; `older` is the cursor the next page begins after."""

    entries: list[AuditEntry] = field(default_factory=list)
    older: Cursor | None = None


def audit_page(wanted: AuditFilter, before: Cursor | None = None) -> AuditPage:
    """The newest acts that fit, or the newest before the cursor. Three queries at most."""
    sources = [number for number, source in SOURCES.items() if wanted.kind in ("", source.kind)]
    conditions, parameters = _conditions(wanted, before)
    newest = f"{conditions} ORDER BY at DESC, number DESC LIMIT {PAGE + 1}"
    branches = [f"(SELECT * FROM ({SOURCES[source].select(source)}) act {newest})" for source in sources]
    merged = f"SELECT * FROM ({' UNION ALL '.join(branches)}) log"
    sql = f"{merged} ORDER BY at DESC, source DESC, number DESC LIMIT {PAGE + 1}"
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters * len(sources))
        rows = cursor.fetchall()
    entries = _entries(rows[:PAGE])
    return AuditPage(entries, entries[-1].cursor if len(rows) > PAGE else None)


def _conditions(wanted: AuditFilter, before: Cursor | None) -> tuple[str, list[object]]:
    rules: list[str] = []
    parameters: list[object] = []
    for rule, values in (
        ("by_id = %s", [wanted.by.pk] if wanted.by else None),
        ("group_id = %s", [wanted.group.pk] if wanted.group else None),
        ("at >= %s", [wanted.since] if wanted.since else None),
        ("at < %s", [wanted.until] if wanted.until else None),
        ("thing = %s AND key = %s", list(wanted.thing) if wanted.thing else None),
        # The first half is what the index on time can use
        ("at <= %s AND (at, source, number) < (%s, %s, %s)", _after(before) if before else None),
    ):
        if values is not None:
            rules.append(rule)
            parameters += values
    return ("WHERE " + " AND ".join(rules) if rules else ""), parameters


def _after(before: Cursor) -> list[object]:
    return [before.at, before.at, before.source, before.number]


def _entries(rows: Sequence[tuple]) -> list[AuditEntry]:
    people = _by_pk(User.objects, {row[3] for row in rows})
    groups = _by_pk(WorkGroup.objects, {row[4] for row in rows})
    return [
        AuditEntry(source, number, at, *rest, by=people.get(by), group=groups.get(group))
        for source, number, at, by, group, *rest in rows
    ]


def _by_pk[Row: Model](rows: Manager[Row], pks: set[int | None]) -> dict[int, Row]:
    return rows.in_bulk(pks - {None})


# -- the sources -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Source:
    """One table of acts: its kind, and the SQL of the columns every source has, in the order of _COLUMNS."""

    kind: str
    columns: dict[str, str]
    tables: str

    def select(self, number: int) -> str:
        given = {name: self.columns.get(name, default) for name, default in _COLUMNS.items()}
        listed = ", ".join(f"{sql} AS {name}" for name, sql in given.items())
        return f"SELECT {number} AS source, {listed} FROM {self.tables}"


_COLUMNS = {
    "number": "h.history_id::bigint",
    "at": "h.history_date",
    "by_id": "h.history_user_id",
    "group_id": "NULL::bigint",
    "code": "''",
    "detail": "''",
    "note": "''",
    "reason": "coalesce(h.history_change_reason, '')",
    "thing": "''",
    "key": "''",
    "label": "''",
    "manual": "''",
}


def _earlier(table: str, columns: str) -> str:
    """The row before in the same history, as `before`."""
    return f"""LEFT JOIN LATERAL (SELECT {columns} FROM {table} p WHERE p.id = h.id AND p.history_id < h.history_id
        ORDER BY p.history_id DESC LIMIT 1) before ON TRUE"""


_PLACE_OF_COMMENT = """JOIN manuals_editionentry e ON e.id = c.entry_id JOIN manuals_manual m ON m.id = e.manual_id"""
_ABOUT_COMMENT = {"thing": "'comment'", "key": "c.uuid::text", "label": "c.id::text"}
_WRITTEN = Source(
    "comment",
    {
        "by_id": "coalesce(h.history_user_id, CASE h.history_type WHEN '+' THEN h.recorded_by_id END)",
        "group_id": "m.work_group_id",
        "code": """CASE WHEN h.history_type = '+' THEN 'comment-written'
            WHEN (h.text, h.type) IS DISTINCT FROM (before.text, before.type) THEN 'comment-reworded'
            WHEN before.triaged_at IS NULL AND h.triaged_at IS NOT NULL THEN 'comment-triaged'
            ELSE 'comment-changed' END""",
        "detail": "h.type",
        "thing": "'comment'",
        "key": "h.uuid::text",
        "label": "h.id::text",
    },
    f"""comments_historicalcomment h JOIN manuals_editionentry e ON e.id = h.entry_id
        JOIN manuals_manual m ON m.id = e.manual_id
        {_earlier("comments_historicalcomment", "p.text, p.type, p.triaged_at")}""",
)
_PROPOSED = Source(
    "comment",
    {
        "group_id": "m.work_group_id",
        "code": """CASE WHEN h.history_type = '+' THEN 'amendment-proposed'
            WHEN before.enacted_blob_id IS NULL AND h.enacted_blob_id IS NOT NULL THEN 'amendment-adopted'
            ELSE 'amendment-changed' END""",
        **_ABOUT_COMMENT,
    },
    f"""comments_historicalamendment h JOIN comments_comment c ON c.id = h.comment_id {_PLACE_OF_COMMENT}
        {_earlier("comments_historicalamendment", "p.enacted_blob_id")}""",
)
_DRAFTED = Source(
    "comment",
    {
        "group_id": "m.work_group_id",
        "code": "CASE WHEN h.history_type = '+' THEN 'amendment-proposed' ELSE 'amendment-changed' END",
        "thing": "'section'",
        "key": "s.uuid::text",
        "label": "s.title",
        "manual": "m.key",
    },
    """comments_historicalamendment h LEFT JOIN manuals_clause cl ON cl.id = h.clause_id
        JOIN manuals_section s ON s.id = coalesce(h.section_id, cl.section_id)
        JOIN manuals_manual m ON m.id = s.manual_id WHERE h.comment_id IS NULL""",
)
_DECIDED = Source(
    "decision",
    {
        "by_id": "coalesce(h.history_user_id, CASE h.history_type WHEN '+' THEN h.decided_by_id END)",
        "group_id": "c.work_group_id",
        "code": """CASE WHEN h.history_type = '+' THEN 'decided'
            WHEN before.confirmed_by_id IS NULL AND h.confirmed_by_id IS NOT NULL THEN 'confirmed'
            WHEN before.publication_id IS NULL AND h.publication_id IS NOT NULL THEN 'answer-published'
            ELSE 'decision-changed' END""",
        "detail": "h.outcome",
        "reason": "CASE WHEN h.history_type = '+' THEN h.reason ELSE coalesce(h.history_change_reason, '') END",
        **_ABOUT_COMMENT,
    },
    f"""comments_historicaldisposition h JOIN LATERAL (SELECT c.uuid, c.id, m.work_group_id FROM comments_answer a
        JOIN comments_comment c ON c.id = a.comment_id {_PLACE_OF_COMMENT}
        WHERE a.disposition_id = h.id ORDER BY a.id LIMIT 1) c ON TRUE
        {_earlier("comments_historicaldisposition", "p.confirmed_by_id, p.publication_id")}""",
)
_MODERATED = Source(
    "moderation",
    {
        "number": "h.id",
        "at": "h.at",
        "by_id": "h.by_id",
        "group_id": "m.work_group_id",
        "code": "'moderated'",
        "detail": "h.visibility",
        "reason": "h.reason",
        **_ABOUT_COMMENT,
    },
    # The first row of a comment came with it and is nobody's act
    f"""comments_moderation h JOIN comments_comment c ON c.id = h.comment_id {_PLACE_OF_COMMENT}
        WHERE h.id > (SELECT min(p.id) FROM comments_moderation p WHERE p.comment_id = h.comment_id)""",
)
_RECLASSED = Source(
    "moderation",
    {
        "number": "h.id",
        "at": "h.at",
        "by_id": "h.by_id",
        "group_id": "m.work_group_id",
        "code": "'reclassed'",
        "detail": "coalesce(h.issue_class, 'none')",
        "reason": "h.reason",
        **_ABOUT_COMMENT,
    },
    f"comments_reclassing h JOIN comments_comment c ON c.id = h.comment_id {_PLACE_OF_COMMENT}",
)
_PUBLISHED = Source(
    "publication",
    {
        "number": "h.id",
        "at": "h.at",
        "by_id": "h.by_id",
        "group_id": "h.work_group_id",
        "code": "'answers-published'",
        "reason": "''",
        "thing": "'group'",
        "key": "coalesce(g.key, 'BOOK')",
        "label": "coalesce(g.name, 'คำนำของเล่ม')",
    },
    "comments_answerpublication h LEFT JOIN directory_workgroup g ON g.id = h.work_group_id",
)
_REWRITTEN = Source(
    "text",
    {
        "number": "v.id",
        "at": "h.date_created",
        "by_id": "h.user_id",
        "group_id": "m.work_group_id",
        "code": "'text-changed'",
        "detail": "v.action",
        "note": "v.number::text",
        "reason": "v.reason",
        "thing": "'section'",
        "key": "s.uuid::text",
        "label": "s.title",
        "manual": "m.key",
    },
    """manuals_sectionversion v JOIN reversion_revision h ON h.id = v.revision_id
        JOIN manuals_section s ON s.id = v.section_id JOIN manuals_manual m ON m.id = s.manual_id""",
)
_FROZEN = Source(
    "edition",
    {
        "number": "h.id",
        "at": "h.sealed_at",
        "by_id": "h.made_by_id",
        "code": "'edition-frozen'",
        "detail": "h.kind",
        "reason": "''",
        "thing": "'edition'",
        "key": "h.code",
        "label": "h.title",
    },
    "manuals_edition h WHERE h.sealed_at IS NOT NULL",
)
_RELEASED = Source(
    "edition",
    {
        "code": "CASE WHEN h.history_type = '+' THEN 'edition-released' ELSE 'release-changed' END",
        "detail": "h.audience",
        "thing": "'edition'",
        "key": "e.code",
        "label": "e.title",
    },
    "manuals_historicaleditionrelease h JOIN manuals_edition e ON e.id = h.edition_id",
)
_ANNOUNCED = Source(
    "session",
    {
        "code": "CASE WHEN h.history_type = '+' THEN 'hearing-made' ELSE 'hearing-changed' END",
        "thing": "'hearing'",
        "key": "h.key",
        "label": "h.title",
    },
    "comments_historicalhearing h",
)
_SET_UP = Source(
    "session",
    {
        "group_id": "h.work_group_id",
        "code": "CASE WHEN h.history_type = '+' THEN 'session-made' ELSE 'session-changed' END",
        "detail": "h.kind",
        "thing": "'session'",
        "key": "h.id::text",
        "label": "coalesce(g.name, '')",
    },
    "comments_historicalhearingsession h LEFT JOIN directory_workgroup g ON g.id = h.work_group_id",
)
_RUN = Source(
    "session",
    {
        "number": "h.id",
        "at": "h.at",
        "by_id": "h.by_id",
        "group_id": "s.work_group_id",
        "code": "'session-' || h.state",
        "detail": "s.kind",
        "reason": "h.reason",
        "thing": "'session'",
        "key": "s.id::text",
        "label": "coalesce(g.name, '')",
    },
    """comments_sessionstate h JOIN comments_hearingsession s ON s.id = h.session_id
        LEFT JOIN directory_workgroup g ON g.id = s.work_group_id""",
)
_ROLES = Source(
    "people",
    {
        "group_id": "h.work_group_id",
        "code": "CASE h.history_type WHEN '+' THEN 'role-granted' WHEN '~' THEN 'role-ended' ELSE 'role-removed' END",
        "detail": "h.role",
        "note": "concat_ws(' ', o.short_name, g.name)",
        "thing": "'person'",
        "key": "u.id::text",
        "label": "u.username",
    },
    """directory_historicalroleassignment h JOIN directory_user u ON u.id = h.user_id
        LEFT JOIN directory_areaoffice o ON o.id = h.office_id
        LEFT JOIN directory_workgroup g ON g.id = h.work_group_id""",
)
_ACCOUNTS = Source(
    "people",
    {
        "number": "h.id::bigint",
        "at": "h.action_time",
        "by_id": "h.user_id",
        "code": "'account'",
        # What the back door writes there is JSON; our own services write plain words
        "note": """CASE WHEN h.change_message LIKE '[%%' OR h.change_message = '' THEN 'แก้ไขทางหลังบ้าน'
            ELSE h.change_message END""",
        "reason": "''",
        "thing": "CASE t.model WHEN 'user' THEN 'person' WHEN 'areaoffice' THEN 'office' ELSE 'other' END",
        "key": "coalesce(o.key, h.object_id, '')",
        "label": "h.object_repr",
    },
    """django_admin_log h JOIN django_content_type t ON t.id = h.content_type_id
        LEFT JOIN directory_areaoffice o ON t.model = 'areaoffice' AND o.id::text = h.object_id""",
)
# Part of the cursor: numbers are given once
SOURCES: dict[int, Source] = {
    1: _WRITTEN,
    2: _PROPOSED,
    3: _DRAFTED,
    4: _DECIDED,
    5: _MODERATED,
    6: _RECLASSED,
    7: _PUBLISHED,
    8: _REWRITTEN,
    9: _FROZEN,
    10: _RELEASED,
    11: _ANNOUNCED,
    12: _SET_UP,
    13: _RUN,
    14: _ROLES,
    15: _ACCOUNTS,
}
# -- the words ---------------------------------------------------------------------------------------------

ACTS = {
    "comment-written": "แสดงความเห็น {detail}",
    "comment-reworded": "แก้ไข",
    "comment-triaged": "รับไว้พิจารณา",
    "comment-changed": "ปรับข้อมูล",
    "amendment-proposed": "เสนอถ้อยคำ",
    "amendment-adopted": "รับถ้อยคำที่เสนอ",
    "amendment-changed": "ปรับถ้อยคำที่เสนอ",
    "decided": "ตัดสินผล “{detail}”",
    "confirmed": "ยืนยันผล “{detail}”",
    "answer-published": "เผยแพร่ผล “{detail}”",
    "decision-changed": "แก้ผล “{detail}”",
    "moderated": "{detail}",
    "reclassed": "เปลี่ยนประเด็นเป็น “{detail}”",
    "answers-published": "เผยแพร่ผลการพิจารณา",
    "text-changed": "{detail} เป็นรุ่นที่ {note}",
    "edition-frozen": "ตรึง{detail}",
    "edition-released": "ออกให้{detail}",
    "release-changed": "แก้การออกฉบับ",
    "hearing-made": "ตั้งการประชาพิจารณ์",
    "hearing-changed": "แก้ข้อมูลการประชาพิจารณ์",
    "session-made": "ตั้งเวที",
    "session-changed": "แก้ข้อมูลเวที",
    "session-opened": "เปิดรับความเห็น",
    "session-paused": "พักเวที",
    "session-closed": "ปิดเวที",
    "role-granted": "ให้บทบาท{detail} {note}",
    "role-ended": "แก้วันสิ้นสุดบทบาท{detail} {note}",
    "role-removed": "ลบบทบาท{detail} {note}",
    "account": "{note}",
}
_OUTCOMES = dict(Disposition.Outcome.choices)
_ROLE_WORDS = dict(RoleAssignment.Role.choices)
_DETAILS: dict[str, dict[str, str]] = {
    "comment-written": dict(Comment.Type.choices),
    "decided": _OUTCOMES,
    "confirmed": _OUTCOMES,
    "answer-published": _OUTCOMES,
    "decision-changed": _OUTCOMES,
    "moderated": {"shown": "แสดง", "hidden": "ซ่อน", "held": "พักไว้ตรวจก่อนแสดง"},
    "reclassed": {**dict(Comment.IssueClass.choices), "none": "ไม่ระบุ"},
    "text-changed": dict(SectionVersion.Action.choices),
    "edition-frozen": dict(Edition.Kind.choices),
    "edition-released": dict(EditionRelease.Audience.choices),
    "role-granted": _ROLE_WORDS,
    "role-ended": _ROLE_WORDS,
    "role-removed": _ROLE_WORDS,
}
_OF_SESSIONS = {"session-made", "session-changed", "session-opened", "session-paused", "session-closed"}
_THINGS = {
    "comment": "ความเห็นที่ {label}",
    "section": "{label}",
    "group": "{label}",
    "edition": "{label}",
    "hearing": "{label}",
    "session": "เวที{detail} {label}",
    "person": "{label}",
    "office": "{label}",
    "other": "{label}",
}
