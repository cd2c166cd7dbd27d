"""Documents are printed once, and a document that cannot be printed is named."""

import os
from dataclasses import replace

import pytest

from manuals.pdf.book import print_book
from manuals.pdf.chunk_cache import cache_get, cache_put, chunk_key, forget_oldest
from manuals.pdf.chunks import Document
from manuals.pdf.render import render_chunk
from manuals.pdf.render_pool import PrintFailed, print_documents
from tests.manuals.pdf.book_factory import make_book
from tests.manuals.pdf.pdf_reader import whole_text


def make_document(name: str, body: str = "<p>น้ำ</p>") -> Document:
    return Document(
        name,
        f'<html lang="th"><head><title>{name}</title></head><body>{body}</body></html>',
    )


def test_documents_come_back_in_order_and_the_second_time_from_the_cache(tmp_path):
    documents = [make_document(f"d{number}") for number in range(4)]

    printed, rendered = print_documents(documents, cache_dir=tmp_path)
    again, rendered_again = print_documents(documents, cache_dir=tmp_path)

    assert (rendered, rendered_again) == (4, 0)
    assert again == printed
    assert [each.pdf for each in printed] == [
        render_chunk(document.html).pdf for document in documents
    ]


def test_half_written_or_damaged_chunk_is_printed_again(tmp_path):
    (document,) = [make_document("d")]
    print_documents([document], cache_dir=tmp_path)
    (path,) = tmp_path.glob("??/*")
    path.write_bytes(path.read_bytes()[:-10])

    assert cache_get(tmp_path, path.name) is None
    assert print_documents([document], cache_dir=tmp_path)[1] == 1


def test_key_changes_with_words_and_pictures_used():
    document = make_document("d", '<img alt="x" src="book:picture/abc">')
    keys = {
        chunk_key(document, {}),
        chunk_key(document, {"abc": ("image/png", b"")}),
        chunk_key(replace(document, html=document.html + " "), {}),
        chunk_key(replace(document, tagged=False), {}),
    }

    assert len(keys) == 4
    assert chunk_key(document, {"other": ("image/png", b"")}) == chunk_key(document, {})
    assert chunk_key(replace(document, name="e"), {}) == chunk_key(document, {})


def test_cache_forgets_what_was_unused_for_longest(tmp_path):
    printed = render_chunk(make_document("d").html)
    for key in ("aa1", "bb2", "cc3"):
        cache_put(tmp_path, key, printed)
    size = (tmp_path / "aa" / "aa1").stat().st_size
    for age, key in enumerate(("cc3", "bb2", "aa1")):
        path = tmp_path / key[:2] / key
        stamp = 1_600_000_000 + age
        os.utime(path, (stamp, stamp))

    forget_oldest(tmp_path, limit=2 * size)

    assert sorted(path.name for path in tmp_path.glob("??/*")) == ["aa1", "bb2"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<div>" * 700 + "ก", "nested too deeply"),
        ('<img alt="x" src="file:///etc/hostname">', "wants to read"),
    ],
)
def test_failure_names_the_document(body, reason, tmp_path):
    documents = [
        make_document("ดี"),
        make_document("กระบวนงาน 4.2", body),
        make_document("ดี 2"),
    ]

    with pytest.raises(PrintFailed, match=reason) as failure:
        print_documents(documents, cache_dir=tmp_path)

    assert failure.value.name == "กระบวนงาน 4.2"


def test_one_edited_clause_prints_one_document_again(tmp_path):
    book = make_book()
    first = print_book(book, cache_dir=tmp_path)
    entries = book.manuals[0].units[0].processes[0]
    edited = replace(
        entries[2], content=replace(entries[2].content, body="เพื่อให้รับน้ำได้ถูกต้อง")
    )
    entries[2] = edited

    second = print_book(book, cache_dir=tmp_path)

    assert (first.chunks_rendered, first.chunks_reused) == (9, 0)
    assert (second.chunks_rendered, second.chunks_reused) == (1, 8)
    assert second.sha256 != first.sha256
    path = tmp_path / "edited.pdf"
    path.write_bytes(second.bytes)
    assert "เพื่อให้รับน้ำได้ถูกต้อง" in whole_text(path)


def test_book_from_the_cache_equals_a_book_printed_anew(tmp_path):
    book = make_book()
    print_book(book, cache_dir=tmp_path)

    assert print_book(book, cache_dir=tmp_path).bytes == print_book(book).bytes
