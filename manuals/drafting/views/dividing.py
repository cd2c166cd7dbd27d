"""Splitting a process into two, and joining two of one unit."""

from dataclasses import replace
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, parse_uuid
from hearing_portal.web.redirects import see_other

from ...models import Section, SectionLineage
from ...models.undone import section_lines_in_force
from ...queries import live_processes, load_draft_entries
from ..dividing import choose_leaving
from ..forms.dividing import VERSION_OF, JoinSectionsForm, SplitSectionForm
from ..presentation.left_facts import list_left_facts
from ..presentation.links import contents_url, section_url
from ..presentation.looked_at import load_looked_at
from ..promises import NO_PROMISES, Promises
from ..queries.arranging import find_standing_clauses
from ..queries.buffers import each_once, find_writers, find_writers_in
from ..said_elsewhere import NOTHING_SAID, SaidElsewhere
from ..services.dividing import join_sections, split_section
from ..told_words import load_told_words
from .promised import offer_promises
from .section_acts import act_on_section, get_section_that_stands


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_split(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    promises: Promises = NO_PROMISES,
) -> HttpResponse:
    """What stands from a clause or a part on becomes a process of its own; that may keep one of the `promises`. What
    goes along from later parts is told first, and chosen."""
    section = _get_process(request, key, uuid)
    made = _find_made(section, request.POST.get("uuid", ""))
    if made is not None:  # sent twice
        return see_other(section_url(made))
    entries = load_draft_entries(section)[1:]
    told = load_told_words(entry.clause_content.referring for entry in entries)
    words = {
        entry.uuid: told.of_content(entry.clause_content, section.pk)
        for entry in entries
    }

    def make_form(data: QueryDict | None) -> SplitSectionForm:
        form = SplitSectionForm(data, section=section, entries=entries, words=words)
        return offer_promises(form, request, section, promises)

    def is_known(form: SplitSectionForm) -> bool:
        standing = find_standing_clauses(section)
        point = replace(form.cleaned_data["point"], parts_stay=frozenset())
        leaving = choose_leaving(standing, point)
        is_told = form.knows(leaving) or len(leaving) == len(standing)
        if not is_told:
            form.tell_leaving(leaving, standing)
        return is_told

    def save(form: SplitSectionForm) -> str:
        data = form.cleaned_data
        new = split_section(
            section,
            data["version"],
            data["point"],
            data["title"],
            uuid=data["uuid"],
            by=request.user,
            reason=data["reason"],
            promises=promises,
            promise=data.get("promise", ""),
        )
        return section_url(new)

    return act_on_section(
        request,
        section,
        "manuals/drafting/section_split.html",
        make_form,
        save,
        {"writers": each_once(find_writers(section, but=request.user))},
        is_known=is_known,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def section_join(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    promises: Promises = NO_PROMISES,
    said: SaidElsewhere = NOTHING_SAID,
) -> HttpResponse:
    """The process takes in another one of its unit; that may keep one of the `promises`. What was `said` of each, and
    what does not come along with it, are told."""
    section = _get_process(request, key, uuid)
    others = list(
        live_processes()
        .filter(manual=section.manual_id, parent=section.parent_id)
        .exclude(pk=section.pk)
        .select_related("manual")
        .order_by("rank")
    )
    named = request.POST.get("other", "")
    if _came_into(section, named):  # sent twice
        return see_other(contents_url(section.manual, section))
    chosen = {
        f"{VERSION_OF}{other.uuid}": other
        for other in others
        if str(other.uuid) == named
    }

    def make_form(data: QueryDict | None) -> JoinSectionsForm:
        form = JoinSectionsForm(data, section=section, others=others)
        return offer_promises(form, request, section, promises)

    def save(form: JoinSectionsForm) -> str:
        data = form.cleaned_data
        joined = join_sections(
            [(section, data["version"]), (data["other"], data["other_version"])],
            by=request.user,
            reason=data["reason"],
            promises=promises,
            promise=data.get("promise", ""),
        )
        return contents_url(joined.manual, joined)

    return act_on_section(
        request,
        section,
        "manuals/drafting/section_join.html",
        make_form,
        save,
        {
            "others": others,
            "left_facts": list_left_facts(section, others),
            "said": said.about_sections([section, *others]),
            "looked_at": load_looked_at(others),
            "writers": find_writers_in(others, but=request.user),
        },
        others=chosen,
    )


def _get_process(request: AuthenticatedHttpRequest, key: str, uuid: UUID) -> Section:
    section = get_section_that_stands(request, key, uuid)
    if not section.is_process:
        raise NotVisible
    return section


def _find_made(section: Section, named: str) -> Section | None:
    """The process that is asked for, where it came out of this one already."""
    uuid = parse_uuid(named)
    if uuid is None:
        return None
    made = Section.objects.live().filter(predecessors__from_section=section, uuid=uuid)
    return made.select_related("manual").first()


def _came_into(section: Section, named: str) -> bool:
    """Whether the process that is to be taken in was taken in, and left the manual by that."""
    uuid = parse_uuid(named)
    if uuid is None:
        return False
    lines = section_lines_in_force().filter(
        to_section=section,
        from_section__uuid=uuid,
        from_section__retired__isnull=False,
        kind=SectionLineage.Kind.MERGED,
    )
    return lines.exists()
