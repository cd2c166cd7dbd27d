import hashlib
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from hearing_portal.jobs.files import read_stored_file, store_file
from hearing_portal.jobs.files_folder import (
    FOLDER_MARK,
    FolderLost,
    folder_is_ours,
    know_folder,
    name_of_database,
    require_folder,
)
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


def test_file_whose_folder_is_gone_is_not_said_to_be_lost(admin, sign_in, files_dir):
    stored = store_file(b"%PDF-1.7 example", media_type="application/pdf", name="a.pdf")
    job = factories.make_job(
        admin, state="done", ended_at=timezone.now(), result=stored
    )
    away = files_dir.rename(files_dir.with_name("away"))

    page = sign_in(admin).get(f"/jobs/{job.uuid}/file/")

    assert (page.status_code, page.has_header("Retry-After")) == (503, True)
    assert "ที่เก็บไฟล์ของระบบไม่พร้อม" in page.content.decode()
    away.rename(files_dir)
    assert sign_in(admin).get(f"/jobs/{job.uuid}/file/").status_code == 200


@pytest.fixture
def another_folder(files_dir, settings, tmp_path):
    """One that stands where the folder of the stored files was when the portal starts again."""
    settings.FILES_DIR = tmp_path / "another"
    settings.FILES_DIR.mkdir()
    return settings.FILES_DIR


@pytest.mark.parametrize("mark", [None, "2022-01-01T00:00:00+00:00"])
def test_another_folder_is_known_at_the_start_and_takes_nothing(
    files_dir, another_folder, settings, client, mark
):
    settings.FILES_DIR = files_dir
    store_file(b"stored", media_type="text/plain", name="a.txt")
    settings.FILES_DIR = another_folder
    if mark:  # of another portal
        (another_folder / FOLDER_MARK).write_text(mark)

    with pytest.raises(FolderLost):
        know_folder()
    with pytest.raises(FolderLost):
        store_file(b"new", media_type="text/plain", name="b.txt")
    ready = client.get("/readyz")
    assert (ready.status_code, ready.json()["checks"]["files"]) == (503, False)
    assert names(another_folder) == []

    settings.FILES_DIR = files_dir
    know_folder()
    assert client.get("/readyz").json()["checks"]["files"] is True


def test_folder_that_was_put_back_is_accepted_by_who_keeps_the_portal(
    files_dir, another_folder, settings, capsys
):
    settings.FILES_DIR = files_dir
    for words in (b"one", b"two", b"three"):
        store_file(words, media_type="text/plain", name="a.txt")
    settings.FILES_DIR = another_folder

    call_command("accept_files", "--dry-run")
    assert f"missing in {another_folder}: 3" in capsys.readouterr().out
    assert not folder_is_ours()
    call_command("accept_files")
    assert require_folder() == another_folder


@pytest.mark.parametrize("mark", [None, ""])  # a copy without it, an earlier version
def test_folder_without_a_mark_is_known_by_its_files(files_dir, mark):
    store_file(b"stored", media_type="text/plain", name="a.txt")
    (files_dir / FOLDER_MARK).unlink()
    if mark is not None:
        (files_dir / FOLDER_MARK).write_text(mark)
    know_folder()
    assert folder_is_ours()


def test_any_folder_is_right_before_something_was_stored(another_folder):
    (another_folder / FOLDER_MARK).write_text("of a database that is gone")
    know_folder()
    assert folder_is_ours()


def test_database_has_a_name_of_its_own(django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(applied) FROM django_migrations")
        [first] = cursor.fetchone()
    assert name_of_database() == first.isoformat()
    with django_assert_num_queries(0):
        name_of_database()
