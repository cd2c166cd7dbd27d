"""What the pages of acts on a section share."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, read_id, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...models import Section
from ..access import get_section_to_edit
from ..changes import ChangeRefused, StaleSection
from ..presentation.namesakes import namesake_note
from ..presentation.overtaken import load_overtaken_section

NO_OTHERS: Mapping[str, Section] = {}


def get_section_that_stands(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> Section:
    section = get_section_to_edit(request.user, key, uuid)
    if section.retired_id is not None:
        raise ChangeRefused("หมวดนี้ยกเลิกแล้ว โปรดเรียกคืนจากท้ายหน้าสารบัญของร่างก่อน")
    return section


def act_on_section[SectionForm: forms.Form](
    request: AuthenticatedHttpRequest,
    section: Section,
    template: str,
    make_form: Callable[[QueryDict | None], SectionForm],
    save: Callable[[SectionForm], str],
    context: Mapping[str, object] | None = None,
    *,
    is_untouched: bool = False,
    others: Mapping[str, Section] = NO_OTHERS,
    is_known: Callable[[SectionForm], bool] = lambda form: True,
) -> HttpResponse:
    """Show the form, or save it and go on to the address `save` gives. A stale form comes back with what was written in
    it, on the version that stands now, under the word of who changed what; it is none where `is_untouched` says that
    nothing of what it is about changed since. `others` are more sections that the act is about, by the names of the
    fields that say in which version they were read. What the act will do and `is_known` says was not shown yet is shown
    first: that prepares the form for it."""
    data = posted_data(request)
    stale = None
    version_read = section.version
    if data is not None:
        data = data.copy()
        for name, read in {"version": section, **others}.items():
            if read_id(data.get(name, "")) != read.version:
                if stale is None and not is_untouched:
                    stale, version_read = read, read_id(data.get(name, ""))
                data[name] = str(read.version)
    form = make_form(data)
    status = form_status(form)
    is_ready = form.is_valid() and stale is None
    if is_ready and not is_known(form):
        is_ready, status = False, 200
    if is_ready:
        try:
            to = save(form)
        except StaleSection as refused:  # somebody came between
            stale, version_read = refused.section, refused.section.version - 1
        except ChangeRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            section.refresh_from_db()
            told = f"บันทึกแล้ว {namesake_note(section)}".strip()
            tell_done(request, told, form)
            return see_other(to)
    overtaken = None
    if stale is not None:
        overtaken = load_overtaken_section(stale, request.user, version_read)
        status = 409
    shown = {
        "section": section,
        "form": form,
        "overtaken": overtaken,
        **(context or {}),
    }
    return render(request, template, shown, status=status)
