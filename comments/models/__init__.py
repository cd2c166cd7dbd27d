"""What people say about the manuals, and what was decided."""

from .amendment import Amendment
from .comment import Comment, Moderation, Reclassing, Support
from .conclusion import Conclusion
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
from .overlap import (
    Overlap,
    OverlapChange,
    OverlapComment,
    OverlapPair,
    PairDismissal,
    SearchedClause,
    SimilarPair,
)
from .position import OfficePosition
from .receipt import ReceiptRecall
from .visibility import Seer, Sight, answers_are_public, seer_of

__all__ = [
    "Amendment",
    "AnchorResolution",
    "Answer",
    "AnswerPublication",
    "ChangeCause",
    "Comment",
    "Conclusion",
    "Discussion",
    "Disposition",
    "Hearing",
    "HearingDocument",
    "HearingSession",
    "Moderation",
    "Objection",
    "OfficePosition",
    "Overlap",
    "OverlapChange",
    "OverlapComment",
    "OverlapPair",
    "PairDismissal",
    "ReceiptRecall",
    "Reclassing",
    "Recommendation",
    "SearchedClause",
    "Seer",
    "SessionState",
    "Sight",
    "SimilarPair",
    "Support",
    "answers_are_public",
    "seer_of",
]
