"""The index: what can be found, and how current it is."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _


class ContentVersion(models.Model):
    """One row whose number grows with every change of what readers see; triggers of the database count it up."""

    number = models.BigIntegerField(_("number"), default=0)

    class Meta:
        verbose_name = _("content version")
        verbose_name_plural = _("content version")


class Document(models.Model):
    """The words of one published thing in one language."""

    kind = models.CharField(_("kind"), max_length=20)
    key = models.BigIntegerField(_("key"))
    language = models.CharField(_("language"), max_length=10)
    title = models.TextField(_("title"))
    names = models.TextField(_("names it is known by"), blank=True)
    text = models.TextField(_("text"), blank=True)
    vector = models.GeneratedField(
        verbose_name=_("words"),
        expression=models.Func("language", "title", "names", "text", function="search_vector"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "language"], name="search_document_once")]
        indexes = [GinIndex(fields=["vector"], name="search_document_words")]

    def __str__(self):
        return self.title


class Synonym(models.Model):
    """Words and phrases that mean the same to who searches: looking for one of them finds the others too."""

    words = ArrayField(
        models.CharField(max_length=100),
        verbose_name=_("words and phrases"),
        help_text=_("One on each line, in any language: a word or a phrase. Singular is enough."),
    )

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self):
        return " = ".join(self.words)


class Asked(models.Model):
    """What readers searched for and how often, without who they were."""

    text = models.CharField(_("words"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    filters = models.CharField(_("filters"), max_length=500, blank=True)
    hits = models.PositiveIntegerField(_("hits, last time"))
    times = models.PositiveIntegerField(_("times"), default=1)
    days = models.PositiveIntegerField(_("on how many days"), default=1)
    first_on = models.DateField(_("first"), auto_now_add=True)
    last_on = models.DateField(_("last"), auto_now=True)

    class Meta:
        verbose_name = _("search by readers")
        verbose_name_plural = _("searches by readers")
        ordering = ["-times", "-last_on", "text"]
        constraints = [models.UniqueConstraint(fields=["text", "language", "filters"], name="search_asked_once")]
        indexes = [models.Index(fields=["text"], opclasses=["varchar_pattern_ops"], name="search_asked_beginning")]

    def __str__(self):
        return self.text
