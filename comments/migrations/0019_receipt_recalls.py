import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRIGGERS = """
CREATE TRIGGER receiptrecall_is_append_only BEFORE UPDATE OR DELETE ON comments_receiptrecall
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receiptrecall_is_never_truncated BEFORE TRUNCATE ON comments_receiptrecall
    EXECUTE FUNCTION refuse_change();
"""
NO_TRIGGERS = """
DROP TRIGGER receiptrecall_is_append_only ON comments_receiptrecall;
DROP TRIGGER receiptrecall_is_never_truncated ON comments_receiptrecall;
"""


class Migration(migrations.Migration):
    """Links of receipts that were called back: rows that are only added."""

    dependencies = [
        ("comments", "0018_supports_by_entry"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptRecall",
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
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipt_recalls",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.RunSQL(TRIGGERS, NO_TRIGGERS),
    ]
