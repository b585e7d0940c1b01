"""Web addresses that published pages link to, for webmasters: which are broken, since when, and where they stand."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from editing.models import Link
from editing.rights import rights_of
from editing.tasks import check_again

SHOWN_PLACES = 3
SHOWN_LETTERS = 70


class StatusFilter(admin.SimpleListFilter):
    """Broken addresses unless something else is asked for."""

    title = _("state")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        others = [choice for choice in Link.Status.choices if choice[0] != Link.Status.BROKEN]
        return [*others, ("doubtful", _("failed once")), ("all", _("all"))]

    def choices(self, changelist):
        chosen = self.value() or Link.Status.BROKEN
        for value, label in [(Link.Status.BROKEN, Link.Status.BROKEN.label), *self.lookup_choices]:
            without = [self.parameter_name] if value == Link.Status.BROKEN else []
            address = changelist.get_query_string({} if without else {self.parameter_name: value}, without)
            yield {"selected": chosen == value, "query_string": address, "display": label}

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        if self.value() == "doubtful":
            return queryset.exclude(status=Link.Status.BROKEN).filter(first_seen_broken__isnull=False)
        return queryset.filter(status=self.value() or Link.Status.BROKEN)


@admin.register(Link)
class LinkAdmin(admin.ModelAdmin):
    """What came of asking for each address; pages change where they are written, not here."""

    list_display = ["address", "state_name", "first_seen_broken", "places", "last_checked"]
    list_filter = [StatusFilter, "reason"]
    search_fields = ["url"]
    search_help_text = _("A part of the address.")
    ordering = ["first_seen_broken", "pk"]
    list_display_links = None
    list_per_page = 50
    actions = ["check_now"]

    def get_queryset(self, request):
        return super().get_queryset(request).with_places()

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(
            request, {"title": _("Web addresses on published pages"), **(extra_context or {})}
        )

    def has_module_permission(self, request):
        return rights_of(request.user).is_webmaster

    def has_view_permission(self, request, obj=None):
        return rights_of(request.user).is_webmaster

    def has_add_permission(self, request):
        return False

    has_change_permission = has_delete_permission = lambda self, request, obj=None: False

    @admin.action(description=_("Check again now"), permissions=["view"])
    def check_now(self, request, links):
        """Has these addresses asked for at once, in the background."""
        keys = list(links.order_by().values_list("pk", flat=True))
        check_again.defer(keys=keys)
        said = ngettext("%d address is being checked.", "%d addresses are being checked.", len(keys))
        self.message_user(request, said % len(keys))

    @admin.display(description=_("address"), ordering="url")
    def address(self, link):
        """The address itself, cut off where it becomes too long to read."""
        short = link.url if len(link.url) <= SHOWN_LETTERS else f"{link.url[: SHOWN_LETTERS - 1]}…"
        return format_html('<a href="{}" rel="external noreferrer">{}</a>', link.url, short)

    @admin.display(description=_("state"), ordering="status")
    def state_name(self, link):
        """What came of asking, with the number that the server answered and what that means."""
        said = [str(link.code)] if link.code and link.status != Link.Status.OK else []
        said += [link.get_reason_display()] if link.reason else []
        if link.moved_to:
            said.append(_("now at %s") % link.moved_to)
        rest = format_html('<span class="link-about">{}</span>', " · ".join(said)) if said else ""
        return format_html('<span class="chip link-{}">{}</span>{}', link.status, link.get_status_display(), rest)

    @admin.display(description=_("where it stands"))
    def places(self, link):
        """The pages that link there, each a link to the place where it is written."""
        uses = list(link.uses.all())
        shown = format_html_join(
            "",
            '<li><a href="{}">{}</a> <span>{}</span></li>',
            ((desk_address(use.page), use.page, use.get_field_display()) for use in uses[:SHOWN_PLACES]),
        )
        others = len(uses) - SHOWN_PLACES
        more = ngettext("and %d more", "and %d more", others) % others if others > 0 else ""
        return format_html('<ul class="places">{}</ul>{}', shown, more)


def desk_address(page):
    """Where a practice or an event is changed."""
    return reverse(f"admin:{page._meta.app_label}_{page._meta.model_name}_change", args=[page.pk])
