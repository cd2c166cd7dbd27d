"""The work groups that jobs are about, by name: their parameters hold keys."""

from collections.abc import Iterable, Sequence

from hearing_portal.directory.models import WorkGroup

from .models import Job


def name_groups(jobs: Sequence[Job]) -> None:
    """Gives each job the names of its groups. One query for all of them, none where no job is about a group."""
    keys: set[str] = set()
    for job in jobs:
        keys.update(_keys_of(job))
    names: dict[str, str] = {}
    if keys:
        names = dict(
            WorkGroup.objects.filter(key__in=keys).order_by().values_list("key", "name")
        )
    for job in jobs:
        job.group_names = names


def _keys_of(job: Job) -> Iterable[str]:
    """A manual has the key of its group."""
    params = job.params
    keys = [params.get("group"), params.get("manual"), *params.get("groups", [])]
    return [str(key) for key in keys if key]
