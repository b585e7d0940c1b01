"""The form of a case while somebody types: kept on the server, taken up again, merged with what others saved."""

from contextlib import suppress
from functools import wraps

from django import forms
from django.core import signing
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from editing import typing, versions
from editing.admin.rows_of_form import with_rows_as_they_are
from editing.content import content_of, write
from editing.merging import merge, settle
from editing.rights import rights_of
from practices.models import Practice

SALT = "merge"


class NotSavedYet:
    """A form that shows what was typed, and saves nothing."""

    def clean(self):
        super().clean()
        self.add_error(None, "")


class TypingViews:
    """Lets nothing be lost that somebody types into the form of a case."""

    def get_urls(self):
        urls = super().get_urls()
        for form in (url for url in urls if url.name in {"practices_practice_add", "practices_practice_change"}):
            form.callback = self.keeping(form.callback)
        return urls

    def keeping(self, view):
        """The view, after what was typed has been kept for somebody whose session has ended."""

        @wraps(view)
        def kept(request, *args, **kwargs):
            if request.method == "POST" and not self.admin_site.has_permission(request):
                with suppress(ValueError):
                    typing.keep(request.POST)
            return view(request, *args, **kwargs)

        return kept

    def _changeform_view(self, request, object_id, form_url, extra_context):
        practice = self.get_object(request, object_id) if object_id else None
        if object_id and practice is None:
            return super()._changeform_view(request, object_id, form_url, extra_context)
        language = request.GET["language"]
        if request.method == "POST":
            response = self.save_or_merge(request, practice, form_url, extra_context)
            form = typing.form_of(request.POST)
            if response.status_code == 302 and form is not None:
                typing.forget(request.user, practice, language, form)
            return response
        form = request.GET.get("typed")
        typed = form is not None and typing.kept_for(request.user, practice, language, form)
        if typed and rights_of(request.user).may_write(practice):
            bool(request.FILES)  # reads the request, which would empty what is put into its place
            posted = typing.as_posted(typed)
            posted = with_rows_as_they_are(posted, practice) if practice else posted
            request.method, request.POST, request.takes_up = "POST", posted, typed
        return super()._changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        return type(form.__name__, (NotSavedYet, form), {}) if hasattr(request, "takes_up") else form

    def message_user(self, request, *args, **kwargs):
        if not hasattr(request, "is_trial"):
            super().message_user(request, *args, **kwargs)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        rights, language = rights_of(request.user), request.GET["language"]
        if add or rights.may("edit", obj):
            newest = obj and obj.case.versions.newest().first()
            form = request.takes_up.form if hasattr(request, "takes_up") else typing.form_of(request.POST)
            context["typing_token"] = typing.token_for(request.user, obj, language, form)
            context["based_on"] = request.POST.get("based_on", newest.pk if newest else "")
            context["others"] = typing.others(request.user, obj)
            if hasattr(request, "takes_up"):
                context["errors"], context["taken_up"] = None, request.takes_up
            elif request.method != "POST":
                context["typed"] = typing.kept_for(request.user, obj, language)
        return super().render_change_form(request, context, add, change, form_url, obj)

    @staticmethod
    @csrf_exempt  # the token in the form says whose text it is, and no other site knows it
    def typed(request):
        """Keeps a form as it is now; who sends it need not be signed in any more."""
        try:
            kept = typing.keep(request.POST) if request.method == "POST" else None
        except ValueError:
            return JsonResponse({"said": _("This is too long to be kept.")}, status=413)
        if kept is None:
            return JsonResponse({"said": _("This text cannot be kept for you any more.")}, status=403)
        names = [str(other.person) for other in typing.others(kept.person, kept.practice)]
        time = date_format(timezone.localtime(kept.saved_at), "TIME_FORMAT")
        return JsonResponse({"said": _("Kept at %s, not saved yet.") % time, "others": names})

    def throw_away(self, request, pk=None):
        """Lets go of what was typed and not saved."""
        practice = get_object_or_404(self.get_queryset(request), pk=pk) if pk else None
        if request.method == "POST":
            typing.forget(request.user, practice, request.GET.get("language", ""), request.GET.get("form"))
        return redirect(request.path.replace("throw-away/", "change/" if pk else "add/"))

    def save_or_merge(self, request, practice, form_url, extra_context):
        """Saves the form; if others have saved the case since it was opened, brings both together first."""
        with suppress(ValueError):
            typing.keep(request.POST)
        object_id = str(practice.pk) if practice else None
        if practice is None or not rights_of(request.user).may("edit", practice):
            return super()._changeform_view(request, object_id, form_url, extra_context)
        newest = versions.latest(practice.case) or versions.record(practice)
        based_on = request.POST.get("based_on") or practice.case.versions.order_by("number").first().pk
        if str(newest.pk) == str(based_on):
            return super()._changeform_view(request, object_id, form_url, extra_context)
        response, mine = self.trial(request, practice, form_url, extra_context)
        if mine is None:
            return response
        return self.bring_together(request, practice, based_on, mine, typing.form_of(request.POST))

    def trial(self, request, practice, form_url, extra_context):
        """What the case would say if this form were saved, or the form with its errors; nothing is changed."""
        request.POST = with_rows_as_they_are(request.POST, practice)
        point = transaction.savepoint()
        request.is_trial = True
        response = super()._changeform_view(request, str(practice.pk), form_url, extra_context)
        mine = content_of(practice) if response.status_code == 302 else None
        transaction.savepoint_rollback(point)
        del request.is_trial
        return response, mine

    def bring_together(self, request, practice, based_on, mine, form, choices=None):
        """Saves the changes of both, or asks about the fields that both changed."""
        base = get_object_or_404(practice.case.versions, pk=based_on)
        newest = versions.latest(practice.case)
        merged, conflicts = merge(base.content, content_of(practice), mine)
        errors = {}
        if conflicts and choices:
            choices, errors = checked(conflicts, choices)
        if conflicts and (errors or not choices):
            kept = signing.dumps(
                [request.user.pk, practice.pk, based_on, newest.pk, mine, form], salt=SALT, compress=True
            )
            return self.ask(request, practice, newest, kept, conflicts, errors, choices)
        with self.indexed([practice.pk]):
            write(practice, settle(merged, conflicts, choices or {}))
            versions.record(Practice.objects.get(pk=practice.pk), request.user)
        typing.forget(request.user, practice, request.GET.get("language", practice.original_language), form)
        said = _("%s had saved this case in the meantime; it has the changes of both of you now.")
        self.message_user(request, said % (newest.made_by or _("Somebody")))
        return redirect("admin:practices_practice_change", practice.pk)

    def ask(self, request, practice, newest, kept, conflicts, errors, choices):
        """The page on which somebody decides about the fields that both changed."""
        for conflict in conflicts:
            conflict.choice, conflict.text = (choices or {}).get(conflict.key, ("", conflict.as_mine))
            conflict.error = errors.get(conflict.key, "")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Somebody else has saved this case"),
            "opts": self.opts,
            "original": practice,
            "newest": newest,
            "conflicts": conflicts,
            "kept": kept,
        }
        return TemplateResponse(request, "admin/editing/merge.html", context, status=400 if errors else 409)

    @transaction.atomic
    def merge(self, request, pk):
        """Saves what somebody decided about the fields that both changed; asks again if the case has moved on."""
        practice = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method != "POST":
            return redirect("admin:practices_practice_change", pk)
        try:
            person, of, based_on, newest, mine, form = signing.loads(request.POST.get("kept", ""), salt=SALT)
        except signing.BadSignature as error:
            raise Http404 from error
        if (person, of) != (request.user.pk, pk) or not rights_of(request.user).may("edit", practice):
            raise PermissionDenied
        current = versions.latest(practice.case)
        choices = request.POST if current and current.pk == newest else None
        return self.bring_together(request, practice, based_on, mine, form, choices)


def checked(conflicts, posted):
    """The choices by conflict, and what is wrong with them."""
    choices, errors = {}, {}
    texts = Practice._parler_meta.root_model._meta
    for conflict in conflicts:
        choice, text = posted.get(f"choice.{conflict.key}", ""), posted.get(f"text.{conflict.key}", "")
        choices[conflict.key] = choice, text
        if choice not in {"mine", "theirs"} and not (choice == "both" and conflict.is_text):
            errors[conflict.key] = _("Choose one of them.")
        elif choice == "both":
            try:
                field = texts.get_field(conflict.field).formfield() or forms.CharField()
                choices[conflict.key] = choice, field.clean(text)
            except ValidationError as refusal:
                errors[conflict.key] = " ".join(refusal.messages)
    return choices, errors
