"""The form that takes a list of groups or offices."""

from django import forms

from ..importing.forms import SpreadsheetField


class DirectoryFileForm(forms.Form):
    """The uploaded list, as bytes."""

    file = SpreadsheetField(
        label="ไฟล์รายการ", help_text="XLSX หรือ CSV ไม่เกิน 5 MB และ 1,000 แถว"
    )
