"""The form of a citation: the law of the registry it names, found by its name as pasted, and the place in it."""

import re
from dataclasses import replace

from django import forms
from django.forms import BoundField

from hearing_portal.web.forms import ThaiTextField

from ...content import Content, Reference
from ...law.mentions import LawNames
from ...law.queries import find_laws_named
from ...models import LegalSource
from .clause import WORDS_PREFIX, ClauseForm

LOCATOR_LIMIT = 200
NAME_LIMIT = 1000
AS_CITED = f"{WORDS_PREFIX}text"


# Where another law begins behind the year of one; what amended the first is named with it
_ANOTHER_LAW = re.compile(
    r"พ\.?\s?ศ\.?\s?[0-9๐-๙]{4}[\s,;]*(?:และ|กับ)?\s*(?:ประมวล|รัฐธรรมนูญ|พระราช|กฎกระทรวง|กฎ\s?ก\.|ระเบียบ|ข้อบังคับ|ประกาศ|คำสั่ง)"
)


def names_several_laws(named: str) -> bool:
    """Whether lines, or what stands behind a year, name more than one."""
    lines = [line for line in named.splitlines() if line.strip()]
    return len(lines) > 1 or _ANOTHER_LAW.search(named) is not None


class ReferenceForm(ClauseForm):
    """A law that is named and not chosen from the list is found by its name, if it is one."""

    own_template = "manuals/drafting/law_search.html"

    @property
    def own_bound(self) -> list[BoundField]:
        return [self["source"], self["locator"]]

    @property
    def named(self) -> str:
        """The name that is looked for."""
        return str(self["law_words"].value() or "")

    @property
    def chosen(self) -> str:
        """The key of the law that is chosen by now."""
        return str(self["source"].value() or "")

    def after_act(self, act: str, left: dict[str, str]) -> dict[str, str]:
        """ "take-law:KEY" chooses it; the pasted name stands as the words where none stand yet."""
        left = super().after_act(act, left)
        name, _, key = act.partition(":")
        if name != "take-law":
            return left
        named = left.get("law_words", "")
        words = left.get(AS_CITED, "")
        return {
            **left,
            "source": key,
            "law_words": "",
            AS_CITED: (words.strip() and words) or named,
        }

    def _add_own_fields(self) -> None:
        self.fields["law_words"] = ThaiTextField(
            label="วางชื่อกฎหมาย",
            max_length=NAME_LIMIT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2, "data-enter": "find-law"}),
            help_text="เช่น ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. 2526 และที่แก้ไขเพิ่มเติม",
        )
        self.fields["source"] = forms.ModelChoiceField(
            label="กฎหมายในทะเบียน",
            queryset=LegalSource.objects.order_by("-year_be", "short_title"),
            to_field_name="key",
            required=False,
            empty_label="ไม่อยู่ในทะเบียน",
            help_text="เมื่อเลือกแล้ว ระบบจะเตือนหากกฎหมายนั้นยกเลิกหรือแก้ไขแล้ว",
            error_messages={"invalid_choice": "ไม่พบกฎหมายนี้ในทะเบียน โปรดเลือกจากรายการ"},
        )
        self.fields["locator"] = ThaiTextField(
            label="ข้อหรือมาตรา",
            max_length=LOCATOR_LIMIT,
            multiline=False,
            required=False,
        )

    @property
    def is_unknown(self) -> bool:
        """Whether what was named is saved as words that lead to no law. Of a form that is valid."""
        content = self.cleaned_data["content"]
        return (
            bool(self.cleaned_data["law_words"])
            and isinstance(content, Reference)
            and not content.source
        )

    def clean_law_words(self) -> str:
        named = str(self.cleaned_data["law_words"])
        if names_several_laws(named):
            raise forms.ValidationError(
                "พบชื่อกฎหมายมากกว่าหนึ่งฉบับ โปรดวางครั้งละหนึ่งฉบับ แล้วเพิ่มฉบับอื่นเป็นอีกข้อ"
            )
        return " ".join(named.split())

    def _with_own_values(self, content: Content) -> Content:
        source = self.cleaned_data["source"]
        named = self.cleaned_data["law_words"]
        content = super()._with_own_values(content)
        assert isinstance(content, Reference)
        if named and source is None:
            found = find_laws_named(named)
            source = found[0] if len(found) == 1 else None
        if source is not None and self._was_reworded(content, source):
            self._refuse_another_law(content.as_cited, source)
        return replace(
            content,
            source=source.key if source else "",
            locator=self.cleaned_data["locator"],
            as_cited=content.as_cited or named,
        )

    def _was_reworded(self, content: Reference, source: LegalSource) -> bool:
        """What was imported or saved as it stands does not stop another change of the clause."""
        read = self.read
        assert isinstance(read, Reference)
        return (content.as_cited, source.key) != (read.as_cited, read.source)

    def _refuse_another_law(self, words: str, source: LegalSource) -> None:
        """The registry's warnings follow the chosen law, the reader follows the words: both name the same one."""
        mentions = list(LawNames(list(LegalSource.objects.all())).find_in(words))
        if not mentions or any(mention.source.pk == source.pk for mention in mentions):
            return
        named = mentions[0].source
        self.add_error(
            "source",
            f"ถ้อยคำอ้าง “{named.short_title}” แต่กฎหมายในทะเบียนที่เลือกไว้คือ “{source.short_title}” "
            f"โปรดเลือก “{named.short_title}” หรือแก้ถ้อยคำให้ตรงกัน",
        )
