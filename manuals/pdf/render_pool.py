"""Many documents printed: what is already printed is taken from the cache, the rest by warm worker processes.

WeasyPrint does not give memory back, so workers are renewed after some documents. One document can kill a worker
or take for ever: the document is named in the failure, and the others are not lost.
"""

import multiprocessing
import os
import resource
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path

from .book_source import Pictures
from .chunk_cache import cache_get, cache_put, chunk_key, forget_oldest
from .chunks import Document
from .manifest import PrintedDocument
from .render import PrintRefused, render_chunk

WORKERS = max(1, min(2, os.cpu_count() or 1))
DOCUMENTS_PER_WORKER = 60


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: an ordinary process needs a second and 200 megabytes of address space."""

    # Of processor time: on a busy machine a sound document only waits longer
    seconds: float = 120
    memory: int = 3 * 1024**3  # bytes of address space of a worker


class PrintFailed(RuntimeError):
    """A document could not be printed; `name` says which, the message why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


def print_documents(
    documents: Sequence[Document],
    *,
    pictures: Pictures | None = None,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits = Limits(),
) -> tuple[list[PrintedDocument], int]:
    """The documents printed, in order, and how many had to be rendered. `progress(done, total)` after each.

    Raises PrintFailed with the name of the document that could not be printed.
    """
    pictures = pictures or {}
    keys = [chunk_key(document, pictures) for document in documents]
    printed: dict[str, PrintedDocument] = {}
    missing: dict[str, Document] = {}
    for key, document in zip(keys, documents, strict=True):
        cached = None
        if cache_dir:
            cached = cache_get(cache_dir, key)
        if cached:
            printed[key] = cached
        else:
            missing[key] = document
    done = len(documents) - len(missing)
    if progress and done:
        progress(done, len(documents))
    for key, document_printed in render_all(missing, pictures, limits):
        if cache_dir:
            cache_put(cache_dir, key, document_printed)
        printed[key] = document_printed
        done += 1
        if progress:
            progress(done, len(documents))
    if cache_dir and missing:
        forget_oldest(cache_dir)
    return [printed[key] for key in keys], len(missing)


def warm_up() -> None:
    """Begin to start the server of the workers: it loads the engine, a second, while documents are still written."""
    fork_server()
    forkserver.ensure_running()


# ---------- the workers ----------
def render_all(
    missing: Mapping[str, Document], pictures: Pictures, limits: Limits
) -> Iterator[tuple[str, PrintedDocument]]:
    """(key, printed) as they are finished. A worker that dies takes the pool along: the rest is then printed one by
    one, so that the document that kills is known by name."""
    waiting = dict(missing)
    if not waiting:
        return
    try:
        with worker_pool(min(WORKERS, len(waiting)), limits) as pool:
            for key, printed in render_as_finished(pool, missing, pictures, limits):
                del waiting[key]
                yield key, printed
        return
    except BrokenProcessPool:
        pass
    for key, document in waiting.items():
        with worker_pool(1, limits) as pool:
            try:
                yield from render_as_finished(pool, {key: document}, pictures, limits)
            except BrokenProcessPool:
                raise PrintFailed(
                    document.name, "the printer ran out of memory or was killed"
                ) from None


def render_as_finished(
    pool: ProcessPoolExecutor,
    documents: Mapping[str, Document],
    pictures: Pictures,
    limits: Limits,
) -> Iterator[tuple[str, PrintedDocument]]:
    """Submit a few at a time, so that a failure ends the work soon."""
    queue = deque(documents.items())
    running: dict[Future[PrintedDocument], tuple[str, Document]] = {}
    try:
        while queue or running:
            while queue and len(running) < 2 * WORKERS:
                key, document = queue.popleft()
                # A worker gets a copy of what it is given: of the pictures only those of its document
                used = {}
                for name, picture in pictures.items():
                    if name in document.html:
                        used[name] = picture
                future = pool.submit(
                    render_within_limits,
                    document,
                    used,
                    limits.seconds,
                )
                running[future] = (key, document)
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                key, document = running.pop(future)
                yield key, result_or_failure(future, document, limits)
    finally:
        for future in running:
            future.cancel()


def result_or_failure(
    future: Future[PrintedDocument], document: Document, limits: Limits
) -> PrintedDocument:
    """Raises PrintFailed with the name of the document, BrokenProcessPool where nobody knows whose fault it is."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except TimeoutError:
        raise PrintFailed(
            document.name, f"took longer than {limits.seconds:g} seconds"
        ) from None
    except MemoryError:
        raise PrintFailed(
            document.name, "needs more memory than a printer may take"
        ) from None
    except RecursionError:
        raise PrintFailed(document.name, "is nested too deeply") from None
    except PrintRefused as refused:
        raise PrintFailed(document.name, str(refused)) from refused
    except (
        Exception
    ) as error:  # whatever breaks inside the engine, the person must know where
        raise PrintFailed(document.name, f"{type(error).__name__}: {error}") from error


@contextmanager
def worker_pool(workers: int, limits: Limits) -> Iterator[ProcessPoolExecutor]:
    """Workers are forked from a clean server that has WeasyPrint loaded: no database, no threads of ours."""
    pool = ProcessPoolExecutor(
        workers,
        mp_context=fork_server(),
        initializer=confine_worker,
        initargs=(limits.memory,),
        max_tasks_per_child=DOCUMENTS_PER_WORKER,
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def fork_server() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["manuals.pdf.render"])
    return context


# ---------- inside a worker ----------
def confine_worker(memory: int) -> None:
    """First of all its memory is limited, and it ends with the process that prints. Left alone it would wait for
    documents for ever, and the server it was forked from lives as long as it does."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:  # no worker
        return
    parent.join()
    os._exit(1)


def render_within_limits(
    document: Document, pictures: Pictures, seconds: float
) -> PrintedDocument:
    """Print, but not for ever."""
    try:
        with alarm_after(seconds):
            return render_chunk(
                document.html,
                pictures,
                tagged=document.tagged,
                chart=document.chart,
            )
    except TimeIsOver:
        raise TimeoutError from None


class TimeIsOver(BaseException):
    """No Exception, for the engine handles those of its pictures and callbacks itself and goes on."""


@contextmanager
def alarm_after(seconds: float) -> Iterator[None]:
    """Rings again every second: inside a callback of a C library the first ring is lost."""

    def ring(*_: object) -> None:
        raise TimeIsOver

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
