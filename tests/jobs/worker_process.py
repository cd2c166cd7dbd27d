"""A real worker process that also knows the sample kinds."""

import django

django.setup()

import tests.jobs.sample_kinds  # noqa: E402, F401
from hearing_portal.jobs.queue import run_worker  # noqa: E402

run_worker()
