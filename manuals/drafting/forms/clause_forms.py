"""Which form a clause has, and what it begins with."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict

from hearing_portal.thai.emphasis import show_emphasis
from hearing_portal.thai.markup import place_references, referenced_uuids

from ...content import Content, Definition, Figure, Form, Reference, Table
from ...models import Clause
from ...wording import wording_fields
from .clause import WORDS_PREFIX, ClauseForm
from .definition import DefinitionForm
from .files import FigureForm, FileForm
from .reference import ReferenceForm
from .table import TableForm, ids_of_table

FORM_OF_KIND: Mapping[str, type[ClauseForm]] = {
    Definition.kind: DefinitionForm,
    Reference.kind: ReferenceForm,
    Table.kind: TableForm,
    Form.kind: FileForm,
    Figure.kind: FigureForm,
}


def form_on_clause(
    clause: Clause, words: Content | None = None, **kept: Any
) -> ClauseForm:
    """A fresh form on the clause as it stands, which shows `words` where given. `kept` are values of other fields."""
    base = clause.content
    initial = {
        "lock_version": clause.lock_version,
        "read_sha": clause.sha,
        "numbering": clause.numbering,
        **_initial_of(words or base, base),
        **kept,
    }
    return _class_for(base)(base=base, initial=initial)


def form_on_new(
    blank: Content, words: Content | None = None, **kept: Any
) -> ClauseForm:
    """A fresh form of a clause to come, which shows `words` where given; `kept` are values of its fields."""
    initial = {"lock_version": 0, **_initial_of(words or blank, blank), **kept}
    return _class_for(blank)(base=blank, initial=initial)


def form_as_left(left: Mapping[str, str], base: Content) -> ClauseForm:
    """Unbound, with the fields as somebody left them: what is wrong with it is told when it is sent."""
    return _class_for(base)(base=base, initial=dict(left))


def content_as_left(left: Mapping[str, str], base: Content) -> Content | None:
    """What those fields say; None where they could not be saved as they are."""
    defaults = {
        "lock_version": "1",
        "numbering": Clause.Numbering.DECIMAL,
        "applies_to": base.applies_to,
    }
    reason = left.get("reason", "").strip() or "-"  # is asked for when it is saved
    form = _class_for(base)({**defaults, **left, "reason": reason}, base=base)
    content: Content | None = form.cleaned_data["content"] if form.is_valid() else None
    return content


def form_after_act(data: QueryDict, base: Content) -> ClauseForm:
    """As it was typed, once the button has done its work. Nothing is written."""
    left = {name: str(data[name]) for name in data if name != "act"}
    typed = form_as_left(left, base)
    form = form_as_left(typed.after_act(str(data["act"]), left), base)
    form.is_unkept = True
    form.acted = str(data["act"])
    form.told = typed.tell_after_act(form.acted, left)
    return form


def form_as_sent(data: QueryDict, base: Content) -> ClauseForm:
    """The fields belong to what the person had read, which may not be what the clause says by now."""
    return _class_for(base)(data, base=base)


def _class_for(content: Content) -> type[ClauseForm]:
    return FORM_OF_KIND.get(content.kind, ClauseForm)


def _initial_of(content: Content, base: Content) -> dict[str, Any]:
    """What the fields of a form on `base` show for a content."""
    initial: dict[str, Any] = {"applies_to": content.applies_to}
    known = referenced_uuids(base.referring)
    of_base = len(known)
    shown = replace(content, body=show_emphasis(content.body))
    texts = dict(shown.fields())
    for item in wording_fields(shown):
        words = item.text
        if item.name in shown.referring_fields:
            cited = referenced_uuids(shown.stored_text(item.name))
            words, new = place_references(texts.get(item.name, ""), cited, known)
            known += new
        initial[WORDS_PREFIX + item.name] = words
    initial["references"] = ",".join(known[of_base:])
    match content:
        case Definition():
            initial["verb"] = content.verb
        case Reference():
            initial |= {"source": content.source, "locator": content.locator}
        case Table():
            initial |= ids_of_table(content)
        case Form() | Figure():
            initial["file"] = content.file
    return initial
