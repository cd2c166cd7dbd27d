"""The records of a hearing as they stand at a moment, and the one hash over them that a book prints: the texts of the
edition, the matrix, and the log."""

import hashlib
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from hearing_portal.acts.models import Act
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import Progress
from hearing_portal.jobs.models import StoredFile
from manuals.exchange.edition_json import dump_edition
from manuals.models import Edition
from manuals.reading.queries.editions import find_published_book

from ..matrix.cells import MatrixReader
from ..matrix.queries.rows import MatrixScope
from ..matrix.workbook import write_matrix
from ..models import Hearing
from .logs import AUDIT_HEAD, audit_rows, write_csv
from .packing import BEGINNING, PackedFile

HEADED = ("edition.json", "matrix.xlsx", "audit.csv")

type Step = Callable[..., None]  # called with counts of its own


def write_stand(
    edition: Edition, hearing: Hearing, folder: Path, step: Step
) -> list[PackedFile]:
    """Those of HEADED, in this order, written below `folder`. What is hidden or held is in none of them, nor who said
    what."""
    texts, matrix, log = (folder / f"stand-{name}" for name in HEADED)
    texts.write_bytes(dump_edition(edition))
    step()
    write_matrix(matrix, MatrixScope(hearing=hearing.pk), MatrixReader(), step)
    step()
    newest = Act.objects.order_by("-pk").values_list("pk", flat=True).first()
    log.write_bytes(write_csv(AUDIT_HEAD, audit_rows(newest or 0)))
    step()
    return list(zip(HEADED, (texts, matrix, log), strict=True))


def head_of(files: Iterable[PackedFile]) -> str:
    """One hash over those of texts, matrix and log, in this order."""
    digest = hashlib.sha256()
    paths = dict(files)
    for name in HEADED:
        digest.update(hashlib.sha256(paths[name].read_bytes()).hexdigest().encode())
    return digest.hexdigest()


def proof_lines(edition: Edition, head: str = "") -> tuple[str, ...]:
    """As a book prints them; without a head where the edition was heard by nobody."""
    lines = [f"SHA-256 ของฉบับ {edition.seal.manifest_sha}"]
    if head:
        lines.append(f"แฮชรวม {head}")
    return tuple(lines)


def keep_stand(
    edition: Edition, progress: Progress
) -> tuple[tuple[str, ...], StoredFile | None]:
    """(the lines that the published book of the edition prints, the records in a ZIP). Nothing is kept a second time
    for a book that is there, and nothing for an edition that no hearing led to."""
    hearing = find_hearing_behind(edition)
    if hearing is None or find_published_book(edition) is not None:
        return proof_lines(edition), None
    with tempfile.TemporaryDirectory() as folder:

        def step(*counts: int | None) -> None:
            progress(0, 1)

        files = write_stand(edition, hearing, Path(folder), step)
        packed = Path(folder) / "stand.zip"
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in files:
                entry = zipfile.ZipInfo(name, BEGINNING)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
        name = f"บันทึก ณ วันพิมพ์เล่ม {edition.code}.zip"
        stand = store_file(packed, media_type="application/zip", name=name)
        return proof_lines(edition, head_of(files)), stand


def find_hearing_behind(edition: Edition) -> Hearing | None:
    """That whose sessions ran on the edition or, before it, on one that it is based on. A query for each edition."""
    each: Edition | None = edition
    while each is not None:
        sessions = Hearing.objects.filter(sessions__edition=each)
        hearing = sessions.order_by("-opens_on", "-pk").first()
        if hearing is not None:
            return hearing
        each = each.basis
    return None
