from django.contrib.auth.management import create_permissions
from django.db import migrations

SEEN_AND_KEPT = ["view_asked", "view_synonym", "add_synonym", "change_synonym", "delete_synonym"]


def let_webmasters_look_after_the_search(apps, schema_editor):
    """Webmasters see what readers searched for, and keep the words that mean the same."""
    config = apps.get_app_config("search")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects
    group = apps.get_model("auth", "Group").objects.get(name="Webmasters")
    group.permissions.add(*permissions.filter(content_type__app_label="search", codename__in=SEEN_AND_KEPT))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_background_work"), ("search", "0007_asked")]
    operations = [migrations.RunPython(let_webmasters_look_after_the_search, migrations.RunPython.noop)]
