"""Where the private cluster lies and which account runs it.

PostgreSQL refuses to run as root, so root lends it an account, and that account must reach the data: below a
private home (0700) it cannot. Then the data lies below /var/lib, and nobody's home is opened for it.
"""

import hashlib
import os
import pwd
import secrets
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hearing_portal.launch.problems import Problem, announce

OUTSIDE = Path("/var/lib/hearing-portal")
POINTER = "postgres.folder"  # in `var`: where its database lies, when that is outside
OWNER = "belongs-to"  # in a folder outside: whose database it is


@dataclass(frozen=True)
class ServerAccount:
    """The account the server runs as."""

    uid: int
    gid: int

    @property
    def process_options(self) -> dict[str, Any]:
        """Options for `subprocess` that run a program as this account, wherever the caller stands."""
        options: dict[str, Any] = {"cwd": "/", "stdin": subprocess.DEVNULL}
        if os.geteuid() != self.uid:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options


def account_for(folder: Path) -> ServerAccount:
    """Who runs the server with its files in `folder`: their owner, else this account, for root `postgres`."""
    owner = folder.stat() if folder.exists() else None
    if os.geteuid() != 0:
        if owner and owner.st_uid != os.geteuid():
            raise Problem(
                f"ฐานข้อมูลใน {folder} เป็นของบัญชีอื่น: สั่งด้วยบัญชีนั้นหรือ root หรือกำหนดที่อื่นด้วย PORTAL_VAR",
                f"The database in {folder} belongs to another account. Start as that account or "
                "as root, or name "
                "another folder in PORTAL_VAR.",
            )
        return ServerAccount(os.geteuid(), os.getegid())
    if owner and owner.st_uid != 0:
        return ServerAccount(owner.st_uid, owner.st_gid)
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError as error:
        raise Problem(
            "ไม่มีบัญชีระบบ postgres สำหรับฐานข้อมูล: สร้างด้วยคำสั่ง useradd --system postgres หรือสั่งด้วยบัญชีที่ไม่ใช่ root",
            "PostgreSQL does not run as root and there is no account named postgres. Run: "
            "useradd --system postgres, or "
            "start this command as an ordinary user.",
        ) from error
    return ServerAccount(entry.pw_uid, entry.pw_gid)


def ensure_folder(var: Path) -> tuple[Path, ServerAccount]:
    """The cluster's folder for this folder of state, made when it is not there, and its account."""
    if (var / POINTER).exists():
        folder = folder_outside(var)
        return folder, account_for(folder)
    folder = var / "postgres"
    is_new = not folder.exists()
    account = account_for(folder)
    _make(folder, account)
    # Whether the account reaches it only the kernel knows, and it answers for the account that asks
    test = ["/usr/bin/test", "-w", str(folder)]
    tested = subprocess.run(test, check=False, **account.process_options)
    if tested.returncode == 0:
        return folder, account
    if is_new:
        folder.rmdir()
        return make_outside(var, account), account
    name = pwd.getpwuid(account.uid).pw_name
    raise Problem(
        f"บัญชี {name} เข้าถึงฐานข้อมูลใน {folder} ไม่ได้: คืนสิทธิ์ด้วยคำสั่ง chown -R {name} {folder} "
        "และให้ผ่านโฟลเดอร์ที่อยู่เหนือขึ้นไปได้ หรือกำหนดที่อื่นด้วย PORTAL_VAR แล้วสั่งใหม่",
        f"The account {name} cannot use the database in {folder}. Run: chown -R {name} {folder}, "
        "see that the folders "
        "above let it pass, or name another folder in PORTAL_VAR, then start this command again.",
    )


def _make(folder: Path, account: ServerAccount) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, account.uid, account.gid)


def make_outside(var: Path, account: ServerAccount, outside: Path = OUTSIDE) -> Path:
    """A new folder below /var/lib, named for the checkout. A new `var` never takes up an older one's data."""
    path = str(var)
    key = hashlib.sha256(path.encode()).hexdigest()[:12]
    outside.mkdir(mode=0o755, parents=True, exist_ok=True)
    for older in outside.glob(f"{key}-*"):
        announce(
            f"ฐานข้อมูลเก่าของโฟลเดอร์นี้อยู่ที่ {older} และไม่ถูกใช้",
            f"An older database of this folder, not used now, is {older}",
        )
    folder = outside / f"{key}-{secrets.token_hex(3)}"
    _make(folder, account)
    _write(folder / OWNER, str(var))
    _write(var / POINTER, str(folder))
    return folder


def folder_outside(var: Path) -> Path:
    """The folder the pointer names. A `var` that was moved keeps it; one that was copied does not share it."""
    pointer = var / POINTER
    folder = Path(pointer.read_text().strip())
    try:
        owner = Path((folder / OWNER).read_text().strip())
    except OSError as error:
        raise Problem(
            f"ไฟล์ {pointer} ชี้ไปที่ฐานข้อมูล {folder} ซึ่งไม่มีอยู่: นำสำเนาสำรองกลับมาวาง หรือหากไม่ต้องการข้อมูลเดิมให้ลบไฟล์นี้ แล้วสั่งใหม่",
            f"{pointer} says that the database lies in {folder}, which is not there. Put back a copy of that "
            f"folder, or delete {pointer} to begin with an empty database, then start this command again.",
        ) from error
    if owner == var:
        return folder
    owners_pointer = owner / POINTER
    if owners_pointer.exists() and owners_pointer.read_text() == pointer.read_text():
        raise Problem(
            f"{var} เป็นสำเนาของ {owner} แต่ฐานข้อมูลของโฟลเดอร์นั้นอยู่ที่ {folder} และไม่ได้คัดลอกมาด้วย: "
            f"คัดลอกโฟลเดอร์ฐานข้อมูล ให้ไฟล์ {OWNER} ในสำเนาระบุ {var} และให้ {pointer} ระบุสำเนา แล้วสั่งใหม่",
            f"{var} is a copy of {owner}, but the database lies outside it, in {folder}. Copy that folder too "
            f"(cp -a), write {var} into the copy's file {OWNER} and the copy's path into {pointer}, or delete "
            f"{pointer} to begin with an empty database; then start this command again.",
        )
    _write(folder / OWNER, str(var))  # `var` was moved here
    return folder


def _write(path: Path, line: str) -> None:
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_text(f"{line}\n")
    fresh.replace(path)
