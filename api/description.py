"""How the interface describes itself: the parameters and answers of each address, in the words of OpenAPI."""

from functools import cache

from django import forms
from django.conf import settings
from django.urls import URLPattern, include, path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers

from api.asking import LARGEST_PAGE, PAGE_SIZE
from api.problems import TYPE
from api.urls import urlpatterns
from practices.addresses import SORTS


class ProblemParameter(serializers.Serializer):
    """A parameter that was not understood."""

    parameter = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """Why there is no answer (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ProblemParameter(many=True, required=False)


OPTIONS = {
    "exact": OpenApiParameter("exact", description="1 takes the words as they are spelt.", enum=["1"]),
    "lang": OpenApiParameter(
        "lang",
        description="The language of names, titles and texts; where one is missing, another takes its place.",
        enum=[code for code, _name in settings.LANGUAGES],
        default=settings.LANGUAGE_CODE,
    ),
    "page_size": OpenApiParameter(
        "page_size",
        {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": PAGE_SIZE},
        description="How many rows in one answer.",
    ),
    "cursor": OpenApiParameter(
        "cursor", description="Where to go on: taken from `next` or `previous` of another answer."
    ),
}
MEANINGS = {
    "q": "Words, a “phrase”, -not, or; whole questions too. The best hits come first.",
    "sort": f"The order: {', '.join(SORTS)}.",
    "view": "How the page shows the list; no effect here.",
    "all": "Which filter the page unfolds; no effect here.",
}


def filter_parameters(filterset):
    """The filters of a list page, as parameters."""
    return [
        OpenApiParameter(
            name,
            OpenApiTypes.INT if issubclass(one.field_class, forms.IntegerField) else OpenApiTypes.STR,
            many=hasattr(one, "always_filter"),
            description=MEANINGS.get(name) or f"{one.label}.",
        )
        for name, one in filterset.base_filters.items()
    ]


def described(answer, name, filterset=None, more=(), paged=False):
    """Describes a view: what it is called, what it takes and what it answers."""
    options = ["lang", "page_size", "cursor"] if paged else ["lang"]
    filters = filter_parameters(filterset) if filterset else []
    wrong = [400, 406, 429, 500] if paged else [400, 404, 406, 429, 500]
    return extend_schema(
        parameters=[*filters, *(OPTIONS[option] for option in [*more, *options])],
        responses={200: answer} | {(status, TYPE): Problem for status in wrong},
        operation_id=name,
        tags=["interface"],
    )


@cache
def description():
    """The whole interface in OpenAPI 3.1."""
    views = [URLPattern(one.pattern, one.callback.load(), name=one.name) for one in urlpatterns]
    start = settings.SPECTACULAR_SETTINGS["SCHEMA_PATH_PREFIX"].strip("/")
    patterns = [path(f"{start}/", include((views, "api")))]
    return SchemaGenerator(patterns=patterns).get_schema(request=None, public=True)
