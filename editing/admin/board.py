"""The board on which webmasters arrange what the home page puts forward."""

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from parler.forms import TranslatableModelForm

from editing import board
from editing.rights import rights_of
from practices.admin.feature import FeatureAdmin
from practices.models import Feature

admin.site.unregister(Feature)

KEPT = "board_undo"
DONE = {
    "move": _("“%s” stands at another place now."),
    "earlier": _("“%s” comes earlier now."),
    "later": _("“%s” comes later now."),
    "swap": _("“%s” has changed places."),
    "end": _("“%s” is off the home page."),
}


class BoardForm(TranslatableModelForm):
    """A feature by its form; says in words who stands where it is to stand."""

    def clean(self):
        given = super().clean()
        place, starts, ends = (given.get(name) for name in ("place", "starts", "ends"))
        if place and starts and "ends" in given:
            wanted = Feature(pk=self.instance.pk, place=place, starts=starts, ends=ends)
            others = list(board.others_at(wanted)) if ends is None or ends >= starts else []
            if others:
                self.add_error("starts", board.Taken(wanted, others))
        return given


@admin.register(Feature)
class BoardAdmin(FeatureAdmin):
    """What the home page puts forward; the list is a board, and all of them are in the list with `?all=`."""

    form = BoardForm

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("arrange/<int:pk>/<slug:act>/", view(self.arrange), name="editing_arrange"),
            path("undo/", view(self.undo), name="editing_board_undo"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        """The board; with anything in the address, or something to be done with chosen ones, the stock list."""
        if request.GET or request.method == "POST" or not rights_of(request.user).is_webmaster:
            return super().changelist_view(request, extra_context)
        return self.show(request)

    def show(self, request, status=200, **more):
        """The board, with what was refused if something was."""
        today = timezone.localdate()
        columns, past = board.by_place(today)
        context = {
            **self.admin_site.each_context(request),
            "title": _("On the home page"),
            "opts": self.opts,
            "today": today,
            "columns": [(*column, board.free_from(column[2] + column[3], today)) for column in columns],
            "past": past,
            "undo": request.session.get(KEPT),
            **more,
        }
        return TemplateResponse(request, "admin/editing/board.html", context, status=status)

    def arrange(self, request, pk, act):
        """Moves, shifts or ends one feature, and keeps how it was so that it can be undone."""
        feature = get_object_or_404(Feature.objects.select_related("practice"), pk=pk)
        if not rights_of(request.user).may("feature", feature.practice):
            raise PermissionDenied
        if request.method != "POST":
            return redirect("admin:practices_feature_changelist")
        if act not in DONE:
            raise BadRequest("There is no such act.")
        other = Feature.objects.filter(pk=number_in(request.POST, "other")).first() if act == "swap" else None
        keys = [pk, *([other.pk] if other else [])]
        before = board.snapshot(keys)
        try:
            with transaction.atomic():
                self.do(act, feature, other, request.POST)
                self.log_change(request, feature, str(DONE[act]) % feature.practice)
        except ValidationError as refusal:
            return self.refuse(request, pk, refusal)
        said = str(DONE[act]) % feature.practice
        request.session[KEPT] = {"said": said, "before": before, "after": board.snapshot(keys)}
        self.message_user(request, said)
        return redirect("admin:practices_feature_changelist")

    @staticmethod
    def do(act, feature, other, posted):
        """Does one of the acts."""
        if act == "move":
            place = number_in(posted, "place")
            if place not in dict(Feature._meta.get_field("place").choices):
                raise BadRequest("There is no such place.")
            board.move(feature, place)
        elif act == "swap":
            if other is None:
                raise ValidationError(_("The other one is not there any more."))
            board.swap(feature, other)
        elif act == "end":
            board.end(feature)
        else:
            board.shift(feature, 1 if act == "later" else -1)

    def refuse(self, request, pk, refusal):
        """The board as it is, with what stands in the way of what was wanted, and what to do."""
        feature = board.with_titles(Feature.objects.filter(pk=pk)).first()
        others = getattr(refusal, "others", [])
        wants_place = bool(others) and others[0].place != feature.place
        swap = others[0] if wants_place and len(others) == 1 else None
        return self.show(request, 409, refused=feature, refusal=" ".join(refusal.messages), swap=swap)

    def undo(self, request):
        """Puts back what was arranged last."""
        if not rights_of(request.user).is_webmaster:
            raise PermissionDenied
        kept = request.session.pop(KEPT, None) if request.method == "POST" else None
        if kept:
            try:
                board.restore(kept["before"], kept["after"])
                self.message_user(request, _("It is as it was before."))
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        return redirect("admin:practices_feature_changelist")


def number_in(posted, name):
    """A number that was posted; 0 if it is none."""
    text = posted.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
