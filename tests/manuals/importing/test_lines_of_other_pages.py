"""Files of which some lines were read in another code page, as they come of two programs pasted together."""

import docx
import pytest

from manuals.content import plain_text
from manuals.importing.drafts import ProcessDraft
from manuals.importing.formats import read_source
from manuals.importing.process_text import read_document, read_process
from tests.manuals.word.docx_factory import saved

HEAD = "๑. ชื่องาน (กระบวนงาน)\nการยืมครุภัณฑ์\n๕. ขั้นตอนการปฏิบัติงาน\n๕.๑ เจ้าหน้าที่ตรวจคำขอ\n"
# Its last letter is U+00A0 on a Mac, which looks like a blank at the end of a line
WORDS = "๕.๒ เสนอผู้อำนวยการพิจารณา และแจ้งผู้ยืมภายใน ๓ วัน ตามใบเสร็จของสพส"


def on_mac(text: str) -> str:
    return text.encode("cp874").decode("mac-roman")


def words_of(draft: ProcessDraft) -> list[str]:
    return [plain_text(clause.content) for clause in draft.clauses]


def told_pages(draft: ProcessDraft) -> list[tuple[str, str]]:
    repairs = [made.repair for made in draft.repairs]
    return [(each.before, each.after) for each in repairs if each.kind == "page"]


def test_line_of_a_text_is_repaired_and_told() -> None:
    draft = read_process(f"{HEAD}{on_mac(WORDS)}\n๕.๓ ส่งคืน")
    assert words_of(draft)[1:] == [WORDS.removeprefix("๕.๒ "), "ส่งคืน"]
    assert told_pages(draft) == [(on_mac(WORDS).strip(), WORDS)]
    assert draft.coverage.is_whole


def test_line_and_row_of_a_word_file_are_repaired() -> None:
    document = docx.Document()
    for line in [*HEAD.splitlines(), on_mac(WORDS)]:
        document.add_paragraph(line)
    table = document.add_table(2, 2)
    cells = ["ครุภัณฑ์", "ผู้ดูแล", "โต๊ะทำงาน", "ธุรการ"]
    for number, cell in enumerate(cells):
        raw = cell.encode("cp874").decode("latin-1")
        table.cell(number // 2, number % 2).text = raw
    draft = read_document(read_source("คู่มือ.docx", saved(document)))
    assert WORDS.removeprefix("๕.๒ ") in words_of(draft)
    assert all(cell in words_of(draft)[-1] for cell in cells)
    assert len(told_pages(draft)) >= 2


@pytest.mark.parametrize("line", ["āđāļ™āļ§āļ„", "¡ÒÃ"])
def test_line_that_cannot_be_read_again_is_doubted(line: str) -> None:
    draft = read_process(f"{HEAD}๕.๒ {line}\n๕.๓ ส่งคืน")
    assert [doubt.place for doubt in draft.doubts if line in doubt.message] == [
        "บรรทัดที่ 5"
    ]


def test_short_line_beside_a_repaired_one_is_doubted() -> None:
    short = "´Õ"  # ดี
    draft = read_process(f"{HEAD}{on_mac(WORDS)}\n๕.๓ {short}")
    assert [doubt.place for doubt in draft.doubts if short in doubt.message] == [
        "บรรทัดที่ 6"
    ]
