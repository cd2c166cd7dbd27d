"""What the files of deploy/ name is there: commands with their options, settings, paths of the checkout."""

import re

import pytest

from hearing_portal.launch import __main__, system
from hearing_portal.launch.paths import CHECKOUT

DEPLOY = CHECKOUT / "deploy"
SETTINGS = (CHECKOUT / "docs" / "admin.md").read_text(encoding="utf-8")
FILES = ["hearing-portal.env", "compose.yaml", "Containerfile", "README.md"]
FILES += ["systemd/hearing-portal.service", "systemd/hearing-portal-hub.service"]


@pytest.mark.parametrize("name", FILES)
def test_settings_are_those_of_the_portal(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    named = set(re.findall(r"\b(PORTAL_[A-Z_]+|DATABASE_[A-Z_]+|SECRET_KEY)\b", text))
    assert named <= set(re.findall(r"`([A-Z_]+)(?:=1)?`", SETTINGS))


@pytest.mark.parametrize("name", FILES[-2:])
def test_units_start_commands_that_exist(name: str) -> None:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    (started,) = re.findall(r"^ExecStart=/srv/portal/app/portal (\w+)", text, re.M)
    assert started in __main__.COMMANDS


def test_containers_start_commands_that_exist() -> None:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    started = re.findall(r"^    command: \[(\w+),", text, re.M)
    assert started == ["run", "hub"]
    assert set(started) <= set(__main__.COMMANDS)


def test_image_has_what_the_book_needs() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    assert set(system.PDF_LIBRARIES.values()) <= set(text.split())


def test_paths_of_the_checkout_are_there() -> None:
    for file in DEPLOY.rglob("*"):
        if file.is_file():
            for path in re.findall(
                r"/srv/portal/app/([\w./-]+)", file.read_text(encoding="utf-8")
            ):
                assert (CHECKOUT / path.rstrip(";.")).exists(), f"{file}: {path}"
