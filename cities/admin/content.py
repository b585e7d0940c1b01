"""What the admin pages of cities, themes, practices and events have in common."""

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from parler.admin import TranslatableAdmin
from parler.forms import TranslatableModelForm
from parler.models import TranslatableModel

from cities.admin.fields import ChooseMany, ChooseOne, LinesField, LongText
from cities.admin.indexed import IndexedAdmin
from cities.admin.rows import RowsInline

OVERRIDES = {
    models.URLField: {"widget": forms.URLInput(attrs={"class": "vURLField"})},
    models.TextField: {"widget": LongText(attrs={"rows": 6})},
    ArrayField: {"form_class": LinesField},
}


class NamesAdmin(BaseModelAdmin):
    """Lets choose other things by name, fetched together in every language; they are edited in their own place."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseOne(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChooseMany(db_field, self.admin_site)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def get_field_queryset(self, db, db_field, request):
        rows = super().get_field_queryset(db, db_field, request)
        if issubclass(db_field.remote_field.model, TranslatableModel):
            rows = db_field.remote_field.model.objects.all() if rows is None else rows
            return rows.prefetch_related("translations")
        return rows


class NamesInline(NamesAdmin):
    """Rows that choose other things by name: one query for the names of all of them."""

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        rows = self.model.objects.filter(**{formset.fk.name: obj}) if obj else self.model.objects.none()
        for name in self.get_autocomplete_fields(request):
            widget = formset.form.base_fields[name].widget
            getattr(widget, "widget", widget).remember(rows.order_by().values(name))
        return formset


class NameFilter(admin.RelatedFieldListFilter):
    """Filters a list by city or theme, whose names are fetched together."""

    def field_choices(self, field, request, model_admin):
        rows = field.remote_field.model.objects.prefetch_related("translations")
        return [(row.pk, str(row)) for row in rows]


class LanguageMissingFilter(admin.SimpleListFilter):
    """Finds what is not yet written in a language."""

    title = _("language missing")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return settings.LANGUAGES

    def queryset(self, request, queryset):
        if self.value() in dict(settings.LANGUAGES):
            written = queryset.model.objects.filter(translations__language_code=self.value())
            return queryset.exclude(pk__in=written.order_by().values("pk"))
        return queryset


class ContentForm(TranslatableModelForm):
    """A form whose texts say in which language they are, so that the right spelling is checked."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._translated_fields:
            self.fields[name].widget.attrs["lang"] = self.language_code


class ContentAdmin(IndexedAdmin, NamesAdmin, TranslatableAdmin):
    """An admin of content in several languages."""

    form = ContentForm
    formfield_overrides = OVERRIDES
    list_per_page = 50
    save_on_top = True

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("translations")

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        request.GET = request.GET.copy()
        request.GET["language"] = self.language_of_form(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def language_of_form(self, request, object_id):
        """The language asked for; otherwise one in which the texts are there already."""
        asked = request.GET.get("language")
        if asked in dict(settings.LANGUAGES):
            return asked
        content = object_id and super(TranslatableAdmin, self).get_object(request, object_id)
        if not content:
            return get_language()
        written = [text.language_code for text in content.translations.all()]
        preferred = [get_language(), getattr(content, "original_language", None), *written]
        return next((code for code in preferred if code in written), settings.LANGUAGE_CODE)

    def delete_translation(self, request, object_id, language_code):
        content = super(TranslatableAdmin, self).get_object(request, unquote(object_id))
        written = {text.language_code for text in content.translations.all()} if content else set()
        if language_code not in written:
            raise Http404
        if not self.has_change_permission(request, content):
            raise PermissionDenied
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[quote(content.pk)])
        language = gettext(str(dict(settings.LANGUAGES)[language_code]))
        if len(written) == 1:
            self.message_user(request, _("The only texts cannot be deleted."), messages.ERROR)
            return redirect(back)
        if request.method == "POST":
            with self.indexed([content.pk]):
                for texts in list(self.get_translation_objects(request, language_code, obj=content)):
                    for text in texts:
                        text.delete()
                self.log_change(request, content, [{"deleted": {"name": "texts", "object": language_code}}])
            self.message_user(request, _("The texts in %s are deleted.") % language, messages.SUCCESS)
            return redirect(back)
        context = {"opts": self.opts, "content": content, "back": back, "language": language}
        context |= {**self.admin_site.each_context(request), "title": _("Delete the texts in %s?") % language}
        return TemplateResponse(request, "admin/parler/delete_translation.html", context)

    def get_deleted_objects(self, objs, request):
        """Names what stands in the way of a deletion, if anything does, before it speaks of rights."""
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        return deleted, counts, set() if protected else forbidden, protected

    def get_view_on_site_url(self, obj=None):
        if obj is None or not obj.pk or not getattr(obj, "is_published", True):
            return None
        return obj.get_absolute_url()

    @admin.display(description=_("languages"))
    def languages(self, content):
        """The languages it is written in, each a link to its texts."""
        address = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[content.pk])
        names = dict(settings.LANGUAGES)
        return format_html_join(
            " ",
            '<a href="{}?language={}">{}<span class="visually-hidden"> ({})</span></a>',
            (
                (address, code, code.upper(), gettext(str(names[code])))
                for code in sorted(text.language_code for text in content.translations.all())
            ),
        )


class SourceInline(RowsInline):
    """The documents a page rests on."""

    fields = ["title", "url", "supports", "position"]
    formfield_overrides = OVERRIDES


def theme_chip(theme):
    """A theme in its colour."""
    return format_html('<span class="chip theme-{}">{}</span>', theme.colour, theme) if theme else None
