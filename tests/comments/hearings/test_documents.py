"""Documents of a hearing: what is taken, who opens it, and that it never runs in the portal's pages."""

import io
import zipfile
from urllib.parse import unquote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from PIL import Image

from comments.hearings.services.documents import add_document, remove_document
from comments.limits import DOCUMENT_MEGABYTES
from comments.models import HearingDocument
from hearing_portal.acts.models import Act
from hearing_portal.jobs.files_folder import FOLDER_MARK
from hearing_portal.jobs.media_types import recognise_media_type
from tests import factories
from tests.markup import markup

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
PNG = factories.make_picture()


def make_jpeg() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (2, 2)).save(drawn, "JPEG")
    return drawn.getvalue()


JPEG = make_jpeg()


def office_file(*parts: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "<x/>")
    return packed.getvalue()


DOCX = office_file("word/document.xml")
XLSX = office_file("xl/workbook.xml")


def document(
    hearing, *, by, title: str = "กำหนดการประชุม", raw: bytes = PDF
) -> HearingDocument:
    return add_document(
        hearing, title=title, file=io.BytesIO(raw), size=len(raw), by=by
    )


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


def send(
    client, hearing, raw: bytes, name: str = "file.pdf", title: str = "กำหนดการประชุม"
):
    upload = SimpleUploadedFile(name, raw, content_type="text/html")
    return client.post(
        reverse("hearing-documents", args=[hearing.key]),
        {"title": title, "file": upload},
    )


# -- what is taken


@pytest.mark.parametrize(
    ("raw", "label"),
    [(PDF, "PDF"), (PNG, "PNG"), (JPEG, "JPEG"), (DOCX, "DOCX"), (XLSX, "XLSX")],
)
def test_type_follows_from_the_content_whatever_the_name_says(
    desk, hearing, admin, raw, label
):
    response = send(desk, hearing, raw, name="page.html")

    assert response.status_code == 303
    made = HearingDocument.objects.get()
    assert (made.hearing, made.title, made.kind_label, made.size, made.added_by) == (
        hearing,
        "กำหนดการประชุม",
        label,
        len(raw),
        admin,
    )
    assert made.file.path.read_bytes() == raw
    assert (
        Act.objects.filter(code="document-added", subject_key=hearing.key).count() == 1
    )


@pytest.mark.parametrize(
    "raw",
    [
        b"<html><script>alert(1)</script></html>",
        b"MZ\x90\x00",
        b"PK\x03\x04 broken",
        office_file("xl/workbook.xml", "xl/vbaProject.bin"),
        office_file("content.xml"),
        b"GIF89a",
    ],
)
def test_other_content_is_refused_with_what_to_do(desk, hearing, raw):
    response = send(desk, hearing, raw, title="รายงาน")

    page = response.content.decode()
    assert response.status_code == 422
    assert "โปรดบันทึกเอกสารเป็น PDF" in page
    assert 'value="รายงาน"' in page
    assert not HearingDocument.objects.exists()


def test_empty_and_missing_files_and_titles_are_told(desk, hearing):
    assert (
        "ไฟล์นี้ว่าง ไม่มีเนื้อหา โปรดเลือกไฟล์ PDF" in send(desk, hearing, b"").content.decode()
    )
    response = desk.post(
        reverse("hearing-documents", args=[hearing.key]), {"title": " "}
    )
    page = response.content.decode()
    assert ("โปรดเลือกไฟล์" in page, "โปรดกรอกชื่อเอกสาร" in page) == (True, True)


def test_large_file_is_refused_and_leaves_nothing(desk, hearing, files_dir):
    response = send(desk, hearing, PDF + b"0" * (DOCUMENT_MEGABYTES * 1024 * 1024))

    assert response.status_code == 422
    assert "ไฟล์ใหญ่เกิน 20 MB" in response.content.decode()
    assert [path.name for path in files_dir.iterdir()] == [FOLDER_MARK]


def test_recognising_leaves_the_file_at_its_beginning():
    for raw in (PDF, DOCX, b"nothing"):
        file = io.BytesIO(raw)
        recognise_media_type(file)
        assert file.tell() == 0


# -- who opens it


def test_who_reads_the_edition_opens_the_document_as_a_download(
    sign_in, session, hearing, admin, delegate
):
    made = document(hearing, by=admin, title="แผนที่ห้อง/ชั้น 2")
    response = sign_in(delegate).get(
        reverse("hearing-document", args=[hearing.key, made.pk])
    )

    assert response.status_code == 200
    assert b"".join(response) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "แผนที่ห้อง" in unquote(response["Content-Disposition"])


def test_document_is_opened_from_the_announcement_on(
    client, sign_in, hearing, admin, delegate
):
    """No session stands yet."""
    made = document(hearing, by=admin)
    url = reverse("hearing-document", args=[hearing.key, made.pk])
    page = reverse("hearing", args=[hearing.key])

    assert sign_in(delegate).get(url).status_code == 200
    assert made.title in sign_in(delegate).get(page).content.decode()
    assert client.get(url)["Location"].startswith("/sign-in/")
    assert "โปรดเข้าสู่ระบบก่อน" in client.get(page).content.decode()

    hearing.public = True
    hearing.save(update_fields=["public"])
    assert client.get(url).status_code == 200
    assert made.title in client.get(page).content.decode()


def test_who_may_not_read_the_edition_does_not_learn_of_the_document(
    client, sign_in, session, hearing, admin
):
    made = document(hearing, by=admin)
    url = reverse("hearing-document", args=[hearing.key, made.pk])
    page = reverse("hearing", args=[hearing.key])

    assert client.get(url)["Location"].startswith("/sign-in/")
    assert sign_in(factories.make_user()).get(url).status_code == 404
    assert made.title not in client.get(page).content.decode()

    factories.make_release(session.edition, "public")
    assert client.get(url).status_code == 200
    assert made.title in client.get(page).content.decode()


def test_document_belongs_to_its_hearing(sign_in, session, hearing, admin):
    made = document(hearing, by=admin)
    other = factories.make_hearing()
    assert (
        sign_in(admin)
        .get(reverse("hearing-document", args=[other.key, made.pk]))
        .status_code
        == 404
    )


# -- taking away


def test_document_taken_away_is_marked_and_kept(desk, hearing, admin, session):
    made = document(hearing, by=admin)
    removal = reverse("hearing-document-removal", args=[made.pk])

    assert desk.post(removal).status_code == 303
    assert desk.post(removal).status_code == 303  # again: nothing more

    made.refresh_from_db()
    assert made.removed_by == admin
    assert made.file.path.exists()
    assert Act.objects.filter(code="document-removed").count() == 1
    assert (
        desk.get(reverse("hearing-document", args=[hearing.key, made.pk])).status_code
        == 404
    )
    assert made.title not in markup(
        desk.get(reverse("hearing-edit", args=[hearing.key]))
    )


def test_row_is_never_deleted(hearing, admin):
    made = document(hearing, by=admin)
    with pytest.raises(DatabaseError), transaction.atomic():
        HearingDocument.objects.filter(pk=made.pk).delete()


def test_same_bytes_twice_are_two_documents_with_their_own_names(hearing, admin):
    first = document(hearing, by=admin, title="ก")
    second = document(hearing, by=admin, title="ข")
    remove_document(first, by=admin)
    assert first.file == second.file
    assert list(HearingDocument.objects.standing()) == [second]


def test_page_costs_the_same_for_one_and_three_documents(
    sign_in, session, hearing, admin, delegate, assert_same_queries
):
    document(hearing, by=admin)
    client = sign_in(delegate)

    def add_two() -> None:
        document(hearing, by=admin, title="สอง")
        document(hearing, by=admin, title="สาม")

    assert_same_queries(
        6, lambda: client.get(reverse("hearing", args=[hearing.key])), add_two
    )
