"""What people say about the manuals, and what was decided."""

from .amendment import Amendment
from .comment import Comment, Moderation, Reclassing, Support
from .disposition import (
    AnchorResolution,
    Answer,
    AnswerPublication,
    ChangeCause,
    Disposition,
    Objection,
    Recommendation,
)
from .document import HearingDocument
from .hearing import Discussion, Hearing, HearingSession, SessionState
from .receipt import ReceiptRecall
from .returned_copy import ReturnedComment, ReturnedCopy
from .visibility import Seer, Sight, answers_are_public, seer_of

__all__ = [
    "Amendment",
    "AnchorResolution",
    "Answer",
    "AnswerPublication",
    "ChangeCause",
    "Comment",
    "Discussion",
    "Disposition",
    "Hearing",
    "HearingDocument",
    "HearingSession",
    "Moderation",
    "Objection",
    "ReceiptRecall",
    "Reclassing",
    "Recommendation",
    "ReturnedComment",
    "ReturnedCopy",
    "Seer",
    "SessionState",
    "Sight",
    "Support",
    "answers_are_public",
    "seer_of",
]
