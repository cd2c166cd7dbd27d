"""Which promise an act may keep, as the address or the form that was sent names it."""

from hearing_portal.web.http import AuthenticatedHttpRequest

from ...models import Section
from ..forms.promise import PromiseForm
from ..promises import Promises


def offer_promises[ActForm: PromiseForm](
    form: ActForm,
    request: AuthenticatedHttpRequest,
    section: Section,
    promises: Promises,
) -> ActForm:
    """The promises of the section, the one that was asked for chosen."""
    asked = request.GET.get("promise", "") or request.POST.get("promise", "")
    form.offer_promises(promises.find(section), chosen=asked)
    return form
