"""Tags, for webmasters."""

import taggit.admin
from django import forms
from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from cities.admin.indexed import Borrower, IndexedAdmin
from practices.indexing import index_practices
from practices.models import Practice

admin.site.unregister(taggit.admin.Tag)


class TagForm(forms.ModelForm):
    """Renames a tag, for all practices that have it."""

    class Meta:
        model = Tag
        fields = ["name"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if Tag.objects.filter(name__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("There is a tag of this name already."))
        return name


@admin.register(Tag)
class TagAdmin(IndexedAdmin):
    """The tags in use. Their address stays when they are renamed."""

    borrowers = [Borrower(index_practices, lambda tags: Practice.objects.filter(tags__in=tags))]
    form = TagForm
    fields = ["name", "slug"]
    readonly_fields = ["slug"]
    list_display = ["name", "practice_count", "slug"]
    search_fields = ["name__unaccent"]
    ordering = ["name"]
    list_per_page = 100

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=Count("taggit_taggeditem_items"))

    @admin.display(description=_("practices"), ordering="uses")
    def practice_count(self, tag):
        """How many practices have it."""
        return tag.uses
