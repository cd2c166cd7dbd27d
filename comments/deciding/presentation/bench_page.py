"""What the page of the bench offers: which wordings it shows, which of them can be taken, and what it calls them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hearing_portal.web.forms import has_typed_text
from manuals.wording import Redline, named_redlines

from ...models import Disposition
from ..forms.adoption import AdoptionForm
from .bench import Bench
from .detail import CommentDetail
from .sharing import SharingComment


class BenchState(StrEnum):
    """Where the drafter stands. What the page offers follows from it."""

    CHOOSING = "choosing"  # no version of the words is chosen yet: one cannot decide
    READY = "ready"  # the fields hold a version, to be changed or decided
    PREVIEW = "preview"  # the same, with what deciding would change
    OVERTAKEN = "overtaken"  # somebody else changed the clause first: a version has to be chosen again


@dataclass(frozen=True, slots=True)
class BenchPage:
    """The bench with a form as it came; `changes` are what a PREVIEW shows."""

    bench: Bench
    form: AdoptionForm
    state: BenchState
    changes: list[Redline] | None = None
    sharing: Sequence[SharingComment] = ()  # what may share the answer

    @property
    def detail(self) -> CommentDetail:
        return self.bench.detail

    @property
    def must_choose(self) -> bool:
        return self.state in (BenchState.CHOOSING, BenchState.OVERTAKEN)

    @property
    def keeps_text(self) -> bool:
        """Whether words the drafter wrote stand in the form again."""
        return has_typed_text(self.form)

    @property
    def outdated_warning(self) -> str:
        proposal = self.bench.proposal
        if not proposal.is_outdated:
            return ""
        if proposal.is_insertion:
            return "ข้อที่จะเพิ่มต่อท้ายแก้ถ้อยคำไปแล้วหลังจากที่เสนอ"
        if proposal.is_deletion:
            return "ข้อที่ขอตัดแก้ถ้อยคำไปแล้วหลังจากที่เสนอ"
        return "ข้อเสนอนี้เขียนบนถ้อยคำที่เปลี่ยนไปแล้ว"

    @property
    def overtaken_advice(self) -> str:
        """What to do when the clause changed first. A deletion has no words to choose from."""
        if self.bench.proposal.is_deletion:
            return "โปรดอ่านถ้อยคำปัจจุบัน แล้วพิจารณาอีกครั้ง"
        return "โปรดเลือกถ้อยคำที่จะใช้ แล้วบันทึกผลอีกครั้ง"

    @property
    def refusal_title(self) -> str:
        """Above why the form came back: pressed again after the words went in, nothing is left to be saved."""
        disposition = self.detail.disposition
        if disposition is not None and disposition.effect == Disposition.Effect.CHANGED:
            return "ข้อเสนอนี้มีผลแล้ว จึงไม่ได้บันทึกซ้ำ"
        return "ยังไม่ได้บันทึกผล"

    @property
    def words_title(self) -> str:
        if self.bench.proposal.is_insertion:
            return "ข้อที่ขอเพิ่ม ต่อจากข้อนี้"
        if self.bench.proposal.is_deletion:
            return "ข้อที่ขอตัด"
        return "ถ้อยคำ"

    @property
    def decide_label(self) -> str:
        if self.bench.proposal.is_deletion:
            return "บันทึกผลและตัดข้อนี้"
        if self.bench.proposal.is_insertion:
            return "บันทึกผลและเพิ่มข้อ"
        return "บันทึกผลและแก้ถ้อยคำ"

    @property
    def can_join(self) -> bool:
        """Whether another proposal can be merged into the words of the fields."""
        is_overtaken = self.state == BenchState.OVERTAKEN
        return (
            bool(self.form.wording)
            and self.bench.proposal.is_replacement
            and not is_overtaken
        )

    # -- the proposal, or what the drafter typed

    @property
    def draft_label(self) -> str:
        if self.bench.is_typed:
            return "ของท่าน"
        if self.bench.proposal.is_insertion:
            return "ถ้อยคำที่ขอเพิ่ม"
        return "ข้อเสนอ เทียบกับถ้อยคำที่ผู้เสนออ่าน"

    @property
    def take_draft_label(self) -> str:
        return "ใช้ถ้อยคำของท่าน" if self.bench.is_typed else "ใช้ข้อเสนอนี้"

    @property
    def draft_changes(self) -> list[Redline]:
        return named_redlines(self.bench.draft_changes, "")

    # -- the clause as it stands now

    @property
    def shows_current(self) -> bool:
        return self.is_compared or self.bench.proposal.is_insertion

    @property
    def is_compared(self) -> bool:
        """Whether the clause says something else than what the drafter or the author read."""
        return self.state == BenchState.OVERTAKEN or self.bench.proposal.is_outdated

    @property
    def current_label(self) -> str:
        return "ข้อนี้ในร่างปัจจุบัน" if self.bench.proposal.is_insertion else "ถ้อยคำปัจจุบัน"

    @property
    def offers_current(self) -> bool:
        return self.must_choose and not self.bench.proposal.is_insertion

    @property
    def current_changes(self) -> list[Redline]:
        return named_redlines(self.bench.current_changes, "")

    # -- both merged

    @property
    def shows_merged(self) -> bool:
        return self.is_compared and self.bench.proposal.is_replacement

    @property
    def offers_merged(self) -> bool:
        return self.must_choose and self.bench.merged is not None
