"""The keys of area offices: P001 … of primary ones, S001 … of secondary ones. A key is never given twice."""

from collections.abc import Collection

from ..models import AreaOffice


def office_key(kind: str, number: int) -> str:
    return f"{kind[0].upper()}{number:03}"


def next_office_key(kind: str, *, besides: Collection[str] = ()) -> str:
    """The one after the highest that is stored or stands in `besides`. Call it under lock_directory."""
    letter = kind[0].upper()
    stored = AreaOffice.objects.filter(key__startswith=letter).values_list(
        "key", flat=True
    )
    highest = 0
    for key in (*stored, *besides):
        number = key.removeprefix(letter)
        if key.startswith(letter) and number.isascii() and number.isdigit():
            highest = max(highest, int(number))
    return office_key(kind, highest + 1)
