"""The registry of laws: loaded beside what people wrote, searched, corrected, and what contradicts is refused."""

from datetime import date
from pathlib import Path

import pytest

from hearing_portal.acts.models import Act
from manuals.content import Reference
from manuals.drafting.services.structure import retire_clause
from manuals.law.presentation import source_warnings
from manuals.law.queries import (
    count_legal_sources,
    find_legal_sources,
    find_sources_by_title,
    plan_legal_sources,
)
from manuals.law.services import (
    LawRefused,
    SourceFacts,
    add_legal_source,
    add_legal_succession,
    change_legal_source,
    load_legal_sources,
    remove_legal_succession,
)
from manuals.law.shipped_files import SHIPPED_SOURCES
from manuals.models import LegalSource, LegalSuccession
from tests import factories
from tests.markup import markup

pytestmark = pytest.mark.django_db
LAW = "/law/"
AMENDS, REPLACES = LegalSuccession.Kind.AMENDS, LegalSuccession.Kind.REPLACES
OLD = {
    "full_title": "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการพัสดุ พ.ศ. 2535",
    "short_title": "ระเบียบพัสดุ 2535",
    "kind": "ระเบียบ",
    "year_be": "2535",
    "status": "repealed",
    "in_force_from": "",
    "until": "",
    "url": "",
    "note": "",
}


@pytest.fixture
def desk(sign_in, admin):
    return sign_in(admin)


@pytest.fixture
def old(db) -> LegalSource:
    return factories.make_legal_source(
        **{**OLD, "year_be": 2535, "in_force_from": None, "until": None}
    )


@pytest.fixture
def new(db) -> LegalSource:
    return factories.make_legal_source(
        "พ.ร.บ.จัดซื้อจัดจ้าง",
        full_title="พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560",
        year_be=2560,
        kind="พระราชบัญญัติ",
        status="in_force",
    )


def page_of(source: LegalSource) -> str:
    return f"{LAW}{source.pk}/"


# -- the shipped registry --------------------------------------------------------------------------------


def everything() -> list[tuple]:
    return [
        *LegalSource.objects.order_by("pk").values_list(),
        *LegalSuccession.objects.order_by("pk").values_list(),
    ]


def test_registry_loads_and_again_changes_nothing() -> None:
    done = load_legal_sources(by=None)
    assert (len(done.sources.new), count_legal_sources()) == (100, 100)
    source = LegalSource.objects.get(key="ระเบียบสารบรรณ 2526")
    assert (source.year_be, source.is_repealed) == (2526, False)
    assert [
        row.to_source.key
        for row in source.successions.order_by("to_source__year_be", "pk")
    ] == [
        "ระเบียบสารบรรณ ฉ.2",
        "ระเบียบสารบรรณ ฉ.3",
        "ระเบียบสารบรรณ ฉ.4",
    ]
    before = everything()
    assert load_legal_sources(by=None).does_nothing
    assert everything() == before
    assert Act.objects.count() == 1


def test_every_repealed_law_of_the_list_names_what_replaced_it() -> None:
    load_legal_sources(by=None)
    repealed = LegalSource.objects.filter(status="repealed")
    assert repealed.count() > 10
    assert not repealed.exclude(successions__kind="replaces").exists()


def test_notes_of_the_list_are_for_thai_readers() -> None:
    load_legal_sources(by=None)
    assert not LegalSource.objects.filter(note__regex="[a-z]{2}").exists()


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    path = tmp_path / "legal_sources.csv"
    words = SHIPPED_SOURCES.read_text(encoding="utf-8")
    path.write_text(
        words.replace("พ.ศ. 2535,2535,ระเบียบ,repealed", "พ.ศ. 2535,2535,คำสั่ง,repealed"),
        encoding="utf-8",
    )
    return path


def test_what_was_changed_by_hand_stays(admin, newer) -> None:
    load_legal_sources(by=admin)
    leave = LegalSource.objects.get(key="ระเบียบการลา 2535")
    facts = SourceFacts(leave.full_title, leave.short_title, 2535, "ประกาศ", "repealed")
    change_legal_source(leave, facts, by=admin)
    gone = leave.successions.get()
    remove_legal_succession(gone, by=admin)

    done = load_legal_sources(newer, by=admin)

    kinds = dict(LegalSource.objects.filter(year_be=2535).values_list("key", "kind"))
    assert (kinds["ระเบียบการลา 2535"], kinds["ระเบียบพัสดุ 2535"]) == ("ประกาศ", "คำสั่ง")
    assert [row.row.key for row in done.sources.kept] == ["ระเบียบการลา 2535"]
    assert not leave.successions.exists()  # taken away by hand, and stays away


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """The list as it was before two sources had Thai short titles."""
    path = tmp_path / "legal_sources.csv"
    words = SHIPPED_SOURCES.read_text(encoding="utf-8")
    for now, then in RENAMED.items():
        assert f"\n{now}," in words
        words = words.replace(f"\n{now},", f"\n{then},")
    path.write_text(words, encoding="utf-8")
    return path


RENAMED = {
    "พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล": "PDPA",
    "ระเบียบพัสดุด้วยวิธีการทางอิเล็กทรอนิกส์ 2549": "ระเบียบ e-Auction 2549",
}


def test_portal_that_runs_is_offered_the_short_titles_of_a_newer_list(
    admin, desk, earlier
) -> None:
    load_legal_sources(earlier, by=admin)
    page = markup(desk.get(f"{LAW}shipped/"))
    assert "จาก <del>PDPA</del> เป็น <ins>พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล</ins>" in page

    done = load_legal_sources(by=admin)

    assert not done.sources.new
    assert {row.row.short_title for row in done.sources.changed} == set(RENAMED)
    assert count_legal_sources() == 100
    auction = LegalSource.objects.get(key="ระเบียบ e-Auction 2549")
    assert auction.short_title == "ระเบียบพัสดุด้วยวิธีการทางอิเล็กทรอนิกส์ 2549"
    assert auction.successions.count() == 1
    assert load_legal_sources(by=admin).does_nothing


def test_short_title_written_by_hand_stays_when_the_list_has_another(
    admin, earlier
) -> None:
    load_legal_sources(earlier, by=admin)
    law = LegalSource.objects.get(key="PDPA")
    facts = SourceFacts(law.full_title, "พ.ร.บ.ข้อมูลฯ", 2562, law.kind, law.status)
    change_legal_source(law, facts, by=admin)

    done = load_legal_sources(by=admin)

    law.refresh_from_db()
    assert law.short_title == "พ.ร.บ.ข้อมูลฯ"
    assert [row.row for row in done.sources.kept] == [law]
    assert not done.sources.new


def test_law_written_by_hand_before_is_the_one_of_the_list(admin) -> None:
    own = add_legal_source(
        SourceFacts(
            "พระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562",
            "พ.ร.บ.คุ้มครองข้อมูลฯ",
            2562,
            "พ.ร.บ.",
            "amended",
        ),
        by=admin,
    )
    load_legal_sources(by=admin)
    own.refresh_from_db()
    assert (own.short_title, own.kind, own.status) == (
        "พ.ร.บ.คุ้มครองข้อมูลฯ",
        "พ.ร.บ.",
        "amended",
    )
    assert count_legal_sources() == 100


def test_one_button_fills_the_empty_registry(desk, admin) -> None:
    assert "ใช้รายการที่มากับระบบ" in desk.get(LAW).content.decode()
    assert desk.post(f"{LAW}shipped/")["Location"] == LAW
    assert count_legal_sources() == 100
    line = Act.objects.get(code="law-loaded")
    assert (line.by, line.category) == (admin, "law")
    assert "ครบตามรายการที่มากับระบบแล้ว" in desk.get(f"{LAW}shipped/").content.decode()


def test_page_says_beforehand_what_is_added(desk) -> None:
    page = markup(desk.get(f"{LAW}shipped/"))
    assert "<li>ระเบียบสารบรรณ 2526</li>" in page
    assert "<li>ระเบียบการลา 2535 แทนที่โดย ระเบียบการลา</li>" in page
    assert count_legal_sources() == 0


# -- the list --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "status", "found"),
    [
        ("พัสดุ", "", ["พ.ร.บ.จัดซื้อจัดจ้าง", "ระเบียบพัสดุ 2535"]),
        ("พัสดุ ๒๕๓๕", "", ["ระเบียบพัสดุ 2535"]),
        ("ระเบียบ พัสดุุ2535", "", ["ระเบียบพัสดุ 2535"]),
        ("พ.ร.บ. จัดซื้อ", "", ["พ.ร.บ.จัดซื้อจัดจ้าง"]),
        ("", "repealed", ["ระเบียบพัสดุ 2535"]),
        ("จัดซื้อ", "repealed", []),
    ],
)
def test_laws_are_found_by_words_and_status(old, new, words, status, found) -> None:
    assert [
        source.short_title for source in find_legal_sources(words=words, status=status)
    ] == found


def test_letters_that_are_taken_for_each_other_hide_no_law() -> None:
    """ฏ is looked for as ฎ, in the registry as in the words of an edition."""
    title = "พ.ร.บ.วิธีปฏิบัติราชการทางปกครอง"
    factories.make_legal_source(title, full_title=title, key="RTC2539")
    for typed in ("ปฏิบัติราชการ", "ปฎิบัติ ราชการ"):
        assert [each.key for each in find_legal_sources(words=typed)] == ["RTC2539"]
        assert [each.key for each in find_sources_by_title(typed)] == ["RTC2539"]


def test_list_says_what_replaced_a_law_and_how_many_clauses_cite_it(
    sign_in, drafter, old, new, clause
) -> None:
    factories.make_legal_succession(old, new)
    factories.make_citation(clause, old)
    page = markup(sign_in(drafter).get(LAW, {"q": "ระเบียบพัสดุ"}))
    assert "แทนที่โดย พ.ร.บ.จัดซื้อจัดจ้าง" in page
    assert "อ้าง 1\N{NO-BREAK SPACE}ข้อ" in page
    assert "เพิ่มกฎหมาย" not in page  # drafters read


def test_list_costs_the_same_for_one_and_three(desk, old, assert_same_queries) -> None:
    def add_two() -> None:
        for number in (1, 2):
            later = factories.make_legal_source(
                f"ฉบับที่ {number}", full_title=f"ฉบับที่ {number}"
            )
            factories.make_legal_succession(old, later)

    assert_same_queries(6, lambda: desk.get(LAW), add_two)


# -- by hand ---------------------------------------------------------------------------------------------


def test_admin_adds_a_law(desk, admin) -> None:
    response = desk.post(
        f"{LAW}new/",
        {
            **OLD,
            "until": "22/08/2560",
            "url": "ratchakitcha.soc.go.th/1",
            "note": "ใช้กับงานพัสดุ",
        },
    )
    made = LegalSource.objects.get()
    assert response["Location"] == page_of(made)
    assert (
        made.key,
        made.full_title,
        made.year_be,
        made.status,
        made.until,
        made.url,
        made.note,
    ) == (
        "ระเบียบพัสดุ 2535",
        OLD["full_title"],
        2535,
        "repealed",
        date(2017, 8, 22),
        "https://ratchakitcha.soc.go.th/1",
        "ใช้กับงานพัสดุ",
    )
    line = Act.objects.get(code="law-changed")
    assert (line.by, line.subject, line.subject_key, line.note) == (
        admin,
        "law",
        str(made.pk),
        "เพิ่มกฎหมาย",
    )


def test_correcting_a_law_keeps_its_key_and_tells_the_log(desk, old) -> None:
    response = desk.post(
        page_of(old), {**OLD, "short_title": "ระเบียบพัสดุฯ", "status": "in_force"}
    )
    assert response["Location"] == page_of(old)
    old.refresh_from_db()
    assert (old.key, old.short_title, old.status) == (
        "ระเบียบพัสดุ 2535",
        "ระเบียบพัสดุฯ",
        "in_force",
    )
    told = (
        "แก้ชื่อย่อจาก “ระเบียบพัสดุ 2535” เป็น “ระเบียบพัสดุฯ” สถานะจาก “ยกเลิกแล้ว” เป็น “ใช้บังคับ”"
    )
    assert Act.objects.get(code="law-changed").note == told
    assert (
        told in desk.get("/desk/audit/", {"object": f"law:{old.pk}"}).content.decode()
    )


def test_unchanged_law_leaves_no_line_in_the_log(desk, old) -> None:
    assert desk.post(page_of(old), OLD).status_code == 303
    assert not Act.objects.filter(code="law-changed").exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"full_title": "พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. 2560"},
            "ที่ใช้ชื่อเต็มนี้แล้ว",
        ),
        ({"short_title": "พ.ร.บ.จัดซื้อจัดจ้าง"}, "ที่ใช้ชื่อย่อนี้แล้ว"),
        ({"year_be": "2561"}, "ปีของฉบับนี้ต้องไม่หลังปีนั้น"),
        ({"year_be": "1992"}, "โปรดกรอกปี พ.ศ. ระหว่าง 2400"),
        ({"status": "gone"}, "id_status"),
        ({"in_force_from": "01/01/2560", "until": "01/01/2559"}, "วันที่สิ้นผลต้องไม่ก่อนวันนั้น"),
        ({"url": "ไม่ใช่ที่อยู่"}, "ที่อยู่เว็บไม่ถูกต้อง"),
    ],
)
def test_what_contradicts_is_refused_with_the_form_filled(
    desk, old, new, fields, told
) -> None:
    factories.make_legal_succession(old, new)
    response = desk.post(page_of(old), {**OLD, "note": "คงไว้", **fields})
    page = response.content.decode()
    assert response.status_code in (409, 422)
    assert (told in page, "คงไว้" in page) == (True, True)
    old.refresh_from_db()
    assert (old.note, old.year_be) == ("", 2535)


def test_second_law_of_one_short_title_gets_a_key_of_its_own(admin, old) -> None:
    """The titles were changed since; keys are cited, and stay."""
    change_legal_source(
        old,
        SourceFacts(old.full_title, "ระเบียบพัสดุ (เดิม)", 2535, "ระเบียบ", "repealed"),
        by=admin,
    )
    made = add_legal_source(
        SourceFacts("ระเบียบใหม่", "ระเบียบพัสดุ 2535", 2568, "ระเบียบ", "in_force"), by=admin
    )
    assert made.key == "ระเบียบพัสดุ 2535 (2)"


def test_incomplete_law_is_a_warning(old, new) -> None:
    assert source_warnings(old, []) == [
        "ยังไม่ได้ระบุวันที่สิ้นผลใช้บังคับ",
        "ยังไม่ได้ระบุฉบับที่ใช้แทน หากไม่มีฉบับใช้แทน ผู้ยกร่างต้องตัดการอ้างอิงฉบับนี้ออก",
    ]
    old.until = date(2017, 8, 22)
    replaced = factories.make_legal_succession(old, new)
    assert source_warnings(old, [replaced]) == []
    old.status = "in_force"
    assert [warning.split(" ")[0] for warning in source_warnings(old, [replaced])] == [
        "มีฉบับที่ใช้แทนแล้ว",
        "พ้นวันที่สิ้นผลใช้บังคับแล้ว",
    ]


# -- successions -----------------------------------------------------------------------------------------


def test_succession_is_added_by_a_part_of_the_title_and_taken_away(
    desk, admin, old, new
) -> None:
    response = desk.post(
        f"{page_of(old)}successions/", {"kind": "replaces", "later": "จัดซื้อจัดจ้าง"}
    )
    assert response["Location"] == page_of(old)
    made = LegalSuccession.objects.get()
    assert (made.from_source, made.to_source, made.kind) == (old, new, "replaces")
    assert "ใช้แทน" in markup(desk.get(page_of(new)))

    assert desk.post(f"{LAW}successions/{made.pk}/removal/")["Location"] == page_of(old)
    assert not LegalSuccession.objects.exists()
    notes = (
        Act.objects.filter(code="law-changed")
        .order_by("pk")
        .values_list("note", flat=True)
    )
    assert list(notes) == [
        "เพิ่ม “แทนที่โดย พ.ร.บ.จัดซื้อจัดจ้าง”",
        "นำออก “แทนที่โดย พ.ร.บ.จัดซื้อจัดจ้าง”",
    ]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "replaces", "later": ""}, "โปรดกรอกชื่อของฉบับหลัง"),
        ({"kind": "", "later": "จัดซื้อ"}, "โปรดเลือกแทนที่โดย หรือแก้ไขโดย"),
        ({"kind": "amends", "later": "ไม่มีกฎหมายนี้"}, "ไม่พบกฎหมายชื่อนี้ในทะเบียน"),
        (
            {"kind": "amends", "later": "พัสดุ"},
            "พบ 2 ฉบับ ได้แก่ พ.ร.บ.จัดซื้อจัดจ้าง, ระเบียบพัสดุ 2535",
        ),
        ({"kind": "amends", "later": "ระเบียบพัสดุ 2535"}, "กฎหมายแก้ไขหรือใช้แทนตนเองไม่ได้"),
    ],
)
def test_wrong_succession_is_refused_with_what_was_typed(
    desk, old, new, fields, told
) -> None:
    response = desk.post(f"{page_of(old)}successions/", fields)
    page = response.content.decode()
    assert response.status_code in (409, 422)
    assert told in page
    assert f'value="{fields["later"]}"' in page or not fields["later"]
    assert not LegalSuccession.objects.exists()


def test_contradicting_successions_are_refused(admin, old, new) -> None:
    with pytest.raises(LawRefused, match="ก่อนฉบับนี้"):
        add_legal_succession(new, old, REPLACES, by=admin)
    add_legal_succession(old, new, REPLACES, by=admin)
    with pytest.raises(LawRefused, match="ไว้แล้ว"):
        add_legal_succession(old, new, AMENDS, by=admin)
    LegalSource.objects.filter(pk=old.pk).update(year_be=2560)
    old.refresh_from_db()
    with pytest.raises(LawRefused, match="เป็นฉบับก่อน"):
        add_legal_succession(new, old, AMENDS, by=admin)
    assert LegalSuccession.objects.count() == 1


def test_drafter_reads_and_changes_nothing(sign_in, drafter, old) -> None:
    client = sign_in(drafter)
    page = client.get(page_of(old)).content.decode()
    assert "บันทึก</button>" not in page
    assert client.post(page_of(old), {**OLD, "year_be": "2500"}).status_code == 403


def test_page_of_a_law_costs_the_same_for_one_succession_and_three(
    desk, old, new, assert_same_queries
) -> None:
    factories.make_legal_succession(old, new)

    def add_two() -> None:
        for number in (1, 2):
            later = factories.make_legal_source(
                f"ฉบับที่ {number}", full_title=f"ฉบับที่ {number}"
            )
            factories.make_legal_succession(old, later)

    assert_same_queries(12, lambda: desk.get(page_of(old)), add_two)


def test_plan_costs_two_queries(db, assert_same_queries) -> None:
    factories.make_legal_source("ก", full_title="ก")

    def add_two() -> None:
        for words in "ขค":
            factories.make_legal_source(words, full_title=words)

    assert_same_queries(2, plan_legal_sources, add_two)


def test_later_save_is_shown_what_the_other_one_wrote_and_keeps_its_words(
    desk, admin, old
) -> None:
    address = f"{LAW}{old.pk}/"
    read = str(desk.get(address).context["form"]["version"].value())
    facts = SourceFacts(
        **{
            **OLD,
            "year_be": 2535,
            "in_force_from": None,
            "until": None,
            "note": "อีกท่านเขียน",
        }
    )
    change_legal_source(old, facts, by=admin)

    late = desk.post(address, {**OLD, "note": "ของท่านนี้", "version": read})

    assert late.status_code == 409
    assert [tuple(value) for value in late.context["form"].stored_values] == [
        ("หมายเหตุ", "อีกท่านเขียน", "ของท่านนี้")
    ]
    assert "ของท่านนี้</textarea>" in markup(late)
    assert LegalSource.objects.get().note == "อีกท่านเขียน"
    again = desk.post(
        address,
        {**OLD, "note": "ของท่านนี้", "version": late.context["form"]["version"].value()},
    )
    assert (again.status_code, LegalSource.objects.get().note) == (303, "ของท่านนี้")


def test_law_that_nothing_refers_to_is_removed_after_a_step_and_the_log_tells_it(
    desk, old
) -> None:
    address = f"{LAW}{old.pk}/removal/"
    assert f'action="{address}"' in desk.get(f"{LAW}{old.pk}/").content.decode()

    assert "นำระเบียบพัสดุ 2535 ออกจากทะเบียนหรือไม่" in desk.post(address).content.decode()
    assert LegalSource.objects.exists()
    removed = desk.post(address, {"is_confirmed": "on"})

    assert (removed.status_code, removed["Location"]) == (303, LAW)
    assert not LegalSource.objects.exists()
    [line] = Act.objects.filter(code="law-changed")
    assert (line.label, line.note) == ("ระเบียบพัสดุ 2535", "นำกฎหมายออก")


def test_law_that_something_refers_to_stays_and_may_be_repealed(
    desk, old, new, admin, drafter, process
) -> None:
    """A clause that was retired refers to it still: an edition may say it."""
    clause = factories.make_clause(
        process, Reference(source=new.key, as_cited=new.full_title), part=8, by=drafter
    )
    retire_clause(clause, clause.lock_version, by=drafter, reason="ซ้ำ")
    later = factories.make_legal_source("ระเบียบพัสดุ 2549", year_be=2549)
    add_legal_succession(old, later, AMENDS, by=admin)

    for source, told in (
        (new, "ข้อในร่างหรือในฉบับที่จัดทำแล้ว"),
        (old, "ความสัมพันธ์กับกฎหมายฉบับอื่นในทะเบียน"),
        (later, "ความสัมพันธ์กับกฎหมายฉบับอื่นในทะเบียน"),
    ):
        refused = desk.post(f"{LAW}{source.pk}/removal/", {"is_confirmed": "on"})
        page = markup(refused)
        assert refused.status_code == 409
        assert f"ได้แก่ {told} หากกฎหมายฉบับนี้ยกเลิกแล้ว" in page
        assert 'href="#id_status">เปลี่ยนสถานะ' in page
    assert {old, new, later} <= set(LegalSource.objects.all())
