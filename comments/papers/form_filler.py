"""Fills Word forms, in a process of its own: it has no settings, no database and no keys, little memory and time.

Standard input is JSON: {"form": base64 of a Word file, "papers": [values], "head": name of the value that stands at the
head of each}. Standard output is, for each paper, its length in eight bytes and the filled file. What is wrong with a
form is told on standard error as one line of JSON ({"kind", "detail", "place"}: the paragraph with what is wrong in it,
where that is known), with exit status 3. Imports nothing of the portal.
"""

import base64
import io
import json
import re
import resource
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import ImmutableSandboxedEnvironment

MEMORY = 1 << 30  # bytes
REFUSED = 3
LARGEST_PRODUCT = 10**15
COMMAND = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
MARKUP = re.compile(r"<[^<>]*>")
BLOCKS = {"for", "if", "macro", "call", "filter", "with", "block", "raw", "autoescape"}
# What makes much of little: by a width, a count or a number of digits that the form gives
GROWING_FILTERS = [
    "batch",
    "center",
    "format",
    "indent",
    "pprint",
    "random",
    "replace",
    "round",
    "slice",
    "tojson",
    "urlize",
    "wordwrap",
    "xmlattr",
]
GROWING_METHODS = [
    "center",
    "expandtabs",
    "format",
    "format_map",
    "join",
    "ljust",
    "replace",
    "rjust",
    "translate",
    "zfill",
]


def fill_asked() -> None:
    asked = json.load(sys.stdin.buffer)
    seconds = 20 + len(asked["papers"])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    form = base64.b64decode(asked["form"])
    for values in asked["papers"]:
        filled = fill(form, values, values.get(asked.get("head", ""), ""))
        sys.stdout.buffer.write(len(filled).to_bytes(8, "big"))
        sys.stdout.buffer.write(filled)


def put_at_head(document: Any, words: str) -> None:
    body = document.element.body
    said = "".join(each.text or "" for each in body.iter() if isinstance(each.tag, str))
    if words and "".join(words.split()) not in "".join(said.split()):
        body.insert(0, document.add_paragraph(words)._p)


@dataclass
class FormPart:
    """The part of the form that is read or filled: its words, a line for each paragraph, and the line at which reading
    it was refused."""

    source: str = ""
    line: int = 0


def fill(form: bytes, values: dict[str, Any], head: str = "") -> bytes:
    """One paper, with those words at its head where it does not say them. Ends the process where the form cannot be
    filled."""
    from docxtpl import DocxTemplate  # type: ignore[import-untyped]
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.exceptions import SecurityError, UndefinedError
    from lxml.etree import XMLSyntaxError

    part = FormPart()
    sandbox = make_sandbox(part, autoescape=True, undefined=StrictUndefined)
    try:
        template = DocxTemplate(io.BytesIO(form))
        template.render(values, sandbox, autoescape=True)
        put_at_head(template.docx, head)
        filled = io.BytesIO()
        template.save(filled)
        return filled.getvalue()
    except SecurityError as error:
        known = str(error) in ("growing", "nested", "listed")
        refuse(str(error) if known else "forbidden", error, locate_mistake(part, error))
    except UndefinedError as error:
        refuse("unknown", error, locate_mistake(part, error))
    except TemplateError as error:
        refuse("syntax", error, locate_mistake(part, error))
    except XMLSyntaxError as error:
        refuse("layout" if part.source else "broken", error)
    except MemoryError as error:
        refuse("too-large", error)
    except Exception as error:
        place = locate_mistake(part, error)
        refuse("unfit" if place else "broken", error, place)


def make_sandbox(part: FormPart, **options: Any) -> "ImmutableSandboxedEnvironment":
    """Plain values only, and nothing that makes a long text or a large number of a short form: it would take the
    process all its time and memory while somebody waits. It notes in `part` what it reads."""
    from jinja2 import nodes
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    elsewhere = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)

    def refuse_growing(*_args: object, **_named: object) -> NoReturn:
        raise SecurityError("growing")

    class Sandbox(ImmutableSandboxedEnvironment):
        # Constants are not computed while the form is read either
        intercepted_binops = frozenset({"*", "**", "%"})

        def _parse(self, source: str, *named: Any) -> nodes.Template:
            part.source = source
            tree = super()._parse(source, *named)
            leaving = next(iter(tree.find_all(elsewhere)), None)
            if leaving is not None:
                part.line = leaving.lineno
                raise SecurityError("elsewhere")
            nested = find_nested_loop(tree)
            if nested is not None:
                part.line = nested.lineno
                raise SecurityError("nested")
            return tree

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            numbers = isinstance(left, int | float) and isinstance(right, int | float)
            if operator == "**" or not numbers:
                refuse_growing()
            if operator == "*" and abs(left * right) > LARGEST_PRODUCT:
                refuse_growing()
            return super().call_binop(context, operator, left, right)

        def call(self, context: Any, called: Any, *args: Any, **named: Any) -> Any:
            if getattr(called, "__name__", "") in GROWING_METHODS:
                refuse_growing()
            return super().call(context, called, *args, **named)

    sandbox = Sandbox(**options, finalize=require_words)
    sandbox.globals.clear()  # neither range nor cycler nor lipsum
    for name in GROWING_FILTERS:
        sandbox.filters[name] = refuse_growing
    return sandbox


def require_words(value: object) -> object:
    """What a field prints: a list, a row or a method would stand in the paper as a program writes it. Of an unknown
    name the printing itself is refused."""
    from jinja2 import Undefined
    from jinja2.exceptions import SecurityError

    if isinstance(value, str | int | float | Undefined):
        return value
    raise SecurityError("listed")


def find_nested_loop(
    node: "nodes.Node", rows: frozenset[str] | None = None
) -> "nodes.For | None":
    """A loop that goes through a list once for each row of another: of some hundred comments that is more than the
    process has time for. What a row of the outer loop holds (a group of `groupby`) is gone through once in all.

    `rows` are the names of the rows of the loops around the node; None outside of any."""
    from jinja2 import nodes

    for child in node.iter_child_nodes():
        inside = rows
        if isinstance(child, nodes.Macro):
            inside = rows or frozenset()  # it may be called in a loop
        elif isinstance(child, nodes.For):
            listed: nodes.Node = child.iter
            while isinstance(listed, nodes.Getattr | nodes.Getitem):
                listed = listed.node
            is_of_row = isinstance(listed, nodes.Name) and listed.name in (rows or ())
            if child.recursive or (rows is not None and not is_of_row):
                return child
            named = [child.target, *child.target.find_all(nodes.Name)]
            own = {name.name for name in named if isinstance(name, nodes.Name)}
            inside = (rows or frozenset()) | own
        found = find_nested_loop(child, inside)
        if found is not None:
            return found
    return None


def locate_mistake(part: FormPart, error: BaseException) -> str:
    """The commands of the paragraph in which something went wrong, or its words; "" where that is not known."""
    line = part.line
    if "end of template" in str(error).lower():
        line = find_unclosed(part.source)
    elif not line:
        line = getattr(error, "lineno", None) or 0
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    lines = part.source.split("\n")
    if not 0 < line <= len(lines):
        return ""
    commands = COMMAND.findall(lines[line - 1])
    named = re.search(r"'([^']+)'(?: is undefined|$)", str(error))
    if named is not None:
        commands = [each for each in commands if named[1] in each] or commands
    if commands:
        return " ".join(MARKUP.sub("", each) for each in commands[:3])
    return MARKUP.sub("", lines[line - 1]).strip()


def find_unclosed(source: str) -> int:
    """The line of the last command that begins something and has no end; 0 for none."""
    lines_of_open: list[int] = []
    for number, line in enumerate(source.split("\n"), start=1):
        for word in re.findall(r"\{%-?\s*(\w+)", line):
            if word in BLOCKS:
                lines_of_open.append(number)
            elif word.startswith("end") and lines_of_open:
                lines_of_open.pop()
    return lines_of_open[-1] if lines_of_open else 0


def refuse(kind: str, error: BaseException, place: str = "") -> NoReturn:
    told = {"kind": kind, "detail": str(error)[:300], "place": place[:120]}
    print(json.dumps(told), file=sys.stderr)
    sys.exit(REFUSED)


if __name__ == "__main__":
    fill_asked()
