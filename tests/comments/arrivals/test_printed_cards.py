"""The cards as PDF: eight a sheet, each with a code that opens it, and the list of them."""

import io

import pikepdf
import pytest

from comments.arrivals.jobs import run_cards_job
from comments.arrivals.queries import find_card
from comments.models import InvitationCard
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.jobs.kinds import JobRefused
from tests import factories

pytestmark = pytest.mark.django_db


def run(hearing, whom: str, by):
    params = {"hearing": hearing.key, "whom": whom, "most_uses": 1}
    job = factories.make_job(by, kind="make_cards", params=params)
    return run_cards_job(job, lambda done, total: None)


def test_cards_are_printed_eight_a_sheet_with_a_list(
    hearing, dir_group, admin, facilitator, monkeypatch
) -> None:
    for number in range(1, 10):
        office = factories.make_office(f"สพป.ตาก เขต {number}")
        factories.make_delegate(dir_group, office, family_name=f"ใจดี{number}")
    with pytest.raises(JobRefused):
        run(hearing, "heads", admin)
    with pytest.raises(JobRefused):
        run(hearing, "DIR", facilitator)
    assert not InvitationCard.objects.exists()

    told = []
    from manuals.pdf import cards

    monkeypatch.setattr(
        cards,
        "qr_code",
        lambda address, qr=cards.qr_code: told.append(address) or qr(address),
    )
    file = run(hearing, "DIR", admin)
    with (
        open_stored_file(file) as opened,
        pikepdf.open(io.BytesIO(opened.read())) as printed,
    ):
        assert len(printed.pages) == 3  # eight, one, and the list
    assert len(told) == InvitationCard.objects.count() == 9
    for address in told:
        assert find_card(address.rstrip("/").rpartition("/")[2]) is not None
