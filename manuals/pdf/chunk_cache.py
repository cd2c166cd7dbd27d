"""Printed documents on disk, under the digest of everything that decides how they are printed."""

import hashlib
import os
import tempfile
from pathlib import Path

from hearing_portal.thai.line_ends import kept_terms

from .book_source import Pictures
from .chunks import Document
from .fetcher import bundle_digest
from .manifest import Manifest, PrintedDocument
from .text_layer import SUPPORTED_VERSION

PRINTER = "3"  # raise when render.py, text_layer.py or line_breaks.py print the same HTML differently
CACHE_BYTES = 1024**3


def chunk_key(document: Document, pictures: Pictures) -> str:
    """SHA-256 over everything that decides what the printer makes of a document."""
    used = []
    for key in sorted(pictures):
        if f"book:picture/{key}" in document.html:
            used.append(key)
    parts = [
        PRINTER,
        SUPPORTED_VERSION,
        bundle_digest(),
        *kept_terms(),
        str(document.tagged),
        *used,
        repr(document.chart),
        document.html,
    ]
    # No part has a NUL in it, so the parts cannot run into each other
    joined = "\0".join(parts)
    return hashlib.sha256(joined.encode()).hexdigest()


def cache_put(cache_dir: Path, key: str, printed: PrintedDocument) -> None:
    """Store under the key; written aside and renamed, so a half-written file is never read.

    A file is a line "SHA-256 of the rest, length of the manifest", the manifest as JSON, the PDF.
    """
    folder = cache_dir / key[:2]
    folder.mkdir(parents=True, exist_ok=True)
    manifest = printed.manifest.to_json().encode()
    rest = manifest + printed.pdf
    digest = hashlib.sha256(rest).hexdigest()
    head = f"{digest} {len(manifest)}\n"
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as written_aside:
        written_aside.write(head.encode() + rest)
    os.replace(written_aside.name, folder / key)


def cache_get(cache_dir: Path, key: str) -> PrintedDocument | None:
    """What is stored under the key, or None; a damaged file is taken away."""
    path = cache_dir / key[:2] / key
    try:
        stored = path.read_bytes()
        head, _, rest = stored.partition(b"\n")
        digest, manifest_length = head.decode().split()
        if hashlib.sha256(rest).hexdigest() != digest:
            raise ValueError("damaged")
        os.utime(path)  # it was used just now: forget_oldest spares it
        end = int(manifest_length)
        manifest_json = rest[:end].decode()
        manifest = Manifest.from_json(manifest_json)
        return PrintedDocument(rest[end:], manifest)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        path.unlink(missing_ok=True)
        return None


def forget_oldest(cache_dir: Path, limit: int = CACHE_BYTES) -> None:
    """Delete what was not used for longest until the cache is below `limit` bytes."""
    files = []
    total = 0
    for path in cache_dir.glob("??/*"):
        stat = path.stat()
        files.append((stat.st_mtime, stat.st_size, path))
        total += stat.st_size
    files.sort()
    for _, size, path in files:
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= size
