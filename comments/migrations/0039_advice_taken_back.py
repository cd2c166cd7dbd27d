import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER advicerecall_is_append_only BEFORE UPDATE OR DELETE ON comments_advicerecall
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER advicerecall_is_never_truncated BEFORE TRUNCATE ON comments_advicerecall
    EXECUTE FUNCTION refuse_change();
"""
BACKWARD = """
DROP TRIGGER advicerecall_is_never_truncated ON comments_advicerecall;
DROP TRIGGER advicerecall_is_append_only ON comments_advicerecall;
"""


class Migration(migrations.Migration):
    """That who asked for advice took the request back."""

    dependencies = [
        ("comments", "0038_devices_send_once"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdviceRecall",
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
                    "request",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recall",
                        to="comments.advicerequest",
                    ),
                ),
            ],
            options={"ordering": ["id"]},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
