"""Proposals combined word by word, and whose every change is."""

import pytest

from comments.deciding.word_shares import OWN, CombinedWords, TakenWords, share_words
from manuals.content import Reference, Step, Text

WORDS = "เจ้าหน้าที่ตรวจสอบหนังสือ แล้วเสนอผู้อำนวยการภายใน ๓ วัน"
CHECKED = WORDS.replace("ตรวจสอบหนังสือ", "ตรวจสอบหนังสือและสิ่งที่ส่งมาด้วย")
SOONER = WORDS.replace("๓ วัน", "๑ วัน")
LATER = WORDS.replace("๓ วัน", "๗ วัน")
BOTH = CHECKED.replace("๓ วัน", "๑ วัน")


def combined(*texts: str, own: dict | None = None, **chosen: str) -> CombinedWords:
    """Proposals called a, b, c…; `chosen` is what is used in the only clash."""
    proposals = [
        TakenWords(key, Text(body=text))
        for key, text in zip("abcdef", texts, strict=False)
    ]
    fresh = share_words(Text(body=WORDS), proposals, {}, {})
    choices = {piece.key: chosen["use"] for piece in fresh.clashes if chosen}
    typed = {piece.key: own["text"] for piece in fresh.clashes if own}
    return share_words(Text(body=WORDS), proposals, choices, typed)


def test_changes_of_different_words_go_in_together_each_with_a_step_of_its_own() -> (
    None
):
    shared = combined(CHECKED, SOONER)
    assert shared.words == Text(body=BOTH)
    assert not shared.clashes
    shares = shared.split(shared.words)
    assert [share.proposals for share in shares] == [(0,), (1,)]
    assert [share.words.body for share in shares] == [CHECKED, BOTH]
    assert not any(share.is_altered for share in shares)


def test_one_clash_keeps_what_does_not_clash() -> None:
    shared = combined(CHECKED, SOONER, LATER)
    [piece] = shared.unresolved
    assert [variant.sides for variant in piece.variants] == [(1,), (2,)]
    assert shared.words == Text(body=CHECKED)

    chosen = combined(CHECKED, SOONER, LATER, use="b")
    assert chosen.words == Text(body=BOTH)
    assert [chosen.is_lost(number) for number in range(3)] == [False, False, True]
    assert [share.proposals for share in chosen.split(chosen.words)] == [(0,), (1,)]


def test_own_words_in_a_clash_answer_both() -> None:
    shared = combined(SOONER, LATER, use=OWN, own={"text": "๕"})
    assert "๕ วัน" in shared.words.body
    [share] = shared.split(shared.words)
    assert share.proposals == (0, 1)
    assert share.is_altered


def test_equal_proposals_are_one_change() -> None:
    [share] = combined(SOONER, SOONER).split(Text(body=SOONER))
    assert share.proposals == (0, 1)
    assert not share.is_altered


def test_words_the_drafter_adds_belong_to_the_last_step() -> None:
    shared = combined(CHECKED, SOONER)
    final = Text(body=BOTH.replace("เจ้าหน้าที่", "เจ้าหน้าที่ธุรการ"))
    shares = shared.split(final)
    assert [share.words.body for share in shares] == [CHECKED, final.body]
    assert not any(share.is_altered for share in shares)  # all they proposed is in it


def test_words_the_drafter_takes_out_again_are_told() -> None:
    shared = combined(CHECKED, SOONER)
    shares = shared.split(Text(body=SOONER))
    assert [share.is_altered for share in shares] == [True, False]


@pytest.mark.parametrize(
    ("base", "mine", "theirs"),
    [
        (
            Step(body="ตรวจสอบ", actor="นิติกร"),
            Step(body="ตรวจสอบหนังสือ", actor="นิติกร"),
            Step(body="ตรวจสอบ", actor="หัวหน้ากลุ่ม"),
        ),
        (
            Step(body="ตรวจสอบ", duration={"text": "3 วัน"}),
            Step(body="ตรวจสอบ", duration={"text": "1 วัน"}),
            Step(body="ตรวจสอบหนังสือ", duration={"text": "3 วัน"}),
        ),
        (
            Reference(as_cited="ระเบียบ", body=""),
            Reference(as_cited="ระเบียบงานสารบรรณ", body=""),
            Reference(as_cited="ระเบียบ", body="ข้อ ๓"),
        ),
    ],
)
def test_other_fields_combine_too(base, mine, theirs) -> None:
    shared = share_words(base, [TakenWords("a", mine), TakenWords("b", theirs)], {}, {})
    assert not shared.clashes
    assert len(shared.split(shared.words)) == 2


def test_a_value_that_is_no_text_is_chosen_whole() -> None:
    base = Step(body="ตรวจสอบ", duration={"text": "3 วัน"})
    proposals = [
        TakenWords("a", Step(body="ตรวจสอบ", duration={"text": "1 วัน"})),
        TakenWords("b", Step(body="ตรวจสอบ", duration={"text": "2 วัน"})),
    ]
    [piece] = share_words(base, proposals, {}, {}).unresolved
    assert not piece.is_text
    shared = share_words(base, proposals, {piece.key: "b"}, {})
    assert shared.words.duration == {"text": "2 วัน"}
    # Own words are no choice here
    assert share_words(base, proposals, {piece.key: OWN}, {}).unresolved
