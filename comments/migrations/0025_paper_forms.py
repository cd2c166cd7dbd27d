import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER paperform_is_append_only BEFORE UPDATE OR DELETE ON comments_paperform
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER paperform_is_never_truncated BEFORE TRUNCATE ON comments_paperform
    EXECUTE FUNCTION refuse_change();
"""
LOOSE = """
DROP TRIGGER paperform_is_never_truncated ON comments_paperform;
DROP TRIGGER paperform_is_append_only ON comments_paperform;
"""


class Migration(migrations.Migration):
    """Forms that an office gives for its papers: rows are only added."""

    dependencies = [
        ("comments", "0024_bench_drafts_and_groups"),
        ("jobs", "0005_ended_jobs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperForm",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "รายงานผลการประชาพิจารณ์"),
                            ("group-summary", "สรุปประเด็นรายกลุ่ม"),
                            ("letter", "หนังสือแจ้งผลถึง สพท."),
                            ("minutes", "รายงานการประชุม"),
                            ("register", "บัญชีลงทะเบียน"),
                            ("announcement", "ประกาศใช้คู่มือ"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=255)),
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
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jobs.storedfile",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["kind", "-id"], name="paper_form_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "report",
                                    "group-summary",
                                    "letter",
                                    "minutes",
                                    "register",
                                    "announcement",
                                ],
                            )
                        ),
                        name="paper_form_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("file__isnull", False), ("name", ""), _connector="OR"
                        ),
                        name="paper_form_name_belongs_to_a_file",
                    ),
                ],
            },
        ),
        migrations.RunSQL(KEPT, LOOSE),
    ]
