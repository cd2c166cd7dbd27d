"""Filling an office's own form by a process that can do no harm, and telling what is wrong with one."""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Sequence

from django.conf import settings

from .form_checking import check_filled
from .form_filler import REFUSED
from .form_mistakes import tell_mistake
from .refusals import FormRefused
from .values.plain import Values

SECONDS = 120  # for one paper; more of them take longer
TOO_LONG = "แบบนี้ใช้เวลาจัดทำนานเกินกำหนด โปรดตรวจคำสั่งวนซ้ำในแบบ"


def fill_form(raw: bytes, papers: Sequence[Values], head: str = "") -> list[bytes]:
    """A file for each of the papers; the value of that name stands at its head where the form does not say it. Raises
    FormRefused with what is wrong, for who gave the form."""
    asked = {
        "form": base64.b64encode(raw).decode(),
        "papers": list(papers),
        "head": head,
    }
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "comments.papers.form_filler"],
            input=json.dumps(asked).encode(),
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PYTHONPATH": str(settings.BASE_DIR), "LANG": "C.UTF-8"},
            timeout=SECONDS + 2 * len(papers),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FormRefused(TOO_LONG) from error
    if done.returncode == REFUSED:
        told = json.loads(done.stderr.splitlines()[-1])
        raise FormRefused(tell_mistake(**told))
    if done.returncode:
        raise FormRefused(TOO_LONG)  # killed by its limits
    files = []
    rest = io.BytesIO(done.stdout)
    while length := rest.read(8):
        files.append(rest.read(int.from_bytes(length, "big")))
    for filled in files:
        check_filled(filled)
    return files
