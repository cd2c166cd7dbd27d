"""What went out, and where the files wait that came back."""

import pytest

from comments.returned_copies.reading import SentCopy
from manuals.comparing.sides import Side
from manuals.word_export.exporting import WordOptions, export_word


@pytest.fixture
def exported(edition) -> bytes:
    return export_word(Side(edition), WordOptions(group="DIR"))


@pytest.fixture
def store(files_dir):
    """Files as they were uploaded."""
    kept: dict[str, bytes] = {}

    def send(*raws: bytes) -> list[SentCopy]:
        names = []
        for number, raw in enumerate(raws):
            name = f"upload{len(kept)}"
            kept[name] = raw
            names.append(SentCopy(f"สพท {number}.docx", name))
        return names

    send.kept = kept
    return send
