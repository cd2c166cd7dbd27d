"""The tables of the hearing; their triggers are in 0002."""

from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
import uuid


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directory", "0001_initial"),
        ("manuals", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnchorResolution",
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
                            ("same", "ถ้อยคำเดิม"),
                            ("shifted", "ข้อความที่อ้างเลื่อนที่"),
                            ("text_changed", "ถ้อยคำเปลี่ยน"),
                            ("text_removed", "ข้อความที่อ้างถูกตัด"),
                            ("moved", "ย้ายไปข้ออื่น"),
                            ("split", "แยกเป็นหลายข้อ"),
                            ("joined", "รวมกับข้ออื่น"),
                            ("retired", "ยกเลิกข้อ"),
                            ("unplaced", "รอผู้ตรวจ"),
                        ],
                        max_length=12,
                    ),
                ),
                ("span", models.JSONField(blank=True, null=True)),
                ("method", models.CharField(max_length=20)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
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
                ("current", models.BooleanField(default=True)),
            ],
        ),
        migrations.CreateModel(
            name="AnswerPublication",
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
                ("objections_until", models.DateTimeField()),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ChangeCause",
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
            ],
        ),
        migrations.CreateModel(
            name="Comment",
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
                ("field", models.CharField(blank=True, max_length=80)),
                ("span_start", models.PositiveIntegerField(blank=True, null=True)),
                ("span_end", models.PositiveIntegerField(blank=True, null=True)),
                ("quote", models.TextField(blank=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("agree", "เห็นชอบ"),
                            ("amend", "ขอแก้ไข"),
                            ("add", "ขอเพิ่ม"),
                            ("delete", "ขอตัด"),
                            ("ask", "สอบถาม"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "issue_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complex", "ซับซ้อน"),
                            ("new", "เกิดขึ้นใหม่"),
                            ("additional", "เพิ่มเติม"),
                            ("overlap", "ทับซ้อน/ซ้ำซ้อน"),
                            ("legal_basis", "ข้อกฎหมาย"),
                            ("technology", "เทคโนโลยี"),
                            ("outdated", "ไม่เป็นปัจจุบัน"),
                        ],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("issue_data", models.JSONField(blank=True, default=dict)),
                ("text", models.TextField()),
                ("client_key", models.UUIDField()),
                ("body_sha", models.CharField(max_length=64)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "ผู้ดูแลระบบ"),
                            ("facilitator", "ผู้ดำเนินเวที"),
                            ("drafter", "คณะทำงานยกร่าง"),
                            ("delegate", "ผู้แทน"),
                            ("office_head", "ผอ.สพท."),
                            ("expert", "ผู้ทรงคุณวุฒิ"),
                            ("central_bureau", "ผู้แทนสำนักส่วนกลาง"),
                        ],
                        max_length=14,
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "เว็บ"),
                            ("room", "พูดในห้อง"),
                            ("paper", "แบบฟอร์มกระดาษ"),
                            ("spreadsheet", "ตารางคำนวณ"),
                        ],
                        default="web",
                        max_length=11,
                    ),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("triaged_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Discussion",
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
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Disposition",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "รับ"),
                            ("accepted_with_changes", "รับโดยปรับถ้อยคำ"),
                            ("already_covered", "มีอยู่แล้ว"),
                            ("not_accepted", "ไม่รับ"),
                            ("referred", "ส่งต่อ"),
                            ("deferred", "รอฉบับหน้า"),
                            ("out_of_scope", "นอกขอบเขต"),
                            ("withdrawn", "ถอนแล้ว"),
                        ],
                        max_length=24,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("referred_to", models.CharField(blank=True, max_length=200)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("changed", "แก้ถ้อยคำแล้ว"),
                            ("no_text_change", "ไม่ต้องแก้ถ้อยคำ"),
                            ("to_draft", "รอยกร่าง"),
                            ("none", "ไม่มีผลต่อถ้อยคำ"),
                        ],
                        default="none",
                        max_length=14,
                    ),
                ),
                ("due", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Hearing",
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
                ("key", models.CharField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("public", models.BooleanField(default=False)),
                (
                    "moderation",
                    models.CharField(
                        choices=[("held", "ตรวจก่อนแสดง"), ("shown", "แสดงทันที")],
                        default="shown",
                        max_length=5,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300)),
                ("programme", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["-opens_on"],
            },
        ),
        migrations.CreateModel(
            name="HearingSession",
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
                            ("online", "ออนไลน์"),
                            ("room", "ห้องประชุมกลุ่ม"),
                            ("plenary", "ที่ประชุมรวม"),
                        ],
                        max_length=7,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["work_group__order", "id"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAmendment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                ),
                (
                    "op",
                    models.CharField(
                        choices=[
                            ("replace", "แก้ถ้อยคำ"),
                            ("insert_after", "เพิ่มต่อจากข้อนี้"),
                            ("delete", "ตัดออก"),
                            ("move", "ย้าย"),
                            ("split", "แยก"),
                            ("join", "รวม"),
                            ("new_process", "กระบวนงานใหม่"),
                        ],
                        max_length=12,
                    ),
                ),
                ("proposed", models.JSONField(default=dict)),
                ("rebased", models.JSONField(blank=True, null=True)),
                ("made_at", models.DateTimeField(blank=True, editable=False)),
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
            ],
            options={
                "verbose_name": "historical amendment",
                "verbose_name_plural": "historical amendments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalComment",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "uuid",
                    models.UUIDField(db_index=True, default=uuid.uuid4, editable=False),
                ),
                ("field", models.CharField(blank=True, max_length=80)),
                ("span_start", models.PositiveIntegerField(blank=True, null=True)),
                ("span_end", models.PositiveIntegerField(blank=True, null=True)),
                ("quote", models.TextField(blank=True)),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("agree", "เห็นชอบ"),
                            ("amend", "ขอแก้ไข"),
                            ("add", "ขอเพิ่ม"),
                            ("delete", "ขอตัด"),
                            ("ask", "สอบถาม"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "issue_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complex", "ซับซ้อน"),
                            ("new", "เกิดขึ้นใหม่"),
                            ("additional", "เพิ่มเติม"),
                            ("overlap", "ทับซ้อน/ซ้ำซ้อน"),
                            ("legal_basis", "ข้อกฎหมาย"),
                            ("technology", "เทคโนโลยี"),
                            ("outdated", "ไม่เป็นปัจจุบัน"),
                        ],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("issue_data", models.JSONField(blank=True, default=dict)),
                ("text", models.TextField()),
                ("client_key", models.UUIDField()),
                ("body_sha", models.CharField(max_length=64)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("admin", "ผู้ดูแลระบบ"),
                            ("facilitator", "ผู้ดำเนินเวที"),
                            ("drafter", "คณะทำงานยกร่าง"),
                            ("delegate", "ผู้แทน"),
                            ("office_head", "ผอ.สพท."),
                            ("expert", "ผู้ทรงคุณวุฒิ"),
                            ("central_bureau", "ผู้แทนสำนักส่วนกลาง"),
                        ],
                        max_length=14,
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
                    "channel",
                    models.CharField(
                        choices=[
                            ("web", "เว็บ"),
                            ("room", "พูดในห้อง"),
                            ("paper", "แบบฟอร์มกระดาษ"),
                            ("spreadsheet", "ตารางคำนวณ"),
                        ],
                        default="web",
                        max_length=11,
                    ),
                ),
                ("made_at", models.DateTimeField(blank=True, editable=False)),
                ("triaged_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "verbose_name": "historical comment",
                "verbose_name_plural": "historical comments",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalDisposition",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "รับ"),
                            ("accepted_with_changes", "รับโดยปรับถ้อยคำ"),
                            ("already_covered", "มีอยู่แล้ว"),
                            ("not_accepted", "ไม่รับ"),
                            ("referred", "ส่งต่อ"),
                            ("deferred", "รอฉบับหน้า"),
                            ("out_of_scope", "นอกขอบเขต"),
                            ("withdrawn", "ถอนแล้ว"),
                        ],
                        max_length=24,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("referred_to", models.CharField(blank=True, max_length=200)),
                (
                    "effect",
                    models.CharField(
                        choices=[
                            ("changed", "แก้ถ้อยคำแล้ว"),
                            ("no_text_change", "ไม่ต้องแก้ถ้อยคำ"),
                            ("to_draft", "รอยกร่าง"),
                            ("none", "ไม่มีผลต่อถ้อยคำ"),
                        ],
                        default="none",
                        max_length=14,
                    ),
                ),
                ("due", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, editable=False)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "verbose_name": "historical disposition",
                "verbose_name_plural": "historical dispositions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHearing",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(db_index=True, max_length=40)),
                ("title", models.CharField(max_length=200)),
                ("opens_on", models.DateField()),
                ("closes_on", models.DateField()),
                ("public", models.BooleanField(default=False)),
                (
                    "moderation",
                    models.CharField(
                        choices=[("held", "ตรวจก่อนแสดง"), ("shown", "แสดงทันที")],
                        default="shown",
                        max_length=5,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=300)),
                ("programme", models.TextField(blank=True)),
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
            ],
            options={
                "verbose_name": "historical hearing",
                "verbose_name_plural": "historical hearings",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalHearingSession",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("online", "ออนไลน์"),
                            ("room", "ห้องประชุมกลุ่ม"),
                            ("plenary", "ที่ประชุมรวม"),
                        ],
                        max_length=7,
                    ),
                ),
                ("place", models.CharField(blank=True, max_length=200)),
                ("opens_at", models.DateTimeField(blank=True, null=True)),
                ("closes_at", models.DateTimeField(blank=True, null=True)),
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
            ],
            options={
                "verbose_name": "historical hearing session",
                "verbose_name_plural": "historical hearing sessions",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Moderation",
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
                    "visibility",
                    models.CharField(
                        choices=[
                            ("held", "รอตรวจก่อนแสดง"),
                            ("shown", "แสดงแล้ว"),
                            ("hidden", "ซ่อน"),
                        ],
                        max_length=6,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Objection",
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
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Reclassing",
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
                    "issue_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("complex", "ซับซ้อน"),
                            ("new", "เกิดขึ้นใหม่"),
                            ("additional", "เพิ่มเติม"),
                            ("overlap", "ทับซ้อน/ซ้ำซ้อน"),
                            ("legal_basis", "ข้อกฎหมาย"),
                            ("technology", "เทคโนโลยี"),
                            ("outdated", "ไม่เป็นปัจจุบัน"),
                        ],
                        max_length=12,
                        null=True,
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
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
                    "outcome",
                    models.CharField(
                        choices=[
                            ("accepted", "รับ"),
                            ("accepted_with_changes", "รับโดยปรับถ้อยคำ"),
                            ("already_covered", "มีอยู่แล้ว"),
                            ("not_accepted", "ไม่รับ"),
                            ("referred", "ส่งต่อ"),
                            ("deferred", "รอฉบับหน้า"),
                            ("out_of_scope", "นอกขอบเขต"),
                            ("withdrawn", "ถอนแล้ว"),
                        ],
                        max_length=24,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SessionState",
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
                            ("opened", "เปิดรับความเห็น"),
                            ("paused", "พักเวที"),
                            ("closed", "ปิดเวทีแล้ว"),
                        ],
                        max_length=6,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Support",
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
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Amendment",
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
                (
                    "op",
                    models.CharField(
                        choices=[
                            ("replace", "แก้ถ้อยคำ"),
                            ("insert_after", "เพิ่มต่อจากข้อนี้"),
                            ("delete", "ตัดออก"),
                            ("move", "ย้าย"),
                            ("split", "แยก"),
                            ("join", "รวม"),
                            ("new_process", "กระบวนงานใหม่"),
                        ],
                        max_length=12,
                    ),
                ),
                ("proposed", models.JSONField(default=dict)),
                ("rebased", models.JSONField(blank=True, null=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddField(
            model_name="amendment",
            name="base_blob",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="manuals.textblob",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="clause",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="manuals.clause",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="enacted_blob",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="manuals.textblob",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="directory.areaoffice",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="section",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="manuals.section",
            ),
        ),
        migrations.AddField(
            model_name="anchorresolution",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="anchorresolution",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="manuals.edition",
            ),
        ),
        migrations.AddField(
            model_name="anchorresolution",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="manuals.editionentry",
            ),
        ),
        migrations.AddField(
            model_name="answerpublication",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="answerpublication",
            name="work_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="directory.workgroup",
            ),
        ),
        migrations.AddField(
            model_name="changecause",
            name="amendment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="causes",
                to="comments.amendment",
            ),
        ),
        migrations.AddField(
            model_name="changecause",
            name="change",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cause",
                to="manuals.clausechange",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="manuals.editionentry",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="office",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="directory.areaoffice",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replies",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="anchorresolution",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resolutions",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="comment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="amendments",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="discussion",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="discussion",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="manuals.editionentry",
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="points_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="manuals.editionentry",
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="publication",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dispositions",
                to="comments.answerpublication",
            ),
        ),
        migrations.AddField(
            model_name="disposition",
            name="supersedes",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="superseded_by",
                to="comments.disposition",
            ),
        ),
        migrations.AddField(
            model_name="changecause",
            name="disposition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="comments.disposition",
            ),
        ),
        migrations.AddField(
            model_name="answer",
            name="disposition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="comments.disposition",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearing",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="hearing_closes_after_it_opened",
            ),
        ),
        migrations.AddField(
            model_name="answerpublication",
            name="hearing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="publications",
                to="comments.hearing",
            ),
        ),
        migrations.AddField(
            model_name="hearingsession",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hearing_sessions",
                to="manuals.edition",
            ),
        ),
        migrations.AddField(
            model_name="hearingsession",
            name="hearing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="comments.hearing",
            ),
        ),
        migrations.AddField(
            model_name="hearingsession",
            name="work_group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hearing_sessions",
                to="directory.workgroup",
            ),
        ),
        migrations.AddField(
            model_name="discussion",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="discussions",
                to="comments.hearingsession",
            ),
        ),
        migrations.AddField(
            model_name="comment",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="comments",
                to="comments.hearingsession",
            ),
        ),
        migrations.AddField(
            model_name="historicalamendment",
            name="author",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalamendment",
            name="base_blob",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="manuals.textblob",
            ),
        ),
        migrations.AddField(
            model_name="historicalamendment",
            name="clause",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="manuals.clause",
            ),
        ),
        migrations.AddField(
            model_name="historicalamendment",
            name="comment",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="historicalamendment",
            name="enacted_blob",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="manuals.textblob",
            ),
        ),
        migrations.AddField(
            model_name="historicalamendment",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalamendment",
            name="office",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="directory.areaoffice",
            ),
        ),
        migrations.AddField(
            model_name="historicalamendment",
            name="section",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="manuals.section",
            ),
        ),
        migrations.AddField(
            model_name="historicalcomment",
            name="author",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcomment",
            name="entry",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="manuals.editionentry",
            ),
        ),
        migrations.AddField(
            model_name="historicalcomment",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcomment",
            name="office",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="directory.areaoffice",
            ),
        ),
        migrations.AddField(
            model_name="historicalcomment",
            name="parent",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="historicalcomment",
            name="recorded_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcomment",
            name="session",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comments.hearingsession",
            ),
        ),
        migrations.AddField(
            model_name="historicaldisposition",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaldisposition",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaldisposition",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaldisposition",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicaldisposition",
            name="points_to",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="manuals.editionentry",
            ),
        ),
        migrations.AddField(
            model_name="historicaldisposition",
            name="publication",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comments.answerpublication",
            ),
        ),
        migrations.AddField(
            model_name="historicaldisposition",
            name="supersedes",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comments.disposition",
            ),
        ),
        migrations.AddField(
            model_name="historicalhearing",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalhearingsession",
            name="edition",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="manuals.edition",
            ),
        ),
        migrations.AddField(
            model_name="historicalhearingsession",
            name="hearing",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="comments.hearing",
            ),
        ),
        migrations.AddField(
            model_name="historicalhearingsession",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalhearingsession",
            name="work_group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="directory.workgroup",
            ),
        ),
        migrations.AddField(
            model_name="moderation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="moderation",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moderations",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="answered_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answered_objections",
                to="comments.disposition",
            ),
        ),
        migrations.AddField(
            model_name="objection",
            name="comment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="objection",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="reclassing",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reclassing",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reclassings",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="recommendation",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="recommendations",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="sessionstate",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sessionstate",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="states",
                to="comments.hearingsession",
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="comment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supports",
                to="comments.comment",
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supports",
                to="directory.areaoffice",
            ),
        ),
        migrations.AddField(
            model_name="support",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="anchorresolution",
            constraint=models.UniqueConstraint(
                fields=("comment", "edition"), name="one_resolution_per_edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="anchorresolution",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["unplaced", "retired"]),
                    ("entry__isnull", False),
                    _connector="OR",
                ),
                name="placed_comment_has_entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("op__in", ["replace", "delete"]), _negated=True),
                    models.Q(("base_blob__isnull", False), ("clause__isnull", False)),
                    _connector="OR",
                ),
                name="replacement_and_deletion_have_clause_and_base",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("outcome__in", ["accepted", "withdrawn"]),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("reason"), 20
                    ),
                    _connector="OR",
                ),
                name="disposition_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("decided_by")), _negated=True),
                    _connector="OR",
                ),
                name="second_person_confirms",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", "not_accepted"),
                        ("publication__isnull", False),
                        _negated=True,
                    ),
                    ("confirmed_by__isnull", False),
                    _connector="OR",
                ),
                name="published_refusal_is_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("effect", "none"),
                    ("outcome__in", ["accepted", "accepted_with_changes"]),
                    _negated=True,
                ),
                name="accepted_disposition_says_what_it_did",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effect", "no_text_change"), _negated=True),
                    django.db.models.lookups.GreaterThanOrEqual(
                        django.db.models.functions.text.Length("reason"), 20
                    ),
                    _connector="OR",
                ),
                name="no_text_change_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("effect", "to_draft"), _negated=True),
                    models.Q(("assignee__isnull", False), ("due__isnull", False)),
                    _connector="OR",
                ),
                name="drafting_debt_has_assignee_and_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_at__isnull", True), ("confirmed_by__isnull", True)
                    ),
                    models.Q(
                        ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="confirmation_has_person_and_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="disposition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        [
                            "accepted",
                            "accepted_with_changes",
                            "already_covered",
                            "not_accepted",
                            "referred",
                            "deferred",
                            "out_of_scope",
                            "withdrawn",
                        ],
                    )
                ),
                name="outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("current", True)),
                fields=("comment",),
                name="one_current_answer_per_comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "plenary"), ("work_group__isnull", True)),
                    models.Q(
                        models.Q(("kind", "plenary"), _negated=True),
                        ("work_group__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="plenary_session_has_no_work_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="hearingsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["online", "room", "plenary"])),
                name="session_kind_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="discussion",
            index=models.Index(fields=["session", "-id"], name="discussion_latest"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["entry", "id"], name="comment_by_entry"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                fields=["entry"],
                include=("office", "office_kind", "parent"),
                name="comment_voices",
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(fields=["author", "-id"], name="comment_by_author"),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.UniqueConstraint(
                fields=("recorded_by", "client_key"), name="one_comment_per_client_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("span_end__isnull", True), ("span_start__isnull", True)),
                    models.Q(
                        ("span_end__gt", models.F("span_start")),
                        ("span_end__isnull", False),
                        ("span_start__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="span_is_whole_and_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    django.db.models.functions.text.Length("text"), 4000
                ),
                name="comment_text_within_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="comment_has_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("office__isnull", True), ("office_kind__isnull", True)),
                    models.Q(("office__isnull", False), ("office_kind__isnull", False)),
                    _connector="OR",
                ),
                name="comment_of_office_keeps_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("type__in", ["agree", "amend", "add", "delete", "ask"])
                ),
                name="comment_type_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="comment",
            constraint=models.CheckConstraint(
                condition=models.Q(("parent", models.F("id")), _negated=True),
                name="comment_is_not_its_own_parent",
            ),
        ),
        migrations.AddIndex(
            model_name="moderation",
            index=models.Index(fields=["comment", "-id"], name="moderation_latest"),
        ),
        migrations.AddConstraint(
            model_name="moderation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "hidden"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="hidden_comment_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="moderation",
            constraint=models.CheckConstraint(
                condition=models.Q(("visibility__in", ["held", "shown", "hidden"])),
                name="visibility_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="reclassing",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="reclassing_has_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="sessionstate",
            index=models.Index(fields=["session", "-id"], name="session_state_latest"),
        ),
        migrations.AddConstraint(
            model_name="sessionstate",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["opened", "paused", "closed"])),
                name="session_state_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.UniqueConstraint(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=("comment", "office"),
                name="one_support_per_office_and_comment",
            ),
        ),
        migrations.AddConstraint(
            model_name="support",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("taken_back_at__isnull", True), ("taken_back_by__isnull", True)
                    ),
                    models.Q(
                        ("taken_back_at__isnull", False),
                        ("taken_back_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="support_is_taken_back_by_somebody",
            ),
        ),
    ]
