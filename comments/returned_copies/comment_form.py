"""แบบแสดงความคิดเห็น: an empty row below each clause, to be filled in by hand or in Word, and taken in again."""

from hearing_portal.thai.numbering import Digits
from manuals.comparing.sides import Side
from manuals.models import Edition
from manuals.word_export.form import FormWords, write_form

from ..models import Comment

TITLE = "แบบแสดงความคิดเห็น"
COLUMNS = (("ประเภท", 14), ("ความคิดเห็น", 34), ("ข้อความที่เสนอ", 32), ("เหตุผล", 20))
FORM = FormWords(
    title=TITLE,
    help_texts=(
        "โปรดกรอกเฉพาะข้อที่ประสงค์จะแสดงความคิดเห็น ในแถวว่างใต้ข้อนั้น ข้อใดเห็นชอบแล้วเว้นว่างได้",
        f"ประเภท: {' / '.join(str(label) for label in Comment.Type.labels)} หากประสงค์จะเสนอถ้อยคำ "
        "โปรดเขียนถ้อยคำทั้งข้อในช่องข้อความที่เสนอ",
    ),
    asked_of_person=("สพท.", "ชื่อ-สกุล ผู้แทน", "ตำแหน่ง"),
    columns=COLUMNS,
    choices=tuple(str(label) for label in Comment.Type.labels),
    of_process="ความคิดเห็นต่อทั้งกระบวนงานหรือหัวข้อนี้",
)


def write_comment_form(
    edition: Edition, *, group: str = "", process: str = "", digits: Digits = "thai"
) -> bytes:
    """Of a group (its key), a process (its uuid), or all. Raises NothingToExport."""
    return write_form(Side(edition), FORM, group=group, process=process, digits=digits)
