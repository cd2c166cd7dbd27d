import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q

ROLES = [
    ("admin", "ผู้ดูแลระบบ"),
    ("facilitator", "ผู้ดำเนินเวที"),
    ("drafter", "คณะทำงานยกร่าง"),
    ("delegate", "ผู้แทน"),
    ("office_head", "ผอ.สพท."),
    ("expert", "ผู้ทรงคุณวุฒิ"),
    ("central_bureau", "ผู้แทนสำนักส่วนกลาง"),
]
# As whom somebody advised: who facilitated the group on that day did so as its facilitator, anybody else as what they
# were then
ROLE_ON_THE_DAY = """
ALTER TABLE comments_recommendation DISABLE TRIGGER USER;
UPDATE comments_recommendation AS advice
SET role = CASE WHEN EXISTS (
        SELECT 1 FROM directory_roleassignment AS held
        WHERE held.user_id = advice.by_id AND held.role = 'expert'
          AND held.valid_from <= advice.at::date
          AND (held.valid_until IS NULL OR held.valid_until >= advice.at::date)
    ) THEN 'expert' ELSE 'central_bureau' END
FROM comments_comment AS comment
JOIN manuals_editionentry AS entry ON entry.id = comment.entry_id
JOIN manuals_manual AS manual ON manual.id = entry.manual_id
WHERE comment.id = advice.comment_id
  AND EXISTS (
    SELECT 1 FROM directory_roleassignment AS held
    WHERE held.user_id = advice.by_id AND held.role IN ('expert', 'central_bureau')
  )
  AND NOT EXISTS (
    SELECT 1 FROM directory_roleassignment AS held
    WHERE held.user_id = advice.by_id AND held.role = 'facilitator'
      AND held.work_group_id = manual.work_group_id
      AND held.valid_from <= advice.at::date
      AND (held.valid_until IS NULL OR held.valid_until >= advice.at::date)
  );
ALTER TABLE comments_recommendation ENABLE TRIGGER USER;
"""
FORWARD = """
CREATE TRIGGER advicerequest_is_append_only BEFORE UPDATE OR DELETE ON comments_advicerequest
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER advicerequest_is_never_truncated BEFORE TRUNCATE ON comments_advicerequest
    EXECUTE FUNCTION refuse_change();
"""
BACKWARD = """
DROP TRIGGER advicerequest_is_never_truncated ON comments_advicerequest;
DROP TRIGGER advicerequest_is_append_only ON comments_advicerequest;
"""


class Migration(migrations.Migration):
    """As whom somebody advised, and that a desk asked for it."""

    dependencies = [
        ("comments", "0036_ends_of_saves"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="recommendation",
            name="role",
            field=models.CharField(choices=ROLES, default="facilitator", max_length=14),
            preserve_default=False,
        ),
        migrations.RunSQL(ROLE_ON_THE_DAY, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="recommendation",
            constraint=models.CheckConstraint(
                condition=Q(role__in=["facilitator", "expert", "central_bureau"]),
                name="recommendation_is_of_an_adviser",
            ),
        ),
        migrations.CreateModel(
            name="AdviceRequest",
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
                ("question", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "asked",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice_requests",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["asked", "-id"], name="advice_asked_latest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=~Q(asked=F("by")), name="advice_is_asked_of_another"
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
