"""Where comments went in a later edition, as far as that is news to who wrote them."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS
from manuals.models import EditionEntry
from manuals.permissions import editions_readable_by

from ...citations import with_section_title
from ...models import AnchorResolution, Comment

TOLD_STATES = {  # states of an anchor worth telling about; "same" is news where the clause moved: _is_news
    AnchorResolution.State.SHIFTED,
    AnchorResolution.State.TEXT_CHANGED,
    AnchorResolution.State.TEXT_REMOVED,
    AnchorResolution.State.MOVED,
    AnchorResolution.State.SPLIT,
    AnchorResolution.State.JOINED,
    AnchorResolution.State.RETIRED,
}


def find_moved_anchors(
    comments: Sequence[Comment], user: Visitor
) -> dict[int, AnchorResolution]:
    """{comment: where its anchor went in the latest edition that this reader may read}, as far as that is news. One
    query."""
    resolutions = AnchorResolution.objects.filter(
        comment__in=comments, edition__in=editions_readable_by(user)
    )
    resolutions = resolutions.select_related(
        "entry__manual",
        "entry__section",
        "entry__blob",
        "entry__edition",
        "entry__parent",
        "comment__entry__parent",
        "comment__entry__blob",
        "edition",
    )
    moved = {}
    for resolution in with_section_title(resolutions, "entry__").order_by("pk"):
        # A later one takes the place of an earlier
        moved[resolution.comment_id] = resolution
    return {
        comment_id: resolution
        for comment_id, resolution in moved.items()
        if _is_news(resolution)
    }


def _is_news(resolution: AnchorResolution) -> bool:
    """The same words are news where their clause is called otherwise now, or stands elsewhere."""
    if resolution.state != AnchorResolution.State.SAME:
        return resolution.state in TOLD_STATES
    here, there = resolution.comment.entry, resolution.entry
    if there is None or there.kind != EditionEntry.Kind.CLAUSE:
        return False
    return here.cite != there.cite or has_left(resolution)


def has_left(resolution: AnchorResolution) -> bool:
    """Whether the clause stands below another one, or in another part or section: a new number alone is no move."""
    there = resolution.entry
    return there is not None and _place(resolution.comment.entry) != _place(there)


def _place(entry: EditionEntry) -> tuple[int | None, int, UUID | None]:
    above = entry.parent
    return entry.section_id, entry.part, above.uuid if above is not None else None


def has_other_digits_alone(resolution: AnchorResolution) -> bool:
    """Whether what the comment is about has other digits there and says the same: whoever reads all digits in one style
    would see no change of words."""
    comment, there = resolution.comment, resolution.entry
    if resolution.state != AnchorResolution.State.TEXT_CHANGED:
        return False
    if there is None or there.blob is None or comment.entry.blob is None:
        return False
    before = comment.entry.blob.as_content.fields()
    now = there.blob.as_content.fields()
    span = resolution.span
    if span is not None:
        text = dict(now).get(span["field"], "")
        before = [("", comment.quote)]
        now = [("", text[span["start"] : span["end"]])]
    return before != now and _in_one_style(before) == _in_one_style(now)


def _in_one_style(fields: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, text.translate(TO_ARABIC_DIGITS)) for name, text in fields]
