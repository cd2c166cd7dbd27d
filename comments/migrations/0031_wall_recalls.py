import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER wallrecall_is_append_only BEFORE UPDATE OR DELETE ON comments_wallrecall
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER wallrecall_is_never_truncated BEFORE TRUNCATE ON comments_wallrecall
    EXECUTE FUNCTION refuse_change();
"""
LOOSE = """
DROP TRIGGER wallrecall_is_never_truncated ON comments_wallrecall;
DROP TRIGGER wallrecall_is_append_only ON comments_wallrecall;
"""


class Migration(migrations.Migration):
    """Links of a room's wall that were called back: rows are only added."""

    dependencies = [
        ("comments", "0030_latest_events"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WallRecall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wall_recalls",
                        to="comments.hearingsession",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.RunSQL(KEPT, LOOSE),
    ]
