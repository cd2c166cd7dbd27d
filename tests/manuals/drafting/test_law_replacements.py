"""Clauses that apply repealed laws: what their words would be, and replacing them in one act."""

import pytest

from hearing_portal.thai.markup import write_reference
from manuals.content import Reference, Text
from manuals.drafting.forms.law_replacements import write_value
from manuals.drafting.law_replacing import replace_laws
from manuals.drafting.queries.law_replacements import plan_replacements
from manuals.drafting.services.editing import revise_clause
from manuals.drafting.services.replacing_laws import (
    ReadReplacement,
    ReplacementsOvertaken,
    replace_repealed_laws,
)
from manuals.law.mentions import RepealedLaws
from manuals.models import (
    Citation,
    Clause,
    ClauseChange,
    LegalSource,
    Manual,
    Section,
    SectionVersion,
)
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
PAGE = "/groups/DIR/drafts/law/"
ACT_2560 = "พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560"


@pytest.fixture
def old() -> LegalSource:
    title = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการพัสดุ พ.ศ. 2535"
    return factories.make_legal_source(
        "ระเบียบพัสดุ 2535", full_title=title, year_be=2535, status="repealed"
    )


@pytest.fixture
def new(old) -> LegalSource:
    source = factories.make_legal_source(
        "พ.ร.บ.จัดซื้อจัดจ้าง 2560",
        full_title=ACT_2560,
        year_be=2560,
        kind="พระราชบัญญัติ",
        status="in_force",
    )
    factories.make_legal_succession(old, source)
    return source


@pytest.fixture
def cited(process, old, new) -> Clause:
    words = f"{old.full_title} และที่แก้ไขเพิ่มเติม"
    return factories.make_clause(
        process, Reference(source=old.key, as_cited=words), part=8
    )


@pytest.fixture
def named(process, old, new) -> Clause:
    return factories.make_clause(
        process,
        Text(body="ให้<strong>จัดซื้อ</strong>ตามระเบียบว่าด้วยการพัสดุ พ.ศ. ๒๕๓๕ ทุกครั้ง"),
    )


def read(manual: Manual, *clauses: Clause) -> list[ReadReplacement]:
    """As a page shows them now."""
    shas = {row.clause.uuid: row.sha for row in plan_replacements(manual, {}).clauses}
    return [
        ReadReplacement(clause.uuid, clause.lock_version, shas[clause.uuid])
        for clause in clauses
    ]


# -- the words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "needs_a_look"),
    [
        ("ตามระเบียบว่าด้วยการพัสดุ พ.ศ. 2535", f"ตาม{ACT_2560}", False),
        (
            "ตามระเบียบสำนักนายกฯ ว่าด้วยการพัสดุ พ.ศ. 2535 และที่แก้ไขเพิ่มเติม",
            f"ตาม{ACT_2560}",
            False,
        ),
        (
            "ตามระเบียบว่าด้วยการพัสดุ พ.ศ. ๒๕๓๕",
            f"ตาม{ACT_2560.replace('2560', '๒๕๖๐')}",
            False,
        ),
        ("ตามข้อ 35 แห่งระเบียบว่าด้วยการพัสดุ พ.ศ. 2535", f"ตามข้อ 35 แห่ง{ACT_2560}", True),
        ("ระเบียบว่าด้วยการพัสดุ พ.ศ. 2535 ข้อ ๓๕", f"{ACT_2560} ข้อ ๓๕", True),
    ],
)
def test_name_of_a_repealed_law_becomes_that_of_its_successor(
    old, new, before, after, needs_a_look
) -> None:
    replaced = replace_laws(Text(body=before), RepealedLaws([old, new]), {old.pk: new})
    assert replaced is not None
    assert (replaced.content.body, replaced.needs_a_look) == (after, needs_a_look)


def test_what_is_said_to_be_repealed_and_other_laws_stay(old, new) -> None:
    history = "ยกเลิกระเบียบว่าด้วยการพัสดุ พ.ศ. 2535"
    laws = RepealedLaws([old, new])
    assert replace_laws(Text(body=history), laws, {old.pk: new}) is None
    assert replace_laws(Text(body="ตามระเบียบว่าด้วยการพัสดุ พ.ศ. 2535"), laws, {}) is None


def test_reference_takes_the_successor_and_loses_the_number_of_the_old_law(
    old, new
) -> None:
    laws = RepealedLaws([old, new])
    replaced = replace_laws(
        Reference(source=old.key, as_cited="ระเบียบพัสดุฯ", locator="ข้อ 35"),
        laws,
        {old.pk: new},
    )
    assert replaced is not None
    assert replaced.content == Reference(source=new.key, as_cited=ACT_2560)
    assert (replaced.lost_locator, replaced.needs_a_look) == ("ข้อ 35", True)


# -- the act ---------------------------------------------------------------------------------------------


def test_all_are_replaced_in_one_act_each_as_a_version_of_its_own(
    manual, process, drafter, new, cited, named
) -> None:
    version = Section.objects.get(pk=process.pk).version

    made = replace_repealed_laws(
        manual, read(manual, cited, named), {}, by=drafter, reason="ปรับกฎหมาย"
    ).changes

    assert [change.clause for change in made] == [cited, named]
    cited.refresh_from_db()
    named.refresh_from_db()
    assert cited.content == Reference(source=new.key, as_cited=ACT_2560)
    assert (
        named.body
        == f"ให้<strong>จัดซื้อ</strong>ตาม{ACT_2560.replace('2560', '๒๕๖๐')} ทุกครั้ง"
    )
    assert Citation.objects.get(clause=cited).source == new
    told = "ปรับกฎหมาย (ระเบียบพัสดุ 2535 เป็น พ.ร.บ.จัดซื้อจัดจ้าง 2560)"
    rows = SectionVersion.objects.filter(section=process, number__gt=version).order_by(
        "number"
    )
    assert [(row.number, row.action, row.reason) for row in rows] == [
        (version + 1, "edit", told),
        (version + 2, "edit", told),
    ]
    assert ClauseChange.objects.filter(reason=told, kind="reworded").count() == 2
    assert plan_replacements(manual, {}).clauses == ()


def test_one_overtaken_clause_refuses_all(
    manual, drafter, second_drafter, old, cited, named
) -> None:
    as_read = read(manual, cited, named)
    words = Text(body="ตามระเบียบว่าด้วยการพัสดุ พ.ศ. 2535 เสมอ")
    revise_clause(
        named,
        named.lock_version,
        words,
        numbering=named.numbering,
        by=second_drafter,
        reason="แก้คำ",
    )

    with pytest.raises(ReplacementsOvertaken) as refusal:
        replace_repealed_laws(manual, as_read, {}, by=drafter, reason="ปรับกฎหมาย")

    assert refusal.value.uuids == [named.uuid]
    cited.refresh_from_db()
    assert cited.data["source"] == old.key
    assert not ClauseChange.objects.filter(reason__startswith="ปรับกฎหมาย").exists()


def test_changed_registry_refuses_what_was_shown_otherwise(
    manual, drafter, new, cited
) -> None:
    as_read = read(manual, cited)
    LegalSource.objects.filter(pk=new.pk).update(full_title=ACT_2560 + " (แก้ไขชื่อ)")
    with pytest.raises(ReplacementsOvertaken):
        replace_repealed_laws(manual, as_read, {}, by=drafter, reason="ปรับกฎหมาย")


def test_clause_of_another_manual_is_not_touched(manual, drafter, old, cited) -> None:
    foreign = factories.make_process(factories.make_manual(factories.make_group("FIN")))
    other = factories.make_clause(
        foreign, Reference(source=old.key, as_cited=old.full_title), part=8
    )
    [as_read] = read(foreign.manual, other)
    with pytest.raises(ReplacementsOvertaken):
        replace_repealed_laws(manual, [as_read], {}, by=drafter, reason="ปรับกฎหมาย")
    other.refresh_from_db()
    assert other.data["source"] == old.key


# -- the page --------------------------------------------------------------------------------------------


def test_page_shows_the_words_to_come_and_replaces_what_is_ticked(
    sign_in, drafter, old, new, cited, named
) -> None:
    client = sign_in(drafter)
    page = client.get(PAGE)
    html = markup(page)
    assert "1\N{NO-BREAK SPACE}ฉบับ ใน 2\N{NO-BREAK SPACE}ข้อ" in html
    assert "<ins" in html
    rows = [row for _, _, rows in page.context["page"].sections for row in rows]
    assert [(row.uuid, row.is_ticked) for row in rows] == [
        (named.uuid, True),
        (cited.uuid, True),
    ]

    sent = {
        "clauses": [rows[1].value],
        "reason": "ปรับกฎหมาย",
        f"instead-{old.pk}": new.pk,
    }
    answer = client.post(PAGE, sent)

    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert client.post(PAGE, sent).status_code == 303  # the button was pressed twice
    assert ClauseChange.objects.filter(clause=cited, kind="reworded").count() == 1
    assert [
        row.uuid
        for _, _, rows in client.get(PAGE).context["page"].sections
        for row in rows
    ] == [named.uuid]


def test_nothing_ticked_and_overtaken_keep_the_form(
    sign_in, drafter, second_drafter, manual, cited, named
) -> None:
    client = sign_in(drafter)
    refused = client.post(PAGE, {"reason": "เหตุผลของข้าพเจ้า"})
    assert refused.status_code == 422
    assert "โปรดเลือกข้อที่จะแทนที่อย่างน้อยหนึ่งข้อ" in markup(refused)
    assert 'value="เหตุผลของข้าพเจ้า"' in markup(refused)

    values = [write_value(each) for each in read(manual, cited, named)]
    words = Text(body="ตามระเบียบว่าด้วยการพัสดุ พ.ศ. 2535 เสมอ")
    revise_clause(
        named,
        named.lock_version,
        words,
        numbering=named.numbering,
        by=second_drafter,
        reason="แก้คำ",
    )
    refused = client.post(PAGE, {"clauses": values, "reason": "เหตุผลของข้าพเจ้า"})
    assert refused.status_code == 409
    rows = {
        row.uuid: row for _, _, rows in refused.context["page"].sections for row in rows
    }
    assert (rows[cited.uuid].is_ticked, rows[cited.uuid].is_overtaken) == (True, False)
    assert (rows[named.uuid].is_ticked, rows[named.uuid].is_overtaken) == (False, True)
    assert "จึงยังไม่ได้แทนที่ข้อใด" in markup(refused)


def test_law_that_two_others_replaced_is_replaced_by_the_chosen_one(
    sign_in, drafter, process, old, new, cited
) -> None:
    title = "ระเบียบกระทรวงการคลังว่าด้วยการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560"
    other = factories.make_legal_source(
        "ระเบียบ กค. 2560", full_title=title, year_be=2560, status="in_force"
    )
    factories.make_legal_succession(old, other)
    client = sign_in(drafter)
    page = client.get(PAGE, {f"instead-{old.pk}": other.pk})
    [[(_, _, [row])]] = [page.context["page"].sections]
    client.post(
        PAGE, {"clauses": [row.value], "reason": "ปรับ", f"instead-{old.pk}": other.pk}
    )
    cited.refresh_from_db()
    assert cited.content == Reference(source=other.key, as_cited=title)


def test_law_without_a_successor_and_others_than_drafters_replace_nothing(
    sign_in, drafter, facilitator, process, old
) -> None:
    factories.make_clause(
        process, Reference(source=old.key, as_cited=old.full_title), part=8
    )
    html = markup(sign_in(drafter).get(PAGE))
    assert "ทะเบียนยังไม่มีฉบับที่ใช้แทน" in html
    assert 'type="checkbox"' not in html
    assert "แก้ไขเอง" in html
    reader = sign_in(facilitator)
    assert "แก้ไขเอง" not in markup(reader.get(PAGE))
    assert reader.post(PAGE, {"reason": "ปรับ"}).status_code == 403


def test_page_costs_the_same_for_one_clause_and_three(
    sign_in, drafter, unit, cited, old, assert_same_queries
) -> None:
    client = sign_in(drafter)

    def add_two() -> None:
        for _ in range(2):
            process = factories.make_process(unit=unit)
            factories.make_clause(
                process, Reference(source=old.key, as_cited=old.full_title), part=8
            )

    assert_same_queries(11, lambda: client.get(PAGE), add_two)


def test_page_costs_the_same_for_one_clause_and_three_that_refer_to_others(
    sign_in, drafter, process, old, new, assert_same_queries
) -> None:
    client = sign_in(drafter)
    other = factories.clause_at(process, "5.1")

    def add(number: int = 1) -> None:
        for at in range(number):
            words = f"ครั้งที่ {at} ตาม{old.full_title} และ{write_reference(other.uuid)}"
            factories.make_clause(process, Text(body=words))

    add()
    assert_same_queries(13, lambda: client.get(PAGE), lambda: add(2))
    assert "ข้อ 5.1" in markup(client.get(PAGE))
