from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0029_digests")]

    operations = [
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["session", "-id"], name="event_latest"),
        ),
    ]
