"""The contact page."""

from django.db import connection, transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cities.meta import Meta
from contact.forms import ContactForm, local_page
from contact.mails import mail_to_webmaster
from contact.senders import seconds_to_wait, sender_key


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """Takes a message to the webmaster."""
    host = request.get_host()
    about = local_page(request.GET.get("about", ""), host)
    form = ContactForm(request.POST if request.method == "POST" else None, host=host, initial={"page": about})
    wait = 0
    if form.is_valid():
        wait = keep(request, form)
        if not wait:
            return redirect("contact:thanks")
    meta = Meta(
        title=_("Contact"),
        description=_("Write to the webmaster: tell about a practice, report what is wrong, or ask."),
    )
    context = {"form": form, "minutes": -(-wait // 60), "meta": meta}
    response = render(request, "contact/contact.html", context, status=429 if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def keep(request, form):
    """Stores the message and the mail about it, unless its sender has to wait; returns for how many seconds."""
    key = sender_key(request, timezone.now())
    with transaction.atomic():
        with connection.cursor() as cursor:  # two messages at the same moment are counted one after the other
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        if wait := seconds_to_wait(request):
            return wait
        form.instance.sender_key = key
        message = form.save()
        mail_to_webmaster(message, request.build_absolute_uri(message.page) if message.page else "")
    return 0


@require_safe
def thanks(request):
    """Says that the message has arrived; reloading it sends nothing."""
    meta = Meta(title=_("Thank you"), description=_("Your message has arrived."), noindex=True)
    return render(request, "contact/thanks.html", {"meta": meta})
