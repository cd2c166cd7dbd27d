"""The book of the demonstration, printed once: what it says is true, and reads well."""

import re
from dataclasses import dataclass
from itertools import pairwise

import lxml.html
import pytest
from django.conf import settings
from django.db import transaction

from hearing_portal.directory.loading.services import load_directory
from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.line_ends import kept_spans
from hearing_portal.thai.numbering import COUNTED, arabic_digits, thai_digits
from manuals.editions.services.freezing import freeze_edition
from manuals.flowchart import chart_column, steps_from_entries
from manuals.importing.fixtures import FixtureManuals
from manuals.law.services import load_legal_sources
from manuals.models import Edition, Manual
from manuals.pdf.book import print_book
from manuals.pdf.book_source import BookSource, NumberedProcess, numbered_processes
from manuals.pdf.documents import plan_chunks
from manuals.pdf.sources import PrintOptions, load_book_source
from manuals.pdf.summary_shapes import cell_shape
from manuals.reading.presentation.overview import load_overview
from tests import factories
from tests.manuals.pdf.pdf_reader import Reader, squeezed, words_on_pages

# The mark makes pytest-django set up the test database; the rows come from the module's fixture
pytestmark = pytest.mark.django_db
MOST_TORN = 5
# What was torn before there was a list of terms
TORN_BEFORE = re.compile(
    rf"การ\|ศึกษา|วันทำ\|การ|คณะ\|กรรมการ|ปี\|งบประมาณ|[0-9๐-๙]\|(?:{COUNTED})"
)
FACTS = ("กระบวนงาน", "ใหม่หรือเพิ่มเติม", "งานภายในกลุ่ม", "หน้า")
INVENTED_CODES = re.compile(
    r"\((?:ตสน|ลม|ตผ|กส|บร|อก|ยพ|ทส|สส|นผ)\. [^)]*\)|\(DMC-0\d[^)]*\)"
)


@dataclass(frozen=True)
class PrintedDemonstration:
    """`on_pages` is what the groups' pages say of each process, {its uuid: words}; `announced` are the keys of the
    groups whose duties are in the notification's words."""

    source: BookSource
    on_pages: dict[str, str]
    announced: set[str]
    reader: Reader

    @property
    def processes(self) -> list[NumberedProcess]:
        return [
            process
            for manual in self.source.manuals
            for process in numbered_processes(manual)
        ]


@pytest.fixture(scope="module")
def printed(django_db_setup, django_db_blocker) -> PrintedDemonstration:
    """The manuals of both years without their hearing, which the book does not print. They are rolled back before the
    book is printed: no transaction may wait so long."""
    with django_db_blocker.unblock(), transaction.atomic():
        draft = load_both_years()
        source = load_book_source(draft, PrintOptions())
        on_pages = read_group_pages(draft)
        groups = WorkGroup.objects.filter(manual__isnull=False)
        announced = {group.key for group in groups if group.duties_are_announced}
        transaction.set_rollback(True)
    return PrintedDemonstration(
        source, on_pages, announced, Reader(print_book(source).bytes)
    )


def load_both_years() -> Edition:
    fixtures = settings.BASE_DIR / "fixtures"
    load_directory(fixtures / "directory", by=None)
    load_legal_sources(fixtures / "legal" / "legal_sources.csv", by=None)
    admin = factories.make_admin(username="printer")
    manuals = FixtureManuals(fixtures / "manuals", by=admin)
    manuals.load_baseline()
    basis = freeze_edition(
        code="2553", kind=Edition.Kind.BASELINE, title="ฉบับ พ.ศ. 2553", by=admin
    )
    manuals.load_draft()
    title = "ร่างรับฟังความคิดเห็น พ.ศ. 2565"
    return freeze_edition(
        code="2565-D1", kind=Edition.Kind.HEARING, title=title, by=admin, basis=basis
    )


def read_group_pages(draft: Edition) -> dict[str, str]:
    said = {}
    for manual in Manual.objects.filter(work_group__isnull=False).select_related(
        "work_group"
    ):
        overview = load_overview(manual, draft, draft.basis)
        assert overview is not None
        for row in overview.processes:
            assert row.change is not None
            said[str(row.uuid)] = row.change.words
    return said


@pytest.fixture(scope="module")
def overview_rows(printed) -> dict[str, list[str]]:
    """{number of a process: the cells of its row in the overview of its group}."""
    rows = {}
    for chunk in plan_chunks(printed.source):
        if chunk.name.startswith("opening-"):
            body = lxml.html.fromstring(chunk.html)
            for row in body.xpath(
                "//section[contains(@class, 'overview')]//tbody/tr[not(@class)]"
            ):
                cells = [
                    arabic_digits(" ".join(cell.text_content().split())) for cell in row
                ]
                rows[cells[0]] = cells
    return rows


def test_status_of_every_process_is_what_its_group_page_says(printed, overview_rows):
    in_the_book = {
        str(each.section.uuid): overview_rows[each.number][4]
        for each in printed.processes
    }
    said = list(printed.on_pages.values())

    assert in_the_book == printed.on_pages
    assert len(said) == 146
    assert (said.count("ยังไม่ยกร่าง"), said.count("คงเดิม")) == (126, 0)


def test_what_is_said_of_a_clause_stands_on_its_page(printed, tmp_path):
    """That a law is repealed, above all: on the next page nobody knows which."""
    path = tmp_path / "book.pdf"
    printed.reader.file.save(path)
    before = [
        words[at - 1][0]
        for words in words_on_pages(path)
        for at, (word, _, _) in enumerate(words)
        if word == "หมายเหตุ:"
    ]
    assert before
    assert "(ต่อ)" not in before  # the end of a page's head


def test_overview_is_in_the_digits_of_the_book(printed):
    arabic = []
    for chunk in plan_chunks(printed.source):
        if chunk.name.startswith("opening-"):
            body = lxml.html.fromstring(chunk.html)
            for cell in body.xpath("//section[contains(@class, 'overview')]//td"):
                arabic += re.findall("[0-9]+%?", cell.text_content())

    assert arabic == []


def test_only_what_is_new_in_substance_is_called_new(printed):
    new = [
        each.section.title for each in printed.processes if each.status.kind == "new"
    ]
    old_work = ("การย้าย", "การกันเงิน", "การจัดตั้ง รวม", "ระดับชาติ", "การรับเรื่องร้องเรียน")

    assert len(new) == 1
    assert "ประชุมทางไกล" in new[0]
    for words in old_work:
        (process,) = [
            each
            for each in printed.processes
            if words in each.section.title and each.is_drafted
        ]
        assert process.status == ("edit", "ปรับปรุง")


def test_total_times_never_add_working_days_and_days(overview_rows):
    assert overview_rows["10.2"][3] == "21 วันทำการ 1 ชั่วโมง และ 30 วัน"
    assert overview_rows["1.1"][3] == "5 ชั่วโมง 50 นาที"
    assert {overview_rows[number][3] for number in ("1.15", "7.6")} == {
        "–"
    }  # a step takes as long as it takes


def test_hardly_a_term_is_torn_at_the_end_of_a_line(printed):
    torn = []
    pairs = 0
    for lines in printed.reader.paragraphs():
        for line, following in pairwise(lines):
            if following in FACTS:  # of a group: the figure over its name
                continue
            pairs += 1
            before, behind = line.rstrip()[-40:], following.lstrip()[:40]
            for start, end in kept_spans(before + behind):
                if start < len(before) < end:
                    torn.append(f"{before[start:]}|{behind[: end - len(before)]}")
            if TORN_BEFORE.search(f"{before}|{behind}"):
                torn.append(f"{before[-12:]}|{behind[:12]}")

    assert pairs > 2000
    assert len(torn) <= MOST_TORN, torn


def test_words_of_every_shape_take_the_lines_it_has_room_for(printed):
    lines_of = {}
    for lines in printed.reader.paragraphs():
        words = squeezed("".join(lines))
        lines_of[words] = max(len(lines), lines_of.get(words, 0))
    shapes = 0
    for process in printed.processes:
        for cell in chart_column(steps_from_entries(process.entries)):
            shape = cell_shape(cell)
            shown = lines_of[squeezed(thai_digits(shape.text))]
            assert shown <= shape.most_lines, (process.number, shape.text)
            shapes += 1
    assert shapes > 200


def test_duties_say_whose_words_they_are(printed):
    texts = printed.reader.by_name()

    summed_up = set()
    for manual in printed.source.manuals:
        if "สรุปจากประกาศกระทรวงศึกษาธิการ" in squeezed(texts[f"group-{manual.key}"]):
            summed_up.add(manual.key)
    assert printed.announced == {"FIN"}
    assert (
        summed_up
        == {manual.key for manual in printed.source.manuals} - printed.announced
    )


def test_rules_of_liability_and_of_meetings_are_cited(printed):
    cited = {
        each.number: {entry.content.source for entry in each.entries if entry.part == 8}
        for each in printed.processes
    }

    assert {"ระเบียบความรับผิดทางละเมิด", "ระเบียบความรับผิดทางละเมิด ฉ.2"} <= cited["10.9"]
    (meetings,) = [
        each for each in printed.processes if "ประชุมทางไกล" in each.section.title
    ]
    assert "พ.ร.ก.ประชุมผ่านสื่ออิเล็กทรอนิกส์" in cited[meetings.number]
    assert [
        each.section.title
        for each in printed.processes
        if "ก.พ.7" in each.section.title
    ] == []


def test_invented_codes_of_forms_are_marked_as_the_demonstrations(printed):
    forms = [
        entry
        for each in printed.processes
        for entry in each.entries
        if entry.part == 7 and entry.content
    ]
    codes = [
        code for form in forms for code in INVENTED_CODES.findall(form.content.name)
    ]

    assert len(codes) > 30
    assert [code for code in codes if "รหัสสาธิต" not in code] == []


def test_long_numbers_keep_their_distance_from_the_titles(printed, tmp_path):
    """10.10 in the contents, in the overview and in the list of what is not drafted."""
    path = tmp_path / "book.pdf"
    printed.reader.file.save(path)
    found = 0
    for words in words_on_pages(path):
        for (word, _, right), (_, left, _) in pairwise(words):
            if arabic_digits(word) == "10.10":
                found += 1
                assert left - right > 1.5
    assert found == 3


def test_blank_pages_are_blank(printed):
    blank = [
        page for page in printed.reader.file.pages if "/StructParents" not in page.obj
    ]

    assert len(blank) > 3
    assert [page for page in blank if page.obj.Contents.read_bytes().strip()] == []
