"""What is known of a kept file once it was read: enough to show it and to ask for it, without reading it again.

A whole book takes seconds to read, more than a request may. So a large file is read by a job, which leaves this as its
report; a small one is read at once.
"""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from .edition_file import EditionFile
from .queries import ArchivalPlan, plan_archival, plan_code

READ_AT_ONCE = 200 * 1024  # bytes: a fifth of a second or so


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """`counts` and `new_counts` as of ArchivalPlan; `warnings` and `refusals` are those that stand whatever the edition
    is called here."""

    code: str
    kind: str
    title: str
    sealed_at: datetime
    basis: str
    manifest_sha: str
    file_sha: str
    counts: dict[str, int]
    new_counts: dict[str, int]
    warnings: list[str]
    refusals: list[str]
    twin: str = ""  # the code of an edition that says the same here already

    def under_code(self, code: str) -> "CheckedFile":
        """With what is told of the code that the edition is to have here. Three queries at most."""
        of_code = plan_code(code, self.manifest_sha, self.basis, origin=self.code)
        return replace(
            self,
            warnings=[*of_code.warnings, *self.warnings],
            refusals=[*of_code.refusals, *self.refusals],
            twin=of_code.twin,
        )

    def as_json(self) -> bytes:
        values = {**asdict(self), "sealed_at": self.sealed_at.isoformat()}
        return json.dumps(values, ensure_ascii=False).encode()


def check_edition_file(file: EditionFile) -> CheckedFile:
    plan: ArchivalPlan = plan_archival(file, without_code=True)
    return CheckedFile(
        code=file.code,
        kind=file.kind,
        title=file.title,
        sealed_at=file.sealed_at,
        basis=file.basis,
        manifest_sha=file.manifest_sha,
        file_sha=file.file_sha,
        counts=plan.counts,
        new_counts=plan.new_counts,
        warnings=plan.warnings,
        refusals=plan.refusals,
    )


def checked_from_json(stored: bytes) -> CheckedFile:
    values: dict[str, Any] = json.loads(stored)
    sealed_at = datetime.fromisoformat(values["sealed_at"])
    return CheckedFile(**{**values, "sealed_at": sealed_at})
