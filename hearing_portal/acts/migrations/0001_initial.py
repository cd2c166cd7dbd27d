"""The log of acts; its trigger is in 0002."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                            ("comment", "ความเห็นและข้อเสนอ"),
                            ("moderation", "การดูแลความเห็น"),
                            ("decision", "ผลการพิจารณา"),
                            ("publication", "การเผยแพร่ผล"),
                            ("text", "ถ้อยคำในคู่มือ"),
                            ("edition", "ฉบับ"),
                            ("session", "ประชาพิจารณ์และเวที"),
                            ("people", "บุคคลและ สพท."),
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
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.workgroup",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["by", "-id"], name="act_by_person"),
                    models.Index(fields=["category", "-id"], name="act_by_category"),
                    models.Index(fields=["work_group", "-id"], name="act_by_group"),
                    models.Index(
                        fields=["subject", "subject_key", "-id"], name="act_by_subject"
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
                                ],
                            )
                        ),
                        name="act_category_is_known",
                    )
                ],
            },
        ),
    ]
