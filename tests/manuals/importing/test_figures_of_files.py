"""Pictures inside a Word file: figures of the manual, each told to who cannot see it."""

import hashlib
import io
from pathlib import Path

import docx
import pytest
from PIL import Image

from hearing_portal.jobs.files import read_stored_file
from hearing_portal.jobs.models import StoredFile
from manuals.content import Figure, plain_text
from manuals.importing.jobs import receive_reading
from manuals.importing.process_text import read_document
from manuals.importing.uploaded_files import read_uploaded
from manuals.models import Clause, ImportedProcess
from manuals.source import SourceDocument, SourceLine
from tests import factories
from tests.manuals.importing.test_previews import act_on, taken, url_of
from tests.markup import markup


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("L", (30, 20), 128).save(made, "PNG")
    return made.getvalue()


SHA = hashlib.sha256(picture()).hexdigest()


def manual_with_picture() -> bytes:
    """The process of the tests, with a picture behind 5.2 of which nothing is said."""
    document = docx.Document()
    for line in factories.PROCESS_TEXT.splitlines():
        document.add_paragraph(line)
        if line.startswith("5.2 "):
            document.add_picture(io.BytesIO(picture()))
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def figure(alt: str, bookmark: str = "") -> SourceLine:
    return SourceLine(
        alt,
        f"ภาพ {alt}",
        kind="figure",
        picture=SHA,
        bookmark=bookmark,
        is_paragraph=True,
    )


def test_picture_stands_where_its_part_takes_figures() -> None:
    lines = [figure("ตราครุฑ")]
    for text in factories.PROCESS_TEXT.splitlines():
        lines.append(SourceLine(text, f"บรรทัด {len(lines)}", is_paragraph=True))
        if text.startswith(("5.2 ", "6. ", "9. ")):
            lines.append(figure(f"หลัง {text[:3].strip()}"))
    draft = read_document(SourceDocument(lines, pictures={SHA: "word/media/1.png"}))
    figures = [
        (clause.part, plain_text(clause.content))
        for clause in draft.clauses
        if isinstance(clause.content, Figure)
    ]
    assert figures == [(5, "หลัง 5.2"), (6, "หลัง 6."), (6, "หลัง 9.")]
    assert any("ส่วนที่ 9 ซึ่งมีแต่ตาราง" in doubt.message for doubt in draft.doubts)
    assert "ตราครุฑ" in [left.words for left in draft.left_out]
    assert draft.pictures == {SHA: "word/media/1.png"}
    # A box of the chart that no row says in these words
    assert [each.words for each in draft.coverage.missing] == ["ส่งกลุ่มที่รับผิดชอบ"]


@pytest.mark.django_db(transaction=True)
def test_picture_is_taken_in_once_somebody_said_what_it_shows(
    sign_in, drafter, dir_group, settings, tmp_path: Path
) -> None:
    settings.VAR_DIR = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    manual = factories.make_manual(dir_group)
    read = read_uploaded([("รับหนังสือ.docx", manual_with_picture())])
    receive_reading(manual, read, ["รับหนังสือ.docx"], by=drafter)
    preview = ImportedProcess.objects.get()
    [row] = [row for row in preview.rows if row["content"]["kind"] == "figure"]
    client = sign_in(drafter)

    address = f"{url_of(preview)}pictures/{SHA}/"
    assert f'src="{address}"' in markup(client.get(url_of(preview)))
    assert client.get(address).content == picture()
    assert client.get(f"{url_of(preview)}pictures/{'0' * 64}/").status_code == 404
    seen = {"act": "accept", "accepted": row["uuid"], "version": 1}
    refused = client.post(url_of(preview), seen)
    assert "ภาพต้องมีคำอธิบายแทนภาพ" in refused.content.decode()
    untold = act_on(client, preview, row, "reword", **{"words-0": "ภาพที่ 1"})
    assert untold.status_code == 422
    assert not StoredFile.objects.filter(sha=SHA).exists()
    names = untold.context["forms"]["reword"].names
    [alt] = [name for name, field in names.items() if field == "alt"]
    act_on(client, preview, row, "reword", **{alt: "ตัวอย่างตราประทับรับหนังสือ"})

    assert taken(client, preview).state == "done"
    clause = Clause.objects.get(kind="figure")
    assert clause.content == Figure(file=SHA, alt="ตัวอย่างตราประทับรับหนังสือ")
    assert read_stored_file(StoredFile.objects.get(sha=SHA)) == picture()
