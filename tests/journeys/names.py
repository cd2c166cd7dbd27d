"""The words that the journeys press, and those they wait to be told: the one place to change with the interface.

A name may be the beginning of what stands there. What only tells that something happened is looked for by its
id, class, field or state instead.
"""

import re

from hearing_portal.templatetags.thai import STATES

# signing in
SIGN_IN = "เข้าสู่ระบบ"
SIGN_IN_FIRST = "เข้าสู่ระบบก่อน"
SIGN_OUT = "ออกจากระบบ"
USERNAME = "ชื่อผู้ใช้"
PASSWORD = "รหัสผ่าน"

# reading and searching
SEARCH = "ค้นหา"
SEARCHED_WORDS = "คำหรือข้อความ"
NOTHING_FOUND = re.compile("^ไม่พบ")
TRY_SHORTER = "ลองใช้คำสั้นลง"
COMMENT_ON = re.compile("แสดงความคิดเห็น")
BACK_TO_READING = "กลับไปอ่านต่อ"

# writing a comment
SEND = "ส่งความคิดเห็น"
RECEIVED = "ได้รับความคิดเห็นของท่านแล้ว"
SHOW_CHANGES = "ดูการแก้ไข"
PROPOSED_WORDS = "ถ้อยคำที่เสนอ"
WHOLE_CLAUSE_GOES = "ขอตัดทั้งข้อ"
QUOTE_CHOSEN_WORDS = "อ้างเฉพาะข้อความที่เลือก"
USE_DRAFT = "ใช้ร่างนี้"
UNSENT_DRAFTS = "ร่างที่ยังไม่ได้ส่ง"
GO_ON_WRITING = "เขียนต่อ"
DISCARD_DRAFT = "ลบร่าง"
DISCARD_SURELY = "ยืนยันลบร่างนี้"
NO_COMMENT_YET = "ท่านยังไม่ได้แสดงความคิดเห็น"
DRAFT_IS_KEPT = "เก็บร่างไว้ในเครื่องนี้"
CHANGES_ARE_KEPT = "เก็บไว้ในเครื่องนี้"
NOTHING_CAN_BE_KEPT = "เครื่องนี้เก็บร่างไม่ได้"
OTHER_ACCOUNT = "หน้านี้เปิดไว้ด้วยบัญชีอื่น"
MAKE_SHORTER = "โปรดย่อหรือแบ่งเป็นหลายเรื่อง"
TRY_AGAIN = "ลองส่งอีกครั้ง"
CHECK_AGAIN = "ตรวจสอบอีกครั้ง"
NOT_SENT_YET = "ความคิดเห็นนี้ยังไม่ได้ส่ง"
EDIT_FIRST = "แก้ไขความคิดเห็นนั้น"
REPLY = "ตอบ"
YOUR_REPLY = "คำตอบของท่าน"
SEND_REPLY = "ส่งคำตอบ"
SEND_AS_ANOTHER = "ส่งเป็นความคิดเห็นอีกเรื่อง"

# comments that wait on the device
NOT_SENT = "ส่งไม่สำเร็จ"
WORDS_ARE_KEPT = "ข้อความของท่านยังอยู่ครบ"
UNSENT = re.compile("ยังไม่ได้ส่ง")
WILL_BE_SENT = "ระบบจะส่งให้เองเมื่อเชื่อมต่อกับระบบได้"
SEND_NOW = "ส่งตอนนี้"
SIGN_IN_AS_WRITER = "โปรดเข้าสู่ระบบด้วยบัญชีที่ใช้เขียน"
HAVE_ARRIVED = "รายการแล้ว"
REFUSED = "ยังไม่ได้ส่งความคิดเห็นต่อ"
OPEN_REFUSED = "เปิดข้อความ"
DELETE = "ลบ"
REALLY_DELETE = "ยืนยันลบข้อความนี้"

# supporting
SUPPORT = "สนับสนุนเรื่องนี้"
WITHDRAW_SUPPORT = "ยกเลิกการสนับสนุน"
SEE_COMMENT = re.compile("ดูเรื่องนี้")
OFFICE_SUPPORTS = "สพท. ของท่านสนับสนุนแล้ว"

# typing in for a speaker
SPEAKERS_OFFICE = "สพท. ของผู้แทน"
RECORD_COMMENT = "บันทึกความคิดเห็น"
RECORDED_FOR = "บันทึกแทน"

# moderating and deciding
OPEN_SESSION = "เปิดเวที"
SESSION_IS_PAUSED = "พักเวที"
SESSION_IS_OPEN = "เปิดรับความคิดเห็น"
ALL = "ทั้งหมด"
SHOW = re.compile("แสดง")
HIDE_CHOSEN = "ซ่อนที่เลือก"
REALLY_HIDE = "ยืนยันการซ่อน"
WHY_HIDDEN = "โปรดระบุเหตุผลที่ซ่อน"
KEYS_OFF = "ปิดใช้ปุ่มลัด"
RECLASSED = "เปลี่ยนประเด็นแล้ว"
ADVISED = "เสนอผลให้คณะทำงานแล้ว"
ADOPT = re.compile("บันทึกผลและแก้ถ้อยคำ")
RULE = re.compile("บันทึกผล|พิจารณา")
WORDS_HAVE_CHANGED = "เปลี่ยนไป"
CONFIRM = re.compile("ยืนยัน")
NOT_PUBLISHED_YET = "รอเผยแพร่"

# editions, exports, answers
EDITION_CODE = "รหัสฉบับ"
EDITION_TITLE = "ชื่อฉบับ"
FREEZE = "จัดทำฉบับ"
EDITION = "ฉบับ"
WORK_GROUP = "กลุ่มงาน"
PRINT_BOOK = "สั่งพิมพ์เล่ม"
DOWNLOAD = re.compile("ดาวน์โหลด")
PUBLISH = re.compile("เผยแพร่ผล")
RULE_WITHOUT_WORDS = "พิจารณาโดยยังไม่แก้ถ้อยคำ"
CONFIRM_PUBLISHING = "ยืนยันการเผยแพร่ผล"

# people
POSITION = "ตำแหน่ง"
SAVE = "บันทึก"
SAVE_EDIT = "บันทึกการแก้ไข"
SEND_ANSWER = "ส่งคำตอบ"
SAVED = "บันทึกแล้ว"
CHECK_FILE = "ตรวจไฟล์"
ROWS_TO_MEND = "ต้องแก้"
ALREADY_THERE = "มีอยู่แล้ว"
IMPORT = "นำเข้า"
NOBODY_TO_ADD = "ไม่มีรายชื่อที่ต้องเพิ่มจากไฟล์นี้"


def unsent(number: int) -> str:
    return f"ยังไม่ได้ส่ง {number} รายการ"


def have_arrived(number: int) -> str:
    return f"{number} {HAVE_ARRIVED}"


def comments(number: int) -> str:
    return f"{number} ความคิดเห็น"


def chosen(number: int) -> str:
    return f"เลือก {number} เรื่อง"


def noted(number: int) -> str:
    return f"บันทึก “รับทราบ” แล้ว {number} ความคิดเห็น"


def hidden(number: int) -> str:
    return f"ซ่อนแล้ว {number} ความคิดเห็น"


def import_people(number: int) -> str:
    return f"นำเข้า {number} คน"


def imported_people(number: int) -> str:
    return f"นำเข้า {number} คนแล้ว"


def state(name: str) -> str:
    """What the badge of a state says: "considering", "accepted", …"""
    return STATES[name][2]


# manuals and their files
MAKE_MANUALS = "จัดทำคู่มือ"
TAKE_FILES_IN = "นำเข้ากระบวนงานจากไฟล์"
TAKE_CHOSEN_IN = "นำเข้าที่เลือก"
LATEST_PROGRESS = "ดูความคืบหน้าล่าสุด"
