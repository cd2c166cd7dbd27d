"""What a returned file says, by its hash: the same after a program saved the file again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0026_live_events")]

    operations = [
        migrations.AddField(
            model_name="returnedcopy",
            name="content_sha",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
