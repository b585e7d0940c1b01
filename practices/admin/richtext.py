"""The field in which texts with lists, emphasis and links are written."""

import json

from django import forms
from django.forms.widgets import Script
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cities.admin.fields import LongText
from practices.richtext import MOST_CHARACTERS, clean

EDITOR = "django_prose_editor/editor.js"


class RichTextArea(LongText):
    """A text area that a script turns into an editor with a toolbar; without the script one writes the source."""

    class Media:
        js = [Script("js/admin-richtext.js", type="module")]

    def build_attrs(self, base_attrs, extra_attrs=None):
        labels = {
            "toolbar": _("Format"),
            "bold": _("Bold"),
            "italic": _("Emphasis"),
            "bulletList": _("Bulleted list"),
            "orderedList": _("Numbered list"),
            "link": _("Link"),
            "address": _("Address of the page or e-mail"),
            "set": _("Set the link"),
            "unset": _("Remove the link"),
            "cancel": _("Cancel"),
        }
        said = {"data-rich-text": static(EDITOR), "data-labels": json.dumps(labels)}
        return super().build_attrs(base_attrs, {**said, **(extra_attrs or {})})


class RichTextField(forms.CharField):
    """A text with nothing but paragraphs, lists, bold, emphasis and links, whatever was typed or pasted."""

    widget = RichTextArea
    default_error_messages = {
        "too_long": gettext_lazy("The text is far too long: at most 50,000 characters with all marks are possible."),
    }

    def to_python(self, value):
        text = super().to_python(value)
        if len(text) > MOST_CHARACTERS:
            raise forms.ValidationError(self.error_messages["too_long"], code="too_long")
        return clean(text)


def rich(rows):
    """What makes a form field of a text into one with marks, so many lines high."""
    return {"form_class": RichTextField, "widget": RichTextArea(attrs={"rows": rows})}
