"""Everything that happened to a comment: who, when, why, in one list."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles

from ..commenting.presentation.cards import name_for
from ..issue_classes import BY_VALUE
from ..models import AnchorResolution, Comment, Disposition, Moderation
from ..permissions import can_see_name, can_work_at

SHOWN = {
    Moderation.Visibility.HELD: ("hourglass-split", "รอตรวจก่อนแสดง"),
    Moderation.Visibility.SHOWN: ("eye", "แสดง"),
    Moderation.Visibility.HIDDEN: ("eye-slash", "ซ่อน"),
}
CHANGED_FIELDS = {"text": "ข้อความ", "type": "ประเภท", "issue_class": "ประเด็น"}


@dataclass(frozen=True, slots=True)
class Happening:
    """One act. `what` says it in words, `why` is the reason given, `who` is empty where it may not be told."""

    at: datetime
    icon: str
    what: str
    who: str = ""
    why: str = ""
    before: str = ""  # the words before an edit


def load_history(comment: Comment, reader: User, *, reveal: bool = False) -> list[Happening]:
    """All acts in the order of time. `reveal` names the commenter to an admin, whose look has been logged."""
    names = _Names(comment, reader, reveal)
    acts = [
        *_said(comment, names),
        *_moderated(comment, names),
        *_reclassed(comment, names),
        *_advised(comment, names),
        *_decided(comment, names),
        *_objected(comment, names),
        *_placed(comment, names),
    ]
    return sorted(acts, key=lambda act: act.at)


class _Names:
    """People at the desk know each other; a commenter is named by the rule of product.md."""

    def __init__(self, comment: Comment, reader: User, reveal: bool) -> None:
        self.comment = comment
        self.desk = can_work_at(reader, comment.entry.manual.work_group)
        may_reveal = reveal and load_roles(reader).is_admin and can_see_name(reader, comment)
        self.author = comment.author.get_full_name() if may_reveal else name_for(reader, comment)

    def of(self, user: User | None) -> str:
        if user is None:
            return "ระบบ"
        if user.pk == self.comment.author_id and not self._typed_by_desk():
            office = self.comment.office.short_name if self.comment.office else self.comment.get_role_display()
            return f"{self.author} {office}".strip()
        return user.get_full_name() if self.desk else ""

    def _typed_by_desk(self) -> bool:
        return self.comment.author_id == self.comment.recorded_by_id and self.comment.channel != "web"


def _said(comment: Comment, names: _Names) -> Iterator[Happening]:
    versions = list(comment.history.select_related("history_user").order_by("history_date", "history_id"))
    before = None
    for version in versions:
        if before is None:
            is_own = comment.recorded_by_id == comment.author_id
            who = names.of(comment.author if is_own else comment.recorded_by)
            what = "แสดงความเห็น" if comment.channel == "web" else f"บันทึกแทนผู้พูด ({comment.get_channel_display()})"
            yield Happening(version.history_date, "chat-left-text", what, who)
        else:
            changed = [word for name, word in CHANGED_FIELDS.items() if getattr(version, name) != getattr(before, name)]
            if version.text != before.text or version.type != before.type:
                who = names.of(version.history_user)
                yield Happening(version.history_date, "pencil", f"แก้ไข{'และ'.join(changed)}", who, before=before.text)
        before = version
    if not versions:
        yield Happening(comment.made_at, "chat-left-text", "แสดงความเห็น", names.of(comment.recorded_by))


def _moderated(comment: Comment, names: _Names) -> Iterator[Happening]:
    """The first row came with the comment: it is told only when it held the comment back."""
    rows = comment.moderations.select_related("by").order_by("pk")
    for number, row in enumerate(rows):
        icon, what = SHOWN[Moderation.Visibility(row.visibility)]
        if number or row.visibility == Moderation.Visibility.HELD:
            yield Happening(row.at, icon, what, names.of(row.by) if number else "", row.reason)


def _reclassed(comment: Comment, names: _Names) -> Iterator[Happening]:
    for row in comment.reclassings.select_related("by"):
        meaning = BY_VALUE.get(row.issue_class or "")
        word = meaning.word if meaning else "ไม่ระบุประเด็น"
        yield Happening(row.at, "arrow-return-left", f"เปลี่ยนประเด็นเป็น {word}", names.of(row.by), row.reason)


def _advised(comment: Comment, names: _Names) -> Iterator[Happening]:
    for row in comment.recommendations.select_related("by"):
        yield Happening(row.at, "signpost-split", f"เสนอผล “{row.get_outcome_display()}”", names.of(row.by), row.reason)


def _decided(comment: Comment, names: _Names) -> Iterator[Happening]:
    for row in _dispositions(comment):
        if row.outcome == Disposition.Outcome.WITHDRAWN:
            yield Happening(row.decided_at, "arrow-return-left", "ถอนความเห็น", names.of(row.decided_by))
            continue
        effect = "" if row.effect == Disposition.Effect.NONE else f" · {row.get_effect_display()}"
        what = f"ตัดสิน “{row.get_outcome_display()}”{effect}"
        yield Happening(row.decided_at, "check2-circle", what, names.of(row.decided_by), row.reason)
        if row.confirmed_at is not None:
            yield Happening(row.confirmed_at, "people", "ยืนยันผลโดยผู้ที่สอง", names.of(row.confirmed_by))
        if row.publication is not None:
            yield Happening(row.publication.at, "send", "เผยแพร่ผล", names.of(row.publication.by))


def _dispositions(comment: Comment) -> QuerySet[Disposition]:
    rows = Disposition.objects.filter(answers__comment=comment)
    return rows.select_related("decided_by", "confirmed_by", "publication__by").order_by("pk")


def _objected(comment: Comment, names: _Names) -> Iterator[Happening]:
    objection = getattr(comment, "objection", None)
    if objection is not None:
        yield Happening(objection.at, "flag", "โต้แย้งผล", names.of(comment.author), objection.text)


def _placed(comment: Comment, names: _Names) -> Iterator[Happening]:
    rows: Iterable[AnchorResolution] = comment.resolutions.select_related("edition", "decided_by").order_by("pk")
    for row in rows:
        who = names.of(row.decided_by) if row.decided_by_id else "ระบบ"
        what = f"ตำแหน่งใน{row.edition.title}: {row.get_state_display()}"
        yield Happening(row.at, "link-45deg", what, who)
