import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


KEPT = """
CREATE TRIGGER event_keeps_what_it_tells BEFORE UPDATE ON comments_event FOR EACH ROW
    WHEN ((OLD.id, OLD.session_id, OLD.kind, OLD.about, OLD.at)
          IS DISTINCT FROM (NEW.id, NEW.session_id, NEW.kind, NEW.about, NEW.at))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_numbered_once BEFORE UPDATE ON comments_event FOR EACH ROW
    WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON comments_event
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_never_truncated BEFORE TRUNCATE ON comments_event
    EXECUTE FUNCTION refuse_change();
"""
LOOSE = """
DROP TRIGGER event_is_never_truncated ON comments_event;
DROP TRIGGER event_is_never_deleted ON comments_event;
DROP TRIGGER event_is_numbered_once ON comments_event;
DROP TRIGGER event_keeps_what_it_tells ON comments_event;
"""


class Migration(migrations.Migration):
    """What happens in a session, for who follows it. Rows are only added, and numbered once."""

    dependencies = [
        ("comments", "0025_paper_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Event",
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
                ("number", models.IntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("state", "State"),
                            ("clause", "Clause"),
                            ("comment", "Comment"),
                            ("decision", "Decision"),
                            ("timer", "Timer"),
                            ("motion", "Motion"),
                            ("speaker", "Speaker"),
                            ("hand", "Hand"),
                            ("attendance", "Attendance"),
                        ],
                        max_length=10,
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=36)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now()
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="comments.hearingsession",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("number", None)),
                        fields=["id"],
                        name="event_to_be_numbered",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "number"),
                        name="one_event_per_session_and_number",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="event_numbers_begin_at_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "state",
                                    "clause",
                                    "comment",
                                    "decision",
                                    "timer",
                                    "motion",
                                    "speaker",
                                    "hand",
                                    "attendance",
                                ],
                            )
                        ),
                        name="event_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about__regex", "^[0-9a-f-]*$")),
                        name="event_is_about_a_key",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, LOOSE),
    ]
