"""The contact page."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods


@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """Takes a message to the webmaster."""
    return render(request, "contact/contact.html")
