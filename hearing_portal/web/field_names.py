"""What the fields of a form that was sent are called, and which of them nobody typed, where only their names are known:
as the portal's own forms call and show them, and for fields made for a row or a clause as who makes them says."""

from collections.abc import Collection, Iterator, Mapping

from django import forms

# {last part of a name: label}, of fields whose names are made ("words-text", "UUID-actor")
_DECLARED: dict[str, str] = {}
# What templates put into a form unseen, beside its fields: which row, in which version, what the page showed, where to
# go on; the first part of a name that is made ("seen-2")
STAMPS = frozenset(
    {
        "above",
        "address_key",
        "as_proposed",
        "at",
        "caret",
        "comment",
        "compared",
        "confirm",
        "entry",
        "first",
        "from",
        "goes_on_from",
        "hearing",
        "instead",
        "known",
        "known_lacks",
        "lock_version",
        "next",
        "office",
        "open_sheet",
        "pairs",
        "paper",
        "pieces",
        "read",
        "resolution",
        "row",
        "second",
        "seen",
        "seen_proposal",
        "seen_visibility",
        "sender",
        "session",
        "sheet",
        "shown",
        "speaking",
        "state",
        "to",
        "unused",
        "version",
        "visibility",
        "words",
    }
)
_OURS = ("hearing_portal.", "manuals.", "comments.")


def declare_field_labels(labels: Mapping[str, str]) -> None:
    """Of fields that no form declares; the first label of a name stands."""
    for name, label in labels.items():
        _DECLARED.setdefault(name, label)


def find_field_label(name: str, sent: Collection[str]) -> str:
    """The label of the field in the form that has most of the names that were `sent` with it; "" where none has it."""
    field = _find_field(name, sent, is_called=True)
    if field is not None:
        return str(field.label)
    return _DECLARED.get(name.rpartition("-")[2], "")


def is_stamp(name: str, sent: Collection[str]) -> bool:
    """Whether nobody typed it: the field is hidden in that form, or no form's and put there by a template."""
    field = _find_field(name, sent)
    if field is not None:
        return bool(field.widget.is_hidden)
    _, dash, last = name.rpartition("-")
    if dash and last in _DECLARED:  # "words-text": typed, whatever it begins with
        return False
    return name.partition("-")[0] in STAMPS


def _find_field(
    name: str, sent: Collection[str], *, is_called: bool = False
) -> forms.Field | None:
    """In the form that has most of the names; `is_called`, among those where it has a label."""
    best, shared = None, 0
    for fields in _declared_fields():
        field = fields.get(name)
        if field is None or (is_called and not field.label):
            continue
        known = sum(other in fields for other in sent)
        if known > shared:
            best, shared = field, known
    return best


def _declared_fields() -> Iterator[Mapping[str, forms.Field]]:
    left: list[type[forms.BaseForm]] = [forms.BaseForm]
    while left:
        for kind in left.pop().__subclasses__():
            left.append(kind)
            if kind.__module__.startswith(_OURS):
                yield getattr(kind, "base_fields", {})
