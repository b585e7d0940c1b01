"""Reading the address of a request to the interface."""

from contextlib import contextmanager
from functools import cached_property

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import override
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from api.paging import Cursor, piece
from cities.meta import origin

PAGE_SIZE, LARGEST_PAGE = 20, 100


class Options(forms.Form):
    """The parameters that do not narrow a list but say how it is to be told."""

    lang = forms.ChoiceField(required=False, choices=settings.LANGUAGES)
    page_size = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_PAGE)
    cursor = forms.CharField(required=False, max_length=500, strip=False)


class Asked:
    """What a request asks for. Parameters that mean nothing here are refused by name."""

    def __init__(self, request, filters=(), paged=False):
        self.request = request
        self.data = request.query_params
        options = ["lang", "page_size", "cursor"] if paged else ["lang"]
        known = [*filters, *options]
        nothing = f"There is no such parameter here; there are: {', '.join(known)}."
        self.refuse({name: [nothing] for name in self.data if name not in known})
        self.refuse({name: ["Give it once."] for name in options if len(self.data.getlist(name)) > 1})
        form = Options(self.data)
        with override(settings.LANGUAGE_CODE):
            self.refuse(form.errors)
        self.options = form.cleaned_data
        self.scores = {}

    @staticmethod
    def refuse(errors):
        """Stops here if there are errors, by parameter."""
        if errors:
            raise ValidationError({name[:100]: list(messages) for name, messages in errors.items()})

    @cached_property
    def filters(self):
        """The parameters that narrow a list."""
        data = QueryDict(mutable=True)
        for name in self.data:
            if name not in Options.base_fields:
                data.setlist(name, self.data.getlist(name))
        return data

    @cached_property
    def language(self):
        """The language in which the answer is to be told."""
        return self.options["lang"] or settings.LANGUAGE_CODE

    @cached_property
    def page_language(self):
        """The language of the pages that the answer leads to."""
        return self.language if self.language in settings.INTERFACE_LANGUAGES else settings.LANGUAGE_CODE

    @cached_property
    def origin(self):
        """What stands before every path."""
        return origin(self.request)

    @contextmanager
    def told(self):
        """In the language of the answer."""
        with override(self.language):
            yield

    def piece(self, keys):
        """The rows that are asked for."""
        cursor = Cursor.read(self.options["cursor"]) if self.options["cursor"] else None
        return piece(keys, self.options["page_size"] or PAGE_SIZE, cursor)

    def told_as(self, shape, thing):
        """The answer: a thing, told field by field."""
        answer = Response(shape(thing, context={"asked": self}).data)
        answer["Content-Language"] = self.language
        return answer

    def page_address(self, thing):
        """The address of a thing's page for people."""
        with override(self.page_language):
            return self.request.build_absolute_uri(thing.get_absolute_url())

    def address_with(self, cursor):
        """The address of this list from a cursor on."""
        if cursor is None:
            return None
        data = self.data.copy()
        data["cursor"] = str(cursor)
        return self.request.build_absolute_uri(f"{self.request.path}?{data.urlencode()}")
