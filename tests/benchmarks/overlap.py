"""The similarity search of the overlap register: all pairs over 20,000 clauses, against planted copies and pg_trgm.

    python -m tests.benchmarks.overlap --json FILE      (DATABASE_URL names a scratch database)

The clauses are put together from phrases of the real ones in fixtures/manuals, with a fixed seed. Into them go copies
of 400 clauses, three of each, every copy reworded a bit for itself: words left out, put in or replaced. Pairs of an
original with its copy, and pairs of copies of one original, are what should be found (recall); whatever else is found
counts against precision. The words are those that the portal stores of a wording, its own time to split them included.
"""

import argparse
import json
import os
import random
import sys
import time
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import django

CHECKOUT = Path(__file__).resolve().parents[2]
ORIGINALS = 400
COPIES = 3
CHANGED = (0.03, 0.12)  # share of the words of a copy that its author changed
SAMPLED = 200


class Planted(NamedTuple):
    """`texts` is {key: a clause}, `originals` {key: the clause it is a copy of, or itself}."""

    texts: dict[int, str]
    originals: dict[int, int]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clauses", type=int, default=20_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    django.setup()
    result = measure(options.clauses)
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1))


def measure(number: int) -> dict[str, object]:
    from comments.overlaps.similarity import LEAST_ALIKE, find_alike
    from manuals.searching.search_query import search_words

    planted = plant(number)
    next(search_words("โหลดพจนานุกรมก่อนจับเวลา"))
    began = time.perf_counter()
    words = {key: frozenset(search_words(text)) for key, text in planted.texts.items()}
    split_seconds = time.perf_counter() - began

    # A place of its own for each: the register asks between manuals only, which is less to do
    places = {key: key for key in words}
    began = time.perf_counter()
    found = {
        (alike.first, alike.second)
        for alike in find_alike(words, places=places, least=LEAST_ALIKE)
    }
    join_seconds = time.perf_counter() - began

    one_changed = sorted(planted.texts)[:1]
    began = time.perf_counter()
    for _ in find_alike(words, places=places, changed=one_changed):
        pass
    one_seconds = time.perf_counter() - began

    true_pairs = find_true_pairs(planted)
    right = found & true_pairs
    recall = len(right) / len(true_pairs)
    precision = len(right) / len(found)
    trigram = measure_trigrams(planted.texts, true_pairs)
    print(
        f"{len(planted.texts):,} clauses, {len(true_pairs):,} pairs of copies planted,"
        f" {len(found):,} found at a likeness of {LEAST_ALIKE} or more"
    )
    print(f"recall {recall:.4f}   precision {precision:.4f}")
    print(
        f"all pairs {join_seconds:.1f} s, and {split_seconds:.1f} s to split the words once;"
        f" one saved clause against all {one_seconds:.1f} s"
    )
    print(
        f"pg_trgm: {SAMPLED} sampled rows against all took {trigram['seconds']:.1f} s with its index; scaled up to"
        f" {len(planted.texts):,} rows that is {trigram['scaled']:.0f} s, "
        f"{trigram['scaled'] / join_seconds:.0f} times as long (scaled, not measured)"
    )
    print(
        f"pg_trgm finds of the sampled rows' pairs: recall {trigram['recall']:.4f},"
        f" precision {trigram['precision']:.4f} at a similarity of {trigram['threshold']}"
    )
    return {
        "clauses": len(planted.texts),
        "true_pairs": len(true_pairs),
        "found": len(found),
        "recall": round(recall, 4),
        "precision": round(precision, 4),
        "join_seconds": round(join_seconds, 2),
        "split_seconds": round(split_seconds, 2),
        "one_changed_seconds": round(one_seconds, 2),
        "pg_trgm": trigram,
    }


# -- the clauses


def plant(number: int) -> Planted:
    chance = random.Random(2565)
    phrases = read_phrases()
    texts: dict[int, str] = {}
    originals: dict[int, int] = {}
    own = number - ORIGINALS * COPIES
    for key in range(own):
        size = chance.randint(4, 10)
        texts[key] = " ".join(chance.choice(phrases) for _ in range(size))
        originals[key] = key
    words = sorted({word for phrase in phrases for word in split(phrase)})
    for original in chance.sample(range(own), ORIGINALS):
        for _ in range(COPIES):
            key = len(texts)
            texts[key] = "".join(reword(split(texts[original]), words, chance))
            originals[key] = original
    return Planted(texts, originals)


def read_phrases() -> list[str]:
    """Runs of a few words of the manuals' own lines."""
    phrases = set()
    for path in sorted((CHECKOUT / "fixtures" / "manuals").glob("25*/*/*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            for stretch in line.strip().split(" "):
                words = split(stretch)
                for start in range(0, len(words), 4):
                    phrase = "".join(words[start : start + 4])
                    if len(phrase) > 5:
                        phrases.add(phrase)
    return sorted(phrases)


def split(text: str) -> list[str]:
    from hearing_portal.thai.words import tokenize

    return tokenize(text)


def reword(copied: list[str], others: list[str], chance: random.Random) -> list[str]:
    """Some of the words left out, replaced, or followed by another; at least one."""
    copied = list(copied)
    share = chance.uniform(*CHANGED)
    for _ in range(max(1, round(len(copied) * share))):
        place = chance.randrange(len(copied))
        match chance.randrange(3):
            case 0:
                copied[place] = ""
            case 1:
                copied[place] = chance.choice(others)
            case _:
                copied[place] += chance.choice(others)
    return copied


def find_true_pairs(planted: Planted) -> set[tuple[int, int]]:
    families: dict[int, list[int]] = {}
    for key, original in planted.originals.items():
        families.setdefault(original, []).append(key)
    pairs = set()
    for family in families.values():
        pairs.update(combinations(sorted(family), 2))
    return pairs


# -- beside it


def measure_trigrams(
    texts: dict[int, str], true_pairs: set[tuple[int, int]]
) -> dict[str, float]:
    """What the database's own trigrams take for sampled rows, half of them of families of copies."""
    from django.db import connection

    threshold = 0.5
    chance = random.Random(2553)
    of_families = sorted({key for pair in true_pairs for key in pair})
    sample = chance.sample(of_families, SAMPLED // 2)
    sample += chance.sample(sorted(texts.keys() - set(sample)), SAMPLED - len(sample))
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("CREATE TEMPORARY TABLE bench_clause (key int, plain text)")
        with cursor.copy("COPY bench_clause FROM STDIN") as copy:
            for row in texts.items():
                copy.write_row(row)
        cursor.execute(
            "CREATE INDEX ON bench_clause USING gin (plain gin_trgm_ops); ANALYZE bench_clause"
        )
        cursor.execute(f"SET pg_trgm.similarity_threshold = {threshold}")
        found = set()
        began = time.perf_counter()
        for key in sample:
            cursor.execute(
                "SELECT key FROM bench_clause WHERE plain %% %s AND key <> %s",
                [texts[key], key],
            )
            for (other,) in cursor.fetchall():
                found.add((min(key, other), max(key, other)))
        seconds = time.perf_counter() - began
    sampled = set(sample)
    wanted = {pair for pair in true_pairs if sampled & set(pair)}
    right = found & wanted
    return {
        "threshold": threshold,
        "seconds": round(seconds, 2),
        "scaled": round(seconds * len(texts) / SAMPLED, 1),
        "recall": round(len(right) / len(wanted), 4),
        "precision": round(len(right) / max(1, len(found)), 4),
    }


if __name__ == "__main__":
    sys.exit(main())
