"""Delivery of static files: hashed names that may be cached for ever, and one bundle for each style sheet.

In `static/css` the entries `screens.css` and `staff.css` are lists of `@import url("…") layer(…)`. A browser
reads them as they are, so development needs no build; `collectstatic` writes them out in full, because every
import would cost a phone in a crowded hall one more round trip.
"""

import re
from typing import Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/screens.css", "css/staff.css", "css/dark.css")
_IMPORT = re.compile(r'@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>[\w-]+)\))?;')
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND_SIGN = re.compile(r"\s*([{};,])\s*|(?<=[\w-])(:)\s+")
_SPACES = re.compile(r"\s+")


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's storage, which writes each bundle before the files are hashed and compressed."""

    support_js_module_import_aggregation = True

    def stored_name(self, name: str) -> str:
        """The hashed name; the plain one of a file that was not collected yet (tests, the first checks)."""
        is_collected = self.hash_key(self.clean_name(name)) in self.hashed_files
        return super().stored_name(name) if is_collected else name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Any:
        if not dry_run:
            for name in BUNDLES:
                with self._open(name, "wb") as bundle:
                    bundle.write(bundle_of(name).encode())
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def bundle_of(name: str) -> str:
    """The style sheet `name` (below static/) with its imports written out and needless spaces left out.

    Imported sheets name their own files (`url(...)`) as if they stood beside the entry: only tokens.css does.
    """
    folder = name.rpartition("/")[0]

    def written_out(match: re.Match[str]) -> str:
        content = _source(f"{folder}/{match['path']}")
        return f"@layer {match['layer']} {{\n{content}\n}}" if match["layer"] else content

    text = _IMPORT.sub(written_out, _source(name))
    tight = _AROUND_SIGN.sub(lambda sign: sign[1] or sign[2], _COMMENT.sub("", text))
    return _SPACES.sub(" ", tight).replace(";}", "}").strip() + "\n"


def _source(name: str) -> str:
    if not (path := finders.find(name)):
        raise FileNotFoundError(name)
    with open(path, encoding="utf-8") as file:
        return file.read()
