"""Laws named in running text: the registry that is shipped, the clauses of the manuals that are shipped."""

import csv
import re
from pathlib import Path

import pytest

from manuals.law.mentions import LawNames, find_repealed
from manuals.law.queries import repealed_laws_among
from manuals.models import LegalSource

FIXTURES = Path(__file__).parents[3] / "fixtures"
SECRECY = "ระเบียบรักษาความปลอดภัยแห่งชาติ 2517"
SUPPLIES = "ระเบียบพัสดุ 2535"
BUDGET = "พ.ร.บ.วิธีการงบประมาณ 2502"


def source(
    short_title: str,
    full_title: str = "",
    *,
    year: int = 2535,
    status: str = "repealed",
) -> LegalSource:
    title = full_title or short_title
    return LegalSource(
        pk=hash(short_title),
        key=short_title,
        short_title=short_title,
        full_title=title,
        year_be=year,
        status=status,
    )


@pytest.fixture(scope="module")
def registry() -> LawNames:
    with (FIXTURES / "legal" / "legal_sources.csv").open(
        encoding="utf-8-sig", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    return LawNames(
        [
            source(
                row["short_title"],
                row["full_title"],
                year=int(row["year_be"]),
                status=row["status"],
            )
            for row in rows
        ]
    )


def found(names: LawNames, text: str) -> list[tuple[str, str]]:
    """[(short title, the words that name it)]."""
    return [
        (each.source.short_title, text[each.start : each.end])
        for each in find_repealed(names, text)
    ]


@pytest.mark.parametrize(
    ("written", "short_title"),
    [
        ("ระเบียบว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ. ๒๕๑๗", SECRECY),
        ("ระเบียบว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ.2517", SECRECY),
        ("ระเบียบสำนักนายกรัฐมนตรี ว่าด้วยการรักษาความปลอดภัยแห่งชาติ  พ. ศ. ๒๕๑๗", SECRECY),
        ("ระเบียบสำนักนายกฯ ว่าด้วยการรักษา\nความปลอดภัยแห่งชาติ พุทธศักราช 2517", SECRECY),
        ("ระเบียบรักษาความปลอดภัยแห่งชาติ พ.ศ. 2517", SECRECY),
        ("ระเบียบว่าด้วยการพัสดุ พ.ศ. ๒๕๓๕", SUPPLIES),
        ("ระเบียบพัสดุ ๒๕๓๕", SUPPLIES),
        ("พ.ร.บ. วิธีการงบประมาณ พ.ศ. 2502", BUDGET),
        ("พระราชบัญญัติวิธีการงบประมาณ พ.ศ. ๒๕๐๒", BUDGET),
        ("คำสั่งหัวหน้า คสช. ที่ ๑๐/๒๕๕๙", "คำสั่ง คสช. 10/2559"),
    ],
)
def test_repealed_law_is_found_as_people_write_it(registry, written, short_title):
    text = f"ให้ปฏิบัติตาม{written} 3 ข้อ และแจ้งผู้เกี่ยวข้อง"
    assert found(registry, text) == [(short_title, written)]
    assert re.search(registry.hint, text)


@pytest.mark.parametrize(
    "written",
    [
        "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ. 2552",
        "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 และที่แก้ไขเพิ่มเติม (ฉบับที่ 4) พ.ศ. 2564",
        "ระเบียบกระทรวงมหาดไทยว่าด้วยการพัสดุ พ.ศ. 2535",
        "ระเบียบพัสดุ",
        "พระราชบัญญัติวิธีการงบประมาณ พ.ศ. 25025",
        "พระราชบัญญัติแก้ไขเพิ่มเติมคำสั่งหัวหน้าคณะรักษาความสงบแห่งชาติ ที่ 19/2560",
    ],
)
def test_other_laws_are_not_taken_for_a_repealed_one(registry, written):
    assert found(registry, f"ตาม{written} ให้ดำเนินการ") == []


def test_amendment_in_force_is_not_its_repealed_beginning():
    names = LawNames(
        [
            source(
                "ระเบียบสารบรรณ 2526",
                "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526",
                year=2526,
            ),
            source(
                "ระเบียบสารบรรณ ฉ.4",
                "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ (ฉบับที่ 4) พ.ศ. 2564",
                year=2564,
                status="in_force",
            ),
        ]
    )
    base = "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526"
    assert found(names, f"{base} (ฉบับที่ 4)") == []
    assert found(names, "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ (ฉบับที่ ๔) พ.ศ. ๒๕๖๔") == []
    assert found(names, f"{base} (ฉบับที่ 9)") == [("ระเบียบสารบรรณ 2526", base)]


def test_name_without_a_year_ends_where_a_word_ends():
    names = LawNames(
        [
            source("ระเบียบเงินยืม", year=2520),
            source("ระเบียบเงินยืมราชการ", year=2560, status="in_force"),
        ]
    )
    assert found(names, "ตามระเบียบเงินยืม แล้ว") == [("ระเบียบเงินยืม", "ระเบียบเงินยืม")]
    assert (
        found(
            names, "ตามระเบียบเงินยืมราชการ และระเบียบเงินยืมทดรอง และระเบียบเงินยืม พ.ศ. 2560"
        )
        == []
    )
    assert re.search(names.hint, "ตามระเบียบ เงินยืม แล้ว")


def test_name_that_two_share_means_the_one_in_force():
    old = source("ระเบียบการลา เดิม", "ระเบียบว่าด้วยการลา พ.ศ. 2535")
    new = source(
        "ระเบียบการลา ใหม่", "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยการลา พ.ศ. 2535", status="in_force"
    )
    assert found(LawNames([new, old]), "ตามระเบียบว่าด้วยการลา พ.ศ. 2535") == []


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        ("ให้ยกเลิกระเบียบพัสดุ พ.ศ. 2535", False),
        ("ยกเลิก 1) ระเบียบพัสดุ พ.ศ. 2535", False),
        ("ระเบียบกระทรวงการคลังใช้แทนระเบียบพัสดุ พ.ศ. 2535", False),
        ("ระเบียบพัสดุ พ.ศ. 2535 (ยกเลิกแล้ว)", False),
        ("ระเบียบพัสดุ พ.ศ. 2535 ซึ่งถูกยกเลิกโดยพระราชบัญญัติ", False),
        ("ยกเลิกการจัดซื้อตามระเบียบพัสดุ พ.ศ. 2535", True),
        ("ตามระเบียบพัสดุ พ.ศ. 2535 ยกเลิกการจัดซื้อได้", True),
        ("ให้ยกเลิกระเบียบพัสดุ พ.ศ. 2535 แต่ให้จัดซื้อตามระเบียบพัสดุ พ.ศ. 2535", True),
    ],
)
def test_text_that_says_a_law_is_repealed_does_not_apply_it(registry, text, applies):
    assert bool(found(registry, text)) is applies


def test_law_counts_once_where_it_is_named_first(registry):
    text = "ระเบียบพัสดุ 2535 และระเบียบว่าด้วยการพัสดุ พ.ศ. 2535"
    assert found(registry, text) == [(SUPPLIES, "ระเบียบพัสดุ 2535")]


def test_manuals_name_repealed_laws_where_they_are_known_to_and_nowhere_else(registry):
    """All texts of the revised manuals, read by a person once: a name in the wild is a citation, never an alarm."""
    places = []
    for path in sorted((FIXTURES / "manuals" / "2565").glob("*/*.txt")):
        for number, line in enumerate(
            path.read_text(encoding="utf-8").splitlines(), start=1
        ):
            for title, words in found(registry, line):
                assert re.search(registry.hint, line)
                places.append((f"{path.parent.name}/{path.stem}", number, title))
                assert words
    assert places == [
        (
            "AUD/05-financial-audit",
            6,
            "ระเบียบ กค. ตรวจสอบภายใน 2551",
        ),  # why it was revised, no clause
        ("DIR/01-receive-letters", 25, SECRECY),
        ("DIR/01-receive-letters", 55, SECRECY),
        ("FIN/07-carry-over", 42, "ระเบียบเบิกเงินจากคลัง 2551"),
    ]


def test_empty_registry_names_nothing():
    assert list(LawNames([]).find_in("ระเบียบพัสดุ พ.ศ. 2535")) == []


def test_registry_is_read_anew_only_when_it_says_something_else():
    def registry(url: str = "") -> list[LegalSource]:
        return [
            LegalSource(
                pk=1,
                key="old",
                full_title="ระเบียบเก่า พ.ศ. 2517",
                year_be=2517,
                status="repealed",
                url=url,
            )
        ]

    first = repealed_laws_among(registry())
    assert repealed_laws_among(registry()) is first
    other = repealed_laws_among(registry("https://example.go.th/"))
    assert (other is first, other.by_key["old"].url) == (
        False,
        "https://example.go.th/",
    )
