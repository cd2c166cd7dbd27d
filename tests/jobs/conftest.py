from pathlib import Path

import pytest
from django.contrib.auth import get_user_model

from hearing_portal.directory.models import User


@pytest.fixture
def somsri(transactional_db: None) -> User:
    """A person who asks for long work. Her row is committed: the worker reads it over its own connection."""
    return get_user_model().objects.create_user(
        "somsri", given_name="สมศรี", family_name="ใจดี"
    )


@pytest.fixture
def files_dir(settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR


@pytest.fixture(autouse=True)
def no_pause(settings) -> None:
    settings.JOB_RETRY_PAUSE = 0
