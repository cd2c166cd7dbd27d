"""Differences of Thai wordings: what ours, lxml's htmldiff and diff-match-patch mark, and how long they take.

300 clauses of real text, about LETTERS code points each, get three word edits each: a word replaced, left out and put
in, with a fixed seed. "Marked" is the share of both wordings that is shown as removed or put in; a broken clause has a
change that begins or ends inside a cluster, what stands in one place on the screen: a letter with its vowels and marks.

Required: ours marks at most 4 % and breaks none. Of texts of 1,600 tokens, whose tokens are stored, ours takes at most
1.5 times as long as the compiled diff (fast-diff-match-patch, C++, given the same tokens as letters); with the tokens
made anew at most a fifth of diff-match-patch in Python. The least of many runs, taken in turn, counts.

The two packages are no dependency of the portal: they are put into a temporary folder, by hash, and the compiled one is
built from its source, which wants a C++ compiler.
"""

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any, NamedTuple

from hearing_portal.launch.commands import CHECKOUT
from hearing_portal.thai.diff import diff_sequences, diff_tokens
from hearing_portal.thai.script import cluster_ends
from hearing_portal.thai.words import tokenize

CLAUSES, LETTERS, TOKENS, ROUNDS = 300, 500, 1_600, 40
MOST_MARKED, MOST_OF_COMPILED, MOST_OF_PYTHON = 0.04, 1.5, 0.2
# The first builds the last, whose archive has no wheel for this Python
BUILDER = "setuptools==84.2.1 --hash=sha256:ca140b45d5325a9478f880e351484f62fef15f336462e449ca0c03c873d589c2"
PACKAGES = """
diff-match-patch==20241021 --hash=sha256:93cea333fb8b2bc0d181b0de5e16df50dd344ce64828226bda07728818936782
fast-diff-match-patch==2.1.0 --hash=sha256:ac402d7bff04a84f363cc5bfa948509bc4ef8442c6ebdd564c44dc39613bec40
"""
THAI_WORD = re.compile("[ก-๎]{3,}")


class Change(NamedTuple):
    """A removed ("-") or added ("+") stretch: where it stands in its own wording, in code points."""

    sign: str
    start: int
    end: int


type Pair = tuple[str, str]
type Differ = Callable[[str, str], Iterable[Change]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write the figures there too"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-bench-diff-") as folder:
        install(Path(folder))
        sys.path.append(folder)
        figures = measure()
    for name, value in figures.items():
        print(f"{name:44} {value}")
    if options.json:
        options.json.write_text(json.dumps(figures, ensure_ascii=False, indent=1))
    return 0 if figures["requirement met"] else 1


def install(folder: Path) -> None:
    pip = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
    ]
    pip += ["--require-hashes", "--target", str(folder), "--upgrade"]
    wanted = folder / "wanted.txt"
    for lines, more in ((BUILDER, []), (PACKAGES, ["--no-build-isolation"])):
        wanted.write_text(lines)
        environment = {
            "PYTHONPATH": str(folder),
            "PATH": "/usr/local/bin:/usr/bin:/bin",
        }
        done = subprocess.run(
            [*pip, *more, "-r", str(wanted)],
            env=environment,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            sys.exit(
                f"the packages to compare with could not be installed:\n{done.stdout}{done.stderr}"
            )


def measure() -> dict[str, Any]:
    chance = random.Random(2565)
    pairs = list(make_pairs(chance))
    figures: dict[str, Any] = {
        "clauses": len(pairs),
        "code points of a clause": round(
            sum(len(old) for old, _ in pairs) / len(pairs)
        ),
    }
    differs = {"ours": by_ours, "diff-match-patch": by_python, "htmldiff": by_lxml}
    for name, differ in differs.items():
        marked, broken = judge(pairs, differ)
        figures[f"{name}: marked"] = round(marked, 4)
        figures[f"{name}: clauses broken"] = broken
    figures |= measure_times(chance)
    figures["requirement met"] = (
        figures["ours: marked"] <= MOST_MARKED
        and figures["ours: clauses broken"] == 0
        and figures["stored tokens / compiled"] <= MOST_OF_COMPILED
        and figures["tokens made anew / Python"] <= MOST_OF_PYTHON
    )
    return figures


# --- the wordings


def make_pairs(chance: random.Random) -> Iterator[Pair]:
    texts = list(real_texts(LETTERS))
    for text in chance.sample(texts, CLAUSES):
        yield text, "".join(edit(tokenize(text), 3, chance))


def real_texts(letters: int) -> Iterator[str]:
    """Neighbouring lines of the manuals, joined until they are long enough."""
    for path in sorted((CHECKOUT / "fixtures" / "manuals").glob("25*/*/*.txt")):
        text = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            text = f"{text} {line.strip()}".strip()
            if len(text) >= letters:
                yield text
                text = ""


def edit(tokens: list[str], number: int, chance: random.Random) -> list[str]:
    """With a word replaced, one left out and one put in, by turns; never two beside each other."""
    edited = list(tokens)
    places = [
        place
        for place in range(1, len(tokens) - 1)
        if THAI_WORD.fullmatch(tokens[place])
    ]
    words = sorted({tokens[place] for place in places})
    chosen: list[int] = []
    while len(chosen) < number:
        place = chance.choice(places)
        if all(abs(place - other) > 2 for other in chosen):
            chosen.append(place)
    for turn, place in enumerate(chosen):
        other = chance.choice([word for word in words if word != tokens[place]])
        edited[place] = (other, "", f"{tokens[place]}{other}")[turn % 3]
    return edited


# --- what is marked


def judge(pairs: Iterable[Pair], differ: Differ) -> tuple[float, int]:
    """(the share of both wordings that is marked, how many clauses have a broken cluster)."""
    marked = letters = broken = 0
    for old, new in pairs:
        whole = {"-": {0, *cluster_ends(old)}, "+": {0, *cluster_ends(new)}}
        changes = list(differ(old, new))
        marked += sum(change.end - change.start for change in changes)
        letters += len(old) + len(new)
        broken += any(
            not {change.start, change.end} <= whole[change.sign] for change in changes
        )
    return marked / letters, broken


def by_ours(old: str, new: str) -> Iterator[Change]:
    for op in diff_tokens(old, new):
        if op.tag != "equal":
            yield Change("-", op.old_start, op.old_end)
            yield Change("+", op.new_start, op.new_end)


def by_python(old: str, new: str) -> Iterator[Change]:
    """With the clean-up its pages recommend for readers."""
    ends = {"-": 0, "+": 0}
    for sign, text in python_diff(old, new):
        for side in "-+" if sign == 0 else "-" if sign < 0 else "+":
            start = ends[side]
            ends[side] += len(text)
            if sign:
                yield Change(side, start, ends[side])


def python_diff(old: str, new: str) -> list[tuple[int, str]]:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    steps: list[tuple[int, str]] = engine.diff_main(old, new)
    engine.diff_cleanupSemantic(steps)
    return steps


HTML_PIECE = re.compile("<(/?)(ins|del)>|<[^>]*>")


def by_lxml(old: str, new: str) -> Iterator[Change]:
    """It drops blanks and puts others in: the marked text is looked up in its own wording."""
    from lxml.html.diff import htmldiff

    html = htmldiff(escape(old), escape(new))
    wordings = {"-": old, "+": new}
    ends = {"-": 0, "+": 0}
    inside = ""
    position = 0
    for tag in [*HTML_PIECE.finditer(html), None]:
        text = unescape(html[position : tag.start() if tag else len(html)])
        for side in inside or "-+":
            for word in text.split():
                start = wordings[side].index(word, ends[side])
                if inside and wordings[side][ends[side] : start].strip() == "":
                    yield Change(side, start, start + len(word))
                ends[side] = start + len(word)
        if tag is not None:
            position = tag.end()
            if tag[2]:
                inside = "" if tag[1] else {"ins": "+", "del": "-"}[tag[2]]


# --- how long it takes


def measure_times(chance: random.Random) -> dict[str, Any]:
    tokens = tokenize(" ".join(real_texts(LETTERS)))[:TOKENS]
    changed = [token for token in edit(tokens, TOKENS // 50, chance) if token]
    old, new = "".join(tokens), "".join(changed)
    runs = {
        "ours, stored tokens": lambda: diff_sequences(tokens, changed),
        "compiled, the same tokens": lambda: compiled_diff(tokens, changed),
        "ours, tokens made anew": lambda: diff_tokens(old, new),
        "diff-match-patch in Python": lambda: python_diff(old, new),
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            began = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - began)
    least = {name: min(seconds) for name, seconds in times.items()}
    figures: dict[str, Any] = {
        f"{name}, ms": round(1000 * seconds, 2) for name, seconds in least.items()
    }
    stored, compiled, anew, python = least.values()
    figures["stored tokens / compiled"] = round(stored / compiled, 2)
    figures["tokens made anew / Python"] = round(anew / python, 3)
    return figures


def compiled_diff(old: list[str], new: list[str]) -> list[tuple[str, int]]:
    """Each token as a letter of its own, as diff-match-patch compares lines."""
    from fast_diff_match_patch import diff

    letters: dict[str, str] = {}
    for token in (*old, *new):
        letters.setdefault(token, chr(0x100 + len(letters)))
    before = "".join([letters[token] for token in old])
    after = "".join([letters[token] for token in new])
    steps: list[tuple[str, int]] = diff(
        before, after, timelimit=0, checklines=False, cleanup="No", counts_only=True
    )
    return steps


if __name__ == "__main__":
    sys.exit(main())
