"""People who sign in, for webmasters."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from accounts.acts import ACTS
from accounts.admin_forms import InvitationForm, PersonForm, SearchableSelect
from accounts.invitations import invite
from accounts.letters import write
from accounts.models import User
from accounts.sessions import end_sessions

admin.site.unregister([Group, EmailAddress, Authenticator, UserSession])

WHAT_ROLES_ARE = _(
    "Coordinators write the practices of their cities. Reviewers judge those of their themes. Webmasters look after"
    " everything, and need a second factor to sign in."
)


@admin.register(Group)
class PermissionGroupAdmin(GroupAdmin):
    """What the members of a group may do."""

    filter_horizontal = []

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, widget=SearchableSelect, **kwargs)
        field.help_text = db_field.help_text
        return field


class StandingFilter(admin.SimpleListFilter):
    """Finds those who were invited, are active, or have left."""

    title = _("standing")
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return User.Standing.choices

    def queryset(self, request, queryset):
        return queryset.standing(self.value()) if self.value() in User.Standing.values else queryset


@admin.register(User)
class PersonAdmin(admin.ModelAdmin):
    """Accounts. Only a superuser touches superusers or gives single permissions; nobody gives rights to themselves."""

    change_form_template = "admin/accounts/user/change_form.html"
    list_display = ["email", "name", "standing", "group_names", "second_factor", "last_login"]
    list_filter = [StandingFilter, "groups"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    readonly_fields = ["standing", "second_factor", "last_login", "joined_at", "invited_at", "invited_by"]
    fieldsets = [
        (None, {"fields": ["email", "name"]}),
        (_("What this person may do"), {"fields": ["groups"]}),
        (_("For superusers"), {"fields": ["is_staff", "is_superuser", "user_permissions"], "classes": ["collapse"]}),
        (
            _("The account"),
            {"fields": ["standing", "second_factor", "joined_at", "invited_at", "invited_by", "last_login"]},
        ),
    ]
    add_fieldsets = [
        (
            None,
            {
                "fields": ["email", "name", "language", "groups"],
                "description": _("The person gets a mail with a link to choose a password; it works once."),
            },
        )
    ]

    def get_queryset(self, request):
        factors = Authenticator.objects.exclude(type="recovery_codes").filter(user=OuterRef("pk"))
        people = super().get_queryset(request).prefetch_related("groups")
        return people.annotate(with_second_factor=Exists(factors))

    def get_search_results(self, request, queryset, search_term):
        """Those who are found; whoever has left is not offered for anything any more."""
        found, repeats = super().get_search_results(request, queryset, search_term)
        offered = request.resolver_match.url_name == "autocomplete"
        return (found.filter(is_active=True) if offered else found), repeats

    def get_urls(self):
        act = path("<path:object_id>/act/<slug:act>/", self.admin_site.admin_view(self.act), name="accounts_user_act")
        return [act, *super().get_urls()]

    def get_form(self, request, obj=None, **kwargs):
        return super().get_form(request, obj, **{"form": PersonForm if obj else InvitationForm, **kwargs})

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        return [
            (name, options)
            for name, options in self.fieldsets
            if request.user.is_superuser or "is_superuser" not in options["fields"]
        ]

    def get_readonly_fields(self, request, obj=None):
        own = [] if self.may_give_rights(request, obj) else ["email", "groups"]
        return [*self.readonly_fields, *own]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label, field.help_text = _("Roles"), WHAT_ROLES_ARE
            field.widget.can_add_related = False
        return field

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        if db_field.name == "user_permissions":
            kwargs["widget"] = SearchableSelect
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.help_text = db_field.help_text
        return field

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.may_touch(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def may_touch(self, request, person):
        """Whether there is anything to change, and the account is not above the one who asks."""
        return person is None or (not person.erased_at and (request.user.is_superuser or not person.is_superuser))

    def may_give_rights(self, request, person):
        """Whether the one who asks may say what the person may do: not if that is the same person."""
        return person is None or request.user.is_superuser or person.pk != request.user.pk

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
            obj.is_staff = True
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            self.move(request, obj, form.initial["email"])

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            invite(form.instance, request.user)
            messages.info(request, _("An invitation is on its way to %s.") % form.instance.email)

    def move(self, request, person, former):
        """Follows a change of address: the former one opens nothing any more, and learns of it."""
        person.emailaddress_set.all().delete()
        end_sessions(person)
        if person.is_invited:
            invite(person, request.user)
        else:
            write("accounts/email/address_moved", former, language=person.language, person=person)

    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, {"title": _("Invite somebody"), **(extra_context or {})})

    def render_change_form(self, request, context, obj=None, **kwargs):
        context["acts"] = [(name, act) for name, act in ACTS.items() if obj and self.may_do(request, act, obj)]
        return super().render_change_form(request, context, obj=obj, **kwargs)

    def may_do(self, request, act, person):
        """Whether the one who asks may do this with the account, which is never their own."""
        others = person.pk != request.user.pk
        return others and act.is_open(person) and self.has_change_permission(request, person)

    def act(self, request, object_id, act):
        """Asks whether this is to be done with the account, and does it."""
        person = self.get_object(request, unquote(object_id))
        if person is None or act not in ACTS:
            raise Http404
        chosen = ACTS[act]
        if not self.may_do(request, chosen, person):
            raise PermissionDenied
        if request.method == "POST":
            with transaction.atomic():
                self.log_change(request, person, str(chosen.done))
                chosen.do(person, request.user)
            self.message_user(request, chosen.done, messages.SUCCESS)
            return redirect("admin:accounts_user_change", person.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "person": person, "act": chosen}
        context |= {"title": chosen.name, "back": reverse("admin:accounts_user_change", args=[person.pk])}
        return TemplateResponse(request, "admin/accounts/user/act.html", context)

    @admin.display(description=_("roles"))
    def group_names(self, person):
        """The roles this person has."""
        return ", ".join(group.name for group in person.groups.all())

    @admin.display(description=_("standing"))
    def standing(self, person):
        """How far this person has come, or whether they have gone."""
        return person.standing.label

    @admin.display(description=_("second factor"), boolean=True)
    def second_factor(self, person):
        """Whether this person signs in with more than a password."""
        return person.with_second_factor
