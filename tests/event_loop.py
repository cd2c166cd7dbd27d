"""Running what is asynchronous in a test: Playwright's event loop may run in the thread of the tests already."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_in_own_loop[Result](scene: Coroutine[Any, Any, Result]) -> Result:
    """What the coroutine gives, run to its end in a thread with an event loop of its own."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, scene).result()
