"""Five of the commands: run, hub, test, manage, bench."""

import argparse
import ast
import contextlib
import errno
import fcntl
import os
import shutil
import socket
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hearing_portal.heartbeats import (
    MOST_WEB_PROCESSES,
    WEB_PROCESSES,
    read_web_processes,
)
from hearing_portal.launch import database, roles, system
from hearing_portal.launch.children import run_child
from hearing_portal.launch.cluster import (
    KeptServer,
    PostgresCluster,
    has_postgres,
    running_cluster,
)
from hearing_portal.launch.paths import CHECKOUT, require_secret_key, var_folder
from hearing_portal.launch.problems import Problem
from hearing_portal.launch.supervisor import Watched, supervise
from hearing_portal.launch.thai_breaking import require_thai_breaking

PYTHON = (sys.executable, "-P")
LAST_PORT = 65535
# Seconds; libraries that print or compare hold the interpreter for a while
WORKER_SILENT_FOR = 30.0
EVERY_ADDRESS = ("0.0.0.0", "::")
MOST_TEST_WORKERS = 4  # each takes a database and, for journeys, a browser
BENCHMARKS = CHECKOUT / "tests" / "benchmarks"
# These make or describe tables themselves, or ask for none
WITHOUT_TABLES = {
    "dbshell",
    "migrate",
    "makemigrations",
    "check",
    "showmigrations",
    "sqlmigrate",
    "squashmigrations",
    "help",
}
OF_THE_OWNER = WITHOUT_TABLES - {"dbshell"}


def run(arguments: list[str]) -> int:
    """Everything from a fresh checkout to a serving portal; ends with a signal."""
    parser = argparse.ArgumentParser(
        prog="./portal run", description="เริ่มระบบ / Start the portal."
    )
    parser.add_argument(
        "--port",
        type=int,
        default=8000,
        help="พอร์ต / TCP port, 0 for any free one (8000)",
    )
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="ที่อยู่ที่รับฟัง / address to listen on (127.0.0.1)",
    )
    parser.add_argument(
        "--without-demonstration",
        action="store_true",
        help="ไม่บรรจุข้อมูลสาธิต / do not load the demonstration",
    )
    options = parser.parse_args(arguments)
    if not 0 <= options.port <= LAST_PORT:
        parser.error("--port: 0 … 65535")
    # The port first: the commonest mistake is told before any work
    listener = _bind(options.host, options.port)
    require_number_of_processes()
    require_system()
    var = var_folder()
    with _only_portal_of(var):
        require_secret_key(var)
        with _database(var) as opened:
            with database.setup_lock(opened.owner):
                _prepare(opened, ["migrate", "static", "files"])
                if not options.without_demonstration:
                    _take_steps(opened.portal, ["demonstration"])
            roles.warn_of_power(opened.portal)
            _serve(listener, options.host, var, opened.cluster)
    return 0


def hub(arguments: list[str]) -> int:
    """One process for the live streams alone, of the database of a portal; ends with a signal. Who starts it starts it
    again when it ends (systemd, compose)."""
    parser = argparse.ArgumentParser(
        prog="./portal hub",
        description="เฉพาะช่องสัญญาณสด /live/ / The live streams alone.",
    )
    parser.add_argument("--port", type=int, default=8001, help="พอร์ต / TCP port (8001)")
    parser.add_argument(
        "--host",
        default="127.0.0.1",
        help="ที่อยู่ที่รับฟัง / address to listen on (127.0.0.1)",
    )
    options = parser.parse_args(arguments)
    if not 0 <= options.port <= LAST_PORT:
        parser.error("--port: 0 … 65535")
    listener = _bind(options.host, options.port)
    var = var_folder()
    require_secret_key(var)
    with _database(var):
        listener.listen(2048)
        port = listener.getsockname()[1]
        print(f"Live hub: http://{options.host}:{port}/live/", flush=True)
        descriptor = listener.fileno()
        return run_child(
            [*PYTHON, "-m", "hearing_portal.launch.web", str(descriptor), "hub"],
            pass_fds=(descriptor,),
            cwd=CHECKOUT,
        )


def test(arguments: list[str]) -> int:
    """pytest with a browser and a database of its own, removed afterwards; no running portal is touched.

    The whole suite (no arguments) and the quick set (`--quick` alone) are spread over the cores, whole files at a
    time; other arguments are pytest's own.
    """
    is_quick = "--quick" in arguments
    arguments = [argument for argument in arguments if argument != "--quick"]
    if not arguments:
        # One more than there are cores: tests of processes that are stopped, killed and replaced mostly wait
        workers = min((os.cpu_count() or 1) + 1, MOST_TEST_WORKERS)
        arguments = ["-n", str(workers), "--dist", "loadfile"]
        # Sorted by their number of tests, the longest journeys would begin last and alone
        arguments.append("--no-loadscope-reorder")
    if is_quick:
        arguments += ["-m", "not slow"]  # marked so in tests/conftest.py
    require_system(for_tests=True)
    with tempfile.TemporaryDirectory(prefix="portal-test-") as state:
        os.chmod(state, 0o711)  # the database's account passes through
        (Path(state) / "static").mkdir()  # nothing is collected for the tests
        os.environ["PORTAL_VAR"] = state
        os.environ.setdefault("CHROMIUM", shutil.which(system.BROWSER) or "")
        # The tests start a hundred processes: each would compile the portal anew
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        with _database(Path(state), scratch=True) as opened:
            pytest = [*PYTHON, "-m", "pytest", "--rootdir", str(CHECKOUT)]
            # They make databases of their own, and enter those as the portal's role
            return run_child(
                [*pytest, *arguments],
                cwd=CHECKOUT,
                env=os.environ | {"DATABASE_URL": opened.owner},
            )


def manage(arguments: list[str]) -> int:
    """manage.py with the database running, also beside a running portal."""
    if not has_postgres() and not os.environ.get("DATABASE_URL"):
        system.require_packages(["postgresql"])
    var = var_folder()
    require_secret_key(var)
    command = arguments[0] if arguments else "help"
    with _database(var) as opened:
        has_tables = database.has_table(opened.owner, "django_migrations")
        if command not in WITHOUT_TABLES and not has_tables:
            with database.setup_lock(opened.owner):
                _prepare(opened, ["migrate"])
        elif has_tables and not roles.may_use(
            opened.portal
        ):  # a version with one role made them
            roles.grant_use(opened.owner, opened.role)
        url = opened.owner if command in OF_THE_OWNER else opened.portal
        environment = os.environ | {"DATABASE_URL": url}
        status = run_child(
            [*PYTHON, str(CHECKOUT / "manage.py"), *arguments], env=environment
        )
        if command == "migrate":
            roles.grant_use(opened.owner, opened.role)
        return status


def bench(arguments: list[str]) -> int:
    """One benchmark against a scratch database of its own, or the list of them."""
    benchmarks = _find_benchmarks()
    if not arguments or arguments[0].startswith("-"):
        for name, about in benchmarks.items():
            print(f"{name:24} {about}".rstrip())
        return 0
    name = arguments[0]
    if name not in benchmarks:
        known = ", ".join(benchmarks) or "-"
        print(
            f"ไม่มีการวัดชื่อ {name} / No benchmark is named {name}: {known}",
            file=sys.stderr,
        )
        return 2
    require_system()
    with (
        _database(var_folder(), name=f"portal_bench_{name}_{os.getpid()}") as opened,
        tempfile.TemporaryDirectory(prefix="portal-bench-") as state,
    ):
        os.environ["PORTAL_VAR"] = state
        # Some compare with bare tables, which only the owner makes
        os.environ["DATABASE_URL"] = opened.owner
        try:
            with database.setup_lock(opened.owner):
                _prepare(opened, ["migrate", "static"])
            os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
            return run_child(
                [*PYTHON, "-m", f"tests.benchmarks.{name}", *arguments[1:]]
            )
        finally:
            database.drop_database(opened.owner)


def _find_benchmarks() -> dict[str, str]:
    """{name: the first line of its docstring} of every benchmark, sorted by name."""
    found: dict[str, str] = {}
    for path in sorted(BENCHMARKS.glob("*.py")):
        if path.stem.startswith(("_", "conftest")):
            continue
        docstring = ast.get_docstring(ast.parse(path.read_text())) or ""
        found[path.stem] = docstring.partition("\n")[0]
    return found


def _bind(host: str, port: int) -> socket.socket:
    """A socket on the port, to which nobody is listened yet; else a Problem."""
    deadline = (
        time.monotonic() + 1
    )  # processes of a killed portal let go of the port in a moment
    while True:
        try:
            addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            family, kind, protocol, _, address = addresses[0]
            listener = socket.socket(family, kind, protocol)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            return listener
        except OSError as error:
            if error.errno == errno.EADDRINUSE and time.monotonic() < deadline:
                time.sleep(0.2)
                continue
            raise _port_problem(host, port, error) from error


def _port_problem(host: str, port: int, error: OSError) -> Problem:
    if error.errno == errno.EADDRINUSE:
        next_port = port + 1 if port < LAST_PORT else 8000
        return Problem(
            f"พอร์ต {port} มีโปรแกรมอื่นใช้อยู่: ปิดโปรแกรมนั้น หรือเลือกพอร์ตอื่นด้วย --port",
            f"Port {port} of {host} is in use by another program. Stop that program, or choose another port: "
            f"./portal run --port {next_port}",
        )
    return Problem(
        f"รับฟังที่ {host} พอร์ต {port} ไม่ได้: เลือกที่อยู่หรือพอร์ตอื่นด้วย --host และ --port",
        f"The portal cannot listen on {host}, port {port} ({error.strerror}). Choose another "
        "with --host and --port; "
        "ports below 1024 need root.",
    )


def require_system(for_tests: bool = False) -> None:
    missing = system.missing_pdf_packages()
    if for_tests:
        missing += system.missing_test_packages()
    if not os.environ.get("DATABASE_URL") and not has_postgres():
        missing.append("postgresql")
    system.require_packages(missing)
    require_thai_breaking()


def require_number_of_processes() -> None:
    given = os.environ.get("PORTAL_WEB_PROCESSES", "")
    if read_web_processes(given) is None:
        raise Problem(
            f"PORTAL_WEB_PROCESSES={given}: ต้องเป็นตัวเลข 1 ถึง {MOST_WEB_PROCESSES} แก้ไขหรือลบตัวแปรนี้แล้วสั่งใหม่",
            f"PORTAL_WEB_PROCESSES={given} is no number from 1 to {MOST_WEB_PROCESSES}. Correct it or "
            "unset it, then start this command again.",
        )


@contextlib.contextmanager
def _only_portal_of(var: Path) -> Iterator[None]:
    """Two portals on one folder of state would overwrite each other's static files."""
    with open(var / "portal.running", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Problem(
                f"มีระบบที่ใช้โฟลเดอร์ {var} ทำงานอยู่แล้ว: หยุดระบบนั้นก่อน หรือกำหนดโฟลเดอร์อื่นด้วย PORTAL_VAR",
                f"A portal is already running on {var}. Stop it first, or give this one a folder of its own: "
                "PORTAL_VAR=/other/folder ./portal run --port N",
            ) from error
        yield


@dataclass(frozen=True)
class OpenDatabase:
    """A database that is fit, and how to enter it. Without a second address the portal is the owner."""

    cluster: PostgresCluster | None
    owner: str  # the address of the role that owns the tables and migrates them
    portal: str  # the address of the role that the portal runs under

    @property
    def role(self) -> str:
        return roles.role_of(self.portal)


@contextlib.contextmanager
def _database(
    var: Path, name: str | None = None, scratch: bool = False
) -> Iterator[OpenDatabase]:
    """A fit database, the portal's address in DATABASE_URL: the given server's, else the private cluster's.

    With a `name` it is another database of that server, made here. The owner's address goes to no other process.
    """
    with contextlib.ExitStack() as stack:
        cluster = None
        url = os.environ.get("DATABASE_URL", "")
        owner = os.environ.pop("DATABASE_OWNER_URL", "") or url
        if owner and not url:
            raise Problem(
                "มี DATABASE_OWNER_URL แต่ไม่มี DATABASE_URL: ระบุทั้งสองค่า แล้วสั่งใหม่",
                "DATABASE_OWNER_URL is set, DATABASE_URL is not: name both, the owner and the role the portal runs "
                "under, then start this command again.",
            )
        if not url:
            cluster = stack.enter_context(running_cluster(var, scratch))
            owner = cluster.url(name or "portal")
            url = cluster.url(name or "portal", roles.PORTAL_ROLE)
            database.make_database(owner)
            roles.make_portal_role(owner)
        elif name:
            url = database.with_name(url, name)
            owner = database.with_name(owner, name)
            database.make_database(owner)
        database.require_fit(owner)
        os.environ["DATABASE_URL"] = url
        yield OpenDatabase(cluster, owner, url)


def _prepare(opened: OpenDatabase, steps: list[str]) -> None:
    """Takes the steps as the owner, then gives the portal its tables; call it under `setup_lock`."""
    _take_steps(opened.owner, steps)
    roles.grant_use(opened.owner, opened.role)


def _take_steps(url: str, steps: list[str]) -> None:
    environment = os.environ | {"DATABASE_URL": url}
    status = run_child(
        [*PYTHON, "-m", "hearing_portal.launch.prepare", *steps], env=environment
    )
    if status != 0:
        raise Problem(
            "เตรียมฐานข้อมูลหรือไฟล์ไม่สำเร็จ: ดูข้อความด้านบน แก้ไขแล้วสั่งใหม่ ข้อมูลเดิมยังอยู่",
            "Preparing the database or the files failed: read the lines above, mend the cause, "
            "then start this command "
            "again. What was stored before is kept.",
        )


def own_address(host: str, port: int) -> dict[str, str]:
    """What the portal takes for its own names and address where nobody says otherwise; nothing on every address, as
    nobody can say which names lead here."""
    if host in EVERY_ADDRESS:
        return {}
    named = f"[{host}]" if ":" in host else host
    return {
        # Django answers only to names it knows
        "PORTAL_HOSTS": f"localhost,127.0.0.1,[::1],{host}",
        # What is printed and sent leads to where this portal answers
        "PORTAL_URL": f"http://{named}:{port}",
    }


def _serve(
    listener: socket.socket,
    host: str,
    var: Path,
    cluster: PostgresCluster | None,
) -> None:
    port = listener.getsockname()[1]
    for name, value in own_address(host, port).items():
        os.environ.setdefault(name, value)
    listener.listen(2048)
    descriptor = listener.fileno()
    web = (*PYTHON, "-m", "hearing_portal.launch.web", str(descriptor))
    worker = (*PYTHON, str(CHECKOUT / "manage.py"), "run_worker")
    watched: list[Watched] = []
    for number in range(WEB_PROCESSES):
        watched.append(Watched(f"web {number + 1}", web, number, (descriptor,)))
    watched.append(
        Watched("worker", worker, WEB_PROCESSES, silent_for=WORKER_SILENT_FOR)
    )

    def announce_ready() -> None:
        shown = "127.0.0.1" if host in (*EVERY_ADDRESS, "localhost") else host
        address = f"http://{shown}:{port}/"
        print(f"Portal ready: {address}", flush=True)
        if not database.has_admin_role(os.environ["DATABASE_URL"]):
            setup_link = (
                *PYTHON,
                str(CHECKOUT / "manage.py"),
                "setup_link",
                "--if-needed",
                "--address",
                address,
            )
            run_child(setup_link)

    def keep_nothing() -> None:
        """A database that others keep."""

    keep_database = KeptServer(cluster, var).keep if cluster else keep_nothing
    supervise(watched, listener, announce_ready, keep_database)
