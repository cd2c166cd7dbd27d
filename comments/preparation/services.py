"""Beginning with the lists that come with the portal."""

from hearing_portal.acts.services import act
from hearing_portal.directory.loading.services import load_directory
from hearing_portal.directory.models import User
from manuals.law.services import load_legal_sources


def load_shipped_lists(*, by: User) -> None:
    """Groups, offices and laws in one act. What somebody wrote stays as it is."""
    with act(by=by):
        load_directory(by=by)
        load_legal_sources(by=by)
