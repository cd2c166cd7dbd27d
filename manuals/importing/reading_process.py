"""PDF and Word files are read in a process of its own: what somebody sent may make a library run for ever, take all
memory or fall. Then the process ends, and the file is refused with a sentence."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

from ..source import SourceDocument, SourceNotRead, document_from_json

PROCESSOR_SECONDS = 8
# Nothing in a file makes its reader wait: only a busy machine does, and what it reads slowly is no worse for it
WAIT_SECONDS = 60
MEMORY = 300 * 1024 * 1024
ROOT = Path(__file__).resolve().parent.parent.parent
TOO_MUCH = "อ่านไฟล์นี้ไม่สำเร็จภายในเวลาและหน่วยความจำที่กำหนด โปรดบันทึกใหม่เป็นไฟล์ที่เล็กลง หรือแบ่งเป็นหลายไฟล์"


def read_apart(kind: str, raw: bytes) -> SourceDocument:
    """The lines of a file of this kind ("pdf", "docx"), unmended. Raises SourceNotRead."""
    command = [sys.executable, "-P", "-m", "manuals.importing.reading_process", kind]
    # No secrets, no settings, no proxies
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        done = subprocess.run(
            command,
            input=raw,
            capture_output=True,
            timeout=WAIT_SECONDS,
            env=environment,
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SourceNotRead(TOO_MUCH) from None
    if done.returncode:
        raise SourceNotRead(TOO_MUCH)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise SourceNotRead(answer["refused"])
    return document_from_json(answer)


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # writes no file
    raw = sys.stdin.buffer.read()
    try:
        answer = _read(sys.argv[1], raw).to_json()
    except SourceNotRead as refused:
        answer = {"refused": refused.message_th}
    sys.stdout.write(json.dumps(answer))


def _read(kind: str, raw: bytes) -> SourceDocument:
    if kind == "pdf":
        from .pdf_source import read_pdf

        return read_pdf(raw)
    from ..word.reading import read_docx

    return read_docx(raw)


if __name__ == "__main__":
    _main()
