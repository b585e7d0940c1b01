"""The forms by which webmasters manage people."""

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin
from django.utils.translation import gettext_lazy as _

from accounts.forms import languages
from accounts.models import User


class PersonForm(forms.ModelForm):
    """Changes an account; says beside the address that there is one with it already, however it is spelt."""

    def clean_email(self):
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.filter(email=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is an account with this e-mail address already."))
        return email


class InvitationForm(PersonForm):
    """Invites somebody."""

    language = forms.ChoiceField(label=_("Language of the mail"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("the one of this page")), *languages()[1:]]


class SearchableSelect(forms.SelectMultiple):
    """Many choices of which one finds some by typing; without scripts it is a plain list."""

    i18n_name = None
    media = AutocompleteMixin.media

    def __init__(self, choices=()):
        super().__init__(attrs={"class": "choices"}, choices=choices)
