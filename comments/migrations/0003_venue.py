"""`place` had four meanings: where a hearing and a session take place is their venue."""

from django.db import migrations

MODELS = ["hearing", "historicalhearing", "hearingsession", "historicalhearingsession"]


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_triggers")]

    operations = [
        *(migrations.RenameField(model, "place", "venue") for model in MODELS),
        migrations.RenameIndex(
            "comment", new_name="comment_offices", old_name="comment_voices"
        ),
    ]
