"""Form fields of the admin."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.contrib.postgres.forms import SimpleArrayField


class LinesField(SimpleArrayField):
    """A list, written one item to a line."""

    widget = AdminTextareaWidget(attrs={"rows": 4})

    def __init__(self, base_field, **kwargs):
        super().__init__(base_field, delimiter="\n", **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = "\n".join(line.strip() for line in value.splitlines() if line.strip())
        return super().to_python(value)


class LongText(AdminTextareaWidget):
    """A text area that takes a text of any length: one that is too long is sent back, not cut off."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        attrs.pop("maxlength", None)
        return attrs


class PlainFileInput(forms.FileInput):
    """Chooses a picture; the one that is there already is shown beside it."""

    def __init__(self):
        super().__init__(attrs={"accept": "image/jpeg,image/png,image/webp"})
