import uuid

import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A person may have typed into one clause on two devices: each keeps a copy of its own."""

    dependencies = [
        ("manuals", "0014_drop_reasons"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="draftbuffer",
            name="sheet",
            field=models.UUIDField(default=uuid.UUID(int=0)),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="draftbuffer",
            name="saved_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.RemoveConstraint(
            model_name="draftbuffer", name="one_draft_buffer_per_person_and_subject"
        ),
        migrations.AddConstraint(
            model_name="draftbuffer",
            constraint=models.UniqueConstraint(
                fields=("user", "subject", "sheet"),
                name="one_draft_buffer_per_person_subject_and_sheet",
            ),
        ),
    ]
