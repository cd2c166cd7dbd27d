"""What became of a comment, as far as it is published."""

from dataclasses import dataclass

from ...models import Comment, Disposition


@dataclass(frozen=True, slots=True)
class CommentStatus:
    """What became of a comment, as far as it is published. `state` names a badge of the `state_badge` tag."""

    state: str
    disposition: Disposition | None = None

    @property
    def is_answered(self) -> bool:
        return self.disposition is not None

    @property
    def is_withdrawn(self) -> bool:
        return self.state == Disposition.Outcome.WITHDRAWN


def comment_status(comment: Comment) -> CommentStatus:
    """From the answers fetched by `shown_comments`. A decision not yet published is never told."""
    answers = sorted(comment.answers.all(), key=lambda answer: -answer.pk)
    current = next((answer.disposition for answer in answers if answer.current), None)
    if current is not None and current.outcome == Disposition.Outcome.WITHDRAWN:
        return CommentStatus(Disposition.Outcome.WITHDRAWN)
    published = next((answer.disposition for answer in answers if answer.disposition.publication_id), None)
    if published is not None:
        return CommentStatus(published.outcome, published)
    if current is not None:
        return CommentStatus("unpublished")
    return CommentStatus("considering" if comment.is_triaged else "waiting")
