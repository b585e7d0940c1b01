"""Fields of the address of the practice list: how each is checked, and what is said when it cannot be understood."""

import django_filters
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

OUTSIDE = _("Years lie between 1800 and 2100. %(show_value)s was left out.")


class FacetField(forms.MultipleChoiceField):
    """Several values of a facet, of those that published practices have."""

    known = ()

    def valid_value(self, value):
        return value in self.known


class FacetFilter(django_filters.MultipleChoiceFilter):
    """Narrows to practices with any of the chosen values."""

    field_class = FacetField


class ChoiceFilter(django_filters.ChoiceFilter):
    """One of some fixed choices."""


class YearsInOrder(forms.Form):
    """The whole address, in which the first year must not lie after the last."""

    def clean(self):
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and first > last:
            raise forms.ValidationError(_("The first year lies after the last. The years were left out."))
        return self.cleaned_data


class YearFilter(django_filters.Filter):
    """One end of the range of years."""

    field_class = forms.IntegerField

    def __init__(self, label):
        invalid = _("A year is a number such as 2010. What is no number was left out.")
        super().__init__(
            label=label,
            method="as_they_are",
            error_messages={"invalid": invalid},
            validators=[MinValueValidator(1800, OUTSIDE), MaxValueValidator(2100, OUTSIDE)],
        )
