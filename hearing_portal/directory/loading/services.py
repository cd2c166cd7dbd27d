"""Loading the directory that comes with the portal."""

from pathlib import Path

from hearing_portal.acts.services import act
from hearing_portal.shipped_lists import store_shipped

from ..acts import (
    DIRECTORY_CHANGED,
    DIRECTORY_LOADED,
    about_directory,
    about_office,
    about_work_group,
)
from ..field_words import GROUP_WORDS, OFFICE_WORDS, tell_differences
from ..locks import lock_directory
from ..models import User
from .queries import DirectoryPlan, plan_directory
from .shipped_files import SHIPPED_FOLDER


def load_directory(folder: Path = SHIPPED_FOLDER, *, by: User | None) -> DirectoryPlan:
    """Adds the groups and offices of the list that are missing, and takes in what it says otherwise than before; what
    was changed by hand stays. Returns what was done. Safe to run again. `by` is None for the demonstration."""
    with act(by=by) as done:
        lock_directory()
        plan = plan_directory(folder)
        store_shipped(plan.groups.rows)
        store_shipped(plan.offices.rows)
        if plan.does_nothing:
            return plan
        counted = [
            ("เพิ่มกลุ่มงาน", len(plan.groups.new), "กลุ่ม"),
            ("เพิ่ม สพท.", len(plan.offices.new), "เขต"),
            ("แก้ไขกลุ่มงาน", len(plan.groups.changed), "กลุ่ม"),
            ("แก้ไข สพท.", len(plan.offices.changed), "เขต"),
        ]
        summary = " ".join(
            f"{words} {number:,} {what}" for words, number, what in counted if number
        )
        done.record(DIRECTORY_LOADED, about_directory(), note=summary)
        for group in plan.groups.changed:
            note = (
                f"แก้ไขตามรายการที่มากับระบบ {tell_differences(group.changes, GROUP_WORDS)}"
            )
            done.record(DIRECTORY_CHANGED, about_work_group(group.row), note=note)
        for office in plan.offices.changed:
            note = f"แก้ไขตามรายการที่มากับระบบ {tell_differences(office.changes, OFFICE_WORDS)}"
            done.record(DIRECTORY_CHANGED, about_office(office.row), note=note)
        return plan
