"""An edition of another portal, as its file: made with all kinds of clauses and taken back, so that nothing of it is
here."""

from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from PIL import Image

from hearing_portal.jobs.files import store_file
from manuals.content import Definition, Figure, Form, Note, Reference, Table, Text
from manuals.editions.services.freezing import ManifestLine, manifest_sha, section_sha
from manuals.exchange.edition_json import dump_edition, file_digest, write_json
from manuals.models import Edition
from tests import factories


def _draw() -> bytes:
    raw = BytesIO()
    Image.new("RGB", (20, 10), "navy").save(raw, "PNG")
    return raw.getvalue()


PNG = _draw()


def make_rich_edition(code: str = "2565-D1") -> Edition:
    """A process with its nine parts and, beside, one clause of each kind with marks, links and references."""
    group = factories.make_group("DIR")
    source = factories.make_legal_source()
    process = factories.make_process(factories.make_manual(group))
    first = factories.clause_at(process, "5.1")
    picture = store_file(PNG, media_type="image/png", name="แผนผัง.png")
    chapter = factories.make_section(
        process.manual, 'ภาคผนวก ก <ตัวอย่าง> & "อื่น ๆ"', kind="annex"
    )
    table = Table(
        columns=[{"id": "a", "title": "ลำดับ"}, {"id": "b", "title": "ชื่อ & <เรื่อง>"}],
        rows=[
            {"id": "r1", "cells": {"a": "1", "b": "บรรทัดแรก\nบรรทัดสอง"}},
            {"id": "r2", "cells": {"b": "สาม"}},
        ],
        body="ตารางแนบ",
    )
    body = (
        f'ตามข้อ <span data-ref="{first.uuid}"></span> ให้ <strong>แจ้ง<em>ทันที</em></strong> '
        '<a href="https://www.obec.go.th/?ก=ข&amp;ค=ง">เว็บไซต์</a> 1 &lt; 2 &amp; น้ำ<sub>๒</sub>\nบรรทัดใหม่'
    )
    contents = [
        Text(body=body),
        Definition(term="หนังสือ", body="เอกสารราชการ"),
        Figure(file=picture.sha, alt='ผัง "หนึ่ง"\nสองบรรทัด', caption="ภาพที่ 1"),
        Form(name="แบบที่ 13", code="สบ-13", file=picture.sha, body="ใช้ทุกครั้ง"),
        Reference(
            source=source.key,
            locator="ข้อ 35",
            as_cited="ระเบียบงานสารบรรณ ข้อ 35",
            body="ฉบับล่าสุด",
        ),
        Note(body="หมายเหตุท้ายเรื่อง"),
        table,
    ]
    for content in contents:
        factories.make_clause(
            chapter,
            content,
            part=0,
            numbering="none" if content.kind == "note" else "decimal",
        )
    bullets = factories.make_clause(chapter, "ข้อที่มีหัวข้อย่อย", part=0)
    for words in ("หนึ่ง", "สอง"):
        factories.make_clause(
            chapter, words, part=0, parent=bullets, numbering="bullet"
        )
    return factories.make_edition(code)


_made: list[bytes] = []


@pytest.fixture
def foreign(db) -> bytes:
    """The file of an edition that this portal knows nothing of; made once, for only its bytes are left."""
    if not _made:
        with transaction.atomic():
            _made.append(dump_edition(make_rich_edition()))
            transaction.set_rollback(True)
    return _made[0]


def seal(value: dict[str, Any]) -> bytes:
    """The file with the hashes that these values have, as another portal would have sealed it, or somebody forged it
    who knows how the hashes are made."""
    manuals: dict[str, int] = {}
    sections: dict[str | None, int | None] = {None: None}
    places: dict[str, tuple[int, int | None]] = {}
    lines = []
    for entry in value["entries"]:
        manual, section = places.get(entry["parent"], (0, None))
        if entry["kind"] == "manual":
            manual = manuals.setdefault(entry["uuid"], len(manuals) + 1)
        elif entry["kind"] == "section":
            section = sections.setdefault(entry["uuid"], len(sections))
        places[entry["uuid"]] = manual, section
        sha = entry["sha"] or section_sha(
            entry["title"], entry["data"], entry["applies_to"]
        )
        lines.append(
            ManifestLine(
                entry["label"], entry["kind"], entry["uuid"], sha, manual, section
            )
        )
    value = {**value, "manifest_sha": manifest_sha(lines)}
    return sign(value)


def sign(value: dict[str, Any]) -> bytes:
    """The file with its own hash right."""
    return write_json({**value, "file_sha": file_digest(value)})
