"""The final words of a clause as fields of a form, one for each field of its wording."""

from django import forms
from django.forms import BoundField

from hearing_portal.web.form_rendering import FormLayout
from hearing_portal.web.forms import ThaiTextField
from manuals.content import Content, ContentRefused
from manuals.wording import (
    WORDING_LIMIT,
    WordingField,
    reworded_content,
    tell_stray_marks_of,
    wording_fields,
)

WORDS_PREFIX = "words-"  # of the names of the fields of the wording
LETTERS_A_ROW = 60
MOST_ROWS = 12


class WordingForm(FormLayout, forms.Form):
    """The words field by field ("words-NAME"). Who inherits it calls `begin_words` in its `__init__`
    and `clean_words` in its `clean`."""

    wording: list[WordingField]
    no_words = "โปรดกรอกถ้อยคำ"

    def begin_words(self, base: Content | None) -> None:
        """The fields begin as `base`: its cross-references and marks stay where the words stay. None has none."""
        self.wording = wording_fields(base) if base is not None else []
        for item in self.wording:
            rows = len(item.text) // LETTERS_A_ROW + 1
            self.fields[WORDS_PREFIX + item.name] = ThaiTextField(
                label=item.label,
                max_length=max(WORDING_LIMIT, 2 * len(item.text)),
                required=False,
                initial=item.text,
                widget=forms.Textarea(attrs={"rows": min(rows, MOST_ROWS)}),
            )

    @property
    def wording_bound(self) -> list[BoundField]:
        return [self[WORDS_PREFIX + item.name] for item in self.wording]

    def hides_label(self, name: str) -> bool:
        return name.startswith(WORDS_PREFIX) and len(self.wording) == 1

    def spoken_label(self, name: str) -> str:
        """The words above the only field, said again for who does not see them."""
        return "ถ้อยคำที่จะใช้" if self.hides_label(name) else ""

    def clean_words(self, base: Content) -> Content:
        """What the cleaned fields make of `base`; words that are missing or hold stray marks are errors of theirs."""
        texts = {}
        for item in self.wording:
            name = WORDS_PREFIX + item.name
            if name in self.data:  # a field that was not sent keeps its words
                texts[item.name] = self.cleaned_data[name]
        try:
            content = reworded_content(base, texts) or base
        except ContentRefused as refusal:
            raise forms.ValidationError(
                "ถ้อยคำที่ส่งมีช่องที่ข้อนี้ไม่มี โปรดเปิดหน้านี้อีกครั้ง"
            ) from refusal
        if not any(text.strip() for _, text in content.fields()):
            self.add_error(WORDS_PREFIX + self.wording[0].name, self.no_words)
        for name, told in tell_stray_marks_of(content, base).items():
            self.add_error(WORDS_PREFIX + name, told)
        return content
