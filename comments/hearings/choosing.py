"""Which hearing a page is about: the one its address names, else the current one."""

from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.utils.timezone import localdate

from hearing_portal.web.choices import FilterLink, query_with
from hearing_portal.web.http import NotVisible

from ..models import Hearing
from .queries import (
    choose_current_hearing,
    choose_hearing_to_prepare,
    find_hearing_by_key,
    find_hearings,
    find_open_hearings,
)


@dataclass(frozen=True, slots=True)
class HearingChoice:
    """All hearings, the latest first, the current one, and the chosen one (None where there is none, or where a page
    is about all of them). `open_hearings` are those of several with an open session."""

    hearings: list[Hearing]
    current: Hearing | None
    hearing: Hearing | None
    open_hearings: list[Hearing] = field(default_factory=list)

    @property
    def is_offered(self) -> bool:
        """One hearing needs no choosing."""
        return len(self.hearings) > 1

    @property
    def others(self) -> list[Hearing]:
        """All but the chosen one."""
        return [hearing for hearing in self.hearings if hearing != self.hearing]

    @property
    def open_elsewhere(self) -> list[Hearing]:
        """Beside the chosen one: its days overlap theirs."""
        return [hearing for hearing in self.open_hearings if hearing != self.hearing]

    @property
    def address_key(self) -> str:
        """What an address names it by: nothing for the current one."""
        if self.hearing is None or self.hearing == self.current:
            return ""
        return self.hearing.key

    @property
    def query(self) -> str:
        """What goes behind an address that leads on within the chosen hearing."""
        if not self.address_key:
            return ""
        return f"?hearing={self.address_key}"

    @property
    def links(self) -> list[FilterLink]:
        """The same page about each of them; none where there is only one. What a list is narrowed to belongs to its
        own hearing and is left out."""
        if not self.is_offered:
            return []
        links = []
        for hearing in self.hearings:
            url = query_with(QueryDict(), hearing=hearing.key)
            links.append(
                FilterLink(name_hearing(hearing), url, hearing == self.hearing)
            )
        return links

    def links_with_all(self, query: QueryDict) -> list[FilterLink]:
        """For a list that tells of all hearings unless one is chosen; its other choices stay."""
        if not self.is_offered:
            return []
        every_url = query_with(query, hearing=None, page=None)
        links = [FilterLink("ทุกครั้ง", every_url, self.hearing is None)]
        for hearing in self.hearings:
            url = query_with(query, hearing=hearing.key, page=None)
            links.append(
                FilterLink(name_hearing(hearing), url, hearing == self.hearing)
            )
        return links


def name_hearing(hearing: Hearing) -> str:
    """Its title with its days: a second round often has the title of the first."""
    return f"{hearing.title} ({hearing.days})"


def choose_hearing(key: str) -> HearingChoice:
    """The hearing of this key, the current one for none. One query, two while several may run. Raises NotVisible for a
    key of no hearing."""
    choice = _choose_current()
    if not key:
        return choice
    for hearing in choice.hearings:
        if hearing.key == key:
            return replace(choice, hearing=hearing)
    # An address from before its key followed its year
    renamed = find_hearing_by_key(key)
    if renamed is None:
        raise NotVisible
    return replace(choice, hearing=renamed)


def choose_to_prepare(key: str) -> HearingChoice:
    """As choose_hearing, but without a key the one that is prepared is meant."""
    choice = choose_hearing(key)
    if key:
        return choice
    return replace(
        choice,
        hearing=choose_hearing_to_prepare(choice.hearings, choice.current, localdate()),
    )


def choose_hearing_by_id(hearing_id: int) -> HearingChoice:
    """The hearing something belongs to. One query, two while several may run."""
    choice = _choose_current()
    for hearing in choice.hearings:
        if hearing.pk == hearing_id:
            return replace(choice, hearing=hearing)
    raise NotVisible


def _choose_current() -> HearingChoice:
    hearings = find_hearings()
    open_hearings = find_open_hearings(hearings)
    current = choose_current_hearing(hearings, localdate(), open_hearings)
    return HearingChoice(hearings, current, current, open_hearings)


def choose_among_all(key: str) -> HearingChoice:
    """As choose_hearing, but without a key all hearings are meant."""
    choice = choose_hearing(key)
    if key:
        return choice
    return replace(choice, hearing=None)
