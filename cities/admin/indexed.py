"""Keeps the search index true to what editors do."""

from collections.abc import Callable
from contextlib import contextmanager
from typing import NamedTuple

from django.contrib import admin
from django.db import transaction

from search.index import renew


class Borrower(NamedTuple):
    """Things that are also found under the words of other things, such as practices under the name of their city."""

    index: Callable
    rows: Callable


class IndexedAdmin(admin.ModelAdmin):
    """An admin of rows that the search finds, or under whose words it finds other rows."""

    #: The kind under which the index keeps these rows, and the function that indexes them, if it does.
    kind = None
    index = None
    #: What else is found under the words of these rows; the apps above add theirs.
    borrowers = ()

    @contextmanager
    def indexed(self, keys):
        """Runs the block and brings the index up to date for the rows `keys`, both or neither of them."""
        keys = list(keys)
        with transaction.atomic():
            borrowed = [(borrower.index, self.keys_of(borrower.rows(keys))) for borrower in self.borrowers]
            yield
            if self.kind:
                renew(self.kind, keys)
            for index, (model, borrowing) in borrowed:
                if borrowing:
                    index(model.objects.filter(pk__in=borrowing))

    @staticmethod
    def keys_of(rows):
        """The model and the keys of these rows, asked for now."""
        return rows.model, set(rows.order_by().values_list("pk", flat=True))

    def save_related(self, request, form, formsets, change):
        with self.indexed([form.instance.pk]):
            super().save_related(request, form, formsets, change)

    def delete_model(self, request, obj):
        with self.indexed([obj.pk]):
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        with self.indexed(queryset.values_list("pk", flat=True)):
            super().delete_queryset(request, queryset)
