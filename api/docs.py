"""The description of the interface: for programs in OpenAPI, for people as a page."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from api.answers import for_everyone
from api.description import description
from cities.meta import Meta

LISTS = ("practices", "cities", "themes", "sectors", "events")


@for_everyone
@require_safe
def start(request):
    """Where everything begins."""
    addresses = {name: request.build_absolute_uri(reverse(f"api:{name}")) for name in (*LISTS, "schema")}
    return JsonResponse(addresses | {"documentation": request.build_absolute_uri(reverse("api-docs"))})


@for_everyone
@require_safe
def schema(request):
    """The description in OpenAPI 3.1."""
    return JsonResponse(description(), json_dumps_params={"ensure_ascii": False})


@require_safe
def docs(request):
    """The description as a page for people."""
    parts = description()
    title = _("Interface for machines")
    text = _("Everything that is published here, as JSON: practices, cities, themes, sectors and events.")
    context = {
        "operations": [operation(path, methods["get"]) for path, methods in parts["paths"].items()],
        "shapes": [
            shape(name, facts) for name, facts in parts["components"]["schemas"].items() if "properties" in facts
        ],
        "example": request.build_absolute_uri(f"{reverse('api:practices')}?q=design&page_size=5"),
        "limit": settings.API_REQUESTS_PER_MINUTE,
        "meta": Meta(title, text),
    }
    return render(request, "api/docs.html", context)


def operation(path, facts):
    """One address: what it takes and what it answers."""
    parameters = [
        {"name": one["name"], "kind": kind_of(one["schema"])["text"], "meaning": one.get("description", "")}
        for one in facts.get("parameters", ())
    ]
    answer = facts["responses"]["200"]["content"]["application/json"]["schema"]
    meaning = facts.get("description", "")
    return {
        "path": path,
        "name": facts["operationId"],
        "meaning": meaning,
        "parameters": parameters,
        "answer": kind_of(answer),
    }


def shape(name, facts):
    """One object and its fields."""
    fields = [
        {"name": field, "kind": kind_of(facts_), "meaning": facts_.get("description", "")}
        for field, facts_ in facts["properties"].items()
    ]
    return {"name": name, "meaning": facts.get("description", ""), "fields": fields}


def kind_of(schema):
    """What a value is: in a few words, with the name of the object that it is or is made of."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        return {"text": "", "shape": name}
    for key in ("allOf", "oneOf", "anyOf"):
        if key in schema:
            return next(
                (kind for kind in map(kind_of, schema[key]) if kind["shape"] or kind["text"]),
                {"text": key, "shape": ""},
            )
    types = schema.get("type", "")
    types = types if isinstance(types, list) else [types]
    if "array" in types or "object" in types:
        inner = schema.get("items") or schema.get("additionalProperties")
        kind = kind_of(inner) if isinstance(inner, dict) and inner else {"text": "", "shape": ""}
        outer = _("list of") if "array" in types else _("object of")
        return {"text": f"{outer} {kind['text']}".strip(), "shape": kind["shape"]}
    text = _(" or ").join(types)
    return {"text": f"{text}, {schema['format']}" if "format" in schema else text, "shape": ""}
