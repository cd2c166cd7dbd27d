import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


HEARD_BEFORE = """
INSERT INTO manuals_draftingstatechange (section_id, state, reason, at_version, by_id, at)
SELECT section.id, 'ready', 'อยู่ในร่างรับฟังความคิดเห็นที่จัดทำก่อนมีสถานะการยกร่าง', section.version, NULL, now()
FROM manuals_section section
WHERE section.kind = 'process' AND section.retired_id IS NULL AND EXISTS (
    SELECT FROM manuals_editionentry entry JOIN manuals_edition edition ON edition.id = entry.edition_id
    WHERE entry.section_id = section.id AND entry.kind = 'clause' AND edition.sealed_at IS NOT NULL
        AND edition.kind IN ('hearing', 'revised', 'final')
)
ORDER BY section.id
"""
TRIGGER = """
CREATE TRIGGER drafting_state_never_changes BEFORE UPDATE OR DELETE ON manuals_draftingstatechange
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


class Migration(migrations.Migration):
    """How far each process is, as its drafters say; what stood in an edition that was heard is ready already."""

    dependencies = [
        ("manuals", "0006_draft_buffers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftingStateChange",
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
                    "state",
                    models.CharField(
                        choices=[
                            ("not_begun", "ยังไม่ยกร่าง"),
                            ("begun", "กำลังยกร่าง"),
                            ("in_review", "รอตรวจ"),
                            ("ready", "พร้อมประชาพิจารณ์"),
                        ],
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("at_version", models.PositiveIntegerField()),
                ("at", models.DateTimeField(auto_now_add=True)),
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
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="drafting_states",
                        to="manuals.section",
                    ),
                ),
            ],
            options={
                "ordering": ["section", "-id"],
                "indexes": [
                    models.Index(
                        fields=["section", "-id"], name="drafting_state_by_section"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["not_begun", "begun", "in_review", "ready"])
                        ),
                        name="drafting_state_is_known",
                    )
                ],
            },
        ),
        migrations.RunSQL(
            TRIGGER,
            "DROP TRIGGER drafting_state_never_changes ON manuals_draftingstatechange",
        ),
        migrations.RunSQL(HEARD_BEFORE, migrations.RunSQL.noop),
    ]
