"""Statements that come again with other values are put together once in each process.

Django's ORM puts a statement together anew each time it is asked for, which takes longer than the database needs to
answer. What `kept_statement` decorates is called once with holes where its values go.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache, partial, wraps
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import Expression, F, IntegerField, Lookup, QuerySet
from django.db.models.expressions import RawSQL
from psycopg import ClientCursor

MOST_KEPT = 200  # statements of one function


class Hole(Expression):
    """Where a value goes: the argument at this place."""

    def __init__(self, place: int) -> None:
        super().__init__()
        self.place = place

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]


class AnyOf(Lookup):
    """field = ANY(array): one statement for lists of any length, where IN has another one for each."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        if isinstance(self.rhs, Hole):
            return f"{left} = ANY(%s)", [*left_params, self.rhs]
        return f"{left} = ANY(%s)", [*left_params, list(self.rhs)]


def is_any_of(field: str, values: Any) -> AnyOf:
    """A condition for `filter`: the field has one of the values, which may be a hole."""
    return AnyOf(F(field), values)


def number_of_rows(which: str = "") -> RawSQL:
    """How many rows there are, or those of them that fulfil this SQL, as a value of a query set: `count()` would ask
    at once."""
    counted = f"count(*) FILTER (WHERE {which})" if which else "count(*)"
    return RawSQL(counted, (), output_field=IntegerField())


def kept_statement[**P, Row](
    build: Callable[P, QuerySet[Any, Row]],
) -> Callable[P, list[Row]]:
    """The rows of a query set whose statement is kept.

    Positional arguments are values: they may stand where a condition has its right side, and nothing may be asked of
    them while the query set is built. Keyword arguments decide how it is built, and must be hashable: there is one
    statement for each. Where None is a value the statement is another one, which is not kept. Whatever else changes
    (the day, who asks) must be an argument.
    """

    @lru_cache(maxsize=MOST_KEPT)
    def put_together(places: int, **kwargs: Any) -> _Statement:
        holes: Any = [Hole(place) for place in range(places)]
        return _Statement(build(*holes, **kwargs))

    @wraps(build)
    def fetch(*args: P.args, **kwargs: P.kwargs) -> list[Row]:
        if None in args:
            return list(build(*args, **kwargs))
        keywords: Any = kwargs
        return put_together(len(args), **keywords).rows(args)

    return fetch


@dataclass(frozen=True, slots=True)
class KeptRows[Row]:
    """Rows of which a page is fetched by its first and the one after its last: what a Paginator asks of a list."""

    number: int
    find: Callable[[int, int], list[Row]]

    def __len__(self) -> int:
        return self.number

    def __iter__(self) -> Iterator[Row]:
        return iter(self.find(0, self.number))

    def __getitem__(self, part: slice) -> list[Row]:
        return self.find(part.start, part.stop)


def fetch_written(statement: str, values: Mapping[str, object]) -> list[Any]:
    """The rows of a statement that has its values written in (%(name)s), so that it is planned for them each time.

    For those whose best plan depends on the values: of one that is prepared with its values left open the database
    forgets them after ten times (docs/decisions/0102).
    """
    with connection.cursor() as cursor:
        written = ClientCursor(cursor.connection).mogrify(statement, values)
        cursor.execute(written)
        rows: list[Any] = cursor.fetchall()
    return rows


class _Statement:
    """A query set with its statement put together."""

    def __init__(self, rows: Any) -> None:
        if rows._prefetch_related_lookups:
            raise ValueError("what is fetched beside the rows would not be kept")
        self._template = rows
        self._compiler = rows.query.get_compiler(rows.db)
        try:
            self._sql, self._params = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql = ""
            return
        fields = [column[0] for column in self._compiler.select]
        converters = self._compiler.get_converters(fields)
        self._compiler.get_converters = lambda fields: converters

    def rows(self, values: Sequence[Any]) -> list[Any]:
        """Asks the database. What the rows become is Django's own work."""
        if not self._sql:
            return []
        params = []
        for param in self._params:
            params.append(values[param.place] if isinstance(param, Hole) else param)
        template = self._template
        compiler = copy(self._compiler)
        compiler.connection = connections[template.db]  # that of this thread
        compiler.as_sql = partial(_say, self._sql, tuple(params))
        query: Any = copy(template.query)
        query.get_compiler = lambda *args, **kwargs: compiler
        rows = type(template)(template.model, query=query, using=template.db)
        rows._iterable_class = template._iterable_class
        rows._fields = template._fields
        return list(rows)


def _say(
    sql: str, params: tuple[Any, ...], *args: Any, **kwargs: Any
) -> tuple[str, tuple[Any, ...]]:
    return sql, params
