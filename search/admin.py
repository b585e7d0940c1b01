"""What the webmaster keeps of the search: words that mean the same."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from search.models import Synonym


class LinesField(forms.CharField):
    """A list of words, one on each line."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return list(
            dict.fromkeys(filter(None, (" ".join(line.split()) for line in super().to_python(value).splitlines())))
        )

    def has_changed(self, initial, data):
        return list(initial or []) != self.to_python(data or "")


class SynonymForm(forms.ModelForm):
    """A group of words and phrases that mean the same."""

    words = LinesField(label=_("words and phrases"), help_text=Synonym._meta.get_field("words").help_text)

    class Meta:
        model = Synonym
        fields = ["words"]

    def clean_words(self):
        words = self.cleaned_data["words"]
        if len(words) < 2:
            raise forms.ValidationError(_("A group needs at least two words or phrases."))
        if any(len(word) > 100 for word in words):
            raise forms.ValidationError(_("A word or phrase has at most 100 letters."))
        return words


@admin.register(Synonym)
class SynonymAdmin(admin.ModelAdmin):
    """Groups of synonyms; a change counts from the next search on."""

    form = SynonymForm
    search_fields = ["words"]
