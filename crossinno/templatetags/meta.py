"""The head of a page."""

from django import template
from django.utils.safestring import SafeString

from cities.moulds import cast, joined
from crossinno.meta import head_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context):
    """What the head says about the page, from its `meta`."""
    head = head_of(context.get("request"), context.get("meta"))
    alternates = (
        cast("components/alternate.html", {"address": address}, code=code) for code, address in head.alternates
    )
    return cast(
        "components/head.html",
        {
            "title": head.title,
            "description": head.description,
            "canonical": head.canonical,
            "image": head.image,
            "alternates": joined(alternates),
            "data": SafeString(head.data),  # nosec B703 - harmless: crossinno.meta.script_of
        },
        kind=head.kind,
        locale=head.locale,
        other_locales=tuple(head.other_locales),
        site_name=head.site_name,
        noindex=head.noindex,
        has_address=bool(head.canonical),
        has_data=bool(head.data),
    )
