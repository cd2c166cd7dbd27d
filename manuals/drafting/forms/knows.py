"""The tick of a person who knows what of what was decided an act takes out."""

from collections.abc import Mapping

from django import forms
from django.forms import BoundField

from ..services.keeping_decided import LosesDecided

KNOWS = "knows"


class KnowsForm(forms.Form):
    """A form of an act that may take out what was decided. It has no tick until that is told."""

    def ask_whether_known(self, refused: LosesDecided) -> None:
        """After the form was looked at: the tick names all that would be lost, so that it stands for nothing else."""
        keys = " ".join(map(str, sorted(refused.lost)))
        self.fields[KNOWS] = forms.BooleanField(
            label="ทราบว่าถ้อยคำที่เห็นชอบแล้วข้างต้นจะไม่อยู่ในร่าง และต้องแก้ไขตามผลการพิจารณาอีกครั้ง",
            widget=forms.CheckboxInput(attrs={"value": keys}),
            required=False,
        )
        self.add_error(KNOWS, refused.message_th)

    @property
    def knows_bound(self) -> BoundField | None:
        return self[KNOWS] if KNOWS in self.fields else None


def read_known(data: Mapping[str, str]) -> frozenset[int]:
    """The keys that a tick names, of a form as it was sent."""
    keys = str(data.get(KNOWS, "")).split()
    return frozenset(int(key) for key in keys if key.isascii() and key.isdigit())
