"""Links to the working draft: made, opened by a password, called back; what they show and what they keep to
themselves."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from hearing_portal.acts.models import Act
from hearing_portal.directory.sign_in.limits import MOST_PER_PERSON
from hearing_portal.thai.dates import be_date, be_year
from hearing_portal.thai.markup import write_reference
from manuals.content import Definition, Text
from manuals.drafting.services.dividing import join_sections
from manuals.drafting.services.sections import retire_section
from manuals.models import PreviewLink, PreviewOpening, Section
from manuals.previewing.services import recall_preview_link
from tests import factories
from tests.database import without_triggers
from tests.markup import markup

pytestmark = pytest.mark.django_db
SECRET = "dGhlLXNlY3JldC1vZi10aGUtbGluay0x"
URL = f"/preview/{SECRET}/"


@pytest.fixture
def link(process, drafter) -> PreviewLink:
    return factories.make_preview_link(
        process.manual, process, by=drafter, secret=SECRET
    )


def enter(client: Client, url: str = URL, password: str = factories.PREVIEW_PASSWORD):
    return client.post(url, {"password": password})


def typed(days: int) -> str:
    day = localdate() + timedelta(days=days)
    return f"{day.day}/{day.month}/{be_year(day)}"


def test_link_is_made_once_and_tells_its_secrets_once(sign_in, drafter, process):
    client = sign_in(drafter)
    url = f"{reverse('preview-new', args=['DIR'])}?section={process.uuid}"
    sent = {"uuid": str(uuid4()), "purpose": "เสนอผู้บริหารพิจารณา", "ends_on": typed(7)}
    made = client.post(url, sent)
    told = made.content.decode()
    [secret] = re.findall(r"/preview/([\w-]+)/", told)
    [password] = re.findall(r"\b(\w{4}-\w{4}-\w{4})\b", told)

    link = PreviewLink.objects.get()
    assert len(secret) >= 32  # 192 bits in base 64
    stored = " ".join(
        str(value) for value in PreviewLink.objects.values().get().values()
    )
    assert secret not in stored
    assert password not in stored
    assert link.password.startswith(("argon2", "md5"))  # the tests' own hasher is quick
    assert "no-store" in made["Cache-Control"]

    again = client.post(url, sent)
    assert (again.status_code, PreviewLink.objects.count()) == (303, 1)
    assert secret not in client.get(reverse("preview-links")).content.decode()
    visitor = Client()
    assert (
        enter(visitor, f"/preview/{secret}/", f" {password.upper()} ").status_code
        == 303
    )
    assert "การรับหนังสือราชการ" in markup(visitor.get(f"/preview/{secret}/"))


@pytest.mark.parametrize(
    ("days", "purpose", "words"),
    [
        (-1, "เสนอ", "วันสิ้นสุดต้องไม่ก่อนวันนี้"),
        (91, "เสนอ", "ไม่เกิน 90 วัน"),
        (7, " ", "โปรดระบุว่าใช้ลิงก์นี้เพื่อสิ่งใด"),
    ],
)
def test_wrong_link_is_refused_and_what_was_typed_stays(
    sign_in, drafter, process, days, purpose, words
):
    sent = {"uuid": str(uuid4()), "purpose": purpose, "ends_on": typed(days)}
    answer = sign_in(drafter).post(reverse("preview-new", args=["DIR"]), sent)
    assert (answer.status_code, PreviewLink.objects.count()) == (422, 0)
    assert words in markup(answer)
    assert typed(days) in answer.content.decode()


def test_nothing_is_told_before_the_password(link, process, clause):
    page = Client().get(URL)
    assert page.status_code == 200
    for words in (
        process.title,
        clause.plain,
        process.manual.display_name,
        link.purpose,
    ):
        assert words not in page.content.decode()
    assert Client().get(f"{URL}sections/{process.uuid}/").status_code == 303


def test_right_password_shows_the_process_watermarked_and_leads_nowhere(
    link, process, clause, drafter
):
    visitor = Client()
    wrong = enter(visitor, password="nope-nope-nope")
    assert (
        wrong.status_code,
        "รหัสผ่านไม่ถูกต้อง" in markup(wrong),
        "nope-nope" in markup(wrong),
    ) == (422, True, False)
    assert visitor.get(URL).content.decode().count(clause.plain) == 0

    assert enter(visitor).status_code == 303
    page = visitor.get(URL)
    html = page.content.decode()
    assert clause.plain in markup(page)
    assert "ร่าง ห้ามใช้อ้างอิง" in markup(page)
    assert 'class="watermark"' in html
    assert drafter.family_name not in html
    for inside in (
        'href="/clauses/',
        'href="/groups/',
        'href="/sign-in',
        "<form",
        SECRET,
    ):
        assert inside not in html
    assert (page["Referrer-Policy"], page["Cache-Control"]) == (
        "no-referrer",
        "no-store, private",
    )
    assert "noindex" in page["X-Robots-Tag"]
    assert '<meta name="robots" content="noindex' in html


def test_reference_to_another_process_does_not_name_it(link, process):
    """It is of the draft that the link does not show: its title, a term or a number of it are nobody's yet."""
    others = [
        factories.make_section(process.manual, title, kind=kind)
        for title, kind in (
            ("การตรวจสอบพัสดุ", Section.Kind.PROCESS),
            ("ภารกิจด้านพัสดุ", Section.Kind.MISSION),
        )
    ]
    cited = [
        factories.make_clause(others[0], Definition(term="พัสดุ", body="ของใช้"), part=4),
        factories.make_clause(others[1], "ดูแลพัสดุ", part=0),
    ]
    marks = [write_reference(str(clause.uuid)) for clause in cited]
    factories.make_clause(
        process, Text(body=f"ตาม{marks[0]} ทุกวัน และตาม{marks[1]} ด้วย")
    )
    visitor = Client()
    enter(visitor)

    page = markup(visitor.get(URL))

    assert "ตามข้อในกระบวนงานอื่น ทุกวัน และตามข้อในหมวดอื่น ด้วย" in page
    assert 'href=""' not in page
    for told in ("พัสดุ", *(str(other.uuid) for other in others)):
        assert told not in page
    assert f"<li>{process.parent.title}</li>" not in page


def test_every_answer_of_a_link_keeps_it_to_itself(link, process):
    visitor = Client()
    password_page, dead, file = (
        visitor.get(URL),
        visitor.get("/preview/other/"),
        visitor.get(f"{URL}sections/{process.uuid}/files/{uuid4()}/"),
    )
    for answer in (password_page, dead, file, enter(visitor)):
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
    # A form without a referrer would come from nowhere, and its token be refused
    assert password_page["Referrer-Policy"] == "same-origin"
    assert (dead["Referrer-Policy"], file["Referrer-Policy"]) == (
        "no-referrer",
        "no-referrer",
    )


def test_password_page_works_with_the_token_checked(link):
    visitor = Client(enforce_csrf_checks=True)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', visitor.get(URL).content.decode()
    )
    answer = visitor.post(
        URL, {"password": factories.PREVIEW_PASSWORD, "csrfmiddlewaretoken": token[1]}
    )
    assert (answer.status_code, visitor.get(URL).status_code) == (303, 200)


def test_manual_shows_its_contents_and_each_section_but_no_other_manual(
    drafter, process, fin_group
):
    other = factories.make_process(factories.make_manual(fin_group))
    sibling = factories.make_section(process.manual, "การส่งหนังสือ", kind="process")
    here, there = [
        factories.make_clause(section, "บันทึกผล") for section in (sibling, other)
    ]
    marks = [write_reference(str(clause.uuid)) for clause in (here, there)]
    factories.make_clause(process, Text(body=f"ตาม{marks[0]} และ{marks[1]}"))
    factories.make_preview_link(process.manual, by=drafter, secret=SECRET)
    visitor = Client()
    enter(visitor)
    contents = visitor.get(URL)
    assert f"{URL}sections/{process.uuid}/" in contents.content.decode()
    assert "ร่าง ห้ามใช้อ้างอิง" in markup(contents)
    page = visitor.get(f"{URL}sections/{process.uuid}/").content.decode()
    way = f"{URL}sections/{sibling.uuid}/#c-{here.uuid.hex[:8]}"
    assert (
        f'<a href="{way}">ข้อ 5.1 ของกระบวนงาน การส่งหนังสือ</a> และข้อในกระบวนงานอื่น' in page
    )
    assert str(other.uuid) not in page
    assert visitor.get(f"{URL}sections/{other.uuid}/").status_code == 404
    for page in ("manual-draft", "drafting"):
        args = ["DIR"] if page == "manual-draft" else []
        assert visitor.get(reverse(page, args=args)).status_code == 302


def test_process_shows_no_other_process(link, process, drafter):
    other = factories.make_section(
        process.manual, "การส่งหนังสือราชการ", kind="process", by=drafter
    )
    visitor = Client()
    enter(visitor)
    assert visitor.get(f"{URL}sections/{other.uuid}/").status_code == 404


def test_link_shows_nothing_after_its_last_day(process, drafter):
    factories.make_preview_link(
        process.manual,
        by=drafter,
        secret=SECRET,
        ends_on=localdate() - timedelta(days=1),
    )
    over = Client().get(URL)
    assert (over.status_code, "หมดอายุแล้ว" in over.content.decode()) == (404, True)
    assert "คัดลอกมาไม่ครบ" in Client().get("/preview/another-secret/").content.decode()


@pytest.mark.parametrize(
    "change",
    [str.upper, lambda typed: typed.replace("-", ""), lambda typed: f" {typed} "],
)
def test_password_is_right_however_its_groups_are_typed(link, change):
    assert (
        enter(Client(), password=change(factories.PREVIEW_PASSWORD)).status_code == 303
    )


@pytest.mark.parametrize("ending", ["recalled", "maker left", "maker closed"])
def test_link_ends_at_once_for_who_has_it_open(link, process, drafter, ending):
    visitor = Client()
    enter(visitor)
    assert visitor.get(URL).status_code == 200
    if ending == "recalled":
        recall_preview_link(link, by=drafter)
    elif ending == "maker left":
        with without_triggers():
            drafter.roles.update(valid_until=factories.FIRST_DAY)
    else:
        type(drafter).objects.filter(pk=drafter.pk).update(is_active=False)
    page = visitor.get(URL)
    assert (page.status_code, process.title in page.content.decode()) == (404, False)
    told = "เรียกคืนลิงก์นี้แล้ว" if ending == "recalled" else "ผู้จัดทำลิงก์ไม่ได้ยกร่าง"
    assert told in page.content.decode()
    assert enter(visitor).status_code == 404


@pytest.mark.parametrize("is_joined", [False, True])
@pytest.mark.parametrize("of_manual", [False, True])
def test_link_to_what_left_the_draft_says_what_became_of_it(
    sign_in, drafter, process, is_joined, of_manual
):
    """Without its name, nor that of what took it in, unless the link shows the whole manual, where it leads to that."""
    shown = None if of_manual else process
    factories.make_preview_link(process.manual, shown, by=drafter, secret=SECRET)
    visitor = Client()
    enter(visitor)
    url = f"{URL}sections/{process.uuid}/" if of_manual else URL
    assert visitor.get(url).status_code == 200
    other = factories.make_section(
        process.manual, "การส่งหนังสือ", kind="process", parent=process.parent
    )
    process.refresh_from_db()
    if is_joined:
        both = [(other, other.version), (process, process.version)]
        join_sections(both, by=drafter, reason="เป็นงานเดียวกัน")
    else:
        retire_section(process, process.version, by=drafter, reason="ไม่ใช้แล้ว")

    page = visitor.get(url)

    told = "รวมเข้ากับกระบวนงานอื่นแล้ว" if is_joined else "ยกเลิกแล้ว"
    html = page.content.decode()
    assert page.status_code == 410
    assert f"กระบวนงานที่ลิงก์นี้แสดง{told}เมื่อ {be_date(localdate())}" in html
    assert (process.title in html, other.title in html) == (False, False)
    assert (f'href="{URL}"' in html) == of_manual
    if not of_manual:
        assert enter(visitor).status_code == 410
        links = markup(sign_in(drafter).get(reverse("preview-links")))
        assert f"เปิดไม่ได้ เพราะ{told}" in links


def test_guessing_is_slowed_down_as_at_the_sign_in(link):
    visitor = Client()
    answers = [
        enter(visitor, password=f"aaaa-bbbb-{number:04}").status_code
        for number in range(MOST_PER_PERSON)
    ]
    assert answers == [422] * MOST_PER_PERSON
    paused = enter(visitor)
    assert (
        paused.status_code,
        "Retry-After" in paused,
        PreviewOpening.objects.count(),
    ) == (429, True, 0)
    assert "พักการเปิดลิงก์นี้ชั่วคราว" in markup(paused)


def test_openings_are_logged_and_told_to_the_maker_alone(
    sign_in, link, drafter, second_drafter, admin
):
    enter(Client())
    enter(Client())
    assert list(
        Act.objects.filter(code="preview-opened").values_list("by", flat=True)
    ) == [None, None]
    assert "รวม 2" in markup(sign_in(drafter).get(reverse("preview-links")))
    assert link.purpose not in markup(
        sign_in(second_drafter).get(reverse("preview-links"))
    )
    assert drafter.get_full_name() in markup(
        sign_in(admin).get(reverse("preview-links"))
    )


def test_who_calls_back(sign_in, link, drafter, second_drafter, admin):
    recall = reverse("preview-recall", args=[link.uuid])
    assert sign_in(second_drafter).post(recall).status_code == 404
    assert sign_in(admin).post(recall).status_code == 303
    assert sign_in(drafter).post(recall).status_code == 303
    assert Act.objects.filter(code="preview-recalled").count() == 1
    assert "เรียกคืนแล้ว" in markup(sign_in(drafter).get(reverse("preview-links")))


def test_list_costs_the_same_for_one_link_and_three(
    sign_in, link, drafter, assert_same_queries
):
    def add_two() -> None:
        for secret in ("one", "two"):
            made = factories.make_preview_link(link.manual, by=drafter, secret=secret)
            PreviewOpening.objects.create(link=made)

    client = sign_in(drafter)
    assert_same_queries(4, lambda: client.get(reverse("preview-links")), add_two)
