"""The blank form on paper: a page for each group, with the code that leads there."""

import pypdfium2
import pytest

from comments.returned_copies.paper_form import write_paper_form
from comments.tasks import export_comment_form_job
from manuals.word_export.sources import NothingToExport
from tests import factories

pytestmark = pytest.mark.django_db


def test_form_of_a_group_asks_all_and_tells_its_address(
    edition, manual, settings
) -> None:
    settings.PORTAL_URL = "https://hearing.example.go.th"
    document = pypdfium2.PdfDocument(write_paper_form(edition, group="DIR"))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    squeezed = "".join(text.split())
    assert "แบบแสดงความคิดเห็น" in squeezed
    assert "hearing.example.go.th/groups/DIR/" in squeezed
    for word in ("ขอแก้ไข", "ซับซ้อน", "ไม่เป็นปัจจุบัน", "ข้อความที่เสนอ"):
        assert word in squeezed
    with pytest.raises(NothingToExport):
        write_paper_form(edition, group="NONE")


@pytest.mark.parametrize(
    ("chosen", "ending"), [("form", ".docx"), ("sheet", ".xlsx"), ("paper", ".pdf")]
)
def test_form_is_made_in_the_chosen_format(
    edition, drafter, files_dir, chosen, ending
) -> None:
    params = {
        **{"edition": edition.code, "group": "DIR", "process": "", "digits": "thai"},
        **{"process_title": "", "format": chosen},
    }
    job = factories.make_job(drafter, params=params)
    made = export_comment_form_job(job, lambda done, total: None)
    assert made.name.endswith(f"DIR{ending}")
