"""The work groups that jobs are about, by name: their parameters hold keys."""

from collections.abc import Sequence

from hearing_portal.directory.models import WorkGroup

from .models import Job


def name_groups(jobs: Sequence[Job]) -> None:
    """Gives each job the names of its groups. One query for all of them, none where no job is about a group."""
    keys: set[str] = set()
    for job in jobs:
        params = job.params
        # A manual has the key of its group
        keys_of_job = [
            params.get("group"),
            params.get("manual"),
            *params.get("groups", []),
        ]
        keys.update(str(key) for key in keys_of_job if key)
    names: dict[str, str] = {}
    if keys:
        names = dict(
            WorkGroup.objects.filter(key__in=keys).order_by().values_list("key", "name")
        )
    for job in jobs:
        job.group_names = names
