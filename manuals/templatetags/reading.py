"""Tags of the pages on which clauses are read."""

from collections.abc import Sequence
from typing import cast

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

from hearing_portal.templatetags.thai import diff_html, digits
from hearing_portal.thai.numbering import Digits, display_digits

from ..reading.presentation.clauses import ReadClause
from ..reading.presentation.sections import ReadSection

register = template.Library()
_SIDES = {"old": "before", "new": "after"}


@register.simple_tag(takes_context=True)
def words(context: Context, clause: ReadClause, field: str = "text") -> str:
    """A named field of a clause in the reader's digits, with what came and went where the page compares."""
    if stretches := clause.redlines.get(field):
        return format_html(
            '<span class="diff">{}</span>', diff_html(context, stretches)
        )
    return digits(context, clause.html(field))


@register.simple_tag(takes_context=True)
def step_cell(
    context: Context,
    clause: ReadClause,
    field: str,
    label: str,
    modifiers: str,
) -> SafeString:
    """A cell of the step table. An empty one has neither words nor label: a phone leaves it out."""
    classes = " ".join(f"step-table__{modifier}" for modifier in modifiers.split())
    if not has_field(clause, field):
        return format_html('<td role="cell" class="{}"></td>', classes)
    return format_html(
        '<td role="cell" class="{}" data-label="{}">{}</td>',
        classes,
        label,
        words(context, clause, field),
    )


@register.simple_tag(takes_context=True)
def words_of_side(
    context: Context,
    clause: ReadClause,
    side: str,
    field: str = "text",
) -> str:
    """The older ("old") or newer ("new") wording alone, its own words marked."""
    stretches = clause.redlines.get(field)
    if stretches is None:
        return digits(context, clause.html(field))
    return diff_html(context, stretches, _SIDES[side])


@register.simple_tag(takes_context=True, name="section_title")
def title_with_changes(context: Context, section: ReadSection) -> SafeString:
    """The title, as a redline where it was another one before."""
    if section.title_redline:
        return format_html(
            '<span class="diff">{}</span>', diff_html(context, section.title_redline)
        )
    return conditional_escape(digits(context, section.entry.title))


@register.simple_tag(takes_context=True)
def hit_html(context: Context, pieces: Sequence[tuple[str, bool]]) -> SafeString:
    """A piece of text with the words that were looked for in <mark>, in the reader's digits."""
    style = cast(Digits, context.get("digits_style", "arabic"))
    # All at once: a piece may begin within a code, whose digits stay as typed. Another digit takes no more room
    shown = display_digits("".join(text for text, _ in pieces), style)
    marked = []
    start = 0
    for text, is_match in pieces:
        end = start + len(text)
        piece = conditional_escape(shown[start:end])
        if is_match:
            piece = format_html("<mark>{}</mark>", piece)
        marked.append((piece,))
        start = end
    return format_html_join("", "{}", marked)


@register.filter
def has_field(clause: ReadClause, name: str) -> bool:
    """Whether the clause has words in the field, now or before."""
    return name in clause.redlines or name in dict(clause.content.fields())
