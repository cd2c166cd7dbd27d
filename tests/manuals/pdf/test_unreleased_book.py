"""A final edition that was printed before it was released says so."""

import pytest
from django.utils import timezone

from hearing_portal.thai.dates import be_year
from manuals.pdf.documents import plan_chunks
from manuals.pdf.front_matter import stamps_html
from manuals.pdf.sources import PrintOptions, load_book_source
from manuals.pdf.typesetter import Typesetter
from tests import factories

pytestmark = pytest.mark.django_db


def test_final_edition_says_that_it_is_unreleased_on_cover_and_feet_only(
    process, admin
):
    final = factories.make_edition("FINAL", kind="final", by=admin)

    def documents() -> dict[str, str]:
        source = load_book_source(final, PrintOptions(digits="arabic"))
        chunks = {chunk.name: chunk.html for chunk in plan_chunks(source)}
        return {**chunks, "stamps": stamps_html(source, Typesetter(source.digits))}

    before = documents()
    factories.make_release(final, "hearing", by=admin)
    assert documents() == before
    factories.make_release(final, "public", by=admin)
    after = documents()

    marked = {name for name, html in before.items() if "ยังไม่เผยแพร่" in html}
    assert (
        marked
        == {name for name in before if before[name] != after[name]}
        == {"cover", "stamps"}
    )
    assert not any("ยังไม่เผยแพร่" in html for html in after.values())


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("ร่างรับฟังความคิดเห็น ปี ๒๕๖๙", "ร่างรับฟังความคิดเห็น ปี ๒๕๖๙"),
        ("ร่างรับฟังความคิดเห็น ปี 2569", "ร่างรับฟังความคิดเห็น ปี 2569"),
        ("ฉบับปรับปรุง พ.ศ. 2565", "ฉบับปรับปรุง พ.ศ. 2565"),
        ("ฉบับที่ 2", f"ฉบับที่ 2 พ.ศ. {be_year(timezone.localdate())}"),
    ],
)
def test_cover_says_the_year_once(process, title, said):
    edition = factories.make_edition("2569-H", title=title)

    assert load_book_source(edition, PrintOptions()).year_line == said
