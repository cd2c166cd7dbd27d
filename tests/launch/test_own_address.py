"""What a portal takes for its own address: the book, letters and QR codes lead there."""

import pytest

from hearing_portal.launch.commands import own_address


@pytest.mark.parametrize(
    ("host", "port", "url"),
    [
        ("127.0.0.1", 8000, "http://127.0.0.1:8000"),
        ("127.0.0.1", 8912, "http://127.0.0.1:8912"),
        ("hearing.example.go.th", 80, "http://hearing.example.go.th:80"),
        ("::1", 8912, "http://[::1]:8912"),
    ],
)
def test_address_is_where_the_portal_answers(host, port, url):
    found = own_address(host, port)

    assert found["PORTAL_URL"] == url
    assert host in found["PORTAL_HOSTS"].split(",")


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_portal_on_every_address_names_none_of_them(host):
    assert own_address(host, 8912) == {}
