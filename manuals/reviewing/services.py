"""Sending, answering, closing and withdrawing a request to look."""

from uuid import UUID

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind

from ..acts import REVIEW_ANSWERED, REVIEW_ASKED, REVIEW_CLOSED, about_section
from ..models import Clause, ReviewAnswer, ReviewClosing, ReviewRequest, Section
from .places import find_asked_clauses, find_asked_place
from .queries import find_askable, is_answered, may_end
from .seen_words import SeenWords

NOT_TO_END = (
    "ผู้ขอหรือผู้ดูแลระบบเท่านั้นที่ถอนคำขอได้ และผู้ตอบปิดคำขอที่ตนตอบไม่ได้ หากตรวจแล้วโปรดส่งผลการตรวจ"
)


class ReviewRefused(Refusal):
    """It cannot be done as things stand; the message says why, in Thai."""

    kind = RefusalKind.CONFLICT


class WordsChanged(ReviewRefused):
    """The words are others by now than those that the page showed."""

    def __init__(self, version: int) -> None:
        super().__init__(
            f"ถ้อยคำที่ขอให้ตรวจเปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้ (ปัจจุบันรุ่นที่ {version}) "
            "โปรดอ่านถ้อยคำปัจจุบันด้านล่าง แก้ผลการตรวจหากจำเป็น แล้วส่งอีกครั้ง"
        )


def ask_for_review(
    section: Section,
    clause: Clause | None,
    asked: User,
    text: str,
    *,
    uuid: UUID,
    by: User,
) -> ReviewRequest:
    """The section comes with its manual. Sent twice under one uuid, it is stored once. Raises ReviewRefused for
    somebody who may not be asked, and for one who is asked the same thing already."""
    with act(by=by) as done:
        Section.objects.select_for_update().get(
            pk=section.pk
        )  # one at a time: the same is not asked twice
        sent = ReviewRequest.objects.filter(uuid=uuid, by=by).first()
        if sent is not None:
            return sent
        if (
            not find_askable(section.manual.work_group, by=by)
            .filter(pk=asked.pk)
            .exists()
        ):
            raise ReviewRefused(
                "ผู้ที่เลือกไม่เป็นคณะทำงานยกร่างหรือผู้ทรงคุณวุฒิแล้ว โปรดเลือกผู้อื่น", field="asked"
            )
        waiting = ReviewRequest.objects.filter(
            asked=asked, clause=clause, answer__isnull=True
        )
        if clause is None:
            waiting = waiting.filter(section=section)
        if waiting.filter(closing__isnull=True).exists():
            raise ReviewRefused(
                "ขอให้ผู้นี้ตรวจเรื่องเดียวกันไว้แล้ว และยังรอคำตอบ หากจะถามใหม่ โปรดถอนคำขอเดิมก่อน",
                field="asked",
            )
        request = ReviewRequest.objects.create(
            uuid=uuid, section=section, clause=clause, asked=asked, text=text, by=by
        )
        done.record(REVIEW_ASKED, about_section(section))
    return request


def answer_review(
    request: ReviewRequest, text: str, *, seen: SeenWords, by: User
) -> ReviewAnswer:
    """Once, by the person who was asked, about the words they have seen. Raises ReviewRefused when it is answered or
    done with already, WordsChanged when other words stand there now."""
    with act(by=by) as done:
        request = _lock(request)
        if request.asked_id != by.pk:
            raise ReviewRefused("ผู้ที่ได้รับคำขอเท่านั้นที่ตอบได้", kind=RefusalKind.FORBIDDEN)
        closing = ReviewClosing.objects.filter(request=request).first()
        if closing is not None:
            raise ReviewRefused("ผู้ขอปิดหรือถอนคำขอนี้แล้ว จึงไม่ต้องตอบ")
        if ReviewAnswer.objects.filter(request=request).exists():
            raise ReviewRefused("ท่านตอบคำขอนี้แล้ว โปรดเปิดหน้านี้อีกครั้งเพื่อดูคำตอบ")
        now = SeenWords.of(request)
        if not seen.says_the_same(now):
            raise WordsChanged(now.version)
        answer = ReviewAnswer.objects.create(
            request=request, text=text, at_version=seen.version
        )
        done.record(REVIEW_ANSWERED, about_section(request.section))
    return answer


def close_review(request: ReviewRequest, *, by: User) -> ReviewClosing:
    """Closed where it was answered, else withdrawn: the asked person sees nothing of it any more. Once. Raises
    ReviewRefused for who may not (may_end)."""
    with act(by=by) as done:
        request = _lock(request)
        closing = ReviewClosing.objects.filter(request=request).first()
        if closing is not None:
            return closing
        if not may_end(request, by):
            raise ReviewRefused(NOT_TO_END, kind=RefusalKind.FORBIDDEN)
        kind = ReviewClosing.Kind.WITHDRAWN
        if is_answered(request):
            kind = ReviewClosing.Kind.CLOSED
        closing = ReviewClosing.objects.create(request=request, kind=kind, by=by)
        done.record(REVIEW_CLOSED, about_section(request.section), detail=kind)
    return closing


def _lock(request: ReviewRequest) -> ReviewRequest:
    """By its section, and by where what is asked about stands: the row itself never changes, so the portal's role may
    not lock it."""
    requests = ReviewRequest.objects.select_related(
        "section__manual", "clause__section__manual", "answer"
    )
    row = requests.get(pk=request.pk)
    locked = {row.section_id, find_asked_place(row).section.pk}
    locked |= {section.pk for section in find_asked_clauses(row).sections}
    sections = Section.objects.filter(pk__in=locked)
    list(sections.select_for_update().order_by("uuid"))
    return requests.get(pk=request.pk)
