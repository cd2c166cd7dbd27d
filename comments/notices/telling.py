"""What is new, in words with links: on the page of the notices, and in the mail of the day."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse

from hearing_portal.thai.dates import be_date

from ..citations import cite_entry
from ..links import desk_url
from ..models import Comment
from .queries import News

MOST_TOLD = 20  # of each kind, in a mail
SUBJECT = "เรื่องใหม่ของท่านในระบบประชาพิจารณ์"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that is new. No words of a comment, and nobody's name: a mail lies on other people's servers."""

    words: str
    url: str


def show_notices(news: News) -> list[Notice]:
    notices = []
    for answer in news.answered:
        outcome = answer.disposition.get_outcome_display()
        words = f"ประกาศผลความคิดเห็น{_named(answer.comment)} ผล “{outcome}”"
        notices.append(Notice(words, _url_of(answer.comment)))
    for moderation in news.hidden:
        words = f"ผู้ดำเนินเวทีซ่อนความคิดเห็น{_named(moderation.comment)} ท่านดูเหตุผลได้"
        notices.append(Notice(words, _url_of(moderation.comment)))
    for comment in news.lapsed:
        words = (
            f"ผู้เสนอแก้ไขความคิดเห็น{_named(comment)} การสนับสนุนของ สพท. ของท่านจึงสิ้นผล "
            "หากยังเห็นด้วย โปรดสนับสนุนอีกครั้ง"
        )
        notices.append(Notice(words, _url_of(comment)))
    for assignment in news.given:
        words = f"มอบหมายให้ท่านพิจารณาความคิดเห็น{_named(assignment.comment)}"
        if assignment.due is not None:
            words = f"{words} ภายในวันที่ {be_date(assignment.due)}"
        notices.append(Notice(words, desk_url(assignment.comment)))
    for request in news.asked:
        words = f"ขอคำแนะนำจากท่านต่อความคิดเห็น{_named(request.comment)}"
        url = reverse("comment-recommendation", args=[request.comment.uuid])
        notices.append(Notice(words, url))
    for recall in news.recalled:
        words = f"ผู้ขอยกเลิกการขอคำแนะนำต่อความคิดเห็น{_named(recall.request.comment)}"
        notices.append(Notice(words, reverse("advice")))
    if news.to_confirm:
        words = f"ผล “ไม่เห็นชอบตามที่เสนอ” รอผู้ยืนยันคนที่สอง {news.to_confirm} เรื่อง"
        notices.append(Notice(words, reverse("queue")))
    return notices


def write_digest(news: News, day: date) -> str:
    """The text of the mail of a day."""
    notices = show_notices(news)
    lines = [f"{SUBJECT} ณ วันที่ {be_date(day)}", ""]
    for notice in notices[:MOST_TOLD]:
        lines += [f"- {notice.words}", f"  {settings.PORTAL_URL}{notice.url}"]
    if len(notices) > MOST_TOLD:
        lines.append(f"- และอีก {len(notices) - MOST_TOLD} เรื่อง")
    if news.late:
        lines += ["", f"เรื่องที่มอบหมายให้ท่านและเลยกำหนดแล้ว {news.late} เรื่อง"]
    page = reverse("notices")
    lines += [
        "",
        f"ดูทั้งหมด: {settings.PORTAL_URL}{page}",
        "ระบบส่งอีเมลวันละไม่เกินหนึ่งฉบับ หากไม่ต้องการ ให้ลบอีเมลของท่านในหน้านี้",
    ]
    return "\n".join(lines)


def _named(comment: Comment) -> str:
    return f"เลขที่ {comment.pk} ({cite_entry(comment.entry)})"


def _url_of(comment: Comment) -> str:
    return reverse("comment", args=[comment.uuid])
