"""What the page of the bench offers: which wordings it shows, which of them can be taken, and what it calls them."""

from dataclasses import dataclass

from ...wording import Redline, named_redlines
from ..forms import AdoptionForm
from .bench import Bench


@dataclass(frozen=True, slots=True)
class BenchPage:
    """The bench with a form as it came: `is_overtaken` when somebody else changed the clause before the decision."""

    bench: Bench
    form: AdoptionForm
    is_overtaken: bool = False

    @property
    def is_chosen(self) -> bool:
        """Whether the fields stand on a version, so that one can decide."""
        return self.form.start is not None or self.bench.is_deletion

    @property
    def has_typed_words(self) -> bool:
        """Whether what is shown as the proposal are the drafter's own words."""
        return self.is_overtaken and self.form.cleaned_data["content"] is not None

    @property
    def outdated_warning(self) -> str:
        if not self.bench.is_outdated:
            return ""
        if self.bench.is_insertion:
            return "ข้อที่จะเพิ่มต่อท้ายแก้ถ้อยคำไปแล้วหลังจากที่เสนอ"
        if self.bench.is_deletion:
            return "ข้อที่ขอตัดแก้ถ้อยคำไปแล้วหลังจากที่เสนอ"
        return "ข้อเสนอนี้เขียนบนถ้อยคำที่เปลี่ยนไปแล้ว"

    @property
    def words_title(self) -> str:
        if self.bench.is_insertion:
            return "ข้อที่ขอเพิ่ม ต่อจากข้อนี้"
        return "ข้อที่ขอตัด" if self.bench.is_deletion else "ถ้อยคำ"

    @property
    def decide_label(self) -> str:
        if self.bench.is_deletion:
            return "ตัดสินและตัดข้อนี้"
        return "ตัดสินและเพิ่มข้อ" if self.bench.is_insertion else "ตัดสินและแก้ถ้อยคำ"

    @property
    def can_join(self) -> bool:
        """Whether another proposal can be merged into the words of the fields."""
        return bool(self.form.wording) and self.bench.is_replacement and not self.is_overtaken

    # -- the proposal, or what the drafter typed

    @property
    def mine_label(self) -> str:
        if self.has_typed_words:
            return "ของท่าน"
        return "ถ้อยคำที่ขอเพิ่ม" if self.bench.is_insertion else "ข้อเสนอ เทียบกับถ้อยคำที่ผู้เสนออ่าน"

    @property
    def take_mine_label(self) -> str:
        return "ใช้ถ้อยคำของท่าน" if self.has_typed_words else "ใช้ข้อเสนอนี้"

    @property
    def offers_mine(self) -> bool:
        return self.is_overtaken or not self.is_chosen

    @property
    def mine_changes(self) -> list[Redline]:
        return named_redlines(self.bench.mine_changes, "")

    # -- the clause as it stands now

    @property
    def shows_current(self) -> bool:
        return self.is_overtaken or self.bench.is_outdated or self.bench.is_insertion

    @property
    def current_label(self) -> str:
        return "ข้อนี้ในร่างปัจจุบัน" if self.bench.is_insertion else "ถ้อยคำปัจจุบัน"

    @property
    def offers_current(self) -> bool:
        if self.is_overtaken and self.bench.is_replacement:
            return True
        return not self.bench.is_insertion and not self.is_chosen

    @property
    def current_changes(self) -> list[Redline]:
        return named_redlines(self.bench.current_changes, "")

    # -- both merged

    @property
    def shows_merged(self) -> bool:
        return self.bench.is_replacement and (self.is_overtaken or self.bench.is_outdated)

    @property
    def offers_merged(self) -> bool:
        return self.bench.merged is not None and (self.is_overtaken or not self.is_chosen)
