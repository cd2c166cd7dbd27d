"""The signed summaries of a hearing: the latest of each group counts."""

from hearing_portal.directory.models import WorkGroup

from ...models import Conclusion, Hearing


def find_conclusion(hearing: Hearing, group: WorkGroup | None) -> Conclusion | None:
    """The latest, with who signed it; of the whole hearing without a group. One query."""
    return next(iter(find_signed(hearing, group)), None)


def find_signed(hearing: Hearing, group: WorkGroup | None) -> list[Conclusion]:
    """All of them, the latest first. One query."""
    signed = Conclusion.objects.filter(hearing=hearing, work_group=group)
    return list(signed.select_related("signed_by", "edition").order_by("-pk"))


def find_conclusions(hearing: Hearing) -> dict[int | None, Conclusion]:
    """{work group id (None: the whole): the latest}. One query."""
    signed = Conclusion.objects.filter(hearing=hearing)
    latest = signed.order_by("work_group_id", "-pk").distinct("work_group_id")
    return {conclusion.work_group_id: conclusion for conclusion in latest}
