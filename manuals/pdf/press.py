"""Many documents printed: what is already printed is taken from the cache, the rest by warm worker processes.

WeasyPrint does not give memory back, so workers are renewed after some documents. One document can kill a worker
or take for ever: the document is named in the failure, and the others are not lost.
"""

import hashlib
import multiprocessing
import os
import resource
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path

from .charts import ChartSource
from .fetcher import bundle_digest
from .render import Manifest, Printed, PrintRefused, render_chunk
from .text_layer import SUPPORTED_VERSION

PRINTER = "2"  # raise when render.py or text_layer.py print the same HTML differently
WORKERS = max(1, min(2, os.cpu_count() or 1))
DOCUMENTS_PER_WORKER = 60
CACHE_BYTES = 1024**3
Pictures = Mapping[str, tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: an ordinary process needs a second and 200 megabytes of address space."""

    seconds: float = 120
    memory: int = 3 * 1024**3  # bytes of address space of a worker


class PrintFailed(RuntimeError):
    """A document could not be printed; `name` says which, the message why."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name = name
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Document:
    """`name` is for people; a `chart` in the HTML is drawn to fill its pages."""

    name: str
    html: str
    tagged: bool = True
    chart: ChartSource | None = None


def print_documents(
    documents: Sequence[Document],
    *,
    pictures: Pictures | None = None,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
    limits: Limits = Limits(),
) -> tuple[list[Printed], int]:
    """The documents printed, in order, and how many had to be rendered. `progress(done, total)` after each.

    Raises PrintFailed with the name of the document that could not be printed.
    """
    pictures = pictures or {}
    keys = [chunk_key(document, pictures) for document in documents]
    found = {key: kept for key in keys if cache_dir and (kept := cache_get(cache_dir, key))}
    missing = {key: document for key, document in zip(keys, documents, strict=True) if key not in found}
    done = len(documents) - len(missing)
    if progress and done:
        progress(done, len(documents))
    for key, printed in _render_all(missing, pictures, limits):
        if cache_dir:
            keep(cache_dir, key, printed)
        found[key] = printed
        done += 1
        if progress:
            progress(done, len(documents))
    if cache_dir and missing:
        forget_oldest(cache_dir)
    return [found[key] for key in keys], len(missing)


def warm_up() -> None:
    """Begin to start the server of the workers: it loads the engine, a second, while documents are still written."""
    _server()
    forkserver.ensure_running()


def chunk_key(document: Document, pictures: Pictures) -> str:
    """SHA-256 over everything that decides what the printer makes of a document."""
    used = sorted(key for key in pictures if f"book:picture/{key}" in document.html)
    parts = [PRINTER, SUPPORTED_VERSION, bundle_digest(), str(document.tagged), *used]
    parts += [repr(document.chart), document.html]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


# ---------- the cache ----------
def keep(cache_dir: Path, key: str, printed: Printed) -> None:
    """Store under the key; written aside and renamed, so a half-written file is never read."""
    folder = cache_dir / key[:2]
    folder.mkdir(parents=True, exist_ok=True)
    manifest = printed.manifest.to_json().encode()
    check = hashlib.sha256(manifest + printed.pdf).hexdigest()
    with tempfile.NamedTemporaryFile(dir=folder, delete=False) as sidebar:
        sidebar.write(f"{check} {len(manifest)}\n".encode() + manifest + printed.pdf)
    os.replace(sidebar.name, folder / key)


def cache_get(cache_dir: Path, key: str) -> Printed | None:
    """What is stored under the key, or None; a damaged file is taken away."""
    path = cache_dir / key[:2] / key
    try:
        head, _, rest = path.read_bytes().partition(b"\n")
        check, length = head.decode().split()
        if hashlib.sha256(rest).hexdigest() != check:
            raise ValueError("damaged")
        os.utime(path)
        return Printed(rest[int(length) :], Manifest.from_json(rest[: int(length)].decode()))
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError):
        path.unlink(missing_ok=True)
        return None


def forget_oldest(cache_dir: Path, limit: int = CACHE_BYTES) -> None:
    """Delete what was not used for longest until the cache is below `limit` bytes."""
    files = [(path, path.stat()) for path in cache_dir.glob("??/*")]
    total = sum(stat.st_size for _, stat in files)
    for path, stat in sorted(files, key=lambda file: file[1].st_mtime):
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= stat.st_size


# ---------- the workers ----------
def _render_all(missing: Mapping[str, Document], pictures: Pictures, limits: Limits) -> Iterator[tuple[str, Printed]]:
    """(key, printed) as they are finished. A worker that dies takes the pool along: the rest is then printed one by
    one, so that the document that kills is known by name."""
    waiting = dict(missing)
    if not waiting:
        return
    try:
        with _pool(min(WORKERS, len(waiting)), limits) as pool:
            for key, printed in _as_finished(pool, waiting, pictures, limits):
                del waiting[key]
                yield key, printed
        return
    except BrokenProcessPool:
        suspects = list(waiting.items())
    for key, document in suspects:
        with _pool(1, limits) as pool:
            try:
                yield from _as_finished(pool, {key: document}, pictures, limits)
            except BrokenProcessPool:
                raise PrintFailed(document.name, "the printer ran out of memory or was killed") from None


def _as_finished(
    pool: ProcessPoolExecutor, documents: Mapping[str, Document], pictures: Pictures, limits: Limits
) -> Iterator[tuple[str, Printed]]:
    """Submit a few at a time, so that a failure ends the work soon."""
    queue = list(documents.items())[::-1]
    running: dict[Future[Printed], tuple[str, Document]] = {}
    try:
        while queue or running:
            while queue and len(running) < 2 * WORKERS:
                key, document = queue.pop()
                used = {name: picture for name, picture in pictures.items() if name in document.html}
                running[pool.submit(_print_guarded, document, used, limits.seconds)] = (key, document)
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                key, document = running.pop(future)
                yield key, _result(future, document, limits)
    finally:
        for future in running:
            future.cancel()


def _result(future: Future[Printed], document: Document, limits: Limits) -> Printed:
    try:
        return future.result()
    except BrokenProcessPool:
        raise
    except TimeoutError:
        raise PrintFailed(document.name, f"took longer than {limits.seconds:g} seconds") from None
    except MemoryError:
        raise PrintFailed(document.name, "needs more memory than a printer may take") from None
    except RecursionError:
        raise PrintFailed(document.name, "is nested too deeply") from None
    except PrintRefused as refused:
        raise PrintFailed(document.name, str(refused)) from refused
    except Exception as error:  # whatever breaks inside the engine, the person must know where
        raise PrintFailed(document.name, f"{type(error).__name__}: {error}") from error


@contextmanager
def _pool(workers: int, limits: Limits) -> Iterator[ProcessPoolExecutor]:
    """Workers are forked from a clean server that has WeasyPrint loaded: no database, no threads of ours."""
    context = _server()
    pool = ProcessPoolExecutor(
        workers,
        mp_context=context,
        initializer=_confine,
        initargs=(limits.memory,),
        max_tasks_per_child=DOCUMENTS_PER_WORKER,
    )
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _server() -> multiprocessing.context.ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["manuals.pdf.render"])
    return context


def _confine(memory: int) -> None:
    """In a worker, first of all: its memory is limited, and it ends with the process that prints. Left alone it would
    wait for documents for ever, and the server it was forked from lives as long as it does."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_with_parent() -> None:
    multiprocessing.parent_process().join()
    os._exit(1)


def _print_guarded(document: Document, pictures: Pictures, seconds: float) -> Printed:
    """In a worker: print, but not for ever."""
    try:
        with _alarm(seconds):
            return render_chunk(document.html, pictures, tagged=document.tagged, chart=document.chart)
    except _TimeIsOver:
        raise TimeoutError from None


class _TimeIsOver(BaseException):
    """No Exception, for the engine handles those of its pictures and callbacks itself and goes on."""


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Rings again every second: inside a callback of a C library the first ring is lost."""

    def ring(*_: object) -> None:
        raise _TimeIsOver

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
