"""The head of a page."""

from django import template

from crossinno.meta import head_of

register = template.Library()


@register.simple_tag(takes_context=True)
def page_head(context):
    """The ready values for the head, from the `meta` of the page."""
    return head_of(context.get("request"), context.get("meta"))
