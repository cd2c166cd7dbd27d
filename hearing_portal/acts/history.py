"""simple-history's rows, told by the running act who made them. The only module that imports simple-history."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords
from simple_history.utils import bulk_create_with_history

from .services import acting_person


class ActHistory(HistoricalRecords):  # type: ignore[misc]  # simple-history has no types
    """The audit of a model's rows. Outside an act (a test's factory, the shell) a row has no user."""

    def get_history_user(self, instance: models.Model) -> Any:
        return acting_person()


def bulk_create_tracked[Row: models.Model](
    rows: Iterable[Row], model: type[Row], *, reason: str = ""
) -> list[Row]:
    """`bulk_create` that leaves a history row each, by whoever acts now."""
    created: list[Row] = bulk_create_with_history(
        list(rows),
        model,
        default_user=acting_person(),
        default_change_reason=reason or None,
    )
    return created
