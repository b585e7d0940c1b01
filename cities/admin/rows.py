"""Rows that are entered in a list below the form and stay in their order."""

from django.contrib import admin
from django.forms.models import BaseInlineFormSet


class InOrder:
    """Puts new rows behind the others, unless a position is given."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if form.instance.pk is None:
            form.fields["position"].required = False
            form.fields["position"].initial = None

    def save_new(self, form, commit=True):
        if form.instance.position is None:
            taken = [other.instance.position for other in self.forms if other.instance.position is not None]
            form.instance.position = max(taken, default=-1) + 1
        return super().save_new(form, commit)


class RowsFormSet(InOrder, BaseInlineFormSet):
    """Rows in one language."""


class RowsInline(admin.TabularInline):
    """Short rows, one to a line."""

    formset = RowsFormSet
    extra = 1
