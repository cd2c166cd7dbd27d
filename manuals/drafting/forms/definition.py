"""The form of a definition: its term, what stands between term and sense, and the sense."""

import re
from dataclasses import replace
from typing import Any

from django import forms
from django.forms import BoundField

from hearing_portal.thai.text import inline_plain

from ...content import MEANS, STATUTORY_VERBS, Content, Definition
from .clause import ClauseForm

_BEGINS_WITH_VERB = re.compile(r"\s*(?:ให้)?หมาย(?:ถึง|ความ|รวม)")


class DefinitionForm(ClauseForm):
    @property
    def own_bound(self) -> list[BoundField]:
        return [self["verb"]]

    def _add_own_fields(self) -> None:
        assert isinstance(self.read, Definition)
        verbs = [*STATUTORY_VERBS]
        if self.read.verb and self.read.verb not in verbs:
            verbs.append(self.read.verb)  # as it was typed in a file
        self.fields["verb"] = forms.ChoiceField(
            label="คำเชื่อมความหมาย",
            choices=[("", MEANS), *((verb, verb) for verb in verbs)],
            required=False,
            help_text="คำระหว่างคำที่นิยามกับความหมาย ให้ตรงกับต้นฉบับ",
        )

    def clean(self) -> dict[str, Any]:
        super().clean()
        content = self.cleaned_data.get("content")
        if content is None or self.body_name in self.errors:
            return self.cleaned_data
        if _BEGINS_WITH_VERB.match(inline_plain(content.body)):
            self.add_error(
                self.body_name,
                f"ระบบเขียนคำว่า “{content.verb_words}” ให้แล้ว โปรดลบคำนี้ที่ต้นความหมาย "
                "หากต้องการคำอื่น โปรดเลือกที่ช่องคำเชื่อมความหมาย",
            )
        return self.cleaned_data

    def _with_own_values(self, content: Content) -> Content:
        content = super()._with_own_values(content)
        assert isinstance(content, Definition)
        if "verb" not in self.data:  # a field that was not sent keeps its words
            return content
        return replace(content, verb=self.cleaned_data["verb"])
