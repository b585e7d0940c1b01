"""Practices, for those who write and judge them: whom they concern, what can be done with them, what became of them."""

from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cities.models import City
from editing import versions
from editing.admin.acts import ActViews
from editing.admin.bulk import BulkViews
from editing.admin.guidance import GuidanceViews
from editing.admin.history import HistoryViews
from editing.admin.position import PositionViews
from editing.admin.previews import PreviewViews
from editing.admin.readdress import AddressViews
from editing.admin.review import ReviewViews
from editing.admin.sheets import SheetViews
from editing.admin.sources import SourceViews
from editing.admin.typing import TypingViews
from editing.flow import possible
from editing.review import may_comment
from editing.rights import rights_of
from practices.admin.practice import PracticeAdmin
from practices.models import Practice

admin.site.unregister(Practice)

#: What a form that can only be read names.
SHOWN = [f"{name}__translations" for name in ("further_cities", "further_themes", "creative_sectors", "growth_sectors")]


class PartOfCase:
    """Rows of a practice may be touched by whoever may change the practice."""

    def has_view_permission(self, request, obj=None):
        return True

    def has_change_permission(self, request, obj=None):
        return obj is None or rights_of(request.user).may("edit", obj)

    has_add_permission = has_delete_permission = has_change_permission

    def get_fields(self, request, obj=None):
        """All fields, but no file where it could only be looked at: readers' addresses lead to published ones."""
        fields = super().get_fields(request, obj)
        return fields if self.has_change_permission(request, obj) else [name for name in fields if name != "file"]


def part_of_case(inline):
    """The inline, open to whoever may change the practice."""
    return type(inline.__name__, (PartOfCase, inline), {"__doc__": inline.__doc__})


@admin.register(Practice)
class CaseAdmin(
    PositionViews,
    SourceViews,
    TypingViews,
    GuidanceViews,
    ActViews,
    HistoryViews,
    ReviewViews,
    PreviewViews,
    SheetViews,
    BulkViews,
    AddressViews,
    PracticeAdmin,
):
    """The good-practice cases, each as far as it concerns the one who looks."""

    change_form_template = "admin/editing/case.html"
    actions = ["export_xlsx", "export_csv", "bulk_archive", "bulk_republish", "bulk_ask"]
    inlines = [part_of_case(inline) for inline in PracticeAdmin.inlines]
    readonly_fields = [*PracticeAdmin.readonly_fields, "evidence", "cost_band"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/acts/<slug:name>/", view(self.act), name="editing_act"),
            path("typed/", self.typed, name="editing_typed"),
            path("throw-away/", view(self.throw_away), name="editing_throw_away_new"),
            path("<int:pk>/throw-away/", view(self.throw_away), name="editing_throw_away"),
            path("<int:pk>/review/", view(self.review), name="editing_review"),
            path("<int:pk>/preview/", view(self.preview), name="editing_previews"),
            path("<int:pk>/merge/", view(self.merge), name="editing_merge"),
            path("<int:pk>/history/", view(self.history), name="practices_practice_history"),
            path("<int:pk>/history/<int:number>/restore/", view(self.restore), name="editing_restore"),
            *self.sheet_urls(),
            *super().get_urls(),
        ]

    def get_queryset(self, request):
        concerned = rights_of(request.user).visible()
        return super().get_queryset(request).filter(pk__in=concerned.values("pk")).select_related("copy_of")

    def has_module_permission(self, request):
        return not rights_of(request.user).is_nobody

    def has_view_permission(self, request, obj=None):
        rights = rights_of(request.user)
        return not rights.is_nobody if obj is None else rights.may("see", obj)

    def has_add_permission(self, request):
        rights = rights_of(request.user)
        return rights.is_webmaster or bool(rights.cities)

    def has_change_permission(self, request, obj=None):
        return self.has_add_permission(request) if obj is None else rights_of(request.user).may("edit", obj)

    def has_delete_permission(self, request, obj=None):
        """Only a superuser deletes, and only what readers have never seen and nobody has submitted."""
        if obj is None or not request.user.is_superuser:
            return False
        return obj.state == Practice.State.DRAFT and obj.published_at is None and not obj.case.steps.exists()

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return [*fields, "slug"] if obj and obj.copy_of_id else fields

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title"]}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        rights = rights_of(request.user)
        if db_field.name == "city" and not rights.is_webmaster:
            kwargs["queryset"] = City.objects.filter(pk__in=rights.cities).prefetch_related("translations")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request):
        rights = rights_of(request.user)
        only = {"city": next(iter(rights.cities))} if len(rights.cities) == 1 else {}
        return only | super().get_changeform_initial_data(request)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        versions.record(Practice.objects.get(pk=form.instance.pk), request.user)

    def delete_translation(self, request, object_id, language_code):
        response = super().delete_translation(request, object_id, language_code)
        if request.method == "POST":
            versions.record(self.get_queryset(request).get(pk=object_id), request.user)
        return response

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj and not rights_of(request.user).may("edit", obj):
            prefetch_related_objects([obj], *SHOWN)
        if obj:
            context["acts"] = possible(request.user, obj)
            context["may_verify"] = rights_of(request.user).may("verify", obj)
            context["case"] = obj.case
            context["may_preview"] = not obj.is_published and rights_of(request.user).may("preview", obj)
            context["may_review"] = may_comment(request.user, obj)
            context["open_comments"] = obj.case.comments.open().count()
            context["working_copy"] = Practice.objects.filter(copy_of=obj).first()
            context["last_step"] = obj.case.steps.select_related("by").first()
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=_("state"), ordering="state")
    def state_name(self, practice):
        """Where it stands, told apart at a glance; a working copy says that it is one."""
        chip = format_html('<span class="chip state-{}">{}</span>', practice.state, practice.get_state_display())
        if practice.copy_of_id:
            return format_html('{} <span class="chip">{}</span>', chip, _("Working copy"))
        return chip
