import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER drop_reason_never_changes BEFORE UPDATE OR DELETE ON manuals_dropreason
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    """Why a process was dropped, told afterwards: rows that are only added."""

    dependencies = [
        ("manuals", "0013_archival_record"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DropReason",
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
                ("reason", models.TextField()),
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
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drop_reasons",
                        to="manuals.section",
                    ),
                ),
            ],
            options={
                "ordering": ["section", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="drop_reason_says_something",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            TRIGGER, "DROP TRIGGER drop_reason_never_changes ON manuals_dropreason;"
        ),
    ]
