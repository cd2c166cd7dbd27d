"""The book of an edition in which little stands: an empty manual, and processes without words."""

import re

import pytest

from manuals.pdf.documents import plan_chunks
from manuals.pdf.sources import PrintOptions, load_book_source
from tests import factories

pytestmark = pytest.mark.django_db


def words_of(html: str) -> str:
    body = html.partition("<body")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())


def test_book_says_which_manual_is_empty_and_which_processes_have_no_words(
    admin, dir_group, fin_group
):
    unit = factories.make_section(
        factories.make_manual(dir_group), "งานสารบรรณ", by=admin
    )
    factories.make_section(
        unit.manual, "การรับหนังสือราชการ", kind="process", parent=unit, by=admin
    )
    factories.make_manual(fin_group)
    edition = factories.make_edition("BEGUN", by=admin)

    chunks = plan_chunks(load_book_source(edition, PrintOptions(digits="arabic")))

    words = {chunk.name: words_of(chunk.html) for chunk in chunks}
    assert list(words) == [
        "cover",
        "contents",
        "opening-DIR",
        "undrafted-DIR",
        "opening-FIN",
    ]
    assert "– – ยังไม่ยกร่าง" in words["opening-DIR"]
    assert "คงเดิม" not in words["opening-DIR"]
    assert "ยังไม่มีกระบวนงานในฉบับนี้" in words["opening-FIN"]
    assert "ยังไม่มีกระบวนงานในฉบับนี้" not in words["opening-DIR"]
