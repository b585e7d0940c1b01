"""The pages on which practices go out as sheets of a spreadsheet program, and come in."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cities.models import City
from editing.admin.dry_run import plan_context
from editing.rights import rights_of
from editing.sheets.exporting import pieces, visible_keys
from editing.sheets.files import LARGEST, Unreadable
from editing.sheets.telling import outcome_of
from editing.sheets.uploads import confirmed, kept, looked_at
from editing.tasks import go_on_with
from practices.downloads import TYPES
from practices.models import Practice

FORMS = ["xlsx", "csv"]


class UploadForm(forms.Form):
    """A file to import."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("XLSX or CSV, at most 10 MB and 5,000 rows. You see what would change before anything does."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt,.tsv", "class": "file-drop"}),
        error_messages={"required": _("Choose a file first."), "empty": _("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 10 MB."), code="size")
        return file


class ExportForm(forms.Form):
    """Which practices, and in which form."""

    city = forms.ModelChoiceField(
        City.objects.by_name().prefetch_related("translations"),
        label=_("City"),
        to_field_name="slug",
        required=False,
        empty_label=_("All practices that you may see"),
    )
    form = forms.ChoiceField(choices=[(form, form.upper()) for form in FORMS], required=False)


class SheetViews:
    """Import and export. `sheet_urls()` stands before the other addresses of the admin of practices."""

    def sheet_urls(self):
        """The addresses of these pages."""
        safe, both = require_safe, require_http_methods(["GET", "HEAD", "POST"])
        pages = [
            ("import/", both(self.import_sheet), "editing_import"),
            ("import/<uuid:token>/", both(self.import_plan), "editing_import_plan"),
            ("import/template.<slug:form>", safe(self.blank_sheet), "editing_template"),
            ("export/", safe(self.export), "editing_export"),
        ]
        return [path(address, self.admin_site.admin_view(view), name=name) for address, view, name in pages]

    def import_sheet(self, request):
        """Takes a file and keeps it, with what it would change."""
        let_write(request.user)
        if request.method != "POST":
            return self.upload_page(request, UploadForm())
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.upload_page(request, form, 413 if form.has_error("file", "size") else 400)
        file = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                upload = kept(request.user, file.name, file.read())
                go_on_with(upload)
        except Unreadable as unreadable:
            form.add_error("file", str(unreadable))
            return self.upload_page(request, form, unreadable.status)
        return redirect("admin:editing_import_plan", upload.token)

    def upload_page(self, request, form, status=200):
        """Where a file is chosen."""
        return self.sheet_page(request, "import", {"title": _("Import practices"), "form": form}, status)

    def import_plan(self, request, token):
        """Says row by row what a kept file would change; on request does it, all or nothing."""
        let_write(request.user)
        is_posted = request.method == "POST"
        with transaction.atomic():
            upload = (confirmed if is_posted else looked_at)(token, request.user)
            go_on_with(upload)
        if upload is None:
            return self.refuse_file(request, _("This file is not kept any more. Upload it again."), 404)
        if upload.state == upload.State.REFUSED:
            return self.refuse_file(request, upload.error, 400)
        if upload.state == upload.State.PLANNED:
            context = plan_context(upload, request.GET) | {"title": _("What would change")}
            return self.sheet_page(request, "plan", context, 409 if is_posted else 200)
        if is_posted and upload.state == upload.State.DONE:
            messages.success(request, outcome_of(upload))
            return redirect("admin:practices_practice_changelist")
        if is_posted:
            return redirect("admin:editing_import_plan", token)
        return self.sheet_page(request, "progress", progress_context(upload))

    def refuse_file(self, request, why, status):
        """Where another file is chosen, because this one cannot be imported."""
        form = UploadForm({}, {})
        form.errors["file"] = form.error_class([why])
        return self.upload_page(request, form, status)

    def blank_sheet(self, request, form):
        """The empty sheet to begin with."""
        from editing.sheets.blank import blank_csv, blank_workbook

        let_write(request.user)
        if form not in FORMS:
            raise Http404
        data = blank_csv() if form == "csv" else blank_workbook()
        name = _("template")
        return HttpResponse(data, content_type=TYPES[form], headers=as_file(f"crossinno-{name}.{form}"))

    def export(self, request):
        """The practices that the person may see as a file, or the page on which they are chosen."""
        if rights_of(request.user).is_nobody:
            raise PermissionDenied
        form = ExportForm(request.GET)
        if not form.is_valid():
            raise BadRequest("What to export was not understood.")
        if form.cleaned_data["form"]:
            return self.sheet_file(request, form.cleaned_data["form"], chosen_city(form.cleaned_data["city"]))
        own = rights_of(request.user).cities
        form = ExportForm(initial={"city": City.objects.get(pk=min(own)) if len(own) == 1 else None})
        return self.sheet_page(request, "export", {"title": _("Export practices"), "form": form})

    def sheet_file(self, request, form, chosen=None):
        """Practices as a file that is sent while it is written."""
        keys, among = visible_keys(request.user, chosen), rights_of(request.user).visible()
        name = f"crossinno-{_('practices')}-{timezone.localdate():%Y-%m-%d}.{form}"
        return StreamingHttpResponse(pieces(form, keys, among), content_type=TYPES[form], headers=as_file(name))

    @admin.action(description=_("Export the chosen practices as XLSX"), permissions=["view"])
    def export_xlsx(self, request, practices):
        return self.sheet_file(request, "xlsx", practices)

    @admin.action(description=_("Export the chosen practices as CSV"), permissions=["view"])
    def export_csv(self, request, practices):
        return self.sheet_file(request, "csv", practices)

    def sheet_page(self, request, name, context, status=200):
        """A page of the desk."""
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/practices/{name}.html", context, status=status)


def progress_context(upload):
    """What the page says while the background works, and after that."""
    outcome = outcome_of(upload) if upload.state == upload.State.DONE else ""
    return {"upload": upload, "outcome": outcome, "title": _("Import practices")}


def let_write(person):
    """Lets on who writes practices of any city."""
    rights = rights_of(person)
    if not (rights.is_webmaster or rights.cities):
        raise PermissionDenied


def as_file(name):
    """What makes a browser save the answer."""
    return {"Content-Disposition": content_disposition_header(True, name), "X-Content-Type-Options": "nosniff"}


def chosen_city(city):
    """The practices of a city; None stands for all."""
    return Practice.objects.filter(city=city) if city else None
