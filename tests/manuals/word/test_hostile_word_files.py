"""Word files made to do harm: each is refused in Thai within ten seconds and 300 MB, and nothing outside is asked."""

import io
import random
import socket
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from manuals.importing.formats import read_source
from manuals.importing.reading_process import MEMORY, TOO_MUCH
from manuals.source import SourceDocument, SourceNotRead
from manuals.word import package, pictures, reading
from tests.manuals.word.docx_factory import Paragraph, make_docx, saved, with_parts

PLAIN = make_docx([Paragraph("ตรวจ")])
MAIN = "word/document.xml"
DOCUMENT = (
    f'<?xml version="1.0"?><w:document {nsdecls("w")}><w:body>%s</w:body></w:document>'
)


def with_body(body: str) -> bytes:
    return with_parts(PLAIN, **{MAIN: (DOCUMENT % body).encode()})


def bomb() -> bytes:
    return with_parts(PLAIN, **{"word/media/image1.bmp": b"\x00" * 100_000_000})


def bomb_in_xml() -> bytes:
    return with_body(f"<w:p><w:r><w:t>{'ก' * 30_000_000}</w:t></w:r></w:p>")


def entities() -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    xml = (DOCUMENT % "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>").replace(
        "?>", f"?>{declared}", 1
    )
    return with_parts(PLAIN, **{MAIN: xml.encode()})


def entities_in_utf_16() -> bytes:
    declared = '<!DOCTYPE x [<!ENTITY a "bbbbbbbbbb">]>'
    xml = (DOCUMENT % "").replace("?>", f' encoding="UTF-16"?>{declared}', 1)
    return with_parts(PLAIN, **{MAIN: xml.encode("utf-16")})


def climbing() -> bytes:
    return with_parts(PLAIN, **{"../../etc/cron.d/x": b"x"})


def macros() -> bytes:
    return with_parts(PLAIN, **{"word/vbaProject.bin": b"x"})


def encrypted() -> bytes:
    return package.OLE + b"\x00" * 5000


def truncated() -> bytes:
    return PLAIN[: len(PLAIN) // 2]


def many_paragraphs() -> bytes:
    return with_body("<w:p/>" * 200_000)


def many_tables() -> bytes:
    opened = "<w:tbl><w:tr><w:tc>" * 1000
    return with_body(opened + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 1000)


def nothing_of_word() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.zip", PLAIN)
    return made.getvalue()


def many_parts() -> bytes:
    return with_parts(PLAIN, **{f"word/media/{n}.png": b"x" for n in range(4000)})


HOSTILE: list[tuple[Callable[[], bytes], str]] = [
    (bomb, package.TOO_LARGE),
    (bomb_in_xml, package.TOO_LARGE),
    (many_parts, package.TOO_LARGE),
    (entities, package.DECLARATIONS),
    (entities_in_utf_16, package.DECLARATIONS),
    (climbing, package.STRANGE_NAMES),
    (macros, package.MACROS),
    (encrypted, package.OLD_WORD),
    (truncated, package.BROKEN),
    (many_paragraphs, reading.TOO_LONG),
    (many_tables, package.TOO_DEEP),
    (nothing_of_word, package.NOT_WORD),
]


@pytest.mark.parametrize(
    ("make", "told"), HOSTILE, ids=lambda each: getattr(each, "__name__", "")
)
def test_hostile_file_is_refused_with_what_to_do(
    make: Callable[[], bytes], told: str
) -> None:
    raw = make()
    with pytest.raises(SourceNotRead) as caught:
        read_source("แบบ.docx", raw)
    assert caught.value.message_th == told


def test_what_would_take_more_memory_than_it_may_ends_alone() -> None:
    """Five million empty paragraphs are 35 MB in the file and a gigabyte when they are read."""
    raw = with_parts(
        with_body("<w:p/>" * 5_000_000),
        **{"word/media/noise.png": random.Random(1).randbytes(1_000_000)},
    )
    with pytest.raises(SourceNotRead) as caught:
        read_source("แบบ.docx", raw)
    assert caught.value.message_th in (TOO_MUCH, package.TOO_LARGE)
    assert MEMORY == 300 * 1024 * 1024


def test_old_word_file_is_told_how_to_be_saved() -> None:
    with pytest.raises(SourceNotRead) as caught:
        read_source("เก่า.doc", encrypted())
    assert caught.value.message_th == package.OLD_WORD


def png_of(width: int, height: int) -> bytes:
    """A picture that says it is as large; nobody has to unpack it to read the words beside it."""
    from PIL import Image

    made = io.BytesIO()
    Image.new("1", (10, 10)).save(made, "PNG")
    raw = made.getvalue()
    return raw[:16] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + raw[24:]


def test_huge_picture_is_not_unpacked() -> None:
    document = docx.Document()
    document.add_paragraph("ตรวจ")
    document.add_picture(io.BytesIO(png_of(10, 10)))
    raw = saved(document)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        [name] = [each for each in archive.namelist() if each.startswith("word/media/")]
    read = read_source("ภาพ.docx", with_parts(raw, **{name: png_of(30_000, 30_000)}))
    assert [line.text for line in read.lines] == ["ตรวจ"]
    assert read.pictures == {}
    assert read.doubts == [f"ย่อหน้าที่ 2: มีภาพ {pictures.TOO_LARGE}"]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """A server on the loopback, and who called it."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                calls.append(caller)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], calls
        stop.set()
        thread.join()


def _add_fetching_fields(document: Any, address: str) -> None:
    """Of which Word asks for a picture and a text: one in several runs, one in an attribute."""
    name = nsdecls("w")
    runs = ['<w:fldChar w:fldCharType="begin"/>']
    for piece in (" INCLUDE", "PICTURE ", f'"{address}" \\d'):
        runs.append(f"<w:instrText>{piece}</w:instrText>")
    runs.append('<w:fldChar w:fldCharType="separate"/>')
    runs += ["<w:t>ภาพเดิม</w:t>", '<w:fldChar w:fldCharType="end"/>']
    cut = "".join(f"<w:r>{run}</w:r>" for run in runs)
    simple = f"<w:fldSimple w:instr=\"INCLUDETEXT '{address}'\"><w:r><w:t>เดิม</w:t></w:r></w:fldSimple>"
    for words in (cut, simple):
        last = document.element.body[-1]
        last.addprevious(parse_xml(f"<w:p {name}>{words}</w:p>"))


def test_templates_and_links_elsewhere_are_never_asked(listener) -> None:
    port, calls = listener
    document = docx.Document()
    document.add_paragraph("ตรวจ")
    kinds = (
        "attachedTemplate",
        "image",
        "hyperlink",
        "subDocument",
        "oleObject",
        "frame",
        "styles",
        "numbering",
    )
    for kind in kinds:
        name = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        document.part.relate_to(
            f"http://127.0.0.1:{port}/{kind}", name, is_external=True
        )
    _add_fetching_fields(document, f"http://127.0.0.1:{port}/field.png")
    read: SourceDocument = read_source("ลิงก์.docx", saved(document))
    assert [line.text for line in read.lines] == ["ตรวจ", "ภาพเดิม", "เดิม"]
    assert calls == []
    # The listener would have heard it
    socket.create_connection(("127.0.0.1", port)).close()
    while not calls:
        time.sleep(0.01)
