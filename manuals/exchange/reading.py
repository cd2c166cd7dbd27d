"""Reading an edition's file. It may be damaged, huge, foreign or tampered with: every part is checked before anything
is stored, and what is wrong is told in Thai."""

import base64
import binascii
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.utils import timezone

from hearing_portal.directory.models import WorkGroup
from hearing_portal.jobs.media_types import recognise_media_type
from hearing_portal.jobs.pictures import MOST_POINTS, is_whole_picture
from hearing_portal.thai.text import TextRefused, sanitize_inline, without_kept_before

from ..content import AppliesTo, Content, ContentRefused, content_from_json, content_sha
from ..drafting.services.clause_files import DOCUMENTS, PICTURES
from ..editions.services.freezing import ManifestLine, manifest_sha, section_sha
from ..editions.services.lineage import LINEAGE_KEYS, clause_line_sha
from ..labels import label_clauses
from ..models import Clause, Edition, EditionEntry, Section
from ..models.edition import HAS_WORDS_OF, LEFT, SPLIT_FROM, SPLIT_REASON
from .edition_file import (
    EditionFile,
    FigureFile,
    FileEntry,
    FileGroup,
    FileManual,
    FileSource,
)
from .edition_json import (
    FORMAT,
    FORMAT_VERSION,
    GROUP_KEYS,
    SOURCE_KEYS,
    WITH_LINEAGE,
    WITH_REASONS,
    file_digest,
    find_format_version,
)
from .json_values import Values, are_kept_texts, is_sha, malformed, read_json
from .refusals import EditionFileRefused

MEGABYTE = 1024 * 1024
MAX_BYTES = (
    40 * MEGABYTE
)  # a book of ten groups is some five, its figures and forms come on top
MOST_ENTRIES = 100_000
MOST_ROWS = 2_000  # of manuals, groups, laws, files
LONGEST_SOURCE = 80  # the key of a law
LONGEST_LOCATOR = 200
FILE_KEYS = (
    "format",
    "format_version",
    "code",
    "kind",
    "title",
    "sealed_at",
    "policy_version",
    "basis",
    "manifest_sha",
    "manuals",
    "groups",
    "entries",
    "legal_sources",
    "files",
    "file_sha",
)
ENTRY_KEYS = (
    "kind",
    "uuid",
    "parent",
    "path",
    "label",
    "numbering",
    "title",
    "part",
    "applies_to",
    "data",
    "sha",
    "content",
)
# Asked for once: Django makes the list anew each time
ENTRY_KINDS = frozenset(EditionEntry.Kind.values)
NUMBERINGS = frozenset(Clause.Numbering.values)
OFFICES = frozenset(AppliesTo.values)
MANUAL = EditionEntry.Kind.MANUAL.value
SECTION = EditionEntry.Kind.SECTION.value
CLAUSE = EditionEntry.Kind.CLAUSE.value
TAMPERED = "โปรดขอไฟล์จากต้นทางใหม่ ระบบไม่นำเข้าฉบับที่ข้อความไม่ตรงกับต้นฉบับ"


def read_edition_file(raw: bytes) -> EditionFile:
    """The bytes of a JSON file as an edition. Raises EditionFileRefused."""
    if len(raw) > MAX_BYTES:
        raise EditionFileRefused(
            f"ไฟล์ใหญ่เกิน {MAX_BYTES // MEGABYTE} MB โปรดตรวจว่าเป็นไฟล์ JSON ของฉบับ"
        )
    if not raw.strip():
        raise EditionFileRefused("ไฟล์นี้ว่าง โปรดเลือกไฟล์ JSON ของฉบับ")
    value = read_json(raw)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise EditionFileRefused(
            "ไฟล์นี้ไม่ใช่ไฟล์ของฉบับ โปรดเลือกไฟล์ JSON ที่ส่งออกจากหน้า “พิมพ์เล่มและส่งออก” หรือคำสั่ง export_edition"
        )
    if value.get("format_version") not in (FORMAT_VERSION, WITH_LINEAGE, WITH_REASONS):
        raise EditionFileRefused(
            "ไฟล์นี้มาจากระบบรุ่นอื่นที่รุ่นนี้อ่านไม่ได้ โปรดปรับระบบให้เป็นรุ่นเดียวกับต้นทางก่อน"
        )
    file = Values(value, "ไฟล์", keys=FILE_KEYS)
    try:
        digest = file_digest(value)
    except (ValueError, RecursionError):  # half of a surrogate pair has no bytes
        raise malformed("มีอักขระที่ใช้ไม่ได้") from None
    if digest != file.sha("file_sha"):
        raise EditionFileRefused(
            f"ไฟล์เสียหายหรือถูกแก้ไขหลังส่งออก (รหัสของไฟล์ไม่ตรง) {TAMPERED}"
        )
    try:
        return _read_file(file)
    except RecursionError:
        raise malformed("ซ้อนกันลึกเกินไป") from None


def _read_file(file: Values) -> EditionFile:
    manuals = list(_read_manuals(file))
    entries = _EntryReader(manuals)
    read = EditionFile(
        code=file.key("code", longest=40),
        kind=file.choice("kind", Edition.Kind.values),
        title=file.text("title", longest=200),
        sealed_at=file.moment("sealed_at"),
        policy_version=file.text("policy_version", longest=40),
        basis=file.optional("basis", lambda name: file.key(name, longest=40)) or "",
        manifest_sha=file.sha("manifest_sha"),
        file_sha=file.sha("file_sha"),
        manuals=manuals,
        groups=list(_read_groups(file)),
        entries=list(entries.read(file)),
        sources=list(_read_sources(file)),
        files=list(_read_figure_files(file)),
    )
    if read.sealed_at > timezone.now():
        raise EditionFileRefused(
            "วันที่จัดทำฉบับในไฟล์อยู่ในอนาคต โปรดตรวจวันและเวลาของเครื่องต้นทางและเครื่องนี้"
        )
    _check_groups(read)
    _check_labels(read)
    _check_lineage(read)
    _check_reasons(read)
    if file.values["format_version"] != find_format_version(read.entries):
        raise malformed("format_version")
    if file_manifest_sha(read) != read.manifest_sha:
        raise EditionFileRefused(
            f"ข้อความในไฟล์ไม่ตรงกับรหัสตรวจสอบของฉบับ {read.code} ไฟล์อาจถูกแก้ไข {TAMPERED}"
        )
    return read


def file_manifest_sha(file: EditionFile) -> str:
    """The manifest's hash of what the file's entries say, as freezing works it out."""
    # Any numbers will do that tell the manuals and sections apart
    manual_ids = {
        manual.key: number for number, manual in enumerate(file.manuals, start=1)
    }
    section_ids: dict[UUID | None, int | None] = {None: None}
    for number, section in enumerate(file.of_kind(SECTION), start=1):
        section_ids[section.uuid] = number
    lines = []
    for entry in file.entries:
        line = ManifestLine(
            label=entry.label,
            kind=entry.kind,
            uuid=entry.uuid,
            sha=section_sha(entry.title, entry.data, entry.applies_to)
            if entry.sha is None
            else clause_line_sha(entry.sha, entry.data),
            manual_id=manual_ids[entry.manual],
            section_id=section_ids[entry.section],
        )
        lines.append(line)
    return manifest_sha(lines)


# --- what stands beside the entries


def _read_manuals(file: Values) -> Iterator[FileManual]:
    keys = set()
    uuids = set()
    for row in file.rows("manuals", most=MOST_ROWS, keys=("key", "uuid", "group")):
        manual = FileManual(
            key=row.key("key", longest=16),
            uuid=row.uuid("uuid"),
            group=row.key("group", longest=16)
            if row.values["group"] is not None
            else None,
        )
        if manual.key in keys or manual.uuid in uuids:
            raise row.refuse("ซ้ำ")
        keys.add(manual.key)
        uuids.add(manual.uuid)
        yield manual


def _read_groups(file: Values) -> Iterator[FileGroup]:
    for row in file.rows("groups", most=MOST_ROWS, keys=GROUP_KEYS):
        yield FileGroup(
            key=row.key("key", longest=16),
            name=row.text("name", longest=200),
            short_name=row.text("short_name", longest=60),
            kind=row.choice("kind", WorkGroup.Kind.values),
            order=row.number("order", lowest=0, highest=32_767),
            valid_from=row.day("valid_from"),
            valid_until=row.optional("valid_until", row.day),
        )


def _read_sources(file: Values) -> Iterator[FileSource]:
    seen = set()
    for row in file.rows("legal_sources", most=MOST_ROWS, keys=SOURCE_KEYS):
        source = FileSource(
            key=row.text("key", longest=80),
            full_title=row.text("full_title", longest=400),
            short_title=row.text("short_title", longest=120),
            year_be=row.number("year_be", lowest=0, highest=32_767),
            kind=row.text("kind", longest=40),
            in_force_from=row.optional("in_force_from", row.day),
        )
        if source.key in seen:
            raise row.refuse("ซ้ำ")
        seen.add(source.key)
        yield source


def _read_figure_files(file: Values) -> Iterator[FigureFile]:
    for row in file.rows(
        "files", most=MOST_ROWS, keys=("sha", "media_type", "name", "base64")
    ):
        sha = row.sha("sha")
        try:
            content = base64.b64decode(row.values["base64"], validate=True)
        except (binascii.Error, TypeError, ValueError):
            raise row.refuse("base64") from None
        if hashlib.sha256(content).hexdigest() != sha:
            raise EditionFileRefused(
                f"ไฟล์ของภาพหรือแบบฟอร์มในฉบับเสียหายหรือถูกเปลี่ยน {TAMPERED}"
            )
        media_type = row.choice("media_type", DOCUMENTS)
        # Told by its bytes: what the file says of itself decides how a browser opens it
        if recognise_media_type(io.BytesIO(content)) != media_type:
            raise row.refuse("media_type")
        name = row.text("name", longest=255)
        if media_type in PICTURES and not is_whole_picture(
            content, most_points=MOST_POINTS
        ):
            raise EditionFileRefused(
                f"เปิดภาพ “{name}” ในไฟล์ไม่ได้ ภาพเสียหาย มาไม่ครบ หรือใหญ่เกิน {MOST_POINTS // 1_000_000} ล้านจุด "
                "โปรดขอไฟล์จากต้นทางใหม่"
            )
        yield FigureFile(sha, media_type, name, content)


def _check_groups(file: EditionFile) -> None:
    """Each manual's group is described, each once."""
    keys = [group.key for group in file.groups]
    named = {manual.group for manual in file.manuals if manual.group is not None}
    if len(set(keys)) != len(keys) or set(keys) != named:
        raise malformed("groups ไม่ตรงกับ manuals")
    if len(named) != sum(manual.group is not None for manual in file.manuals):
        raise malformed("manuals ใช้กลุ่มงานซ้ำกัน")


# --- the entries


class _EntryReader:
    """Reads entries in their order: each hangs below one that stands before it."""

    def __init__(self, manuals: list[FileManual]) -> None:
        self.manuals = {manual.uuid: manual for manual in manuals}
        self.seen: dict[UUID, FileEntry] = {}

    def read(self, file: Values) -> Iterator[FileEntry]:
        for row in file.rows("entries", most=MOST_ENTRIES, keys=ENTRY_KEYS):
            entry = self._read_entry(row)
            if entry.uuid in self.seen:
                raise row.refuse("uuid ซ้ำ")
            self.seen[entry.uuid] = entry
            yield entry
        described = {entry.uuid for entry in self.seen.values() if entry.kind == MANUAL}
        if not self.seen or described != self.manuals.keys():
            raise malformed("manuals ไม่ตรงกับ entries")

    def _read_entry(self, row: Values) -> FileEntry:
        kind = row.choice("kind", ENTRY_KINDS)
        uuid = row.uuid("uuid")
        parent = self._find_parent(row, kind)
        if kind == MANUAL:
            if uuid not in self.manuals:
                raise row.refuse("uuid")
            manual = self.manuals[uuid].key
            section = None
        else:
            assert parent is not None
            manual = parent.manual
            section = uuid if kind == SECTION else parent.section
        sha = None
        content = None
        if kind == CLAUSE:
            sha = row.sha("sha")
            content = _read_content(row, sha)
        elif row.values["sha"] is not None or row.values["content"] is not None:
            raise row.refuse("content")
        applies_to = row.choice("applies_to", OFFICES)
        if content is not None and content.applies_to != applies_to:
            raise row.refuse("applies_to")
        return FileEntry(
            kind=kind,
            uuid=uuid,
            parent=parent.uuid if parent is not None else None,
            manual=manual,
            section=section,
            path=row.text("path", longest=400),
            label=row.text("label", longest=40, may_be_empty=True),
            numbering=row.choice("numbering", NUMBERINGS if kind == CLAUSE else ("",)),
            title=row.text(
                "title",
                longest=200 if kind == MANUAL else 300,
                may_be_empty=kind == CLAUSE,
            ),
            part=_read_part(row, kind, parent, content),
            applies_to=applies_to,
            data=_read_data(row, kind),
            sha=sha,
            content=content,
        )

    def _find_parent(self, row: Values, kind: str) -> FileEntry | None:
        """Manuals hang below nothing, sections below a manual or a section, clauses below a section or a clause."""
        uuid = row.optional("parent", row.uuid)
        if kind == MANUAL:
            if uuid is not None:
                raise row.refuse("parent")
            return None
        allowed = (MANUAL, SECTION) if kind == SECTION else (SECTION, CLAUSE)
        if uuid is None or uuid not in self.seen:
            raise row.refuse("parent")
        parent = self.seen[uuid]
        if parent.kind not in allowed:
            raise row.refuse("parent")
        return parent


def _read_part(
    row: Values, kind: str, parent: FileEntry | None, content: Content | None
) -> int:
    """Of clauses only; steps stand in part 9, and a clause in the part of the one it hangs below."""
    part = row.number("part", lowest=0, highest=9)
    if kind != CLAUSE and part:
        raise row.refuse("part")
    if content is not None and content.kind == "step" and part != 9:
        raise row.refuse("part")
    if parent is not None and parent.kind == CLAUSE and parent.part != part:
        raise row.refuse("part")
    return part


def _read_data(row: Values, kind: str) -> dict[str, Any]:
    """What a section says of itself; of a clause how deep it stands, which _check_labels compares; and of both where
    they came from, and of a manual what left it, which _check_lineage and _check_reasons do."""
    data = row.values["data"]
    if not isinstance(data, dict) or not are_kept_texts(data):
        raise row.refuse("data")
    if kind == SECTION:
        is_known = (
            data.get("kind") in Section.Kind.values
            and data.get("origin") in Section.Origin.values
        )
        if not is_known:
            raise row.refuse("data")
        own = [value for name, value in data.items() if name not in LINEAGE_KEYS]
        if not all(isinstance(value, str) for value in own):
            raise row.refuse("data")
    return data


def _read_content(row: Values, sha: str) -> Content:
    """In its one form: what content_from_json would make another thing of is not what was frozen."""
    value = row.values["content"]
    if not isinstance(value, dict):
        raise row.refuse("content")
    try:
        content = content_from_json(value)
        is_unchanged = content.as_json() == value and content_sha(content) == sha
        if not is_unchanged:
            raise EditionFileRefused(
                f"ถ้อยคำใน{row.where} ไม่ตรงกับรหัสของถ้อยคำ ไฟล์อาจถูกแก้ไข {TAMPERED}"
            )
        body = without_kept_before(content.body)
        is_kept = sanitize_inline(body) == body and are_kept_texts(value["data"])
    except (ContentRefused, TextRefused, TypeError, UnicodeEncodeError):
        raise row.refuse("content") from None
    file = getattr(content, "file", "")
    source = getattr(content, "source", "")
    locator = getattr(content, "locator", "")
    if not is_kept or len(source) > LONGEST_SOURCE or len(locator) > LONGEST_LOCATOR:
        raise row.refuse("content")
    if file and not is_sha(file):
        raise row.refuse("content")
    return content


# --- the numbers


@dataclass(frozen=True, slots=True)
class _Node:
    """A clause of the file as labels.py wants it; its rank is its place in the file."""

    key: object
    parent_key: object | None
    part: int
    rank: str
    numbering: str
    kind: str
    entry: FileEntry


class _Place(NamedTuple):
    """Where an entry stands; `data` of a clause says how deep, or is empty."""

    uuid: UUID
    label: str
    path: str
    data: dict[str, Any]


def _check_labels(file: EditionFile) -> None:
    """Numbers, paths and order are those the portal itself would give the tree: the manifest's hash does not know how
    the entries hang together."""
    numbering = _Numbering(file)
    for entry, expected in zip(file.entries, numbering.number_all(), strict=True):
        given = _Place(
            entry.uuid,
            entry.label,
            entry.path,
            _depth_of(entry),
        )
        if given != expected:
            raise EditionFileRefused(
                f"เลขหรือลำดับของ {entry.path} ไม่ตรงกับโครงสร้างของฉบับ ไฟล์อาจถูกแก้ไข {TAMPERED}"
            )


def _depth_of(entry: FileEntry) -> dict[str, Any]:
    """A clause's data without where its words came from."""
    if entry.kind != CLAUSE:
        return {}
    return {key: entry.data[key] for key in entry.data if key not in LINEAGE_KEYS}


def _check_lineage(file: EditionFile) -> None:
    """Where words came from, in its one form: from another clause or section of the file, from some that it has not,
    and of a section from one that it has not, either."""
    of_kind = {
        kind: {str(uuid) for uuid in file.uuids_of(kind)} for kind in (CLAUSE, SECTION)
    }
    nodes = {str(entry.uuid) for entry in file.entries}
    for entry in [*file.of_kind(SECTION), *file.of_kind(CLAUSE)]:
        if SPLIT_FROM in entry.data:
            source = entry.data[SPLIT_FROM]
            is_there = isinstance(source, str) and source in of_kind[entry.kind]
            has_left = (
                entry.kind == SECTION and _is_uuid(source) and source not in nodes
            )
            if not (is_there or has_left) or source == str(entry.uuid):
                raise malformed(f"{entry.path} {SPLIT_FROM}")
        if HAS_WORDS_OF in entry.data:
            held = entry.data[HAS_WORDS_OF]
            is_list = isinstance(held, list) and held
            if not is_list or not all(_is_uuid(uuid) for uuid in held):
                raise malformed(f"{entry.path} {HAS_WORDS_OF}")
            if held != sorted(set(held)) or not nodes.isdisjoint(held):
                raise malformed(f"{entry.path} {HAS_WORDS_OF}")


def _check_reasons(file: EditionFile) -> None:
    """Why sections were split off, and why processes left that the file has not."""
    nodes = {str(entry.uuid) for entry in file.entries}
    for entry in file.entries:
        if SPLIT_REASON in entry.data:
            is_split_off = entry.kind == SECTION and SPLIT_FROM in entry.data
            if not is_split_off or not _is_reason(entry.data[SPLIT_REASON]):
                raise malformed(f"{entry.path} {SPLIT_REASON}")
        if entry.kind == MANUAL and entry.data:
            left = entry.data.get(LEFT)
            if entry.data.keys() != {LEFT} or not isinstance(left, dict) or not left:
                raise malformed(f"{entry.path} data")
            for uuid, reasons in left.items():
                is_list = isinstance(reasons, list) and reasons
                if not is_list or not all(map(_is_reason, reasons)):
                    raise malformed(f"{entry.path} {LEFT}")
                if not _is_uuid(uuid) or uuid in nodes:
                    raise malformed(f"{entry.path} {LEFT}")


def _is_reason(value: object) -> bool:
    """The text policy is looked at with all other texts."""
    return isinstance(value, str) and bool(value.strip())


def _is_uuid(value: object) -> bool:
    """In its one spelling."""
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False


class _Numbering:
    """The entries of a file as the portal itself would number them, in its order."""

    def __init__(self, file: EditionFile) -> None:
        self.below: dict[UUID | None, list[FileEntry]] = {}
        for entry in file.entries:
            self.below.setdefault(entry.parent, []).append(entry)

    def number_all(self) -> Iterator[_Place]:
        for manual in self.below.get(None, []):
            yield _Place(manual.uuid, "", manual.manual, {})
            yield from self._number_sections(manual, "")

    def _number_sections(
        self, parent: FileEntry, parent_label: str
    ) -> Iterator[_Place]:
        ordinal = 0
        for section in self.below.get(parent.uuid, []):
            if section.kind != SECTION:
                continue
            ordinal += 1
            label = f"{parent_label}.{ordinal}".lstrip(".")
            path = f"{section.manual}/{label}"
            yield _Place(section.uuid, label, path, {})
            for labelled in label_clauses(self._clauses_of(section)):
                uuid = labelled.node.entry.uuid
                data = {"depth": labelled.depth} if labelled.depth else {}
                yield _Place(uuid, labelled.label, f"{path}/{labelled.cite}", data)
            yield from self._number_sections(section, label)

    def _clauses_of(self, section: FileEntry) -> list[_Node]:
        """All clauses of a section, in any order."""
        nodes = []
        waiting = [section]
        while waiting:
            above = waiting.pop()
            for place, entry in enumerate(self.below.get(above.uuid, [])):
                if entry.kind != CLAUSE:
                    continue
                node = _Node(
                    key=entry.uuid,
                    parent_key=above.uuid if above.kind == CLAUSE else None,
                    part=entry.part,
                    rank=f"{place:06}",
                    numbering=entry.numbering,
                    kind=entry.clause_content.kind,
                    entry=entry,
                )
                nodes.append(node)
                waiting.append(entry)
        return nodes
