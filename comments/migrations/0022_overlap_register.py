import django.db.models.deletion
import django.db.models.functions.text
import django.db.models.lookups
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models


# What is only added to, and what is never deleted; what the search finds is worked out anew
APPEND_ONLY = (
    "historicaloverlap",
    "overlapcomment",
    "overlappair",
    "overlapchange",
    "pairdismissal",
)
KEPT = (
    "".join(
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON comments_{table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
        for table in APPEND_ONLY
    )
    + "".join(
        f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON comments_{table}"
        " EXECUTE FUNCTION refuse_change();\n"
        for table in (*APPEND_ONLY, "overlap")
    )
    + """
CREATE TRIGGER overlap_is_never_deleted BEFORE DELETE ON comments_overlap
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlap_stays_what_it_is BEFORE UPDATE ON comments_overlap
    FOR EACH ROW WHEN ((OLD.id, OLD.uuid, OLD.entered_by_id, OLD.entered_at)
        IS DISTINCT FROM (NEW.id, NEW.uuid, NEW.entered_by_id, NEW.entered_at))
    EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER overlap_leaves_history AFTER UPDATE ON comments_overlap
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION demand_history('comments_historicaloverlap');
"""
)
NOT_KEPT = (
    """
DROP TRIGGER overlap_leaves_history ON comments_overlap;
DROP TRIGGER overlap_stays_what_it_is ON comments_overlap;
DROP TRIGGER overlap_is_never_deleted ON comments_overlap;
"""
    + "".join(
        f"DROP TRIGGER {table}_is_never_truncated ON comments_{table};\n"
        for table in (*APPEND_ONLY, "overlap")
    )
    + "".join(
        f"DROP TRIGGER {table}_is_append_only ON comments_{table};\n"
        for table in APPEND_ONLY
    )
)


class Migration(migrations.Migration):
    """The overlap register, and what the similarity search proposes for it."""

    dependencies = [
        ("comments", "0021_conclusions"),
        ("directory", "0006_roles_leave_a_trace"),
        ("manuals", "0019_published_books"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchedClause",
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
                    "blob",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
                (
                    "clause",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "manual",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.manual",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalOverlap",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("same_task", "งานซ้ำซ้อน"),
                            ("same_form", "แบบฟอร์มซ้ำซ้อน"),
                            ("authority", "อำนาจหน้าที่ทับซ้อน"),
                            ("gap", "ไม่มีผู้รับผิดชอบ"),
                        ],
                        max_length=9,
                    ),
                ),
                ("agency", models.CharField(blank=True, max_length=200)),
                ("evidence", models.TextField(blank=True)),
                ("entered_at", models.DateTimeField(blank=True, editable=False)),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owner_a", "ให้ฝ่ายที่ 1 รับผิดชอบ"),
                            ("owner_b", "ให้ฝ่ายที่ 2 รับผิดชอบ"),
                            ("split", "แบ่งความรับผิดชอบตามขั้นตอน"),
                            ("joint", "ดำเนินการร่วมกัน"),
                            ("removed", "ตัดออกจากคู่มือ"),
                            ("no_overlap", "ตรวจสอบแล้วไม่ซ้ำซ้อน"),
                        ],
                        max_length=10,
                    ),
                ),
                ("split_at", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
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
                    "clause_a",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "clause_b",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "entered_by",
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
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
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
                    "section_a",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="manuals.section",
                    ),
                ),
                (
                    "section_b",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="manuals.section",
                    ),
                ),
                (
                    "work_group_a",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="directory.workgroup",
                    ),
                ),
                (
                    "work_group_b",
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
                "verbose_name": "historical overlap",
                "verbose_name_plural": "historical overlaps",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Overlap",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("same_task", "งานซ้ำซ้อน"),
                            ("same_form", "แบบฟอร์มซ้ำซ้อน"),
                            ("authority", "อำนาจหน้าที่ทับซ้อน"),
                            ("gap", "ไม่มีผู้รับผิดชอบ"),
                        ],
                        max_length=9,
                    ),
                ),
                ("agency", models.CharField(blank=True, max_length=200)),
                ("evidence", models.TextField(blank=True)),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("owner_a", "ให้ฝ่ายที่ 1 รับผิดชอบ"),
                            ("owner_b", "ให้ฝ่ายที่ 2 รับผิดชอบ"),
                            ("split", "แบ่งความรับผิดชอบตามขั้นตอน"),
                            ("joint", "ดำเนินการร่วมกัน"),
                            ("removed", "ตัดออกจากคู่มือ"),
                            ("no_overlap", "ตรวจสอบแล้วไม่ซ้ำซ้อน"),
                        ],
                        max_length=10,
                    ),
                ),
                ("split_at", models.CharField(blank=True, max_length=200)),
                ("reason", models.TextField(blank=True)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clause_a",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "clause_b",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section_a",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.section",
                    ),
                ),
                (
                    "section_b",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.section",
                    ),
                ),
                (
                    "work_group_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overlaps_as_a",
                        to="directory.workgroup",
                    ),
                ),
                (
                    "work_group_b",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overlaps_as_b",
                        to="directory.workgroup",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OverlapChange",
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
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.clausechange",
                    ),
                ),
                (
                    "overlap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="change_rows",
                        to="comments.overlap",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OverlapComment",
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
                    "comment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="overlap_row",
                        to="comments.comment",
                    ),
                ),
                (
                    "overlap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comment_rows",
                        to="comments.overlap",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="OverlapPair",
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
                ("percent", models.PositiveSmallIntegerField()),
                (
                    "blob_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
                (
                    "blob_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
                (
                    "clause_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "clause_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "overlap",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pairs",
                        to="comments.overlap",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="PairDismissal",
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
                (
                    "high",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
                (
                    "low",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="SimilarPair",
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
                ("percent", models.PositiveSmallIntegerField()),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                (
                    "blob_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
                (
                    "blob_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.textblob",
                    ),
                ),
                (
                    "clause_a",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
                (
                    "clause_b",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.clause",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="overlap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["same_task", "same_form", "authority", "gap"])
                ),
                name="overlap_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agency", ""), ("work_group_b__isnull", False)),
                    models.Q(
                        ("section_b__isnull", True),
                        ("work_group_b__isnull", True),
                        models.Q(("agency", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="side_b_is_a_group_or_an_agency",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("clause_a__isnull", True),
                        ("section_a__isnull", False),
                        _connector="OR",
                    ),
                    models.Q(
                        ("clause_b__isnull", True),
                        ("section_b__isnull", False),
                        _connector="OR",
                    ),
                ),
                name="clause_of_a_side_has_its_section",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("clause_a__isnull", True),
                    ("clause_b__isnull", True),
                    models.Q(("clause_a", models.F("clause_b")), _negated=True),
                    _connector="OR",
                ),
                name="clause_does_not_overlap_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("reason", ""),
                        ("resolution", ""),
                        ("resolved_at__isnull", True),
                        ("resolved_by__isnull", True),
                    ),
                    models.Q(
                        (
                            "resolution__in",
                            [
                                "owner_a",
                                "owner_b",
                                "split",
                                "joint",
                                "removed",
                                "no_overlap",
                            ],
                        ),
                        ("resolved_at__isnull", False),
                        ("resolved_by__isnull", False),
                        django.db.models.lookups.GreaterThanOrEqual(
                            django.db.models.functions.text.Length("reason"), 20
                        ),
                    ),
                    _connector="OR",
                ),
                name="resolution_says_why_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("resolution", "split"),
                        models.Q(("split_at", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("resolution", "split"), _negated=True),
                        ("split_at", ""),
                    ),
                    _connector="OR",
                ),
                name="split_resolution_says_where",
            ),
        ),
        migrations.AddConstraint(
            model_name="overlapchange",
            constraint=models.UniqueConstraint(
                fields=("overlap", "change"), name="one_row_per_change_and_overlap"
            ),
        ),
        migrations.AddConstraint(
            model_name="overlappair",
            constraint=models.UniqueConstraint(
                fields=("overlap", "clause_a", "clause_b"),
                name="one_row_per_pair_of_clauses_and_overlap",
            ),
        ),
        migrations.AddConstraint(
            model_name="pairdismissal",
            constraint=models.UniqueConstraint(
                fields=("low", "high"), name="two_wordings_are_dismissed_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="pairdismissal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="dismissal_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="similarpair",
            constraint=models.UniqueConstraint(
                fields=("clause_a", "clause_b"), name="two_clauses_are_alike_once"
            ),
        ),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]
