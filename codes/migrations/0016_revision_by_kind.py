"""Changes are counted by kind, so that a process reads again only what changed."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("codes", "0015_why_a_message_differs_from_its_code")]

    operations = [
        migrations.AddField("revision", "kind", models.CharField(max_length=30, unique=True, default="")),
    ]
