"""How much was said, along five ways of counting."""

import io
import zipfile

import pytest

from comments.papers.statistics import WAYS, load_statistics, write_statistics_csv
from comments.papers.values.report import report_values
from manuals.models import Manual
from tests import factories
from tests.database import without_triggers

pytestmark = pytest.mark.django_db


def test_each_way_counts_every_comment(session, comment, entry, secondary_delegate):
    other = factories.make_comment(session, entry, secondary_delegate)
    tables = {file: rows for file, _, _, rows in load_statistics(session.hearing)}
    assert set(tables) == {file for file, _, _ in WAYS.values()}
    provinces = sum(len(each.office.provinces) for each in (comment, other))
    assert sum(row[-8] for row in tables.pop("province")) == provinces
    for file, rows in tables.items():
        assert sum(row[-8] for row in rows) == 2, file
        assert sum(row[-1] for row in rows) == 2, file  # nothing is published yet
    [of_clause] = tables["clause"]
    assert of_clause[-7:-4] == [2, 1, 1]  # offices, primary, secondary


def test_comment_on_the_front_of_the_book_is_counted_beside_the_groups(
    session, comment, hearing
):
    with without_triggers():
        Manual.objects.filter(pk=comment.entry.manual_id).update(work_group=None)
    title = Manual.objects.get(pk=comment.entry.manual_id).title
    tables = {file: rows for file, _, _, rows in load_statistics(hearing)}
    assert [row[:2] for row in tables["group"]] == [[title, 1]]
    values = report_values(hearing)
    assert sum(int(row["comments"]) for row in values["groups"]) == 1
    assert values["comments"] == "1"


def test_csv_opens_in_a_spreadsheet_program_without_formulas():
    tables = [("a", "b", ["ก"], [["=1+1", 3]])]
    with zipfile.ZipFile(io.BytesIO(write_statistics_csv(tables))) as archive:
        text = archive.read("a.csv").decode()
    assert text.startswith("\ufeff")
    assert "'=1+1,3" in text
