"""Asking an expert for advice on a comment, and taking that back. The advice itself is a Recommendation."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from .comment import Comment
from .disposition import Answer, Disposition, Objection, Recommendation


class AdviceRequestQuerySet(models.QuerySet["AdviceRequest"]):
    def waiting(self) -> Self:
        """Those that the person asked has not answered by advice and the asker did not take back, while the comment may
        still be decided on."""
        given = Recommendation.objects.filter(
            comment=OuterRef("comment"), by=OuterRef("asked"), at__gte=OuterRef("at")
        )
        recalled = AdviceRecall.objects.filter(request=OuterRef("pk"))
        waiting = self.filter(~Exists(given), ~Exists(recalled))
        return waiting.exclude(needs_no_advice())


def needs_no_advice() -> Q:
    """The condition on requests whose comment is withdrawn, or answered in public and not to be reviewed."""
    answers = Answer.objects.filter(comment=OuterRef("comment"), current=True)
    withdrawn = answers.filter(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    published = answers.filter(disposition__publication__isnull=False)
    objected = Objection.objects.filter(
        comment=OuterRef("comment"), answered_by__isnull=True
    )
    return Q(Exists(withdrawn)) | Q(Exists(published), ~Exists(objected))


class AdviceRequest(models.Model):
    """An act by which a desk asked an expert or somebody of the central bureau what should become of a comment."""

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="advice_requests")
    asked = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    question = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AdviceRequestQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["asked", "-id"], name="advice_asked_latest")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(asked=F("by")), name="advice_is_asked_of_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.comment_id} ? {self.asked_id}"


class AdviceRecall(models.Model):
    """The act by which the asker took a request back: nobody waits for the advice any more."""

    request = models.OneToOneField(AdviceRequest, models.PROTECT, related_name="recall")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.request_id} taken back"
