from django.contrib.auth.management import create_permissions
from django.db import migrations

CONTENT = ["cities", "practices", "events", "taggit"]
WITHOUT_SUPERUSER = ["add_user", "change_user", "view_user"]


def make_webmasters(apps, schema_editor):
    """A group that may do everything with the content, read messages and manage people, but is not above superusers."""
    for app_config in apps.get_app_configs():
        app_config.models_module = True
        create_permissions(app_config, apps=apps, verbosity=0)
        app_config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects
    group, _created = apps.get_model("auth", "Group").objects.get_or_create(name="Webmasters")
    group.permissions.add(
        *permissions.filter(content_type__app_label__in=CONTENT),
        *permissions.filter(codename__in=WITHOUT_SUPERUSER, content_type__app_label="accounts"),
        *permissions.filter(codename__in=["change_message", "view_message", "delete_message"]),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("cities", "0001_initial"),
        ("practices", "0001_initial"),
        ("events", "0001_initial"),
        ("contact", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
    ]
    operations = [migrations.RunPython(make_webmasters, migrations.RunPython.noop)]
