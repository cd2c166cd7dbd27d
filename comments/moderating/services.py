"""A facilitator's acts on comments: showing, hiding, re-classing, recommending. What is decided is in deciding."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from hearing_portal.acts.services import RunningAct, act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_datetime

from ..acts import COMMENT_CHANGED, COMMENT_TRIAGED, MODERATED, RECLASSED, about_comment
from ..live.services import record_comment_events, record_decision
from ..models import (
    AdviceRequest,
    Comment,
    Disposition,
    Moderation,
    Reclassing,
    Recommendation,
)
from ..permissions import Role, find_advising_role

Visibility = Moderation.Visibility
# Nobody chooses or advises them: taking back is the author's own act, noting has a button of its own
UNCHOSEN_OUTCOMES = (Disposition.Outcome.NOTED, Disposition.Outcome.WITHDRAWN)
DONE_WORDS = {
    Visibility.SHOWN: "แสดงความคิดเห็นเลขที่",
    Visibility.HIDDEN: "ซ่อนความคิดเห็นเลขที่",
}
MOST_TOLD = 3  # acts of others that a refusal tells in full


class ModerationRefused(Refusal):
    """The act lacks its reason, or would change nothing."""


class ModerationOvertaken(ModerationRefused):
    """Others acted on the comments after the person had opened the page; `acts` are what they did
    last, none where the author changed the comment."""

    kind = RefusalKind.CONFLICT

    def __init__(
        self, acts: Sequence[Moderation | Reclassing | Recommendation]
    ) -> None:
        sentences = []
        for latest in acts[:MOST_TOLD]:
            done = "เปลี่ยนประเด็นของความคิดเห็นเลขที่"
            if isinstance(latest, Moderation):
                done = DONE_WORDS[Visibility(latest.visibility)]
            elif isinstance(latest, Recommendation):
                done = f"เสนอผล “{latest.get_outcome_display()}” ของความคิดเห็นเลขที่"
            reason = f" เหตุผล: {latest.reason}" if latest.reason else ""
            sentences.append(
                f"{latest.by.get_full_name()} {done} {latest.comment_id} แล้วเมื่อ {be_datetime(latest.at)}{reason}"
            )
        if len(acts) > MOST_TOLD:
            sentences.append(f"และมีผู้ดำเนินการกับอีก {len(acts) - MOST_TOLD} เรื่องที่ท่านเลือก")
        if not acts:
            sentences.append("ผู้เสนอแก้ไขความคิดเห็นนี้หลังจากที่ท่านเปิดหน้านี้")
        super().__init__(
            f"{' '.join(sentences)} จึงยังไม่ได้บันทึกการดำเนินการของท่าน หากยังต้องการ โปรดดำเนินการอีกครั้ง"
        )


def show_comment(comment: Comment, *, by: User) -> Moderation:
    return show_comments([comment], by=by)[0]


def hide_comment(comment: Comment, *, by: User, reason: str) -> Moderation:
    """Hidden with a reason; a stub stays and it still counts. Raises ModerationRefused."""
    return hide_comments([comment], by=by, reason=reason)[0]


def show_comments(
    comments: Iterable[Comment],
    *,
    by: User,
    based_on: Mapping[int, str] | None = None,
) -> list[Moderation]:
    """A bulk act: all or none. Each comment's latest Moderation afterwards, in the order of the comments' ids.
    `based_on` is what the person's page showed of them, {comment id: visibility}; of one it does not name, anything.

    Raises ModerationOvertaken where one is something else by now.
    """
    return _set_visibility(comments, Visibility.SHOWN, "", by, based_on or {})


def hide_comments(
    comments: Iterable[Comment],
    *,
    by: User,
    reason: str,
    based_on: Mapping[int, str] | None = None,
) -> list[Moderation]:
    """A bulk act: all or none, one reason for all. `based_on` as of show_comments. Raises ModerationRefused."""
    if not reason.strip():
        raise ModerationRefused("โปรดระบุเหตุผลที่ซ่อน ผู้เสนอและผู้อ่านจะเห็นเหตุผลนี้")
    return _set_visibility(
        comments, Visibility.HIDDEN, reason.strip(), by, based_on or {}
    )


def _set_visibility(
    comments: Iterable[Comment],
    visibility: str,
    reason: str,
    by: User,
    based_on: Mapping[int, str],
) -> list[Moderation]:
    """What is so already stays as it is: a second click writes no second row."""
    ids = [comment.pk for comment in comments]
    moderations = []
    overtaken = []
    changed = []
    with act(by=by, reason=reason) as done:
        for comment in triage_comments(ids, done):
            latest = comment.moderations.select_related("by").order_by("-id")[0]
            is_so_already = latest.visibility == visibility and latest.reason == reason
            if not is_so_already and latest.visibility != based_on.get(
                comment.pk, latest.visibility
            ):
                overtaken.append(latest)
            elif not is_so_already:
                latest = Moderation.objects.create(
                    comment=comment, visibility=visibility, reason=reason, by=by
                )
                done.record(MODERATED, about_comment(comment), detail=visibility)
                changed.append(comment)
            moderations.append(latest)
        if overtaken:
            raise ModerationOvertaken(overtaken)
        record_comment_events(changed, can_be_read=visibility == Visibility.SHOWN)
    return moderations


def triage_comments(ids: Iterable[int], done: RunningAct) -> list[Comment]:
    """The rows, locked in one order for everybody. The first act of a facilitator ends the author's right to edit."""
    rows = Comment.objects.select_for_update(of=("self",)).select_related(
        "entry__manual"
    )
    comments = list(rows.filter(pk__in=set(ids)).order_by("pk"))
    for comment in comments:
        if comment.triaged_at is None:
            comment.triaged_at = timezone.now()
            comment.save(update_fields=["triaged_at"])
            done.record(COMMENT_TRIAGED, about_comment(comment), reason="")
    return comments


def reclass_comment(
    comment: Comment,
    issue_class: str | None,
    *,
    by: User,
    reason: str,
    was: str | None = None,
) -> Reclassing:
    """Another issue class, with a logged reason; the comment carries it, its history keeps the old one. `was` is the
    class on the person's page, "" for none; None where nobody says.

    Raises ModerationRefused without a reason, or when it is the class it has; ModerationOvertaken where another one
    stands now.
    """
    if not reason.strip():
        raise ModerationRefused("โปรดระบุเหตุผลที่เปลี่ยนประเด็น")
    new_class = issue_class or None  # a form sends an empty text for none
    with act(by=by, reason=reason) as done:
        [comment] = triage_comments([comment.pk], done)
        if (comment.issue_class or None) == new_class:
            raise ModerationRefused("ความคิดเห็นนี้อยู่ในประเด็นที่เลือกอยู่แล้ว โปรดเลือกประเด็นอื่น")
        if was is not None and (comment.issue_class or "") != was:
            # One row at most, with who did it
            latest_reclassing = list(
                Reclassing.objects.filter(comment=comment)
                .select_related("by")
                .order_by("-id")[:1]
            )
            raise ModerationOvertaken(latest_reclassing)
        reclassing = Reclassing.objects.create(
            comment=comment,
            issue_class=new_class,
            reason=reason.strip(),
            by=by,
        )
        comment.issue_class = new_class
        comment.save(update_fields=["issue_class"])
        done.record(COMMENT_CHANGED, about_comment(comment), reason="")
        done.record(RECLASSED, about_comment(comment), detail=new_class or "none")
    return reclassing


def recommend_outcome(
    comment: Comment,
    outcome: str,
    *,
    by: User,
    reason: str,
    based_on: int | None = None,
) -> Recommendation:
    """Advice to the drafters; kept apart from the decision. Of who facilitates it is the recommendation, of others
    advice beside it, and no triage. `based_on` is the id of the latest recommendation on a facilitator's page, 0 for
    none; None where nobody says. The same sent twice is one.

    Raises ModerationOvertaken where another facilitator has recommended since.
    """
    if outcome not in Disposition.Outcome.values or outcome in UNCHOSEN_OUTCOMES:
        raise ModerationRefused("โปรดเลือกผลที่เสนอ")
    with act(by=by, reason=reason) as done:
        role = find_advising_role(by, comment.entry.manual.work_group)
        if role == Role.FACILITATOR:
            triage_comments([comment.pk], done)
        # Held by everybody who advises: what is the latest advice stays so until this one is stored
        Comment.objects.select_for_update(of=("self",)).get(pk=comment.pk)
        advice = Recommendation.objects.filter(comment=comment).select_related("by")
        if role == Role.FACILITATOR:
            latest = advice.by_facilitators().order_by("-pk").first()
        else:
            latest = advice.by_advisers().filter(by=by).order_by("-pk").first()
        if latest is not None and latest.by == by:
            said = (latest.outcome, latest.reason) == (outcome, reason.strip())
            if said and not _is_asked_since(latest):
                return latest
        elif latest is not None and based_on not in (None, latest.pk):
            raise ModerationOvertaken([latest])
        record_decision([comment])
        return Recommendation.objects.create(
            comment=comment, role=role, outcome=outcome, reason=reason.strip(), by=by
        )


def _is_asked_since(advice: Recommendation) -> bool:
    """Whether a desk asked the adviser again: the same words are an answer then."""
    requests = AdviceRequest.objects.filter(comment=advice.comment, asked=advice.by)
    return requests.filter(at__gt=advice.at).exists()
