"""Pictures in a Word file: which of them a manual can keep, and what they say to who cannot see them. Runs in a process
of its own, as reading.py does."""

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docx.image.image import Image
from docx.oxml.ns import qn

from hearing_portal.jobs.media_types import JPEG, PNG, recognise_media_type
from hearing_portal.jobs.pictures import MOST_POINTS, is_whole_picture

from ..content import SHAPES
from ..source import BOOKMARK, CHART
from .drawings import told_of_other_kind, told_of_shapes
from .elements import is_in_box

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE  # of one picture, as of one that is uploaded
MOST_PICTURES = 200
TOO_LARGE = f"เกิน {MOST_POINTS // 1_000_000} ล้านจุดหรือ {MOST_BYTES // MEGABYTE} MB หรือไฟล์ภาพเสีย จึงไม่ได้นำเข้า"
TOO_MANY = f"ไฟล์มีเกิน {MOST_PICTURES} ภาพ จึงไม่ได้นำเข้าภาพนี้"
MILLIMETRES = 25.4  # an inch
_CHART_WORDS = re.compile(
    rf"ผังขั้นตอนการปฏิบัติงาน .+: [\d๐-๙]+ .*\((?:{'|'.join(SHAPES.values())})\)"
)
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_VML_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"
# What a program wrote in place of a person: a file's name, a guess
_NOT_TOLD = re.compile(
    r"\.(?:png|jpe?g|gif|bmp|emf|wmf|tiff?|svg)$|automatically generated|สร้าง(?:ขึ้น)?โดยอัตโนมัติ",
    re.IGNORECASE,
)


class DrawnPicture(NamedTuple):
    """A picture that stands in a paragraph: the hash of its bytes, or why they are not taken. `kind` is what a person
    calls it."""

    name: str  # that Word knows it by
    alt: str
    sha: str = ""
    refused: str = ""
    kind: str = "ภาพ"

    @property
    def told(self) -> str:
        """What is told where it is not taken."""
        named = f"{self.kind} “{self.alt}”" if self.alt else self.kind
        return f"มี{named} {self.refused}"


@dataclass(slots=True)
class PictureReader:
    """Pictures of one file; `taken` is {hash: name of the part}."""

    parts: Mapping[str, Any]  # by the id of the relation
    taken: dict[str, str] = field(default_factory=dict)
    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    def read(self, drawing: Any) -> list[DrawnPicture]:
        """Those of a drawing; one that is refused where it has none that can be kept."""
        name, alt = told_of_drawing(drawing)
        found = []
        for relation in dict.fromkeys(_relations(drawing)):
            if relation not in self.known:
                self.known[relation] = self._take(relation)
            sha, refused = self.known[relation]
            found.append(DrawnPicture(name, alt, sha, refused))
        if not found:
            kind, told = told_of_shapes(drawing, self.parts)
            found.append(DrawnPicture(name, alt, refused=told, kind=kind))
        return found

    def has_own(self, drawing: Any) -> bool:
        """Whether a drawing with text boxes has a picture beside them."""
        return next(_relations(drawing), None) is not None

    def _take(self, relation: str) -> tuple[str, str]:
        """(hash, why not)."""
        part = self.parts.get(relation)
        raw: bytes = getattr(part, "blob", b"")
        if recognise_media_type(io.BytesIO(raw)) not in (PNG, JPEG):
            return "", told_of_other_kind(str(getattr(part, "partname", "")))
        if len(self.taken) >= MOST_PICTURES:
            return "", TOO_MANY
        try:
            is_whole = len(raw) <= MOST_BYTES and is_whole_picture(
                raw, most_points=MOST_POINTS
            )
        except MemoryError:
            is_whole = False
        if not is_whole:
            return "", TOO_LARGE
        sha = hashlib.sha256(raw).hexdigest()
        self.taken[sha] = str(getattr(part, "partname", "")).lstrip("/")
        return sha, ""


def told_of_drawing(drawing: Any) -> tuple[str, str]:
    """(name, what it says to who cannot see it)."""
    for element in drawing.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag.endswith("}docPr"):
            told = element.get("descr") or element.get("title") or ""
        elif tag == "{urn:schemas-microsoft-com:vml}shape":
            told = element.get("alt", "")
        else:
            continue
        words = " ".join(told.split())
        name = element.get("name", "")
        is_ours = name.startswith(BOOKMARK)  # and a person wrote the words
        return name, "" if _NOT_TOLD.search(words) and not is_ours else words
    return "", ""


def is_chart_of_ours(name: str, alt: str) -> bool:
    """By its name or, where a program gave it another one, by its alternative text (flowchart/steps.py)."""
    return name.startswith(CHART) or _CHART_WORDS.match(alt) is not None


def paper_size(raw: bytes) -> tuple[float, float] | None:
    """Width and height in millimetres, as the picture says itself; None for what Word cannot show."""
    try:
        image = Image.from_blob(raw)
    except (
        Exception
    ):  # whatever python-docx stumbles over: without a size it has no place
        return None
    width = image.px_width * MILLIMETRES / max(1, image.horz_dpi)
    height = image.px_height * MILLIMETRES / max(1, image.vert_dpi)
    return max(1.0, width), max(1.0, height)


def _relations(drawing: Any) -> Iterator[str]:
    """Of the drawing itself: what stands in a text box of it is read with the box."""
    for element in drawing.iter(_BLIP, _VML_IMAGE):
        if not is_in_box(element, drawing):
            yield element.get(qn("r:embed"), "") or element.get(qn("r:id"), "")
