"""The private PostgreSQL cluster: made once, on a Unix socket only, running only while somebody needs it.

Every command that needs the database holds a shared lock (flock) on `postgres.users`; who lets go last stops
the server. The locks are the kernel's, so a command that was killed leaves none behind; a server it left is
used again.
"""

import contextlib
import fcntl
import hashlib
import os
import re
import shutil
import socket
import stat
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hearing_portal.launch.children import end_children, start_child
from hearing_portal.launch.cluster_failures import NoRoom, damaged, failure_to_start
from hearing_portal.launch.cluster_folder import (
    POINTER,
    ServerAccount,
    ensure_folder,
)
from hearing_portal.launch.problems import Problem, announce

OLDEST = 15  # Django 6.1 takes no older PostgreSQL
SERVER_PROGRAMS = ("initdb", "pg_ctl", "postgres")
OWNER = "portal"
PORT = "5432"  # only a part of the socket's name; given explicitly, so that PGPORT changes nothing
# Lines of postmaster.pid, from 0 (PostgreSQL's miscadmin.h); a server that starts writes them one after another
SOCKET_FOLDER_LINE = 4
STATUS_LINE = 7
TRY_AGAIN = 5.0  # seconds
LOG_LIMIT = 10_000_000  # bytes; a longer log is put aside at the next start


@dataclass(frozen=True)
class PostgresCluster:
    """One cluster: `folder` holds `data` and `log`, `binaries` the programs of its major version."""

    folder: Path
    binaries: Path
    account: ServerAccount
    # Thrown away with its folder: nothing has to survive a power cut
    scratch: bool = False

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "log"

    def url(self, database: str = OWNER, role: str = OWNER) -> str:
        """The URL of one of its databases for one of its roles. The server must be running."""
        host = self._lock_file()[SOCKET_FOLDER_LINE]
        return f"postgresql://{role}@/{database}?host={host}&port={PORT}"

    def is_running(self) -> bool:
        """Does a server of this data listen? The number in its lock file may by now be another program's."""
        lines = self._lock_file()
        if len(lines) <= SOCKET_FOLDER_LINE:
            return False
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            try:
                line.connect(f"{lines[SOCKET_FOLDER_LINE]}/.s.PGSQL.{PORT}")
            except TimeoutError:
                pass  # it has too much to do
            except OSError:
                return False
        return True

    @property
    def status(self) -> str:
        """What the server's lock file says of it: starting, ready, stopping, or nothing."""
        lines = self._lock_file()
        if len(lines) <= STATUS_LINE:
            return ""
        return lines[STATUS_LINE].strip()

    def run(self, program: str, *arguments: str) -> tuple[int, str]:
        """Runs one of PostgreSQL's programs as the cluster's account; its exit status and what it said."""
        process = start_child(
            [str(self.binaries / program), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={"PATH": f"{self.binaries}:/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
            **self.account.process_options,
        )
        try:
            said, _ = process.communicate()
        finally:
            end_children([process], seconds=10)
        return process.returncode, said.decode(errors="replace")

    def _lock_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return []


@contextlib.contextmanager
def running_cluster(var: Path, scratch: bool = False) -> Iterator[PostgresCluster]:
    """A running cluster for this folder of state: made and started when needed, stopped by its last user."""
    with open(var / "postgres.users", "a") as users:
        cluster = None
        try:
            with server_lock(var):
                fcntl.flock(users, fcntl.LOCK_SH)
                cluster = _open_cluster(var, scratch)
                start_server(cluster)
            yield cluster
        finally:
            with server_lock(var):
                fcntl.flock(users, fcntl.LOCK_UN)
                # Who gets the lock for itself alone was the last to hold a shared one
                with contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if cluster and cluster.is_running():
                        stop_server(cluster)


@contextlib.contextmanager
def server_lock(var: Path) -> Iterator[None]:
    """Only one command at a time makes, starts or stops the server."""
    with open(var / "postgres.starting", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            announce(
                "รออีกคำสั่งหนึ่งเริ่มฐานข้อมูล",
                "Waiting for another command that starts the database",
            )
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start_server(cluster: PostgresCluster) -> None:
    """Starts the server unless it runs; call it under `server_lock`. A Problem has the server's own words."""
    if _wait_while_running(cluster):
        return
    _clear_remains(cluster)
    if cluster.log.exists() and cluster.log.stat().st_size > LOG_LIMIT:
        cluster.log.replace(cluster.log.with_name("log.1"))
    options = {
        "port": PORT,
        "listen_addresses": "''",
        "unix_socket_directories": str(socket_folder(cluster)),
        "unix_socket_permissions": "0700",
        "jit": "off",  # our queries are short: compiling them takes longer than running them
    }
    if cluster.scratch:
        options |= {
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
    settings = " ".join(f"-c {name}={value}" for name, value in options.items())
    wait = ["-w", "-t", "120"]  # seconds
    where = ["-D", str(cluster.data), "-l", str(cluster.log)]
    status, said = cluster.run("pg_ctl", "start", *where, *wait, "-o", settings)
    if status != 0:
        raise failure_to_start(cluster.folder, cluster.log, said)


class KeptServer:
    """Starts the server again when it is gone. Where its disk is full it is tried until there is room: meanwhile the
    portal lives and says what it lacks."""

    def __init__(self, cluster: PostgresCluster, var: Path) -> None:
        self._cluster = cluster
        self._var = var
        self._next_try = 0.0
        self._was_told = False
        self._has_failed = False

    def keep(self) -> None:
        """Raises a Problem for every other fault that is there at the second try as well: the disk may have been full
        when the server was started, and have room when it is asked why that failed."""
        if self._cluster.is_running() or time.monotonic() < self._next_try:
            return
        try:
            with server_lock(self._var):
                start_server(self._cluster)
        except NoRoom:
            self._next_try = time.monotonic() + TRY_AGAIN
            if not self._was_told:
                announce(
                    f"พื้นที่ของดิสก์ที่เก็บ {self._cluster.folder} เต็ม รอจนมีพื้นที่แล้วเริ่มฐานข้อมูลใหม่",
                    f"The disk of {self._cluster.folder} is full: waiting for room to start the database again",
                )
            self._was_told = True
        except Problem:
            if self._has_failed:
                raise
            self._has_failed = True
            self._next_try = time.monotonic() + TRY_AGAIN
        else:
            self._was_told = False
            self._has_failed = False


def stop_server(cluster: PostgresCluster) -> None:
    """Stops the server: what is committed is kept, connections are cut; call it under `server_lock`."""
    cluster.run(
        "pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-t", "60"
    )
    with contextlib.suppress(OSError):
        socket_folder(cluster).rmdir()


def remove_cluster(var: Path) -> None:
    """Stops the server of a folder of state that is thrown away, whoever uses it, and deletes its data, also where that
    lies outside the folder."""
    if not (var / "postgres").exists() and not (var / POINTER).exists():
        return
    folder, account = ensure_folder(var)
    if (folder / "data").exists():
        cluster = PostgresCluster(folder, _binaries_of(folder / "data"), account)
        with server_lock(var):
            if cluster.is_running():
                stop_server(cluster)
            _clear_remains(cluster)
            socket_folder(cluster).rmdir()
    shutil.rmtree(folder)


def _wait_while_running(cluster: PostgresCluster) -> bool:
    """Is there a server that takes connections? One that is still starting or stopping is waited for."""
    deadline = time.monotonic() + 120
    while cluster.is_running():
        if cluster.status == "ready":
            return True
        if time.monotonic() > deadline:
            raise damaged(
                cluster.folder,
                cluster.log,
                f"the server has been {cluster.status or 'silent'} for two minutes",
            )
        time.sleep(0.1)
    return False


def _open_cluster(var: Path, scratch: bool) -> PostgresCluster:
    folder, account = ensure_folder(var)
    data = folder / "data"
    if not data.exists():
        cluster = PostgresCluster(folder, find_postgres(), account, scratch)
        _initialise(cluster)
        return cluster
    try:
        binaries = _binaries_of(data)
    except (OSError, ValueError) as error:
        raise damaged(folder, folder / "log", "PG_VERSION is missing") from error
    return PostgresCluster(folder, binaries, account, scratch)


def _binaries_of(data: Path) -> Path:
    """Of the version that made the data. Raises OSError or ValueError where nothing says which."""
    return find_postgres(int((data / "PG_VERSION").read_text()))


def _initialise(cluster: PostgresCluster) -> None:
    """Makes the data under another name and renames it: a half-made folder is never taken for a database."""
    announce("กำลังสร้างฐานข้อมูล", "Making the database")
    fresh = cluster.folder / "data.new"
    shutil.rmtree(fresh, ignore_errors=True)
    options = [
        "-U",
        OWNER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
        "--data-checksums",
    ]
    if cluster.scratch:
        options.append("--no-sync")
    status, said = cluster.run("initdb", "-D", str(fresh), *options)
    if status != 0:
        reason = " ".join(said.split())[-400:]
        raise Problem(
            f"สร้างฐานข้อมูลใน {cluster.folder} ไม่สำเร็จ: ตรวจพื้นที่ว่างและสิทธิ์ของโฟลเดอร์ แล้วสั่งใหม่",
            f"PostgreSQL could not make a database in {cluster.folder}: check free space and "
            f"permissions, then start this command again. It said: {reason}",
        )
    fresh.rename(cluster.data)


def find_postgres(major: int | None = None) -> Path:
    """The folder with PostgreSQL's server programs: the given major version, else the newest from 15 on."""
    installed = _installed_versions()
    if major is None and installed:
        return installed[max(installed)]
    if major in installed:
        return installed[major]
    package = f"postgresql-{major}" if major else "postgresql"
    reason = " (the data was made by that version)" if major else ""
    raise Problem(
        f"ไม่พบ PostgreSQL {major or '15 ขึ้นไป'}: ติดตั้งด้วยคำสั่ง sudo apt-get install -y {package} "
        "หรือกำหนดเซิร์ฟเวอร์อื่นด้วย DATABASE_URL แล้วสั่งใหม่",
        f"No PostgreSQL {major or '15 or newer'} is installed{reason}. "
        f"Run: sudo apt-get install -y {package} or name a server in DATABASE_URL, then start this command again.",
    )


def has_postgres() -> bool:
    """Is any PostgreSQL that is new enough installed?"""
    return bool(_installed_versions())


def _installed_versions() -> dict[int, Path]:
    """{major version: the folder of its programs} of all that are new enough."""
    given = os.environ.get("PORTAL_POSTGRES_BIN")
    if given:
        folders = [Path(given)]
    else:
        on_path = os.environ.get("PATH", "").split(os.pathsep)
        folders = [Path(each) for each in on_path if each]
        folders += Path("/usr/lib/postgresql").glob(
            "*/bin"
        )  # Debian puts only its clients on the PATH
    # One installation may be found by several names
    programs = [folder / "initdb" for folder in folders]
    real_folders = set()
    for program in programs:
        if program.exists():
            real_folders.add(program.resolve().parent)
    versions: dict[int, Path] = {}
    for folder in sorted(real_folders):
        is_complete = all(
            os.access(folder / program, os.X_OK) for program in SERVER_PROGRAMS
        )
        if not is_complete:
            continue
        said = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=False,
        )
        number = re.search(
            r"\) (\d+)", said.stdout
        )  # postgres (PostgreSQL) 17.5 (Debian 17.5-1)
        if number and int(number[1]) >= OLDEST:
            versions[int(number[1])] = folder
    return versions


def _clear_remains(cluster: PostgresCluster) -> None:
    """Removes the lock files of a server that was killed.

    PostgreSQL takes them for a live server's when their number meanwhile belongs to another program (usual in
    containers). No process working in the data folder means that no server and no orphan of one is left.
    """
    deadline = time.monotonic() + 10
    while _has_process_in(cluster.data):
        if time.monotonic() > deadline:
            raise damaged(
                cluster.folder,
                cluster.log,
                "processes of a killed server are still at work in this folder",
            )
        time.sleep(0.1)
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for each in socket_folder(cluster).glob(".s.PGSQL.*"):
        each.unlink(missing_ok=True)


def _has_process_in(folder: Path) -> bool:
    """Is the folder the working directory of any process? PostgreSQL's all work in their data folder."""
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        # A process may end while it is looked at, and another account's may not be looked at
        with contextlib.suppress(OSError):
            if os.path.samefile(process / "cwd", folder):
                return True
    return False


def socket_folder(cluster: PostgresCluster) -> Path:
    """A private folder (0700) of the server's account; a socket's path has at most 107 bytes."""
    path = str(cluster.data)
    key = hashlib.sha256(path.encode()).hexdigest()[:10]
    names = [f"portal-{key}"]
    for number in range(1, 9):
        names.append(f"portal-{key}-{number}")
    for name in names:
        folder = Path("/tmp") / name
        try:
            folder.mkdir(mode=0o700)
            os.chown(folder, cluster.account.uid, cluster.account.gid)
        except FileExistsError:
            pass
        found = folder.lstat()
        # Anybody may make a folder of this name; only one of ours, closed to others, is good enough
        is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == cluster.account.uid
        if is_ours and not found.st_mode & 0o077:
            return folder
    raise Problem(
        f"ใช้โฟลเดอร์ /tmp/portal-{key} ไม่ได้ เพราะเป็นของบัญชีอื่น: ลบโฟลเดอร์นี้แล้วสั่งใหม่",
        f"The folders /tmp/portal-{key}* belong to another account. Remove them and start this command again.",
    )
