"""Delivery of static files: hashed names that may be cached for ever, and one bundle for each style sheet.

In `static/css` the entries `screens.css` and `staff.css` are lists of `@import url("…") layer(…)`. A browser
reads them as they are, so development needs no build; `collectstatic` writes them out in full, because every
import would cost a phone in a crowded hall one more round trip.
"""

import re
from typing import Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = (
    "css/screens.css",
    "css/staff.css",
    "css/conclusions.css",
    "css/preview.css",
    "css/dark.css",
    "css/paper.css",
)
_IMPORT = re.compile(
    r'@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?;'
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# Blanks around signs, and behind a declaration's colon; before a colon one may stand for a descendant (a :hover)
_AROUND_SIGN = re.compile(r"\s*([{};,])\s*|(?<=[\w-])(:)\s+")
_SPACES = re.compile(r"\s+")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which writes each bundle before the files are hashed and compressed."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one of a file that was not collected yet (tests, the first checks)."""
        is_collected = self.hash_key(self.clean_name(name)) in self.hashed_files
        if not is_collected:
            return name
        stored: str = super().stored_name(name)
        return stored

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Any:
        if not dry_run:
            for name in BUNDLES:
                content = build_bundle(name).encode()
                with self._open(name, "wb") as bundle:
                    bundle.write(content)
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def build_bundle(name: str) -> str:
    """The style sheet `name` (below static/) with its imports written out and needless spaces left out.

    Imported sheets name their own files (`url(...)`) as if they stood beside the entry: only tokens.css does.
    """
    folder, _, _ = name.rpartition("/")

    def write_out(found: re.Match[str]) -> str:
        content = _source(f"{folder}/{found['path']}")
        if found["layer"]:
            return f"@layer {found['layer']} {{\n{content}\n}}"
        return content

    text = _IMPORT.sub(write_out, _source(name))
    text = _COMMENT.sub("", text)
    text = _AROUND_SIGN.sub(lambda sign: sign[1] or sign[2], text)
    text = _SPACES.sub(" ", text)
    return text.replace(";}", "}").strip() + "\n"


def _source(name: str) -> str:
    """The style sheet as it stands below static/, in the portal or in an app."""
    path = finders.find(name)
    if not path:
        raise FileNotFoundError(name)
    with open(path, encoding="utf-8") as file:
        return file.read()
