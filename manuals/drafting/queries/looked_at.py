"""Who was asked to look at what an act takes out or puts elsewhere, and the links that show it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from django.db.models import Q
from django.utils.timezone import localdate

from ...models import Clause, PreviewLink, ReviewRequest, Section
from ...models.origins import Origin, find_origins, find_section_origins


def find_requests_about_clauses(clauses: Collection[Clause]) -> list[ReviewRequest]:
    """Those that are not done with, of these clauses or of what they came of, the oldest first. Two queries, and those
    of find_origins; none without clauses."""
    if not clauses:
        return []
    return _find_open(_about_clauses({clause.pk for clause in clauses}))


def find_requests_about_sections(
    sections: Collection[Section],
) -> list[ReviewRequest]:
    """The same of these sections, and of the clauses that stand there. Three queries, and those of find_origins and
    find_section_origins; none without sections."""
    if not sections:
        return []
    standing = Clause.objects.live().filter(section__in=sections)
    about = {section.pk for section in sections}
    about |= _ids_of_origins(find_section_origins(sections))
    whole = Q(section__in=about, clause__isnull=True)
    return _find_open(
        whole | _about_clauses(set(standing.values_list("pk", flat=True)))
    )


def find_links_to_sections(sections: Collection[Section]) -> list[PreviewLink]:
    """Those that show one of these sections today, and nothing else. One query, none without sections."""
    if not sections:
        return []
    links = PreviewLink.objects.filter(
        section__in=sections, recall__isnull=True, ends_on__gte=localdate()
    )
    return list(links.select_related("section", "by").order_by("pk"))


def _about_clauses(ids: Collection[int]) -> Q:
    origins = find_origins(Clause.objects.filter(pk__in=ids))
    return Q(clause__in={*ids, *_ids_of_origins(origins)})


def _ids_of_origins[Key, Node: (Clause, Section)](
    origins: Mapping[Key, Sequence[Origin[Node]]],
) -> set[int]:
    every: Iterable[Origin[Node]] = chain.from_iterable(origins.values())
    return {origin.node.pk for origin in every}


def _find_open(about: Q) -> list[ReviewRequest]:
    requests = ReviewRequest.objects.filter(about, closing__isnull=True)
    requests = requests.select_related("section", "clause", "asked", "answer")
    return list(requests.order_by("pk"))
