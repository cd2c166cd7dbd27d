"""Finding rows of a short list by parts of their words, as people type them: the search form of columns."""

from typing import Any

from django.db.models import Func, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from hearing_portal.thai.text import search_terms


class _SearchForm(Func):
    """What thai.text.search_form makes of a text that was stored under the text policy, and no space left in it: what
    is looked for comes in parts."""

    output_field = TextField()
    template = (
        "regexp_replace(translate(lower(%(expressions)s), '๐๑๒๓๔๕๖๗๘๙ฏ ', '0123456789ฎ'),"
        r" '([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\1+', '\1', 'g')"
    )


def having_terms[Rows: QuerySet[Any]](rows: Rows, typed: str, *fields: str) -> Rows:
    """Those that have every part of what was typed, wherever in the fields; all, where nothing was. For lists of some
    thousand rows: no index helps."""
    terms = search_terms(typed)
    if not terms:
        return rows
    words = [Cast(Coalesce(field, Value("")), TextField()) for field in fields]
    rows = rows.alias(_searched=_SearchForm(Concat(*words)))
    for term in terms:
        rows = rows.filter(_searched__contains=term)
    return rows
