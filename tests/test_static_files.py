"""The style sheets as they are delivered: one file each, small enough for bad Wi-Fi, with every component in it."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from hearing_portal.static_files import BUNDLES, bundle_of

CSS = Path(settings.BASE_DIR) / "static/css"


def imports_of(name: str) -> list[str]:
    return re.findall(r'@import url\("components/([\w-]+)\.css"\) layer\(components\);', (CSS / name).read_text())


def test_every_component_is_imported_by_exactly_one_entry():
    imported = imports_of("screens.css") + imports_of("staff.css")

    assert sorted(imported) == sorted(path.stem for path in (CSS / "components").glob("*.css"))


@pytest.mark.parametrize("name", BUNDLES)
def test_bundle_is_whole_and_layered(name):
    text = bundle_of(name)

    assert text.startswith("@layer reset,tokens,base,layout,components,utilities;")
    assert "@import" not in text
    assert text.count("{") == text.count("}")
    for url in re.findall(r'url\("([^"]+)"\)', text):
        assert finders.find(str(Path("css", url)).replace("css/../", "")), url


def test_everybody_loads_at_most_40_kb_10_compressed():
    text = bundle_of("css/screens.css").encode()

    assert len(text) <= 40_000
    assert len(gzip.compress(text)) <= 10_000


def test_colours_are_raw_in_the_tokens_only():
    raw = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(", re.IGNORECASE)
    found = {path.name for path in CSS.rglob("*.css") if raw.search(path.read_text()) and path.name != "tokens.css"}

    assert found == set()
