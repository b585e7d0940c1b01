"""The field in which tags are written."""

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagField
from taggit.models import Tag
from taggit.utils import parse_tags

from practices.tags import current

LONGEST = Tag._meta.get_field("name").max_length


class TagsInput(AdminTextInputWidget):
    """A line of words with commas between; the browser offers the tags in use, for every word of the line."""

    class Media:
        js = ["js/admin-tags.js"]

    def format_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return ", ".join(f'"{tag}"' if "," in str(tag) else str(tag) for tag in value)

    def render(self, name, value, attrs=None, renderer=None):
        field_id = (attrs or {}).get("id", name)
        like = _("“{new}” is much like “{old}”, which is in use. Take “{old}” if you mean the same.")
        attrs = {**(attrs or {}), "list": f"{field_id}_in_use", "data-words": "", "data-like": like}
        names = Tag.objects.order_by("name").values_list("name")
        options = format_html_join("", '<option value="{}"></option>', names)
        field = super().render(name, value, attrs, renderer)
        return format_html('{}<datalist id="{}_in_use">{}</datalist>', field, field_id, options)


class TagsField(TagField):
    """Tags separated by commas, and by nothing else: “open data” is one tag."""

    widget = TagsInput

    def clean(self, value):
        value = forms.CharField.clean(self, value)
        tags = parse_tags(value + ",") if value else []
        if any(len(tag) > LONGEST for tag in tags):
            raise forms.ValidationError(_("A tag has at most %(limit)s characters."), params={"limit": LONGEST})
        return current(tags) if tags else tags
