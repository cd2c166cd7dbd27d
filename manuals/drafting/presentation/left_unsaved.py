"""What a person typed and did not save, on the page where it goes on: the copy shown, and others to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from hearing_portal.directory.models import User

from ...models import DraftBuffer
from ..forms.clause import WORDS_PREFIX
from ..queries.buffers import find_copies
from ..sheets import Sheet


@dataclass(slots=True)
class OtherCopy:
    """Typed on another page or device, which did not know of what is shown. `can_merge` says that the form can show
    both in one."""

    buffer: DraftBuffer
    shown: DraftBuffer
    can_merge: bool = False

    @property
    def query(self) -> str:
        """Behind the address of the page: shows this one."""
        return self._query_of(self.buffer)

    @property
    def merging_query(self) -> str:
        """The same: shows both in one."""
        return self._query_of(self.shown, **{"with": str(self.buffer.sheet)})

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


def load_left(user: User, subject: UUID, *, copy: str = "") -> LeftUnsaved:
    """The latest is shown, or the one typed on the sheet `copy`. One query."""
    copies = find_copies(user, subject)
    if not copies:
        return NOTHING_LEFT
    shown = next((buffer for buffer in copies if str(buffer.sheet) == copy), copies[0])
    return LeftUnsaved(
        shown, [OtherCopy(buffer, shown) for buffer in copies if buffer != shown]
    )
