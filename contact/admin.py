"""Messages of readers, for webmasters."""

from urllib.parse import quote

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contact.models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """What readers wrote: read it, answer it by mail, tick it off."""

    list_display = ["subject", "name", "reply", "sent_at", "answered"]
    list_filter = ["answered"]
    search_fields = ["subject", "name", "email", "text"]
    date_hierarchy = "sent_at"
    ordering = ["answered", "-sent_at"]
    list_per_page = 50
    actions = ["mark_answered", "mark_open"]
    fields = ["subject", "text", "name", "reply", "page", "sent_at", "answered"]
    readonly_fields = ["subject", "text", "name", "reply", "page", "sent_at"]

    def has_add_permission(self, request):
        return False

    @admin.display(description=_("e-mail address"), ordering="email")
    def reply(self, message):
        """The sender's address as a link that starts an answer."""
        return format_html(
            '<a href="mailto:{}?subject={}">{}</a>',
            quote(message.email, safe="@"),
            quote(f"Re: {message.subject}"),
            message.email,
        )

    @admin.action(description=_("Mark as answered"), permissions=["change"])
    def mark_answered(self, request, messages):
        self.mark(request, messages, True)

    @admin.action(description=_("Mark as not answered yet"), permissions=["change"])
    def mark_open(self, request, messages):
        self.mark(request, messages, False)

    def mark(self, request, messages, answered):
        """Ticks these messages off, or opens them again."""
        count = messages.update(answered=answered)
        if answered:
            said = ngettext("%d message is answered.", "%d messages are answered.", count)
        else:
            said = ngettext("%d message is open again.", "%d messages are open again.", count)
        self.message_user(request, said % count)
