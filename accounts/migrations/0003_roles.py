from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEWED = ["view_city", "view_theme", "view_sector", "view_tag", "view_practice"]
ENTERED = ["add_practice", "change_practice"]


def make_roles(apps, schema_editor):
    """Groups for those who write and those who judge; which practices, the rows of cities and themes say."""
    for app_config in apps.get_app_configs():
        app_config.models_module = True
        create_permissions(app_config, apps=apps, verbosity=0)
        app_config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects
    groups = apps.get_model("auth", "Group").objects
    content = {"content_type__app_label__in": ["cities", "practices", "taggit"]}
    coordinators, _created = groups.get_or_create(name="Coordinators")
    coordinators.permissions.add(*permissions.filter(codename__in=VIEWED + ENTERED, **content))
    reviewers, _created = groups.get_or_create(name="Reviewers")
    reviewers.permissions.add(*permissions.filter(codename__in=[*VIEWED, "change_practice"], **content))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_webmasters"), ("practices", "0004_editorial_flow")]
    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
