"""Everything that happened to a comment: who, when, why, in one list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.thai.sentences import joined
from manuals.wording import Redline

from ...commenting.presentation.cards import name_for
from ...commenting.presentation.versions import issue_word, load_versions
from ...models import Comment, Disposition, Moderation
from ...permissions import can_see_name, can_work_at

SYSTEM = "ระบบ"
VISIBILITY_WORDS = {
    Moderation.Visibility.HELD: ("hourglass-split", "รอตรวจก่อนแสดง"),
    Moderation.Visibility.SHOWN: ("eye", "แสดง"),
    Moderation.Visibility.HIDDEN: ("eye-slash", "ซ่อน"),
}


@dataclass(frozen=True, slots=True)
class CommentEvent:
    """One act. `what` says it in words, `why` is the reason given, `who` is empty where it may not be told."""

    at: datetime
    icon: str
    what: str
    who: str = ""
    why: str = ""
    # Of an edit: old and new of all that it changed, and offices of each kind whose support lapsed by it
    redlines: list[Redline] = field(default_factory=list)
    primary: int = 0
    secondary: int = 0


def load_history(
    comment: Comment, reader: User, *, reveal: bool = False
) -> list[CommentEvent]:
    """All acts, the earliest first; those of one moment in the order of a comment, as they are asked for here. `reveal`
    names the commenter to an admin, whose look has been logged."""
    names = HistoryNames(comment, reader, reveal=reveal)
    stored = comment.history.order_by("history_date", "history_id")
    classes = list(stored.values_list("history_date", "issue_class"))
    sent_at = classes[0][0] if classes else comment.made_at
    events = [
        *load_wording_events(comment, names, sent_at),
        *load_moderation_events(comment, names),
        *load_reclassing_events(comment, names, classes),
        *load_recommendation_events(comment, names),
        *load_advice_request_events(comment, names),
        *load_decision_events(comment, names),
        *load_objection_events(comment, names),
        *load_anchor_events(comment, names),
    ]
    return sorted(events, key=lambda event: event.at)


class HistoryNames:
    """People at the desk know each other; a commenter is named by the rule of product.md."""

    def __init__(self, comment: Comment, reader: User, *, reveal: bool) -> None:
        self.comment = comment
        self.is_at_desk = can_work_at(reader, comment.entry.manual.work_group)
        may_reveal = (
            reveal and load_roles(reader).is_admin and can_see_name(reader, comment)
        )
        if may_reveal:
            self.author = comment.author.get_full_name()
        else:
            self.author = name_for(reader, comment)

    def of(self, user: User | None) -> str:
        if user is None:
            return SYSTEM
        comment = self.comment
        was_typed_by_desk = (
            comment.author_id == comment.recorded_by_id
            and comment.channel != Comment.Channel.WEB
        )
        if user.pk == comment.author_id and not was_typed_by_desk:
            office = (
                comment.office.short_name
                if comment.office
                else comment.get_role_display()
            )
            return f"{self.author} {office}".strip()
        return user.get_full_name() if self.is_at_desk else ""


def load_wording_events(
    comment: Comment, names: HistoryNames, sent_at: datetime
) -> Iterator[CommentEvent]:
    """That it was written, then each edit by its author. A facilitator's change of its issue class is no edit: see
    `load_reclassing_events`."""
    what = "แสดงความคิดเห็น"
    if comment.channel != Comment.Channel.WEB:
        what = f"บันทึกความคิดเห็นแทนผู้แทน ({comment.get_channel_display()})"
    is_own = comment.recorded_by_id == comment.author_id
    yield CommentEvent(
        at=sent_at,
        icon="chat-left-text",
        what=what,
        who=names.of(comment.author if is_own else comment.recorded_by),
    )
    for version in reversed(load_versions(comment)):
        yield CommentEvent(
            at=version.at,
            icon="pencil",
            what=version.what,
            who=names.of(version.by),
            redlines=version.redlines,
            primary=version.primary,
            secondary=version.secondary,
        )


def load_moderation_events(
    comment: Comment, names: HistoryNames
) -> Iterator[CommentEvent]:
    """The first row came with the comment: it is told only when it held the comment back."""
    is_first = True
    for row in comment.moderations.select_related("by").order_by("pk"):
        icon, what = VISIBILITY_WORDS[Moderation.Visibility(row.visibility)]
        if not is_first:
            yield CommentEvent(
                at=row.at,
                icon=icon,
                what=what,
                who=names.of(row.by),
                why=row.reason,
            )
        elif row.visibility == Moderation.Visibility.HELD:
            yield CommentEvent(
                at=row.at,
                icon=icon,
                what=what,
                why=row.reason,
            )
        is_first = False


def load_reclassing_events(
    comment: Comment,
    names: HistoryNames,
    classes: list[tuple[datetime, str | None]],
) -> Iterator[CommentEvent]:
    """Each with the class that the comment had right before; `classes` are those it had, from when on, the earliest
    first."""
    for row in comment.reclassings.select_related("by"):
        what = f"เปลี่ยนประเด็นเป็น {issue_word(row.issue_class)}"
        had = [issue_class for at, issue_class in classes if at <= row.at]
        if had:
            what = f"เปลี่ยนประเด็นจาก {issue_word(had[-1])} เป็น {issue_word(row.issue_class)}"
        yield CommentEvent(
            at=row.at,
            icon="arrow-return-left",
            what=what,
            who=names.of(row.by),
            why=row.reason,
        )


def load_recommendation_events(
    comment: Comment, names: HistoryNames
) -> Iterator[CommentEvent]:
    for row in comment.recommendations.select_related("by"):
        what = f"เสนอผล “{row.get_outcome_display()}”"
        if not row.is_of_facilitator:
            what = f"ให้คำแนะนำ “{row.get_outcome_display()}” ในฐานะ{row.get_role_display()}"
        yield CommentEvent(
            at=row.at,
            icon="signpost-split",
            what=what,
            who=names.of(row.by),
            why=row.reason,
        )


def load_advice_request_events(
    comment: Comment, names: HistoryNames
) -> Iterator[CommentEvent]:
    for row in comment.advice_requests.select_related("by", "asked", "recall__by"):
        yield CommentEvent(
            at=row.at,
            icon="person",
            what=f"ขอคำแนะนำจาก {names.of(row.asked)}",
            who=names.of(row.by),
            why=row.question,
        )
        recall = getattr(row, "recall", None)
        if recall is not None:
            yield CommentEvent(
                at=recall.at,
                icon="x-circle",
                what=f"ยกเลิกการขอคำแนะนำจาก {names.of(row.asked)}",
                who=names.of(recall.by),
            )


def load_decision_events(
    comment: Comment, names: HistoryNames
) -> Iterator[CommentEvent]:
    """That it was withdrawn, or decided, confirmed by somebody else, and published: for every answer it ever had."""
    dispositions = Disposition.objects.filter(answers__comment=comment)
    people = ["decided_by", "confirmed_by", "publication__by"]
    for row in dispositions.select_related(*people).order_by("pk"):
        if row.outcome == Disposition.Outcome.WITHDRAWN:
            yield CommentEvent(
                at=row.decided_at,
                icon="arrow-return-left",
                what="ถอนความคิดเห็น",
                who=names.of(row.decided_by),
            )
            continue
        what = f"บันทึกผลการพิจารณา “{row.get_outcome_display()}”"
        if row.effect == Disposition.Effect.TO_DRAFT:
            what = f"{what} · ให้ยกร่าง"  # what was decided, not what is still to be done
        elif row.effect != Disposition.Effect.NONE:
            what = f"{what} · {row.get_effect_display()}"
        yield CommentEvent(
            at=row.decided_at,
            icon="check2-circle",
            what=what,
            who=names.of(row.decided_by),
            why=row.reason,
        )
        if row.confirmed_at is not None:
            yield CommentEvent(
                at=row.confirmed_at,
                icon="people",
                what="ยืนยันผลโดยผู้ยืนยันคนที่สอง",
                who=names.of(row.confirmed_by),
            )
        if row.publication is not None:
            yield CommentEvent(
                at=row.publication.at,
                icon="send",
                what="เผยแพร่ผล",
                who=names.of(row.publication.by),
            )


def load_objection_events(
    comment: Comment, names: HistoryNames
) -> Iterator[CommentEvent]:
    """At most one: a comment can be objected to once."""
    objection = getattr(comment, "objection", None)
    if objection is not None:
        yield CommentEvent(
            at=objection.at,
            icon="flag",
            what="ขอให้ทบทวนผล",
            who=names.of(comment.author),
            why=objection.text,
        )


def load_anchor_events(comment: Comment, names: HistoryNames) -> Iterator[CommentEvent]:
    """Where it went in later editions, by rule or by a person."""
    for row in comment.resolutions.select_related("edition", "decided_by").order_by(
        "pk"
    ):
        what = f"{joined('ตำแหน่งใน', row.edition.title)}: {row.get_state_display()}"
        yield CommentEvent(
            at=row.at,
            icon="link-45deg",
            what=what,
            who=names.of(row.decided_by),
        )
