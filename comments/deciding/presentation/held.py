"""Comments that nobody else reads yet, told where their answers are about to be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from manuals.models import Edition, Manual

from ...models import Answer, Comment, Hearing
from ..queries.blockers import comments_of_group
from ..queries.held import find_held_comments

NAMED = 20  # comments by their number; the others stand in the queue


@dataclass(frozen=True, slots=True)
class HeldComments:
    """`url` is where they are shown or hidden."""

    comments: Sequence[Comment]
    url: str

    @property
    def words(self) -> str:
        """Of those that are answered."""
        return (
            f"{len(self.comments)} ความคิดเห็นที่พิจารณาแล้วยังรอตรวจก่อนแสดง (เลขที่ {self._numbers}) "
            "ผู้อื่นจะไม่เห็นทั้งความคิดเห็นและผล จนกว่าผู้ดำเนินเวทีจะเลือกแสดงหรือซ่อน"
        )

    @property
    def words_of_edition(self) -> str:
        """Of those on an edition that is released."""
        return (
            f"{len(self.comments)} ความคิดเห็นต่อฉบับนี้ยังรอตรวจก่อนแสดง (เลขที่ {self._numbers}) "
            "ผู้เข้าร่วมคนอื่นจะไม่เห็นความคิดเห็นเหล่านี้ จนกว่าผู้ดำเนินเวทีจะเลือกแสดงหรือซ่อน"
        )

    @property
    def _numbers(self) -> str:
        numbers = ", ".join(str(comment.pk) for comment in self.comments[:NAMED])
        if len(self.comments) > NAMED:
            numbers += " และอื่น ๆ"
        return numbers


def find_held_of_answers(
    hearing: Hearing, manual: Manual, answers: QuerySet[Answer]
) -> HeldComments:
    """Of the comments that these answer. One query."""
    comments = comments_of_group(hearing, manual.work_group).filter(answers__in=answers)
    query = urlencode({"state": "held", "hearing": hearing.key})
    url = f"{reverse('group-queue', args=[manual.key])}?{query}"
    return HeldComments(list(find_held_comments(comments)), url)


def find_held_on(edition: Edition) -> HeldComments:
    """Of all that was said about the edition, replies too; `url` leads to the desks of all groups. One query."""
    comments = Comment.objects.filter(entry__edition=edition)
    return HeldComments(list(find_held_comments(comments)), reverse("queue"))
