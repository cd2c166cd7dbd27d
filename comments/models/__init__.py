"""What people say about the manuals, and what was decided."""

from .advice_request import AdviceRecall, AdviceRequest
from .amendment import Amendment
from .answer_block import AnswerBlock, AnswerBlockUse
from .assignment import Assignment
from .attendance import Attendance, CardRecall, CardUse, InvitationCard
from .bench_draft import BenchDraft
from .comment import Comment, Moderation, Reclassing, Support
from .conclusion import Conclusion
from .digest import Digest, DigestRound, MailRefusal
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
from .event import Event
from .floor import SpeakerMove, SpeakerRequest
from .grouping import CommentGroup, Grouping
from .hearing import Discussion, Hearing, HearingSession, SessionState
from .motion import ClauseTimer, Motion
from .overlap import (
    Overlap,
    OverlapChange,
    OverlapComment,
    OverlapPair,
    PairDismissal,
    SearchedClause,
    SimilarPair,
)
from .paper import PaperForm
from .poll import Poll, Vote
from .position import OfficePosition
from .receipt import ReceiptRecall
from .returned_copy import ReturnedComment, ReturnedCopy
from .visibility import Seer, Sight, answers_are_public, seer_of
from .wall import WallRecall

__all__ = [
    "AdviceRecall",
    "AdviceRequest",
    "Amendment",
    "AnchorResolution",
    "Answer",
    "AnswerBlock",
    "AnswerBlockUse",
    "AnswerPublication",
    "Assignment",
    "Attendance",
    "BenchDraft",
    "CardRecall",
    "CardUse",
    "ChangeCause",
    "ClauseTimer",
    "Comment",
    "CommentGroup",
    "Conclusion",
    "Digest",
    "DigestRound",
    "Discussion",
    "Disposition",
    "Event",
    "Grouping",
    "Hearing",
    "HearingDocument",
    "HearingSession",
    "InvitationCard",
    "MailRefusal",
    "Moderation",
    "Motion",
    "Objection",
    "OfficePosition",
    "Overlap",
    "OverlapChange",
    "OverlapComment",
    "OverlapPair",
    "PairDismissal",
    "PaperForm",
    "Poll",
    "ReceiptRecall",
    "Reclassing",
    "Recommendation",
    "ReturnedComment",
    "ReturnedCopy",
    "SearchedClause",
    "Seer",
    "SessionState",
    "Sight",
    "SimilarPair",
    "SpeakerMove",
    "SpeakerRequest",
    "Support",
    "Vote",
    "WallRecall",
    "answers_are_public",
    "seer_of",
]
