"""The templates of the book, templates/pdf: each begins with the variables it takes."""

from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "pdf"


@cache
def template_engine() -> Engine:
    return Engine(dirs=[str(TEMPLATES)], autoescape=True)


def render_template(template: str, /, **context: Any) -> str:
    """A document of templates/pdf. Values are strings, lists and dataclasses, so no settings are needed."""
    return template_engine().get_template(template).render(Context(context))
