"""How far apart two spellings are to a Thai ear and hand, and the words that are near."""

import pytest

from hearing_portal.thai.spelling import (
    SLIGHT,
    Vocabulary,
    sound_key,
    spelling_distance,
)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("สารบัน", "สารบรรณ"),
        ("สารบรรน", "สารบรรณ"),
        ("ราชกาน", "ราชการ"),
        ("พัศดุ", "พัสดุ"),
        ("กรรมกาน", "กรรมการ"),
        ("อนุญาด", "อนุญาต"),
        ("พิจารน์", "พิจารณ์"),
        ("สิทธ", "สิทธิ"),
        ("บันจุ", "บรรจุ"),
    ],
)
def test_words_of_one_sound_have_one_key(typed: str, word: str) -> None:
    assert sound_key(typed) == sound_key(word)
    assert spelling_distance(typed, word) == SLIGHT


@pytest.mark.parametrize(
    ("typed", "word", "distance"),
    [
        ("ยืม", "ยืม", 0),
        ("ยม", "ยืม", 0.5),  # a vowel above that was missed
        ("ที", "ที่", 0.5),  # a tone that was missed
        ("เงืน", "เงิน", 0.5),  # the key beside it
        ("บุคคลากร", "บุคลากร", 1),  # a letter too many
        ("ตรวจอสบ", "ตรวจสอบ", 1),  # two letters in each other's place
        ("เสนอ", "เสมอ", 1),  # another word
        ("รถไฟ", "เงิน", 4),
    ],
)
def test_what_is_easily_mistaken_counts_half(
    typed: str, word: str, distance: float
) -> None:
    assert spelling_distance(typed, word) == distance
    assert spelling_distance(word, typed) == distance


def test_nearest_words_come_first_and_of_those_the_most_frequent() -> None:
    vocabulary = Vocabulary({"สารบัญ": 2, "สารบรรณ": 18, "สารบาน": 1, "เอกสาร": 40})
    assert [near.word for near in vocabulary.near("สารบัน")] == [
        "สารบรรณ",
        "สารบัญ",
        "สารบาน",
    ]
    assert [near.word for near in vocabulary.sounding_like("สารบัน")] == [
        "สารบรรณ",
        "สารบัญ",
    ]


def test_short_word_has_only_slight_neighbours() -> None:
    vocabulary = Vocabulary({"ยืม": 5, "ลม": 9, "ผม": 9, "ยา": 9})
    assert [near.word for near in vocabulary.near("ยม")] == ["ยืม"]
    assert vocabulary.near("ยืม") == []
