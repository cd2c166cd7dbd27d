"""Which clause each line of a file is: bookmark, equal words, like words in order; measured on made copies."""

import random
from pathlib import Path
from uuid import uuid4

import pytest

from hearing_portal.thai.words import tokenize
from manuals.content import plain_text
from manuals.importing.matching import (
    FileWords,
    How,
    KnownWords,
    likeness_of,
    match_words,
)
from manuals.importing.process_text import read_process
from manuals.source import BOOKMARK

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures" / "manuals"


def known(words: str, part: int = 5, kind: str = "text", **facts) -> KnownWords:
    return KnownWords(uuid4(), words, part, kind, **facts)


def lines_of(*texts: str, part: int = 5) -> list[FileWords[int]]:
    return [FileWords(number, text, part, "text") for number, text in enumerate(texts)]


def told(lines, clauses) -> list[int | None]:
    """For each line the place of its clause."""
    places = {clause.key: number for number, clause in enumerate(clauses)}
    matches = match_words(lines, clauses)
    found = []
    for line in lines:
        match = matches.get(line.key)
        found.append(None if match is None else places[match.clause])
    return found


RECEIVE = "เปิดระบบรับหนังสืออย่างน้อยวันละสองครั้ง"
CHECK = "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย"
SEND = "เสนอผู้อำนวยการพิจารณาสั่งการภายในหนึ่งวันทำการ"


def test_bookmark_tells_more_than_words():
    clauses = [known(RECEIVE), known(CHECK)]
    lines = [
        FileWords(0, CHECK + "ทุกฉบับ", 5, "text", f"{BOOKMARK}{clauses[1].key.hex}"),
        FileWords(1, "ลงทะเบียนรับ", 5, "text", f"{BOOKMARK}{clauses[0].key.hex}"),
    ]
    matches = match_words(lines, clauses)
    assert [matches[number].how for number in (0, 1)] == [How.BOOKMARK, How.BOOKMARK]
    assert told(lines, clauses) == [1, 0]


def test_bookmark_of_a_copied_paragraph_goes_with_the_words():
    clauses = [known(RECEIVE)]
    name = f"{BOOKMARK}{clauses[0].key.hex}"
    lines = [
        FileWords(0, SEND, 5, "text", name),
        FileWords(1, RECEIVE, 5, "text", name),
    ]
    assert told(lines, clauses) == [None, 0]


def test_bookmark_that_slipped_to_other_words_is_not_believed():
    clauses = [known(RECEIVE), known(SEND)]
    name = f"{BOOKMARK}{clauses[0].key.hex}"
    lines = [FileWords(0, SEND, 5, "text", name), FileWords(1, RECEIVE, 5, "text")]
    assert told(lines, clauses) == [1, 0]


def test_foreign_and_broken_bookmarks_say_nothing():
    clauses = [known(RECEIVE)]
    for name in ("_Toc1", f"{BOOKMARK}x", f"{BOOKMARK}{uuid4().hex}"):
        assert told([FileWords(0, SEND, 5, "text", name)], clauses) == [None]


def test_same_words_that_stand_twice_keep_their_order():
    clauses = [known(RECEIVE), known("สำเนาบัตร"), known(CHECK), known("สำเนาบัตร")]
    assert told(lines_of(RECEIVE, CHECK, "สำเนาบัตร"), clauses) == [0, 2, 3]
    assert told(lines_of(RECEIVE, "สำเนาบัตร", CHECK), clauses) == [0, 1, 2]


def test_like_words_never_cross_what_is_certain():
    clauses = [
        known("แจ้งผลทางหนังสือ ภายใน 3 วันทำการ"),
        known(CHECK),
        known("แจ้งผลทางหนังสือ ภายใน 5 วันทำการ"),
    ]
    lines = lines_of("แจ้งผลทางหนังสือ ภายใน 4 วันทำการ", CHECK)
    assert told(lines, clauses) == [0, 1]


def test_digits_and_blanks_make_no_other_words():
    clauses = [known("ภายใน ๓ วันทำการ")]
    matches = match_words(lines_of("ภายใน 3  วันทำการ"), clauses)
    assert matches[0] == (clauses[0].key, How.SAME, 100)


def test_moved_clause_is_found_in_another_part_and_place():
    clauses = [known(RECEIVE), known(CHECK), known(SEND)]
    lines = [*lines_of(SEND, RECEIVE), FileWords(9, CHECK, 3, "text")]
    assert told(lines, clauses) == [2, 0, 1]


def test_the_only_one_between_certain_neighbours_may_be_very_different():
    clauses = [known(RECEIVE), known("ส่งต่อเจ้าหน้าที่"), known(SEND)]
    lines = lines_of(RECEIVE, "ส่งเจ้าหน้าที่ผู้รับผิดชอบโดยด่วนที่สุด", SEND)
    assert told(lines, clauses) == [0, 1, 2]


def test_kinds_do_not_mix():
    assert told(lines_of(CHECK), [known(CHECK, kind="form")]) == [None]


def test_clause_that_was_cut_is_known_by_the_same_words_alone():
    clauses = [known(CHECK, is_cut=True)]
    assert told(lines_of(CHECK + "."), clauses) == [0]
    assert told(lines_of("ตรวจสอบความครบถ้วนของเอกสารทั้งหมด"), clauses) == [None]


def test_clause_is_known_by_earlier_words():
    clauses = [known("ถ้อยคำใหม่ทั้งหมดที่ไม่เหมือนเดิม", earlier=(CHECK,))]
    matches = match_words(lines_of(CHECK), clauses)
    assert (matches[0].clause, matches[0].how) == (clauses[0].key, How.EARLIER)


def test_words_that_stand_whole_in_longer_ones_are_like_them():
    assert likeness_of(CHECK, CHECK + " และ".join([SEND, RECEIVE, SEND])) >= 55
    assert likeness_of(CHECK, CHECK) == 100
    assert likeness_of(CHECK, CHECK + "ๆ") == 99


# -- measured


def changed(
    words: str, share: float, vocabulary: list[str], dice: random.Random
) -> str:
    """Some of the words put in, taken out or replaced."""
    tokens = tokenize(words)
    for _ in range(max(1, int(len(tokens) * share))):
        place = dice.randrange(len(tokens))
        chance = dice.random()
        if chance < 0.4:
            tokens[place] = dice.choice(vocabulary)
        elif chance < 0.7 or len(tokens) == 1:
            tokens.insert(place, dice.choice(vocabulary))
        else:
            tokens.pop(place)
    return "".join(tokens)


def clauses_of_manuals() -> list[list[tuple[int, str, str]]]:
    processes = []
    for folder in ("2553", "2565"):
        for path in sorted((FIXTURES / folder).rglob("*.txt")):
            clauses = []
            for clause in read_process(path.read_text(encoding="utf-8")).clauses:
                words = plain_text(clause.content)
                clauses.append((clause.part, clause.content.kind, words))
            processes.append(clauses)
    return processes


@pytest.mark.parametrize("share", [0.1, 0.2, 0.3, 0.4])
@pytest.mark.parametrize("is_whole_book", [False, True])
def test_ninety_nine_of_a_hundred_are_right(share: float, is_whole_book: bool):
    """Two clauses of five are changed, one of twenty taken out, one put in; without any bookmark. Of a whole book
    nothing is known but the words."""
    dice = random.Random(7)
    processes = clauses_of_manuals()
    every = [clause for process in processes for clause in process]
    vocabulary = [token for _, _, words in every for token in tokenize(words)]
    if is_whole_book:
        processes = [[(0, "", words) for _, _, words in every]]
    right = total = 0
    for process in processes:
        clauses = [known(words, part, kind) for part, kind, words in process]
        lines = []
        truth = {}
        for clause in clauses:
            chance = dice.random()
            if chance < 0.05:
                continue
            if chance < 0.1:
                added = changed(dice.choice(every)[2], 0.8, vocabulary, dice)
                lines.append(FileWords(len(lines), added, clause.part, clause.kind))
            words = clause.words
            if dice.random() < 0.4:
                words = changed(words, share, vocabulary, dice)
            truth[len(lines)] = clause.key
            lines.append(FileWords(len(lines), words, clause.part, clause.kind))
        matches = match_words(lines, clauses)
        for number, uuid in truth.items():
            total += 1
            right += number in matches and matches[number].clause == uuid
    assert total > 1200
    assert right / total >= 0.99, f"{right} of {total}"
