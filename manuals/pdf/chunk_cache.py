"""Printed documents on disk, under the digest of everything that decides how they are printed."""

import hashlib
import os
import tempfile
from pathlib import Path

from .book_source import Pictures
from .chunks import Document
from .fetcher import bundle_digest
from .manifest import Manifest, PrintedDocument
from .text_layer import SUPPORTED_VERSION

PRINTER = "2"  # raise when render.py or text_layer.py print the same HTML differently
CACHE_BYTES = 1024**3


def chunk_key(document: Document, pictures: Pictures) -> str:
    """SHA-256 over everything that decides what the printer makes of a document."""
    used = sorted(key for key in pictures if f"book:picture/{key}" in document.html)
    parts = [
        PRINTER,
        SUPPORTED_VERSION,
        bundle_digest(),
        str(document.tagged),
        *used,
        repr(document.chart),
        document.html,
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def cache_put(cache_dir: Path, key: str, printed: PrintedDocument) -> None:
    """Store under the key; written aside and renamed, so a half-written file is never read.

    A file is a line "SHA-256 of the rest, length of the manifest", the manifest as JSON, the PDF.
    """
    folder = cache_dir / key[:2]
    folder.mkdir(parents=True, exist_ok=True)
    manifest = printed.manifest.to_json().encode()
    rest = manifest + printed.pdf
    digest = hashlib.sha256(rest).hexdigest()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as written_aside:
        written_aside.write(f"{digest} {len(manifest)}\n".encode() + rest)
    os.replace(written_aside.name, folder / key)


def cache_get(cache_dir: Path, key: str) -> PrintedDocument | None:
    """What is stored under the key, or None; a damaged file is taken away."""
    path = cache_dir / key[:2] / key
    try:
        head, _, rest = path.read_bytes().partition(b"\n")
        digest, manifest_length = head.decode().split()
        if hashlib.sha256(rest).hexdigest() != digest:
            raise ValueError("damaged")
        os.utime(path)
        end = int(manifest_length)
        manifest = Manifest.from_json(rest[:end].decode())
        return PrintedDocument(rest[end:], manifest)
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        path.unlink(missing_ok=True)
        return None


def forget_oldest(cache_dir: Path, limit: int = CACHE_BYTES) -> None:
    """Delete what was not used for longest until the cache is below `limit` bytes."""
    files = [(path, path.stat()) for path in cache_dir.glob("??/*")]
    files.sort(key=lambda file: file[1].st_mtime)
    total = sum(stat.st_size for _, stat in files)
    for path, stat in files:
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= stat.st_size
