"""The three groups of people who keep the texts right; whoever runs the site puts people into them."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

ENTRIES = (
    "reference", "reason", "codeclass", "codesubject", "replycode", "stagemeaning", "enhancedcode", "provider",
    "collection", "synonym", "formerslug", "guide", "term", "localnote",
)
LOOKED_AT = (*ENTRIES, "signature", "shippedentry", "unrecognisedreply", "feedback", "house")
GROUPS = {
    # Texts. Of a known message an editor changes the words, not what it finds: codes.admin.signature.
    "editor": [*(f"{verb}_{name}" for name in ENTRIES for verb in ("add", "change")), "change_signature"],
    # Known messages, and the queue of replies that nobody explains.
    "curator": [
        *(f"{verb}_signature" for verb in ("add", "change", "delete")),
        *(f"{verb}_{name}" for name in ("provider", "reference") for verb in ("add", "change")),
        "change_unrecognisedreply",
    ],
    "reviewer": ["add_review"],
}


def make_groups(apps, schema_editor):
    """Make the groups, with permissions that are otherwise made only after all migrations."""
    config = apps.get_app_config("codes")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.filter(content_type__app_label="codes")
    for name, codenames in GROUPS.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.permissions.add(
            *permissions.filter(codename__in=[*codenames, *(f"view_{looked_at}" for looked_at in LOOKED_AT)])
        )


class Migration(migrations.Migration):

    dependencies = [
        ("codes", "0013_feedback"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
