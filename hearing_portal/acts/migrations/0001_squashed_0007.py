"""What the migrations 0001 to 0007 make of an empty database: its tables, then what keeps their rows as they are."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from hearing_portal.postgres.first_tables import CreateTables

FUNCTIONS = r"""
CREATE FUNCTION refuse_change_of_act()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION 'the log of acts refuses %', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION set_moment_of_act()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
    IF NEW.by_id IS NULL AND NEW.category = 'session' THEN
        NEW.at := LEAST(NEW.at, statement_timestamp());
    ELSE
        NEW.at := statement_timestamp();
    END IF;
    RETURN NEW;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER act_has_the_moment_of_its_writing BEFORE INSERT ON acts_act FOR EACH ROW EXECUTE FUNCTION set_moment_of_act();
CREATE TRIGGER act_is_append_only BEFORE DELETE OR UPDATE ON acts_act FOR EACH ROW EXECUTE FUNCTION refuse_change_of_act();
CREATE TRIGGER act_is_never_truncated BEFORE TRUNCATE ON acts_act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_act();
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("acts", "0001_initial"),
        ("acts", "0002_triggers"),
        ("acts", "0003_official_words"),
        ("acts", "0004_category_of_law"),
        ("acts", "0005_acts_outlive_groups"),
        ("acts", "0006_kept_from_truncate"),
        ("acts", "0007_moment_of_acts"),
    ]

    dependencies = [
        ("directory", "0007_addresses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Act",
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("code", models.CharField(max_length=40)),
                        (
                            "category",
                            models.CharField(
                                choices=[
                                    ("comment", "ความคิดเห็นและข้อเสนอ"),
                                    ("moderation", "การดูแลความคิดเห็น"),
                                    ("decision", "ผลการพิจารณา"),
                                    ("publication", "การเผยแพร่ผล"),
                                    ("text", "ถ้อยคำในคู่มือ"),
                                    ("edition", "ฉบับ"),
                                    ("session", "ประชาพิจารณ์และเวที"),
                                    ("people", "บุคคล กลุ่มงาน และ สพท."),
                                    ("law", "ทะเบียนกฎหมาย"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("subject", models.CharField(max_length=12)),
                        ("subject_key", models.CharField(blank=True, max_length=100)),
                        ("label", models.CharField(blank=True, max_length=500)),
                        ("manual", models.CharField(blank=True, max_length=40)),
                        ("detail", models.CharField(blank=True, max_length=40)),
                        ("note", models.TextField(blank=True)),
                        ("reason", models.TextField(blank=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="directory.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                        "indexes": [
                            models.Index(fields=["by", "-id"], name="act_by_person"),
                            models.Index(
                                fields=["category", "-id"], name="act_by_category"
                            ),
                            models.Index(
                                fields=["work_group", "-id"], name="act_by_group"
                            ),
                            models.Index(
                                fields=["subject", "subject_key", "-id"],
                                name="act_by_subject",
                            ),
                            models.Index(fields=["at"], name="act_by_time"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "category__in",
                                        [
                                            "comment",
                                            "moderation",
                                            "decision",
                                            "publication",
                                            "text",
                                            "edition",
                                            "session",
                                            "people",
                                            "law",
                                        ],
                                    )
                                ),
                                name="act_category_is_known",
                            )
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, migrations.RunSQL.noop),
    ]
