"""Bold and italic words as signs in plain text, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearing_portal.thai.emphasis import (
    emphasise,
    has_signs,
    read_emphasis,
    show_emphasis,
)
from hearing_portal.thai.text import sanitize_inline

PIECES = [
    "<strong>",
    "</strong>",
    "<em>",
    "</em>",
    "<u>",
    "</u>",
    "วัน",
    " ",
    "ทำการ",
    "&lt;",
]


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_what_is_shown_reads_back_as_it_was(pieces):
    body = sanitize_inline("".join(pieces))
    assert read_emphasis(show_emphasis(body)) == body


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("ใน ⟦หนา⟧3 วัน⟦/หนา⟧", "ใน <strong>3 วัน</strong>"),
        ("⟦เอน⟧ก ⟦หนา⟧ข⟦/หนา⟧⟦/เอน⟧", "<em>ก </em><strong><em>ข</em></strong>"),
        ("⟦หนา⟧ก", "⟦หนา⟧ก"),
        ("ก⟦/เอน⟧", "ก⟦/เอน⟧"),
        ("⟦หนา⟧ก ⟦หนา⟧ข⟦/หนา⟧", "⟦หนา⟧ก <strong>ข</strong>"),
        ("⟦1⟧ ⟦อื่น⟧", "⟦1⟧ ⟦อื่น⟧"),
    ],
)
def test_signs_are_read_in_pairs(typed, body):
    assert read_emphasis(typed) == body
    assert has_signs(body) == ("⟦หนา" in body or "/เอน⟧" in body)


def test_first_of_equal_words_is_emphasised():
    assert emphasise("วัน วัน", "วัน", "strong") == "⟦หนา⟧วัน⟦/หนา⟧ วัน"
    assert emphasise("วัน", "เดือน", "em") == emphasise("วัน", "", "em") == "วัน"
