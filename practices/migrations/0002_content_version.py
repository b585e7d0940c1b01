from django.db import migrations

from search.triggers import count_changes_of


class Migration(migrations.Migration):
    dependencies = [("practices", "0001_initial"), ("search", "0003_content_version"), ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx")]
    operations = count_changes_of(
        "practices_theme",
        "practices_theme_translation",
        "practices_themesource",
        "practices_sector",
        "practices_sector_translation",
        "practices_practice",
        "practices_practice_translation",
        "practices_practice_further_cities",
        "practices_practice_further_themes",
        "practices_practice_creative_sectors",
        "practices_practice_growth_sectors",
        "practices_practicesource",
        "practices_participant",
        "practices_image",
        "practices_image_translation",
        "practices_feature",
        "practices_feature_translation",
        "taggit_tag",
        "taggit_taggeditem",
    )
