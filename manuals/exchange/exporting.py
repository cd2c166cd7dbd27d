"""An edition in one of the forms that other programs read. As Word: word_export."""

from collections.abc import Callable
from dataclasses import dataclass

from ..models import Edition
from .akoma_ntoso.document import write_akoma_ntoso
from .edition_json import dump_edition


@dataclass(frozen=True, slots=True)
class ExportFormat:
    label: str  # in Thai
    suffix: str
    media_type: str
    write: Callable[[Edition], bytes]


FORMATS = {
    "json": ExportFormat("JSON", "json", "application/json", dump_edition),
    "akn": ExportFormat(
        "Akoma Ntoso", "akn.xml", "application/akn+xml", write_akoma_ntoso
    ),
}


def file_name(edition: Edition, format_name: str) -> str:
    return f"{edition.code}.{FORMATS[format_name].suffix}"
