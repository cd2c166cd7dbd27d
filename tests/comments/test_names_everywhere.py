"""Who said a comment is told to nobody but product.md's few: names that are nowhere else, searched for in all pages
that each role may open, in all files and in the results of all jobs."""

import io
import re
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings
from django.urls import reverse

from comments.deciding.services.publishing import publish_answers
from comments.models import Comment, Disposition
from comments.papers.kinds import EVERY_DAY, PAPERS
from comments.papers.services.forms import give_paper_form
from hearing_portal.directory.models import User
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.jobs.kinds import KINDS, JobRefused, unwatched
from hearing_portal.jobs.models import Job
from tests import factories
from tests.comments.papers.word_forms import form_saying
from tests.permission_rows import ROWS, Row
from tests.test_permission_matrix import PEOPLE, Scene, make_scene

pytestmark = pytest.mark.django_db

# Of letters alone, without vowels or tones above and below: nothing that reads a PDF takes them apart
NAMES = {
    "delegate": "นกกระยางขาว",
    "other_office": "ปลาตะพาบลาย",
}
# The author, their office, the group's facilitator, administrators
MAY_READ = {
    "delegate": {"delegate", "office_mate", "office_head", "facilitator", "admin"},
    "other_office": {"other_office", "stranger", "facilitator", "admin"},
}

# Where who may read all names would find them: the other pages tell them nothing of this
WITH_NAMES = ("comment", "entry-comments", "group-comments", "group-queue")


@pytest.fixture(scope="module")
def scene(
    django_db_setup, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """The hearing of the permission matrix, with names of authors that are found nowhere by chance."""
    with django_db_blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        with override_settings(FILES_DIR=tmp_path_factory.mktemp("files")):
            made = make_scene()
        for person, name in NAMES.items():
            User.objects.filter(pk=made.people[person].pk).update(family_name=name)
        comment = made.things["comment"]
        session = comment.session
        for author in ("delegate", "other_office"):
            said = factories.make_comment(session, comment.entry, made.people[author])
            factories.make_support(said)
            factories.make_comment(session, comment.entry, parent=said)
        connection.check_constraints()
        yield made
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def published(scene: Scene) -> None:
    """Everything is answered and told, and the final edition is everybody's."""
    for comment in Comment.objects.filter(parent__isnull=True).undecided():
        factories.make_disposition(
            comment, outcome="deferred", decided_by=scene.people["drafter"]
        )
    refused = Disposition.objects.filter(outcome="not_accepted")
    for each in refused:
        each.confirmed_by = scene.people["second_drafter"]
        each.confirmed_at = each.decided_at
        each.save(update_fields=["confirmed_by", "confirmed_at"])
    session = scene.things["session"]
    publish_answers(
        session.hearing,
        session.work_group,
        by=scene.people["drafter"],
    )
    factories.make_release(scene.things["final"], "public", by=scene.people["admin"])


def pages() -> list[Row]:
    rows = {}
    for row in ROWS:
        if row.method == "GET":
            rows.setdefault((row.name, row.args.__name__, str(row.query)), row)
    return list(rows.values())


def names_in(text: str, reader: str) -> list[str]:
    """Those that this reader may not read."""
    wrong = []
    for author, name in NAMES.items():
        if name in text and reader not in MAY_READ[author]:
            wrong.append(author)
    return wrong


def test_no_page_names_an_author_to_who_may_not_know(scene):
    assert _sweep_all(scene) == []


def test_no_page_names_an_author_once_all_is_public(scene, published):
    assert _sweep_all(scene) == []


@pytest.mark.parametrize(
    "planted",
    [
        "<p>โดย {name}</p>",
        "<p>โดย <b>{first}</b>{rest}</p>",
        '<p title="{name}">ผู้แสดงความคิดเห็น</p>',
        "<!-- {name} -->",
    ],
)
def test_sweep_finds_a_name_that_a_page_leaks(scene, planted, tmp_path):
    """In its words, cut in two by marks, and in what no eye sees."""
    name = NAMES["delegate"]
    leak = planted.format(name=name, first=name[:4], rest=name[4:])
    template = tmp_path / "manuals" / "reading" / "edition_list.html"
    template.parent.mkdir(parents=True)
    template.write_text(
        '{% extends "base.html" %}{% block content %}' + leak + "{% endblock %}"
    )
    [engine] = settings.TEMPLATES
    leaking = {**engine, "DIRS": [tmp_path, *engine["DIRS"]]}
    rows = [row for row in pages() if row.name in ("edition-list", "home")]
    with override_settings(TEMPLATES=[leaking]):
        found = _sweep(scene, ("anonymous", "stranger"), rows).wrong
    url = reverse("edition-list")
    assert found == [(url, "anonymous", ["delegate"]), (url, "stranger", ["delegate"])]


@dataclass(slots=True)
class Swept:
    """`wrong` has (address, reader, whose names) of each page that names somebody wrongly; `seen` are the pages of who
    may read a name that have it, which show that it would be found."""

    wrong: list[tuple[str, str, list[str]]] = field(default_factory=list)
    opened: int = 0
    seen: int = 0


def _sweep_all(scene: Scene) -> list[tuple[str, str, list[str]]]:
    swept = _sweep(scene, PEOPLE, pages())
    assert swept.opened > 300, swept.opened
    assert swept.seen > 5, swept.seen
    return swept.wrong


def _sweep(scene: Scene, readers: Iterable[str], rows: Sequence[Row]) -> Swept:
    swept = Swept()
    for reader in readers:
        client = scene.client_of(reader)
        reads_all = all(reader in readers for readers in MAY_READ.values())
        for row in rows:
            if row.outcome_for(reader) != 200 and not row.released:
                continue
            if reads_all and row.name not in WITH_NAMES:
                continue
            url = reverse(row.name, args=row.args(scene.things))
            response = client.get(url, row.query)
            if response.status_code != 200:
                continue
            swept.opened += 1
            content = b"".join(response) if response.streaming else response.content
            text = words_of(content)
            found = names_in(text, reader)
            if found:
                swept.wrong.append((url, reader, found))
            swept.seen += NAMES["delegate"] in text
    return swept


def words_of(content: bytes) -> str:
    """All text of a page or a file, of what lies packed in it as well: as people read it, and as it was written, where
    a name may stand in an attribute."""
    if content.startswith(b"%PDF-"):
        return subprocess.run(
            ["pdftotext", "-raw", "-", "-"],
            input=content,
            capture_output=True,
            check=True,
        ).stdout.decode()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            inside = [words_of(archive.read(name)) for name in archive.namelist()]
        return "\n".join([*archive.namelist(), *inside])
    written = content.decode(errors="replace")
    if written[:1] in ("{", "["):
        written = re.sub(
            r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), written
        )
    return re.sub(r"<[^>]+>", "", written) + written


def test_no_result_of_a_job_names_an_author(scene, published):
    """All papers but those that say that names stand in them, the matrix in its three forms, statistics, the books and
    the evidence."""
    hearing = scene.things["session"].hearing
    common = {"hearing": hearing.key, "digits": "arabic"}
    edition = scene.things["edition"].code
    jobs: list[tuple[str, str, dict]] = [
        ("make_statistics", "admin", {**common, "format": "xlsx"}),
        ("make_statistics", "admin", {**common, "format": "csv"}),
        ("export_book", "admin", {"edition": edition, "causes": True}),
        ("make_evidence_pack", "admin", {**common, "edition": edition}),
    ]
    for form in ("xlsx", "docx", "pdf"):
        matrix = {**common, "groups": [], "filters": "", "format": form}
        jobs.append(("export_matrix", "drafter", matrix))
    subjects = {
        "hearing": "",
        "group": "DIR",
        "office": scene.people["delegate"].office.key,
        "session": str(scene.things["session"].pk),
        "edition": scene.things["final"].code,
        "day": EVERY_DAY,
    }
    for kind in PAPERS.values():
        if kind.names_people:
            continue
        for form in ("docx", "pdf"):
            paper = {"paper": kind.key, "subject": subjects[kind.about], "group": ""}
            jobs.append(("make_paper", "admin", {**common, **paper, "format": form}))
    wrong = []
    for name, reader, params in jobs:
        wrong += _names_in_result(scene, name, reader, params)
    assert wrong == []


def test_sweep_finds_a_name_that_a_paper_leaks(scene, published):
    form = form_saying("{{ office }}", f"เสนอโดย {NAMES['other_office']}")
    give_paper_form(PAPERS["letter"], form, "แบบ.docx", by=scene.people["admin"])
    params = {
        "hearing": scene.things["session"].hearing.key,
        "digits": "arabic",
        "paper": "letter",
        "subject": scene.people["delegate"].office.key,
        "group": "",
        "format": "docx",
    }
    [(name, _, author)] = _names_in_result(scene, "make_paper", "admin", params)
    assert (name, author) == ("make_paper", "other_office")


def _names_in_result(
    scene: Scene, name: str, reader: str, params: dict
) -> list[tuple[str, dict, str]]:
    """(job, what was asked of it, whose name) of each name in its result, or why there is none."""
    job = Job(kind=name, params=params, asked_by=scene.people[reader])
    try:
        file = KINDS[name].work(job, unwatched)
    except JobRefused as refused:
        return [(name, params, str(refused))]
    with open_stored_file(file) as opened:
        text = words_of(opened.read())
    assert len(text) > 200, (name, params)
    return [(name, params, author) for author, each in NAMES.items() if each in text]
