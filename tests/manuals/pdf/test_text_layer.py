"""What is printed can be copied: SARA AM, marks on high consonants, in any order of words."""

import itertools

import pytest

from manuals.pdf import text_layer
from manuals.pdf.render import render_chunk
from tests.manuals.pdf.pdf_reader import Reader, squeezed, strange_letters, whole_text

WORDS = (
    "น้ำ",
    "คำ",
    "กำหนด",
    "การศึกษา",
    "ปู่ที่ฟื้นญี่ปุ่นฎุ้",
    "ป้ฟ้ฝ่ญูฐุก่ำป๊ำปี่ปั๊ม",
    "GF07 ๕.๑๒",
    "ผู้ใหญ่ในน้ำคร่ำ",
)


def make_page(words) -> str:
    body = "".join(
        f'<p id="clause-{number}">{word}</p>' for number, word in enumerate(words)
    )
    return f'<html lang="th"><title>ทดสอบ</title><body>{body}</body></html>'


@pytest.mark.parametrize("first", range(len(WORDS)))
def test_no_letter_differs_in_any_order(first, tmp_path):
    words = WORDS[first:] + WORDS[:first]
    printed = render_chunk(make_page(words))
    path = tmp_path / "words.pdf"
    path.write_bytes(printed.pdf)

    assert squeezed(whole_text(path)) == squeezed("".join(words))
    texts = Reader(printed.pdf).by_name()
    assert [squeezed(texts[f"clause-{number}"]) for number in range(len(words))] == [
        squeezed(w) for w in words
    ]


def test_every_consonant_with_every_mark_survives(tmp_path):
    consonants = [chr(code) for code in range(0x0E01, 0x0E2F) if chr(code) not in "ฤฦ"]
    vowels, tones = (
        ["", "ะ", "ั", "า", "ำ", "ิ", "ี", "ึ", "ื", "ุ", "ู"],
        ["", "่", "้", "๊", "๋", "์"],
    )
    syllables = [
        consonant + (vowel + tone if vowel not in "ะาำ" else tone + vowel)
        for consonant, vowel, tone in itertools.product(consonants, vowels, tones)
        if not (tone == "์" and vowel in ("ะ", "ั", "า", "ำ", "ึ", "ื", "ู"))
    ]
    lines = [" ".join(syllables[at : at + 40]) for at in range(0, len(syllables), 40)]
    path = tmp_path / "syllables.pdf"
    path.write_bytes(render_chunk(make_page(lines)).pdf)
    text = "".join(plain_words(path))

    assert text == squeezed("".join(lines))
    assert strange_letters(text) == []


def plain_words(path) -> list[str]:
    return whole_text(path).split()


def test_another_engine_version_is_refused(monkeypatch):
    monkeypatch.setattr(text_layer, "SUPPORTED_VERSION", "69.0")

    with pytest.raises(text_layer.TextLayerUnsupported, match=r"69\.0, found 70\.0"):
        text_layer.install_text_layer()


def test_element_on_two_pages_has_a_part_on_each():
    words = "การปฏิบัติราชการ " * 2000
    reader = Reader(render_chunk(make_page([words])).pdf)
    names = [str(element.ID) for element in reader.elements("P") if "/ID" in element]

    assert names == [
        "clause-0",
        *[f"clause-0~{number}" for number in range(2, len(reader.pages) + 1)],
    ]
    assert squeezed(reader.by_name()["clause-0"]) == squeezed(words)
