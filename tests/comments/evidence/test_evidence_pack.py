"""The evidence pack: whose signature it has, what is in it, and whom it does not name."""

import base64
import csv
import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.urls import reverse
from django.utils.timezone import localdate

from comments.deciding.services.publishing import publish_answers
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.evidence.jobs import gather_evidence, run_evidence_job
from comments.evidence.people import mark_of_account
from comments.moderating.services import hide_comment
from comments.positions.services import PositionInput, confirm_position
from hearing_portal.directory.models import User
from hearing_portal.directory.people.services import end_role
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.jobs.kinds import unwatched
from hearing_portal.jobs.models import Job
from hearing_portal.signing_key import public_key, sign_bytes
from tests import factories
from tests.manuals.pdf.pdf_reader import squeezed, whole_text

CANARY = "นกขมิ้นเหลืองอ่อน"


def test_signature_is_of_the_published_key():
    key = public_key()
    x, y = (int.from_bytes(base64.urlsafe_b64decode(key[name] + "=")) for name in "xy")
    published = ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()
    raw = base64.b64decode(sign_bytes("รายการ".encode()))
    signature = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    published.verify(signature, "รายการ".encode(), ec.ECDSA(hashes.SHA256()))
    assert sign_bytes(b"a") == sign_bytes(b"a") != sign_bytes(b"b")


@pytest.mark.django_db
def test_pack_has_everything_and_names_no_commenter(
    session,
    comment,
    edition,
    delegate,
    hearing,
    dir_group,
    drafter,
    admin,
    sign_in,
    tmp_path,
):
    type(delegate).objects.filter(pk=delegate.pk).update(family_name=CANARY)
    factories.make_moderation(comment, "hidden", by=drafter)
    factories.make_disposition(comment, outcome="already_covered", decided_by=drafter)
    publish_answers(hearing, dir_group, by=drafter)
    client = sign_in(admin)
    client.post(reverse("evidence-pack", args=[edition.code]))
    job = Job.objects.get(kind="make_evidence_pack")
    with (
        open_stored_file(run_evidence_job(job, unwatched)) as file,
        zipfile.ZipFile(file) as archive,
    ):
        content = {name: archive.read(name) for name in archive.namelist()}
    listed = json.loads(content["manifest.json"])
    assert {row["name"] for row in listed["files"]} == set(content) - {
        "manifest.json",
        "manifest.sig",
    }
    assert listed["edition_manifest"] == edition.seal.manifest_sha
    assert json.loads(content["edition.json"])["code"] == edition.code
    book = tmp_path / "book.pdf"
    book.write_bytes(content["book-with-causes.pdf"])
    printed = squeezed(whole_text(book))
    assert edition.seal.manifest_sha in printed
    assert listed["head"] in printed
    hidden = list(csv.reader(content["moderation.csv"].decode().splitlines()))
    assert [row[1] for row in hidden[1:]] == [str(comment.pk)]
    assert drafter.shown_name in hidden[1]
    audit = content["audit.csv"].decode()
    assert "เผยแพร่" in audit
    for name in ("audit.csv", "moderation.csv", "edition.json"):
        assert CANARY not in content[name].decode()
    with zipfile.ZipFile(io.BytesIO(content["matrix.xlsx"])) as book:
        cells = b"".join(book.read(part) for part in book.namelist())
    assert comment.text.encode() not in cells  # hidden
    assert CANARY.encode() not in cells


def words_of(name: str, raw: bytes, folder: Path) -> str:
    """All that a file of the pack says; what is packed in it, too."""
    if name.endswith((".xlsx", ".zip")):
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            inner = [
                words_of(each, packed.read(each), folder) for each in packed.namelist()
            ]
        return "\n".join(inner)
    if name.endswith(".pdf"):
        printed = folder / "printed.pdf"
        printed.write_bytes(raw)
        return squeezed(whole_text(printed))
    return raw.decode()


@pytest.mark.django_db
def test_no_file_of_a_pack_names_anybody_but_who_acted_in_office(
    request, session, edition, hearing, manual, dir_group, lampang, tmp_path
):
    """Each person has a name that stands nowhere else."""
    people = {}
    for who in ("delegate", "office_head", "expert", "drafter", "facilitator", "admin"):
        people[who] = request.getfixturevalue(who)
        User.objects.filter(pk=people[who].pk).update(family_name=f"Kanary{who}Q")
        people[who].refresh_from_db()
    entry = edition.entries.filter(kind="clause").first()
    said = [
        factories.say(session, entry, people[who]) for who in ("delegate", "expert")
    ]
    confirm_position(
        lampang, hearing, manual, PositionInput("support"), by=people["office_head"]
    )
    hide_comment(said[0], by=people["facilitator"], reason="ใช้ถ้อยคำไม่สุภาพ")
    decide_comments(said, Ruling("deferred", "รอระเบียบใหม่ในปีหน้า"), by=people["drafter"])
    publish_answers(hearing, dir_group, by=people["drafter"])
    [role] = people["delegate"].roles.all()
    end_role(role, localdate() + timedelta(days=9), by=people["admin"])
    folder = tmp_path / "pack"
    folder.mkdir()

    files, _ = gather_evidence(edition, hearing, folder, unwatched)

    usernames = "|".join(person.username for person in people.values())
    found = {}
    for name, path in files:
        words = words_of(name, path.read_bytes(), tmp_path)
        assert not re.search(rf"\b(?:{usernames})\b", words), name
        found[name] = set(re.findall(r"Kanary(\w+?)Q", words))
    in_office = {"drafter", "facilitator", "admin"}
    assert found.pop("matrix.xlsx") == {"drafter"}  # who decided
    assert found.pop("moderation.csv") == {"facilitator"}
    assert found.pop("audit.csv") == in_office
    assert {name for name, names in found.items() if names} == set()
    audit = dict(files)["audit.csv"].read_text()
    assert re.search(r"ผอ.สพท.,ยืนยันความคิดเห็นในนาม สพท.", audit)
    assert mark_of_account(people["delegate"].pk) in audit
