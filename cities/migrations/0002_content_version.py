from django.db import migrations

from search.triggers import count_changes_of


class Migration(migrations.Migration):
    dependencies = [("cities", "0001_initial"), ("search", "0003_content_version")]
    operations = count_changes_of(
        "cities_city",
        "cities_city_translation",
        "cities_citysource",
        "cities_partner",
    )
