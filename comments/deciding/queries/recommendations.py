"""What facilitators and experts advise about a comment."""

from django.db.models import QuerySet

from hearing_portal.postgres.statements import kept_statement

from ...models import Recommendation


@kept_statement
def find_recommendations(comment_id: int) -> QuerySet[Recommendation]:
    """The latest first. One query."""
    rows = Recommendation.objects.filter(comment=comment_id)
    return rows.select_related("by").order_by("-pk")
