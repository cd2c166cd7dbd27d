"""Whether a process agrees with the law: checked by a person, and unchecked again once its words or its laws change."""

import pytest
from django.db import DatabaseError, transaction

from hearing_portal.acts.models import Act
from manuals.conformity.queries import (
    Conformity,
    count_conformity,
    load_conformity,
    load_manual_conformity,
    load_process_laws,
)
from manuals.conformity.services import CheckOvertaken, CheckRefused, check_conformity
from manuals.conformity.standings import standings_token
from manuals.content import Reference, Text
from manuals.drafting.services.editing import revise_clause
from manuals.law.services import SourceFacts, add_legal_succession, change_legal_source
from manuals.models import ConformityCheck, LegalSource, LegalSuccession, Section
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
LIST = "/groups/DIR/conformity/"
Status = ConformityCheck.Status
TITLE = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการพัสดุ พ.ศ. 2535"


@pytest.fixture
def law() -> LegalSource:
    return factories.make_legal_source(
        "ระเบียบพัสดุ 2535", full_title=TITLE, year_be=2535, status="in_force"
    )


@pytest.fixture
def cited(process, law) -> Section:
    """The process, with a clause that names the law and one that refers to it."""
    factories.make_clause(process, Text(body="ตามระเบียบว่าด้วยการพัสดุ พ.ศ. ๒๕๓๕"))
    factories.make_clause(process, Reference(source=law.key, as_cited=TITLE), part=8)
    process.refresh_from_db()
    return process


def token(process: Section) -> str:
    process.refresh_from_db()
    return standings_token(process.version, load_process_laws(process).standings)


def state(process: Section) -> Conformity:
    process.refresh_from_db()
    return load_conformity([process])[process.pk].state


def check(
    process: Section, by, status=Status.CONFORMING, note: str = ""
) -> ConformityCheck:
    return check_conformity(process, status, note, read=token(process), by=by)


# -- the state -------------------------------------------------------------------------------------------


def test_check_counts_until_the_words_change(cited, drafter, clause) -> None:
    assert state(cited) == Conformity.UNCHECKED
    made = check(cited, drafter, Status.CONFLICTING, "ข้อ 5.1 ขัดกับข้อ 12 ของระเบียบ")
    assert (made.at_version, made.by, state(cited)) == (
        cited.version,
        drafter,
        Conformity.CONFLICTING,
    )

    words = Text(body="ถ้อยคำใหม่")
    revise_clause(
        clause,
        clause.lock_version,
        words,
        numbering=clause.numbering,
        by=drafter,
        reason="แก้ให้ตรง",
    )

    cited.refresh_from_db()
    found = load_conformity([cited])[cited.pk]
    assert (found.state, found.check, found.has_new_words, found.changed_laws) == (
        Conformity.UNCHECKED,
        made,
        True,
        [],
    )
    check(cited, drafter)
    assert state(cited) == Conformity.CONFORMING
    assert cited.conformity_checks.count() == 2


def test_check_counts_until_a_law_it_applies_changes(
    cited, drafter, admin, law
) -> None:
    check(cited, drafter)
    other = factories.make_legal_source(
        "ระเบียบการลา 2555", full_title="ระเบียบการลา พ.ศ. 2555", year_be=2555
    )
    change_legal_source(
        other, SourceFacts("ระเบียบการลา", "การลา", 2555, "ระเบียบ", "repealed"), by=admin
    )
    assert state(cited) == Conformity.CONFORMING  # not a law of this process
    add_legal_succession(law, other, LegalSuccession.Kind.AMENDS, by=admin)
    found = load_conformity([cited])[cited.pk]
    assert (found.state, found.changed_laws) == (
        Conformity.UNCHECKED,
        ["ระเบียบพัสดุ 2535"],
    )

    check(cited, drafter)
    change_legal_source(
        law, SourceFacts(TITLE, "ระเบียบพัสดุ 2535", 2535, "ระเบียบ", "repealed"), by=admin
    )
    assert state(cited) == Conformity.UNCHECKED


def test_counts_add_up_by_manual(unit, cited, drafter) -> None:
    second = factories.make_process(unit=unit)
    check(cited, drafter)
    check(second, drafter, Status.NO_BASIS, "ไม่มีกฎหมายกำหนด")
    factories.make_process(unit=unit)
    assert count_conformity([unit.manual]) == {
        unit.manual_id: {"conforming": 1, "no_basis": 1, "unchecked": 1}
    }
    assert [row.state for row in load_manual_conformity(unit.manual)] == [
        "conforming",
        "no_basis",
        "unchecked",
    ]


# -- the act ---------------------------------------------------------------------------------------------


def test_check_is_told_the_log_and_stored_once(cited, drafter) -> None:
    first = check(cited, drafter, Status.OUTDATED, "ยังใช้เวลาตามระเบียบเดิม")
    assert check(cited, drafter, Status.OUTDATED, "ยังใช้เวลาตามระเบียบเดิม") == first
    [line] = Act.objects.filter(code="conformity-checked")
    assert (line.by, line.detail, line.reason) == (
        drafter,
        "outdated",
        "ยังใช้เวลาตามระเบียบเดิม",
    )


def test_rows_are_never_changed(cited, drafter) -> None:
    made = check(cited, drafter)
    for act in (
        lambda: ConformityCheck.objects.filter(pk=made.pk).update(note="อื่น"),
        lambda: ConformityCheck.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_check_of_what_was_read_otherwise_is_refused(
    cited, drafter, second_drafter, admin, clause, law
) -> None:
    read = token(cited)
    words = Text(body="ถ้อยคำใหม่")
    revise_clause(
        clause,
        clause.lock_version,
        words,
        numbering=clause.numbering,
        by=second_drafter,
        reason="แก้",
    )
    with pytest.raises(CheckOvertaken):
        check_conformity(cited, Status.CONFORMING, "", read=read, by=drafter)
    read = token(cited)
    change_legal_source(
        law, SourceFacts(TITLE, "ระเบียบพัสดุ 2535", 2535, "ระเบียบ", "amended"), by=admin
    )
    with pytest.raises(CheckOvertaken):
        check_conformity(cited, Status.CONFORMING, "", read=read, by=drafter)
    assert not ConformityCheck.objects.exists()


def test_process_that_applies_a_repealed_law_does_not_conform(
    cited, drafter, law
) -> None:
    LegalSource.objects.filter(pk=law.pk).update(status="repealed")
    with pytest.raises(CheckRefused, match="ยังอ้าง ระเบียบพัสดุ 2535 ซึ่งยกเลิกแล้ว"):
        check(cited, drafter)
    with pytest.raises(CheckRefused, match="โปรดระบุหมายเหตุ"):
        check(cited, drafter, Status.OUTDATED)
    assert check(cited, drafter, Status.OUTDATED, "รอแทนที่กฎหมาย").status == "outdated"


# -- the pages -------------------------------------------------------------------------------------------


def test_page_shows_the_laws_and_takes_a_check(sign_in, drafter, cited, law) -> None:
    client = sign_in(drafter)
    page = client.get(f"{LIST}{cited.uuid}/")
    [found] = page.context["page"].laws
    assert (found.source, [name for name, _ in found.places]) == (
        law,
        ["ข้อ 5.4", "ข้อ 8.2"],
    )
    sent = {
        "read": page.context["read"],
        "status": "conflicting",
        "note": "ข้อ 5.1 ขัดกับข้อ 12",
    }
    assert client.post(f"{LIST}{cited.uuid}/", sent).status_code == 303

    html = markup(client.get(LIST))
    assert "ข้อ 5.1 ขัดกับข้อ 12" in html
    assert [link.rows for link in client.get(LIST).context["links"]] == [
        1,
        0,
        0,
        1,
        0,
        0,
    ]
    assert client.get(LIST, {"state": "conforming"}).context["rows"] == []
    assert len(client.get(LIST, {"state": "conflicting"}).context["rows"]) == 1
    assert "ขัด</span>" in markup(client.get("/groups/DIR/drafts/"))
    assert "ไม่สอดคล้อง 1\N{NO-BREAK SPACE}กระบวนงาน" in markup(client.get("/drafting/"))


def test_refused_and_overtaken_checks_keep_what_was_typed(
    sign_in, drafter, second_drafter, cited, clause
) -> None:
    client = sign_in(drafter)
    address = f"{LIST}{cited.uuid}/"
    read = client.get(address).context["read"]
    refused = client.post(address, {"read": read, "note": "ข้าพเจ้าพิมพ์ไว้"})
    assert (refused.status_code, "โปรดเลือกผลการตรวจ" in markup(refused)) == (422, True)
    assert "ข้าพเจ้าพิมพ์ไว้" in markup(refused)

    words = Text(body="ถ้อยคำใหม่")
    revise_clause(
        clause,
        clause.lock_version,
        words,
        numbering=clause.numbering,
        by=second_drafter,
        reason="แก้",
    )
    sent = {"read": read, "status": "outdated", "note": "ข้าพเจ้าพิมพ์ไว้"}
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert "ข้าพเจ้าพิมพ์ไว้" in markup(refused)
    assert (
        client.post(address, {**sent, "read": refused.context["read"]}).status_code
        == 303
    )


def test_others_read_and_do_not_check(
    sign_in, expert, facilitator, cited, unit
) -> None:
    for person in (expert, facilitator):
        client = sign_in(person)
        assert "บันทึกผลการตรวจ" not in markup(client.get(f"{LIST}{cited.uuid}/"))
        assert (
            client.post(f"{LIST}{cited.uuid}/", {"status": "conforming"}).status_code
            == 403
        )
    assert (
        sign_in(expert).get(f"{LIST}{unit.uuid}/").status_code == 404
    )  # a unit is no process


def test_list_costs_the_same_for_one_process_and_three(
    sign_in, drafter, unit, cited, assert_same_queries
) -> None:
    check(cited, drafter)
    client = sign_in(drafter)

    def add_two() -> None:
        for _ in range(2):
            check(factories.make_process(unit=unit), drafter)

    assert_same_queries(9, lambda: client.get(LIST), add_two)


def test_page_costs_the_same_for_one_check_and_three(
    sign_in, drafter, cited, assert_same_queries
) -> None:
    check(cited, drafter)
    client = sign_in(drafter)

    def add_two() -> None:
        check(cited, drafter, Status.OUTDATED, "หนึ่ง")
        check(cited, drafter, Status.OUTDATED, "สอง")

    assert_same_queries(12, lambda: client.get(f"{LIST}{cited.uuid}/"), add_two)
