"""Cut into several clauses, no word and no mark of a clause is lost; two put together keep those of both."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearing_portal.thai.markup import referenced_uuids
from hearing_portal.thai.text import inline_plain, sanitize_inline
from manuals.content import Note, Table, Text
from manuals.drafting.changes import ChangeRefused
from manuals.drafting.cutting import cut_content, put_together, text_to_cut

UUID = "00000000-0000-4000-8000-000000000001"
words = st.sampled_from(
    [
        "ตรวจสอบ",
        "หนังสือ ",
        "<strong>ทุกวัน ทำการ</strong>",
        f'<span data-ref="{UUID}"></span>',
        "\n",
        "16.00 น. ",
    ]
)
bodies = st.lists(words, min_size=2, max_size=12).map("".join).map(sanitize_inline)


def bare(text: str) -> str:
    return "".join(text.split())


@given(bodies, st.data())
def test_pieces_say_together_what_the_clause_said(body, data):
    content = Text(body=body)
    text = text_to_cut(content)
    pieces = [piece for piece in text.split(" ") if piece.strip()]
    cuts = data.draw(
        st.lists(st.booleans(), min_size=len(pieces), max_size=len(pieces))
    )
    typed = "".join(
        piece + ("\n \n" if cut else " ")
        for piece, cut in zip(pieces, cuts, strict=True)
    )
    try:
        made = cut_content(content, typed)
    except ChangeRefused:
        assert "\n \n" not in typed.strip()
        return
    assert bare("".join(inline_plain(piece.body) for piece in made)) == bare(
        inline_plain(body)
    )
    assert [
        uuid for piece in made for uuid in referenced_uuids(piece.body)
    ] == referenced_uuids(body)
    assert all(
        piece.body == sanitize_inline(piece.body) and bare(inline_plain(piece.body))
        for piece in made
    )


def test_marks_are_cut_where_the_words_are():
    content = Text(body="ก <strong>ข ค</strong> ง", applies_to="primary")
    assert cut_content(content, "ก ข\n\nค ง") == [
        Text(body="ก <strong>ข</strong>", applies_to="primary"),
        Text(body="<strong>ค</strong> ง", applies_to="primary"),
    ]


@pytest.mark.parametrize("typed", ["ก ข", "ก\n\nข ค", "ก\n\nข\n\nก", "", "ข\n\nก"])
def test_other_words_are_no_cut(typed):
    with pytest.raises(ChangeRefused):
        cut_content(Text(body="ก ข"), typed)


def test_reference_stays_in_its_order():
    body = f'<span data-ref="{UUID}"></span> และ <span data-ref="{UUID[:-1]}2"></span>'
    with pytest.raises(ChangeRefused):
        cut_content(Text(body=body), "⟦2⟧\n\nและ ⟦1⟧")


def test_two_are_put_together_with_their_marks():
    joined = put_together(Note(body="ดู <em>ภาคผนวก</em>"), Note(body="ก &amp; ข"))
    assert joined == Note(body="ดู <em>ภาคผนวก</em> ก &amp; ข")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Text(body="ก"), Note(body="ข")),
        (Table(body="ก"), Table(body="ข")),
        (Text(body="ก"), Text(body="ข", applies_to="primary")),
    ],
)
def test_two_that_are_no_one_clause_are_not_put_together(first, second):
    with pytest.raises(ChangeRefused):
        put_together(first, second)
