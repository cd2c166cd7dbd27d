"""Entering an overlap, correcting it, and adding to what shows it."""

from collections.abc import Iterable, Sequence

from hearing_portal.acts.overtaking import refuse_overtaken
from hearing_portal.acts.services import RunningAct, act
from hearing_portal.directory.models import User
from manuals.models import ClauseChange

from ...acts import (
    OVERLAP_CAUSED_CHANGE,
    OVERLAP_CHANGED,
    OVERLAP_ENTERED,
    OVERLAP_EVIDENCED,
    about_overlap,
)
from ...models import (
    Comment,
    Overlap,
    OverlapChange,
    OverlapComment,
    OverlapPair,
    SimilarPair,
)
from ..agencies import same_agency
from ..overlap_input import OverlapInput, OverlapSide
from ..refusals import CommentEntered, OverlapRefused

# What is corrected, and read before it is
OVERLAP_FIELDS = (
    "kind",
    "work_group_a_id",
    "section_a_id",
    "clause_a_id",
    "work_group_b_id",
    "section_b_id",
    "clause_b_id",
    "agency",
    "evidence",
)


def enter_overlap(
    overlap_input: OverlapInput,
    *,
    by: User,
    comment: Comment | None = None,
    pairs: Sequence[SimilarPair] = (),
) -> Overlap:
    """A new row of the register, with the comment or the pairs of clauses from which it is known. Raises
    OverlapRefused, and CommentEntered where the comment stands in it already."""
    _refuse_sides(overlap_input.side_a, overlap_input.side_b)
    if comment is None and not pairs and not overlap_input.evidence.strip():
        raise OverlapRefused("โปรดระบุสิ่งที่แสดงว่าซ้ำซ้อน", field="evidence")
    with act(by=by) as done:
        overlap = Overlap(entered_by=by, **_values(overlap_input))
        overlap.agency = _known_agency(overlap)
        if comment is not None:
            _refuse_entered(comment)
        overlap.save()
        done.record(OVERLAP_ENTERED, about_overlap(overlap))
        if comment is not None:
            _add_comment(overlap, comment, by, done)
        for pair in pairs:
            _keep_pair(overlap, pair)
    return overlap


def change_overlap(
    overlap: Overlap, overlap_input: OverlapInput, *, by: User, version: str = ""
) -> Overlap:
    """Corrects kind, sides and evidence. `version` is what the person read (acts.overtaking). Raises OverlapRefused,
    and EditOvertaken where somebody else corrected it meanwhile."""
    _refuse_sides(overlap_input.side_a, overlap_input.side_b)
    with act(by=by) as done:
        overlap = Overlap.objects.select_for_update().get(pk=overlap.pk)
        refuse_overtaken(overlap, OVERLAP_FIELDS, version, about_overlap(overlap))
        for name, value in _values(overlap_input).items():
            setattr(overlap, name, value)
        overlap.agency = _known_agency(overlap)
        overlap.save()
        done.record(OVERLAP_CHANGED, about_overlap(overlap))
    return overlap


def add_comment_to_overlap(overlap: Overlap, comment: Comment, *, by: User) -> None:
    """Another comment that speaks of it. Raises CommentEntered."""
    with act(by=by) as done:
        # One after the other: who comes second is told where the comment went
        overlap = Overlap.objects.select_for_update().get(pk=overlap.pk)
        _refuse_entered(comment)
        _add_comment(overlap, comment, by, done)


def name_caused_changes(
    overlap: Overlap, changes: Iterable[ClauseChange], *, by: User
) -> None:
    """Changes of the draft that were made because of it; one that is named already stays as it is."""
    with act(by=by) as done:
        overlap = Overlap.objects.select_for_update().get(pk=overlap.pk)
        known = set(overlap.change_rows.values_list("change", flat=True))
        for change in changes:
            if change.pk not in known:
                OverlapChange.objects.create(overlap=overlap, change=change, by=by)
                done.record(OVERLAP_CAUSED_CHANGE, about_overlap(overlap))


def _keep_pair(overlap: Overlap, pair: SimilarPair) -> None:
    """With its sides as the overlap has them: the search puts first the group that stands first in the book."""
    first = (pair.clause_a, pair.blob_a_id)
    second = (pair.clause_b, pair.blob_b_id)
    if first[0].section.manual.work_group_id == overlap.work_group_b_id:
        first, second = second, first
    OverlapPair.objects.create(
        overlap=overlap,
        clause_a=first[0],
        clause_b=second[0],
        blob_a_id=first[1],
        blob_b_id=second[1],
        percent=pair.percent,
    )


def _refuse_sides(side_a: OverlapSide, side_b: OverlapSide) -> None:
    if side_a.work_group is None:
        raise OverlapRefused("โปรดเลือกกลุ่มงานของฝ่ายที่ 1", field="group_a")
    if (side_b.work_group is None) == (side_b.agency == ""):
        raise OverlapRefused(
            "โปรดเลือกกลุ่มงานของฝ่ายที่ 2 หรือระบุชื่อหน่วยงานภายนอก อย่างใดอย่างหนึ่ง",
            field="group_b",
        )
    if side_a == side_b:
        raise OverlapRefused(
            "ทั้งสองฝ่ายเป็นเรื่องเดียวกัน โปรดระบุกระบวนงานหรือข้อที่ต่างกัน", field="process_b"
        )


def _values(overlap_input: OverlapInput) -> dict[str, object]:
    side_a = overlap_input.side_a
    side_b = overlap_input.side_b
    return {
        "kind": overlap_input.kind,
        "work_group_a": side_a.work_group,
        "section_a": side_a.section,
        "clause_a": side_a.clause,
        "work_group_b": side_b.work_group,
        "section_b": side_b.section,
        "clause_b": side_b.clause,
        "agency": side_b.agency,
        "evidence": overlap_input.evidence,
    }


def _known_agency(overlap: Overlap) -> str:
    """As the other rows of the register call it: one agency has one name. Who corrects the only row has their way."""
    if not overlap.agency:
        return ""
    others = Overlap.objects.exclude(pk=overlap.pk).exclude(agency="").order_by("pk")
    return same_agency(overlap.agency, others.values_list("agency", flat=True))


def _refuse_entered(comment: Comment) -> None:
    """Whoever asks first holds the comment's row until its act is stored."""
    Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
    row = OverlapComment.objects.filter(comment=comment).select_related("overlap")
    entered = row.first()
    if entered is not None:
        raise CommentEntered(entered.overlap)


def _add_comment(
    overlap: Overlap, comment: Comment, by: User, done: RunningAct
) -> None:
    OverlapComment.objects.create(overlap=overlap, comment=comment, by=by)
    done.record(OVERLAP_EVIDENCED, about_overlap(overlap), note=str(comment.pk))
