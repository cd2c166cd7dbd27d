"""What a person typed and did not save, on the page where it goes on: the copy shown, and others to look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from ...models import DraftBuffer
from ...wording import Redline
from ..forms.clause import WORDS_PREFIX
from ..sheets import Sheet


@dataclass(slots=True)
class OtherCopy:
    """Typed on another page or device, which did not know of what is shown. `can_merge` says that the form can show
    both in one; `is_behind` that the person saved other words since it was begun, `changes` what it would make of
    those."""

    buffer: DraftBuffer
    shown: DraftBuffer | None
    can_merge: bool = False
    is_behind: bool = False
    changes: Sequence[Redline] = ()

    @property
    def query(self) -> str:
        """Behind the address of the page: shows this one."""
        return self._query_of(self.buffer)

    @property
    def merging_query(self) -> str:
        """The same: shows both in one."""
        return self._query_of(
            self.shown or self.buffer, **{"with": str(self.buffer.sheet)}
        )

    def _query_of(self, buffer: DraftBuffer, **more: str) -> str:
        named = {"subject": str(buffer.subject), "copy": str(buffer.sheet), **more}
        return "?" + urlencode(named)

    @property
    def words(self) -> list[str]:
        """Those of a clause; a table is better looked at as a table."""
        texts = []
        for name, values in self.buffer.values.items():
            if name.startswith(WORDS_PREFIX):
                texts += [text for text in values if text.strip()]
        return texts


@dataclass(frozen=True, slots=True)
class LeftUnsaved:
    shown: DraftBuffer | None = None
    others: Sequence[OtherCopy] = ()

    def open_sheet(self) -> Sheet:
        return Sheet.open(self.shown)


NOTHING_LEFT = LeftUnsaved()


def load_left(
    copies: Sequence[DraftBuffer],
    *,
    copy: str = "",
    behind: Mapping[int, Sequence[Redline]] | None = None,
) -> LeftUnsaved:
    """The latest is shown, or the one typed on the sheet `copy`. `behind` are those that were begun before the person
    saved other words, {id: what it would make of those}: they are shown when asked for."""
    behind = behind or {}
    named = [buffer for buffer in copies if str(buffer.sheet) == copy]
    going_on = [buffer for buffer in copies if buffer.pk not in behind]
    shown = next(iter([*named, *going_on]), None)
    others = []
    for buffer in copies:
        if buffer != shown:
            is_behind = buffer.pk in behind
            changes = behind.get(buffer.pk, ())
            others.append(
                OtherCopy(buffer, shown, is_behind=is_behind, changes=changes)
            )
    return LeftUnsaved(shown, others)
