"""What was typed into working copies belongs to their cases; of two texts of a person the later one stays."""

from django.db import migrations


def give_to_cases(apps, _editor):
    """Moves what was typed into a working copy to its case."""
    typed_texts = apps.get_model("editing", "Typed").objects
    for typed in typed_texts.filter(practice__copy_of__isnull=False).select_related("practice"):
        of_case = typed_texts.filter(
            person=typed.person_id, practice=typed.practice.copy_of_id, language=typed.language
        )
        if of_case.filter(saved_at__gt=typed.saved_at).exists():
            typed.delete()
        else:
            of_case.delete()
            typed_texts.filter(pk=typed.pk).update(practice=typed.practice.copy_of_id)


class Migration(migrations.Migration):
    dependencies = [("editing", "0008_background_sheets")]
    operations = [migrations.RunPython(give_to_cases, migrations.RunPython.noop)]
