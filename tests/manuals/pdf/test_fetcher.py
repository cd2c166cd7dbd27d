"""A printed document reads nothing but its own fonts and style sheet, and the pictures it was given."""

import http.server
import io
import threading
from base64 import b64encode

import pikepdf
import pytest
from PIL import Image

from manuals.pdf.fetcher import BUNDLED, BookFetcher, ReadRefused
from manuals.pdf.render import PrintRefused, render_chunk

SECRET = "ความลับของเครื่อง"


@pytest.fixture
def listener():
    """A web server on this machine that notes who asks it."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SECRET.encode())

        def log_message(self, *_):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


INNER = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><image href='{url}' width='9' height='9'/></svg>"
VECTORS = {
    "image": '<img alt="x" src="{url}">',
    "object": '<object data="{url}">x</object>',
    "embed": '<embed src="{url}">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "import": "<style>@import url({url});</style>",
    "font": "<style>@font-face {{ font-family: X; src: url({url}) }} p {{ font-family: X }}</style><p>ก</p>",
    "background": '<p style="background: url({url})">ก</p>',
    "list marker": '<ul><li style="list-style-image: url({url})">ก</li></ul>',
    "content": "<style>p::before {{ content: url({url}) }}</style><p>ก</p>",
    "border image": '<p style="border: 1mm solid; border-image: url({url}) 1">ก</p>',
    "drawing inside": '<img alt="x" src="data:image/svg+xml,' + INNER + '">',
    "inline drawing": INNER,
    "attachment": '<a rel="attachment" href="{url}">ก</a>',
    "attached file": '<link rel="attachment" href="{url}">',
}  # fmt: skip


@pytest.mark.parametrize("scheme", ["file", "http"])
@pytest.mark.parametrize("vector", VECTORS)
def test_nothing_outside_is_read(vector, scheme, listener, tmp_path):
    address, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)
    url = f"{address}/secret.svg" if scheme == "http" else secret.as_uri()

    with pytest.raises(PrintRefused, match="wants to read"):
        render_chunk(make_document(VECTORS[vector].format(url=url)))

    assert asked == []


def make_document(body: str) -> str:
    head, _, _ = (
        body.partition("<p") if body.startswith(("<style", "<link")) else ("", "", "")
    )
    return f'<html lang="th"><head><title>ก</title>{head}</head><body>{body.removeprefix(head)}<p>ข</p></body></html>'


@pytest.mark.parametrize(
    "url",
    [
        "book:../../../etc/passwd",
        "book:fonts/../book.css",
        "book:picture/unknown",
        "book:/book.css",
        "BOOK:secret",
        "relative.png",
        "//example.org/x.png",
        "data:text/html,<p>x",
        "data:image/png;base64,AAAA",
        "data:image/svg+xml;base64,AAAA",
        "data:image/svg+xml," + "x" * 500_000,
        "ftp://example.org/x",
        "gopher://example.org/x",
        "jar:file:///etc/passwd!/x",
        "javascript:alert(1)",
        "",
    ],
)
def test_other_addresses_are_refused(url):
    fetcher = BookFetcher({"known": ("image/png", b"x")})

    with pytest.raises(ReadRefused):
        fetcher.fetch(url)
    assert fetcher.refused == [url[:200]]


@pytest.mark.parametrize("name", sorted(BUNDLED))
def test_own_files_are_read(name):
    response = BookFetcher().fetch(f"book:{name}")

    assert response.content_type == BUNDLED[name]
    assert len(response.read()) > 1000


def test_given_picture_is_printed_and_needs_no_file():
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "#1d3557").save(drawn, "PNG")
    html = make_document('<img alt="ตรา" src="book:picture/abc">')

    printed = render_chunk(html, {"abc": ("image/png", drawn.getvalue())})

    with pikepdf.open(io.BytesIO(printed.pdf)) as file:
        assert len(file.pages[0].get_images()) == 1


def test_words_of_a_clause_cannot_bring_a_picture_in():
    payload = b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode()

    with pytest.raises(PrintRefused):
        render_chunk(
            make_document(f'<img alt="x" src="data:image/svg+xml;base64,{payload}">')
        )
