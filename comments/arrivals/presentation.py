"""Cards as their list shows them."""

from dataclasses import dataclass
from datetime import datetime

from ..models import InvitationCard


@dataclass(frozen=True, slots=True)
class ShownCard:
    card: InvitationCard
    times: int
    used_at: datetime | None

    @property
    def uses(self) -> str:
        """How many phones it signed in, of how many it may."""
        if self.card.most_uses is None:
            return f"{self.times} เครื่อง ไม่จำกัด"
        return f"{self.times} จาก {self.card.most_uses} เครื่อง"


def show_card(card: InvitationCard) -> ShownCard:
    """It comes with `times` and `used_at` (standing_cards)."""
    return ShownCard(card, getattr(card, "times", 0), getattr(card, "used_at", None))
