"""The words the interface no longer says, what it says instead and why; and where such a word is right after all.

Matched as whole Thai words, so ความเห็นชอบ holds no ความเห็น and ตัดสินใจ no ตัดสิน.
"""

from typing import NamedTuple


class Retired(NamedTuple):
    words: str  # several are parted by |
    instead: str
    because: str


class Allowed(NamedTuple):
    phrase: str  # a retired word within it is right
    because: str


RETIRED = [
    Retired("ความเห็น", "ความคิดเห็น", "the official form is แบบแสดงความคิดเห็น"),
    Retired("ตัดสิน|ผู้ตัดสิน|ตัดสินแล้ว", "พิจารณา, ผู้พิจารณา, บันทึกผล", "nobody is judged"),
    Retired("รับ|ไม่รับ", "เห็นชอบตามที่เสนอ, ไม่เห็นชอบตามที่เสนอ", "รับ also means รับเรื่อง"),
    Retired("รับโดยปรับถ้อยคำ", "เห็นชอบโดยปรับถ้อยคำ", "as above"),
    Retired("มีอยู่แล้ว", "กำหนดไว้แล้ว", "as a result of deliberation"),
    Retired("รอฉบับหน้า", "นำไปพิจารณาในการปรับปรุงครั้งต่อไป", "colloquial"),
    Retired("โต้แย้ง|โต้แย้งผล|ข้อโต้แย้ง", "ขอให้ทบทวนผล, คำขอทบทวน", "no dispute is meant"),
    Retired(
        "ตรึง|ตรึงฉบับ|ตรึงเมื่อ", "จัดทำฉบับ, จัดทำเมื่อ", "a picture of the program, not a term"
    ),
    Retired(
        "ออกฉบับ|ออกให้ประชาชน", "เผยแพร่ฉบับ, เผยแพร่แก่ประชาชน", "editions are published"
    ),
    Retired("ด่าน|ผ่านทุกด่าน", "รายการตรวจสอบก่อนเผยแพร่, ครบทุกรายการ", "no game is played"),
    Retired("โต๊ะรวมถ้อยคำ", "หน้าปรับถ้อยคำ", "a picture of the program"),
    Retired("คิว|คิวความเห็น|คิวความคิดเห็น", "รายการรอดำเนินการ", "colloquial"),
    Retired(
        "ยังไม่มีที่|หาที่ให้ความเห็น|หาที่ให้ความคิดเห็น",
        "ความคิดเห็นที่ยังไม่ได้ระบุข้อ, ระบุข้อ",
        "colloquial",
    ),
    Retired(
        "เสียง|เสียงของเขต|การนับเสียง|นับเสียง",
        "จำนวนเขต, การนับจำนวนเขต",
        "a hearing is no vote",
    ),
    Retired("สพท. ท่าน", "สพท. ของท่าน", "no Thai"),
    Retired(
        "ร่างเรียบ|รอยแก้|ร่างพร้อมรอยแก้",
        "ร่างไม่แสดงการแก้ไข, การแก้ไข, ร่างแสดงการแก้ไข",
        "a printer's words",
    ),
    Retired(
        "ผู้พูด|พิมพ์แทนผู้พูด", "ผู้แทน, บันทึกความคิดเห็นแทนผู้แทน", "a delegate speaks for an office"
    ),
    Retired("ลายเซ็น|จำนวนลายเซ็น", "ลายมือชื่อ, จำนวนลายมือชื่อ", "the official word"),
    Retired("ถอนคืน|ถอนคืนไม่ได้", "เรียกคืน, เรียกคืนไม่ได้", "one thing, one name"),
    Retired("ร่างที่กำลังเขียน", "ร่างปัจจุบัน", "one thing, one name"),
    Retired(
        "วันสุดท้าย|วันสุดท้ายของการประชาพิจารณ์|ขยายวันสุดท้าย",
        "วันสิ้นสุด",
        "one word for hearings, groups, offices, roles and links",
    ),
    Retired("วันเริ่ม", "วันเริ่มต้น", "one word, the pair of วันสิ้นสุด"),
    Retired(
        "บรรทัด", "แถว", "a table has rows, as the program that it is made with says"
    ),
    Retired(
        "ความคิดเห็นที่ {}|ความคิดเห็นที่ {{|ความคิดเห็นที่ {label}",
        "ความคิดเห็นเลขที่ …",
        "its number as its row and its receipt tell it; ที่ may also mean which",
    ),
    Retired(
        "ทะเบียนงานซ้ำซ้อน|เรื่องทับซ้อน|ทะเบียนเรื่องทับซ้อน|ทะเบียนประเด็นทับซ้อน",
        "เรื่องซ้ำซ้อน, ทะเบียนเรื่องซ้ำซ้อน",
        "one register, one name; งานซ้ำซ้อน is one kind of what it holds",
    ),
    Retired("ผู้ทบทวนคนที่สอง", "ผู้ยืนยันคนที่สอง", "one term"),
    Retired(
        "บันทึกการใช้งาน|บันทึกการกระทำ|การกระทำ", "บันทึกการดำเนินการ", "menu and page alike"
    ),
    Retired("รอบรับฟังและเวที|รอบรับฟัง", "ประชาพิจารณ์", "as the page says"),
    Retired("คุมเวที|ควบคุมเวที", "ดำเนินเวที", "the role is ผู้ดำเนินเวที"),
    Retired("หลังบ้าน", "ส่วนจัดการระบบ", "colloquial"),
    Retired(
        "เบื้องหลัง|งานทำในเบื้องหลัง",
        "ระบบกำลังจัดทำ …",
        "how the program works is not the reader's",
    ),
    Retired("ใคร", "ผู้ใด, ผู้ที่ …", "spoken Thai"),
    Retired(
        "ถูกเพิ่ม|ถูกลบ|ถูกซ่อน|ถูกยกเลิก|ถูกตัด",
        "ระบบจะเพิ่มรายชื่อ …",
        "translated English; Thai has no such passive",
    ),
    Retired("ด้านซ้าย|ด้านขวา", "รายการต่อไปนี้", "there is no left on a phone"),
    Retired("ไม่กรอกก็ได้|ไม่แก้ก็ได้|ไม่เลือกก็ได้", "ไม่บังคับ", "spoken Thai"),
    Retired("โปรดบอก|โปรดบอกเหตุผล", "โปรดระบุ, โปรดระบุเหตุผล", "spoken Thai"),
    Retired("กรุณา", "โปรด", "one word"),
    Retired("อ่านเวลาไม่ออก|อ่านวันที่ไม่ออก|ไม่ออก", "รูปแบบ…ไม่ถูกต้อง", "spoken Thai"),
    Retired("มาก่อนวันแรก|มาก่อนวันเริ่ม", "วันสิ้นสุดต้องไม่ก่อนวันเริ่มต้น", "says what to do"),
    Retired(
        "รหัสยืนยันของแบบ",
        "หน้านี้หมดเวลาใช้งานแล้ว โปรดส่งอีกครั้ง",
        "how the program works is not the reader's",
    ),
    Retired("ที่อยู่นี้", "ที่อยู่เว็บนี้", "an address is a house's"),
    Retired("แฟ้ม", "ไฟล์", "one word"),
    Retired("รหัสเนื้อหา|รหัสท้ายหน้า|รหัสตรวจสอบถ้อยคำ", "รหัสตรวจสอบ", "one thing, one name"),
    Retired("วิพากษ์", "ประชาพิจารณ์", "the hearing has one name"),
    Retired("ของมัน", "เดิม, นั้น", "rude"),
    Retired("จังหวัดกรุงเทพมหานคร", "กรุงเทพมหานคร", "it is no จังหวัด"),
    Retired("ผลของกลุ่ม", "ผลการพิจารณาความคิดเห็น กลุ่ม…", "ผลของกลุ่ม กลุ่มอำนวยการ"),
    Retired("เลิกไปตั้งแต่|เริ่มมีเมื่อ", "ยกเลิกเมื่อ, จัดตั้งเมื่อ", "of offices and groups"),
    Retired(
        "ใหม่ก่อน|เก่าก่อน|สนับสนุนมากก่อน",
        "ล่าสุดก่อน, เก่าที่สุดก่อน, ผู้สนับสนุนมากที่สุดก่อน",
        "orders of lists",
    ),
    Retired("เสนอให้มีอยู่แล้ว|เสนอให้ไม่รับ|เสนอให้รับ", "ผลที่เสนอ: …", "no Thai"),
    Retired("สิบกลุ่ม|ทั้งสิบกลุ่ม", "ทุกกลุ่มงาน", "there may be two"),
    Retired("คนละคน|คนเดียวกัน", "บุคคลอื่น, บุคคลเดียวกัน", "spoken Thai"),
    Retired("ไม่รู้จัก", "ไม่พบ …, ไม่มี … ในระบบ", "a program knows nobody"),
    Retired("ได้เลย|ให้ดูก่อน", "ก่อนได้, แสดงผลการตรวจก่อน", "spoken Thai"),
    Retired("ของฉัน", "ของท่าน", "one word for what is the reader's"),
    Retired("ที่ฉัน", "ที่ท่าน", "of the reader in sentences"),
]

RECEIVES = "the facilitator takes the comment up: no result"
TAKES_IN = "the portal, a page or a session takes something in"
IS_THERE = "of accounts and people, no result"
OF_A_TEXT = "a line of a text, no row of a table"

ALLOWED = [
    Allowed("ต่อบรรทัดที่ตัดกลางประโยค", OF_A_TEXT),
    Allowed("บรรทัดที่อาจต่อกัน", OF_A_TEXT),
    Allowed("ข้อความต่อจากบรรทัดก่อน", OF_A_TEXT),
    Allowed("ของบรรทัดนี้หลุดไปอยู่บรรทัดถัดไป", OF_A_TEXT),
    Allowed("ความคิดเห็นของฉัน", "the name of a page (wording.md)"),
    Allowed("รับเรื่อง", RECEIVES),
    Allowed("รับไว้พิจารณา", RECEIVES),
    Allowed("รับความคิดเห็น", TAKES_IN),
    Allowed("ระบบรับ", TAKES_IN),
    Allowed("ใช้รับข้อมูล", TAKES_IN),
    Allowed("รับถ้อยคำ", "a clause took in the words of another"),
    Allowed("กระบวนงานที่รับไว้", "a process took in the clauses of another"),
    Allowed("การรับหนังสือ", "the name of a process"),
    Allowed("ชื่อผู้ใช้นี้มีอยู่แล้ว", IS_THERE),
    Allowed("ชื่อผู้ใช้ {} มีอยู่แล้ว", IS_THERE),
    Allowed("มีอยู่แล้ว ไม่เปลี่ยน", IS_THERE),
    Allowed("มีอยู่แล้ว แต่บทบาทไม่ครบ", IS_THERE),
    Allowed("มีอยู่แล้ว {{", IS_THERE),
    Allowed("เรื่อง|บรรทัด|รอบ", "the units that a number is kept with"),
    Allowed("ตัดบรรทัดภาษาไทย", OF_A_TEXT),
    Allowed("บรรทัดละหนึ่งท่าน", OF_A_TEXT),
    Allowed("เว้นหนึ่งบรรทัด", OF_A_TEXT),
    Allowed("บรรทัดว่าง", OF_A_TEXT),
    Allowed("เว้นบรรทัดว่างหนึ่งบรรทัด", OF_A_TEXT),
    Allowed("ขึ้นบรรทัด", OF_A_TEXT),
    Allowed("ในบรรทัดถัดไป", OF_A_TEXT),
    Allowed("บรรทัดที่ไม่ตรงรูปแบบก่อนส่วนที่ 1", OF_A_TEXT),
    Allowed("บรรทัดในส่วนที่ 9", OF_A_TEXT),
    Allowed("บรรทัดที่ {}", OF_A_TEXT),
    Allowed("ถัดจากบรรทัด", OF_A_TEXT),
    Allowed("บรรทัดสุดท้ายที่ระบบแสดง", OF_A_TEXT),
]
