"""A law with what came before and after it, what cites it, and how a citation of a replaced law names its successor."""

import re
from datetime import date

import pytest

from manuals.content import Reference, Step, Text
from manuals.law.queries import (
    find_citing_sections,
    find_successors_in_force,
    load_successions,
)
from manuals.models import Clause, EditionEntry, LegalSource, Section
from manuals.pdf.documents import plan_chunks
from manuals.pdf.sources import PrintOptions, load_book_source
from manuals.reading.presentation.links import clause_anchor
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplies() -> list[LegalSource]:
    """2521 was replaced by 2535, which 2541 amended, and which 2560 replaced."""
    rows = [
        (
            "ระเบียบพัสดุ 2521",
            "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการพัสดุ พ.ศ. 2521",
            2521,
            "repealed",
        ),
        (
            "ระเบียบพัสดุ 2535",
            "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการพัสดุ พ.ศ. 2535",
            2535,
            "repealed",
        ),
        (
            "ระเบียบพัสดุ ฉ.2",
            "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการพัสดุ (ฉบับที่ 2) พ.ศ. 2541",
            2541,
            "repealed",
        ),
        (
            "พ.ร.บ.จัดซื้อจัดจ้าง 2560",
            "พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560",
            2560,
            "in_force",
        ),
    ]
    sources = [
        factories.make_legal_source(short, full_title=full, year_be=year, status=status)
        for short, full, year, status in rows
    ]
    first, second, amendment, last = sources
    second.until = date(2017, 8, 22)
    second.save()
    factories.make_legal_succession(first, second)
    factories.make_legal_succession(second, amendment, "amends")
    factories.make_legal_succession(second, last)
    return sources


def cite(source: LegalSource, process: Section) -> Clause:
    return factories.make_clause(
        process, Reference(source=source.key, as_cited=source.full_title), part=8
    )


def test_chain_has_all_that_came_before_and_after(supplies) -> None:
    first, second, amendment, last = supplies
    successions = load_successions()

    assert [link.source for link in successions.chain_of(second)] == supplies
    assert [link.source for link in successions.chain_of(last)] == [first, second, last]
    assert [link.source for link in successions.chain_of(last) if link.is_here] == [
        last
    ]
    assert [row.to_source for row in successions.chain_of(first)[1].successions] == [
        amendment,
        last,
    ]
    assert find_successors_in_force(first) == [last]
    assert find_successors_in_force(last) == []


def test_page_of_a_law_shows_its_chain_with_dates_and_what_cites_it(
    sign_in, drafter, supplies, process
) -> None:
    _, second, _, last = supplies
    clause = cite(second, process)
    named = factories.make_clause(
        process, Text(body="ปฏิบัติตามระเบียบว่าด้วยการพัสดุ พ.ศ. ๒๕๓๕")
    )
    factories.make_clause(process, Text(body="ระเบียบว่าด้วยการพัสดุ พ.ศ. 2535 ซึ่งยกเลิกแล้ว"))
    foreign = factories.make_process(factories.make_manual(factories.make_group("FIN")))
    cite(second, foreign)

    page = markup(sign_in(drafter).get(f"/law/{second.pk}/"))

    assert f'แทนที่โดย <a href="/law/{second.pk}/">ระเบียบพัสดุ 2535</a>' in page
    assert f'แทนที่โดย <a href="/law/{last.pk}/">พ.ร.บ.จัดซื้อจัดจ้าง 2560</a>' in page
    assert (
        page.count("สิ้นผลเมื่อ 22\u00a0สิงหาคม\u00a02560") == 2
    )  # at the head and in the chain
    section, count, at = find_citing_sections(second)[0]
    assert (section, count) == (process, 2)
    assert at == named.uuid  # part 5 is read before part 8, where `clause` stands
    assert f"/groups/DIR/drafts/{process.uuid}/#{clause_anchor(named.uuid)}" in page
    assert clause.section_id == named.section_id
    # Of a draft that the reader may not read only the number is told
    assert "กลุ่มบริหารงานการเงินและสินทรัพย์" in page
    assert str(foreign.uuid) not in page


def test_page_of_a_law_costs_the_same_for_one_citing_section_and_three(
    sign_in, drafter, supplies, unit, process, assert_same_queries
) -> None:
    cite(supplies[1], process)
    client = sign_in(drafter)

    def add_two() -> None:
        for _ in range(2):
            cite(supplies[1], factories.make_process(unit=unit))

    assert_same_queries(9, lambda: client.get(f"/law/{supplies[1].pk}/"), add_two)


def test_words_that_name_a_replaced_law_stay_and_what_is_in_force_stands_below(
    sign_in, drafter, admin, supplies, process
) -> None:
    """A clause and a row of the table, in the draft, in an edition of before, and where the clause is written."""
    first, _, _, last = supplies
    words = f"จัดซื้อตาม{first.full_title} ทุกครั้ง"
    clause = factories.make_clause(process, Text(body=words), by=drafter)
    factories.make_clause(
        process, Step(words, actor="พัสดุ", system="e-GP"), part=9, by=drafter
    )
    factories.make_clause(
        process, Text(body=f"ยกเลิก{first.full_title}"), by=drafter
    )  # history applies nothing
    factories.make_edition("BASE", kind="baseline", by=admin)
    told = f"ปัจจุบันใช้ {last.full_title}"
    for page in (
        f"/groups/DIR/drafts/{process.uuid}/",
        f"/editions/BASE/sections/{process.uuid}/",
    ):
        text = markup(sign_in(admin).get(page))
        assert text.count(told) == 2
        assert (
            text.index(words)
            < text.index(f"{first.short_title} ยกเลิกแล้ว")
            < text.index(told)
        )
    form = markup(
        sign_in(drafter).get(
            f"/groups/DIR/drafts/{process.uuid}/clauses/{clause.uuid}/"
        )
    )
    assert form.index(words) < form.index(told)


def test_citation_of_a_replaced_law_names_what_is_in_force_and_its_words_stay(
    sign_in, drafter, admin, supplies, process
) -> None:
    """On screen and in print, in an edition that was frozen before the law was replaced."""
    first, _, _, last = supplies
    clause = cite(first, process)
    edition = factories.make_edition("BASE", kind="baseline", by=admin)
    entry = EditionEntry.objects.select_related("blob").get(
        edition=edition, clause=clause
    )
    words = f"ปัจจุบันใช้{last.full_title}"
    page = markup(sign_in(drafter).get(f"/groups/DIR/drafts/{process.uuid}/"))
    assert f"ปัจจุบันใช้ {last.full_title}" in page
    page = markup(sign_in(admin).get(f"/editions/BASE/sections/{process.uuid}/"))
    assert f"ปัจจุบันใช้ {last.full_title}" in page
    assert first.full_title in page

    html = {
        chunk.name: chunk.html
        for chunk in plan_chunks(
            load_book_source(edition, PrintOptions(digits="arabic"))
        )
    }
    printed = re.sub(r"<[^<>]*>", "", html[f"process-{process.uuid}"]).replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert f"หมายเหตุ: กฎหมายนี้ยกเลิกแล้ว {words}" in printed
    before = edition.manifest_sha
    edition.refresh_from_db()
    assert (edition.manifest_sha, entry.blob.content["data"]["source"]) == (
        before,
        first.key,
    )

    LegalSource.objects.filter(pk=first.pk).update(status="in_force")
    html = {
        chunk.name: chunk.html
        for chunk in plan_chunks(
            load_book_source(edition, PrintOptions(digits="arabic"))
        )
    }
    assert "หมายเหตุ: กฎหมายนี้" not in html[f"process-{process.uuid}"]
