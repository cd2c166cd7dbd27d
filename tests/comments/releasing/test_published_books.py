"""The book that everybody may have of an edition released to the public: printed once, and where things stand."""

import hashlib
import io
import zipfile

import pikepdf
import pytest
from django.db import Error, transaction
from django.test import Client

from comments.releasing.services import (
    BookRefused,
    ask_for_published_book,
    release_edition,
)
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.queue import run_pending_jobs
from manuals.models import PublishedBook
from manuals.reading.queries.editions import page_in
from tests import factories
from tests.manuals.pdf.pdf_reader import squeezed, whole_text
from tests.markup import markup

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def final(process, admin):
    return factories.make_edition("2565-F", kind="final", by=admin)


def test_final_edition_released_to_the_public_is_printed_for_everybody(
    final, clause, admin, tmp_path
):
    anybody = Client()
    address = "/editions/2565-F/book/"
    release_edition(final, "public", by=admin)
    assert "เปิดเล่ม PDF" not in markup(anybody.get("/editions/2565-F/"))
    assert anybody.get(address).status_code == 404

    run_pending_jobs()

    job = Job.objects.get()
    assert (job.kind, job.state, job.error) == ("publish_book", "done", "")
    assert f'href="{address}"' in markup(anybody.get("/editions/2565-F/"))
    page = anybody.get(address)
    assert (page.status_code, page["Content-Type"]) == (200, "application/pdf")
    file = tmp_path / "book.pdf"
    file.write_bytes(b"".join(page.streaming_content))
    assert squeezed(clause.body) in squeezed(whole_text(file))


def test_book_knows_the_printed_page_of_each_clause(final, clause, admin):
    release_edition(final, "public", by=admin)
    run_pending_jobs()
    book = PublishedBook.objects.get()
    page = page_in(book, clause.uuid)
    assert page.isdecimal()
    with pikepdf.open(io.BytesIO(book.file.path.read_bytes())) as pdf:
        labels = [pdf.pages[number].label for number in range(len(pdf.pages))]
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        target = names[f"clause-{clause.uuid}"]
        number = pikepdf.Page(target[0]).index
    assert labels[number] == page or labels[number] == page.translate(
        str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
    )
    assert page_in(book, final.entries.get(kind="manual").uuid) == ""


def test_book_is_asked_for_where_there_is_none_and_once(released, admin, sign_in):
    desk = sign_in(admin)
    address = "/desk/editions/HEARING-2565/book/"
    assert desk.post(address).status_code == 409
    with pytest.raises(BookRefused):
        ask_for_published_book(released, by=admin)
    release_edition(released, "public", by=admin)
    # No final edition: its readers read it in the portal, unless somebody asks
    assert not Job.objects.exists()
    assert f'action="{address}"' in markup(
        desk.get("/desk/editions/HEARING-2565/gate/")
    )

    job = desk.post(address)
    assert job["Location"] == f"/jobs/{Job.objects.get().uuid}/"
    run_pending_jobs()

    assert f'action="{address}"' not in markup(
        desk.get("/desk/editions/HEARING-2565/gate/")
    )
    assert desk.post(address).status_code == 409
    assert Job.objects.count() == 1


def test_book_never_changes(final, admin):
    release_edition(final, "public", by=admin)
    run_pending_jobs()
    books = PublishedBook.objects.all()
    for change in (lambda: books.update(pages={}), books.delete):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_book_after_a_hearing_prints_the_head_over_records_that_are_kept(
    session, edition, admin, tmp_path
):
    final = factories.make_edition("2565-H", kind="final", basis=edition, by=admin)
    factories.make_release(final, "public", by=admin)
    ask_for_published_book(final, by=admin)

    run_pending_jobs()

    book = PublishedBook.objects.get()
    with zipfile.ZipFile(book.stand.path) as archive:
        names = archive.namelist()
        hashes = [hashlib.sha256(archive.read(name)).hexdigest() for name in names]
    assert names == ["edition.json", "matrix.xlsx", "audit.csv"]
    head = hashlib.sha256("".join(hashes).encode()).hexdigest()
    printed = squeezed(whole_text(book.file.path))
    assert head in printed
    assert final.manifest_sha in printed
