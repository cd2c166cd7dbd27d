"""Does the text engine of the PDF know where a Thai line may break?

WeasyPrint breaks lines where Pango allows it, and Pango asks libthai, which needs its dictionary. Without it
a Thai paragraph runs out of the page silently. Asking Pango directly takes 22 ms, a page by WeasyPrint about
a second: so it is asked at every start, and the answer is never out of date.
"""

import ctypes

from hearing_portal.launch.problems import Problem

# 60 letters without a space: some ten words, so a line of ten centimetres must break
SAMPLE = "สำนักงานเขตพื้นที่การศึกษาจัดทำคู่มือการปฏิบัติงานของข้าราชการ"
LINE_BREAK = 1  # the first bit of PangoLogAttr, 32 bits per character


def count_breaks(text: str) -> int:
    """How many places inside the text Pango allows a line to break at."""
    pango = ctypes.CDLL("libpango-1.0.so.0")
    pango.pango_language_from_string.restype = ctypes.c_void_p
    # Unwrapped, a pointer of 64 bits would be passed on as a 32-bit int
    language = ctypes.c_void_p(pango.pango_language_from_string(b"th"))
    encoded = text.encode()
    attributes = (ctypes.c_uint32 * (len(text) + 1))()
    pango.pango_get_log_attrs(
        encoded, len(encoded), -1, language, attributes, len(text) + 1
    )
    inside = attributes[1 : len(text)]
    return sum(each & LINE_BREAK for each in inside)


def require_thai_breaking() -> None:
    """Raises a Problem when Thai text cannot be broken into lines."""
    if count_breaks(SAMPLE) < 4:
        raise Problem(
            "ระบบตัดบรรทัดภาษาไทยไม่ได้ เพราะไม่พบพจนานุกรมของ libthai: "
            "ติดตั้งใหม่ด้วยคำสั่ง apt-get install --reinstall libthai-data libthai0 แล้วสั่งใหม่",
            "Thai lines cannot be broken: Pango finds no Thai dictionary "
            "(/usr/share/libthai/thbrk.tri). Run: "
            "sudo apt-get install --reinstall -y libthai-data libthai0 and start this command again.",
        )
