"""django-reversion's rows of one act, written from the rows the act holds locked.

`reversion.create_revision` would ask once for each kind of row whether it still exists, and keep the revision's
number to itself: three queries an act that apply_changes can do without, for it has just written these rows. What it
writes is what reversion's own models and registration say, so reversion reads it as if it had written it.
"""

from collections.abc import Iterable

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.db import DEFAULT_DB_ALIAS, models
from django.utils import timezone
from reversion.models import Revision, Version

from hearing_portal.directory.models import User

FORMAT = "json"


def write_revision(rows: Iterable[models.Model], *, by: User, reason: str) -> Revision:
    """One revision with a version of each row as it stands now. Two queries, however many rows."""
    revision = Revision.objects.create(
        date_created=timezone.now(),
        user=by,
        comment=reason,
    )
    versions = []
    for row in rows:
        version = Version(
            revision=revision,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            db=DEFAULT_DB_ALIAS,
            format=FORMAT,
            serialized_data=serializers.serialize(FORMAT, [row]),
            object_repr=str(row),
        )
        versions.append(version)
    Version.objects.bulk_create(versions)
    return revision


def refuse_inside_revision() -> None:
    """An act makes its own revision: reversion's signals would write every row into the outer one as well."""
    if reversion.is_active():
        raise RuntimeError(
            "apply_changes makes its own revision; do not wrap it in another one"
        )
