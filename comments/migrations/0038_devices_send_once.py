from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER support_keeps_its_key BEFORE UPDATE ON comments_support
    FOR EACH ROW WHEN (OLD.client_key IS DISTINCT FROM NEW.client_key)
    EXECUTE FUNCTION refuse_change();
"""
BACKWARD = "DROP TRIGGER support_keeps_its_key ON comments_support;"


class Migration(migrations.Migration):
    """What a device sends again, because the answer got lost, is known: the supports and the edits of before."""

    dependencies = [
        ("comments", "0037_expert_advice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "comment",
            "edit_sha",
            models.CharField(
                blank=True, default="", db_default="", editable=False, max_length=64
            ),
        ),
        migrations.AddField(
            "historicalcomment",
            "edit_sha",
            models.CharField(
                blank=True, default="", db_default="", editable=False, max_length=64
            ),
        ),
        migrations.AddField(
            "support",
            "client_key",
            models.UUIDField(blank=True, editable=False, null=True),
        ),
        migrations.AddConstraint(
            "support",
            models.UniqueConstraint(
                fields=("by", "client_key"), name="one_support_per_client_key"
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
