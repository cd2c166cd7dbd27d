"""Files that came back, read and taken in as the jobs do it."""

from comments.returned_copies.reading import read_copies
from comments.returned_copies.services.taking import ConfirmedCopy, take_in_copies
from tests import factories


def read(session, store, *raws: bytes):
    return read_copies(
        session, store(*raws), store.kept.__getitem__, progress=lambda *_: None
    )


def take(session, store, office, by, *raws: bytes, delegate=None, reason=""):
    confirmed = []
    for copy in read(session, store, *raws):
        assert copy.refused == ""
        raw = store.kept[copy.upload]
        confirmed.append(ConfirmedCopy(copy, raw, office, delegate))
    return take_in_copies(session, confirmed, by=by, reason=reason)


def at(process, cite: str):
    return factories.clause_at(process, cite)
