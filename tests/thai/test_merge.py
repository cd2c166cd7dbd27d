import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hearing_portal.thai.merge import merge
from hearing_portal.thai.script import cluster_ends
from hearing_portal.thai.text import sanitize_inline
from hearing_portal.thai.words import dictionary, tokenize_inline

some = settings(derandomize=True, max_examples=120, deadline=None)
words = [*sorted(dictionary())[::9000], " ", " ", "30", "\n"]
prose = st.lists(st.sampled_from(words), max_size=10)
rough = st.text(st.sampled_from("กขเาำิ่้ 5\ufffc"), max_size=12)


@st.composite
def versions(draw) -> tuple[str, str, str]:
    """A base and two rewordings of it, mostly its own words."""
    base = draw(prose)
    sides = [draw(st.lists(st.sampled_from([*base, *words[:4]]), max_size=12)) for _ in range(2)]
    edited = [draw(st.sampled_from([base[:3] + side, side + base[-3:], side])) for side in sides]
    return "".join(base), "".join(edited[0]), "".join(edited[1])


texts = st.one_of(versions(), st.tuples(rough, rough, rough))


@some
@given(texts)
def test_equal_changes_and_one_sided_changes_are_taken(three):
    base, mine, theirs = three

    assert merge(base, mine, mine).text == mine
    assert merge(base, mine, base).text == mine
    assert merge(base, base, theirs).text == theirs


@some
@given(texts)
def test_sides_are_symmetric(three):
    base, mine, theirs = three
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)

    assert here.text == there.text
    assert [(c.base, c.mine, c.theirs) for c in here.chunks] == [(c.base, c.theirs, c.mine) for c in there.chunks]


@some
@given(texts)
def test_chunks_cover_all_three_texts_at_cluster_borders(three):
    merged = merge(*three)

    for text, pieces in zip(
        three, zip(*((c.base, c.mine, c.theirs) for c in merged.chunks), strict=True), strict=False
    ):
        assert "".join(pieces) == text
        ends = {len("".join(pieces[: count + 1])) for count in range(len(pieces))}
        assert ends <= {0, *cluster_ends(text)}


@some
@given(texts)
def test_clash_only_where_both_changed_and_differ(three):
    merged = merge(*three)

    assert merged.clashes == [c for c in merged.chunks if c.base != c.mine != c.theirs != c.base]
    assert (merged.text is None) == bool(merged.clashes)


@some
@given(st.data())
def test_changes_of_different_words_never_clash(data):
    """Each token of the base is kept, replaced or deleted, by at most one side, with tokens of its own."""
    base = "กขคงจฉชซฌญ"
    sides = [list(base), list(base)]
    expected = list(base)
    for index in range(len(base)):
        who, what = data.draw(st.tuples(st.sampled_from([0, 1, None]), st.sampled_from(["", "x", "xy"])))
        if who is not None:
            sides[who][index] = expected[index] = what.upper() if who else what

    assert merge(base, "".join(sides[0]), "".join(sides[1]), split=list).text == "".join(expected)


@some
@given(st.lists(st.sampled_from(["", "m", "t"]), min_size=9, max_size=9))
def test_insertions_at_different_places_never_clash(gaps):
    base = "กขคงจฉชซ"

    def with_insertions(letters: str) -> str:
        return "".join(gap * (gap in letters) + token for gap, token in zip(gaps, [*base, ""], strict=True))

    assert merge(base, with_insertions("m"), with_insertions("t"), split=list).text == with_insertions("mt")


def test_two_people_change_different_words():
    base = "ให้เสนอผู้อำนวยการภายใน ๓๐ นาที"
    mine = "ให้เสนอรองผู้อำนวยการภายใน ๓๐ นาที"
    theirs = "ให้เสนอผู้อำนวยการภายใน ๖๐ นาที พร้อมความเห็น"

    assert merge(base, mine, theirs).text == "ให้เสนอรองผู้อำนวยการภายใน ๖๐ นาที พร้อมความเห็น"


def test_two_people_change_the_same_word():
    base, mine, theirs = "ภายใน ๓๐ นาที", "ภายใน ๖๐ นาที", "ภายใน ๔๕ นาที"
    merged = merge(base, mine, theirs)

    assert merged.text is None
    assert merged.clashes == [("clash", "๓๐", "๖๐", "๔๕")]
    assert [chunk.text for chunk in merged.chunks] == ["ภายใน ", None, " นาที"]


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("ก1ข", "ก2ข", None),
        ("ก1ข", "ก1ข", "ก1ข"),
        ("ก1ข", "ก", "ก1"),
        ("ก", "กขค", "กค"),
        ("", "กข1", "1"),
        ("กx", "กข1", "กx1"),
        ("กข1", "กข2", None),
        ("", "", ""),
    ],
)
def test_changes_that_touch_stand_side_by_side(mine, theirs, merged):
    assert merge("กข", mine, theirs, split=list).text == merged


def test_formatting_merges_with_rewording():
    base = "ให้เสนอ ผู้อำนวยการ ภายใน ๓๐ นาที"
    mine = "ให้เสนอ <strong>ผู้อำนวยการ</strong> ภายใน ๓๐ นาที"
    theirs = "ให้เสนอ ผู้อำนวยการ ภายใน ๖๐ นาที"
    merged = merge(base, mine, theirs, split=tokenize_inline).text

    assert merged == sanitize_inline(merged) == "ให้เสนอ <strong>ผู้อำนวยการ</strong> ภายใน ๖๐ นาที"
