"""In which languages the interface speaks."""

from django.conf import settings
from django.http import Http404
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_language_from_path


class InterfaceLanguageMiddleware(LocaleMiddleware):
    """Chooses the language by the address alone, so that nothing else needs to be known to keep a page.

    A language that only content is written in has no addresses of its own.
    """

    def process_request(self, request):
        language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        known = language in settings.INTERFACE_LANGUAGES
        request.LANGUAGE_CODE = language if known else settings.LANGUAGE_CODE
        translation.activate(request.LANGUAGE_CODE)
        if not known:
            raise Http404

    def process_response(self, request, response):
        response.headers.setdefault("Content-Language", translation.get_language())
        return response
