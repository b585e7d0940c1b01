"""What readers see of the making of a practice: when it changed, what, and why."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cities.meta import Meta
from editing.differences import changes
from practices.models import Practice


@require_safe
def practice_history(request, slug):
    """The published versions of a practice, newest first, each with what it changed; nobody is named."""
    practice = get_object_or_404(Practice.objects.published().prefetch_related("translations"), slug=slug)
    published = list(practice.versions.published().newest())
    for number, version in enumerate(published, 1):
        before = published[number] if number < len(published) else None
        version.changes = changes(before.content, version.content) if before else []
        version.is_first = before is None
    title = _("History of “%s”") % practice
    meta = Meta(title, _("When this practice changed, what, and why."), noindex=True)
    return render(request, "editing/public_history.html", {"practice": practice, "versions": published, "meta": meta})
