from django.conf import settings
from django.db import migrations, models

# From the log of acts: what portals of before did not write on the comment itself
EDITED_BEFORE = """
UPDATE comments_comment comment SET edited_at = edit.at
FROM (SELECT subject_key, max(at) AS at FROM acts_act WHERE code = 'comment-reworded' GROUP BY subject_key) edit
WHERE edit.subject_key = comment.uuid::text;
"""


class Migration(migrations.Migration):
    """When a comment's author changed it, and that supports given to other words lapse."""

    dependencies = [
        ("acts", "0006_kept_from_truncate"),
        ("comments", "0012_kept_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "comment", "edited_at", models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            "historicalcomment",
            "edited_at",
            models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField("support", "lapsed", models.BooleanField(default=False)),
        migrations.AddConstraint(
            "support",
            models.CheckConstraint(
                condition=models.Q(
                    ("lapsed", False), ("taken_back_at__isnull", False), _connector="OR"
                ),
                name="lapsed_support_is_taken_back",
            ),
        ),
        migrations.RunSQL(EDITED_BEFORE, migrations.RunSQL.noop),
    ]
