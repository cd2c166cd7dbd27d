"""The job that makes an evidence pack."""

import tempfile
from datetime import UTC
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.files import open_stored_file, store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.spreadsheets import write_sheets
from manuals.editions.verify_code import verify_code
from manuals.models import Edition
from manuals.pdf.sources import NothingToPrint, PrintOptions
from manuals.reading.queries.editions import find_published_book

from ..hearings.queries import find_hearing_by_key
from ..models import Hearing
from ..papers.statistics import load_statistics
from ..releasing.book_export import export_book
from .logs import MODERATION_HEAD, moderation_rows, write_csv
from .packing import PackedFile, write_pack
from .stands import head_of, proof_lines, write_stand

SCRIPT = settings.BASE_DIR / "static" / "js" / "evidence.js"
STEPS = 7
NOT_YOURS = "ชุดหลักฐานจัดทำได้เฉพาะผู้ดูแลระบบ"


def run_evidence_job(job: Job, progress: Progress) -> StoredFile:
    """Raises JobRefused."""
    if not load_roles(job.asked_by).is_admin:
        raise JobRefused(NOT_YOURS)
    edition = Edition.objects.sealed().filter(code=job.params["edition"]).first()
    hearing = find_hearing_by_key(job.params["hearing"])
    if edition is None or hearing is None:
        raise JobRefused("ไม่มีฉบับหรือประชาพิจารณ์ที่เลือกไว้แล้ว")
    with tempfile.TemporaryDirectory() as folder:
        files, head = gather_evidence(edition, hearing, Path(folder), progress)
        pack = Path(folder) / "pack.zip"
        write_pack(pack, files, pack_facts(edition, hearing, head))
        name = f"ชุดหลักฐาน {edition.code}.zip"
        return store_file(pack, media_type="application/zip", name=name)


def pack_facts(edition: Edition, hearing: Hearing, head: str) -> dict[str, str]:
    """What the signed list says before the files."""
    return {
        "title": f"ชุดหลักฐาน {hearing.title} {edition.title}",
        "edition": edition.code,
        "edition_manifest": edition.seal.manifest_sha,
        "edition_code": verify_code(edition.seal.manifest_sha),
        "head": head,
        "hearing": hearing.key,
        "made_at": timezone.now().astimezone(UTC).isoformat(timespec="seconds"),
        "portal": settings.PORTAL_URL,
    }


def gather_evidence(
    edition: Edition, hearing: Hearing, folder: Path, progress: Progress
) -> tuple[list[PackedFile], str]:
    """(all files but the list, the head), written below `folder`. What is hidden or held is in none of them, nor who
    said what. The head is one hash over texts, matrix and log as they stood: the book with its causes prints it, so it
    is printed last."""
    files: list[PackedFile] = []

    def keep(name: str, content: bytes) -> None:
        path = folder / f"{len(files)}"
        path.write_bytes(content)
        files.append((name, path))
        step()

    def step(*counts: int | None) -> None:
        """What prints and writes calls it with its own counts: a pack that is cancelled stops there too."""
        progress(len(files), STEPS + 1)

    keep("verify.html", verifying_page().encode())
    stand = write_stand(edition, hearing, folder, step)
    files += stand[:2]
    sheets = [(sheet, head, rows) for _, sheet, head, rows in load_statistics(hearing)]
    keep("statistics.xlsx", write_sheets(sheets))
    keep("moderation.csv", write_csv(MODERATION_HEAD, moderation_rows(hearing)))
    files += stand[2:]
    head = head_of(files)
    proofs = proof_lines(edition, head)
    try:
        published = find_published_book(edition)
        if published is not None:
            with open_stored_file(published.file) as opened:
                keep("book.pdf", opened.read())
            if published.stand is not None:
                # What the head that this book prints is over
                with open_stored_file(published.stand) as opened:
                    keep("book-records.zip", opened.read())
        else:
            keep("book.pdf", export_book(edition, PrintOptions(), progress=step).bytes)
        with_causes = export_book(
            edition, PrintOptions(proofs=proofs), with_causes=True, progress=step
        )
        keep("book-with-causes.pdf", with_causes.bytes)
    except NothingToPrint as refused:
        raise JobRefused(str(refused)) from refused
    return files, head


def verifying_page() -> str:
    """The pack's own page: the script of the portal's page is written into it."""
    script = SCRIPT.read_text().replace("export ", "")
    return render_to_string(
        "comments/evidence/pack_page.html",
        {"script": script, "portal": settings.PORTAL_URL},
    )
