"""The page on which a webmaster gives a published practice another address."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from editing.addresses import readdress
from editing.rights import rights_of
from practices.models import Practice

READDRESS = {
    "name": "readdress",
    "label": _("Change the address"),
    "explained": _("The old address keeps working: whoever comes there is led to the new one."),
}
SLUG = Practice._meta.get_field("slug")


class AddressForm(forms.Form):
    """The last part of an address."""

    slug = forms.SlugField(
        label=_("New address"),
        max_length=SLUG.max_length,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("The last part of it: small letters, numbers and hyphens."),
    )

    def clean_slug(self):
        return self.cleaned_data["slug"].lower()


class AddressViews:
    """Lets webmasters change the address of a published practice."""

    def get_urls(self):
        page = self.admin_site.admin_view(self.readdress)
        return [path("<int:pk>/address/", page, name="editing_readdress"), *super().get_urls()]

    def readdress(self, request, pk):
        """Asks for the new address and gives it."""
        practice = get_object_or_404(self.get_queryset(request).published(), pk=pk)
        if not rights_of(request.user).may("readdress", practice):
            raise PermissionDenied
        posted = request.method == "POST"
        form = AddressForm(request.POST if posted else None, initial={"slug": practice.slug})
        if form.is_valid():
            try:
                moved = readdress(practice, form.cleaned_data["slug"], request.user)
            except ValidationError as refusal:
                form.add_error("slug", refusal)
            else:
                self.message_user(request, _("“%s” has a new address.") % moved)
                return redirect("admin:practices_practice_change", pk)
        context = {
            **self.admin_site.each_context(request),
            "title": READDRESS["label"],
            "act": READDRESS,
            "form": form,
            "opts": self.opts,
            "original": practice,
        }
        return TemplateResponse(request, "admin/editing/act.html", context, status=400 if posted else 200)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["may_readdress"] = bool(obj and obj.is_published and rights_of(request.user).may("readdress", obj))
        return super().render_change_form(request, context, add, change, form_url, obj)
