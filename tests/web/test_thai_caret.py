"""What a person does in a text area never parts a Thai mark from its letter: caret, selection, deletion, paste.

The editor of a clause is a text area (decision 0047), so these are the browser's own rules; what is held here is that
they are kept, and with them every text that somebody writes.
"""

import pytest
from playwright.sync_api import Page

from tests.delivered_pages import open_page

TEXT = "ที่ปู่ฟื้นน้ำ เป็นญี่ปุ่น"


@pytest.fixture
def field(chromium):
    context = chromium.new_context()
    page = context.new_page()
    open_page(
        page,
        f'<!doctype html><html lang="th"><title>t</title><textarea class="input">{TEXT}</textarea></html>',
    )
    page.locator("textarea").evaluate(
        "field => { field.focus(); field.setSelectionRange(0, 0); }"
    )
    yield page
    context.close()


def caret(page: Page) -> tuple[int, int]:
    start, end = page.evaluate(
        "[document.activeElement.selectionStart, document.activeElement.selectionEnd]"
    )
    return start, end


def text_of(page: Page) -> str:
    return page.locator("textarea").input_value()


def is_mark(letter: str) -> bool:
    """Sara am takes its place after a letter too, but stands by itself once that letter is away."""
    return letter == "ำ" or letter in "ัิีึืฺุู็่้๊๋์ํ๎"


def parted(text: str) -> list[str]:
    """Marks without a letter before them."""
    return [
        letter
        for before, letter in zip(" " + text, text, strict=False)
        if is_mark(letter) and before in " \n"
    ]


def stops(page: Page, key: str) -> list[int]:
    """Where the caret comes to stand on its way through the text."""
    found = [caret(page)[1]]
    for _ in TEXT:
        page.keyboard.press(key)
        found.append(caret(page)[1])
    return sorted(set(found))


@pytest.mark.parametrize("key", ["ArrowRight", "Shift+ArrowRight"])
def test_caret_and_selection_stop_only_before_letters(field, key):
    found = stops(field, key)
    assert found[-1] == len(TEXT)
    assert [TEXT[place] for place in found[:-1]] == [
        letter for letter in TEXT if not is_mark(letter)
    ]


def test_deleting_forwards_takes_a_letter_with_its_marks(field):
    while text_of(field):
        before = text_of(field)
        field.keyboard.press("Delete")
        left = text_of(field)
        assert before.endswith(left)
        assert left != before
        assert not parted(left)


def test_deleting_backwards_takes_the_last_mark_first(field):
    field.keyboard.press("Control+End")
    while text_of(field):
        before = text_of(field)
        field.keyboard.press("Backspace")
        assert (
            text_of(field) == before[:-1]
        )  # as a Thai typist corrects a wrong tone mark
        assert not parted(text_of(field))


def test_what_is_selected_and_pasted_keeps_its_marks(field):
    field.keyboard.press("Shift+ArrowRight")
    field.keyboard.press("Control+c")
    assert TEXT[: caret(field)[1]] == "ที่"
    field.keyboard.press("ArrowRight")
    for place in range(1, sum(not is_mark(letter) for letter in TEXT)):
        field.keyboard.press("Control+v")
        assert not parted(text_of(field))
        assert text_of(field).replace("ที่", "") == TEXT.replace("ที่", ""), place
        field.keyboard.press("ArrowRight")
