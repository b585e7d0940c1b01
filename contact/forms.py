"""What a reader writes to the webmaster."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from contact.models import Message


def local_page(text, host):
    """The path of a page of this site, given as a path or as its whole address; empty if it is none."""
    try:
        parts = urlsplit(text)
        with translation.override(translation.get_language_from_path(parts.path) or settings.LANGUAGE_CODE):
            resolve(parts.path)
    except (ValueError, Resolver404):
        return ""
    if (parts.scheme or parts.netloc) and (parts.scheme not in {"http", "https"} or parts.netloc != host):
        return ""
    return parts.path + (f"?{parts.query}" if parts.query else "")


class LineField(forms.CharField):
    """One line; white space becomes single spaces, so that no line break can get into the head of a mail."""

    def to_python(self, value):
        return " ".join(super().to_python(value).split())


class TextField(forms.CharField):
    """Several lines; a line break counts as one character, as it does in the browser."""

    widget = forms.Textarea

    def to_python(self, value):
        return super().to_python(value).replace("\r\n", "\n")


class ContactForm(forms.ModelForm):
    """A message to the webmaster.

    `homepage` is a trap for robots, which fill in every field they find. Whoever filled it in is asked to send again,
    with the field emptied: a person whose browser did it loses nothing, and a robot seldom comes back.
    """

    name = LineField(
        label=_("Your name"),
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We use it only to answer you."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Enter your e-mail address, so that we can answer."),
            "invalid": _("Enter an e-mail address such as ona@example.org."),
        },
    )
    subject = LineField(
        label=_("Subject"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    text = TextField(
        label=_("Your message"),
        max_length=5000,
        help_text=_("At most 5,000 characters."),
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
        error_messages={"required": _("Write your message.")},
    )
    page = LineField(
        label=_("Page it is about"),
        required=False,
        max_length=300,
        help_text=_("If it is about a page of this site: its address."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    class Meta:
        model = Message
        fields = ["name", "email", "subject", "text", "page"]

    def __init__(self, *args, host="", **kwargs):
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_page(self):
        """A path of this site, or nothing."""
        text = self.cleaned_data["page"]
        page = local_page(text, self.host)
        if text and not page:
            raise forms.ValidationError(_("This is no page of this site. Copy its address, or leave the field empty."))
        return page

    def clean(self):
        data = super().clean()
        if data.get("homepage"):
            self.data = self.data.copy()
            self.data["homepage"] = ""
            self.add_error(
                None, _("A hidden field was filled in, as robots do. If you are a person, please send again.")
            )
        return data

    @property
    def problems(self):
        """Every error with the field it belongs to, for the summary above the form."""
        fields = {name: self[name] for name in self.fields}
        return [(fields.get(name), error) for name, errors in self.errors.items() for error in errors]

    @property
    def fields_seen(self):
        """The fields that a reader fills in."""
        return [field for field in self if field.name != "homepage"]
