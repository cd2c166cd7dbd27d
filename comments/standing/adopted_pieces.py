"""What an act wrote into a clause or took out of it, looked for in what is said later."""

from collections.abc import Sequence

from hearing_portal.thai.diff import diff_sequences
from hearing_portal.thai.words import tokenize
from manuals.models import ClauseChange

type Stretch = range  # places of words that stand side by side

KEPT_SHARE = 0.5  # of the words: who polishes them keeps most, who drops them does not


def is_kept(change: ClauseChange, own: str | None, words: str | None) -> bool:
    """Whether what the change did is kept by what is said later: by the clause itself (`own`), and by it and all that
    came out of it (`words`); None where nothing is any more.

    A clause that it cut has to be gone. Words that it wrote are kept where at least half of them still stand. Where it
    took words out and wrote none, they must not be back in the clause.
    """
    if change.kind == ClauseChange.Kind.RETIRED or change.to_blob is None:
        return own is None
    before = ""
    if change.from_blob is not None and change.kind != ClauseChange.Kind.RESTORED:
        before = change.from_blob.plain
    return is_said(before, change.to_blob.plain, own, words)


def is_said(before: str, after: str, own: str | None, words: str | None) -> bool:
    """The same of any rewording of `before` to `after`."""
    if words is None:
        return False
    if words == after:
        return True
    if words == before:
        return False
    old = _words_in(before)
    new = _words_in(after)
    written = []
    removed = []
    for op in diff_sequences(old, new):
        if op.tag != "equal":
            written.append(range(op.new_start, op.new_end))
            removed.append(range(op.old_start, op.old_end))
    if any(written):
        return _share_found(new, written, _words_in(words), old) >= KEPT_SHARE
    if any(removed) and own is not None:
        return _share_found(old, removed, _words_in(own), new) < KEPT_SHARE
    return True


def _words_in(text: str) -> list[str]:
    return [token for token in tokenize(text) if any(map(str.isalnum, token))]


def _share_found(
    source: Sequence[str],
    stretches: Sequence[Stretch],
    now: Sequence[str],
    other: Sequence[str],
) -> float:
    """How much of the stretches of the source stands there now: in its place among the other words, or all of a stretch
    somewhere else, where it is said more often than in the `other` wording, which had not this one of it: a number or
    an "and" says nothing where the clause has more of them."""
    in_place: set[int] = set()
    for op in diff_sequences(source, now):
        if op.tag == "equal":
            in_place.update(range(op.old_start, op.old_end))
    everything = "".join(now)
    anyway = "".join(other)
    found = 0
    for stretch in stretches:
        said = "".join(source[place] for place in stretch)
        if everything.count(said) > anyway.count(said):
            found += len(stretch)
        else:
            found += len(in_place.intersection(stretch))
    return found / sum(map(len, stretches))
