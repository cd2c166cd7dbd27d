"""Tags and filters of every template: the reader's digits, Thai dates, diffs, icons, offices and roles."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple, Protocol, cast

from django import template
from django.forms import BaseForm
from django.template import Context
from django.templatetags.static import static
from django.utils.html import (
    conditional_escape,
    escape,
    format_html,
    format_html_join,
)
from django.utils.safestring import SafeString, mark_safe

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.thai import dates
from hearing_portal.thai.diff import (
    DIGITS_ALONE,
    Segment,
    differ_in_digits_alone,
    shown_segments,
)
from hearing_portal.thai.markup import tell_markers
from hearing_portal.thai.numbering import Digits, display_digits
from hearing_portal.thai.sentences import joined, listed
from hearing_portal.web.choices import Option
from hearing_portal.web.digits import markup_in_digits
from hearing_portal.web.form_rendering import (
    PortalBoundField,
    first_wrong_field,
    takes_focus,
    written_input,
)
from hearing_portal.web.forms import has_typed_text
from hearing_portal.web.navigation import admin_links

register = template.Library()

NO_BREAK_SPACE = "\u00a0"
TEXT_IS_KEPT = "ข้อความของท่านยังอยู่ครบ"
_TIME = r"(?<![0-9๐-๙.,])[0-9๐-๙]{1,2}[.:][0-9๐-๙]{2}(?![0-9๐-๙])"
# 09.00-12.00 น., and as it is typed otherwise: 9:00 – 12:00, ๐๙.๐๐ นาฬิกา
_TYPED_TIMES = re.compile(
    rf"{_TIME}(?:[ \u00a0]?[-–—][ \u00a0]?{_TIME})?(?:[ \u00a0]?(?:น\.|นาฬิกา))?"
)
_OFFICE_KINDS = {"primary": "สพป.", "secondary": "สพม."}

# Keyed by Outcome and by what stands before one: family (colour), icon, word (design language, "Words")
STATES = {
    "waiting": ("wait", "circle", "รอพิจารณา"),
    "considering": ("wait", "circle-half", "กำลังพิจารณา"),
    "unpublished": ("wait", "circle-half", "อยู่ระหว่างพิจารณา"),
    "settled": ("yes", "check2-circle", "พิจารณาครบ"),
    "accepted": ("yes", "check-lg", "เห็นชอบตามที่เสนอ"),
    "accepted_with_changes": ("yes", "pencil", "เห็นชอบโดยปรับถ้อยคำ"),
    "already_covered": ("yes", "layers", "กำหนดไว้แล้ว"),
    "not_accepted": ("no", "x-lg", "ไม่เห็นชอบตามที่เสนอ"),
    "referred": ("elsewhere", "signpost-split", "ส่งต่อ"),
    "deferred": ("elsewhere", "clock", "นำไปพิจารณาในการปรับปรุงครั้งต่อไป"),
    "out_of_scope": ("elsewhere", "slash-circle", "นอกขอบเขต"),
    "noted": ("yes", "check-lg", "รับทราบ"),
    "withdrawn": ("wait", "arrow-return-left", "ถอนแล้ว"),
    "hidden": ("wait", "eye-slash", "ซ่อน"),
    "shown": ("wait", "eye", "แสดงแล้ว"),
    "held": ("wait", "hourglass-split", "รอตรวจก่อนแสดง"),
    "now": ("now", "broadcast", "กำลังอภิปราย"),
}


# --- the reader's digits


@register.simple_tag(takes_context=True)
def digits(context: Context, text: object) -> str:
    """The book's text in the digits this reader chose. Markup (a SafeString) keeps its tags and entities.

    Only for text of the book (labels, titles, clauses), which may hold Thai digits: all else is written in Arabic
    ones, and show_digits_of_reader (hearing_portal.web.http) turns them where the reader chose Thai.
    """
    style = _digits_style(context)
    if not hasattr(text, "__html__"):
        return display_digits("" if text is None else tell_markers(str(text)), style)
    return mark_safe(markup_in_digits(text.__html__(), style))


def _digits_style(context: Context) -> Digits:
    """As web.http.reader_choices gives it; a template rendered without it has Arabic ones, as counts and days have."""
    style: Digits = context.get("digits_style") or "arabic"
    return style


@register.filter
def phrases(title: str) -> SafeString:
    """A heading whose lines break between its phrases while they fit: Thai leaves blanks only there, and between
    them a browser breaks inside กลุ่มอำนวย|การ."""
    kept = str(title).replace("พ.ศ. ", f"พ.ศ.{NO_BREAK_SPACE}").split(" ")
    return format_html_join(
        " ", '<span class="u-phrase">{}</span>', ((phrase,) for phrase in kept)
    )


@register.filter
def typed_lines(text: str) -> SafeString:
    """What somebody typed, line by line; the end of a line parts no time of day and no range of them from its น."""
    html = _TYPED_TIMES.sub(r'<span class="u-nowrap">\g<0></span>', escape(text))
    return mark_safe(html.replace("\n", "<br>"))


# --- dates: people see the Buddhist era


def _dated(write: Callable[..., str]) -> Callable[[date | None], str]:
    return lambda moment: write(moment) if moment else ""


for _name in (
    "be_date",
    "be_date_short",
    "be_datetime",
    "be_datetime_short",
    "be_time",
):
    register.filter(_name, _dated(getattr(dates, _name)))


@register.simple_tag
def moment(at: date | datetime | None) -> str:
    """A day or a moment for people and machines: <time datetime="2022-09-20">20 กันยายน 2565</time>."""
    if at is None:
        return ""
    words = dates.be_datetime(at) if isinstance(at, datetime) else dates.be_date(at)
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), words)


# --- words in and out


@register.simple_tag(takes_context=True)
def diff_html(
    context: Context,
    stretches: Sequence[Segment],
    side: str = "",
    *,
    as_typed: bool = False,
    is_named: bool = True,
) -> SafeString:
    """A redline as <ins> and <del>, in the reader's digits; where only the digits changed, as they are. `side`: only
    the wording "before" or "after". `as_typed` is of what people wrote on both sides: shown as everywhere else where it
    is quoted, character for character. Not `is_named`: it says itself where nothing but the style of digits changed."""
    left_out = _OTHER_SIDE[side]
    shown = shown_segments(stretches, _digits_style(context))
    if as_typed:
        shown = [
            to_show._replace(text=each.text)
            for to_show, each in zip(shown, stretches, strict=True)
        ]
    html: list[SafeString] = []
    for stretch in shown:
        if stretch.kind == left_out:
            continue
        written = mark_safe(conditional_escape(stretch.text).replace("\n", "<br>"))
        if stretch.kind != "equal":
            attribute = (
                mark_safe(' translate="no"') if stretch.keeps_digits else ""
            )  # see hearing_portal.web.digits
            written = format_html("<{0}{1}>{2}</{0}>", stretch.kind, attribute, written)
        html.append(written)
    if not is_named and differ_in_digits_alone(stretches):
        html.append(
            format_html(' <span class="u-soft u-small">({})</span>', DIGITS_ALONE)
        )
    return mark_safe("".join(html))


_OTHER_SIDE = {"": "", "before": "ins", "after": "del"}


# --- signs


@register.simple_tag
@cache  # a page of comments shows two hundred
def icon(name: str, modifier: str = "") -> SafeString:
    """A sign of the sprite, always beside a word or inside a labelled control: {% icon "pencil" %}. None for ""."""
    if not name:
        return mark_safe("")
    classes = f"icon icon--{modifier}" if modifier else "icon"
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"/></svg>',
        classes,
        static("icons.svg"),
        name,
    )


@register.simple_tag
def classes(block: str, *modifiers: str, **flags: object) -> str:
    """The classes of a block with its modifiers, those of flags that hold:
    {% classes "clause" clause.state now=clause.is_now %} → clause clause--reworded clause--now."""
    chosen = [modifier for modifier in modifiers if modifier]
    for name, holds in flags.items():
        if holds:
            chosen.append(name.replace("_", "-"))
    names = [block]
    for modifier in chosen:
        names.append(f"{block}--{modifier}")
    return " ".join(names)


@register.simple_tag
def aria_current(is_current: object, what: str = "page") -> SafeString:
    """The attribute that marks a link as the page (or the "step", or "true": the choice) one is at."""
    return format_html('aria-current="{}"', what) if is_current else mark_safe("")


@register.simple_tag
def attribute(name: str, holds: object) -> str:
    """An attribute without a value, where something holds: <details {% attribute "open" form.errors %}>."""
    return name if holds else ""


@register.simple_tag
def linked(url: str, words: str) -> SafeString:
    """The words, as a link where they have an address: {% linked cause.url cause.words %}."""
    if not url:
        return conditional_escape(words)
    return format_html('<a href="{}">{}</a>', url, words)


@register.simple_tag(takes_context=True)
def reader_attributes(context: Context) -> SafeString:
    """What <html> says of the choices of this reader (reader_choices), where they are not the usual ones."""
    chosen: list[SafeString] = []
    if _digits_style(context) == "thai":
        chosen.append(mark_safe(' data-digits="thai"'))
    if context["theme"] != "system":
        chosen.append(format_html(' data-theme="{}"', context["theme"]))
    return mark_safe("".join(chosen))


@register.simple_tag
def state_badge(state: str, bare: bool = False) -> SafeString:
    """An outcome, or what stands before one, by icon, word and tint. KeyError for a state nobody defined."""
    family, sign, word = STATES[state]
    modifier = " state--bare" if bare else ""
    return format_html(
        '<span class="state state--{}{}">{}{}</span>',
        family,
        modifier,
        icon(sign),
        word,
    )


# --- offices, roles, counts


@register.simple_tag
def office_badge(office: AreaOffice | None, role: str = "") -> SafeString:
    """An office by hue, mark and name; somebody without an office by the word of the role."""
    if not office:
        return _office("expert", role_label(role) if role else "ผู้ทรงคุณวุฒิ")
    return _office(office.kind, office.short_name)


@register.filter
def preceded_by(name: object, words: str) -> str:
    """A name behind what is said of it: ค้นในร่างปรับปรุง, ค้นใน 2565 ร่างปรับปรุง."""
    return joined(words, str(name))


@register.filter
def followed_by(name: object, words: str) -> str:
    """A name and what is said of it: กลุ่มอำนวยการยังไม่มีเวที, กลุ่ม ICT ยังไม่มีเวที."""
    return joined(str(name), words)


@register.filter
def office_kind(kind: str) -> str:
    """สพป. for "primary"."""
    return _OFFICE_KINDS[kind]


@register.simple_tag
def office_count(kind: str, offices: int) -> SafeString:
    """How many offices of a kind: {% office_count "primary" 11 %} → ● สพป. 11 เขต."""
    return _office(kind, f"{_OFFICE_KINDS[kind]} {offices:,} เขต")


class OfficesForText(Protocol):
    """Of the offices that took a stand on a clause, how many agree with its words."""

    for_text: int

    @property
    def offices(self) -> int: ...


@register.simple_tag
def office_share(kind: str, tally: OfficesForText) -> SafeString:
    """What a figure says that stands alone: {% office_share "primary" tally %} → ● สพป. เห็นชอบ 2 จาก 3 เขต."""
    return _office(
        kind,
        f"{_OFFICE_KINDS[kind]} เห็นชอบ {tally.for_text:,} จาก {tally.offices:,} เขต",
    )


def _office(kind: str, words: str) -> SafeString:
    return format_html('<span class="office office--{}">{}</span>', kind, words)


@register.inclusion_tag("components/support_row.html")
def support_row(
    kind: str,
    offices: int,
    total: int,
    act: str = "เห็นชอบ",
) -> dict[str, object]:
    """One office type's share, as number, bar and word. `act` says what the offices did."""
    return {
        "kind": kind,
        "word": _OFFICE_KINDS[kind],
        "offices": offices,
        "total": total,
        "percent": round(100 * offices / total) if total else 0,
        "act": act,
    }


@register.filter
def role_label(role: str) -> str:
    """ผู้แทน for "delegate"."""
    return str(RoleAssignment.Role(role).label)


@register.filter
def role_title(row: RoleAssignment | None) -> str:
    """A role with the office it is held for, else the group: ผู้แทน สพป.ลำปาง เขต 1."""
    if row is None:
        return ""
    if row.role == RoleAssignment.Role.OFFICE_HEAD and row.office:
        return f"ผอ.{row.office.short_name}"
    if row.office:
        scope = row.office.short_name
    elif row.work_group:
        scope = row.work_group.name
    else:
        scope = ""
    return f"{role_label(row.role)} {scope}".strip()


@register.filter
def role_scope(row: RoleAssignment) -> str:
    """For what a role is held beside the office: a group, all of them, or the whole portal."""
    if row.work_group is not None:
        return row.work_group.name
    if row.role == RoleAssignment.Role.OFFICE_HEAD:
        return "ทุกกลุ่มงาน"
    return "" if row.office_id else "ทั้งระบบ"


@register.filter
def short_names(groups: Iterable[WorkGroup]) -> str:
    """อำนวยการ, การเงินฯ"""
    return ", ".join(group.short_name for group in groups)


@register.filter
def provinces(names: Sequence[str]) -> str:
    """จังหวัดชลบุรี และจังหวัดระยอง; Bangkok is no จังหวัด."""
    titled = [name if name == "กรุงเทพมหานคร" else f"จังหวัด{name}" for name in names]
    return " และ".join(filter(None, [" ".join(titled[:-1]), *titled[-1:]]))


@register.filter
def or_open_end(day: date | None) -> str:
    """The last day of something, or that it has none."""
    return dates.be_date_short(day) if day else "ไม่มีกำหนด"


@register.inclusion_tag("components/roles_today.html")
def roles_today(person: User) -> dict[str, object]:
    """What somebody is today, each role once with its groups. `person` has roles_today, sorted by role."""
    roles = []
    rows_today: list[RoleAssignment] = person.roles_today  # type: ignore[attr-defined]  # prefetched
    for role, rows in groupby(rows_today, key=lambda row: row.get_role_display()):
        groups = [row.work_group for row in rows if row.work_group]
        roles.append((role, short_names(groups)))
    return {"roles": roles}


@register.simple_tag(takes_context=True)
def my_role(context: Context, *, in_full: bool = False) -> str:
    """What the reader is called, or the username of somebody without a role today. At the head of a page there is room
    for one group: several are counted there, and named `in_full` in the menu."""
    user = context["user"]
    roles = load_roles(user)
    chief = roles.chief
    if chief is None:
        return str(user.get_username())
    groups = roles.groups(RoleAssignment.Role(chief.role))
    if chief.office is not None or len(groups) < 2:
        return role_title(chief)
    if not in_full:
        return f"{role_label(chief.role)} {len(groups)} กลุ่มงาน"
    return f"{role_label(chief.role)} {listed(group.short_name for group in groups)}"


@register.inclusion_tag("components/admin_tabs.html")
def admin_tabs(current: str) -> dict[str, object]:
    """The tabs of the administrators' desks: {% admin_tabs "people" %}."""
    return {"links": admin_links(current)}


@register.filter
def count(number: int, what: str) -> str:
    """2,710 ความคิดเห็น, never broken between number and word."""
    return f"{number:,}{NO_BREAK_SPACE}{what}"


@register.filter
def grouped(number: int | str) -> str:
    """2,710 in a cell of its own; what is no number stays as it is."""
    return f"{number:,}" if isinstance(number, int) else number


# --- forms


@register.simple_tag(takes_context=True)
def options(
    context: Context, offered: Iterable[Option], chosen: object = ""
) -> SafeString:
    """The <option>s of a select, in groups where they have any: {% options desk.clauses desk.chosen.clause %}."""
    style = _digits_style(context)
    html: list[str] = []
    for group, members in groupby(offered, key=lambda option: option.group):
        if group:
            html.append(f'<optgroup label="{escape(group)}">')
        for option in members:
            html.append(_option(option, option.value == str(chosen), style))
        if group:
            html.append("</optgroup>")
    return mark_safe("".join(html))


@lru_cache(maxsize=10_000)  # a queue offers some hundred clauses
def _option(option: Option, is_chosen: bool, style: Digits) -> str:
    words: str = escape(display_digits(tell_markers(option.words), style))
    if option.note:
        words = f"{words} {escape(option.note)}" if words else escape(option.note)
    selected = " selected" if is_chosen else ""
    return f'<option value="{escape(option.value)}"{selected}>{words}</option>'


@register.simple_tag
def control(widget: Mapping[str, Any]) -> SafeString:
    """An <input> of a control that consists of several: {% control option %}."""
    return written_input(widget)


class FormMistake(NamedTuple):
    """A mistake as the summary above a form tells it; `target` is the id of the field to blame, or empty."""

    text: str
    target: str = ""

    @property
    def url(self) -> str:
        return f"#{self.target}" if self.target else ""


@register.inclusion_tag("components/error_summary.html")
def error_summary(
    form: BaseForm | None,
    title: str = "ยังบันทึกไม่ได้",
    *,
    keeps_text: bool = False,
) -> dict[str, object]:
    """What is wrong with a form that came back; nothing for a fresh one. The first wrong field has the focus, or this
    when no field is to blame, or one of several controls. With `keeps_text` it says that the person's words are kept,
    where there are some."""
    if not form:
        return {}
    if keeps_text and has_typed_text(form):
        title = f"{title} {TEXT_IS_KEPT}"
    mistakes = [FormMistake(str(error)) for error in form.non_field_errors()]
    for field in form:
        for error in field.errors:
            if field.is_hidden:
                mistakes.append(FormMistake(str(error)))
            else:
                target = cast(PortalBoundField, field).target_id
                mistakes.append(FormMistake(f"{field.label}: {error}", target))
    return {
        "title": title,
        "mistakes": mistakes,
        "has_focus": not takes_focus(form, first_wrong_field(form)),
    }
