"""A pack as bytes: files stored one after the other with fixed heads, a list of their hashes, and its signature.

Nothing is compressed and no head has a time: from the names, sizes and contents follows every byte of the file. So the
verifying page (static/js/evidence.js) finds whichever byte was changed, in a head as well as in a file.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hearing_portal.signing_key import key_fingerprint, public_key, sign_bytes

LIST = "manifest.json"
SIGNATURE = "manifest.sig"
KEY = "public-key.json"
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the first time a ZIP can tell
CHUNK = 1 << 20
FORMAT = "hearing-portal-evidence"

type PackedFile = tuple[str, Path]  # name in the pack, where it is


def write_pack(
    target: Path, files: Sequence[PackedFile], facts: Mapping[str, Any]
) -> None:
    """`facts` stand at the head of the signed list. Names are plain ASCII, in the order they are given."""
    key = json.dumps(public_key(), indent=1).encode()
    listed = [
        *[(name, *_measure(path)) for name, path in files],
        (KEY, len(key), hashlib.sha256(key).hexdigest()),
    ]
    manifest = write_manifest(listed, facts)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED, allowZip64=False) as pack:
        for name, path in files:
            _add(pack, name, path.read_bytes())
        _add(pack, KEY, key)
        _add(pack, LIST, manifest)
        _add(pack, SIGNATURE, sign_bytes(manifest).encode())


def write_manifest(
    files: Iterable[tuple[str, int, str]], facts: Mapping[str, Any]
) -> bytes:
    rows = [{"name": name, "size": size, "sha256": sha} for name, size, sha in files]
    listed = {
        "format": FORMAT,
        "version": 1,
        **facts,
        "key": key_fingerprint(),
        "files": rows,
    }
    return json.dumps(listed, ensure_ascii=False, indent=1).encode()


def _measure(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        sha = hashlib.file_digest(file, "sha256").hexdigest()
    return path.stat().st_size, sha


def _add(pack: zipfile.ZipFile, name: str, content: bytes) -> None:
    head = zipfile.ZipInfo(name, BEGINNING)
    head.create_system = 3
    head.external_attr = 0o644 << 16
    pack.writestr(head, content)
