"""An edition as one Akoma Ntoso document: the same bytes as long as no older edition comes into the portal.

The work is the manuals of the area offices, the edition is an expression of it in Thai. A manual is a book; in it stand
divisions (units), sections (processes) and chapters; a process has its nine parts, and in them clauses below clauses.
"""

from collections.abc import Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

from ...content import PARTS, Step
from ...editions.services.lineage import LINEAGE_KEYS
from ...models import Edition, EditionEntry
from ...queries import entry_view
from ...reading.names import name_entries
from ...reading.presentation.links import name_in_editions
from ...reading.told_words import referenced_in
from .clauses import write_clause
from .identifiers import SECTION_ELEMENTS, load_eids, load_wids, part_eid
from .markup import References, XmlWriter, write_text

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN_NAMESPACE = "urn:hearing-portal:edition"
WORK = "/akn/th/doc/manual/area-office"
LANGUAGE = "tha"
SOURCE = "#portal"
AUTHOR = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน"


def write_akoma_ntoso(edition: Edition) -> bytes:
    """The document in UTF-8, a whole XML file."""
    writer = XmlWriter()
    writer.open("akomaNtoso", xmlns=NAMESPACE)
    writer.open("doc", name="edition")
    _write_meta(writer, edition)
    _BodyWriter(writer, edition).write()
    writer.close()
    writer.close()
    return writer.as_bytes()


# --- the metadata


def _write_meta(writer: XmlWriter, edition: Edition) -> None:
    earlier = (
        Edition.objects.sealed()
        .filter(sealed_at__lte=edition.seal.at)
        .order_by("sealed_at", "pk")
    )
    first = earlier.first() or edition
    began_on = _day_of(first)
    sealed_on = _day_of(edition)
    expression = f"{WORK}/{LANGUAGE}@{edition.code}"
    writer.open("meta")
    writer.open("identification", source=SOURCE)
    writer.open("FRBRWork")
    _write_uris(writer, f"{WORK}/!main", WORK, began_on, "began")
    writer.empty("FRBRcountry", value="th")
    writer.empty("FRBRname", value="คู่มือการปฏิบัติงานของสำนักงานเขตพื้นที่การศึกษา")
    writer.close()
    writer.open("FRBRExpression")
    _write_uris(writer, f"{expression}/!main", expression, sealed_on, "sealed")
    writer.empty("FRBRversionNumber", value=edition.code)
    writer.empty("FRBRlanguage", language=LANGUAGE)
    writer.close()
    writer.open("FRBRManifestation")
    _write_uris(
        writer, f"{expression}/!main.xml", f"{expression}.akn", sealed_on, "sealed"
    )
    writer.empty("FRBRformat", value="application/akn+xml")
    writer.close()
    writer.close()
    writer.open("references", source=SOURCE)
    writer.empty(
        "TLCOrganization",
        eId="author",
        href="/ontology/organization/th/obec",
        showAs=AUTHOR,
    )
    writer.empty(
        "TLCObject",
        eId="portal",
        href="/ontology/object/hearing-portal",
        showAs="ระบบประชาพิจารณ์คู่มือ",
    )
    writer.close()
    writer.open("proprietary", source=SOURCE)
    writer.empty(
        "edition",
        xmlns=OWN_NAMESPACE,
        code=edition.code,
        kind=edition.kind,
        manifestSha=edition.seal.manifest_sha,
        policy=edition.policy_version,
    )
    writer.close()
    writer.close()


def _day_of(edition: Edition) -> str:
    """When it was sealed, the same day wherever it is written."""
    return edition.seal.at.astimezone(UTC).date().isoformat()


def _write_uris(writer: XmlWriter, this: str, uri: str, day: str, name: str) -> None:
    writer.empty("FRBRthis", value=this)
    writer.empty("FRBRuri", value=uri)
    writer.empty("FRBRdate", date=day, name=name)
    writer.empty("FRBRauthor", href="#author")


# --- the texts


class _BodyWriter:
    """Writes an edition's entries as the tree they are."""

    def __init__(self, writer: XmlWriter, edition: Edition) -> None:
        self.writer = writer
        self.title = edition.title
        self.eids = load_eids(edition)
        self.wids = load_wids(edition, self.eids)
        self.children: dict[int | None, list[EditionEntry]] = {}
        entries = []
        for entry in edition.entries.select_related("blob").order_by("ordinal"):
            self.children.setdefault(entry.parent_id, []).append(entry)
            entries.append(entry_view(entry))
        eids = {str(entry.uuid): self.eids[entry.uuid] for entry in entries}
        cited = referenced_in(
            entry.content.referring for entry in entries if entry.content
        )
        gone = name_in_editions(cited - set(eids), [edition.pk])
        self.references = References(eids, {**gone, **name_entries(entries)})

    def write(self) -> None:
        writer = self.writer
        writer.open("preface")
        writer.inline("p", f"<docTitle>{write_text(self.title)}</docTitle>")
        writer.close()
        writer.open("mainBody")
        for manual in self.children.get(None, []):
            writer.open("book", **self._identify(manual.uuid))
            self._write_heading(manual)
            self._write_all(self.children.get(manual.pk, []))
            writer.close()
        writer.close()

    def _write_all(self, entries: Sequence[EditionEntry]) -> None:
        for entry in entries:
            if entry.kind == EditionEntry.Kind.SECTION:
                self._write_section(entry)
            else:
                self._write_clause(entry)

    def _write_section(self, section: EditionEntry) -> None:
        writer = self.writer
        kind = section.data["kind"]
        element, _ = SECTION_ELEMENTS[kind]
        words = f"{kind} origin-{section.data['origin']} for-{section.applies_to}"
        writer.open(element, class_=words, **self._identify(section.uuid))
        self._write_heading(section)
        facts = []
        for name, text in sorted(section.data.items()):
            if text and name not in ("kind", "origin", *LINEAGE_KEYS):
                facts.append((name, text))
        if facts:
            writer.open("intro")
            for name, text in facts:
                writer.inline("block", write_text(text), name=name)
            writer.close()
        below = self.children.get(section.pk, [])
        clauses = [entry for entry in below if entry.kind == EditionEntry.Kind.CLAUSE]
        sections = [entry for entry in below if entry.kind == EditionEntry.Kind.SECTION]
        self.references = self.references.read_in(section.section_id)
        self._write_parts(section, clauses)
        self._write_all(sections)
        writer.close()

    def _write_parts(
        self, section: EditionEntry, clauses: Sequence[EditionEntry]
    ) -> None:
        """The clauses of a section; those of a process in its parts, as far as there is a clause in them: part 1 is
        the process's own name, part 6 is drawn from part 9."""
        writer = self.writer
        self._write_all([clause for clause in clauses if not clause.part])
        for part, name in PARTS.items():
            standing = [clause for clause in clauses if clause.part == part]
            if not standing:
                continue
            eid = part_eid(self.eids[section.uuid], part)
            wid = part_eid(self.wids[section.uuid], part)
            writer.open("part", eId=eid, wId=wid)
            writer.inline("num", str(part))
            writer.inline("heading", write_text(name))
            self._write_all(standing)
            writer.close()

    def _write_clause(self, clause: EditionEntry) -> None:
        writer = self.writer
        content = clause.clause_blob.as_content
        words = f"{content.kind} for-{clause.applies_to}"
        if isinstance(content, Step):
            words += f" {content.shape}"
        writer.open("clause", class_=words, **self._identify(clause.uuid))
        if clause.label:
            writer.inline("num", write_text(clause.label))
        below = self.children.get(clause.pk, [])
        writer.open("intro" if below else "content")
        write_clause(writer, content, self.references)
        writer.close()
        self._write_all(below)
        writer.close()

    def _write_heading(self, entry: EditionEntry) -> None:
        if entry.label:
            self.writer.inline("num", write_text(entry.label))
        if entry.title:
            self.writer.inline("heading", write_text(entry.title))

    def _identify(self, uuid: UUID) -> dict[str, Any]:
        return {"eId": self.eids[uuid], "wId": self.wids[uuid], "GUID": str(uuid)}
