import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A buffer holds a whole form, of a clause, of one to come or of a table. No page wrote one before."""

    dependencies = [
        ("manuals", "0005_as_shipped"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name="DraftBuffer"),
        migrations.CreateModel(
            name="DraftBuffer",
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
                ("subject", models.UUIDField()),
                ("base_lock_version", models.PositiveIntegerField(default=0)),
                ("values", models.JSONField()),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.section",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["section", "saved_at"], name="draft_buffer_by_section"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "subject"),
                        name="one_draft_buffer_per_person_and_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("base_lock_version", 0), ("clause__isnull", True)
                            ),
                            models.Q(
                                ("clause__isnull", False),
                                models.Q(("base_lock_version", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="draft_buffer_of_a_clause_knows_its_version",
                    ),
                ],
            },
        ),
    ]
