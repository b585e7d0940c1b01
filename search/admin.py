"""What the webmaster keeps of the search, words that mean the same, and sees of it, what readers looked for."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from search.models import Asked, Synonym


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


class FoundFilter(admin.SimpleListFilter):
    """Searches that found something, or nothing."""

    title = _("found")
    parameter_name = "found"

    def lookups(self, request, model_admin):
        return [("nothing", _("Nothing")), ("something", _("Something"))]

    def queryset(self, request, queryset):
        if self.value() == "nothing":
            return queryset.filter(hits=0)
        return queryset.filter(hits__gt=0) if self.value() == "something" else queryset


@admin.register(Asked)
class AskedAdmin(admin.ModelAdmin):
    """What readers look for, the most frequent first; what finds nothing shows what the atlas lacks."""

    list_display = ["text", "language", "filters", "hits", "times", "days", "last_on"]
    list_filter = [FoundFilter, "language", "last_on"]
    search_fields = ["text"]
    readonly_fields = ["text", "language", "filters", "hits", "times", "days", "first_on", "last_on"]

    def has_add_permission(self, request):
        return False
