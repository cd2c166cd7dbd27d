"""Filling an office's own form: looked at first, then filled by a process that can do no harm."""

import base64
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Sequence

from django.conf import settings

from hearing_portal.jobs.media_types import DOCX, recognise_media_type
from hearing_portal.zip_files import BROKEN_ZIP

from .form_filler import REFUSED
from .refusals import FormRefused
from .values.plain import Values

LARGEST_FORM = 5 << 20  # bytes
LARGEST_UNPACKED = 40 << 20
SECONDS = 120  # for one paper; more of them take longer
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_TYPE = re.compile(rb"""\bType\s*=\s*["']([^"']*)["']""")
_EXTERNAL = re.compile(rb"""\bTargetMode\s*=\s*["']External["']""", re.IGNORECASE)
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# Fields by which Word fetches or runs something when the file is opened
_FETCHING = re.compile(
    rb"\b(?:INCLUDETEXT|INCLUDEPICTURE|DDEAUTO|DDE|LINK|IMPORT|DATABASE)\b"
)
_INSTRUCTION = re.compile(rb"<w:instrText[^<>]*>([^<]*)<|w:instr\s*=\s*[\"']([^\"']*)")
NOT_WORD = "ไฟล์นี้ไม่ใช่ไฟล์ Word (.docx) หรือมีมาโคร โปรดเลือกไฟล์ .docx"
TOO_LARGE = "แบบมีขนาดใหญ่เกินไป ใช้ได้ไม่เกิน 5 MB"
FETCHES = "แบบนี้อ้างไฟล์หรือเว็บภายนอก หรือมีวัตถุฝังอยู่ โปรดนำออกก่อน"
TOLD = {
    "forbidden": "แบบนี้มีคำสั่งที่ไม่อนุญาต ใช้ได้เฉพาะช่องข้อมูลที่แสดงในหน้านี้",
    "growing": (
        "แบบนี้มีการยกกำลัง การทำข้อความซ้ำ หรือคำสั่งจัดรูปแบบข้อความ ซึ่งทำให้เอกสารใหญ่เกินกำหนด "
        "โปรดนำคำสั่งนั้นออก แล้วใส่เฉพาะช่องข้อมูลที่แสดงในหน้านี้"
    ),
    "nested": (
        "แบบนี้มีคำสั่งวนซ้ำซ้อนกัน ซึ่งใช้เวลาจัดทำนานเกินกำหนด โปรดวนซ้ำรายการเดียวในแต่ละครั้ง "
        "หากต้องการแยกตามกลุ่ม โปรดใช้ groupby แล้ววนซ้ำรายการของแต่ละกลุ่ม"
    ),
    "unknown": "แบบนี้มีช่องข้อมูลที่ระบบไม่มี โปรดตรวจชื่อช่อง: {detail}",
    "syntax": "รูปแบบของช่องข้อมูลในแบบไม่ถูกต้อง: {detail}",
    "too-large": "แบบนี้ทำให้เอกสารใหญ่เกินกำหนด โปรดตรวจคำสั่งวนซ้ำในแบบ",
    "broken": "เปิดแบบไม่ได้ ไฟล์เสียหาย โปรดเปิดด้วย Word แล้วบันทึกใหม่",
}
_TAG = re.compile(rb"<[^<>]*>")
TOO_LONG = "แบบนี้ใช้เวลาจัดทำนานเกินกำหนด โปรดตรวจคำสั่งวนซ้ำในแบบ"


def check_form(raw: bytes) -> None:
    """By what it is made of, without filling it. Raises FormRefused."""
    if len(raw) > LARGEST_FORM:
        raise FormRefused(TOO_LARGE)
    if recognise_media_type(io.BytesIO(raw)) != DOCX:
        raise FormRefused(NOT_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise FormRefused(TOO_LARGE)
            for part in archive.infolist():
                _check_part(part.filename.lower(), archive.read(part))
    except BROKEN_ZIP as error:
        raise FormRefused(TOLD["broken"]) from error


def _check_part(name: str, content: bytes) -> None:
    if "/embeddings/" in name or "/activex/" in name or "/afchunk" in name:
        raise FormRefused(FETCHES)
    if not name.endswith((".xml", ".rels")):
        return
    if _DECLARED.search(content):
        raise FormRefused(TOLD["broken"])
    if name.endswith(".rels"):
        for relation in _RELATION.findall(content):
            kind = _TYPE.search(relation)
            leads = kind is not None and kind[1].endswith(b"/hyperlink")
            if _EXTERNAL.search(relation) and not leads:
                raise FormRefused(FETCHES)
    for found in _INSTRUCTION.findall(content):
        if any(_FETCHING.search(each.upper()) for each in found):
            raise FormRefused(FETCHES)


def has_fields(raw: bytes) -> bool:
    """Whether anything of it is filled in: without, every paper would be the same. Of what check_form let pass."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for part in archive.namelist():
            if part.startswith("word/") and part.endswith(".xml"):
                # Word cuts the marks of a field into pieces as it likes
                words = _TAG.sub(b"", archive.read(part))
                if b"{{" in words or b"{%" in words:
                    return True
    return False


def fill_form(raw: bytes, papers: Sequence[Values]) -> list[bytes]:
    """A file for each of the papers. Raises FormRefused with what is wrong, for who gave the form."""
    asked = {"form": base64.b64encode(raw).decode(), "papers": list(papers)}
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "comments.papers.form_filler"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PYTHONPATH": str(settings.BASE_DIR), "LANG": "C.UTF-8"},
            timeout=SECONDS + 2 * len(papers),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FormRefused(TOO_LONG) from error
    if done.returncode == REFUSED:
        told = json.loads(done.stderr.splitlines()[-1])
        raise FormRefused(TOLD[told["kind"]].format(detail=told["detail"]))
    if done.returncode:
        raise FormRefused(TOO_LONG)  # killed by its limits
    files = []
    rest = io.BytesIO(done.stdout)
    while length := rest.read(8):
        files.append(rest.read(int.from_bytes(length, "big")))
    return files
