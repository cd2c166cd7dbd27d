"""The comments that a bulk act of the queue is about: those that are ticked, or all that its filters leave."""

from dataclasses import replace

from django import forms

from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible
from manuals.models import Manual

from ...hearings.choosing import choose_hearing
from ...models import Comment
from ..queries.filters import filter_kind, find_place, read_filter
from ..queries.queue import find_queue_ids
from .desk import read_next_query


def find_chosen(
    request: AuthenticatedHttpRequest, manual: Manual, form: forms.Form
) -> list[Comment]:
    """Of a valid form with the fields of ChosenCommentsForm. Raises NotVisible where a ticked one does not lie at this
    desk, and where all are asked for before any hearing."""
    comments = Comment.objects.visible_to(request.user).filter(entry__manual=manual)
    if form.cleaned_data["whole"]:
        query = read_next_query(request)
        choice = choose_hearing(query.get("hearing", ""))
        if choice.hearing is None:
            raise NotVisible
        chosen = replace(read_filter(query), hearing=choice.address_key)
        place = find_place(choice.hearing, manual.work_group, chosen, request.user)
        ids = find_queue_ids(place, filter_kind(chosen))
        return list(comments.filter(pk__in=ids))
    uuids = form.cleaned_data["comment"]
    found = list(comments.filter(uuid__in=uuids))
    if len(found) != len(uuids):
        raise NotVisible
    return found
