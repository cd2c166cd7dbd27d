"""Refusals in Thai that keep the person's text, answers for htmx and without, hostile input, and the shell's links."""

import html
import re
import urllib.parse
from pathlib import Path
from uuid import uuid4

import pytest
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from hearing_portal.directory.permissions import Roles, load_roles
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.web.field_names import STAMPS
from hearing_portal.web.forms import ThaiTextField, text_changes
from hearing_portal.web.http import NotVisible, require_permission, respond
from hearing_portal.web.navigation import MAIN_NAVIGATION, MORE_NAVIGATION
from tests import factories
from tests.markup import markup

TEXT = "ขอให้ตัดข้อนี้ออก\nเพราะซ้ำกับข้อ ๕.๓"


class SessionClosed(Refusal):
    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("เวทีปิดแล้ว ความคิดเห็นนี้ยังไม่ได้ส่ง")


FAULTS = {
    "forbidden": lambda: require_permission(False, "เฉพาะคณะทำงานยกร่างของกลุ่ม"),
    "denied": lambda: (_ for _ in ()).throw(PermissionDenied("English words")),
    "not-visible": lambda: (_ for _ in ()).throw(NotVisible),
    "missing": lambda: (_ for _ in ()).throw(
        Http404("No Clause matches the given query.")
    ),
    "closed": lambda: (_ for _ in ()).throw(SessionClosed),
    "invalid": lambda: (_ for _ in ()).throw(ValidationError(["ข้อนี้ยกเลิกแล้ว"])),
    "broken": lambda: (_ for _ in ()).throw(RuntimeError("secret of the server")),
}


@csrf_exempt
def faulty(request, fault):
    FAULTS[fault]()
    raise AssertionError("the fault did not happen")


@csrf_exempt
@require_POST
def act(request):
    messages.success(request, "บันทึกแล้ว")
    return respond(
        request, "components/colophon.html", {"note": "ผู้ทรงคุณวุฒิ"}, to="/done/"
    )


@csrf_exempt
def ask_a_failing_database(request):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO no_such_relation VALUES (%s)", [request.POST["text"]]
        )
    raise AssertionError("the database did not fail")


@csrf_exempt
def say(request):
    form = TextForm(request.POST)
    return HttpResponse(
        form.cleaned_data["text"] if form.is_valid() else " ".join(form.errors["text"])
    )


def ask_to_sign_in(request):
    return HttpResponse(status=302, headers={"Location": "/sign-in/?next=/comments/"})


urlpatterns = [
    path("fault/<str:fault>/", faulty),
    path("act/", act),
    path("say/", say),
    path("failing-database/", ask_a_failing_database),
    path("guarded/", csrf_exempt(ask_to_sign_in)),
    path("plain/", lambda request: render(request, "base.html")),
    path("strict/", require_POST(lambda request: HttpResponse("sent"))),
    path("", include("hearing_portal.urls")),
]
handler400 = "hearing_portal.web.http.bad_request"
handler403 = "hearing_portal.web.http.permission_denied"
handler404 = "hearing_portal.web.http.page_not_found"
handler500 = "hearing_portal.web.http.server_error"

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


def text_of(response) -> str:
    return html.unescape(response.content.decode())


def kept_texts(response) -> list[str]:
    """What the page's text areas hold, as a browser would give it back."""
    found = re.findall(
        r"<textarea[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.DOTALL
    )
    return [html.unescape(text).replace("\r\n", "\n") for text in found]


# -- refusals ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        ("forbidden", 403, "เฉพาะคณะทำงานยกร่างของกลุ่ม"),
        ("denied", 403, "สิทธิของท่านไม่ครอบคลุมรายการนี้"),
        ("not-visible", 404, "ไม่พบหน้าที่ต้องการ"),
        ("missing", 404, "ไม่พบหน้าที่ต้องการ"),
        ("closed", 409, "เวทีปิดแล้ว ความคิดเห็นนี้ยังไม่ได้ส่ง"),
        ("invalid", 422, "ข้อนี้ยกเลิกแล้ว"),
    ],
)
def test_refused_post_says_why_in_thai_and_keeps_the_text(client, fault, status, says):
    form = {
        "text": TEXT,
        "client_key": "5d9f7d1e-4a52-4f0e-9f0e-0f0c5d1d7f10",
        "password": "ความลับของฉัน",
    }
    response = client.post(
        f"/fault/{fault}/", form, headers={"Referer": "http://testserver/process/9/"}
    )

    assert response.status_code == status
    assert says in text_of(response)
    assert kept_texts(response) == [TEXT]
    assert 'href="http://testserver/process/9/"' in response.content.decode()
    for hidden in ("ความลับของฉัน", "5d9f7d1e", "English", "No Clause"):
        assert hidden not in text_of(response)


def test_who_is_signed_in_is_not_told_to_sign_in(client, sign_in):
    anonymous = text_of(client.get("/nowhere/"))
    assert "ท่านต้องเข้าสู่ระบบก่อนจึงจะเห็น" in anonymous

    page = text_of(sign_in(factories.make_user()).get("/nowhere/"))

    assert "เข้าสู่ระบบก่อน" not in page
    assert "บทบาทของท่านไม่ได้ให้สิทธิเปิดหน้านี้" in page
    assert "บัญชีของท่าน" in page


def test_way_back_never_leads_to_another_site(client):
    page = client.post(
        "/fault/closed/", headers={"Referer": "https://evil.example/"}
    ).content.decode()

    assert "evil.example" not in page


def test_fault_of_ours_is_a_page_without_database_or_secrets(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.post("/fault/broken/", {"text": TEXT})

    assert response.status_code == 500
    assert "ระบบขัดข้อง" in text_of(response)
    assert "secret" not in text_of(response)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "kind", ["application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_form_that_met_a_failing_database_shows_its_text_to_copy(client, kind):
    """A statement fails after the view has read the form, in the middle of a transaction."""
    form = {
        "text": TEXT,
        "title": "<script>",
        "client_key": "k-1",
        "password": "ความลับของฉัน",
        "csrfmiddlewaretoken": "t",
    }
    sent = (
        {"data": urllib.parse.urlencode(form), "content_type": kind}
        if "url" in kind
        else {"data": form}
    )

    response = client.post("/failing-database/", **sent)

    assert (response.status_code, response["Cache-Control"]) == (500, "no-store")
    assert kept_texts(response) == [TEXT, "<script>"]
    assert "readonly" in response.content.decode()
    for hidden in ("<script>", "ความลับของฉัน", "relation", "k-1"):
        assert hidden not in response.content.decode()


def test_fault_before_the_form_was_read_shows_its_text_too(client):
    assert kept_texts(client.post("/fault/broken/", {"text": TEXT})) == [TEXT]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (
            urllib.parse.urlencode({"text": "ก" * 30_000}),
            "application/x-www-form-urlencoded",
        ),  # over 256 KiB
        ("--x\r\nnonsense", "multipart/form-data; boundary=x"),
        ("--x\r\nnonsense", "multipart/form-data"),
        ('{"text": "ข้อความ"}', "application/json"),
    ],
)
def test_fault_with_a_body_that_is_no_form_of_ours_is_still_a_page(client, body, kind):
    response = client.post("/fault/broken/", body, kind)

    assert response.status_code == 500
    assert "ระบบขัดข้อง" in text_of(response)
    assert kept_texts(response) == []


def test_htmx_is_told_of_a_fault_in_a_notice_only(client):
    response = client.post(
        "/fault/broken/", {"text": TEXT}, headers={"HX-Request": "true"}
    )

    assert (response.status_code, response["HX-Retarget"]) == (500, "#notices")
    assert (kept_texts(response), "<html" in text_of(response)) == ([], False)
    assert "ข้อความที่พิมพ์ค้างไว้ยังอยู่ครบ" in text_of(response)


def test_fault_of_an_act_without_words_tells_of_none(client):
    response = client.post(
        "/fault/broken/", {"support": "p126"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 500
    assert "พิมพ์ค้างไว้" not in text_of(response)


def test_htmx_gets_the_refusal_as_a_notice_beside_the_untouched_form(client):
    response = client.post(
        "/fault/closed/", {"text": TEXT}, headers={"HX-Request": "true"}
    )

    assert (response.status_code, response["HX-Retarget"], response["HX-Reswap"]) == (
        409,
        "#notices",
        "innerHTML",
    )
    assert (
        markup(response)
        .lstrip()
        .startswith('<div class="notice notice--no" role="alert">')
    )
    assert SessionClosed().message_th in text_of(response)
    assert "<html" not in text_of(response)
    assert "กลับไปหน้าเดิม" not in text_of(response)  # the page is there
    assert "ยังอยู่ในหน้านี้" in text_of(response)


def test_htmx_is_told_that_its_page_is_outdated_only_by_a_conflict(client):
    answers = [
        client.post(f"/fault/{fault}/", headers={"HX-Request": "true"})
        for fault in ("closed", "invalid")
    ]

    assert [answer.get("HX-Trigger") for answer in answers] == ["outdated", None]


def test_program_gets_the_refusal_as_json(client):
    response = client.post("/fault/closed/", headers={"Accept": "application/json"})

    assert (response.status_code, response.json()) == (
        409,
        {"status": 409, "message": SessionClosed().message_th},
    )


def test_opening_an_act_says_in_thai_that_it_needs_a_form(client):
    response = client.get("/act/")

    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "เปิดที่อยู่เว็บนี้โดยตรงไม่ได้" in text_of(response)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
@pytest.mark.parametrize("address", ["/sign-in/", "/fault/closed/"])
def test_body_over_the_limit_is_413(client, address):
    body = urllib.parse.urlencode({"text": "ก" * 1000})
    response = client.post(address, body, "application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป" in text_of(response)
    assert "คัดลอกเก็บไว้ก่อน แล้วแบ่งส่งทีละส่วน" in text_of(response)


def test_body_over_the_limit_is_told_the_limit(client):
    body = urllib.parse.urlencode({"text": "ก" * 240_000})
    response = client.post("/sign-in/", body, "application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert "ไม่เกิน 2 MB (ราว 233,000 ตัวอักษรไทย)" in text_of(response)


def test_too_many_fields_are_413_and_told_how_many_are_not(client):
    body = "&".join(f"f{n}=1" for n in range(2500))
    response = client.post("/sign-in/", body, "application/x-www-form-urlencoded")

    assert response.status_code == 413
    assert "เกิน 2,000 ช่อง" in text_of(response)


# -- session and token ---------------------------------------------------------------------------------------


def test_post_that_met_the_sign_in_keeps_the_text_to_send_again(client):
    response = client.post(
        "/guarded/?at=3", {"text": TEXT, "type": "amend", "client_key": "k-1"}
    )
    page = response.content.decode()

    assert response.status_code == 401
    assert kept_texts(response) == [TEXT]
    assert '<form class="kept" method="post" action="/guarded/?at=3">' in page
    assert '<input type="hidden" name="type" value="amend">' in page
    assert '<input type="hidden" name="client_key" value="k-1">' in page
    assert 'href="/sign-in/" target="_blank"' in page


def test_visit_that_met_the_sign_in_goes_there_but_a_fragment_stays(client):
    assert client.get("/guarded/").status_code == 302
    assert client.get("/guarded/", headers={"HX-Request": "true"}).status_code == 401


@pytest.fixture
def strict_client() -> Client:
    return Client(enforce_csrf_checks=True)


def test_form_with_an_old_token_can_be_sent_again_from_the_refusal(strict_client):
    form = {"text": TEXT, "csrfmiddlewaretoken": "o" * 32}
    refused = strict_client.post(
        "/strict/", form, headers={"Origin": "http://testserver"}
    )
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"',
        refused.content.decode().split("kept")[1],
    )[1]
    again = strict_client.post(
        "/strict/", {"text": kept_texts(refused)[0], "csrfmiddlewaretoken": token}
    )

    assert (refused.status_code, kept_texts(refused)) == (403, [TEXT])
    assert (again.status_code, again.content) == (200, b"sent")


def test_only_what_somebody_typed_is_shown_of_a_form_that_can_be_sent_again(
    strict_client,
):
    stamps = {
        "family": f"{uuid4()}:3 {uuid4()}:1",  # hidden in its form
        "known": "ความคิดเห็นเลขที่ 5",  # of a template
        "seen-2": "ลำดับที่ 1 ก 2",
        "next": "/groups/DIR/queue/?comment=1&state=open",
    }
    form = {"text": TEXT, "csrfmiddlewaretoken": "o" * 32, **stamps}
    page = strict_client.post("/strict/", form, headers={"Origin": "http://testserver"})
    assert kept_texts(page) == [TEXT]
    for name, value in stamps.items():
        hidden = f'<input type="hidden" name="{name}" value="{html.escape(value)}">'
        assert hidden in page.content.decode()


def test_what_templates_send_unseen_is_known_as_such():
    named = set()
    hidden = re.compile(r'<input type="hidden"[^>]* name="([a-z_]+)')
    for template in Path("templates").rglob("*.html"):
        named.update(hidden.findall(template.read_text()))
    typed_before = {"reason"}  # on the page before
    assert named - STAMPS - typed_before == set()


def test_page_that_sends_by_itself_without_its_cookies_is_told_to_sign_in(
    strict_client,
):
    form = {"text": TEXT, "csrfmiddlewaretoken": "o" * 32}
    told = strict_client.post("/strict/", form, headers={"Accept": "application/json"})
    assert told.status_code == 401


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://testserver.evil.example", "null"]
)
def test_form_from_another_site_is_not_offered_again(strict_client, origin):
    response = strict_client.post(
        "/strict/", {"text": TEXT}, headers={"Origin": origin}
    )

    assert response.status_code == 403
    assert '<form class="kept"' not in response.content.decode()


# -- hostile input -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/plain/?q=%00",
        "/plain/?q=a%FFb",
        "/plain/?q=%ED%A0%80",
        "/plain/?%00=q",
        "/plain/%00",
        "/plain/%FF",
        "/plain/%ED%A0%80/",
        "/plain/?" + "&".join(f"f{n}=1" for n in range(2500)),
    ],
)
def test_broken_address_is_a_clear_400(client, address):
    response = client.get(address)

    assert response.status_code == 400
    assert "อ่านคำขอนี้ไม่ได้" in text_of(response)


def test_unknown_host_is_a_400(client):
    assert client.get("/plain/", headers={"Host": "evil.example"}).status_code == 400


def test_cookie_with_nul_is_a_clear_400(client):
    assert (
        client.get("/account/", headers={"Cookie": r'sessionid="a\000b"'}).status_code
        == 400
    )


def test_thai_address_is_no_broken_address(client):
    assert client.get("/plain/?q=%E0%B8%81%20ข้อ%20๕.๓%25").status_code == 200


# -- answers -------------------------------------------------------------------------------------------------


def test_answer_without_htmx_sends_on_and_keeps_the_message(client):
    response = client.post("/act/")

    assert (response.status_code, response["Location"]) == (303, "/done/")
    assert "บันทึกแล้ว" in text_of(client.get("/plain/"))
    assert "บันทึกแล้ว" not in text_of(client.get("/plain/"))


def test_answer_to_htmx_is_the_fragment_with_the_message(client):
    response = client.post("/act/", headers={"HX-Request": "true"})
    page = response.content.decode()

    assert response.status_code == 200
    assert page.strip().startswith('<footer class="colophon">')
    assert '<div id="notices" hx-swap-oob="innerHTML">' in page
    assert "บันทึกแล้ว" in page
    assert "HX-Request" in response["Vary"]
    assert "บันทึกแล้ว" not in text_of(client.get("/plain/"))


def test_answer_to_a_boosted_link_is_the_whole_page(client):
    headers = {"HX-Request": "true", "HX-Boosted": "true"}

    assert client.post("/act/", headers=headers).status_code == 303


# -- text fields ---------------------------------------------------------------------------------------------


class TextForm(forms.Form):
    text = ThaiTextField(max_length=20, error_messages={"required": "โปรดพิมพ์ความคิดเห็น"})
    title = ThaiTextField(max_length=10, multiline=False, required=False)


def test_text_field_cleans_by_the_policy_and_counts_the_changes():
    form = TextForm({"text": "  เเละ\r\nน\u0e4d\u0e32ไป ", "title": "ก\nข"})

    assert form.is_valid()
    assert form.cleaned_data == {"text": "  และ\nนำไป ", "title": "ก ข"}
    assert text_changes(form) == 3


@pytest.mark.parametrize(
    "bad", ["ก\x00ข", "ก\ufffcข", "ก" * 21, " \n\t ", "\u3164\u2800 \u115f"]
)
def test_refused_text_stays_in_the_form(bad):
    form = TextForm({"text": bad})

    assert not form.is_valid()
    assert form["text"].value() == bad
    assert "maxlength" not in str(form["text"])


@pytest.mark.parametrize("way", ["percent", "raw", "multipart"])
@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ("ขอแก้ข้อ ๕.๓".encode(), "ขอแก้ข้อ ๕.๓"),
        ("ขอแก้ข้อ ๕.๓".encode("cp874"), "ขอแก้ข้อ ๕.๓"),
        ("café Ä".encode("latin-1"), "โปรดพิมพ์หรือวางข้อความใหม่"),
        ("ขอแก้".encode()[:-1] + b" x", "โปรดพิมพ์หรือวางข้อความใหม่"),
    ],
    ids=["utf-8", "windows-874", "latin-1", "cut short"],
)
def test_bytes_become_the_thai_they_are_or_are_refused(client, way, sent, says):
    kind, body = "application/x-www-form-urlencoded", b"title=1&text=" + sent
    if way == "percent":
        body = b"title=1&text=" + urllib.parse.quote_from_bytes(sent).encode()
    elif way == "multipart":
        kind = "multipart/form-data; boundary=xx"
        body = (
            b'--xx\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
            + sent
            + b"\r\n--xx--\r\n"
        )

    assert (
        says
        in client.generic("POST", "/say/", body, content_type=kind).content.decode()
    )


# -- the shell -----------------------------------------------------------------------------------------------


def test_page_has_nothing_inline_and_says_its_language(client):
    page = client.get("/plain/").content.decode()

    assert '<html lang="th">' in page
    assert not re.search(r"<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=", page)


def test_pages_of_somebody_signed_in_are_kept_nowhere(client, delegate):
    """Also not for the Back button after signing out; style sheets and pages of nobody in particular may be kept."""
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
    client.force_login(delegate)
    for address in ("/", "/my-comments/", "/nothing/here/"):
        assert {"private", "no-store"} <= set(
            client.get(address)["Cache-Control"].split(", ")
        )


def test_links_follow_the_role(delegate, drafter, expert, admin):
    def places_of(roles: Roles) -> list[str]:
        return [
            place.name
            for place in (*MAIN_NAVIGATION, *MORE_NAVIGATION)
            if place.is_open_to(roles)
        ]

    to_read = ["edition-list", "guide", "contact"]
    to_take_part = ["overlaps", "hearing-overview", "considered"]
    assert places_of(Roles()) == ["home", *to_read]
    assert places_of(load_roles(delegate)) == [
        "home",
        "my-comments",
        "office-comments",
        *to_take_part,
        "office-positions",
        "notices",
        *to_read,
    ]
    assert places_of(load_roles(expert)) == [
        "home",
        "my-comments",
        "review-requests",
        "advice",
        *to_take_part,
        "notices",
        *to_read,
    ]
    assert places_of(load_roles(drafter)) == [
        "home",
        "queue",
        "drafting",
        *to_take_part,
        "notices",
        *to_read,
        "legal-sources",
        "exports",
        "papers",
    ]
    assert places_of(load_roles(admin)) == [
        *("home", "queue", "drafting", "editions", "people", *to_take_part),
        *(
            "notices",
            *to_read,
            "legal-sources",
            "exports",
            "papers",
            "hearing-desk",
            "audit",
        ),
    ]


def test_link_of_the_page_is_marked(client):
    page = markup(client.get("/editions/"))
    [marked] = re.findall(
        r'<a class="menu__link" href="([^"]*)" aria-current="page">', page
    )

    assert marked == "/editions/"


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "no-such-charset"])
@pytest.mark.parametrize(
    "media_type",
    ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"],
)
def test_other_encodings_are_refused(client, charset, media_type):
    content_type = f"{media_type}; charset={charset}"
    for answer in (
        client.generic("POST", "/act/", "text=%E0%B8%81", content_type=content_type),
        client.get("/plain/?q=%E0%B8%81", headers={"Content-Type": content_type}),
    ):
        assert answer.status_code == 400
        assert "UTF-8" in answer.content.decode()
    assert (
        client.generic(
            "POST", "/act/", "text=x", content_type=f"{media_type}; charset=UTF-8"
        ).status_code
        == 303
    )
