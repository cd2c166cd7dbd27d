import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


FORWARD = """
CREATE TRIGGER speakerrequest_keeps_what_was_asked BEFORE UPDATE ON comments_speakerrequest
    FOR EACH ROW WHEN ((OLD.id, OLD.session_id, OLD.person_id, OLD.office_id, OLD.office_kind, OLD.subject,
        OLD.entry_id, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM (NEW.id, NEW.session_id, NEW.person_id, NEW.office_id, NEW.office_kind, NEW.subject,
        NEW.entry_id, NEW.asked_by_id, NEW.asked_at))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER floor_is_given_once BEFORE UPDATE ON comments_speakerrequest
    FOR EACH ROW WHEN (OLD.called_at IS NOT NULL AND (OLD.called_at, OLD.called_by_id, OLD.minutes)
        IS DISTINCT FROM (NEW.called_at, NEW.called_by_id, NEW.minutes))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakerrequest_ends_once BEFORE UPDATE ON comments_speakerrequest
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakerrequest_is_never_deleted BEFORE DELETE ON comments_speakerrequest
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakerrequest_is_never_truncated BEFORE TRUNCATE ON comments_speakerrequest
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakermove_is_append_only BEFORE UPDATE OR DELETE ON comments_speakermove
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakermove_is_never_truncated BEFORE TRUNCATE ON comments_speakermove
    EXECUTE FUNCTION refuse_change();
"""

BACKWARD = """
DROP TRIGGER speakermove_is_never_truncated ON comments_speakermove;
DROP TRIGGER speakermove_is_append_only ON comments_speakermove;
DROP TRIGGER speakerrequest_is_never_truncated ON comments_speakerrequest;
DROP TRIGGER speakerrequest_is_never_deleted ON comments_speakerrequest;
DROP TRIGGER speakerrequest_ends_once ON comments_speakerrequest;
DROP TRIGGER floor_is_given_once ON comments_speakerrequest;
DROP TRIGGER speakerrequest_keeps_what_was_asked ON comments_speakerrequest;
"""


class Migration(migrations.Migration):
    """Who asks for the floor: what was asked stays, and what ended stays ended."""

    dependencies = [
        ("comments", "0031_wall_recalls"),
        ("directory", "0006_roles_leave_a_trace"),
        ("manuals", "0023_what_undoing_undoes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SpeakerRequest",
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
                    "office_kind",
                    models.CharField(
                        blank=True,
                        choices=[("primary", "สพป."), ("secondary", "สพม.")],
                        max_length=10,
                        null=True,
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        choices=[
                            ("clause", "เรื่องข้อที่พิจารณา"),
                            ("procedure", "เรื่องการดำเนินการประชุม"),
                        ],
                        max_length=9,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("called_at", models.DateTimeField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("spoken", "พูดแล้ว"),
                            ("withdrawn", "ถอนคำขอ"),
                            ("passed", "ไม่อยู่ในห้อง"),
                        ],
                        max_length=9,
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "called_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.editionentry",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.areaoffice",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speaker_requests",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="speaker_requests",
                        to="comments.hearingsession",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SpeakerMove",
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
                ("reason", models.CharField(max_length=500)),
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
                    "before",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="comments.speakerrequest",
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="moves",
                        to="comments.speakerrequest",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="speakerrequest",
            index=models.Index(
                fields=["session", "id"], name="speaker_request_by_session"
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("session", "person"),
                name="one_open_request_per_person_and_session",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("ended_at__isnull", True), ("person__isnull", True)
                ),
                fields=("session", "office"),
                name="one_open_request_written_down_per_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("called_at__isnull", False), ("ended_at__isnull", True)
                ),
                fields=("session",),
                name="one_speaker_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False),
                    ("office__isnull", False),
                    _connector="OR",
                ),
                name="speaker_request_is_of_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("office__isnull", True), ("office_kind__isnull", True)),
                    models.Q(
                        ("office__isnull", False),
                        ("office_kind__in", ["primary", "secondary"]),
                        ("office_kind__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="speaker_request_keeps_the_kind_of_its_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject__in", ["clause", "procedure"])),
                name="subject_of_speaker_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("called_at__isnull", True), ("called_by__isnull", True)),
                    models.Q(
                        ("called_at__isnull", False),
                        ("called_by__isnull", False),
                        ("minutes__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="floor_is_given_by_somebody_for_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True),
                        ("ended_by__isnull", True),
                        ("ending", ""),
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("ending__in", ["spoken", "withdrawn", "passed"]),
                    ),
                    _connector="OR",
                ),
                name="speaker_request_ends_in_a_known_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ending", "spoken"), _negated=True),
                    ("called_at__isnull", False),
                    _connector="OR",
                ),
                name="who_spoke_had_the_floor",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakermove",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="moved_speaker_has_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="speakermove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("before__isnull", True),
                    models.Q(("before", models.F("request")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_is_moved_before_oneself",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
