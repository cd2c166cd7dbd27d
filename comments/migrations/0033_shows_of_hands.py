import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


FORWARD = """
CREATE TRIGGER poll_keeps_what_was_asked BEFORE UPDATE ON comments_poll
    FOR EACH ROW WHEN ((OLD.id, OLD.uuid, OLD.session_id, OLD.entry_id, OLD.question, OLD.hides_counts,
        OLD.quorum, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM (NEW.id, NEW.uuid, NEW.session_id, NEW.entry_id, NEW.question, NEW.hides_counts,
        NEW.quorum, NEW.asked_by_id, NEW.asked_at))
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER poll_ends_once BEFORE UPDATE ON comments_poll
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vote_stays_in_its_poll BEFORE UPDATE ON comments_vote
    FOR EACH ROW WHEN ((OLD.id, OLD.poll_id, OLD.office_id, OLD.office_kind)
        IS DISTINCT FROM (NEW.id, NEW.poll_id, NEW.office_id, NEW.office_kind))
    EXECUTE FUNCTION refuse_change();
CREATE FUNCTION refuse_vote_after_the_end() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    -- Waits for an ending under way; votes do not wait for each other
    PERFORM FROM comments_poll WHERE id = NEW.poll_id AND ended_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION '% refuses %: poll % has ended', TG_TABLE_NAME, TG_OP, NEW.poll_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vote_counts_while_asked BEFORE INSERT OR UPDATE ON comments_vote
    FOR EACH ROW EXECUTE FUNCTION refuse_vote_after_the_end();
CREATE TRIGGER poll_is_never_deleted BEFORE DELETE ON comments_poll
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER poll_is_never_truncated BEFORE TRUNCATE ON comments_poll
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vote_is_never_deleted BEFORE DELETE ON comments_vote
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vote_is_never_truncated BEFORE TRUNCATE ON comments_vote
    EXECUTE FUNCTION refuse_change();
"""

BACKWARD = """
DROP TRIGGER vote_is_never_truncated ON comments_vote;
DROP TRIGGER vote_is_never_deleted ON comments_vote;
DROP TRIGGER poll_is_never_truncated ON comments_poll;
DROP TRIGGER poll_is_never_deleted ON comments_poll;
DROP TRIGGER vote_counts_while_asked ON comments_vote;
DROP FUNCTION refuse_vote_after_the_end();
DROP TRIGGER vote_stays_in_its_poll ON comments_vote;
DROP TRIGGER poll_ends_once ON comments_poll;
DROP TRIGGER poll_keeps_what_was_asked ON comments_poll;
"""


class Migration(migrations.Migration):
    """Shows of hands by offices: a result never changes, and no vote comes after it."""

    dependencies = [
        ("comments", "0032_speakers_queue"),
        ("directory", "0006_roles_leave_a_trace"),
        ("manuals", "0023_what_undoing_undoes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Poll",
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
                    "uuid",
                    models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
                ),
                ("question", models.CharField(max_length=300)),
                ("hides_counts", models.BooleanField(default=False)),
                (
                    "quorum",
                    models.CharField(
                        choices=[
                            ("none", "ไม่กำหนด"),
                            ("registered", "กึ่งหนึ่งของเขตที่ลงทะเบียนไว้"),
                            ("present", "กึ่งหนึ่งของเขตที่มาประชุม"),
                        ],
                        default="none",
                        max_length=10,
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("result", models.JSONField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
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
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="polls",
                        to="comments.hearingsession",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Vote",
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
                        choices=[("primary", "สพป."), ("secondary", "สพม.")],
                        max_length=10,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[
                            ("yes", "เห็นชอบ"),
                            ("no", "ไม่เห็นชอบ"),
                            ("abstain", "ไม่แสดงความคิดเห็น"),
                        ],
                        max_length=7,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("recorded", "ผู้ดำเนินเวทีบันทึกแทน"),
                            ("delegate", "ผู้แทน"),
                            ("head", "ผอ.สพท."),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.areaoffice",
                    ),
                ),
                (
                    "poll",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="comments.poll",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("session",),
                name="one_question_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("question", ""), _negated=True),
                name="poll_asks_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("quorum__in", ["none", "registered", "present"])),
                name="quorum_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at__isnull", True),
                        ("ended_by__isnull", True),
                        ("result__isnull", True),
                    ),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_by__isnull", False),
                        ("result__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="ended_poll_has_its_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.UniqueConstraint(
                fields=("poll", "office"), name="one_vote_per_office_and_poll"
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("office_kind__in", ["primary", "secondary"])),
                name="vote_keeps_the_kind_of_its_office",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["yes", "no", "abstain"])),
                name="answer_to_poll_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("standing__in", ["recorded", "delegate", "head"])),
                name="standing_of_vote_is_known",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
