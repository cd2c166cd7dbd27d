import hashlib
from io import BytesIO

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from hearing_portal.jobs.files import FOLDER_MARK, read_stored_file, store_file
from hearing_portal.jobs.models import StoredFile
from tests import factories
from tests.database import as_owner

pytestmark = pytest.mark.django_db


class BrokenLine(BytesIO):
    def read(self, *_: int) -> bytes:
        raise ConnectionResetError


def names(folder) -> list[str]:
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.name != FOLDER_MARK
    )


def test_equal_bytes_are_kept_once_under_their_sha(files_dir, tmp_path):
    text = "คู่มือ".encode()
    sha = hashlib.sha256(text).hexdigest()
    path = tmp_path / "source"
    path.write_bytes(text)

    first = store_file(text, media_type="text/plain", name="ก.txt")
    second = store_file(BytesIO(text), media_type="application/pdf", name="ข.pdf")
    third = store_file(path, media_type="text/plain", name="ค.txt")

    assert first == second == third
    assert (second.sha, second.size, second.name, second.media_type) == (
        sha,
        18,
        "ก.txt",
        "text/plain",
    )
    assert names(files_dir) == [f"{sha[:2]}/{sha}"]
    assert first.path.read_bytes() == text


def test_bytes_that_stop_half_way_leave_nothing(files_dir):
    with pytest.raises(ConnectionResetError):
        store_file(BrokenLine(), media_type="text/plain", name="a")
    assert names(files_dir) == []
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize(
    "statement",
    ["UPDATE jobs_storedfile SET name = 'other'", "DELETE FROM jobs_storedfile"],
)
def test_a_stored_file_is_never_changed(files_dir, statement):
    """Not by the owner of the tables either; the portal's role has no such right at all."""
    store_file(b"sealed", media_type="text/plain", name="sealed")
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    with (
        as_owner(),
        pytest.raises(
            IntegrityError, match="a stored file is never changed or deleted"
        ),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(StoredFile.objects.values_list("name", flat=True)) == ["sealed"]


@pytest.mark.parametrize("harm", ["cut short", "changed", "missing"])
def test_file_that_is_not_what_was_stored_is_given_to_nobody(admin, sign_in, harm):
    stored = store_file(b"%PDF-1.7 example", media_type="application/pdf", name="a.pdf")
    job = factories.make_job(
        admin, state="done", ended_at=timezone.now(), result=stored
    )
    path = job.result.path
    address = f"/jobs/{job.uuid}/file/"
    assert b"".join(sign_in(admin).get(address).streaming_content) == path.read_bytes()
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(
            path.read_bytes()[:-1] + (b"" if harm == "cut short" else b"?")
        )

    page = sign_in(admin).get(address)

    assert page.status_code == 410
    assert "ไฟล์ที่เก็บไว้หายไปหรือเสียหาย" in page.content.decode()
    assert read_stored_file(job.result) is None
