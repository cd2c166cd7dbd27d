"""How forms are shown: one template for every field, and what a form says about its fields beside Django's options.

`{{ form.reason.as_field_group }}` writes label, hints, control and errors; `{{ form.reason }}` the control alone.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField, Widget
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONGEST_STRETCH = 1000  # letters without a blank that a browser breaks into lines at words; static/js/long-text.js
WITHOUT_BOX = ("checkbox", "radio")  # controls that are no box to write or choose in


class FormLayout:
    """What a form says about how its fields look. A form that has nothing to say needs not inherit it."""

    marked_optional: tuple[
        str, ...
    ] = ()  # fields whose label says that they may stay empty
    hints: Mapping[
        str, str
    ] = {}  # words before the control; a field's help_text stands after it
    autofocus = ""  # the field that has the focus in a fresh form
    dense = False  # smaller controls, for the desks of the staff
    field_template = ""  # instead of components/field.html

    def is_dense(self, name: str) -> bool:
        return self.dense

    def hides_label(self, name: str) -> bool:
        """Whether only screen readers are told the label, because the words above the field say it already."""
        return False

    def spoken_label(self, name: str) -> str:
        """What stands as the label instead of the field's own; the summary of the errors keeps that one."""
        return ""


NOTHING_SAID = FormLayout()


class PortalBoundField(BoundField):
    """A field of a form as components/field.html shows it."""

    @property
    def layout(self) -> FormLayout:
        return self.form if isinstance(self.form, FormLayout) else NOTHING_SAID

    @property
    def template_name(self) -> str:
        own: str | None = self.field.template_name  # type: ignore[attr-defined]  # the stubs do not know it
        return own or self.layout.field_template or self.renderer.field_template_name

    @property
    def is_marked_optional(self) -> bool:
        return self.name in self.layout.marked_optional

    @property
    def hint(self) -> str:
        return self.layout.hints.get(self.name, "")

    @property
    def label_words(self) -> str:
        return self.layout.spoken_label(self.name) or str(self.label)

    @property
    def label_class(self) -> str:
        return (
            "visually-hidden" if self.layout.hides_label(self.name) else "field__label"
        )

    @property
    def is_checkbox(self) -> bool:
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def error_id(self) -> str:
        return f"{self.auto_id}_error"

    @property
    def help_id(self) -> str:
        return f"{self.auto_id}_helptext"

    @property
    def target_id(self) -> str:
        """Where a link to the field leads."""
        return self.id_for_label or self.auto_id

    def as_widget(
        self,
        widget: Widget | None = None,
        attrs: Mapping[str, Any] | None = None,
        only_initial: bool = False,
    ) -> Any:
        """The control in our clothes. The first wrong one of a refused form has the focus."""
        attrs = {**self._clothes(widget or self.field.widget), **(attrs or {})}
        return super().as_widget(widget, attrs, only_initial)

    def _clothes(self, widget: Widget) -> dict[str, Any]:
        if widget.is_hidden or getattr(widget, "input_type", "") in WITHOUT_BOX:
            return {}
        classes = ["input"]
        if self.layout.is_dense(self.name):
            classes.append("input--dense")
        if isinstance(widget, forms.Textarea) and is_unbroken(str(self.value() or "")):
            classes.append("input--unbroken")
        if "class" in widget.attrs:
            classes.append(widget.attrs["class"])
        attrs: dict[str, Any] = {"class": " ".join(classes)}
        limit = getattr(self.field, "limit", None)
        if isinstance(widget, forms.Textarea) and limit is not None:
            attrs["data-limit"] = limit  # static/js/long-text.js
        field_with_focus = self.layout.autofocus
        if self.form.is_bound:
            field_with_focus = first_wrong_field(self.form)
        if field_with_focus == self.name:
            attrs["autofocus"] = True
        return attrs


def is_unbroken(text: str) -> bool:
    """Whether a stretch of the text has so many letters without a blank that it is to break anywhere."""
    return any(len(stretch) >= LONGEST_STRETCH for stretch in text.split())


def written_attributes(attrs: Mapping[str, Any]) -> str:
    """False leaves one out, True writes its name alone."""
    html: list[str] = []
    for name, value in attrs.items():
        if value is True:
            html.append(f" {escape(name)}")
        elif value is not False:
            html.append(f' {escape(name)}="{escape(str(value))}"')
    return "".join(html)


def written_input(widget: Mapping[str, Any]) -> SafeString:
    value = ""
    if widget["value"] is not None:
        value = f' value="{escape(str(widget["value"]))}"'
    return mark_safe(
        f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{value}'
        f"{written_attributes(widget['attrs'])}>"
    )


def written_textarea(widget: Mapping[str, Any]) -> SafeString:
    return mark_safe(
        f'<textarea name="{escape(widget["name"])}"'
        f"{written_attributes(widget['attrs'])}>\n"
        f"{escape(widget['value'] or '')}</textarea>"
    )


# What Django's templates of these names write, which take longer than all else of a form
CONTROLS = {
    "django/forms/widgets/textarea.html": written_textarea,
    **dict.fromkeys(
        (
            "django/forms/widgets/text.html",
            "django/forms/widgets/hidden.html",
            "django/forms/widgets/number.html",
            "django/forms/widgets/checkbox.html",
        ),
        written_input,
    ),
}


class PortalRenderer(TemplatesSetting):
    """settings.FORM_RENDERER: fields and widgets are written by the project's own templates, with our tags."""

    field_template_name = "components/field.html"
    bound_field_class = PortalBoundField

    def render(
        self,
        template_name: str,
        context: dict[str, Any],
        request: HttpRequest | None = None,
    ) -> str:
        write = CONTROLS.get(template_name)
        if write is not None:
            return write(context["widget"])
        return super().render(template_name, context, request)


def first_wrong_field(form: forms.BaseForm) -> str:
    """The name of the first visible field with an error; empty when none is to blame."""
    for field in form.visible_fields():
        if field.errors:
            return field.name
    return ""


def takes_focus(form: forms.BaseForm, name: str) -> bool:
    """Whether the control of a field can have the focus when it is the first wrong one: choices and checkboxes show
    none, and "" names no field."""
    if not name:
        return False
    widget = form.fields[name].widget
    return getattr(widget, "input_type", "") not in WITHOUT_BOX


class PickRadio(forms.RadioSelect):
    """One of a few words, each as large as a button. `key_value` is the choice that the key A takes at the desk."""

    template_name = "widgets/pick.html"
    key_value = ""

    def create_option(
        self, name: str, value: Any, *args: Any, **options: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        option["has_key"] = bool(self.key_value) and value == self.key_value
        return option


class IconRadio(forms.RadioSelect):
    """A row of choices, each a sign over its word. `icons` is {value: sign}."""

    template_name = "widgets/icon_radio.html"

    def __init__(self, *, icons: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.icons = icons

    def use_required_attribute(self, initial: Any) -> bool:
        return False

    def create_option(
        self, name: str, value: Any, *args: Any, **options: Any
    ) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        option["icon"] = self.icons[value]
        if option["index"] != "0":
            option["attrs"].pop("id", None)
        return option

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first choice has the field's id: a link from the error summary leads there."""
        return id_


class FilterForm(FormLayout, forms.Form):
    """What a list is narrowed to, in one row above it; sent by GET."""

    dense = True
    field_template = "components/filter_field.html"
