"""Why a paper or a form is refused."""

from hearing_portal.refusals import Refusal


class FormRefused(Refusal):
    """The form cannot be filled, or has what a form must not have."""


class PaperRefused(Refusal):
    """The paper cannot be made of what there is."""
