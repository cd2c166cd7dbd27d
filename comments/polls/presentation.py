"""Shows of hands as their page and the minutes tell them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hearing_portal.directory.models import AreaOffice

from ..citations import cite_in_section
from ..models import Poll, Vote
from .queries import count_offices

ADVICE = "ผลการยกมือเป็นข้อมูลประกอบการพิจารณา ไม่ผูกพันผลการพิจารณาของคณะทำงาน"


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer, both kinds of offices side by side."""

    label: str
    primary: int
    secondary: int


@dataclass(frozen=True, slots=True)
class ShownPoll:
    """`answers` are empty while they are hidden; `answered` is how many offices did."""

    poll: Poll
    answered: int
    answers: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    needed: int = 0

    @property
    def place(self) -> str:
        """What it was about, with the edition of the session."""
        if self.poll.entry is None:
            return ""
        return cite_in_section(self.poll.entry)

    @property
    def rows(self) -> list[AnswerRow]:
        if not self.answers:
            return []
        primary = self.answers[AreaOffice.Kind.PRIMARY]
        secondary = self.answers[AreaOffice.Kind.SECONDARY]
        return [
            AnswerRow(str(answer.label), primary[answer], secondary[answer])
            for answer in Vote.Answer
        ]

    @property
    def quorum_told(self) -> str:
        """Whether enough offices answered; empty without a quorum."""
        if not self.needed:
            return ""
        is_met = "ครบ" if self.answered >= self.needed else "ไม่ครบ"
        return f"องค์ประชุม{is_met} ตอบ {self.answered} เขต ต้องมีอย่างน้อย {self.needed} เขต"


def show_running(
    poll: Poll, answers: Mapping[str, Mapping[str, int]], needed: int
) -> ShownPoll:
    answered = count_offices(answers)
    return ShownPoll(poll, answered, {} if poll.hides_counts else answers, needed)


def show_ended(poll: Poll) -> ShownPoll:
    result = poll.result or {}
    answers = result["answers"]
    return ShownPoll(poll, count_offices(answers), answers, result["needed"])


def tell_result(poll: Poll) -> str:
    """One sentence for the minutes."""
    shown = show_ended(poll)
    place = f"{shown.place} " if shown.place else ""
    return f"ยกมือ {place}{tell_counts(shown)}"


def tell_counts(shown: ShownPoll) -> str:
    """“ควรเห็นชอบหรือไม่” เห็นชอบ สพป. 3 เขต สพม. 1 เขต …, and the quorum where there was one."""
    counted = " ".join(
        f"{row.label} สพป. {row.primary} เขต สพม. {row.secondary} เขต"
        for row in shown.rows
    )
    return f"“{shown.poll.question}” {counted} {shown.quorum_told}".strip()
