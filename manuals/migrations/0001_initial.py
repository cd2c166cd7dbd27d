"""The tables of the manuals; their triggers are in 0002."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import simple_history.models
import uuid
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),  # the index of searched phrases needs it
        migrations.CreateModel(
            name="LegalSource",
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
                ("key", models.CharField(max_length=80, unique=True)),
                ("full_title", models.CharField(max_length=400)),
                ("short_title", models.CharField(max_length=120)),
                ("year_be", models.PositiveSmallIntegerField()),
                ("kind", models.CharField(max_length=40)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_force", "ใช้บังคับ"),
                            ("amended", "ใช้บังคับ (มีฉบับแก้ไข)"),
                            ("repealed", "ยกเลิกแล้ว"),
                        ],
                        max_length=8,
                    ),
                ),
                ("in_force_from", models.DateField(blank=True, null=True)),
                ("until", models.DateField(blank=True, null=True)),
                ("url", models.URLField(blank=True)),
                ("note", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-year_be", "short_title"],
            },
        ),
        migrations.CreateModel(
            name="TextBlob",
            fields=[
                (
                    "sha",
                    models.CharField(max_length=64, primary_key=True, serialize=False),
                ),
                ("content", models.JSONField()),
                ("plain", models.TextField(blank=True)),
                ("text_sha", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="Clause",
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
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("rank", models.CharField(db_collation="C", max_length=200)),
                (
                    "numbering",
                    models.CharField(
                        choices=[
                            ("decimal", "1.1"),
                            ("paren", "1)"),
                            ("letter", "ก."),
                            ("bullet", "•"),
                            ("none", "ไม่มีเลข"),
                        ],
                        default="decimal",
                        max_length=8,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "ข้อความ"),
                            ("definition", "คำจำกัดความ"),
                            ("step", "ขั้นตอนในผัง"),
                            ("form", "แบบฟอร์ม"),
                            ("reference", "เอกสารอ้างอิง"),
                            ("table", "ตาราง"),
                            ("figure", "ภาพ"),
                            ("note", "หมายเหตุ"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "applies_to",
                    models.CharField(
                        choices=[
                            ("both", "สพป. และ สพม."),
                            ("primary", "สพป."),
                            ("secondary", "สพม."),
                        ],
                        default="both",
                        max_length=9,
                    ),
                ),
                ("body", models.TextField(blank=True)),
                ("data", models.JSONField(blank=True, default=dict)),
                ("plain", models.TextField(blank=True)),
                ("sha", models.CharField(max_length=64)),
                ("lock_version", models.PositiveIntegerField(default=1)),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="manuals.clause",
                    ),
                ),
            ],
            options={
                "ordering": ["section", "part", "rank"],
            },
        ),
        migrations.CreateModel(
            name="Edition",
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
                ("code", models.CharField(max_length=40, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("baseline", "ฉบับเดิม"),
                            ("hearing", "ร่างรับฟังความคิดเห็น"),
                            ("revised", "ฉบับปรับปรุง"),
                            ("final", "ฉบับสมบูรณ์"),
                            ("snapshot", "ภาพร่าง ณ วันหนึ่ง"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("sealed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "manifest_sha",
                    models.CharField(blank=True, max_length=64, null=True),
                ),
                ("policy_version", models.CharField(max_length=40)),
                (
                    "basis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derived",
                        to="manuals.edition",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-sealed_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="EditionRelease",
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
                    "audience",
                    models.CharField(
                        choices=[
                            ("hearing", "ผู้เข้าร่วมประชาพิจารณ์"),
                            ("public", "ประชาชน"),
                        ],
                        max_length=7,
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
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="releases",
                        to="manuals.edition",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalEditionRelease",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("hearing", "ผู้เข้าร่วมประชาพิจารณ์"),
                            ("public", "ประชาชน"),
                        ],
                        max_length=7,
                    ),
                ),
                ("at", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")],
                        max_length=1,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="manuals.edition",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical edition release",
                "verbose_name_plural": "historical edition releases",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Citation",
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
                ("locator", models.CharField(blank=True, max_length=200)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="citations",
                        to="manuals.clause",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="citations",
                        to="manuals.legalsource",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LegalSuccession",
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
                        choices=[("amends", "แก้ไขเพิ่มเติม"), ("replaces", "ใช้แทน")],
                        max_length=8,
                    ),
                ),
                (
                    "from_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="manuals.legalsource",
                    ),
                ),
                (
                    "to_source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="precedents",
                        to="manuals.legalsource",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Manual",
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
                ("key", models.CharField(max_length=16, unique=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "work_group",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="manual",
                        to="directory.workgroup",
                    ),
                ),
            ],
            options={
                "ordering": ["work_group__order", "key"],
            },
        ),
        migrations.CreateModel(
            name="Retirement",
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
                ("reason", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="clause",
            name="retired",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clauses",
                to="manuals.retirement",
            ),
        ),
        migrations.CreateModel(
            name="Section",
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
                ("rank", models.CharField(db_collation="C", max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("front", "ส่วนนำ"),
                            ("mission", "ภารกิจ"),
                            ("unit", "งาน"),
                            ("process", "กระบวนงาน"),
                            ("chapter", "หมวด"),
                            ("annex", "ภาคผนวก"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("data", models.JSONField(blank=True, default=dict)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("kept", "คงเดิม"),
                            ("revised", "ปรับปรุง"),
                            ("new", "เกิดขึ้นใหม่"),
                            ("additional", "เพิ่มเติม"),
                            ("merged", "รวมกระบวนงาน"),
                        ],
                        default="kept",
                        max_length=10,
                    ),
                ),
                (
                    "applies_to",
                    models.CharField(
                        choices=[
                            ("both", "สพป. และ สพม."),
                            ("primary", "สพป."),
                            ("secondary", "สพม."),
                        ],
                        default="both",
                        max_length=9,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=0)),
                (
                    "manual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="manuals.manual",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="manuals.section",
                    ),
                ),
                (
                    "retired",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="manuals.retirement",
                    ),
                ),
            ],
            options={
                "ordering": ["manual", "rank"],
            },
        ),
        migrations.AddField(
            model_name="clause",
            name="section",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="clauses",
                to="manuals.section",
            ),
        ),
        migrations.CreateModel(
            name="SectionLineage",
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
                            ("split", "แยก"),
                            ("merged", "รวม"),
                            ("replaced", "แทน"),
                            ("copied", "คัดลอก"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "from_section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="manuals.section",
                    ),
                ),
                (
                    "to_section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="manuals.section",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SectionVersion",
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
                ("number", models.PositiveIntegerField()),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("add", "เพิ่ม"),
                            ("edit", "แก้ไข"),
                            ("adopt", "รับข้อเสนอ"),
                            ("split", "แยกข้อ"),
                            ("join", "รวมข้อ"),
                            ("move", "ย้าย"),
                            ("retire", "ยกเลิก"),
                            ("restore", "เรียกคืน"),
                            ("import", "นำเข้า"),
                            ("undo", "ย้อนกลับ"),
                        ],
                        max_length=8,
                    ),
                ),
                ("state", models.JSONField(default=dict)),
                ("reason", models.TextField(blank=True)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="section_versions",
                        to="reversion.revision",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="manuals.section",
                    ),
                ),
            ],
            options={
                "ordering": ["section", "number"],
            },
        ),
        migrations.CreateModel(
            name="EditionEntry",
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
                            ("manual", "คู่มือ"),
                            ("section", "หมวด/กระบวนงาน"),
                            ("clause", "ข้อ"),
                        ],
                        max_length=7,
                    ),
                ),
                ("uuid", models.UUIDField()),
                ("part", models.PositiveSmallIntegerField(default=0)),
                ("ordinal", models.PositiveIntegerField()),
                ("path", models.CharField(max_length=400)),
                ("label", models.CharField(blank=True, max_length=40)),
                ("title", models.CharField(blank=True, max_length=300)),
                ("data", models.JSONField(blank=True, default=dict)),
                (
                    "applies_to",
                    models.CharField(
                        choices=[
                            ("both", "สพป. และ สพม."),
                            ("primary", "สพป."),
                            ("secondary", "สพม."),
                        ],
                        default="both",
                        max_length=9,
                    ),
                ),
                ("numbering", models.CharField(blank=True, max_length=8)),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="manuals.clause",
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="manuals.edition",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="manuals.editionentry",
                    ),
                ),
                (
                    "manual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.manual",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="manuals.section",
                    ),
                ),
                (
                    "blob",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
            ],
            options={
                "ordering": ["edition", "ordinal"],
            },
        ),
        migrations.CreateModel(
            name="ClauseChange",
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
                            ("added", "เพิ่ม"),
                            ("reworded", "แก้ถ้อยคำ"),
                            ("formatted", "แก้รูปแบบ"),
                            ("moved", "ย้าย"),
                            ("retired", "ยกเลิก"),
                            ("restored", "เรียกคืน"),
                            ("split", "แยก"),
                            ("joined", "รวม"),
                        ],
                        max_length=10,
                    ),
                ),
                ("to_part", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("to_parent", models.UUIDField(blank=True, null=True)),
                (
                    "to_rank",
                    models.CharField(
                        blank=True, db_collation="C", max_length=200, null=True
                    ),
                ),
                ("to_numbering", models.CharField(blank=True, max_length=8)),
                ("reason", models.TextField(blank=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="manuals.clause",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clause_changes",
                        to="reversion.revision",
                    ),
                ),
                (
                    "from_section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.section",
                    ),
                ),
                (
                    "to_section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.section",
                    ),
                ),
                (
                    "from_blob",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
                (
                    "to_blob",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "id"],
            },
        ),
        migrations.CreateModel(
            name="BlobIndex",
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
                ("tokenizer", models.CharField(max_length=40)),
                ("tokens", models.TextField()),
                ("search_text", models.TextField(default="")),
                ("tsv", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TokenDiff",
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
                ("from_sha", models.CharField(max_length=64)),
                ("to_sha", models.CharField(max_length=64)),
                ("tokenizer", models.CharField(max_length=40)),
                ("ops", models.JSONField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("from_sha", "to_sha", "tokenizer"),
                        name="one_diff_per_pair",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ClauseLineage",
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
                            ("split", "แยก"),
                            ("merged", "รวม"),
                            ("replaced", "แทน"),
                            ("copied", "คัดลอก"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "from_clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="manuals.clause",
                    ),
                ),
                (
                    "to_clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="manuals.clause",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("from_clause", "to_clause"),
                        name="one_lineage_per_clause_pair",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("from_clause", models.F("to_clause")), _negated=True
                        ),
                        name="clause_does_not_descend_from_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftBuffer",
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
                ("base_lock_version", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "clause",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "clause"),
                        name="one_draft_buffer_per_person_and_clause",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("manifest_sha__isnull", True), ("sealed_at__isnull", True)
                    ),
                    models.Q(
                        ("manifest_sha__isnull", False), ("sealed_at__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="sealed_edition_has_its_manifest_sha",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionrelease",
            constraint=models.UniqueConstraint(
                fields=("edition", "audience"),
                name="one_release_per_edition_and_audience",
            ),
        ),
        migrations.AddConstraint(
            model_name="citation",
            constraint=models.UniqueConstraint(
                fields=("clause", "source", "locator"), name="one_citation_per_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="legalsuccession",
            constraint=models.UniqueConstraint(
                fields=("from_source", "to_source"), name="one_succession_per_pair"
            ),
        ),
        migrations.AddConstraint(
            model_name="legalsuccession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_source", models.F("to_source")), _negated=True
                ),
                name="source_does_not_succeed_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired__isnull", True)),
                fields=("manual", "parent", "rank"),
                name="one_live_section_per_place",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="section_is_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="section",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["front", "mission", "unit", "process", "chapter", "annex"],
                    )
                ),
                name="section_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired__isnull", True)),
                fields=("section", "part", "parent", "rank"),
                name="one_live_clause_per_place",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "step"), _negated=True),
                    ("part", 9),
                    _connector="OR",
                ),
                name="step_stands_in_part_nine",
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(("part__gte", 0), ("part__lte", 9)),
                name="part_is_zero_to_nine",
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="clause_is_not_its_own_parent",
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "text",
                            "definition",
                            "step",
                            "form",
                            "reference",
                            "table",
                            "figure",
                            "note",
                        ],
                    )
                ),
                name="clause_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionlineage",
            constraint=models.UniqueConstraint(
                fields=("from_section", "to_section"),
                name="one_lineage_per_section_pair",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionlineage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_section", models.F("to_section")), _negated=True
                ),
                name="section_does_not_descend_from_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionversion",
            constraint=models.UniqueConstraint(
                fields=("section", "number"), name="one_version_per_section_and_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="sectionversion",
            constraint=models.UniqueConstraint(
                fields=("revision", "section"), name="one_version_per_act_and_section"
            ),
        ),
        migrations.AddConstraint(
            model_name="editionentry",
            constraint=models.UniqueConstraint(
                fields=("edition", "uuid"), name="one_entry_per_edition_and_node"
            ),
        ),
        migrations.AddConstraint(
            model_name="editionentry",
            constraint=models.UniqueConstraint(
                fields=("edition", "ordinal"), name="one_entry_per_edition_and_ordinal"
            ),
        ),
        migrations.AddConstraint(
            model_name="editionentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("blob__isnull", False),
                        ("clause__isnull", False),
                        ("kind", "clause"),
                    ),
                    models.Q(
                        models.Q(("kind", "clause"), _negated=True),
                        ("blob__isnull", True),
                        ("clause__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="clause_entry_has_clause_and_blob",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "manual"), ("section__isnull", False), _connector="OR"
                ),
                name="entry_below_manual_has_section",
            ),
        ),
        migrations.AddConstraint(
            model_name="editionentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["manual", "section", "clause"])),
                name="entry_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="clausechange",
            constraint=models.UniqueConstraint(
                fields=("revision", "clause"), name="one_change_per_act_and_clause"
            ),
        ),
        migrations.AddConstraint(
            model_name="clausechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_blob__isnull", False),
                    ("to_blob__isnull", False),
                    _connector="OR",
                ),
                name="change_has_a_wording",
            ),
        ),
        migrations.AddIndex(
            model_name="blobindex",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False,
                fields=["search_text"],
                name="blob_index_by_phrase",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            model_name="blobindex",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["tsv"], name="blob_index_by_word"
            ),
        ),
        migrations.AddConstraint(
            model_name="blobindex",
            constraint=models.UniqueConstraint(
                fields=("blob", "tokenizer"), name="one_index_per_blob_and_tokenizer"
            ),
        ),
    ]
