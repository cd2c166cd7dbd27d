"""What the fields of a form that was sent are called, where only their names are known: as the portal's own forms call
them, and for fields made for a row or a clause as who makes them says."""

from collections.abc import Collection, Iterator, Mapping

from django import forms

# {last part of a name: label}, of fields whose names are made ("words-text", "UUID-actor")
_DECLARED: dict[str, str] = {}
_OURS = ("hearing_portal.", "manuals.", "comments.")


def declare_field_labels(labels: Mapping[str, str]) -> None:
    """Of fields that no form declares; the first label of a name stands."""
    for name, label in labels.items():
        _DECLARED.setdefault(name, label)


def find_field_label(name: str, sent: Collection[str]) -> str:
    """The label of the field in the form that has most of the names that were `sent` with it; "" where none has it."""
    best, shared = "", 0
    for fields in _declared_fields():
        field = fields.get(name)
        if field is None or not field.label:
            continue
        known = sum(other in fields for other in sent)
        if known > shared:
            best, shared = str(field.label), known
    return best or _DECLARED.get(name.rpartition("-")[2], "")


def _declared_fields() -> Iterator[Mapping[str, forms.Field]]:
    left: list[type[forms.BaseForm]] = [forms.BaseForm]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.__module__.startswith(_OURS):
                yield getattr(kind, "base_fields", {})
