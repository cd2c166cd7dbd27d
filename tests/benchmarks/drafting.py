"""Opening the editor of a process with 100 clauses and 30 steps, beside the page on which the same draft is read.

Required: the process with all that a drafter may do there, its table of steps, and one clause in the editor cost at
most twice the reading page each. Each figure is the mean of many requests, taken in turn in one process: processor time
of the whole request, middlewares and the database's session among it, so that other work on the machine counts less.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

CLAUSES, STEPS, ROUNDS = 100, 30, 15
ALLOWED = 2.0
READING = "read the draft"
WORDS = "เจ้าหน้าที่สารบรรณกลางตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย แล้วลงทะเบียนรับในระบบภายใน 30 นาที"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures there too"
    )
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    figures = measure()
    for name, value in figures["milliseconds"].items():
        print(
            f"{name:28} {value:8.1f} ms   ×{figures['ratios'][name]:.2f}   {figures['bytes'][name]:>9,} bytes"
        )
    print(
        f"nothing beyond ×{ALLOWED}: {'met' if figures['requirement_met'] else 'NOT met'}"
    )
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0 if figures["requirement_met"] else 1


def measure() -> dict[str, Any]:
    targets = make_targets()
    seconds: dict[str, list[float]] = {name: [] for name in targets}
    sizes = {}
    for _ in range(ROUNDS):
        for name, (client, address) in targets.items():
            began = processor_time()
            response = client.get(address)
            seconds[name].append(processor_time() - began)
            if response.status_code != 200:
                raise SystemExit(f"{address} answered {response.status_code}")
            sizes[name] = len(response.content)
    # The first request of each loads its templates
    mean = {name: sum(values[1:]) / (ROUNDS - 1) for name, values in seconds.items()}
    ratios = {name: round(value / mean[READING], 2) for name, value in mean.items()}
    return {
        "milliseconds": {name: round(1000 * value, 1) for name, value in mean.items()},
        "ratios": ratios,
        "bytes": sizes,
        "requirement": f"nothing beyond ×{ALLOWED}",
        "requirement_met": max(ratios.values()) <= ALLOWED,
    }


def processor_time() -> float:
    """Seconds that this process and its session at the database have worked."""
    from django.db import connection

    from tests.benchmarks.web import worked

    connection.ensure_connection()
    return time.process_time() + worked(connection.connection.info.backend_pid)


def make_targets() -> dict[str, tuple[Any, str]]:
    """{what: (who asks, for which address)}."""
    from tests import factories

    group = factories.make_group("BENCH")
    drafter = factories.make_drafter(group)
    section = make_process(group, drafter)
    page = f"/groups/{group.manual.key}/drafts/{section.uuid}/"
    clause = section.clauses.filter(part=5).first()
    reader, writer = client_of(factories.make_expert(group)), client_of(drafter)
    return {
        READING: (reader, page),
        "write: the process": (writer, page),
        "write: the table of steps": (writer, f"{page}steps/"),
        "write: one clause": (writer, f"{page}clauses/{clause.uuid}/"),
    }


def make_process(group: Any, by: Any) -> Any:
    """CLAUSES clauses in parts 2 to 8, a third of them below others, and STEPS steps with a decision in each ten."""
    from manuals.content import Step, Text
    from manuals.importing.drafts import ClauseDraft
    from manuals.importing.services.importing import import_clauses
    from tests import factories

    section = factories.make_section(
        factories.make_manual(group), "การรับหนังสือราชการ", kind="process", by=by
    )
    drafts: list[ClauseDraft] = []
    for number in range(CLAUSES):
        text = Text(body=f"{WORDS} {number}")
        if number % 3 == 2:
            drafts.append(
                ClauseDraft(drafts[-1].part, text, "paren", parent=drafts[-1].uuid)
            )
        else:
            drafts.append(ClauseDraft(2 + number * 5 // CLAUSES, text, "decimal"))
    steps: list[ClauseDraft] = []
    duration = {"text": "30 นาที", "minutes": 30}
    uuids = [uuid4() for _ in range(STEPS)]
    for number, uuid in enumerate(uuids):
        shape, branches = "task", []
        if number % 10 == 5:
            shape = "decision"
            branches = [
                {"to": str(uuids[number + 1]), "label": "ถูกต้อง"},
                {"to": str(uuids[number - 2]), "label": "แก้ไข"},
            ]
        words = f"{WORDS} {number}"
        step = Step(
            words,
            shape=shape,
            actor="เจ้าหน้าที่สารบรรณ",
            system="AMSS++",
            duration=duration,
            next=branches,
        )
        steps.append(ClauseDraft(9, step, uuid=uuid))
    import_clauses(section, [*drafts, *steps], by=by, reason="นำเข้า")
    return section


def client_of(user: Any) -> Any:
    from django.conf import settings
    from django.test import Client

    client = Client(
        SERVER_NAME=next(iter(settings.ALLOWED_HOSTS), "localhost").lstrip(".")
    )
    client.force_login(user)
    return client


if __name__ == "__main__":
    sys.exit(main())
