"""System packages the portal needs: which are missing, and getting them with apt-get when allowed."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable

from hearing_portal.launch.problems import Problem, announce

# What WeasyPrint opens with dlopen, and the Debian package of each
PDF_LIBRARIES = {
    "libgobject-2.0.so.0": "libglib2.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}
# Chromium without windows, bars and extensions: the tests' pages take a third less processor time in it
BROWSER = "chromium-headless-shell"
TEST_COMMANDS = {
    BROWSER: BROWSER,
    "nginx": "nginx",
    "pdftotext": "poppler-utils",
    "qpdf": "qpdf",
}
SYSTEM_PROGRAMS = "/usr/local/sbin:/usr/sbin:/sbin"  # not on the path of everybody


def missing_pdf_packages() -> list[str]:
    """Debian packages of the PDF libraries that cannot be loaded."""
    missing: list[str] = []
    for library, package in PDF_LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    return missing


def missing_test_packages() -> list[str]:
    """Debian packages of the programs only the tests need. CHROMIUM names another browser of the kind."""
    missing = []
    path = f"{os.environ.get('PATH', os.defpath)}:{SYSTEM_PROGRAMS}"
    for command, package in TEST_COMMANDS.items():
        if not shutil.which(command, path=path):
            missing.append(package)
    if os.environ.get("CHROMIUM") and BROWSER in missing:
        missing.remove(BROWSER)
    return missing


def require_packages(packages: Iterable[str]) -> None:
    """Installs Debian packages with apt-get as root; otherwise a Problem names the exact command."""
    wanted = sorted(set(packages))
    if not wanted:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *wanted]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        line = " ".join(command)
        raise Problem(
            f"ขาดโปรแกรมของระบบ ({', '.join(wanted)}): ติดตั้งด้วยคำสั่ง sudo {line} แล้วสั่งใหม่",
            f"System packages are missing ({', '.join(wanted)}). Run: sudo {line} and start this command again.",
        )
    announce(
        f"กำลังติดตั้ง {', '.join(wanted)}", f"Installing {', '.join(wanted)} with apt-get"
    )
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(
        ["apt-get", "update", "-qq"], stdout=sys.stderr, env=environment, check=False
    )
    installed = subprocess.run(
        command,
        stdout=sys.stderr,
        env=environment,
        check=False,
    )
    if installed.returncode != 0:
        raise Problem(
            "ติดตั้งโปรแกรมของระบบไม่สำเร็จ: ตรวจการเชื่อมต่ออินเทอร์เน็ตและรายการ apt แล้วสั่งใหม่",
            f"'{' '.join(command)}' failed: read its lines above, check the network and the apt "
            "sources, then start "
            "this command again.",
        )
