from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0013_edits_and_supports"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="comment",
            name="comment_offices",
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["entry"],
                include=(
                    "id",
                    "session",
                    "type",
                    "office",
                    "office_kind",
                    "parent",
                    "issue_class",
                    "triaged_at",
                ),
                name="comment_counts",
            ),
        ),
    ]
