"""The kinds of long work. Each app registers its own in its `tasks.py`, imported when Django starts."""

from collections.abc import Callable
from dataclasses import dataclass

from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.refusals import Refusal

# Tells how far the work is, in the work's own units (done, total); raises when it is to stop
type Progress = Callable[[int, int | None], None]
type Work = Callable[[Job, Progress], StoredFile | None]


def unwatched(*counts: int) -> None:
    """The progress of work whose asker waits for the whole: nobody hears it."""


class JobRefused(Refusal):
    """The work cannot be done, however often it is tried; the text, in Thai, is for the person who asked."""


@dataclass(frozen=True)
class Kind:
    """One kind of work under its name."""

    name: str
    work: Work


KINDS: dict[str, Kind] = {}


def job_kind(name: str) -> Callable[[Work], Work]:
    """Registers `work(job, progress) -> StoredFile | None` as a kind of job.

    It may run more than once for one job (a worker can be killed): what it leaves behind must be the same
    after one run and after two. Call `progress` often; it costs next to nothing and is where a cancelled job
    stops. Import what is heavy inside the function: web processes load this module too.
    """

    def register(work: Work) -> Work:
        if name in KINDS:
            raise ValueError(f"the job kind {name} is registered twice")
        KINDS[name] = Kind(name, work)
        return work

    return register
