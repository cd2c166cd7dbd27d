"""What is announced of one hearing, for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.web.public_pages import public_page

from ...models import answers_are_public
from ...permissions import can_read_conclusions
from ..access import documents_open_to, get_hearing
from ..presentation import DocumentLink, objection_rule
from ..queries import find_manuals_of, is_heard_in_public


@public_page
@require_safe
def hearing(request: HttpRequest, key: str) -> HttpResponse:
    hearing = get_hearing(key)
    documents = documents_open_to(request.user).filter(hearing=hearing)
    context = {
        "hearing": hearing,
        "documents": [DocumentLink(document) for document in documents],
        "needs_sign_in": (
            not request.user.is_authenticated
            and not hearing.public
            and not is_heard_in_public(hearing)
        ),
        "reads_comments": can_read_conclusions(request.user) or answers_are_public(),
        "objection_rule": objection_rule(hearing),
        "manuals": find_manuals_of(hearing),
    }
    return render(request, "comments/hearings/hearing_page.html", context)
