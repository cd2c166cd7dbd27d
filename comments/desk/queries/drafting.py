"""What waits for those who draft: promised words, and what was decided lately."""

from collections.abc import Collection
from datetime import date

from hearing_portal.directory.models import User
from manuals.models import Manual, SectionVersion
from manuals.models.version import with_reach

from ...deciding.queries.drafting_debts import DraftingDebt, find_drafting_debts
from ...deciding.queries.lost_words import LostWords, find_lost_words
from ...models import Answer, Comment

LATELY = 10  # decisions shown
CHANGES_SHOWN = 5


def find_debts_of_groups(group_ids: Collection[int]) -> list[DraftingDebt]:
    """Those of the groups' comments, what is due first first. Two queries."""
    comments = Comment.objects.filter(entry__manual__work_group__in=group_ids)
    return sorted(
        find_drafting_debts(comments),
        key=lambda debt: (debt.disposition.due or date.max, debt.disposition.pk),
    )


def find_lost_words_of_groups(group_ids: Collection[int]) -> list[LostWords]:
    """Words adopted from the groups' comments that the draft has no more. Two queries, one where nothing is lost."""
    comments = Comment.objects.filter(entry__manual__work_group__in=group_ids)
    return list(find_lost_words(comments))


def find_latest_answers(group_ids: Collection[int], *, but_of: User) -> list[Answer]:
    """What others decided last about the groups' comments, with disposition and entry. One query."""
    answers = Answer.objects.filter(
        current=True, comment__entry__manual__work_group__in=group_ids
    )
    answers = answers.exclude(disposition__decided_by=but_of)
    return list(
        answers.select_related(
            "disposition",
            "comment__entry__manual__work_group",
            "comment__entry__section",
            "comment__entry__clause__section__manual",
            "comment__entry__blob",
        ).order_by("-disposition__decided_at", "-pk")[:LATELY]
    )


def find_latest_versions(manuals: Collection[Manual]) -> list[SectionVersion]:
    """What was changed last in the manuals, the newest first: with section, manual and who did it. One query."""
    versions = SectionVersion.objects.filter(section__manual__in=manuals)
    versions = with_reach(versions).select_related(
        "section__manual__work_group", "revision__user"
    )
    return list(versions.order_by("-revision_id", "-pk")[:CHANGES_SHOWN])
