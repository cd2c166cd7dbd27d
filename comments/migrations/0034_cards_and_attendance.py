import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


FORWARD = """
CREATE TRIGGER invitationcard_is_append_only BEFORE UPDATE OR DELETE ON comments_invitationcard
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invitationcard_is_never_truncated BEFORE TRUNCATE ON comments_invitationcard
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cardrecall_is_append_only BEFORE UPDATE OR DELETE ON comments_cardrecall
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cardrecall_is_never_truncated BEFORE TRUNCATE ON comments_cardrecall
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER carduse_is_append_only BEFORE UPDATE OR DELETE ON comments_carduse
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER carduse_is_never_truncated BEFORE TRUNCATE ON comments_carduse
    EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendance_is_append_only BEFORE UPDATE OR DELETE ON comments_attendance
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendance_is_never_truncated BEFORE TRUNCATE ON comments_attendance
    EXECUTE FUNCTION refuse_change();
"""

BACKWARD = """
DROP TRIGGER attendance_is_never_truncated ON comments_attendance;
DROP TRIGGER attendance_is_append_only ON comments_attendance;
DROP TRIGGER carduse_is_never_truncated ON comments_carduse;
DROP TRIGGER carduse_is_append_only ON comments_carduse;
DROP TRIGGER cardrecall_is_never_truncated ON comments_cardrecall;
DROP TRIGGER cardrecall_is_append_only ON comments_cardrecall;
DROP TRIGGER invitationcard_is_never_truncated ON comments_invitationcard;
DROP TRIGGER invitationcard_is_append_only ON comments_invitationcard;
"""


class Migration(migrations.Migration):
    """Cards that bring people in, and who is present: rows are only added."""

    dependencies = [
        ("comments", "0033_shows_of_hands"),
        ("directory", "0006_roles_leave_a_trace"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InvitationCard",
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
                ("secret_sha", models.CharField(max_length=64, unique=True)),
                ("most_uses", models.PositiveSmallIntegerField(blank=True, null=True)),
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
                    "hearing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cards",
                        to="comments.hearing",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation_cards",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CardUse",
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
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="comments.invitationcard",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="CardRecall",
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
                    "card",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recall",
                        to="comments.invitationcard",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attendance",
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
                    "state",
                    models.CharField(
                        choices=[("arrived", "มาแล้ว"), ("left", "ออกจากห้องแล้ว")],
                        max_length=7,
                    ),
                ),
                (
                    "method",
                    models.CharField(
                        choices=[("card", "ด้วยบัตร"), ("hand", "เจ้าหน้าที่บันทึก")],
                        max_length=4,
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attendances",
                        to="comments.hearingsession",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        fields=["session", "person", "-id"], name="attendance_latest"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["arrived", "left"])),
                        name="attendance_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("method__in", ["card", "hand"])),
                        name="attendance_method_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("office__isnull", True), ("office_kind__isnull", True)
                            ),
                            models.Q(
                                ("office__isnull", False),
                                ("office_kind__in", ["primary", "secondary"]),
                                ("office_kind__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="attendance_keeps_the_kind_of_its_office",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="invitationcard",
            index=models.Index(
                fields=["hearing", "person"], name="card_by_hearing_and_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitationcard",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("most_uses__isnull", True), ("most_uses__gte", 1), _connector="OR"
                ),
                name="card_signs_in_at_least_once",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
