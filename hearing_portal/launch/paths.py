"""The portal's own paths: the checkout, the folder of state, the file with the secret key."""

import os
import secrets
from pathlib import Path

from hearing_portal.launch.problems import Problem

CHECKOUT = Path(__file__).resolve().parents[2]


def var_folder() -> Path:
    """The folder of state (`PORTAL_VAR`, else `var/` in the checkout), made when it is not there.

    Others may pass through it but not list it: the database's own account must reach its folder.
    An existing folder keeps its mode. Raises a Problem when it cannot be used.
    """
    var = Path(os.environ.get("PORTAL_VAR") or CHECKOUT / "var").absolute()
    try:
        if not var.is_dir():
            var.mkdir(parents=True, exist_ok=True)
            var.chmod(0o711)
        probe = var / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Problem(
            f"ใช้โฟลเดอร์ {var} เก็บข้อมูลไม่ได้: ต้องเป็นโฟลเดอร์ที่บัญชีนี้เขียนได้ หรือกำหนดที่อื่นด้วย PORTAL_VAR",
            f"The portal cannot keep its state in {var} ({error.strerror}). It must be a folder "
            "this account can write: "
            f"move away what stands there, or start as its owner, or name another folder in PORTAL_VAR.",
        ) from error
    os.environ["PORTAL_VAR"] = str(var)
    return var


def require_secret_key(var: Path) -> None:
    """Makes the key that signs sessions, once (0600); two commands that start together agree on one."""
    path = var / "secret-key"
    if not path.exists():
        fresh = var / f"secret-key.{os.getpid()}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            os.fsync(file.fileno())
        try:
            os.link(
                fresh, path
            )  # unlike a rename, it fails when the key is there by now
        except FileExistsError:
            pass  # the other command was first
        finally:
            fresh.unlink()
    try:
        is_intact = len(path.read_text()) >= 40
    except (OSError, UnicodeDecodeError):
        is_intact = False
    if not is_intact:
        raise Problem(
            f"ไฟล์ {path} เสียหาย: ลบไฟล์นี้แล้วสั่งใหม่ (ทุกคนต้องเข้าสู่ระบบใหม่)",
            f"{path} is damaged or unreadable. Delete it and start this command again: a new key "
            "is made, and everybody "
            "signs in once more.",
        )
