"""In which languages the interface speaks, and what the page says about it."""

from django.conf import settings
from django.http import Http404
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_language_from_path


class InterfaceLanguageMiddleware(LocaleMiddleware):
    """Chooses the language by the address; a language that only content is written in has no addresses of its own."""

    def process_request(self, request):
        language = get_language_from_path(request.path_info)
        if language and language not in settings.INTERFACE_LANGUAGES:
            translation.activate(settings.LANGUAGE_CODE)
            request.LANGUAGE_CODE = settings.LANGUAGE_CODE
            raise Http404
        super().process_request(request)


def languages(request):
    """The interface languages, for the language switch and the alternates of every page."""
    return {"INTERFACE_LANGUAGES": settings.INTERFACE_LANGUAGES}
