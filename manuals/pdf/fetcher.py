"""What a printed document may read: our own fonts and style sheet, pictures handed over in memory, nothing else."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from weasyprint.urls import URLFetcher, URLFetcherResponse

from hearing_portal.jobs.pictures import is_whole_picture

SCHEME = "book:"
STATIC = Path(__file__).resolve().parents[2] / "static" / "pdf"
BUNDLED = {
    "book.css": "text/css",
    "fonts/Sarabun_400Regular.woff2": "font/woff2",
    "fonts/Sarabun_700Bold.woff2": "font/woff2",
}
DRAWING = "data:image/svg+xml,"
# Characters of one drawing; a flow chart of 60 steps has some 30,000
DRAWING_LIMIT = 400_000

NO_PICTURE = (  # a frame where a picture is missing
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 120 40' width='120mm' height='40mm'>"
    "<rect x='.5' y='.5' width='119' height='39' fill='none' stroke='#8b95a3' stroke-dasharray='2 2'/></svg>"
)


class ReadRefused(ValueError):
    """An address the printer must not read."""


@cache
def bundled_file(name: str) -> bytes:
    """The bytes of a bundled file. ReadRefused for any other name."""
    if name not in BUNDLED:
        raise ReadRefused(f"not bundled: {name!r}")
    return (STATIC / name).read_bytes()


@cache
def bundle_digest() -> str:
    """SHA-256 of the style sheet and fonts: part of the key under which a printed chunk is kept."""
    digest = hashlib.sha256()
    for name in sorted(BUNDLED):
        digest.update(hashlib.sha256(bundled_file(name)).digest())
    return digest.hexdigest()


class BookFetcher(URLFetcher):
    """Refuses everything but `book:NAME` of a bundled file, `book:picture/KEY` of a picture given here, and our
    own drawings as `data:image/svg+xml,` (whose inner addresses come here again)."""

    def __init__(self, pictures: Mapping[str, tuple[str, bytes]] | None = None) -> None:
        # The base class would make openers for http, ftp and files: none of them exists here
        self._fail_on_errors = False
        self.pictures = pictures or {}
        self.refused: list[str] = []

    def fetch(
        self, url: str, headers: Mapping[str, str] | None = None
    ) -> URLFetcherResponse:
        if url.startswith(DRAWING) and len(url) <= DRAWING_LIMIT:
            drawing = unquote(url.removeprefix(DRAWING))
            return URLFetcherResponse(url, drawing, {"Content-Type": "image/svg+xml"})
        name = ""
        if url.startswith(SCHEME):
            name = url.removeprefix(SCHEME)
        if name in BUNDLED:
            return URLFetcherResponse(
                url,
                bundled_file(name),
                {"Content-Type": BUNDLED[name]},
            )
        if name.startswith("picture/"):
            picture = self.pictures.get(name.removeprefix("picture/"))
            if picture:
                media_type, content = picture
                if not is_whole_picture(content):
                    media_type, content = "image/svg+xml", NO_PICTURE.encode()
                return URLFetcherResponse(url, content, {"Content-Type": media_type})
        self.refused.append(url[:200])
        raise ReadRefused(f"the printer does not read {url[:80]!r}")
