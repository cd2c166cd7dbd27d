"""The shape of the code: who may import whom, one module to each library, nothing that happens at a distance."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("hearing_portal", "manuals", "comments")

# Who stands above whom. Each line may import what stands in the lines before it, and itself.
APPS = [
    "hearing_portal.refusals hearing_portal.shipped_lists hearing_portal.thai",
    "hearing_portal.acts",
    "hearing_portal.directory hearing_portal.jobs",
    "hearing_portal.offline_reading",
    "manuals",
    "comments",
]
ROOMS = {
    "hearing_portal.directory": [
        "models acts permissions actors access locks field_words",
        "contact",
        "sign_in",
        "people",
        "setup",
        "groups offices",
        "importing",
        "lists",
        "loading",
        "demonstration admin",
        "apps tasks urls management",
    ],
    "manuals": [
        "models content field_labels ranks labels source",
        "word",
        "entries edition_memory own_reasons permissions queries acts access facts wording merging combining",
        "law",
        "flowchart",
        "reading",
        "teamwork",
        "conformity",
        "drafting",
        "reviewing",
        "previewing",
        "versions",
        "editions",
        "comparing",
        "searching",
        "importing",
        "exchange",
        "pdf",
        "word_export",
        "apps tasks urls management templatetags",
    ],
    "comments": [
        "models limits",
        "acts permissions issue_classes citations tallies results merging links",
        "standing",
        "live",
        "hearings",
        "commenting",
        "receipts",
        "moderating",
        "speakers",
        "arrivals",
        "floor",
        "polls",
        "motions",
        "returned_copies",
        "assigning advising",
        "deciding",
        "answer_blocks",
        "positions",
        "anchoring",
        "overlaps",
        "duplicates",
        "releasing",
        "tracing",
        "desk",
        "matrix",
        "reading",
        "wall",
        "conclusions",
        "considered",
        "preparation",
        "audit",
        "papers",
        "evidence",
        "notices",
        "demonstration rehearsal",
        "apps tasks urls management templatetags",
    ],
}
# Inside a room (a name may be a file or a folder): queries give rows and counts, presentation makes cards and words,
# access fetches what a view is about, with permission. What is not named here stands wherever the room needs it.
LAYERS = [
    "models",
    "refusals",
    "queries",
    "services",
    "forms",
    "presentation",
    "access",
    "views",
    "urls",
]
# Addresses belong to what is shown; a query gives rows, a service acts
WITHOUT_ADDRESSES = {"models", "queries", "services"}


@cache
def modules() -> dict[str, ast.Module]:
    """{dotted name: tree} of all our code without migrations."""
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(
            ".__init__"
        ): ast.parse(path.read_text())
        for path in paths
        if "migrations" not in path.parts
    }


def imports(name: str) -> Iterator[str]:
    """Dotted names of all a module imports, wherever in it."""
    is_package = (ROOT / Path(*name.split("."), "__init__.py")).exists()
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = (
                name.split(".")[: len(name.split(".")) - node.level + is_package]
                if node.level
                else []
            )
            source = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def cite_entry(name: str, table: list[str], prefix: str = "") -> tuple[int, str] | None:
    """(line in the table, the entry's own name) of a module; None for what the table does not name."""
    for number, line in enumerate(table):
        for entry in line.split():
            full = prefix + entry
            if name == full or name.startswith(f"{full}."):
                return number, entry
    return None


def all_imports() -> Iterator[tuple[str, str]]:
    """(module, what it imports) where both are ours."""
    for name in modules():
        for target in imports(name):
            if target.split(".")[0] in PACKAGES:
                yield name, target


def test_apps_import_only_what_stands_below_them() -> None:
    wrong = []
    for name, target in all_imports():
        here, there = cite_entry(name, APPS), cite_entry(target, APPS)
        if here and there and there[0] > here[0]:
            wrong.append(f"{name} imports {target}")
    assert wrong == []


def rooms_of(
    name: str, target: str
) -> Iterator[tuple[str, tuple[int, str], tuple[int, str]]]:
    """(app, room of `name`, room of `target`) where both stand in the same app."""
    for app, table in ROOMS.items():
        here, there = (
            cite_entry(name, table, f"{app}."),
            cite_entry(target, table, f"{app}."),
        )
        if here and there:
            yield app, here, there


def test_every_module_stands_in_a_room() -> None:
    homeless = [
        name
        for name in modules()
        for app, table in ROOMS.items()
        if name.startswith(f"{app}.") and cite_entry(name, table, f"{app}.") is None
    ]
    assert homeless == []


def test_rooms_import_only_what_stands_below_them() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, target in all_imports()
        for _, here, there in rooms_of(name, target)
        if there[0] > here[0]
    ]
    assert wrong == []


def layer_of(name: str, app: str, room: str) -> str | None:
    inside = name.removeprefix(f"{app}.{room}").strip(".").split(".")[0]
    return inside if inside in LAYERS else None


def test_inside_a_room_imports_go_down_the_layers() -> None:
    wrong = []
    for name, target in all_imports():
        for app, (_, here), (_, there) in rooms_of(name, target):
            if here != there:
                continue
            above, below = layer_of(name, app, here), layer_of(target, app, there)
            if above and below and LAYERS.index(below) > LAYERS.index(above):
                wrong.append(f"{name} imports {target}")
    assert wrong == []


def test_no_room_imports_the_views_of_another() -> None:
    wrong = []
    for name, target in all_imports():
        for app, (_, here), (_, there) in rooms_of(name, target):
            if here not in (there, "urls") and layer_of(target, app, there) == "views":
                wrong.append(f"{name} imports {target}")
    assert wrong == []


def test_models_know_no_permissions() -> None:
    wrong = [
        f"{name} imports {target}"
        for name, target in all_imports()
        if ".models" in name and f"{name.split('.models')[0]}.permissions" in target
    ]
    assert wrong == []


def test_only_what_is_shown_has_addresses() -> None:
    wrong = []
    for name in modules():
        if WITHOUT_ADDRESSES & set(name.split(".")) and "django.urls.reverse" in set(
            imports(name)
        ):
            wrong.append(name)
    assert wrong == []


# The modules that may import each library that is not Django's; a new one is written here first
LIBRARY_USERS = {
    "a2wsgi": ("hearing_portal.web.lanes",),
    "allauth": ("hearing_portal.directory.sign_in",),
    "cryptography": ("hearing_portal.signing_key",),
    "docx": ("manuals.word",),
    "docxtpl": ("comments.papers.form_filler",),
    "fontTools": ("manuals.pdf",),
    "jinja2": ("comments.papers.form_filler",),
    "lxml": (
        "manuals.word",
        "comments.papers.form_checking",
        "comments.papers.form_filler",
    ),
    "nh3": ("hearing_portal.thai.text",),
    "nlpo3": ("hearing_portal.thai.words",),
    "pikepdf": ("manuals.pdf",),
    "pypdfium2": ("manuals.importing.pdf_source", "manuals.importing.pdf_tables"),
    "PIL": ("hearing_portal.jobs.pictures", "manuals.pdf.chart_painting"),
    "procrastinate": ("hearing_portal.jobs",),
    "psycopg": (
        "hearing_portal.live.hub",
        "hearing_portal.settings",
        "hearing_portal.launch",
        "hearing_portal.postgres",
    ),
    "pydyf": ("manuals.pdf",),
    "pythainlp": ("hearing_portal.thai.words",),
    "python_calamine": ("hearing_portal.spreadsheets",),
    "rapidfuzz": (
        "hearing_portal.thai",
        "manuals.importing",
        "comments.returned_copies.sheet_rows",
    ),
    "reversion": ("manuals.models", "manuals.drafting.services"),
    "segno": ("manuals.pdf", "comments.receipts", "comments.wall"),
    "simple_history": ("hearing_portal.acts.history",),
    "uvicorn": ("hearing_portal.launch",),
    "weasyprint": ("manuals.pdf",),
    "whitenoise": (
        "hearing_portal.web.static_files",
        "hearing_portal.web.outside_pages",
    ),
    "xlsxwriter": ("hearing_portal.spreadsheets",),
}


def test_each_library_is_imported_by_its_own_modules() -> None:
    own = {*sys.stdlib_module_names, *PACKAGES, "django", "asgiref"}
    found = {
        (name, target.split(".")[0]) for name in modules() for target in imports(name)
    }
    wrong = {
        f"{name} imports {library}"
        for name, library in found
        if library not in own
        and not any(
            name == user or name.startswith(f"{user}.")
            for user in LIBRARY_USERS.get(library, ())
        )
    }
    assert wrong == set()


def test_modules_are_named_for_something() -> None:
    empty_words = {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "core",
        "misc",
        "tools",
        "managers",
    }
    assert [name for name in modules() if empty_words & set(name.split("."))] == []


def test_nothing_happens_at_a_distance() -> None:
    """No signals: who reads an act reads all it does. No VersionAdmin: its admin reverts inside a GET."""
    distant = (
        "django.dispatch",
        "django.db.models.signals",
        "reversion.admin",
        "reversion.signals",
    )
    wrong = [
        f"{name} imports {target}"
        for name in modules()
        for target in imports(name)
        if target.startswith(distant) or name.endswith(".signals")
    ]
    assert wrong == []


def test_no_model_overrides_save_or_delete() -> None:
    own = [
        model
        for model in apps.get_models()
        if model.__module__.split(".")[0] in PACKAGES
    ]
    assert len(own) > 40
    overridden = [
        f"{base.__name__}.{method}"
        for model in own
        for base in model.__mro__
        for method in ("save", "delete", "save_base")
        if base.__module__.split(".")[0] in PACKAGES and method in vars(base)
    ]
    assert overridden == []


# -- what the two histories cannot see -------------------------------------------------------------------------

WRITTEN_BY_ACTS = {"Section", "Clause", "SectionVersion", "ClauseChange"}
# The steps of apply_changes
WRITERS_OF_ACTS = {
    "manuals.drafting.services.section_writer",
    "manuals.drafting.services.clause_writer",
    "manuals.drafting.services.recording",
}
UNTRACKED = {
    "Job",
    "StoredFile",
}  # by [R] and [H] of the data model; writing them in bulk hides nothing


def test_rows_are_written_in_bulk_only_by_services() -> None:
    """Both history libraries miss `.update()` and `bulk_*`; a service that uses them says so itself."""
    wrong = [
        f"{name}:{call.lineno}"
        for name, tree in modules().items()
        if ".services" not in name
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and is_bulk_write(call)
        and root_of(call) not in UNTRACKED
    ]
    assert wrong == []


def is_bulk_write(call: ast.Call) -> bool:
    """A dict's update takes no keywords in our code; a query set's takes nothing else."""
    if not isinstance(call.func, ast.Attribute):
        return False
    return call.func.attr.startswith(("bulk_", "abulk_")) or (
        call.func.attr == "update" and bool(call.keywords)
    )


def root_of(node: ast.expr) -> str:
    """`Job` of `Job.objects.filter(…).update(…)`; "" when it does not begin with a name."""
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Call):
            node = node.func
        elif isinstance(node, (ast.Attribute, ast.Subscript)):
            node = node.value
        else:
            return ""
    return node.id


def test_sections_and_clauses_have_one_writer() -> None:
    makers = {
        "create",
        "get_or_create",
        "update_or_create",
        "update",
        "delete",
        "bulk_create",
        "bulk_update",
    }
    wrong = []
    for name, tree in modules().items():
        if name in WRITERS_OF_ACTS:
            continue
        tracked = {
            target.split(".")[-1] for target in imports(name) if ".models" in target
        } & WRITTEN_BY_ACTS
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            is_made = isinstance(call.func, ast.Name) and call.func.id in tracked
            is_written = (
                isinstance(call.func, ast.Attribute) and call.func.attr in makers
            )
            if is_made or (is_written and root_of(call) in tracked):
                wrong.append(f"{name}:{call.lineno}")
    assert wrong == []


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
