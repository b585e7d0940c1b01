from django.db import migrations

MORE = {
    "voucher": ["Gutschein"],
    "SME": ["kleine und mittlere Unternehmen", "kleine Unternehmen", "małe i średnie przedsiębiorstwa", "malé firmy"],
}


def add(apps, _schema_editor):
    for group in apps.get_model("search", "Synonym").objects.all():
        more = [word for known, words in MORE.items() if known in group.words for word in words]
        if more:
            group.words = list(dict.fromkeys([*group.words, *more]))
            group.save()


class Migration(migrations.Migration):
    dependencies = [("search", "0009_words_between_signs")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
