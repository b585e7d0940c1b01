"""Working at the editing desk as a browser would."""

import html5lib
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def filled(response, **changes):
    """What a browser would post from the form of this page, with some values changed."""
    page = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(form for form in page.iter("form") if form.get("id", "").endswith("_form"))
    values = {}
    for field in (field for field in form.iter() if field.tag in {"input", "textarea", "select"}):
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name or kind in {"submit", "file"}:
            continue
        if kind in {"checkbox", "radio"}:
            if "checked" in field.attrib:
                values.setdefault(name, []).append(field.get("value", "on"))
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option.get("value") for option in options if "selected" in option.attrib]
            single = (chosen or [option.get("value") for option in options] or [""])[0]
            values[name] = chosen if "multiple" in field.attrib else single
        else:
            values[name] = field.text or "" if field.tag == "textarea" else field.get("value", "")
    return {**values, **changes}


def save(client, address, **changes):
    """Opens the page of a form, changes some of its values and posts it."""
    return client.post(address, filled(client.get(address), **changes))


def change_page(thing, language=None):
    """The address of the form of a thing."""
    opts = thing._meta
    address = reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[thing.pk])
    return address if language is None else f"{address}?language={language}"


def errors_of(response):
    """What the form complained about, by field; what is wrong in a row, by its name in the form."""
    form = response.context["adminform"].form
    errors = dict(form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for row in inline.formset.forms:
            errors |= {row.add_prefix(name): messages for name, messages in row.errors.items()}
        if inline.formset.non_form_errors():
            errors[inline.formset.prefix] = inline.formset.non_form_errors()
    return {name: [str(message) for message in messages] for name, messages in errors.items()}


def queries(client, address):
    """How many queries a page takes."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
