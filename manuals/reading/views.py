"""Reading sealed editions: all of them, one, a manual of it, a section of it, a section beside its older wording."""

from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.web.http import NotVisible

from ..models import Edition, EditionEntry, EditionRelease
from ..permissions import editions_readable_by
from ..queries import load_edition_entries
from .presentation import basis_of, read_section


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    processes = Count("entries", filter=Q(entries__kind="section", entries__data__kind="process"))
    editions = editions_readable_by(request.user).select_related("basis")
    numbers = dict(Edition.objects.filter(pk__in=editions.values("pk")).annotate(n=processes).values_list("pk", "n"))
    rows = [(edition, numbers[edition.pk]) for edition in editions]
    return render(request, "manuals/reading/edition_list.html", {"rows": rows})


@require_safe
def edition(request: HttpRequest, code: str) -> HttpResponse:
    found = _edition(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    below = EditionEntry.objects.filter(edition=found, kind="section", data__kind="process")
    numbers = dict(below.values_list("manual").annotate(n=Count("pk")).order_by())
    manuals = found.entries.filter(kind="manual").select_related("manual__work_group").order_by("ordinal")
    rows = [(entry, numbers.get(entry.manual_id, 0)) for entry in manuals]
    return render(request, "manuals/reading/edition.html", {"edition": found, "rows": rows})


@require_safe
def edition_manual(request: HttpRequest, code: str, key: str) -> HttpResponse:
    found = _edition(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    manuals = found.entries.filter(kind="manual").select_related("manual__work_group")
    manual = get_object_or_404(manuals, manual__key=key)
    sections = (
        found.entries.filter(kind="section", manual=manual.manual)
        .annotate(clauses=Count("children", filter=Q(children__kind="clause")))
        .order_by("ordinal")
    )
    return render(request, "manuals/reading/manual.html", {"edition": found, "manual": manual, "sections": sections})


@require_safe
def edition_section(request: HttpRequest, code: str, uuid: str) -> HttpResponse:
    found = _edition(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    place = _section(found, uuid)
    context = {
        "edition": found,
        "place": place,
        "section": read_section(load_edition_entries(found, place.section)),
        "basis": editions_readable_by(request.user).filter(pk=found.basis_id).first(),
    }
    return render(request, "manuals/reading/edition_section.html", context)


@require_safe
def section_compare(request: HttpRequest, code: str, uuid: str, basis: str) -> HttpResponse:
    newer, older = _edition(request, code), _edition(request, basis)
    if newer is None or older is None:
        return redirect_to_login(request.get_full_path())
    place = _section(newer, uuid)
    entries = load_edition_entries(newer, place.section)
    then = basis_of(older, newer, place.section_id, [entry.uuid for entry in entries])
    context = {"edition": newer, "basis": older, "place": place, "section": read_section(entries, then)}
    return render(request, "manuals/reading/section_compare.html", context)


def _edition(request: HttpRequest, code: str) -> Edition | None:
    """The edition if this reader may read it. None: signing in may help. Raises NotVisible otherwise."""
    found = editions_readable_by(request.user).filter(code=code).select_related("basis").first()
    if found is None and (request.user.is_authenticated or not _is_for_participants(code)):
        raise NotVisible
    return found


def _is_for_participants(code: str) -> bool:
    return EditionRelease.objects.filter(edition__code=code, audience=EditionRelease.Audience.HEARING).exists()


def _section(edition: Edition, uuid: str) -> EditionEntry:
    sections = edition.entries.filter(kind="section").select_related("section", "manual__work_group", "parent")
    return get_object_or_404(sections, uuid=uuid)
