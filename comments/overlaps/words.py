"""What overlaps, their sides and their resolutions are called."""

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.sentences import joined

from ..models import Overlap

Kind = Overlap.Kind
Resolution = Overlap.Resolution
KIND_MEANINGS = {
    Kind.SAME_TASK: "สองแห่งปฏิบัติงานเรื่องเดียวกัน",
    Kind.SAME_FORM: "เรื่องเดียวกันต้องกรอกแบบฟอร์มมากกว่าหนึ่งแบบ",
    Kind.CONFLICTING_AUTHORITY: "สองแห่งกำหนดผู้มีอำนาจหรือผู้รับผิดชอบไม่ตรงกัน",
    Kind.GAP: "แต่ละแห่งเข้าใจว่าอีกแห่งเป็นผู้ปฏิบัติ จึงไม่มีผู้ปฏิบัติ",
}


def say_owner(group: WorkGroup | None, agency: str) -> str:
    return group.name if group is not None else agency


def say_resolution(overlap: Overlap) -> str:
    """With the names of those who are meant; "" where there is none."""
    match overlap.resolution:
        case Resolution.OWNER_A:
            owner = say_owner(overlap.work_group_a, "")
            return joined("ให้", owner, "รับผิดชอบ")
        case Resolution.OWNER_B:
            owner = say_owner(overlap.work_group_b, overlap.agency)
            return joined("ให้", owner, "รับผิดชอบ")
        case Resolution.SPLIT:
            return f"แบ่งความรับผิดชอบที่ขั้นตอน {overlap.split_at}"
        case "":
            return ""
    return str(overlap.get_resolution_display())


def resolution_choices(overlap: Overlap) -> list[tuple[str, str]]:
    """As the form offers them. Where both sides are one group, it is the owner in any case."""
    choices: list[tuple[str, str]] = []
    for value, label in Resolution.choices:
        words = str(label)
        if value == Resolution.OWNER_A:
            words = joined("ให้", say_owner(overlap.work_group_a, ""), "รับผิดชอบ")
        elif value == Resolution.OWNER_B:
            if overlap.work_group_b == overlap.work_group_a:
                continue
            words = joined(
                "ให้", say_owner(overlap.work_group_b, overlap.agency), "รับผิดชอบ"
            )
        choices.append((value, words))
    return choices
