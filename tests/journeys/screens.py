"""Every page of the portal in every state a person can meet it: one list for axe, for measures and for pictures.

A screen is an address, the person who opens it, the hearing it is opened in (scenes.py), and what they do there
before one looks. `{process.uuid}` in an address is the scene's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.http import HttpRequest
from django.urls import resolve
from playwright.sync_api import Page

from hearing_portal.web.http import server_error
from tests import factories
from tests.journeys.scenes import LONG_REASON, Scene, revise

Steps = Callable[[Page, Scene], object]
REFUSED = ".field__error:visible, .error-summary:visible, .notice--no:visible"


@dataclass(frozen=True)
class Screen:
    name: str
    who: str
    path: str
    steps: Steps | None = None
    scene: str = "busy"

    @property
    def url_name(self) -> str:
        """The name of the address in the urlconf; empty for one that is none."""
        path = self.path.format_map(_Anything())
        return resolve(path.partition("?")[0]).url_name or "" if path != "/no-such-page/" else ""

    def reach(self, page: Page, scene: Scene) -> None:
        page.goto(self.path.format_map(vars(scene)))
        if self.steps:
            self.steps(page, scene)
        page.wait_for_load_state("load")  # the words of an answer stand there before its style sheets do


class _Anything(dict):
    """What an address needs to be resolved without a database."""

    def __missing__(self, key: str) -> "_Anything | str":
        return self

    def __getattr__(self, name: str) -> str:
        return {"uuid": "00000000-0000-4000-8000-000000000000", "pk": "1", "code": "CODE", "key": "DIR"}[name]

    def __format__(self, spec: str) -> str:
        return "WORD"


# -- steps ---------------------------------------------------------------------------------------------------


def send(form: str, *, by: str = "", opened: str = "", until: str = REFUSED, **fields: str) -> Steps:
    """Fill `fields` of the form and send it (`by`: the button), after opening the details around it."""

    def act(page: Page, scene: Scene) -> None:
        if opened:
            page.locator(opened).first.evaluate("details => details.open = true")
        target = page.locator(form).first
        for name, value in fields.items():
            _fill(target.locator(f"[name={name}]"), value)
        if by:
            target.locator(by).click()
        else:
            target.evaluate("form => form.requestSubmit()")
        page.locator(until).first.wait_for()

    return act


def _fill(field: object, value: str) -> None:
    kind = field.first.evaluate("field => field.type")
    if kind in ("radio", "checkbox"):
        field.and_(field.page.locator(f"[value='{value}']")).check(force=True)
    elif kind == "select-one":
        field.select_option(value)
    elif kind == "hidden":
        field.evaluate("(field, value) => field.value = value", value)
    else:
        field.fill(value)


def unfold(selector: str) -> Steps:
    return lambda page, scene: page.locator(selector).first.evaluate("details => details.open = true")


def click(selector: str, until: str) -> Steps:
    def act(page: Page, scene: Scene) -> None:
        page.locator(selector).first.click()
        page.locator(until).first.wait_for()

    return act


def menu(page: Page, scene: Scene) -> None:
    page.locator(".masthead__menu").click()
    page.locator("#menu:popover-open").wait_for()


def keys_help(page: Page, scene: Scene) -> None:
    page.keyboard.press("?")
    page.locator("#keys[open]").wait_for()


def signed_out_elsewhere(page: Page, scene: Scene) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    send(".composer", until="[role=alert]")(page, scene)


def lost_cookies(page: Page, scene: Scene) -> None:
    page.context.clear_cookies()
    send("main form", until=".kept", username="somsri", password="x")(page, scene)


def too_big(page: Page, scene: Scene) -> None:
    page.locator("main [name=next]").evaluate("field => field.value = 'ก'.repeat(1000000)")
    send("main form", until="[role=alert]")(page, scene)


def fault(page: Page, scene: Scene) -> None:
    """The page of our own faults, as the handler makes it."""
    page.route(
        "**/livez", lambda route: route.fulfill(body=server_error(HttpRequest()).content, content_type="text/html")
    )
    page.goto("/livez")


def composed(**fields: str) -> Steps:
    return send(".composer", **fields)


def sent_comment(page: Page, scene: Scene) -> None:
    composed(type="ask", text="ขอทราบกำหนดเวลาของขั้นตอนนี้", until=".composer--sent")(page, scene)


def word_diff(page: Page, scene: Scene) -> None:
    page.locator(".composer [name=type][value=amend]").check(force=True)
    page.locator("[name^=words-]").first.fill("ตรวจสอบหนังสือในระบบสารบรรณอิเล็กทรอนิกส์")
    page.locator(".composer__changes ins").first.wait_for()


def issue_open(page: Page, scene: Scene) -> None:
    page.locator("[name=issue_class][value=overlap]").check(force=True)


def session_closes(page: Page, scene: Scene) -> None:
    """The facilitator closes while somebody writes."""
    factories.make_session_state(scene.session, "closed", by=scene.facilitator)
    composed(type="ask", text="ขอทราบกำหนดเวลา")(page, scene)
    factories.make_session_state(scene.session, "opened", by=scene.facilitator)


def overtaken(page: Page, scene: Scene) -> None:
    """Somebody else changes the words while the drafter is at the bench."""
    revise(scene, "5.2", "ตรวจสอบความครบถ้วนของหนังสือทุกฉบับและสิ่งที่ส่งมาด้วย")
    send(".bench", reason=LONG_REASON, until="[role=alert]")(page, scene)


def preview(page: Page, scene: Scene) -> None:
    send(".bench", by="[name=preview]", until=".bench__column [role=status]")(page, scene)


def bad_rows(page: Page, scene: Scene) -> None:
    """A list of delegates with good rows and bad ones, looked at and not yet taken in."""
    path = Path(scene.folder) / "รายชื่อ.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(IMPORT_ROWS):
            sheet.write_row(row, 0, cells)
    page.locator("[type=file]").set_input_files(path)
    send("main form", until=".stat-bar")(page, scene)


IMPORT_ROWS = [
    ("คำนำหน้า", "ชื่อ", "นามสกุล", "ตำแหน่ง", "สพท.", "กลุ่มงาน", "วันเริ่ม"),
    ("นางสาว", "กานต์ธิดา", "ณ น่าน", "นักจัดการงานทั่วไป", "สพป.ลำปาง เขต 1", "อำนวยการ, FIN", ""),
    ("นาย", "ปัญญา", "เรืองศรี", "เจ้าพนักงานธุรการ", "สพม.ชลบุรี ระยอง", "อำนวยการ", ""),
    ("นาย", "", "ไม่มีชื่อ", "", "สพป.ลำพัง เขต 1", "กลุ่มการบิน", "31/02/2569"),
]


def no_table(page: Page, scene: Scene) -> None:
    files = [{"name": "รูป.xlsx", "mimeType": "application/octet-stream", "buffer": b"no table"}]
    page.locator("[type=file]").set_input_files(files)
    send("main form")(page, scene)


def typed(path: str, name: str, who: str, *, scene: str = "busy", **fields: str) -> Screen:
    """A plain form, sent and refused."""
    return Screen(name, who, path, send("main form[method=post]", **fields), scene)


PROCESS = "/groups/DIR/processes/{process.uuid}/"
QUEUE = "/groups/DIR/queue/"
COMPOSER = "/entries/{entry.pk}/comments/new/"
EDITION = "/editions/{edition.code}/"
SECTION = EDITION + "sections/{process.uuid}/"

SHELL = [
    Screen("menu", "nobody", "/", menu),
    Screen("menu-signed-in", "admin", "/account/", menu),
    Screen("sign-in", "nobody", "/sign-in/"),
    typed("/sign-in/", "sign-in-wrong", "nobody", username="somsri", password="ผิด"),
    typed("/sign-in/", "sign-in-empty", "nobody"),
    typed("/sign-in/", "locked-out-429", "nobody", username="locked", password="ผิด"),
    Screen("expired-form-403", "nobody", "/sign-in/", lost_cookies),
    Screen("too-big-413", "nobody", "/sign-in/", too_big),
    Screen("fault-500", "nobody", "/livez", fault),
    Screen("not-found-404", "nobody", "/no-such-page/"),
    Screen("hostile-400", "nobody", "/?q=%00"),
    Screen("method-405", "delegate", "/comments/{comment.uuid}/withdrawal/"),
    Screen("forbidden-403", "delegate", QUEUE),
    Screen("signed-out-401", "delegate", "/comments/{comment.uuid}/edit/", signed_out_elsewhere),
    Screen("account", "delegate", "/account/"),
    Screen("account-no-role", "reader", "/account/"),
    Screen("password", "delegate", "/account/password/"),
    typed(
        "/account/password/", "password-refused", "delegate", old_password="ผิด", new_password1="1", new_password2="2"
    ),
    Screen("verify", "nobody", "/verify/"),
    Screen("verify-known", "nobody", "/verify/{verify_code}/"),
    Screen("verify-wrong", "nobody", "/verify/AAAA-BBBB/"),
]

READING = [
    Screen("home", "nobody", "/"),
    Screen("guide", "nobody", "/guide/"),
    Screen("guide-signed-in", "delegate", "/guide/"),
    Screen("home-signed-in", "delegate", "/"),
    Screen("home-silent", "delegate", "/", scene="silent"),
    Screen("home-bare", "nobody", "/", scene="bare"),
    Screen("home-coming", "delegate", "/", scene="coming"),
    Screen("home-closed", "delegate", "/", scene="closed"),
    Screen("group", "nobody", "/groups/DIR/"),
    Screen("group-filtered", "delegate", "/groups/DIR/?show=waiting"),
    Screen("group-silent", "delegate", "/groups/DIR/", scene="silent"),
    Screen("process", "nobody", PROCESS),
    Screen("process-signed-in", "delegate", PROCESS),
    Screen("process-clean", "delegate", PROCESS + "?view=clean"),
    Screen("process-undrafted", "delegate", "/groups/DIR/processes/{undrafted.uuid}/"),
    Screen("process-silent", "delegate", PROCESS, scene="silent"),
    Screen("process-coming", "delegate", PROCESS, scene="coming"),
    Screen("process-paused", "delegate", PROCESS, scene="paused"),
    Screen("process-closed", "delegate", PROCESS, scene="closed"),
    Screen("process-stranger", "stranger", PROCESS),
    Screen("edition-list", "reader", "/editions/"),
    Screen("edition-list-empty", "nobody", "/editions/", scene="bare"),
    Screen("edition", "reader", EDITION),
    Screen("edition-manual", "reader", EDITION + "manuals/DIR/"),
    Screen("edition-section", "reader", SECTION),
    Screen("section-compare", "reader", SECTION + "compare/{basis.code}/"),
    Screen("clause-retired", "nobody", "/clauses/{gone.uuid}/"),
    Screen("draft", "drafter", "/groups/DIR/drafts/{process.uuid}/"),
    Screen("search", "reader", "/search/"),
    Screen("search-found", "reader", "/search/?q=หนังสือ"),
    Screen("search-nothing", "reader", "/search/?q=ฬฬฬ"),
    Screen("search-bare", "nobody", "/search/?q=หนังสือ", scene="bare"),
]

COMMENTING = [
    Screen("composer", "second", COMPOSER),
    Screen("composer-word-diff", "second", COMPOSER, word_diff),
    Screen("composer-issue", "second", COMPOSER, issue_open),
    Screen("composer-empty-refused", "second", COMPOSER, composed()),
    Screen("composer-untouched-words", "second", COMPOSER, composed(type="amend")),
    Screen("composer-sent", "second", COMPOSER, sent_comment),
    Screen("composer-closed-meanwhile", "second", COMPOSER, session_closes),
    Screen("composer-first", "delegate", COMPOSER, scene="silent"),
    Screen("composer-step", "delegate", "/entries/{step_entry.pk}/comments/new/", scene="silent"),
    Screen("composer-process", "delegate", "/entries/{process_entry.pk}/comments/new/", scene="silent"),
    Screen("composer-coming", "delegate", COMPOSER, scene="coming"),
    Screen("composer-paused", "delegate", COMPOSER, scene="paused"),
    Screen("composer-head", "head", COMPOSER),
    Screen("entry-comments", "delegate", "/entries/{entry.pk}/comments/"),
    Screen("entry-comments-writing", "delegate", "/entries/{entry.pk}/comments/", unfold("details.ask")),
    Screen("entry-comments-silent", "delegate", "/entries/{entry.pk}/comments/", scene="silent"),
    Screen("entry-comments-closed", "second", "/entries/{entry.pk}/comments/", scene="closed"),
    Screen("entry-comments-reader", "nobody", "/entries/{entry.pk}/comments/"),
    Screen("comment", "delegate", "/comments/{comment.uuid}/"),
    Screen("comment-edited", "delegate", "/comments/{edited.uuid}/"),
    Screen("comment-hidden", "delegate", "/comments/{hidden.uuid}/"),
    Screen("comment-hidden-own", "second", "/comments/{hidden.uuid}/"),
    Screen("comment-held-own", "second", "/comments/{held.uuid}/"),
    Screen("comment-withdrawn", "delegate", "/comments/{withdrawn.uuid}/"),
    Screen("comment-published", "delegate", "/comments/{published.uuid}/"),
    Screen("comment-objecting", "delegate", "/comments/{published.uuid}/", unfold("#objection")),
    Screen(
        "comment-objection-refused",
        "delegate",
        "/comments/{published.uuid}/",
        send("#objection form", opened="#objection"),
    ),
    Screen("comment-objected", "delegate", "/comments/{objected.uuid}/"),
    Screen("comment-replying", "second", "/comments/{comment.uuid}/", unfold(".comment__replies > details")),
    Screen(
        "comment-reply-refused",
        "second",
        "/comments/{comment.uuid}/",
        send(".comment__replies > details form", opened=".comment__replies > details"),
    ),
    Screen("comment-closed", "second", "/comments/{comment.uuid}/", scene="closed"),
    Screen("comment-edit", "delegate", "/comments/{comment.uuid}/edit/"),
    Screen("comment-edit-settled-409", "delegate", "/comments/{published.uuid}/edit/"),
    Screen("comment-edit-refused", "delegate", "/comments/{edited.uuid}/edit/", composed(type="ask", text="")),
    Screen("reply-edit", "second", "/comments/{reply.uuid}/edit/"),
    Screen("my-comments", "delegate", "/my-comments/"),
    Screen("my-comments-no-such-stage", "stranger", "/my-comments/?stage=waiting"),
    Screen("my-comments-empty", "mate", "/my-comments/"),
    Screen("office-comments", "head", "/office-comments/"),
    Screen("office-comments-empty", "delegate", "/office-comments/", scene="silent"),
    Screen("group-comments", "delegate", "/groups/DIR/comments/"),
    Screen("group-comments-none-found", "delegate", "/groups/DIR/comments/?type=agree&office=expert"),
    Screen("group-comments-empty", "delegate", "/groups/DIR/comments/", scene="silent"),
]

MODERATING = [
    Screen("queues", "admin", "/queue/", scene="bare"),
    Screen("queue", "facilitator", QUEUE),
    Screen("queue-empty", "facilitator", QUEUE, scene="silent"),
    Screen("queue-none-found", "facilitator", QUEUE + "?type=agree&mine=1"),
    Screen("queue-keys", "facilitator", QUEUE, keys_help),
    Screen("queue-hiding", "facilitator", QUEUE + "?comment={comment.uuid}", unfold("details[data-key=h]")),
    Screen(
        "queue-hide-refused",
        "facilitator",
        QUEUE + "?comment={comment.uuid}",
        send("details[data-key=h] form", opened="details[data-key=h]"),
    ),
    Screen(
        "queue-reclass-refused",
        "facilitator",
        QUEUE + "?comment={comment.uuid}",
        send("details[data-key=r] form", opened="details[data-key=r]"),
    ),
    Screen(
        "queue-advice-refused",
        "facilitator",
        QUEUE + "?comment={comment.uuid}",
        send("#detail form[hx-post*=recommendation]"),
    ),
    Screen("queue-bulk-hiding", "facilitator", QUEUE, unfold("details[data-bulk=h]")),
    Screen(
        "queue-bulk-refused",
        "facilitator",
        QUEUE,
        send("#bulk", by="button[value=hidden]", opened="details[data-bulk=h]"),
    ),
    Screen("queue-hidden-comment", "facilitator", QUEUE + "?comment={hidden.uuid}"),
    Screen("queue-objected", "drafter", QUEUE + "?comment={objected.uuid}"),
    Screen("queue-drafter", "drafter", QUEUE + "?comment={comment.uuid}"),
    Screen("queue-outdated", "drafter", QUEUE + "?comment={outdated.uuid}"),
    Screen("queue-refused-answer", "colleague", QUEUE + "?comment={refused.uuid}"),
    Screen(
        "queue-ruling-refused",
        "drafter",
        QUEUE + "?comment={other.uuid}",
        send("#detail form[hx-post*=disposition]", opened="#detail details.ask--wide"),
    ),
    Screen("queue-closed", "facilitator", QUEUE, scene="closed"),
    Screen("recommendation", "expert", "/comments/{comment.uuid}/recommendation/"),
    typed("/comments/{comment.uuid}/recommendation/", "recommendation-refused", "expert"),
    Screen("disposition", "drafter", "/comments/{other.uuid}/disposition/"),
    Screen("disposition-adoptable", "drafter", "/comments/{comment.uuid}/disposition/?also={other.uuid}"),
    typed("/comments/{other.uuid}/disposition/", "disposition-refused", "drafter"),
    typed(
        "/comments/{other.uuid}/disposition/",
        "disposition-draft-refused",
        "drafter",
        outcome="accepted",
        effect="to_draft",
    ),
    typed(
        "/comments/{other.uuid}/disposition/", "disposition-no-reason", "drafter", outcome="not_accepted", reason="สั้น"
    ),
    Screen("disposition-settled", "drafter", "/comments/{published.uuid}/disposition/"),
    Screen("adoption-outdated", "drafter", "/comments/{outdated.uuid}/adoption/"),
    Screen("adoption-no-proposal", "drafter", "/comments/{other.uuid}/adoption/"),
    Screen("adoption-refused", "drafter", "/comments/{comment.uuid}/adoption/", send(".bench", **{"words-text": ""})),
    Screen("adoption-preview", "drafter", "/comments/{comment.uuid}/adoption/", preview),
    Screen("adoption", "drafter", "/comments/{comment.uuid}/adoption/"),
    Screen("adoption-overtaken-409", "drafter", "/comments/{comment.uuid}/adoption/", overtaken),
    Screen("history", "facilitator", "/comments/{comment.uuid}/history/"),
    Screen("history-edited", "drafter", "/comments/{edited.uuid}/history/", unfold("details.ask")),
    Screen(
        "history-revealed",
        "admin",
        "/comments/{comment.uuid}/history/",
        click("main form button", "main form + section, main:not(:has(form[action$='author/']))"),
    ),
    Screen("answers", "drafter", "/groups/DIR/answers/"),
    Screen("answers-facilitator", "facilitator", "/groups/DIR/answers/"),
    Screen("answers-empty", "drafter", "/groups/DIR/answers/", scene="silent"),
    Screen(
        "answers-blocked-409",
        "drafter",
        "/groups/DIR/answers/",
        send("form[action$='answers/']", until="[role=alert]"),
    ),
    Screen("unplaced", "facilitator", "/groups/DIR/unplaced/"),
    typed("/groups/DIR/unplaced/", "unplaced-refused", "facilitator"),
    Screen("unplaced-empty", "facilitator", "/groups/DIR/unplaced/", scene="silent"),
    Screen("session", "facilitator", "/sessions/{session.pk}/"),
    Screen("session-coming", "facilitator", "/sessions/{session.pk}/", scene="coming"),
    Screen("session-closed", "facilitator", "/sessions/{session.pk}/", scene="closed"),
    Screen(
        "session-refused",
        "facilitator",
        "/sessions/{session.pk}/",
        lambda page, scene: (
            page.locator("[name=state]").last.evaluate("button => button.value = 'x'"),
            send("form[action$='state/']", by="[value=x]")(page, scene),
        ),
        scene="silent",
    ),
    Screen("speaker", "facilitator", "/sessions/{session.pk}/speakers/?entry={entry.pk}"),
    Screen("speaker-no-entry", "facilitator", "/sessions/{session.pk}/speakers/", scene="silent"),
    Screen(
        "speaker-wording", "facilitator", "/sessions/{session.pk}/speakers/?entry={entry.pk}", unfold("details.ask")
    ),
    typed(
        "/sessions/{session.pk}/speakers/?entry={entry.pk}",
        "speaker-refused",
        "facilitator",
        office="สพป.ไม่มีจริง",
        text="",
    ),
    Screen("speaker-closed", "facilitator", "/sessions/{session.pk}/speakers/?entry={entry.pk}", scene="closed"),
]

ADMINISTERING = [
    Screen("people", "admin", "/desk/people/"),
    Screen("people-unused", "admin", "/desk/people/", unfold("main details")),
    Screen("people-none-found", "admin", "/desk/people/?q=ไม่มีคนนี้"),
    Screen("person-new", "admin", "/desk/people/new/"),
    typed("/desk/people/new/", "person-new-refused", "admin", username="ชื่อ ไทย"),
    Screen("person", "admin", "/desk/people/{delegate.pk}/"),
    Screen("person-no-role", "admin", "/desk/people/{reader.pk}/"),
    typed("/desk/people/{delegate.pk}/", "person-refused", "admin", given_name=""),
    Screen(
        "person-password",
        "admin",
        "/desk/people/{delegate.pk}/",
        send("form[action$='password/']", until=".one-time"),
    ),
    Screen("role-new", "admin", "/desk/people/{reader.pk}/roles/"),
    typed("/desk/people/{reader.pk}/roles/", "role-refused", "admin"),
    Screen("role-end", "admin", "/desk/people/{delegate.pk}/roles/{role.pk}/end/"),
    typed("/desk/people/{delegate.pk}/roles/{role.pk}/end/", "role-end-refused", "admin", last_day="31/02/2569"),
    Screen("import", "admin", "/desk/people/import/"),
    typed("/desk/people/import/", "import-no-file", "admin"),
    Screen("import-no-table", "admin", "/desk/people/import/", no_table),
    Screen("import-preview", "admin", "/desk/people/import/", bad_rows),
    Screen("import-done", "admin", "/desk/people/import/reports/{done_import.uuid}/"),
    Screen("import-failed", "admin", "/desk/people/import/reports/{failed_import.uuid}/"),
    Screen("import-waiting", "admin", "/desk/people/import/reports/{waiting_import.uuid}/"),
    Screen("import-gone-409", "admin", "/desk/people/import/gone/"),
    Screen("offices", "admin", "/desk/offices/"),
    Screen("offices-none-found", "admin", "/desk/offices/?kind=primary&empty=on"),
    Screen("office", "admin", "/desk/offices/{office.key}/"),
    Screen("office-empty", "admin", "/desk/offices/{empty_office.key}/"),
    Screen("hearing-desk", "admin", "/desk/hearing/"),
    Screen("hearing-desk-bare", "admin", "/desk/hearing/", scene="bare"),
    typed("/desk/hearing/", "hearing-refused", "admin", scene="bare", opens_on="31/02/2569"),
    Screen("session-new", "admin", "/desk/hearing/sessions/new/"),
    typed("/desk/hearing/sessions/new/", "session-new-refused", "admin"),
    Screen("session-edit", "admin", "/desk/hearing/sessions/{session.pk}/"),
    Screen("session-edit-coming", "admin", "/desk/hearing/sessions/{session.pk}/", scene="coming"),
    Screen("audit", "admin", "/desk/audit/"),
    Screen("audit-none-found", "admin", "/desk/audit/?since=01/01/2400&until=01/01/2401"),
    Screen("audit-wrong", "admin", "/desk/audit/?by=ไม่มี&since=31/02/2569"),
    Screen("editions-desk", "admin", "/desk/editions/"),
    Screen("editions-desk-bare", "admin", "/desk/editions/", scene="bare"),
    typed("/desk/editions/", "edition-refused", "admin"),
    Screen("gate", "admin", "/desk/editions/{edition.code}/gate/"),
    Screen("gate-final", "admin", "/desk/editions/{final.code}/gate/"),
    Screen(
        "gate-blocked-409",
        "admin",
        "/desk/editions/{final.code}/gate/",
        lambda page, scene: (
            page.locator("[name=audience]").first.evaluate("button => button.value = 'public'"),
            send("form[action$='releases/']", by="[value=public]", until=".notice--no")(page, scene),
        ),
    ),
    Screen(
        "gate-no-audience-422",
        "admin",
        "/desk/editions/{final.code}/gate/",
        send("form[action$='releases/']", until="[role=alert]"),
    ),
]

JOBS = [
    Screen("exports", "drafter", "/exports/"),
    typed("/exports/", "export-refused", "drafter"),
    Screen("exports-empty", "facilitator", "/exports/", scene="silent"),
    Screen("exports-admin", "admin", "/exports/"),
    Screen("job-waiting", "drafter", "/jobs/{waiting_job.uuid}/"),
    Screen("job-running", "drafter", "/jobs/{running_job.uuid}/"),
    Screen("job-done", "drafter", "/jobs/{done_job.uuid}/"),
    Screen("job-failed", "drafter", "/jobs/{failed_job.uuid}/"),
    Screen("job-cancelled", "drafter", "/jobs/{cancelled_job.uuid}/"),
]

SCREENS = [*SHELL, *READING, *COMMENTING, *MODERATING, *ADMINISTERING, *JOBS]
