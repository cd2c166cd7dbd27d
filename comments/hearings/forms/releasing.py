"""The tick that releases an edition together with an act on its sessions."""

from django import forms

from ..queries import count_participants


def tell_reach(form: forms.Form, *more: str) -> None:
    """Says at the field `release` how many people will read the edition, then `more`. One query."""
    reach = f"ผู้มีบทบาทในการประชาพิจารณ์ {count_participants():,} คน จะอ่านฉบับนี้ได้ทันที การเผยแพร่เรียกคืนไม่ได้"
    form.fields["release"].help_text = " ".join([reach, *more])
