import pytest
from hypothesis import given
from hypothesis import strategies as st

from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    fill_object_markers,
    place_references,
    read_placeholders,
    read_start_tag,
    read_uuid,
    referenced_uuids,
    replace_references,
    tell_markers,
    write_placeholders,
    write_reference,
)

ONE = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
OTHER = "0f4b6a52-94a8-4c06-a1e6-5e7f5d1c2a10"
BODY = (
    f'<em>ตาม</em> <span data-ref="{ONE}"></span> และ <span data-ref="{OTHER}"></span>'
)


def test_reference_in_an_excerpt_is_a_word_and_no_box():
    assert tell_markers("ตาม\ufffcและ\ufffc") == "ตาม[ข้อที่อ้าง]และ[ข้อที่อ้าง]"


def test_written_reference_is_read_again():
    assert referenced_uuids(
        f"ตาม{write_reference(ONE)}และ{write_reference(OTHER)}{write_reference(ONE)}"
    ) == [
        ONE,
        OTHER,
        ONE,
    ]


def test_references_of_a_body_are_replaced_by_what_they_say():
    assert (
        replace_references(BODY, {ONE: "ข้อ 1", OTHER: "ข้อ 2"}.__getitem__)
        == "<em>ตาม</em> ข้อ 1 และ ข้อ 2"
    )


@pytest.mark.parametrize(
    "body",
    [
        "",
        "ตาม",
        '<span data-ref="x"></span>',
        f'<span id="{ONE}"></span>',
        f"⟦1⟧ {ONE}",
    ],
)
def test_what_is_no_reference_stays(body):
    assert referenced_uuids(body) == []
    assert replace_references(body, lambda uuid: "!") == body


@pytest.mark.parametrize(
    ("attribute", "uuid"),
    [
        (ONE, ONE),
        (f" {ONE.upper()}\n", ONE),
        ("", ""),
        ("x", ""),
        (f"{ONE}0", ""),
        (ONE.replace("-", ""), ""),
    ],
)
def test_attribute_of_foreign_html_is_taken_in_one_spelling(attribute, uuid):
    assert read_uuid(attribute) == uuid


@pytest.mark.parametrize(
    ("tag", "uuid"),
    [
        (f'<span data-ref="{ONE}">', ONE),
        (f"<span data-ref='{ONE}'>", ONE),
        (f"<span data-ref={ONE}>", ONE),
        ("<span>", ""),
        ("</span>", ""),
        (ONE, ""),
    ],
)
def test_start_tag_names_what_it_refers_to(tag, uuid):
    assert read_start_tag(tag) == uuid


def test_object_markers_are_filled_in_order():
    assert (
        fill_object_markers(
            f"ตาม {OBJECT_MARKER} และ {OBJECT_MARKER}", iter(["ข้อ 1", "\\1"])
        )
        == "ตาม ข้อ 1 และ \\1"
    )


def test_placeholders_are_counted_through_the_text():
    assert (
        write_placeholders(f"ตาม {OBJECT_MARKER} และ {OBJECT_MARKER}")
        == "ตาม ⟦1⟧ และ ⟦2⟧"
    )
    assert write_placeholders(f"และ {OBJECT_MARKER}", first=2) == "และ ⟦2⟧"


def test_placeholders_name_their_references_in_any_order():
    assert read_placeholders("⟦2⟧ ก่อน ⟦1⟧", [ONE, OTHER]) == (
        f"{OBJECT_MARKER} ก่อน {OBJECT_MARKER}",
        [OTHER, ONE],
    )


def test_number_of_no_reference_stays_as_typed():
    assert read_placeholders("⟦0⟧ ⟦3⟧ ⟦12345⟧", [ONE, OTHER]) == ("⟦0⟧ ⟦3⟧ ⟦12345⟧", [])


def test_object_marker_from_outside_is_no_reference():
    assert read_placeholders(f"ก{OBJECT_MARKER}⟦1⟧", [ONE]) == (
        f"ก{OBJECT_MARKER}",
        [ONE],
    )


@given(st.text(st.sampled_from(f"กข ๆ⟧{OBJECT_MARKER}"), max_size=30))
def test_placeholders_are_read_as_they_were_written(text):
    uuids = [ONE, OTHER] * text.count(OBJECT_MARKER)

    assert read_placeholders(write_placeholders(text), uuids) == (
        text,
        uuids[: text.count(OBJECT_MARKER)],
    )


def test_references_are_placed_by_the_numbers_a_form_knows():
    text = f"{OBJECT_MARKER} ก {OBJECT_MARKER} ข {OBJECT_MARKER}"
    assert place_references(text, [ONE, OTHER, ONE], [OTHER]) == (
        "⟦2⟧ ก ⟦1⟧ ข ⟦2⟧",
        [ONE],
    )
    assert place_references(text, [ONE, ONE, OTHER], [ONE, ONE, OTHER]) == (
        "⟦1⟧ ก ⟦2⟧ ข ⟦3⟧",
        [],
    )


@given(
    st.lists(st.sampled_from([ONE, OTHER, ONE[::-1]]), max_size=6),
    st.lists(st.sampled_from([ONE, OTHER]), max_size=3),
)
def test_placed_references_are_read_as_they_were(uuids, known):
    text = " ".join([OBJECT_MARKER] * len(uuids))
    placed, more = place_references(text, uuids, known)
    assert read_placeholders(placed, [*known, *more]) == (text, uuids)
