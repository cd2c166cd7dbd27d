"""What the migrations 0001 to 0005 make of an empty database: its tables, then what keeps their rows as they are."""

import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

from hearing_portal.postgres.first_tables import CreateTables

FUNCTIONS = r"""
CREATE FUNCTION refuse_change_of_job()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'a job refuses %: what was asked for, and how it ended, stays', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION refuse_change_of_stored_file()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'a stored file is never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER job_is_never_deleted BEFORE DELETE ON jobs_job FOR EACH ROW EXECUTE FUNCTION refuse_change_of_job();
CREATE TRIGGER job_is_never_truncated BEFORE TRUNCATE ON jobs_job FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_job();
CREATE TRIGGER job_stays_what_was_asked BEFORE UPDATE ON jobs_job FOR EACH ROW WHEN (((old.ended_at IS NOT NULL) OR ((((((old.id IS DISTINCT FROM new.id) OR (old.uuid IS DISTINCT FROM new.uuid)) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text)) OR (old.params IS DISTINCT FROM new.params)) OR (old.asked_by_id IS DISTINCT FROM new.asked_by_id)) OR (old.asked_at IS DISTINCT FROM new.asked_at)))) EXECUTE FUNCTION refuse_change_of_job();
CREATE TRIGGER stored_file_is_immutable BEFORE DELETE OR UPDATE ON jobs_storedfile FOR EACH ROW EXECUTE FUNCTION refuse_change_of_stored_file();
CREATE TRIGGER stored_file_is_never_truncated BEFORE TRUNCATE ON jobs_storedfile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_stored_file();
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("jobs", "0001_initial"),
        ("jobs", "0002_triggers"),
        ("jobs", "0003_official_words"),
        ("jobs", "0004_kept_from_truncate"),
        ("jobs", "0005_ended_jobs"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "sha",
                            models.CharField(
                                max_length=64, primary_key=True, serialize=False
                            ),
                        ),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField()),
                        ("name", models.CharField(max_length=255)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("sha__regex", "^[0-9a-f]{64}$")),
                                name="a_file_is_named_by_its_sha256",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Job",
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
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
                        ),
                        ("kind", models.CharField(max_length=60)),
                        ("params", models.JSONField(blank=True, default=dict)),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("queued", "รอดำเนินการ"),
                                    ("running", "กำลังดำเนินการ"),
                                    ("done", "เสร็จแล้ว"),
                                    ("failed", "ไม่สำเร็จ"),
                                    ("cancelled", "ยกเลิกแล้ว"),
                                ],
                                default="queued",
                                max_length=10,
                            ),
                        ),
                        ("attempt", models.PositiveSmallIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("progress", models.PositiveIntegerField(default=0)),
                        ("total", models.PositiveIntegerField(blank=True, null=True)),
                        ("cancel_asked", models.BooleanField(default=False)),
                        ("error", models.TextField(blank=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jobs",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="jobs",
                                to="jobs.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("attempt__lte", 3)),
                                name="a_job_is_tried_three_times_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("total__isnull", True),
                                    ("progress__lte", models.F("total")),
                                    _connector="OR",
                                ),
                                name="a_job_gets_no_further_than_its_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("lease_until__isnull", False),
                                        ("state", "running"),
                                    ),
                                    models.Q(
                                        models.Q(("state", "running"), _negated=True),
                                        ("lease_until__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_lease_is_held_while_running",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("state__in", ["queued", "running"]),
                                    ),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("state__in", ["done", "failed", "cancelled"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_job_that_ended_says_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "failed"), _negated=True),
                                    models.Q(("error", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="a_failed_job_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("result__isnull", True),
                                    ("state", "done"),
                                    _connector="OR",
                                ),
                                name="only_a_done_job_has_a_result",
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, migrations.RunSQL.noop),
    ]
