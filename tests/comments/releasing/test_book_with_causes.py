"""The book printed with its causes: numbers below the changed clauses, and an annex that leads to each and back."""

import re

import pikepdf
import pytest

from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.publishing import publish_answers
from comments.models import Amendment, Comment
from comments.releasing.book_export import export_book
from manuals.content import Text
from manuals.models import Clause
from manuals.pdf.sources import PrintOptions
from tests import factories
from tests.manuals.pdf.pdf_reader import squeezed, whole_text

pytestmark = pytest.mark.django_db
REASON = "ระเบียบกำหนดให้ตรวจชั้นความเร็วก่อนลงทะเบียนรับทุกครั้ง"
WORDS = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย รวมทั้งชั้นความเร็ว"
AGAIN = "ชั้นความลับมีขั้นตอนของตนเอง จึงระบุไว้คู่กับชั้นความเร็ว"
CUT = "ข้อนี้ซ้ำกับข้ออื่นของกระบวนงานเดียวกัน จึงตัดออก"


@pytest.fixture
def later(
    session, comment, edition, entry, process, hearing, dir_group, drafter, admin
):
    """Clause 5.2 got other words twice, 5.1 was cut: all by comments whose answers are published."""
    amendment = factories.make_amendment(comment, WORDS)
    adopt_amendments(
        [Adoption(amendment, entry.clause.lock_version)], by=drafter, reason=REASON
    )
    more = factories.make_comment(session, entry)
    again = factories.make_amendment(more, WORDS + " และชั้นความลับ")
    version = Clause.objects.get(pk=entry.clause_id).lock_version
    words = Text(body=WORDS + " และชั้นความลับ")
    adopt_amendments(
        [Adoption(again, version, content=words)], by=drafter, reason=AGAIN
    )
    other = factories.clause_at(process, "5.1")
    second = factories.make_comment(session, factories.entry_of(edition, other))
    cut: Amendment = factories.make_amendment(second, op="delete", proposed={})
    adopt_amendments([Adoption(cut, other.lock_version)], by=drafter, reason=CUT)
    publish_answers(hearing, dir_group, by=drafter)
    return factories.make_edition("LATER", kind="revised", by=admin, basis=edition)


def printed(edition, tmp_path, *, with_causes: bool, group: str = ""):
    options = PrintOptions(digits="arabic", group=group)
    book = export_book(edition, options, with_causes=with_causes)
    file = tmp_path / f"book-{with_causes}.pdf"
    file.write_bytes(book.bytes)
    return book, file


def test_annex_names_comment_and_reason_of_each_change(later, comment, tmp_path):
    _, file = printed(later, tmp_path, with_causes=True)
    text = squeezed(whole_text(file))
    assert squeezed("ภาคผนวก ที่มาของการแก้ไข") in text
    told = squeezed(f"ตามความคิดเห็นเลขที่ {comment.pk}")
    # Below the clause, and in the annex; the comment on the cut clause can have a number that begins alike
    assert len(re.findall(rf"{told}(?![0-9])", text)) == 2
    assert text.count(squeezed(REASON)) == 2
    # Each change with the reason of its own decision, as its chain says it
    more = Comment.objects.exclude(pk=comment.pk).earliest("pk")
    second_row = text.rindex(squeezed(f"ตามความคิดเห็นเลขที่ {more.pk} (สพป."))
    assert text.rindex(squeezed(REASON)) < second_row < text.rindex(squeezed(AGAIN))
    # The clause that was cut stands in the annex alone
    assert squeezed("ข้อที่ตัดออก") in text
    assert text.count(squeezed(CUT)) == 1


def test_book_of_a_group_has_no_cause_of_another(
    session, later, fin_group, drafter, admin, tmp_path
):
    other = factories.make_manual(fin_group)
    factories.make_clause(
        factories.make_process(other, by=drafter), "เบิกจ่ายตามระเบียบ", by=drafter
    )
    last = factories.make_edition("LAST", kind="revised", by=admin, basis=later.basis)
    _, file = printed(last, tmp_path, with_causes=True, group="DIR")
    assert squeezed("ข้อที่ตัดออก") in squeezed(whole_text(file))
    _, file = printed(last, tmp_path, with_causes=True, group="FIN")
    text = squeezed(whole_text(file))
    assert squeezed("เบิกจ่ายตามระเบียบ") in text
    assert squeezed("ข้อที่ตัดออก") not in text


def test_annex_leads_to_the_clause_and_to_its_chain(later, clause, tmp_path, settings):
    book, file = printed(later, tmp_path, with_causes=True)
    uris = set()
    names = set()
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            for annotation in page.obj.get("/Annots", []):
                action = annotation.get("/A")
                if action is not None and action.get("/URI") is not None:
                    uris.add(str(action.URI))
                if annotation.get("/Dest") is not None:
                    names.add(str(annotation.Dest))
    chain = f"/editions/LATER/clauses/{clause.uuid}/chain/"
    assert f"{settings.PORTAL_URL}{chain}" in uris
    assert f"clause-{clause.uuid}" in book.page_of
    assert "causes-annex" in book.page_of


def test_book_without_causes_says_nothing_of_comments(later, comment, tmp_path):
    book, file = printed(later, tmp_path, with_causes=False)
    text = squeezed(whole_text(file))
    assert squeezed("ตามความคิดเห็นเลขที่") not in text
    assert squeezed("ที่มาของการแก้ไข") not in text
    assert "causes-annex" not in book.page_of


def test_edition_without_changes_has_no_annex(edition, tmp_path):
    book, _ = printed(edition, tmp_path, with_causes=True)
    assert "causes-annex" not in book.page_of
