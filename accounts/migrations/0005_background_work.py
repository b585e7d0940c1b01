from django.contrib.auth.management import create_permissions
from django.db import migrations

SEEN_AND_SETTLED = ["view_mail", "view_job", "change_job"]


def let_webmasters_look_after_background_work(apps, schema_editor):
    """Webmasters see which mails went to whom, and try background work again or give it up."""
    config = apps.get_app_config("mail")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects
    group = apps.get_model("auth", "Group").objects.get(name="Webmasters")
    group.permissions.add(*permissions.filter(content_type__app_label="mail", codename__in=SEEN_AND_SETTLED))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_people"), ("mail", "0001_initial")]
    operations = [migrations.RunPython(let_webmasters_look_after_background_work, migrations.RunPython.noop)]
