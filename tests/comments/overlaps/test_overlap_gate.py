"""An overlap without a resolution holds the final edition back, named with both sides and the way to it."""

import pytest

from comments.models import Overlap
from comments.overlaps.services.settling import resolve_overlap
from comments.releasing.presentation.gate import show_release_blocker
from comments.releasing.queries.book import DraftBook, EditionBook
from comments.releasing.queries.gate import Gate, find_release_blockers
from tests import factories

pytestmark = pytest.mark.django_db
REASON = "กลุ่มนี้รับเรื่องตั้งแต่ต้น จึงให้รับผิดชอบฝ่ายเดียว"


def blocked(book) -> list[Overlap]:
    return [
        blocker.overlap
        for blocker in find_release_blockers(book)
        if blocker.kind == Gate.OVERLAP
    ]


def test_open_overlap_blocks_until_it_is_resolved(
    clause, edition, fin_group, admin
) -> None:
    overlap = factories.make_overlap(clause, fin_group)
    elsewhere = factories.make_group("LAW")
    factories.make_overlap(elsewhere, "เทศบาลเมือง")  # of no manual of the edition
    for book in (EditionBook(edition), DraftBook()):
        assert blocked(book) == [overlap]
    [shown] = [
        show_release_blocker(blocker)
        for blocker in find_release_blockers(EditionBook(edition))
        if blocker.kind == Gate.OVERLAP
    ]
    assert shown.text == (
        f"เรื่องซ้ำซ้อนที่ {overlap.pk} (งานซ้ำซ้อน) กลุ่มอำนวยการ การรับหนังสือราชการ"
        " กับ กลุ่มบริหารงานการเงินและสินทรัพย์ ยังไม่มีข้อยุติ"
    )
    assert shown.url == f"/overlaps/{overlap.uuid}/"
    resolve_overlap(overlap, "owner_a", by=admin, reason=REASON)
    assert blocked(EditionBook(edition)) == []


def test_overlap_known_from_a_rehearsal_alone_blocks_nothing(
    clause, edition, entry, fin_group, dir_group, delegate
) -> None:
    rehearsal = factories.make_hearing(key="rehearsal", objection_days=0)
    session = factories.make_session(edition, dir_group, hearing=rehearsal)
    said = factories.make_comment(session, entry, delegate)
    overlap = factories.make_overlap(clause, fin_group)
    factories.make_overlap_comment(overlap, said)
    assert blocked(EditionBook(edition)) == []
