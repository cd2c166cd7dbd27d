"""Tables of a PDF that have rules between their columns."""

from collections.abc import Iterable, Sequence

from .pdf_areas import PageArea

# In points
THIN, SHORT = 3.0, 5.0
FEWEST_RULES = 3  # upright ones that stand side by side: two are a frame


def find_ruled_tables(shapes: Iterable[PageArea]) -> list[PageArea]:
    """Where at least three upright rules stand beside each other, with rules across."""
    upright: list[PageArea] = []
    across = 0
    for shape in shapes:
        width, height = shape.right - shape.left, shape.top - shape.bottom
        if height > SHORT:
            # A cell that is drawn as a box has a rule on each side
            edges = {shape.left} if width <= THIN else {shape.left, shape.right}
            for edge in edges:
                upright.append(PageArea(edge, shape.bottom, edge, shape.top))
        if width > SHORT:
            across += 1
    if across < 2:
        return []
    tables = []
    group: list[PageArea] = []
    for rule in sorted(upright, key=lambda rule: -rule.top):
        if group and rule.top < min(each.bottom for each in group) - THIN:
            tables += _table_of(group)
            group = []
        group.append(rule)
    return tables + _table_of(group)


def _table_of(rules: Sequence[PageArea]) -> list[PageArea]:
    """The one that these rules, above and beside each other, are of; none where they are too few."""
    places = {round(rule.left / THIN) for rule in rules}
    apart = [place for place in places if place - 1 not in places]
    if len(apart) < FEWEST_RULES:
        return []
    return [
        PageArea(
            min(rule.left for rule in rules),
            min(rule.bottom for rule in rules),
            max(rule.right for rule in rules),
            max(rule.top for rule in rules),
        )
    ]
