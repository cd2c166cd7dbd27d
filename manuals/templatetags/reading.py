"""Tags of the pages on which clauses are read."""

from collections.abc import Sequence

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from hearing_portal.templatetags.thai import diff_html, digits
from hearing_portal.thai.numbering import display_digits

from ..reading.presentation import ReadClause, ReadSection

register = template.Library()
_SIDES = {"old": ("equal", "del"), "new": ("equal", "ins")}


@register.simple_tag(takes_context=True)
def words(context: Context, clause: ReadClause, field: str = "text") -> SafeString:
    """A named field of a clause in the reader's digits, with what came and went where the page compares."""
    if stretches := clause.redlines.get(field):
        return format_html('<span class="diff">{}</span>', diff_html(context, stretches))
    return digits(context, clause.html(field))


@register.simple_tag(takes_context=True)
def step_cell(context: Context, clause: ReadClause, field: str, label: str, places: str) -> SafeString:
    """A cell of the step table. An empty one has neither words nor label: a phone leaves it out."""
    classes = " ".join(f"step-table__{place}" for place in places.split())
    if not has_field(clause, field):
        return format_html('<td role="cell" class="{}"></td>', classes)
    return format_html(
        '<td role="cell" class="{}" data-label="{}">{}</td>', classes, label, words(context, clause, field)
    )


@register.simple_tag(takes_context=True)
def words_of_side(context: Context, clause: ReadClause, side: str, field: str = "text") -> SafeString:
    """The older ("old") or newer ("new") wording alone, its own words marked."""
    stretches = clause.redlines.get(field)
    if stretches is None:
        return digits(context, clause.html(field))
    return diff_html(context, [stretch for stretch in stretches if stretch.kind in _SIDES[side]])


@register.simple_tag(takes_context=True)
def section_title(context: Context, section: ReadSection) -> SafeString:
    """The title, as a redline where it was another one before."""
    if section.title_redline:
        return format_html('<span class="diff">{}</span>', diff_html(context, section.title_redline))
    return conditional_escape(digits(context, section.entry.title))


@register.simple_tag(takes_context=True)
def hit_html(context: Context, pieces: Sequence[tuple[str, bool]]) -> SafeString:
    """A piece of text with the words that were looked for in <mark>, in the reader's digits."""
    shown = display_digits("".join(text for text, _ in pieces), context.get("digits_style", "thai"))
    cut, at = [], 0
    for text, is_match in pieces:
        cut.append((shown[at : at + len(text)], is_match))
        at += len(text)
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if is_match else text,) for text, is_match in cut)
    )


@register.filter
def has_field(clause: ReadClause, name: str) -> bool:
    """Whether the clause has words in the field, now or before."""
    return name in clause.redlines or bool(dict(clause.content.fields()).get(name))
