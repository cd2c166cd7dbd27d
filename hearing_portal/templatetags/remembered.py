"""The tag `remembered`: what a template writes again and again for equal things is written once."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Any

from django import template
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
MOST_LETTERS = 8_000_000  # of all that a process remembers
TOKEN = "\ue000token\ue001"  # where a form's token stands in what is remembered: every page has another one


class Memory:
    """The most recently used pieces of HTML, of any number of threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pieces: OrderedDict[Hashable, str] = OrderedDict()
        self._letters = 0

    def find(self, key: Hashable) -> str | None:
        with self._lock:
            html = self._pieces.get(key)
            if html is not None:
                self._pieces.move_to_end(key)
            return html

    def keep(self, key: Hashable, html: str) -> None:
        with self._lock:
            self._letters += len(html) - len(self._pieces.pop(key, ""))
            self._pieces[key] = html
            while self._letters > MOST_LETTERS:
                _, oldest = self._pieces.popitem(last=False)
                self._letters -= len(oldest)


MEMORY = Memory()


class RememberedNode(Node):
    def __init__(
        self, nodelist: NodeList, told: list[FilterExpression], place: tuple[str, int]
    ) -> None:
        self.nodelist = nodelist
        self.told = told
        self.place = place  # the template and the line

    def render(self, context: Context) -> SafeString:
        told = []
        for expression in self.told:
            told.append(expression.resolve(context, ignore_failures=True))
        if told[0] is None:
            return self.nodelist.render(context)
        has_token = "csrf_token" in context
        key = (*self.place, context.get("digits_style"), has_token, *told)
        html = MEMORY.find(key)
        if html is None:
            if has_token:
                with context.push(csrf_token=TOKEN):
                    html = self.nodelist.render(context)
            else:
                html = self.nodelist.render(context)
            MEMORY.keep(key, html)
        if TOKEN in html:
            html = html.replace(TOKEN, str(context["csrf_token"]))
        return mark_safe(html)


@register.tag
def remembered(parser: Parser, token: Token) -> Any:
    """{% remembered clause.shown_key … %} … {% endremembered %}: what stands between, as it was written the last time
    for the same. What is named must tell all that is shown there, beside the reader's digits and the token of forms,
    and must be hashable by what it says. Nothing is remembered where the first is None."""
    _, *words = token.split_contents()
    if not words:
        raise TemplateSyntaxError("remembered: by what is it told apart?")
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    place = (str(parser.origin), token.lineno or 0)
    return RememberedNode(
        nodelist, [parser.compile_filter(word) for word in words], place
    )
