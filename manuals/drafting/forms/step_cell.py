"""A cell of the table of steps, written without a template: a table has hundreds of them."""

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from hearing_portal.web.form_rendering import PortalBoundField


class StepCell(PortalBoundField):
    """A field of a row. Its label is seen on a narrow screen only."""

    def as_field_group(self) -> SafeString:
        cell_id = conditional_escape(self.auto_id)
        number = conditional_escape(str(getattr(self.form, "number", "")))
        attributes = (
            f'class="input input--dense" name="{conditional_escape(self.html_name)}"'
            f' id="{cell_id}" data-cell="{self.name}"'
        )
        errors = ""
        if self.errors:
            attributes += f' aria-invalid="true" aria-describedby="{self.error_id}"'
            errors = render_to_string("components/field.html#errors", {"field": self})
        if getattr(self.form, "autofocus", "") == self.name:
            attributes += " autofocus"
        return mark_safe(
            f'<label class="edit-table__label" for="{cell_id}">{conditional_escape(self.label)}'
            f'<span class="visually-hidden"> ขั้นที่ <span data-number>{number}</span></span></label>\n'
            f"{self._control(attributes)}{errors}"
        )

    def _control(self, attributes: str) -> str:
        value = self.value()
        typed = "" if value is None else str(value)
        choices = getattr(self.field, "choices", None)
        if choices is None:
            return f'<textarea {attributes} rows="1">\n{conditional_escape(typed)}</textarea>'
        options = []
        for choice, words in choices:
            chosen = " selected" if str(choice) == typed else ""
            options.append(
                f'<option value="{conditional_escape(choice)}"{chosen}>{conditional_escape(words)}</option>'
            )
        return f"<select {attributes}>{''.join(options)}</select>"
