"""What goes wrong on an operator's machine is told in one paragraph that says what to do."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.launch.conftest import bare_path, give_to_the_server, portal, problem


def test_a_port_in_use(var):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        told = problem(portal("run", "--port", str(port), var=var))
    assert f"Port {port} of 127.0.0.1 is in use" in told
    assert f"--port {port + 1}" in told
    assert os.listdir(var) == []


def test_an_address_of_another_machine(var):
    told = problem(portal("run", "--host", "192.0.2.1", "--port", "0", var=var))
    assert "cannot listen on 192.0.2.1" in told


@pytest.mark.parametrize("number", ["0", "65", "two"])
def test_a_number_of_processes_that_is_none(var, number):
    result = portal("run", "--port", "0", var=var, PORTAL_WEB_PROCESSES=number)
    assert f"PORTAL_WEB_PROCESSES={number}: ต้องเป็นตัวเลข 1 ถึง 64" in problem(result)


def test_no_postgresql(var, tmp_path):
    path = bare_path(tmp_path / "path")
    told = problem(
        portal("run", "--port", "0", var=var, PATH=path, PORTAL_POSTGRES_BIN=path)
    )
    assert (
        "Run: sudo apt-get install -y --no-install-recommends postgresql and start"
        in told
    )


def test_the_postgresql_that_made_the_data_is_gone(var):
    data = var / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("14\n")
    give_to_the_server(var / "postgres")
    told = problem(portal("manage", "check", var=var))
    assert "the data was made by that version" in told
    assert "apt-get install -y postgresql-14" in told


def test_no_thai_dictionary(var, tmp_path):
    """A copy of libthai that looks for its dictionary where there is none."""
    library = find_library("libthai.so.0")
    blind = library.read_bytes().replace(b"/usr/share/libthai", b"/usr/share/nowhere")
    assert blind != library.read_bytes()
    (tmp_path / library.name).write_bytes(blind)
    told = problem(portal("run", "--port", "0", var=var, LD_LIBRARY_PATH=str(tmp_path)))
    assert "Thai lines cannot be broken" in told
    assert "apt-get install --reinstall -y libthai-data libthai0" in told


def test_a_library_of_the_pdf_is_missing(var, tmp_path):
    path = bare_path(tmp_path / "path")
    (tmp_path / "libpangoft2-1.0.so.0").write_bytes(b"")
    told = problem(
        portal("run", "--port", "0", var=var, PATH=path, LD_LIBRARY_PATH=str(tmp_path))
    )
    assert (
        "Run: sudo apt-get install -y --no-install-recommends libpangoft2-1.0-0 and start"
        in told
    )


def find_library(name: str) -> Path:
    return next(
        path
        for folder in ("/lib", "/usr/lib")
        for path in Path(folder).glob(f"*/{name}")
    )


def test_a_state_folder_that_is_a_file(var):
    (var / "state").write_text("")
    told = problem(portal("manage", "check", var=var / "state"))
    assert f"cannot keep its state in {var / 'state'} (" in told
    assert "PORTAL_VAR" in told


def test_a_damaged_key(var):
    (var / "secret-key").write_text("short")
    told = problem(portal("manage", "check", var=var))
    assert f"{var / 'secret-key'} is damaged" in told
    assert "Delete it" in told


@pytest.mark.parametrize(
    "files", [[], ["PG_VERSION"]], ids=["empty", "without its files"]
)
def test_a_damaged_database(var, files):
    folder = var / "postgres"
    (folder / "data").mkdir(parents=True, mode=0o700)
    with psycopg.connect(os.environ["DATABASE_URL"]) as server:
        major = server.info.server_version // 10000
    for name in files:
        (folder / "data" / name).write_text(f"{major}\n")
    give_to_the_server(folder)
    told = problem(portal("manage", "check", var=var))
    assert f"The database in {folder} does not start" in told
    assert f"mv {folder} {folder}.damaged" in told
    assert os.listdir(folder / "data") == files


def test_a_database_folder_that_is_not_there(var):
    (var / "postgres.folder").write_text("/var/lib/hearing-portal/gone\n")
    told = problem(portal("manage", "check", var=var))
    assert "/var/lib/hearing-portal/gone, which is not there" in told


@pytest.fixture
def latin_database() -> Iterator[str]:
    """A database on the tests' server whose locale knows no Thai letters."""
    url, name = os.environ["DATABASE_URL"], f"portal_latin_{os.getpid()}"
    with psycopg.connect(
        make_conninfo(url, dbname="postgres"), autocommit=True
    ) as server:
        server.execute(
            f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
        )
        yield make_conninfo(url, dbname=name)
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_database_whose_locale_breaks_thai_trigrams(var, latin_database):
    told = problem(portal("manage", "check", var=var, DATABASE_URL=latin_database))
    assert "breaks Thai trigrams" in told
    assert "createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8" in told


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:1/portal", "sqlite:///portal.db"]
)
def test_a_database_that_cannot_be_reached(var, url):
    told = problem(portal("manage", "check", var=var, DATABASE_URL=url))
    assert "check DATABASE_URL (postgresql://user:password@host:port/name)" in told


def test_an_owner_without_the_portals_own_address(var):
    told = problem(
        portal(
            "manage", "check", var=var, DATABASE_OWNER_URL=os.environ["DATABASE_URL"]
        )
    )
    assert "DATABASE_OWNER_URL is set, DATABASE_URL is not" in told


@pytest.mark.parametrize(
    "arguments", [[], ["serve"], ["run", "--nothing"], ["bench", "nothing"]]
)
def test_a_wrong_call_gives_help(var, arguments):
    result = portal(*arguments, var=var)
    assert (result.returncode, result.stdout) == (2, "")
    assert any(
        word in result.stderr
        for word in ("./portal run", "No benchmark is named nothing")
    )


def test_the_help_names_the_four_commands(var):
    result = portal("help", var=var)
    assert result.returncode == 0
    for command in ("run", "test", "manage", "bench"):
        assert f"./portal {command}" in result.stdout


def test_a_full_disk_of_the_database(var):
    """The kernel refuses every byte, as a full disk does: what is stored is whole, and the answer says so."""
    use = ("manage", "dbshell", "--", "-c", "SELECT 1")
    assert portal(*use, var=var).returncode == 0
    told = problem(portal(*use, var=var, world=("prlimit", "--fsize=0")))
    assert "เต็ม ฐานข้อมูลจึงเริ่มไม่ได้ ข้อมูลเดิมยังอยู่ครบ" in told
    assert "ข้อมูลอาจเสียหาย" not in told
    assert portal(*use, var=var).returncode == 0
