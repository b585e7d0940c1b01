import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from search.triggers import count_changes_of


class Migration(migrations.Migration):
    dependencies = [("practices", "0005_pictures_drawn"), ("search", "0003_content_version")]
    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(help_text="PDF, at most 20 MB, without scripts and protection.", upload_to="attachments/%Y/%m/", verbose_name="file")),
                ("title", models.CharField(help_text="What it is, as readers see it.", max_length=200, verbose_name="title")),
                ("language", models.CharField(choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE, max_length=10, verbose_name="language")),
                ("size", models.PositiveIntegerField(default=0, editable=False, verbose_name="size in bytes")),
                ("pages", models.PositiveIntegerField(default=0, editable=False, verbose_name="pages")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("practice", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="attachments", to="practices.practice", verbose_name="practice")),
            ],
            options={"verbose_name": "attachment", "verbose_name_plural": "attachments", "ordering": ["position", "pk"]},
        ),
        *count_changes_of("practices_attachment"),
    ]
