"""One portal to which bad things are done, for all the tests of a file."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from tests.faults.world import FaultyPortal
from tests.launch.conftest import module_folder  # noqa: F401  (a fixture)


@pytest.fixture(scope="module")
def empty_database(django_db_setup, django_db_blocker) -> str:
    """Where the tests' own database is: all migrations, no rows but theirs."""
    from django.db import connections

    return make_conninfo(
        os.environ["DATABASE_URL"], dbname=connections["default"].settings_dict["NAME"]
    )


@pytest.fixture(scope="module")
def portal(module_folder: Path, empty_database: str) -> Iterator[FaultyPortal]:  # noqa: F811
    settings = {"PORTAL_HEAD_SECONDS": "1"}
    with FaultyPortal(
        module_folder / "var",
        empty_database=empty_database,
        people=12,
        settings=settings,
    ) as begun:
        yield begun
