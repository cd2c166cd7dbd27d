"""Brings a database and the folder of state to what this checkout needs, in a process of its own."""

import hashlib
import inspect
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command, get_commands
from django.db import connection, transaction

from hearing_portal.launch.problems import announce, warn


def migrate() -> None:
    """Applies all migrations; what it does goes to standard error."""
    announce("กำลังปรับโครงสร้างฐานข้อมูล", "Migrating the database")
    call_command("migrate", interactive=False, stdout=sys.stderr)


def load_demonstration_once() -> None:
    """Loads the demonstration into a database in which nobody is known yet; one that is over runs again."""
    from django.contrib.auth import get_user_model

    if "load_demonstration" not in get_commands():
        return
    if get_user_model().objects.exists():
        call_command("renew_demonstration", stdout=sys.stderr)
        return
    announce(
        "กำลังบรรจุข้อมูลสาธิต (ครั้งแรกเท่านั้น อาจใช้เวลาหลายนาที)",
        "Loading the demonstration (the first time only, it may take minutes)",
    )
    # All or nothing: a start that is killed here begins anew the next time
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = 0"
        )
        call_command("load_demonstration", stdout=sys.stderr)


def mark_files() -> None:
    """Says so when another folder stands where files were stored; the portal serves all that needs none."""
    from hearing_portal.jobs.files_folder import FolderLost, know_folder

    try:
        know_folder()
    except FolderLost:
        warn(
            f"{settings.FILES_DIR} ไม่ใช่โฟลเดอร์ที่เคยเก็บไฟล์ โปรดต่อโฟลเดอร์เดิมกลับ "
            "หากนำสำเนามาวางแทน โปรดสั่ง ./portal manage accept_files",
            f"{settings.FILES_DIR} is not the folder in which files were stored; mount that one, or, where a copy was "
            "put back, run ./portal manage accept_files",
        )
    except OSError as error:
        # Whoever asks whether the portal is ready is told
        warn(
            f"ทำเครื่องหมายในโฟลเดอร์ไฟล์ไม่ได้: {error}",
            f"the folder of files cannot be marked: {error}",
        )


def collect_static() -> None:
    """Gathers the static files under their hashed names, where the web processes serve them from.

    Compressing them takes seconds, so it is left out when every source is as it was.
    """
    folder = Path(settings.STATIC_ROOT)
    stamp = folder.with_name("static.stamp")
    now = _fingerprint_of_sources()
    if folder.is_dir() and stamp.exists() and stamp.read_text() == now:
        return
    announce("กำลังรวบรวมไฟล์หน้าเว็บ", "Collecting static files")
    stamp.unlink(
        missing_ok=True
    )  # first: a start that is killed half way must not look finished
    call_command(
        "collectstatic",
        interactive=False,
        clear=True,
        verbosity=0,
        stdout=sys.stderr,
    )
    stamp.write_text(now)


def _fingerprint_of_sources() -> str:
    """Changes when a static file, or the code that gathers them, is added, removed or written."""
    sources = [("", inspect.getfile(staticfiles_storage.__class__))]
    for finder in get_finders():
        for path, storage in finder.list([]):
            sources.append((path, storage.path(path)))
    states: list[tuple[str, int, int]] = []
    for path, full_path in sources:
        found = os.stat(full_path)
        states.append((path, found.st_size, found.st_mtime_ns))
    return hashlib.sha256(repr(sorted(states)).encode()).hexdigest()


STEPS = {
    "migrate": migrate,
    "demonstration": load_demonstration_once,
    "static": collect_static,
    "files": mark_files,
}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    django.setup()
    for step in sys.argv[1:]:
        STEPS[step]()
