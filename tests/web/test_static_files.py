"""The style sheets as they are delivered: one file each, small enough for bad Wi-Fi, with every component in it."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from hearing_portal.web.static_files import BUNDLES, build_bundle

CSS = Path(settings.BASE_DIR) / "static/css"


def imports_of(name: str) -> list[str]:
    return re.findall(
        r'@import url\("components/([\w-]+)\.css"\) layer\(components\);',
        (CSS / name).read_text(),
    )


def test_every_component_is_imported_by_exactly_one_entry():
    imported = (
        imports_of("screens.css")
        + imports_of("staff.css")
        + imports_of("conclusions.css")
        + imports_of("preview.css")
    )

    assert sorted(imported) == sorted(
        path.stem for path in (CSS / "components").glob("*.css")
    )


@pytest.mark.parametrize("name", BUNDLES)
def test_bundle_is_whole(name):
    text = build_bundle(name)

    assert "@import" not in text
    assert text.count("{") == text.count("}")
    for url in re.findall(r'url\("([^"]+)"\)', text):
        assert finders.find(str(Path("css", url)).replace("css/../", "")), url


@pytest.mark.parametrize(
    "name",
    [
        "css/screens.css",
        "css/staff.css",
        "css/conclusions.css",
        "css/paper.css",
        "css/preview.css",
    ],
)
def test_entry_fixes_the_order_of_layers(name):
    assert build_bundle(name).startswith(
        "@layer reset,tokens,base,layout,components,utilities;"
    )


def test_night_gives_every_colour_of_the_day():
    day, night = ((CSS / name).read_text() for name in ("tokens.css", "dark.css"))
    coloured = re.compile(r"(--[\w-]+): (?:#|[^;]*rgb)")

    assert set(coloured.findall(night)) == set(coloured.findall(day))


def test_everybody_loads_at_most_10_kb_of_styles():
    text = build_bundle("css/screens.css") + build_bundle("css/dark.css")

    assert len(brotli.compress(text.encode())) <= 10_000


def test_colours_are_raw_in_the_tokens_only():
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(", re.IGNORECASE)

    assert {
        path.name for path in CSS.rglob("*.css") if raw.search(path.read_text())
    } == {"tokens.css", "dark.css"}
