"""An unplaced comment as the desk sees it: the words it was written on, and where it may belong now."""

from django.utils.text import Truncator

from hearing_portal.web.choices import Option

from .forms import PlacingForm
from .queries import Unplaced


def entry_options(row: Unplaced) -> list[Option]:
    """The clauses that may be meant, the likely ones first, and that there is none."""
    options = [Option("", "เลือกข้อ")]
    options += [Option(str(pk), words, group="ข้อที่มาจากข้อเดิม") for pk, words in row.likely]
    options += [Option(str(pk), words, group="ข้ออื่นในกระบวนงานเดียวกัน") for pk, words in row.nearby]
    options.append(Option(PlacingForm.GONE, "ไม่มีที่ในฉบับนี้แล้ว"))
    return options


def quoted_words(row: Unplaced) -> str:
    """What the comment quotes; else the beginning of the clause it was written on, empty where there is none."""
    comment = row.resolution.comment
    if comment.quote:
        return f"“{comment.quote}”"
    return Truncator(comment.entry.blob.plain).chars(200) if comment.entry.blob_id else ""
