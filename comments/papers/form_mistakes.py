"""What is wrong with the commands of an office's own form, in Thai: where it stands, and what to do."""

import re

from .form_checking import BROKEN

KINDS = {
    "forbidden": "มีคำสั่งที่ไม่อนุญาต โปรดลบคำสั่งนั้น ใช้ได้เฉพาะช่องข้อมูลที่แสดงในหน้านี้",
    "growing": (
        "มีการยกกำลัง การทำข้อความซ้ำ หรือคำสั่งจัดรูปแบบข้อความ ซึ่งทำให้เอกสารใหญ่เกินกำหนด "
        "โปรดนำคำสั่งนั้นออก แล้วใส่เฉพาะช่องข้อมูลที่แสดงในหน้านี้"
    ),
    "nested": (
        "มีคำสั่งวนซ้ำซ้อนกัน ซึ่งใช้เวลาจัดทำนานเกินกำหนด โปรดวนซ้ำรายการเดียวในแต่ละครั้ง "
        "หากต้องการแยกตามกลุ่ม โปรดใช้ groupby แล้ววนซ้ำรายการของแต่ละกลุ่ม"
    ),
    "listed": (
        "ช่องนี้เป็นทั้งรายการหรือทั้งแถว จึงพิมพ์เป็นข้อความไม่ได้ โปรดวนซ้ำทีละแถว แล้วใส่ช่องของแถว เช่น {{ row.text }} "
        "ตามวิธีที่แสดงใต้ชื่อรายการในหน้านี้"
    ),
    "unfit": "คำสั่งนี้ใช้กับข้อมูลของช่องนั้นไม่ได้ โปรดใส่เฉพาะชื่อช่องตามรายการในหน้านี้",
    "layout": (
        "กรอกแล้วเอกสารไม่สมบูรณ์ โปรดวางคำสั่งเริ่มและคำสั่งจบไว้คู่กัน คนละย่อหน้าหรือคนละแถวของตารางเดียวกัน "
        "ตามตัวอย่างในแบบตั้งต้น"
    ),
    "too-large": "ทำให้เอกสารใหญ่เกินกำหนด โปรดตรวจคำสั่งวนซ้ำในแบบ",
}
# What Jinja says, by how it begins, and what the office is told; {0} and {1} are what it names
SYNTAX = [
    (
        r"Unexpected end of template.*block that needs to be closed is '(\w+)'",
        "คำสั่ง {{% {0} %}} ไม่มีคำสั่งจบ โปรดเพิ่ม {{% end{0} %}}",
    ),
    (
        r"Encountered unknown tag 'end(\w+)'",
        "มี {{% end{0} %}} แต่ไม่มี {{% {0} %}} ที่เริ่มก่อนหน้า โปรดลบหรือเพิ่มให้ครบคู่",
    ),
    (r"Encountered unknown tag '(\w+)'", "ไม่มีคำสั่งชื่อ “{0}” โปรดลบหรือแก้ชื่อคำสั่ง"),
    (r"No filter named '(.+?)'", "ไม่มีคำสั่งจัดรูปแบบชื่อ “{0}” โปรดลบออก"),
    (r"No test named '(.+?)'", "ไม่มีเงื่อนไขชื่อ “{0}” โปรดลบหรือแก้ชื่อ"),
    (r"unexpected char (.+?) at", "มีอักขระ {0} ที่ใช้ในช่องข้อมูลไม่ได้ โปรดลบออก"),
    (
        r"(?:Missing end of comment tag)",
        "หมายเหตุที่เริ่มด้วย {{# ไม่มี #}} ปิด โปรดเพิ่มเครื่องหมายปิด",
    ),
    (
        r"expected token 'end of print statement', got '(.+?)'",
        "พบ “{0}” ก่อนปิดช่องด้วย }}}} โปรดใส่ชื่อช่องเพียงชื่อเดียวระหว่าง {{{{ และ }}}}",
    ),
    (
        r"expected token 'end of statement block', got '(.+?)'",
        "พบ “{0}” ก่อนปิดคำสั่งด้วย %}} โปรดตรวจคำสั่งระหว่าง {{% และ %}}",
    ),
    (
        r"Expected an expression, got 'end of print statement'",
        "ช่องนี้ว่าง โปรดใส่ชื่อช่องข้อมูล",
    ),
]
OTHER_SYNTAX = "อ่านช่องหรือคำสั่งนี้ไม่ได้ โปรดตรวจวงเล็บปีกกาให้เปิดและปิดครบคู่"


def tell_mistake(kind: str, detail: str, place: str = "") -> str:
    """`kind`, `detail` and `place` as form_filler tells them."""
    if kind == "broken":
        return BROKEN
    where = f"แบบนี้ที่ “{place}”" if place else "แบบนี้"
    if kind == "unknown":
        return f"{where} {_tell_unknown(detail)} โปรดใช้ชื่อช่องตามรายการในหน้านี้"
    told = _tell_syntax(detail) if kind == "syntax" else KINDS[kind]
    return f"{where} {told}"


def _tell_unknown(detail: str) -> str:
    """Jinja names the value, or what a value of another name has not."""
    found = re.search(
        r"'([^']+)' is undefined|has no (?:attribute|element) (.+)", detail
    )
    if found is None:
        return "มีช่องข้อมูลที่ระบบไม่มี"
    name = (found[1] or found[2]).strip("'")
    return f"มีช่องข้อมูลชื่อ “{name}” ซึ่งระบบไม่มี"


def _tell_syntax(detail: str) -> str:
    for pattern, words in SYNTAX:
        found = re.search(pattern, detail, re.DOTALL)
        if found is not None:
            return words.format(*found.groups())
    return OTHER_SYNTAX
