"""A line that is cut: what refreshes itself asks again, and nothing of it is an error of the page."""

import pytest
from django.utils import timezone
from playwright.sync_api import Route, expect

from hearing_portal.jobs.models import Job
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def test_poll_in_flight_when_the_line_is_cut_goes_on_afterwards(
    signed_in, drafter, allow_outage
):
    job = factories.make_job(
        drafter,
        state="running",
        attempt=1,
        lease_until=timezone.now(),
        progress=1,
        total=2,
    )
    page = signed_in(drafter)
    page.goto(f"/jobs/{job.uuid}/")
    held: list[Route] = []
    page.route(f"**/jobs/{job.uuid}/", lambda route: held.append(route))
    with page.expect_request(f"**/jobs/{job.uuid}/"):
        pass  # the poll of the next second
    allow_outage(page)
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        held[0].abort("internetdisconnected")
    page.unroute(f"**/jobs/{job.uuid}/")
    Job.objects.filter(pk=job.pk).update(
        state="failed",
        error="ตารางกว้างเกินหน้า",
        ended_at=timezone.now(),
        lease_until=None,
    )

    page.context.set_offline(False)

    expect(page.get_by_text("ตารางกว้างเกินหน้า")).to_be_visible()
