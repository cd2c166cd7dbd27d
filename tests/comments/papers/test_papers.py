"""The papers after a hearing: what they say, what they never say, and the forms an office gives."""

import io
import re
import subprocess
import zipfile

import docx
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.publishing import publish_answers
from comments.models import PaperForm
from comments.papers.filling import fill_form
from comments.papers.form_checking import check_form
from comments.papers.jobs import run_paper_job
from comments.papers.kinds import GROUP_SUMMARY, LETTER, MINUTES, PAPERS, REPORT
from comments.papers.making import (
    FIELDS_OF,
    PaperSubject,
    in_parts,
    load_values,
    make_letters,
    make_pdf,
    make_sample_form,
    make_word,
    pack_parts,
    try_form,
)
from comments.papers.refusals import FormRefused
from comments.papers.values.plain import digits_of
from comments.receipts.letters import receipt_letters
from comments.tasks import export_matrix_job
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.jobs.kinds import unwatched
from hearing_portal.jobs.models import Job
from manuals.content import Text
from tests import factories
from tests.comments.papers.word_forms import form_saying

REASON = "ระเบียบกำหนดไว้แล้ว จึงไม่จำเป็นต้องเขียนซ้ำในคู่มือ"
CANARY = "นกขมิ้นเหลืองอ่อน"


def words_of(raw: bytes) -> str:
    """Of paragraphs and tables, and of all foots."""
    document = docx.Document(io.BytesIO(raw))
    return "\n".join(text.text or "" for text in document.element.iter() if text.text)


def printed_words(raw: bytes) -> str:
    """Of a PDF, as a reader of it finds them."""
    return subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=raw, capture_output=True, check=True
    ).stdout.decode()


@pytest.fixture
def answered(comment, delegate, hearing, dir_group, drafter):
    """The comment of สพป.ลำปาง เขต 1 has a published answer; whoever said it has a name nobody may read."""
    type(delegate).objects.filter(pk=delegate.pk).update(family_name=CANARY)
    factories.make_disposition(
        comment, outcome="already_covered", reason=REASON, decided_by=drafter
    )
    publish_answers(hearing, dir_group, by=drafter)
    return comment


@pytest.mark.django_db
def test_letter_has_the_office_s_comments_with_their_answers(answered, session):
    other = factories.make_comment(
        session,
        answered.entry,
        factories.make_delegate(session.work_group, answered_office("tak-1")),
        text="ขอให้ลดเวลาลงทะเบียนเหลือหนึ่งชั่วโมง",
    )
    subject = PaperSubject(session.hearing, office=answered.office)
    [letter] = make_word(LETTER, [load_values(LETTER, subject)], "arabic")
    words = words_of(letter)
    assert answered.text in words
    assert REASON in words
    assert "กำหนดไว้แล้ว" in words
    assert answered.office.name in words
    assert other.text not in words
    assert CANARY not in words


@pytest.mark.django_db
def test_letter_and_summary_have_the_adopted_words(
    comment, entry, session, hearing, dir_group, drafter
):
    said = factories.make_comment(session, entry)  # that nothing came of
    factories.make_disposition(said, outcome="already_covered", reason=REASON)
    proposal = factories.make_amendment(comment, "รับหนังสือภายในหนึ่งวัน")
    adopted = Text(body="รับหนังสือภายในหนึ่งวันทำการ")
    version = entry.clause.lock_version
    adopt_amendments(
        [Adoption(proposal, version, content=adopted)], by=drafter, reason=REASON
    )
    publish_answers(hearing, dir_group, by=drafter)

    for kind in (LETTER, GROUP_SUMMARY):
        subject = PaperSubject(hearing, group=dir_group, office=comment.office)
        values = load_values(kind, subject)
        assert [row["final_words"] for row in values["rows"]] == [
            adopted.body,
            "ไม่แก้ไข",
        ]
        [written] = make_word(kind, [values], "arabic")
        words = words_of(written)
        assert "ข้อความสุดท้าย" in words
        assert adopted.body in words


def answered_office(key: str):
    return factories.make_office("สพป.ตาก เขต 1", key=key, name="สำนักงาน ตาก เขต 1")


@pytest.mark.django_db
def test_papers_tell_no_decision_before_it_is_published(comment, hearing, dir_group):
    factories.make_disposition(comment, outcome="already_covered", reason=REASON)
    values = load_values(GROUP_SUMMARY, PaperSubject(hearing, group=dir_group))
    [row] = values["rows"]
    assert row["outcome"] == "อยู่ระหว่างพิจารณา"
    assert row["reason"] == ""
    assert (values["decided"], values["open"]) == ("0", "1")


@pytest.mark.django_db
def test_papers_say_no_hidden_words(comment, hearing, dir_group, facilitator):
    factories.make_moderation(comment, "hidden", by=facilitator)
    values = load_values(GROUP_SUMMARY, PaperSubject(hearing, group=dir_group))
    [row] = values["rows"]
    assert comment.text not in row.values()


@pytest.mark.django_db
def test_report_counts_offices_that_spoke_and_were_silent(answered, hearing):
    factories.make_office("สพป.ตาก เขต 1", key="tak-1", name="สำนักงาน ตาก เขต 1")
    values = load_values(REPORT, PaperSubject(hearing))
    assert values["comments"] == "1"
    assert values["spoke"] == "1"
    assert values["spoke_names"] == answered.office.short_name
    assert "สพป.ตาก เขต 1" in values["silent_primary_names"]
    assert int(values["invited"]) == int(values["spoke"]) + int(values["silent"])


@pytest.mark.django_db
def test_every_paper_is_made_as_word_and_as_pdf(answered, session, admin, edition):
    factories.make_release(edition, "public", by=admin)
    subject = PaperSubject(
        session.hearing, session.work_group, answered.office, session, edition
    )
    for kind in PAPERS.values():
        values = load_values(kind, subject)
        fields, lists = FIELDS_OF[kind.key]
        assert set(values) == set(fields) | set(lists), kind.key
        [written] = make_word(kind, [values], "thai")
        words = words_of(written)
        assert "{{" not in words, kind.key
        if not kind.names_people:
            assert CANARY not in words, kind.key
        [printed] = make_pdf(kind, values, "thai")
        assert printed.startswith(b"%PDF-")


@pytest.mark.django_db
def test_paper_with_a_long_table_is_printed_in_parts_that_say_which_they_are(
    answered, session, hearing, dir_group
):
    for _ in range(2):
        factories.make_comment(session, answered.entry)
    values = load_values(GROUP_SUMMARY, PaperSubject(hearing, group=dir_group))

    parts = make_pdf(GROUP_SUMMARY, values, "arabic", most=2)

    said = [printed_words(part) for part in parts]
    assert len(said) == 2
    assert "ส่วนที่ 1 จาก 2" in said[0]
    assert "ส่วนที่ 2 จาก 2" in said[1]
    for part in said:  # no empty page behind the table, with its foot alone
        assert len(part.rstrip("\f").split("\f")[-1].splitlines()) > 4
    [written] = make_word(GROUP_SUMMARY, [values], "arabic")
    sections = docx.Document(io.BytesIO(written)).sections
    assert [section.orientation for section in sections] == [0, 1]
    numbers = [[row["number"] for row in rows] for rows in in_parts(values["rows"], 2)]
    assert [len(each) for each in numbers] == [2, 1]
    with zipfile.ZipFile(io.BytesIO(pack_parts("สรุป", parts))) as archive:
        assert archive.namelist() == ["สรุป ส่วนที่ 1.pdf", "สรุป ส่วนที่ 2.pdf"]


def official_table(hearing, person, chosen: str, filters: str = "") -> str:
    """Its words without blanks: cells break their lines."""
    params = {
        "hearing": hearing.key,
        "groups": ["DIR"],
        "filters": filters,
        "format": chosen,
        "digits": "arabic",
    }
    job = Job(kind="export_matrix", params=params, asked_by=person)
    with open_stored_file(export_matrix_job(job, unwatched)) as opened:
        raw = opened.read()
    words = words_of(raw) if chosen == "docx" else printed_words(raw)
    return "".join(words.split())


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["docx", "pdf"])
def test_matrix_is_the_official_table_of_what_the_page_shows(
    answered, session, hearing, drafter, chosen
):
    other = factories.make_comment(
        session, answered.entry, text="ขอให้ตัดข้อนี้ออกทั้งข้อ", type="delete"
    )

    words = official_table(hearing, drafter, chosen, "outcome=already_covered")

    for heading in ("ข้อความเดิม", "ข้อความที่เสนอ", "ผลการพิจารณา", "เหตุผล"):
        assert heading in words
    assert answered.text[:20] in words
    assert other.text[:20] not in words
    assert CANARY not in words


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["docx", "pdf"])
def test_official_table_marks_what_is_hidden_or_held_and_says_none_of_its_words(
    comment, session, hearing, drafter, chosen
):
    for text, visibility in [("ถ้อยคำลับหนึ่ง", "hidden"), ("ถ้อยคำลับสอง", "held")]:
        kept = factories.make_comment(
            session, comment.entry, text=text, visibility=visibility
        )
        if visibility == "hidden":
            factories.make_moderation(kept, "hidden", reason="ใช้ถ้อยคำไม่สุภาพ")
        factories.make_amendment(kept, "ถ้อยคำลับสาม")

    words = official_table(hearing, drafter, chosen)

    assert comment.text[:20] in words
    assert "ถ้อยคำลับ" not in words
    assert "ซ่อน:ใช้ถ้อยคำไม่สุภาพ" in words
    assert "รอตรวจก่อนแสดง" in words


@pytest.mark.django_db
def test_official_table_marks_results_that_may_still_change(
    answered, session, hearing, drafter
):
    """A refusal that nobody confirmed, what is not published, and what its author asks to be reviewed."""
    for outcome in ("not_accepted", "deferred"):
        other = factories.make_comment(session, answered.entry)
        factories.make_disposition(other, outcome=outcome, decided_by=drafter)
    words = official_table(hearing, drafter, "docx")
    assert "ไม่เห็นชอบตามที่เสนอ(รอผู้ยืนยันคนที่สอง)" in words
    assert "ในการปรับปรุงครั้งต่อไป(ยังไม่แจ้งผล)" in words
    assert "กำหนดไว้แล้ว(" not in words

    factories.make_objection(answered)

    words = official_table(hearing, drafter, "docx")
    assert "ยังไม่ได้ข้อยุติ–ขอให้ทบทวน" in words
    assert "ผลที่ขอให้ทบทวน:กำหนดไว้แล้ว" in words


def head_and_foot(raw: bytes) -> tuple[str, str]:
    document = docx.Document(io.BytesIO(raw))
    return document.paragraphs[0].text, document.sections[0].footer.paragraphs[0].text


@pytest.mark.django_db
def test_papers_say_that_they_are_provisional_until_nothing_of_them_is(
    answered, session, hearing, dir_group, manual, admin, drafter, edition, sign_in
):
    objection = factories.make_objection(answered)
    subject = PaperSubject(hearing, dir_group, answered.office, session)
    kinds = (REPORT, GROUP_SUMMARY, LETTER, MINUTES)

    def heads():
        return [load_values(kind, subject)["provisional"] for kind in kinds]

    def pages():
        cache.clear()
        addresses = [reverse("hearing-overview")]
        addresses.append(reverse("group-conclusion", args=[manual.key]))
        return [sign_in(admin).get(each).content.decode() for each in addresses]

    for head in heads():
        assert "ยังไม่เผยแพร่คู่มือฉบับสมบูรณ์" in head
        assert "ขอให้ทบทวนผลและยังไม่ได้ข้อยุติ 1 เรื่อง" in head
    for kind in kinds:
        [written] = make_word(kind, [load_values(kind, subject)], "arabic")
        head, foot = head_and_foot(written)
        assert head.startswith("ฉบับชั่วคราว"), kind.key
        assert "ฉบับชั่วคราว" in foot, kind.key
    [printed] = make_pdf(REPORT, load_values(REPORT, subject), "arabic")
    assert printed_words(printed).count("ฉบับชั่วคราว") > 2
    assert "ฉบับชั่วคราว" in official_table(hearing, admin, "docx")
    for page in pages():
        assert "ฉบับชั่วคราว" in page
    # An office's own form that does not have the field
    own = form_saying("{{ organiser }}")
    values = load_values(REPORT, subject)
    for form in (own, form_saying("{{ provisional }}", "{{ organiser }}")):
        [filled] = fill_form(form, [values], head="provisional")
        lines = [each.text for each in docx.Document(io.BytesIO(filled)).paragraphs]
        assert lines == [values["provisional"], values["organiser"]]

    objection.answered_by = answered.answers.get(current=True).disposition
    objection.save(update_fields=["answered_by"])
    final = factories.make_edition("FINAL", kind="final", by=admin)
    factories.make_release(final, "public", by=admin)
    assert heads() == ["", "", "", ""]
    [written] = make_word(REPORT, [load_values(REPORT, subject)], "arabic")
    assert "ฉบับชั่วคราว" not in words_of(written)
    assert "ฉบับชั่วคราว" not in official_table(hearing, admin, "docx")
    for page in pages():
        assert "ฉบับชั่วคราว" not in page


@pytest.mark.django_db
def test_request_for_review_is_told_alike_by_every_paper_and_page(
    answered, session, hearing, dir_group, manual, delegate, sign_in
):
    factories.make_objection(answered)
    words = "ยังไม่ได้ข้อยุติ – ขอให้ทบทวน"

    subject = PaperSubject(hearing, dir_group, answered.office, session)
    for kind in (GROUP_SUMMARY, LETTER, MINUTES):
        values = load_values(kind, subject)
        [row] = values["rows"]
        assert (row["outcome"], row["final_words"]) == (words, ""), kind.key
        assert "ผลที่ขอให้ทบทวน: กำหนดไว้แล้ว" in row["reason"]
        assert REASON in row["reason"]
        if kind != MINUTES:
            numbers = (values["decided"], values["open"], values["reviewed"])
            assert numbers == ("0", "1", "1")
    report = load_values(REPORT, subject)
    assert report["outcomes"] == [{"name": words, "comments": "1"}]
    assert [(each["otherwise"], each["open"]) for each in report["groups"]] == [
        ("0", "1")
    ]
    # As the overview and its lists count it
    page = sign_in(delegate).get(
        reverse("group-comments", args=[manual.key]), {"result": "open"}
    )
    assert page.context["page"].paginator.count == 1
    assert words in page.content.decode()
    letters = receipt_letters(answered, 0)
    receipt = Client().get(reverse("receipt", args=[answered.pk, letters]))
    assert receipt.content.decode().count(words) == 2  # the state, and the answer


@pytest.mark.django_db
def test_summary_of_three_comments_asks_as_often_as_of_one(
    answered, session, hearing, dir_group, assert_same_queries
):
    subject = PaperSubject(hearing, group=dir_group)

    def add():
        for _ in range(2):
            factories.make_comment(session, answered.entry)

    assert_same_queries(12, lambda: load_values(GROUP_SUMMARY, subject), add)


@pytest.mark.django_db
@pytest.mark.parametrize("chosen", ["own", "portal"])
def test_words_of_people_keep_the_digits_they_typed(
    answered, session, hearing, dir_group, chosen
):
    """Whatever digits the paper has around them."""
    text = "ขอขยายจาก 15 วัน เป็น ๓๐ วัน"
    said = factories.make_comment(session, answered.entry, text=text)
    factories.make_amendment(said, "ให้แล้วเสร็จภายใน 30 วัน")
    values = load_values(GROUP_SUMMARY, PaperSubject(hearing, group=dir_group))
    if chosen == "own":
        form = form_saying(
            "{% for row in rows %}{{ row.office }} {{ row.text }} {{ row.proposed }}{% endfor %}"
        )
        [written] = fill_form(form, [digits_of(values, "thai")])
    else:
        [written] = make_word(GROUP_SUMMARY, [values], "thai")
    words = words_of(written)
    assert text in words
    assert "30 วัน" in words
    assert "เขต ๑" in words


@pytest.mark.django_db
def test_official_table_is_asked_for_with_its_digits_and_quotes_as_typed(
    answered, session, hearing, drafter, sign_in
):
    text = "ขอขยายเป็น 15 วัน"
    factories.make_comment(session, answered.entry, text=text)
    client = sign_in(drafter)
    asked = {"format": "docx", "group": "DIR"}
    for digits, office in (("thai", "เขต๑"), ("arabic", "เขต1")):
        client.post(reverse("matrix-exports"), {**asked, "digits": digits})
        job = Job.objects.filter(kind="export_matrix").latest("pk")
        with open_stored_file(export_matrix_job(job, unwatched)) as opened:
            words = "".join(words_of(opened.read()).split())
        assert "".join(text.split()) in words
        assert office in words
    assert 'name="digits"' in client.get(reverse("matrix")).content.decode()


@pytest.mark.django_db
def test_letters_to_all_offices_are_one_zip(answered, hearing):
    offices = [answered.office, answered_office("tak-1")]
    told = []
    packed = make_letters(hearing, offices, "thai", lambda *counts: told.append(counts))
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = archive.namelist()
        silent = words_of(archive.read(names[1]))
    assert names == [f"หนังสือแจ้งผล {office.short_name}.docx" for office in offices]
    assert "ไม่ได้แสดงความคิดเห็น" in silent
    assert "ข้อความที่เสนอ" not in silent  # no empty table either
    assert answered.text not in silent
    assert told[-1] == (2, 2)


@pytest.mark.django_db
def test_paper_is_made_by_a_job_and_by_the_office_s_own_form(
    answered, admin, sign_in, hearing
):
    client = sign_in(admin)
    form = form_saying("ด่วน {{ office_short }}", "{{ told }} <&>")
    sent = SimpleUploadedFile("letter.docx", form)
    told = client.post(
        reverse("paper-form", args=["letter"]), {"file": sent}, follow=True
    )
    assert "บันทึกแบบของหน่วยงานแล้ว" in told.content.decode()
    assert PaperForm.objects.get().kind == "letter"
    asked = {
        "paper": "letter",
        "letter-subject": answered.office.key,
        "letter-format": "docx",
        "letter-digits": "thai",
    }
    assert client.post(reverse("papers"), asked).status_code == 303
    made = run_paper_job(Job.objects.get(kind="make_paper"), unwatched)
    with open_stored_file(made) as file:
        assert "ด่วน สพป.ลำปาง เขต ๑" in words_of(file.read())
    # Every paper would be the same; commands that say nothing of the paper are no fields
    for says in ("เรียน ผู้อำนวยการ", "เรียน {{ 'ผู้อำนวยการ' }}"):
        empty = SimpleUploadedFile("letter.docx", form_saying(says))
        told = client.post(reverse("paper-form", args=["letter"]), {"file": empty})
        assert told.status_code == 422
        assert "แบบนี้ไม่มีช่องข้อมูล" in told.content.decode()
    client.post(reverse("paper-form", args=["letter"]), {"drop": "1"})
    assert PaperForm.objects.latest("pk").file is None


@pytest.mark.django_db
def test_desk_has_the_papers_of_its_groups_alone(
    comment, facilitator, fin_group, sign_in
):
    client = sign_in(facilitator)
    other = {"paper": "group-summary", "group-summary-subject": fin_group.key}
    fields = {"group-summary-format": "docx", "group-summary-digits": "thai"}
    assert client.post(reverse("papers"), other | fields).status_code == 422
    letter = {"paper": "letter", "letter-subject": "all"}
    assert client.post(reverse("papers"), letter).status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("paper", "subject", "status"),
    [("considered", "all", 303), ("letter", "all", 422)],
)
def test_letters_to_all_offices_alone_are_not_made_as_pdf(
    hearing, admin, sign_in, paper, subject, status
):
    fields = {"format": "pdf", "digits": "thai", "subject": subject}
    sent = {f"{paper}-{name}": value for name, value in fields.items()}
    response = sign_in(admin).post(reverse("papers"), {"paper": paper, **sent})
    assert response.status_code == status


def test_sample_of_each_form_can_be_filled():
    for kind in PAPERS.values():
        fields, lists = FIELDS_OF[kind.key]
        sample = make_sample_form(kind)
        check_form(sample)
        words = words_of(try_form(kind, sample))
        assert "{{" not in words, kind.key
        assert "{%" not in words, kind.key
        for columns in lists.values():
            assert any(meaning in words for meaning in columns.values()), kind.key
        assert any(meaning in words for meaning in fields.values()), kind.key


def test_values_are_words_and_never_fields():
    [filled] = fill_form(
        form_saying("{{ a }}"), [{"a": "{{ b }} <w:p/> {% for x in y %}\nสอง"}]
    )
    words = words_of(filled)
    assert "{{ b }} <w:p/> {% for x in y %}" in words
    assert "สอง" in words


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ a.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ a|attr('__class__') }}",
        "{{ rows.append('x') }}",
        "{{ '%s'|format(a.__init__) }}",
        "{{ self._TemplateReference__context }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{% include '/etc/passwd' %}",
        "{% for a in range(100000000) %}x{% endfor %}",
        "{{ unknown_field }}",
        "{{ a",
        "{{ 'x' * 5000000000 }}",
    ],
)
def test_hostile_form_is_refused(hostile):
    form = form_saying(hostile)
    check_form(form)
    with pytest.raises(FormRefused):
        fill_form(form, [{"a": "ค่า", "rows": [{"b": "ค่า"}]}])


@pytest.mark.parametrize(
    "costly",
    [
        "{{ 9**99999999 }}",
        "{{ 'a'*1000000000 }}",
        "{{ 999999999999 * 999999999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '{:>999999999}'.format(a) }}",
        "{{ a.ljust(999999999) }}",
        "{{ a|center(999999999) }}",
        "{{ rows|map('center', 999999999)|list }}",
        "{{ rows|batch(999999999, 'x')|list }}",
        "{{ 1.5|round(99999999, 'ceil') }}",
    ],
)
def test_form_that_makes_its_words_grow_is_refused_at_once(costly):
    with pytest.raises(FormRefused, match="ยกกำลัง"):
        fill_form(form_saying(costly), [{"a": "ค่า", "rows": [{"b": "ค่า"}]}])


@pytest.mark.parametrize(
    "nested",
    [
        "{% for x in rows %}{% for y in rows %}{{ y.b }}{% endfor %}{% endfor %}",
        "{% for x in rows %}{% set all = rows %}{% for y in all %}-{% endfor %}{% endfor %}",
        "{% for x in rows recursive %}{{ loop(rows) }}{% endfor %}",
        "{% macro all() %}{% for y in rows %}-{% endfor %}{% endmacro %}{{ all() }}",
    ],
)
def test_form_with_loops_in_loops_is_refused_before_it_takes_its_time(nested):
    with pytest.raises(FormRefused, match="วนซ้ำซ้อนกัน"):
        fill_form(form_saying(nested), [{"a": "x", "rows": [{"b": "ค่า"}]}])


def test_form_may_go_through_the_rows_of_each_group():
    says = "{% for g in rows|groupby('b') %}{{ g[0] }}:{% for r in g[1] %}{{ r.c }}{% endfor %};{% endfor %}"
    rows = [{"b": "ก", "c": "1"}, {"b": "ข", "c": "2"}, {"b": "ก", "c": "3"}]
    [filled] = fill_form(form_saying(says), [{"rows": rows}])
    assert "ก:13;ข:2;" in words_of(filled)


def test_form_may_count_and_choose():
    says = "{{ rows|length * 2 }} {{ 7 % 4 }} {{ a.upper()|default('-') }}"
    [filled] = fill_form(form_saying(says), [{"a": "x", "rows": [{"b": "ค่า"}]}])
    assert "2 3 X" in words_of(filled)


def changed(form: bytes, part: str, old: bytes, new: bytes) -> bytes:
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(form)) as source,
        zipfile.ZipFile(written, "w") as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return written.getvalue()


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (
            "word/_rels/document.xml.rels",
            b"</Relationships>",
            b'<Relationship Id="r9" Type="http://x/image" Target="http://x/" TargetMode="External"/></Relationships>',
        ),
        (
            "word/document.xml",
            b"<w:document",
            b'<!DOCTYPE a [<!ENTITY b "c">]><w:document',
        ),
        (
            "word/document.xml",
            b"<w:body>",
            b"<w:body><w:p><w:r><w:instrText>INCLUDETEXT c:/x</w:instrText></w:r></w:p>",
        ),
    ],
)
def test_form_that_fetches_something_is_refused(part, old, new):
    form = form_saying("{{ a }}")
    check_form(form)
    with pytest.raises(FormRefused):
        check_form(changed(form, part, old, new))


def field(*pieces: str, shown: str = "") -> str:
    """A field of Word whose instruction stands in so many runs; a piece that is a field already stands as it is."""
    runs = ['<w:r><w:fldChar w:fldCharType="begin"/></w:r>']
    for piece in pieces:
        is_field = piece.startswith("<")
        text = f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        runs.append(piece if is_field else text)
    runs.append('<w:r><w:fldChar w:fldCharType="separate"/></w:r>')
    runs.append(f"<w:r><w:t>{shown}</w:t></w:r>")
    runs.append('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    return "".join(runs)


def form_with(runs: str) -> bytes:
    paragraph = f"<w:body><w:p>{runs}</w:p>".encode()
    return changed(form_saying("{{ a }}"), "word/document.xml", b"<w:body>", paragraph)


ADDRESS = "http://192.0.2.1/x.png"


@pytest.mark.parametrize(
    ("runs", "named"),
    [
        (field(" INCLUDEPIC", "TURE ", f'"{ADDRESS}"'), "INCLUDEPICTURE"),
        (field("I", "NCLUDE", f'TEXT "{ADDRESS}"'), "INCLUDETEXT"),
        (field(" &#68;D", "E cmd '/c calc'"), "DDE"),
        (f"<w:fldSimple w:instr=\" &#76;INK Word.Document '{ADDRESS}' \"/>", "LINK"),
        (field("INCLUDE", field(" QUOTE x", shown=f"PICTURE {ADDRESS}")), "INCLUDE"),
        (field(" IF 1 = 1 ", field("DATA", "BASE \\d x")), "DATABASE"),
        (field(" MACRO", "BUTTON Run x"), "MACROBUTTON"),
        (field("REF {{ ", "a }}"), "REF {{ a }}"),
    ],
)
def test_field_is_read_of_all_its_pieces(runs, named):
    with pytest.raises(FormRefused, match=named):
        check_form(form_with(runs))


def test_fields_of_page_and_contents_may_stand_in_a_form():
    page = field(" PA", "GE \\* MERGEFORMAT ", shown="1")
    last = field("=", field("NUMPAGES", shown="3"), "-1", shown="2")
    check_form(form_with(page + last + '<w:fldSimple w:instr="TOC \\o"/>'))


def test_field_that_the_form_puts_together_while_it_is_filled_is_refused():
    """A run that is left out takes the harmless name with it."""
    hidden = "<w:r><w:t>{%r if no %}</w:t></w:r>", "<w:r><w:t>{%r endif %}</w:t></w:r>"
    name = "<w:r><w:instrText>PAGE </w:instrText></w:r>"
    runs = field(hidden[0] + name + hidden[1], f"AUTOTEXT {ADDRESS}")
    form = form_with(runs)
    with pytest.raises(FormRefused, match="AUTOTEXT"):
        fill_form(form, [{"a": "x", "no": ""}])


@pytest.mark.parametrize(
    ("kind", "part"),
    [("aFChunk", "word/inner.docx"), ("oleObject", "word/x.bin")],
)
def test_other_document_inside_a_form_is_refused_whatever_it_is_called(kind, part):
    relation = f'<Relationship Id="r9" Type="http://x/relationships/{kind}" Target="/{part}"/></Relationships>'
    form = form_saying("{{ a }}")
    with pytest.raises(FormRefused, match="วัตถุฝัง"):
        check_form(
            changed(
                form,
                "word/_rels/document.xml.rels",
                b"</Relationships>",
                relation.encode(),
            )
        )


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("{% for x in rows %}ก", "ที่ “{% for x in rows %}” คำสั่ง {% for %} ไม่มีคำสั่งจบ"),
        ("ก {% endfor %}", "“{% endfor %}” มี {% endfor %} แต่ไม่มี {% for %}"),
        ("เรียน {{ a b }}", "“{{ a b }}” พบ “b” ก่อนปิดช่อง"),
        ("{{ a|nosuch }}", "“{{ a|nosuch }}” ไม่มีคำสั่งจัดรูปแบบชื่อ “nosuch”"),
        ("{{ a }} {{ wrong_name }}", "“{{ wrong_name }}” มีช่องข้อมูลชื่อ “wrong_name”"),
        ("{{ rows + 1 }}", "“{{ rows + 1 }}” คำสั่งนี้ใช้กับข้อมูลของช่องนั้นไม่ได้"),
        ("เรื่อง {{ rows }}", "“{{ rows }}” ช่องนี้เป็นทั้งรายการหรือทั้งแถว"),
        ("{% for x in rows %}{{ x }}{% endfor %}", "ช่องนี้เป็นทั้งรายการหรือทั้งแถว"),
        ("{{ rows|map(attribute='b') }}", "โปรดวนซ้ำทีละแถว"),
        ("{{ a.upper }}", "“{{ a.upper }}” ช่องนี้เป็นทั้งรายการหรือทั้งแถว"),
        ("{{ a.__class__ }}", "“{{ a.__class__ }}” มีคำสั่งที่ไม่อนุญาต"),
        ("{% include 'x' %}", "“{% include 'x' %}” มีคำสั่งที่ไม่อนุญาต"),
        ("{{ 9**9 }}", "“{{ 9**9 }}” มีการยกกำลัง"),
        ("{{ a", "” อ่านช่องหรือคำสั่งนี้ไม่ได้ โปรดตรวจวงเล็บปีกกา"),
    ],
)
def test_mistake_in_a_form_is_told_in_thai_with_its_place(wrong, told):
    form = form_saying("ที่ {{ a }}", wrong, "ท้าย")
    with pytest.raises(FormRefused) as refused:
        fill_form(form, [{"a": "ค่า", "rows": [{"b": "ค่า"}]}])
    words = refused.value.message_th
    assert told in words
    assert not re.search(r"\b(?:unexpected|expected|tag|token|undefined|line)\b", words)


def test_what_is_no_word_file_is_no_form():
    with pytest.raises(FormRefused):
        check_form(b"%PDF-1.7")
