"""One habit of digits a page: the reader's switch turns headings, counts, days and labels; codes and values stay."""

import re

import pytest
from django.test import Client

from hearing_portal.web.digits import in_thai_digits


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<h2>สารบัญ 10&nbsp;กลุ่มงาน</h2>", "<h2>สารบัญ ๑๐&nbsp;กลุ่มงาน</h2>"),
        ("5&#39;6 &amp; 7", "๕&#39;๖ &amp; ๗"),
        (
            '<a href="/9/" title="ข้อ 5.1">5.1</a>',
            '<a href="/9/" title="ข้อ ๕.๑">๕.๑</a>',
        ),
        ('<b\n aria-label="10 &#39;2">1</b>', '<b\n aria-label="๑๐ &#39;๒">๑</b>'),
        (
            '<input value="5/9/2565" placeholder="5/9/2565">',
            '<input value="5/9/2565" placeholder="๕/๙/๒๕๖๕">',
        ),
        ("<textarea>ข้อ 5</textarea> 5", "<textarea>ข้อ 5</textarea> ๕"),
        (
            "<code>123</code><script>x = 1</script>",
            "<code>123</code><script>x = 1</script>",
        ),
        (
            '<strong translate="no">1234</strong> 5',
            '<strong translate="no">1234</strong> ๕',
        ),
        ("รหัส 2565-D2 ของ GF07 เวลา 08.30 น.", "รหัส 2565-D2 ของ GF07 เวลา ๐๘.๓๐ น."),
        ("<!-- 1 --> 1 < 2", "<!-- 1 --> ๑ < ๒"),
        (
            "ตาม ISO <strong>9001</strong> 10<b> MB</b> <em>5</em> วัน",
            "ตาม ISO <strong>9001</strong> 10<b> MB</b> <em>๕</em> วัน",
        ),
        ("<td>5</td><td>A</td>", "<td>๕</td><td>A</td>"),
    ],
)
def test_what_a_page_says_is_turned_and_what_it_means_stays(written, shown):
    assert in_thai_digits(written) == shown


def test_turning_changes_digits_only_and_is_done_once():
    page = '<p title="1">1 <em>2</em> &#x31; <textarea>3</textarea></p>'

    once = in_thai_digits(page)

    assert re.sub("[๑๒๓]", "", once) == re.sub('(?<=[ >"])[12](?=[ <"])', "", page)
    assert in_thai_digits(once) == once


@pytest.mark.django_db
def test_reader_of_thai_digits_meets_no_others(client: Client):
    client.cookies["digits"] = "thai"

    response = client.get("/guide/")

    html = response.content.decode()
    assert int(response["Content-Length"]) == len(response.content)
    words = re.sub(
        r"<script.*?</script>|<style.*?</style>|<(code|kbd)\b.*?</\1>|<[^>]*>",
        " ",
        html,
        flags=re.DOTALL,
    )
    # the name of the other choice is written in its own digits
    assert (
        re.findall(
            r"(?<![A-Za-z])[0-9]+",
            words.replace("อารบิก 123", "").replace("เลขอารบิก 123", ""),
        )
        == []
    )
    assert 'data-digits="thai"' in html
