"""What the worker does by itself, again and again."""

from collections.abc import Callable

from django.db import connections
from procrastinate.contrib.django import app


def every_minute(name: str) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Has the worker call the function each minute, one call at a time: @every_minute("hearings.keep_times").

    It runs outside any request; what it raises is in the worker's log, and the next minute tries again.
    """

    def register(act: Callable[[], object]) -> Callable[[], object]:
        def run(timestamp: int) -> None:
            try:
                act()
            finally:
                connections.close_all()  # the worker runs it in a thread whose connections nobody else would close

        task = app.task(name=name, queue="jobs", queueing_lock=name)(run)
        app.periodic(cron="* * * * *")(task)
        return act

    return register
