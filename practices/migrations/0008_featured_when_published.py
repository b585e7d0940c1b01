import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practices", "0007_reads")]
    operations = [
        migrations.AlterField(
            model_name="feature",
            name="practice",
            field=models.ForeignKey(limit_choices_to={"state": "published"}, on_delete=django.db.models.deletion.CASCADE, related_name="features", to="practices.practice", verbose_name="practice"),
        ),
    ]
