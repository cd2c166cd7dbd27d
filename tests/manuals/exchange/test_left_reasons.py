"""Why processes left or were split off is told by the edition itself, wherever its file is read."""

import json
from uuid import uuid4

import pytest
from django.db import transaction

from manuals.comparing.fates import ProcessFate
from manuals.comparing.queries.processes import compare_processes
from manuals.comparing.services import give_drop_reason
from manuals.comparing.sides import Side, Sides
from manuals.drafting.dividing import SplitPoint
from manuals.drafting.services.dividing import join_sections, split_section
from manuals.drafting.services.sections import retire_section
from manuals.editions.services.freezing import recompute_manifest_sha
from manuals.exchange.edition_json import dump_edition
from manuals.exchange.reading import read_edition_file
from manuals.exchange.refusals import EditionFileRefused
from manuals.exchange.services.archiving import archive_edition
from manuals.models import Edition, Section
from tests import factories
from tests.manuals.exchange.conftest import seal

pytestmark = pytest.mark.django_db
NAMES = ("ยกเลิกไป", "บอกภายหลัง", "รวมไป", "รวมต่อ", "รับไว้", "แยกออก", "แยกแล้วยกเลิก")


def make_foreign() -> list[bytes]:
    """The files of an older and a newer edition of another portal, of which this one knows nothing."""
    with transaction.atomic():
        by = factories.make_user()
        manual = factories.make_manual()
        made = {}
        for name in NAMES:
            section = factories.make_section(manual, name, kind="process", by=by)
            for words in ("รับเรื่อง", "ตรวจเรื่อง", "ส่งเรื่อง"):
                factories.make_clause(section, f"{words} {name}", by=by)
            made[name] = section
        editions = [factories.make_edition("OLD", kind="baseline")]

        def now(name: str) -> Section:
            return Section.objects.select_related("manual", "parent").get(
                pk=made[name].pk
            )

        for name in NAMES[:2]:
            retire_section(now(name), now(name).version, by=by, reason=f"เหตุ {name}")
        give_drop_reason(now("บอกภายหลัง"), "โอนไปหน่วยงานอื่น", by=by)
        for target, source in (("รวมต่อ", "รวมไป"), ("รับไว้", "รวมต่อ")):
            both = [now(target), now(source)]
            read = [(each, each.version) for each in both]
            join_sections(read, by=by, reason=f"เหตุ {source}")
        for name in NAMES[-2:]:
            point = SplitPoint(5, factories.clause_at(now(name), "5.3").uuid)
            split_section(
                now(name),
                now(name).version,
                point,
                f"ส่วนของ {name}",
                uuid=uuid4(),
                by=by,
                reason=f"เหตุ {name}",
            )
        last = now("แยกแล้วยกเลิก")
        retire_section(last, last.version, by=by, reason="ไม่ใช้ส่วนที่เหลือ")
        editions.append(factories.make_edition("NEW", kind="final"))
        raw = [dump_edition(edition) for edition in editions]
        assert recompute_manifest_sha(editions[1]) == editions[1].manifest_sha
        transaction.set_rollback(True)
    return raw


@pytest.mark.parametrize("is_newer_first", [False, True])
def test_correspondence_table_has_reasons_in_an_empty_portal(is_newer_first):
    raw = make_foreign()
    assert [json.loads(each)["format_version"] for each in raw] == [1, 3]
    assert not Section.objects.exists()
    admin = factories.make_admin()
    for each in reversed(raw) if is_newer_first else raw:
        archive_edition(read_edition_file(each), by=admin)
    older, newer = (Edition.objects.get(code=code) for code in ("OLD", "NEW"))

    assert [dump_edition(older), dump_edition(newer)] == raw
    found = {}
    for each in compare_processes(Sides(Side(older), Side(newer))).processes:
        if each.old is not None:
            news = [section.title for section in each.news]
            found[each.old.title] = (each.fate, news, list(each.reasons))
    Fate = ProcessFate
    assert found == {
        "ยกเลิกไป": (Fate.DROPPED, [], ["เหตุ ยกเลิกไป"]),
        "บอกภายหลัง": (Fate.DROPPED, [], ["เหตุ บอกภายหลัง", "โอนไปหน่วยงานอื่น"]),
        "รวมไป": (Fate.JOINED, ["รับไว้"], ["เหตุ รวมไป"]),
        "รวมต่อ": (Fate.JOINED, ["รับไว้"], ["เหตุ รวมต่อ"]),
        "รับไว้": found["รับไว้"],
        "แยกออก": (Fate.SPLIT, ["แยกออก", "ส่วนของ แยกออก"], ["เหตุ แยกออก"]),
        "แยกแล้วยกเลิก": (
            found["แยกแล้วยกเลิก"][0],
            ["ส่วนของ แยกแล้วยกเลิก"],
            ["ไม่ใช้ส่วนที่เหลือ", "เหตุ แยกแล้วยกเลิก"],
        ),
    }


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"left": {}}, "data"),
        ({"more": "x"}, "data"),
        ({"left": {"x": ["เหตุ"]}}, "left"),
        ({"left": {str(uuid4()): []}}, "left"),
        ({"left": {str(uuid4()): [" "]}}, "left"),
    ],
)
def test_forged_reasons_are_refused(foreign, data, told):
    value = json.loads(foreign)
    value["entries"][0]["data"] = data
    value["format_version"] = 3
    with pytest.raises(EditionFileRefused, match=told):
        read_edition_file(seal(value))


def test_file_of_before_is_read_without_reasons():
    value = json.loads(make_foreign()[1])
    del value["entries"][0]["data"]["left"]
    for entry in value["entries"]:
        split = entry["data"].pop("split_reason", "")
        if split == "เหตุ แยกแล้วยกเลิก":  # from one that the file has not
            del entry["data"]["split_from"]
    value["format_version"] = 2
    assert read_edition_file(seal(value)).entries
