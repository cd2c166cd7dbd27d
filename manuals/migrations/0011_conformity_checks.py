import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER conformity_check_is_append_only BEFORE UPDATE OR DELETE ON manuals_conformitycheck
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""
UNDO = "DROP TRIGGER conformity_check_is_append_only ON manuals_conformitycheck;"


class Migration(migrations.Migration):
    """Whether a process agrees with the law, as somebody found: rows are added, never changed."""

    dependencies = [
        ("manuals", "0010_preview_links"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConformityCheck",
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
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("conforming", "สอดคล้อง"),
                            ("conflicting", "ขัด"),
                            ("outdated", "ล้าสมัย"),
                            ("no_basis", "ไม่มีฐานกฎหมาย"),
                        ],
                        max_length=11,
                    ),
                ),
                ("note", models.TextField(blank=True)),
                ("at_version", models.PositiveIntegerField()),
                ("standing", models.JSONField(default=dict)),
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
                        related_name="conformity_checks",
                        to="manuals.section",
                    ),
                ),
            ],
            options={
                "ordering": ["section", "id"],
                "indexes": [
                    models.Index(
                        fields=["section", "-id"], name="latest_check_of_a_section"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "conforming"),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_does_not_conform_is_explained",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["conforming", "conflicting", "outdated", "no_basis"],
                            )
                        ),
                        name="conformity_status_is_known",
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, UNDO),
    ]
