"""A form that stores at most once."""

import uuid as uuids
from collections.abc import Mapping, MutableMapping
from copy import copy
from typing import Any

from django import forms

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.http import parse_uuid

BROKEN_KEY = "หน้านี้หมดเวลาใช้งานแล้ว โปรดส่งอีกครั้ง"


class KeyedForm(FormLayout, forms.Form):
    """The key is made with the form and comes back with it: what is sent twice is stored once."""

    client_key = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": BROKEN_KEY, "invalid": BROKEN_KEY},
    )

    def __init__(self, data: Any = None, **options: Any) -> None:
        initial = options.pop("initial", None) or {}
        super().__init__(
            data, initial={"client_key": uuids.uuid4(), **initial}, **options
        )

    def renew_key(self) -> None:
        """The same words under a new key: sending them again makes another comment."""
        data = copy(self.data)  # what was posted cannot be changed
        assert isinstance(data, MutableMapping)
        data["client_key"] = str(uuids.uuid4())
        self.data = data

    def full_clean(self) -> None:
        """A broken key would be refused for ever: the form comes back with a new one."""
        super().full_clean()
        if self.is_bound and "client_key" in self.errors:
            self.renew_key()


def named_key(query: Mapping[str, str]) -> dict[str, uuids.UUID]:
    """The client key that the address of a page names, as a form's initial value: gone back to, the page is made again,
    and what is sent once more is still the same. Without a script the page names one itself (key_in_address.html)."""
    key = parse_uuid(query.get("key", ""))
    return {} if key is None else {"client_key": key}
