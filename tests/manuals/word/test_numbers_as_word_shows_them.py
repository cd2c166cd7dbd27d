"""The numbers of automatic lists are those that Word shows: a corpus of made files, each number written out by hand,
and LibreOffice asked about the same files where it is installed."""

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from hearing_portal.thai.numbering import arabic_digits
from manuals.word.numbering import Numbering, Styles
from tests.manuals.word.numbering_corpus import CORPUS, MadeFile

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def shown(made: MadeFile) -> list[str]:
    document = docx.Document(io.BytesIO(made.raw))
    styles = Styles(document.styles.element)
    numbering = Numbering(document.part.numbering_part.element, styles)
    numbers = []
    for paragraph in document.element.body.iterchildren("{*}p"):
        number = numbering.show(paragraph)
        numbers.append(number.text if number is not None else "")
    return numbers


def test_corpus_is_large_enough() -> None:
    assert len(CORPUS) >= 40
    assert len({made.name for made in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("made", CORPUS, ids=lambda made: made.name)
def test_number_is_the_one_word_shows(made: MadeFile) -> None:
    assert shown(made) == made.shown


# Where LibreOffice does otherwise than Word: it counts ฤ and ฦ among the letters, lets every level begin again, and
# knows no legal numbering and no Thai words. Thai digits it writes as Arabic ones here
OTHERWISE = {"letters-begin-again", "level-that-never-restarts", "legal", "thai-words"}


def _number_before(line: str) -> str:
    for words in ("ข้อความ", "ย่อ", "หนึ่ง", "สืบ", "ไม่มีเลข", "สี่"):
        number, found, _ = line.partition(words)
        if found:
            return arabic_digits(number.strip())
    return line


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same_numbers(tmp_path: Path) -> None:
    paths = []
    for made in CORPUS:
        path = tmp_path / f"{made.name}.docx"
        path.write_bytes(made.raw)
        paths.append(str(path))
    subprocess.run(
        [
            OFFICE,
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
            str(tmp_path),
            *paths,
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    different = {}
    for made in CORPUS:
        if made.name in OTHERWISE or made.name.startswith("thaiCounting"):
            continue
        text = (tmp_path / f"{made.name}.txt").read_text(encoding="utf-8-sig")
        lines = [line for line in text.splitlines() if line.strip()]
        numbers = [_number_before(line) for line in lines]
        if numbers != [arabic_digits(each) for each in made.shown]:
            different[made.name] = (numbers, made.shown)
    assert different == {}
