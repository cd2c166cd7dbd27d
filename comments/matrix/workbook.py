"""The matrix as a spreadsheet: written row by row, so that its length takes no memory."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs

from hearing_portal.directory.models import WorkGroup
from hearing_portal.spreadsheets import write_long_table

from ..desk.queries.filters import read_filter
from ..models import Hearing
from .cells import MatrixReader, matrix_cells
from .columns import COLUMNS
from .queries.rows import MatrixScope, find_matrix_ids, read_edition, stream_matrix

SHEET = "สรุปความคิดเห็น"
NOTES = (
    "แต่ละแถวคือความคิดเห็นหนึ่งเรื่อง ตารางไม่ระบุชื่อผู้แสดงความคิดเห็น",
    "ช่องที่หัวตารางเป็นสีเหลืองกรอกหรือแก้ไขได้ แล้วนำไฟล์กลับเข้าระบบที่หน้า “ตารางสรุปความคิดเห็น”",
    "ช่องอื่นระบบไม่นำเข้า หากมีผู้แก้ไขในไฟล์ ระบบจะแสดงทั้งสองค่าให้ตรวจก่อนนำเข้า",
    "ผลที่เสนอ: เฉพาะผู้ดำเนินเวที · ประเด็น: เฉพาะผู้ดำเนินเวทีและผู้ดูแลระบบ โดยระบุเหตุผล · ผล: เฉพาะคณะทำงานยกร่างและผู้ดูแลระบบ",
    "เหตุผลของผลการพิจารณาต้องมีอย่างน้อย 20 ตัวอักษร ไม่บังคับเมื่อเห็นชอบตามที่เสนอและให้ยกร่าง",
    "เห็นชอบ: ระบุผลต่อถ้อยคำ “ไม่ต้องแก้ถ้อยคำ” หรือ “ให้ยกร่าง” พร้อมผู้ยกร่างและวันที่ หากต้องการแก้ถ้อยคำทันที โปรดใช้หน้าปรับถ้อยคำ",
    "ส่งต่อ: ระบุช่อง “ส่งต่อให้” · กำหนดไว้แล้ว: ระบุข้อของกระบวนงานเดียวกัน เช่น ข้อ 5.2",
    "แถวที่มีผู้แก้ไขในระบบหลังจากจัดทำไฟล์นี้จะไม่นำเข้า ระบบจะแสดงทั้งสองค่าให้ตรวจ",
    "โปรดอย่าลบคอลัมน์ที่ซ่อนไว้ทางขวา ระบบใช้ระบุว่าแต่ละแถวเป็นความคิดเห็นใด",
)


def write_matrix(
    path: Path,
    scope: MatrixScope,
    reader: MatrixReader,
    progress: Callable[[int, int], None],
) -> int:
    """Returns the number of rows."""
    ids = find_matrix_ids(scope)

    def rows() -> Iterator[list[str]]:
        for number, row in enumerate(stream_matrix(ids, reader.user)):
            if number % 100 == 0:
                progress(number, len(ids))
            cells = matrix_cells(row, reader)
            yield [cells[column.key] for column in COLUMNS]

    columns = [column.as_sheet_column for column in COLUMNS]
    return write_long_table(path, SHEET, columns, rows(), notes=NOTES)


def scope_of_request(
    hearing: Hearing, groups: Sequence[WorkGroup], filters: str
) -> MatrixScope:
    """The rows of the page with these filters in its address."""
    query = {name: values[-1] for name, values in parse_qs(filters).items()}
    return MatrixScope(
        hearing=hearing.pk,
        groups=tuple(group.pk for group in groups),
        edition=read_edition(query.get("edition", "")),
        queue=read_filter(query),
        outcome=query.get("outcome", ""),
    )


@contextmanager
def written_matrix(
    scope: MatrixScope,
    reader: MatrixReader,
    progress: Callable[[int, int], None],
) -> Iterator[Path]:
    """The path of the written file, which is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "matrix.xlsx"
        write_matrix(path, scope, reader, progress)
        yield path
