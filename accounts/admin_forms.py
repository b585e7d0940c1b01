"""The forms by which webmasters manage people."""

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class OneAccountMixin:
    """Says beside the address that there is an account with it already, however it is spelt."""

    def clean_email(self):
        email = User.objects.normalize_email(self.cleaned_data["email"])
        if User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is an account with this e-mail address already."))
        return email


class NewPersonForm(OneAccountMixin, AdminUserCreationForm):
    """Makes an account."""

    class Meta:
        model = User
        fields = ["email", "name"]


class PersonForm(OneAccountMixin, UserChangeForm):
    """Changes an account."""

    class Meta:
        model = User
        fields = "__all__"


class SearchableSelect(forms.SelectMultiple):
    """Many choices of which one finds some by typing; without scripts it is a plain list."""

    i18n_name = None
    media = AutocompleteMixin.media

    def __init__(self, choices=()):
        super().__init__(attrs={"class": "choices"}, choices=choices)
