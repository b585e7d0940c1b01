"""What a case still lacks, and how complete it is."""

from django.utils.translation import gettext as _

from practices.models import Practice

#: Without these no practice can be judged; each counts double in how complete it is.
NEEDED = ("challenge", "description", "results", "transferability")
WORDS_WANTED = {
    "summary": 20,
    "challenge": 30,
    "description": 120,
    "partners_role": 20,
    "resources": 20,
    "results": 40,
    "lessons": 30,
    "transferability": 30,
}


def lacks(practice):
    """What must be there before the practice can be submitted, one sentence each."""
    text = _text(practice)
    missing = [
        _("“%s” is empty.") % label
        for section, label in Practice.Section.choices
        if section in NEEDED and not getattr(text, section, "")
    ]
    if not practice.sources.exists():
        missing.append(_("There is no source: name at least one document or page that others can look at."))
    for image in practice.images.prefetch_related("translations"):
        words = [translation.alternative_text for translation in image.translations.all()]
        if not any(words) or not image.credit:
            missing.append(_("A picture needs an alternative text and a credit."))
    return missing


def _text(practice):
    texts = {text.language_code: text for text in practice.translations.all()}
    return texts.get(practice.original_language) or next(iter(texts.values()), None)
