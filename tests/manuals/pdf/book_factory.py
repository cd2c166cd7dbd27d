"""Books for the printer's tests, from the process texts of the fixtures."""

import uuid as uuids
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from manuals.content import Text
from manuals.entries import EntryView
from manuals.importing.process_text import read_process
from manuals.labels import label_clauses
from manuals.pdf.book_source import BookSource, ManualSource, UnitSource

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "manuals"


def make_entries(path: str, edition: str = "2565") -> list[EntryView]:
    """The section and clauses of a fixture such as "DIR/01-receive-letters", with ids that stay the same."""
    draft = read_process(
        (FIXTURES / edition / f"{path}.txt").read_text(encoding="utf-8")
    )
    ids = {
        clause.uuid: uuids.uuid5(uuids.NAMESPACE_URL, f"{path}#{i}")
        for i, clause in enumerate(draft.clauses)
    }
    nodes = [
        SimpleNamespace(
            key=clause.uuid, parent_key=clause.parent, part=clause.part, rank=f"{i:05}",
            numbering=clause.numbering, kind=clause.content.kind, content=_steady(clause.content, ids),
        )
        for i, clause in enumerate(draft.clauses)
    ]  # fmt: skip
    section = EntryView(
        uuid=uuids.uuid5(uuids.NAMESPACE_URL, path), kind="section", title=draft.title, section_kind="process",
        data={"doc_code": draft.headers.get("doc_code", ""), "indicator": draft.headers.get("indicator", ""),
              "origin": "revised"},
    )  # fmt: skip
    clauses = [
        EntryView(
            uuid=ids[each.node.key], kind="clause", part=each.node.part, label=each.label, cite=each.cite,
            depth=each.depth, numbering=each.node.numbering, content=each.node.content,
        )
        for each in label_clauses(nodes)
    ]  # fmt: skip
    return [section, *clauses]


def _steady(content, ids):
    if content.kind != "step":
        return content
    known = {str(old): str(new) for old, new in ids.items()}
    return replace(
        content, next=[{**branch, "to": known[branch["to"]]} for branch in content.next]
    )


def steady(name: str) -> uuids.UUID:
    return uuids.uuid5(uuids.NAMESPACE_URL, name)


def make_clause(body: str, **values) -> EntryView:
    return EntryView(
        **{"uuid": uuids.uuid4(), "kind": "clause", "content": Text(body=body)} | values
    )


def make_section(title: str, **data) -> EntryView:
    return EntryView(
        uuid=uuids.uuid4(),
        kind="section",
        title=title,
        section_kind="process",
        data=data,
    )


MISSION = (
    "ทำให้สำนักงานเขตพื้นที่การศึกษาดำเนินงานได้ราบรื่นทุกวัน เป็นจุดรับและส่งเรื่องที่ถูกต้อง รวดเร็ว โปร่งใส"
)
FOREWORD = "คู่มือฉบับเดิมใช้มาตั้งแต่ พ.ศ. 2553 การปรับปรุงครั้งนี้ทบทวนทุกกระบวนงาน รวมทั้งน้ำ คำ กำ และกฎหมายอื่น ๆ"


def make_book(**values) -> BookSource:
    """Two groups: letters and cars of the directors' group, money loans of finance. Ids stay the same."""
    letters, car = (
        make_entries("DIR/01-receive-letters"),
        make_entries("DIR/15-official-car"),
    )
    loan = make_entries("FIN/03-loan")
    duties = [{"clause": "(ก)", "text": "ปฏิบัติงานสารบรรณของสำนักงานเขตพื้นที่การศึกษา"}]
    manuals = [
        ManualSource(
            1, "DIR", "กลุ่มอำนวยการ", [make_clause(MISSION, uuid=steady("m1"))],
            [UnitSource("งานสารบรรณ", [letters]), UnitSource("งานอาคารสถานที่และยานพาหนะ", [car])], duties,
        ),
        ManualSource(
            4, "FIN", "กลุ่มบริหารงานการเงินและสินทรัพย์", [make_clause(MISSION, uuid=steady("m4"))],
            [UnitSource("กลุ่มงานบริหารการเงิน", [loan])], duties,
        ),
    ]  # fmt: skip
    source = BookSource(
        title="คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา", year_line="ปรับปรุง พ.ศ. 2565",
        edition_code="OPM-2565-D2", edition_title="ร่างครั้งที่ 2", draft=True, draft_date=date(2022, 9, 20),
        verify_code="7F3K-91QD", verify_url="https://portal.example.go.th/verify/7F3K-91QD", manuals=manuals,
        foreword_entries=[make_clause(FOREWORD, uuid=steady("foreword"))],
    )  # fmt: skip
    return replace(source, **values)
