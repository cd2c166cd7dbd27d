"""The pages as a WSGI application."""

import os
from typing import Any

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")


class Utf8Request(WSGIRequest):
    """Reads everything as UTF-8. Django would take the encoding that a request claims, and breaks, before any of our
    code has a say, on those that are none for text (base64). hearing_portal.web.http refuses what claims another."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(
            meta.get("CONTENT_TYPE", "")
        )


class PagesHandler(WSGIHandler):
    request_class = Utf8Request


django.setup(set_prefix=False)
application = PagesHandler()
