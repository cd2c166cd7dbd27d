"""What the names of area offices say."""

from ..models import AreaOffice

_BEGINNINGS = {
    "สพป": AreaOffice.Kind.PRIMARY,
    "สพม": AreaOffice.Kind.SECONDARY,
    "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา": AreaOffice.Kind.PRIMARY,
    "สำนักงานเขตพื้นที่การศึกษามัธยมศึกษา": AreaOffice.Kind.SECONDARY,
}


def kind_by_name(name: str) -> AreaOffice.Kind | None:
    """Of a full or short name; None when it does not say."""
    bare = name.replace(" ", "")
    for beginning, kind in _BEGINNINGS.items():
        if bare.startswith(beginning):
            return kind
    return None
