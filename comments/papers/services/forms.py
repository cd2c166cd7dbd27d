"""Giving a form of the office's own, and going back to the portal's."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.media_types import DOCX

from ...acts import PAPER_FORM_DROPPED, PAPER_FORM_GIVEN, about_paper
from ...models import PaperForm
from ..form_checking import check_form
from ..kinds import PaperKind
from ..making import try_form
from ..queries.forms import find_form_file
from ..refusals import FormRefused


def give_paper_form(kind: PaperKind, raw: bytes, name: str, *, by: User) -> PaperForm:
    """Kept once it was filled for a trial. Raises FormRefused with what is wrong."""
    check_form(raw)
    try_form(kind, raw)
    file = store_file(raw, media_type=DOCX, name=name)
    with act(by=by) as done:
        form = PaperForm.objects.create(
            kind=kind.key, file=file, name=name[:255], by=by
        )
        done.record(PAPER_FORM_GIVEN, about_paper(kind.key, kind.title))
    return form


def drop_paper_form(kind: PaperKind, *, by: User) -> None:
    """Papers are made by the portal's own form again; the file stays. Raises FormRefused where that is so already."""
    with act(by=by) as done:
        if find_form_file(kind.key) is None:
            raise FormRefused("เอกสารนี้ใช้แบบของระบบอยู่แล้ว")
        PaperForm.objects.create(kind=kind.key, by=by)
        done.record(PAPER_FORM_DROPPED, about_paper(kind.key, kind.title))
