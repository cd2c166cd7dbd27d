"""What is told of a process that has another one's title: it may stay so, but nobody should find out later."""

from ...models import Section
from ..queries.titles import find_namesakes


def namesake_note(section: Section) -> str:
    """Of a process that was just added, copied, renamed, moved or brought back; "" where no other has its title, and
    for other sections. One query."""
    if not section.is_process or section.retired_id is not None:
        return ""
    namesakes = find_namesakes(section)
    if not namesakes:
        return ""
    places = []
    for other in namesakes:
        places.append(other.parent.title if other.parent else "ระดับบนสุดของคู่มือ")
    where = ", ".join(dict.fromkeys(places))
    return (
        f"คู่มือนี้มีกระบวนงานชื่อเดียวกันอีก {len(namesakes)} กระบวนงาน (อยู่ใน {where}) "
        "โปรดตรวจว่าซ้ำกันหรือไม่ หากเป็นคนละงาน ควรใช้ชื่อให้ต่างกัน"
    )
