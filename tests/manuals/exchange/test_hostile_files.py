"""Files that are damaged, huge, foreign or tampered with: each is refused in Thai, and nothing is stored."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable
from typing import Any

import pytest

from manuals.content import content_from_json, content_sha
from manuals.exchange import reading
from manuals.exchange.json_values import is_kept_text
from manuals.exchange.reading import read_edition_file
from manuals.exchange.refusals import EditionFileRefused
from tests.manuals.exchange.conftest import PNG, seal, sign

pytestmark = pytest.mark.django_db
Change = Callable[[dict[str, Any]], object]


def clauses(value: dict[str, Any], kind: str = "text") -> list[dict[str, Any]]:
    return [
        entry
        for entry in value["entries"]
        if entry["content"] and entry["content"]["kind"] == kind
    ]


def sections(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [entry for entry in value["entries"] if entry["kind"] == "section"]


def reword(value: dict[str, Any], kind: str = "text", **content: object) -> None:
    """Other words, under the hash that they have."""
    entry = clauses(value, kind)[0]
    entry["content"] |= content
    entry["sha"] = content_sha(content_from_json(entry["content"]))


def replace_picture(value: dict[str, Any], raw: bytes) -> None:
    """By another one, under its own hash."""
    value["files"][0].update(
        base64=b64encode(raw).decode(), sha=hashlib.sha256(raw).hexdigest()
    )


# Known to somebody who makes the file's own hash right again
FORGED: dict[str, tuple[Change, str]] = {
    "words without their hash": (
        lambda v: clauses(v)[0]["content"].update(body="อื่น"),
        "ถ้อยคำใน",
    ),
    "words with their hash": (
        lambda v: reword(v, body="ถ้อยคำที่ปลอม"),
        "รหัสตรวจสอบของฉบับ",
    ),
    "a title": (lambda v: sections(v)[0].update(title="ชื่อปลอม"), "รหัสตรวจสอบของฉบับ"),
    "a clause left out": (lambda v: v["entries"].pop(), "รหัสตรวจสอบของฉบับ"),
    "two clauses exchanged": (
        lambda v: v["entries"].insert(-1, v["entries"].pop()),
        "รหัสตรวจสอบของฉบับ",
    ),
    "a picture": (lambda v: v["files"][0].update(base64="QUJD"), "ไฟล์ของภาพ"),
    "half a picture": (lambda v: replace_picture(v, PNG[: len(PNG) // 2]), "เปิดภาพ"),
    "a picture of no points": (
        lambda v: replace_picture(v, PNG[:8] + b"a picture" * 20),
        "เปิดภาพ",
    ),
    "no base64": (lambda v: v["files"][0].update(base64="ก"), "base64"),
    "a picture that is called a PDF": (
        lambda v: v["files"][0].update(media_type="application/pdf"),
        "media_type",
    ),
    "sealed tomorrow": (
        lambda v: v.update(sealed_at="2999-01-01T00:00:00+00:00"),
        "อนาคต",
    ),
    "sealed at no time": (lambda v: v.update(sealed_at="เมื่อวาน"), "sealed_at"),
    "another kind of edition": (lambda v: v.update(kind="secret"), "kind"),
    "a code for a path": (lambda v: v.update(code="../../etc"), "code"),
    "an unknown key": (lambda v: v.update(extra=1), "extra"),
    "a key too few": (lambda v: v.pop("manuals"), "manuals"),
    "entries that are no list": (lambda v: v.update(entries={}), "entries"),
    "an entry that is no object": (lambda v: v["entries"].append(None), "entries"),
    "no entries": (lambda v: v.update(entries=[]), "manuals"),
    "a later version": (lambda v: v.update(format_version=4), "รุ่น"),
    "the version of a lineage without one": (
        lambda v: v.update(format_version=2),
        "format_version",
    ),
    "another format": (lambda v: v.update(format="invoice"), "ไม่ใช่ไฟล์ของฉบับ"),
    "a manual twice": (lambda v: v["manuals"].append(v["manuals"][0]), "manuals"),
    "a group nobody described": (lambda v: v.update(groups=[]), "groups"),
    "an endless title": (lambda v: v.update(title="ก" * 201), "title"),
    "a title of blanks": (lambda v: v.update(title="  "), "title"),
    "a title of two lines": (lambda v: v.update(title="หนึ่ง\nสอง"), "title"),
}
# Known to somebody who makes the manifest's hash right as well: then the tree itself has to make sense
SEALED: dict[str, tuple[Change, str]] = {
    "a script in a body": (
        lambda v: reword(v, body="<script>alert(1)</script>"),
        "content",
    ),
    "an evil link": (
        lambda v: reword(v, body='<a href="javascript:alert(1)">ก</a>'),
        "content",
    ),
    "an unseen character": (
        lambda v: reword(v, "definition", data={"term": "หนัง\u200eสือ"}),
        "content",
    ),
    "a control character": (
        lambda v: reword(v, "definition", data={"term": "หนัง\x07สือ"}),
        "content",
    ),
    "a path for a hash": (
        lambda v: reword(v, "figure", data={"file": "../../etc/passwd"}),
        "content",
    ),
    "a uuid twice": (
        lambda v: clauses(v)[1].update(uuid=clauses(v)[0]["uuid"]),
        "uuid",
    ),
    "no uuid": (lambda v: clauses(v)[0].update(uuid="1"), "uuid"),
    "a parent that comes later": (
        lambda v: sections(v)[0].update(parent=sections(v)[1]["uuid"]),
        "parent",
    ),
    "a clause below no section": (
        lambda v: clauses(v)[0].update(parent=v["entries"][0]["uuid"]),
        "parent",
    ),
    "a clause below another": (
        lambda v: clauses(v)[1].update(parent=clauses(v)[0]["uuid"]),
        "เลขหรือลำดับ",
    ),
    "another number": (lambda v: clauses(v)[0].update(label="9.9"), "เลขหรือลำดับ"),
    "another path": (lambda v: clauses(v)[0].update(path="FIN/1/1"), "เลขหรือลำดับ"),
    "another way to number": (
        lambda v: clauses(v)[0].update(numbering="paren"),
        "เลขหรือลำดับ",
    ),
    "another depth": (lambda v: clauses(v)[0].update(data={"depth": 3}), "เลขหรือลำดับ"),
    "a part out of nine": (lambda v: clauses(v)[0].update(part=10), "part"),
    "a step out of part nine": (lambda v: clauses(v, "step")[0].update(part=5), "part"),
    "an unknown section": (
        lambda v: sections(v)[0]["data"].update(kind="poem"),
        "data",
    ),
    "a section with words": (
        lambda v: sections(v)[0].update(content=clauses(v)[0]["content"]),
        "content",
    ),
    "another applies_to": (
        lambda v: clauses(v)[0].update(applies_to="primary"),
        "applies_to",
    ),
    "a flag for a number": (lambda v: clauses(v)[0].update(part=True), "part"),
}


@pytest.mark.parametrize("name", FORGED)
def test_forged_file_is_refused_in_thai(foreign, name):
    change, says = FORGED[name]
    value = json.loads(foreign)
    change(value)
    with pytest.raises(EditionFileRefused, match=says) as refused:
        read_edition_file(sign(value))
    assert "โปรด" in refused.value.message_th


@pytest.mark.parametrize("name", SEALED)
def test_forged_and_sealed_file_is_refused_in_thai(foreign, name):
    change, says = SEALED[name]
    value = json.loads(foreign)
    change(value)
    with pytest.raises(EditionFileRefused, match=says) as refused:
        read_edition_file(seal(value))
    assert "โปรด" in refused.value.message_th


def test_a_letter_changed_anywhere_is_noticed(foreign):
    """Also where the manifest's hash does not reach: the file has a hash of its own."""
    for old, new in (
        (b"DIR/1", b"DIR/7"),
        ("กลุ่มอำนวยการ".encode(), "กลุ่มอำนวยกาน".encode()),
        (b"2526", b"2527"),
    ):
        assert old in foreign
        with pytest.raises(EditionFileRefused, match="เสียหายหรือถูกแก้ไข"):
            read_edition_file(foreign.replace(old, new, 1))


def test_how_the_lines_are_broken_does_not_matter(foreign):
    squeezed = json.dumps(json.loads(foreign), ensure_ascii=False).encode()
    assert read_edition_file(squeezed) == read_edition_file(foreign)


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "ว่าง"),
        (b"  \n", "ว่าง"),
        (b"%PDF-1.7", "อ่านไฟล์ JSON นี้ไม่ได้"),
        (b"PK\x03\x04", "อ่านไฟล์ JSON นี้ไม่ได้"),
        ("กขค".encode("tis-620"), "UTF-8"),
        (b"[]", "ไม่ใช่ไฟล์ของฉบับ"),
        (b"null", "ไม่ใช่ไฟล์ของฉบับ"),
        (b'{"format": "x"}', "ไม่ใช่ไฟล์ของฉบับ"),
        (b'{"a": NaN}', "อ่านไฟล์ JSON นี้ไม่ได้"),
        (b'{"a": 1, "a": 2}', "อ่านไฟล์ JSON นี้ไม่ได้"),
        (b"[" * 200_000, "อ่านไฟล์ JSON นี้ไม่ได้"),
        (b"1" * 10_000, "อ่านไฟล์ JSON นี้ไม่ได้"),
        (b'{"format": "hearing-portal-edition", "format_version": 1}', "ไม่มี"),
    ],
)
def test_what_is_no_edition_is_refused(raw, says):
    with pytest.raises(EditionFileRefused, match=says) as refused:
        read_edition_file(raw)
    assert "โปรด" in refused.value.message_th


def test_half_of_a_file_is_refused_as_what_it_is(foreign):
    """Wherever it ends: between two values, in a text, or within a letter."""
    in_letter = foreign.index("ก".encode()) + 1
    between = foreign.index(b",") + 1
    for end in (len(foreign) // 2, in_letter, in_letter + 2, between, len(foreign) - 2):
        with pytest.raises(EditionFileRefused, match="ไฟล์ขาดตอนท้าย"):
            read_edition_file(foreign[:end])


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        (
            "การ\u200bทดสอบ\u00a0ข้อ \uf0b7 เ\u200bเละ\u2028",
            True,
        ),  # as text-1 stored it: what was sealed reads back
        ("การ\u00adทดสอบ", False),
        ("เ\u2060เละ", False),
        ("เเละ\u200b", False),
    ],
)
def test_text_of_an_earlier_policy_is_what_was_stored(text, is_kept):
    assert is_kept_text(text) is is_kept


def test_half_a_character_is_refused(foreign):
    raw = foreign.replace(b'"title": "', b'"title": "\\ud800', 1)
    with pytest.raises(EditionFileRefused, match="โปรด"):
        read_edition_file(raw)


def test_a_huge_file_is_not_even_read(monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 10)
    with pytest.raises(EditionFileRefused, match="ใหญ่เกิน"):
        read_edition_file(b" " * 11)


def test_clauses_below_clauses_without_end_are_refused(foreign):
    value = json.loads(foreign)
    last = value["entries"][-1]
    for number in range(2_000):
        below = {
            **last,
            "uuid": f"11111111-1111-4111-8111-{number:012}",
            "parent": value["entries"][-1]["uuid"],
        }
        value["entries"].append(below)
    with pytest.raises(EditionFileRefused, match="โปรด"):
        read_edition_file(seal(value))
