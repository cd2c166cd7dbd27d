import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARD = """
CREATE TRIGGER motion_is_append_only BEFORE UPDATE OR DELETE ON comments_motion
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER motion_is_never_truncated BEFORE TRUNCATE ON comments_motion
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clausetimer_is_append_only BEFORE UPDATE OR DELETE ON comments_clausetimer
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clausetimer_is_never_truncated BEFORE TRUNCATE ON comments_clausetimer
    EXECUTE FUNCTION refuse_change();
"""
BACKWARD = """
DROP TRIGGER clausetimer_is_never_truncated ON comments_clausetimer;
DROP TRIGGER clausetimer_is_append_only ON comments_clausetimer;
DROP TRIGGER motion_is_never_truncated ON comments_motion;
DROP TRIGGER motion_is_append_only ON comments_motion;
"""


class Migration(migrations.Migration):
    """What meetings note, and the time they give a clause: rows are only added."""

    dependencies = [
        ("comments", "0034_cards_and_attendance"),
        ("manuals", "0024_published_stand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClauseTimer",
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
                ("minutes", models.PositiveSmallIntegerField()),
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
                    "discussion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="timers",
                        to="comments.discussion",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Motion",
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
                ("words", models.CharField(max_length=500)),
                ("proposed", models.CharField(blank=True, max_length=4000)),
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
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.editionentry",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="comments.motion",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="comments.hearingsession",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["session", "-id"], name="motion_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="motion_says_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="motion_replaces_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
