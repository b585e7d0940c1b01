"""Working at the editing desk as a browser would."""

from html.parser import HTMLParser

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


class Fields(HTMLParser):
    """The fields of the form of a page: tag, attributes, options, text. html5lib takes ten times as long for them."""

    def __init__(self, page):
        super().__init__()
        self.found, self._inside, self._open = [], False, False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self._inside = not self.found and given.get("id", "").endswith("_form")
        elif self._inside and tag in {"input", "textarea", "select"}:
            self.found.append((tag, given, [], []))
            self._open = tag == "textarea"
        elif self._inside and tag == "option":
            self.found[-1][2].append(given)

    def handle_data(self, data):
        if self._open:
            self.found[-1][3].append(data)

    def handle_endtag(self, tag):
        self._open = self._open and tag != "textarea"
        self._inside = self._inside and tag != "form"


def filled(response, **changes):
    """What a browser would post from the form of this page, with some values changed."""
    values = {}
    for tag, field, options, text in Fields(response.content.decode()).found:
        name, kind = field.get("name"), field.get("type")
        if not name or "__prefix__" in name or kind in {"submit", "file"}:
            continue
        if kind in {"checkbox", "radio"}:
            if "checked" in field:
                values.setdefault(name, []).append(field.get("value", "on"))
        elif tag == "select":
            chosen = [option.get("value") for option in options if "selected" in option]
            single = (chosen or [option.get("value") for option in options] or [""])[0]
            values[name] = chosen if "multiple" in field else single
        else:
            values[name] = "".join(text).removeprefix("\n") if tag == "textarea" else field.get("value", "")
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


def editor(page, name):
    """Where somebody writes a text of the case, once the script has taken the place of the plain field."""
    return page.locator(".rich-text").and_(page.get_by_role("textbox", name=name))
