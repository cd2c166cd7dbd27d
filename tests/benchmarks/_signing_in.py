"""Rows of `web`: signing in, and reading while thirty people sign in."""

import http.client
import statistics
import threading
import time
import urllib.parse
from collections.abc import Callable
from typing import Any

PASSWORD = "Hearing-2565"
AT_ONCE, SECONDS = 30, 5.0
TOKEN = "b" * 32


def measure_signing_in(
    port: int, people: list[Any], read: Callable[[], object]
) -> dict[str, float]:
    """Sign-ins a second, thirty at once and each of somebody else; the median milliseconds of `read()` when nobody
    signs in, and beside them."""
    from django.contrib.auth.hashers import make_password

    from hearing_portal.directory.models import User

    User.objects.filter(pk__in=[person.pk for person in people]).update(
        password=make_password(PASSWORD)
    )
    names = [person.username for person in people]
    quiet = _median_of(read, until=_after(SECONDS))
    counts = [0] * AT_ONCE
    ends = _after(SECONDS)

    def keep_signing_in(at: int) -> None:
        while not ends():
            name = names[(at + counts[at] * AT_ONCE) % len(names)]
            _sign_in(port, name)
            counts[at] += 1

    crowd = [
        threading.Thread(target=keep_signing_in, args=(at,)) for at in range(AT_ONCE)
    ]
    began = time.perf_counter()
    for thread in crowd:
        thread.start()
    beside = _median_of(read, until=ends)
    for thread in crowd:
        thread.join()
    per_second = sum(counts) / (time.perf_counter() - began)
    return {
        "per_second": round(per_second, 1),
        "quiet_ms": round(quiet, 1),
        "beside_ms": round(beside, 1),
    }


def show_signing_in(found: dict[str, float]) -> None:
    times = found["beside_ms"] / found["quiet_ms"]
    print(f"signing in, {AT_ONCE} at once: {found['per_second']:.1f} a second")
    print(
        f"reading a process: {found['quiet_ms']:.1f} ms, beside them {found['beside_ms']:.1f} ms: ×{times:.1f}, "
        f"3 is {'met' if times <= 3 else 'NOT met'}"
    )


def _after(seconds: float) -> Callable[[], bool]:
    """Whether so many seconds are over."""
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() > end


def _median_of(read: Callable[[], object], until: Callable[[], bool]) -> float:
    """Milliseconds."""
    waits: list[float] = []
    while not until():
        began = time.perf_counter()
        read()
        waits.append(1000 * (time.perf_counter() - began))
    return statistics.median(waits)


def _sign_in(port: int, username: str) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    body = urllib.parse.urlencode(
        {"csrfmiddlewaretoken": TOKEN, "username": username, "password": PASSWORD}
    )
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"csrftoken={TOKEN}",
    }
    line.request("POST", "/sign-in/", body, headers)
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 303:
        raise SystemExit(f"{username} was not signed in: {answer.status}")
