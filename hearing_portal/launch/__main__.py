"""`./portal COMMAND …`: the commands' names, their help, and how their problems are told."""

import sys

from hearing_portal.launch import children, commands, rehearsing
from hearing_portal.launch.problems import Problem

HELP = """\
ระบบรับฟังความคิดเห็นต่อคู่มือการปฏิบัติงานของ สพท. / Portal for the hearing on the area offices' manuals

  ./portal run [--port N] [--host H] [--without-demonstration]
        เริ่มระบบ / start the portal: http://127.0.0.1:8000/ unless told otherwise
  ./portal hub [--port N] [--host H]
        เฉพาะช่องสัญญาณสด /live/ สำหรับวางหลังพร็อกซี / the live streams alone, behind a proxy, beside a running portal
  ./portal rehearse [--people N] [--minutes M] [--json FILE]
        ซ้อมวันประชาพิจารณ์ / rehearse a hearing day on this machine, beside a running portal, and tell go or no-go
  ./portal test [--quick] [pytest arguments]
        ทดสอบ หรือเฉพาะส่วนที่เร็ว / run the tests, or only what needs no database, no browser and no second process
  ./portal manage COMMAND …
        คำสั่งจัดการ โดยมีฐานข้อมูลทำงานอยู่ / manage.py with the database running
  ./portal bench [NAME] [--json FILE]
        วัดความเร็ว / run one benchmark, or list them

ข้อมูลอยู่ใน var/ หรือที่ PORTAL_VAR กำหนด ฐานข้อมูลอื่นกำหนดด้วย DATABASE_URL และ DATABASE_OWNER_URL
State lives under var/ or PORTAL_VAR; DATABASE_URL and DATABASE_OWNER_URL name another database.
"""

COMMANDS = {
    "run": commands.run,
    "hub": commands.hub,
    "rehearse": rehearsing.rehearse,
    "test": commands.test,
    "manage": commands.manage,
    "bench": commands.bench,
}


def main(arguments: list[str]) -> int:
    """Runs one command and returns its exit status: 1 a problem the operator must mend, 2 a wrong call."""
    if arguments[:1] in (["help"], ["--help"], ["-h"]):
        print(HELP, end="")
        return 0
    if not arguments or arguments[0] not in COMMANDS:
        print(HELP, end="", file=sys.stderr)
        return 2
    children.stop_on_signals()
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Problem as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"\nใช้ไฟล์ {error.filename} ไม่ได้: ตรวจพื้นที่ว่างและสิทธิ์ แล้วสั่งใหม่ / The file or folder {error.filename} "
            f"cannot be used ({error.strerror}): check free space, its owner and its kind, then "
            "start this command again.",
            file=sys.stderr,
        )
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
