"""Pictures are drawn anew when they are uploaded; those that are there already are drawn now."""

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import migrations, models

from practices.images import drawn, smaller


def draw(apps, schema_editor):
    for image in apps.get_model("practices", "Image").objects.exclude(file=""):
        storage = image.file.storage
        try:
            with storage.open(image.file.name) as file:
                picture = drawn(file)
        except (FileNotFoundError, ValidationError):
            continue  # readers get a 404 in its place, as before
        image.file.save(picture.name, picture, save=False)
        image.width, image.height = picture.width, picture.height
        image.save()
        for width, content in picture.smaller.items():
            storage.save(smaller(image.file.name, width), ContentFile(content))


class Migration(migrations.Migration):
    dependencies = [("practices", "0004_editorial_flow")]
    operations = [
        migrations.AlterField(
            "image",
            "file",
            models.FileField(
                help_text="JPEG, PNG, WebP, GIF or AVIF, at most 10 MB and 50 megapixels.",
                upload_to="practices/%Y/%m/",
                verbose_name="file",
            ),
        ),
        migrations.AlterField(
            "image",
            "credit",
            models.CharField(
                blank=True,
                help_text="Who made the picture and holds the rights. Needed before you submit the practice.",
                max_length=200,
                verbose_name="credit",
            ),
        ),
        migrations.AlterField(
            "image",
            "licence",
            models.CharField(
                blank=True,
                help_text="Under which terms we may show it: CC BY 4.0, or “with permission”.",
                max_length=100,
                verbose_name="licence",
            ),
        ),
        migrations.AlterField(
            "imagetranslation",
            "alternative_text",
            models.CharField(
                blank=True,
                help_text="What the picture shows, for someone who cannot see it: “Ten people around a laser cutter.” Needed before you submit the practice.",
                max_length=300,
                verbose_name="alternative text",
            ),
        ),
        migrations.RunPython(draw, migrations.RunPython.noop, elidable=True),
    ]
