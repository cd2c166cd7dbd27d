"""Calling back the link of a receipt."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ..acts import RECEIPT_RECALLED, about_comment
from ..models import Comment, ReceiptRecall


def recall_receipt(comment: Comment, *, by: User) -> ReceiptRecall:
    """At once, also for who has it open. The comment's receipt has another link from then on."""
    with act(by=by) as done:
        recall = ReceiptRecall.objects.create(comment=comment, by=by)
        done.record(RECEIPT_RECALLED, about_comment(comment))
    return recall
