"""What is offered beside a ruling: answers written once, and answers given before."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from hearing_portal.directory.models import User

from ..links import desk_url
from ..models import Answer, AnswerBlock, Comment, Disposition
from ..moderating.services import UNCHOSEN_OUTCOMES
from .queries import EarlierAnswer, find_blocks, find_earlier_answers, find_uses

FROM_BLOCK = "block"
FROM_ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class OfferedAnswer:
    """Words that a reason may begin with. `url` opens the ruling with them in its field."""

    name: str
    text: str
    url: str
    comment: Comment | None = None  # that was answered so
    disposition: Disposition | None = None
    used: int = 0


@dataclass(frozen=True, slots=True)
class OfferedAnswers:
    """`initial` is what the chosen one puts into the form; empty where none is chosen."""

    blocks: list[OfferedAnswer]
    earlier: list[OfferedAnswer]
    initial: Mapping[str, Any]

    @property
    def number(self) -> int:
        return len(self.blocks) + len(self.earlier)


def offer_answers(comment: Comment, user: User, query: QueryDict) -> OfferedAnswers:
    """For the page of a ruling under the query of its address. At most five queries."""
    blocks = list(find_blocks(comment.entry.manual.work_group))
    earlier = find_earlier_answers(comment, user)
    page = reverse("comment-disposition", args=[comment.uuid])

    def url_from(kind: str, pk: int) -> str:
        kept = query.copy()
        kept.pop(FROM_BLOCK, None)
        kept.pop(FROM_ANSWER, None)
        kept[kind] = str(pk)
        return f"{page}?{kept.urlencode()}#disposition"

    return OfferedAnswers(
        [_offer_block(block, url_from(FROM_BLOCK, block.pk)) for block in blocks],
        [
            OfferedAnswer(
                each.disposition.get_outcome_display(),
                each.disposition.reason,
                url_from(FROM_ANSWER, each.disposition.pk),
                comment=each.comment,
                disposition=each.disposition,
            )
            for each in earlier
        ],
        _initial_values(blocks, earlier, query),
    )


def _offer_block(block: AnswerBlock, url: str) -> OfferedAnswer:
    used = getattr(block, "used", None) or 0
    return OfferedAnswer(block.name, block.text, url, used=used)


def _initial_values(
    blocks: list[AnswerBlock], earlier: list[EarlierAnswer], query: QueryDict
) -> dict[str, Any]:
    for block in blocks:
        if query.get(FROM_BLOCK) == str(block.pk):
            return {"reason": block.text, "block": block.pk}
    for each in earlier:
        given = each.disposition
        if query.get(FROM_ANSWER) == str(given.pk):
            values: dict[str, Any] = {"reason": given.reason}
            if given.outcome not in UNCHOSEN_OUTCOMES:
                values["outcome"] = given.outcome
            return values
    return {}


@dataclass(frozen=True, slots=True)
class BlockUse:
    """An answer that was begun with a block. `is_reworded` says that its reason holds the block's words no more."""

    answer: Answer
    url: str
    is_reworded: bool


def show_uses(block: AnswerBlock) -> list[BlockUse]:
    """One query."""
    uses = []
    for answer in find_uses(block):
        is_reworded = block.text not in answer.disposition.reason
        uses.append(BlockUse(answer, desk_url(answer.comment), is_reworded))
    return uses
