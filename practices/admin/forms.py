"""The form of a practice."""

from django import forms
from django.utils.text import capfirst

from cities.admin.content import ContentForm
from practices.models import Practice

ANALYSIS = Practice._meta.get_field("analysis_fields")


class PracticeForm(ContentForm):
    """A case in one language, with its facts."""

    analysis_fields = forms.MultipleChoiceField(
        label=capfirst(ANALYSIS.verbose_name),
        help_text=ANALYSIS.help_text,
        choices=Practice.Section.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
