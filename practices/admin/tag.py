"""Tags, for webmasters: renaming them, and merging those that mean the same."""

import taggit.admin
from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from taggit.models import Tag

from cities.admin.indexed import Borrower, IndexedAdmin
from practices import tags as tagging
from practices.indexing import index_practices
from practices.models import Practice, TagMerge

admin.site.unregister(taggit.admin.Tag)

SHOWN = 20  # of the mergings, the latest


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
    """The tags in use. Their address stays when they are renamed, and leads on when they are merged."""

    change_list_template = "admin/practices/tags.html"
    borrowers = [Borrower(index_practices, lambda tags: Practice.objects.filter(tags__in=tags))]
    form = TagForm
    fields = ["name", "slug"]
    readonly_fields = ["slug"]
    list_display = ["name", "practice_count", "slug"]
    search_fields = ["name__unaccent"]
    ordering = ["name"]
    list_per_page = 100
    actions = ["merge_chosen"]

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(uses=Count("taggit_taggeditem_items"))

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("alike/", view(self.alike), name="practices_tags_alike"),
            path("merge/", view(self.merge), name="practices_tags_merge"),
            path("part/<int:pk>/", view(self.part), name="practices_tags_part"),
            *super().get_urls(),
        ]

    @admin.display(description=_("practices"), ordering="uses")
    def practice_count(self, tag):
        """How many practices have it."""
        return tag.uses

    @admin.action(description=_("Merge the chosen tags"), permissions=["change"])
    def merge_chosen(self, request, tags):
        chosen = urlencode({"tag": list(tags.order_by().values_list("pk", flat=True))}, doseq=True)
        return HttpResponseRedirect(f"{reverse('admin:practices_tags_merge')}?{chosen}")

    def alike(self, request):
        """Tags that look alike, to be merged, and what was merged lately, to be undone."""
        self.let_merge(request)
        merges = TagMerge.objects.select_related("tag", "by")[:SHOWN]
        context = {"groups": tagging.alike(tagging.with_uses(Tag.objects.all())), "merges": merges}
        return self.page(request, "alike", _("Tags that look alike"), context)

    def merge(self, request):
        """Asks which of the chosen tags stays, and gives it to all practices that have one of the others."""
        self.let_merge(request)
        asked = request.POST if request.method == "POST" else request.GET
        keys = [int(key) for key in asked.getlist("tag") if key.isascii() and key.isdigit() and len(key) < 10]
        tags = list(tagging.with_uses(Tag.objects.filter(pk__in=keys)))
        kept = next((tag for tag in tags if str(tag.pk) == request.POST.get("kept")), None)
        if request.method == "POST" and kept and len(tags) > 1:
            number = len(tagging.touched(tags))
            tagging.merge(kept, tags, request.user)
            said = ngettext(
                "%(number)d practice has “%(tag)s” now.", "%(number)d practices have “%(tag)s” now.", number
            )
            self.message_user(request, said % {"number": number, "tag": kept}, messages.SUCCESS)
            return redirect("admin:practices_tags_alike")
        context = {"tags": tags, "number": len(tagging.touched(tags)), "unchosen": request.method == "POST"}
        return self.page(request, "merge", _("Merge tags"), context, 400 if request.method == "POST" else 200)

    def part(self, request, pk):
        """Undoes a merging."""
        self.let_merge(request)
        merging = get_object_or_404(TagMerge, pk=pk)
        if request.method == "POST":
            try:
                tagging.part(merging)
                self.message_user(request, _("The tags are as they were before."), messages.SUCCESS)
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        return redirect("admin:practices_tags_alike")

    def let_merge(self, request):
        """Lets on who may change tags."""
        if not self.has_change_permission(request):
            raise PermissionDenied

    def page(self, request, name, title, context, status=200):
        """A page of the desk."""
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/practices/tags_{name}.html", context, status=status)
