"""Form fields of the admin."""

from django.contrib.admin.widgets import AdminTextareaWidget, AutocompleteSelect, AutocompleteSelectMultiple
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


class Chosen:
    """Shows what was chosen, and asks for each name once; what no browser sends is left out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = {}

    def remember(self, keys):
        """Asks for the names of these in one go; the rows of a list share them."""
        rows = self.choices.queryset.filter(pk__in=keys)
        self.names.update((str(row.pk), self.choices.field.label_from_instance(row)) for row in rows)

    def optgroups(self, name, value, attr=None):
        keys = [str(key) for key in value if str(key).isdecimal()]
        if not self.names.keys() >= set(keys):
            self.remember(keys)
        empty = [] if self.is_required or self.allow_multiple_selected else [("", "", False)]
        options = [*empty, *((key, self.names[key], True) for key in keys if key in self.names)]
        created = [
            self.create_option(name, key, label, chosen, index) for index, (key, label, chosen) in enumerate(options)
        ]
        return [(None, created, 0)]


class ChooseOne(Chosen, AutocompleteSelect):
    """Finds one thing by name."""


class ChooseMany(Chosen, AutocompleteSelectMultiple):
    """Finds several things by name."""
