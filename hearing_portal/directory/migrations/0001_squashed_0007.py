"""What the migrations 0001 to 0007 make of an empty database: its tables, then what keeps their rows as they are."""

import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from hearing_portal.postgres.first_tables import CreateTables

FUNCTIONS = r"""
CREATE FUNCTION demand_history()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
DECLARE
    is_told boolean;
BEGIN
    EXECUTE format(
        'SELECT (SELECT to_jsonb(told) - $2 FROM %I told WHERE told.id = $1 ORDER BY told.history_id DESC LIMIT 1)'
        ' = to_jsonb(stands) FROM %I stands WHERE stands.id = $1', TG_ARGV[0], TG_TABLE_NAME)
        INTO is_told USING NEW.id, string_to_array('history_id, history_date, history_change_reason, history_type, history_user_id', ', ');
    IF is_told IS DISTINCT FROM true THEN
        RAISE EXCEPTION '% refuses a change that its history does not tell', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION refuse_change_of_version()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""
TRIGGERS = """
CREATE TRIGGER areaoffice_is_never_deleted BEFORE DELETE ON directory_areaoffice FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER areaoffice_is_never_truncated BEFORE TRUNCATE ON directory_areaoffice FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER areaoffice_stays_what_it_is BEFORE UPDATE ON directory_areaoffice FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR ((old.key)::text IS DISTINCT FROM (new.key)::text))) EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER contactversion_is_append_only BEFORE DELETE OR UPDATE ON directory_contactversion FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER contactversion_is_never_truncated BEFORE TRUNCATE ON directory_contactversion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER historicalroleassignment_is_append_only BEFORE DELETE OR UPDATE ON directory_historicalroleassignment FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER historicalroleassignment_is_never_truncated BEFORE TRUNCATE ON directory_historicalroleassignment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER passwordsetting_is_append_only BEFORE DELETE OR UPDATE ON directory_passwordsetting FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER passwordsetting_is_never_truncated BEFORE TRUNCATE ON directory_passwordsetting FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER privacynoticeversion_is_append_only BEFORE DELETE OR UPDATE ON directory_privacynoticeversion FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER privacynoticeversion_is_never_truncated BEFORE TRUNCATE ON directory_privacynoticeversion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER roleassignment_is_never_deleted BEFORE DELETE ON directory_roleassignment FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER roleassignment_is_never_truncated BEFORE TRUNCATE ON directory_roleassignment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_version();
CREATE CONSTRAINT TRIGGER roleassignment_leaves_history AFTER UPDATE ON directory_roleassignment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION demand_history('directory_historicalroleassignment');
CREATE TRIGGER roleassignment_stays_what_it_is BEFORE UPDATE ON directory_roleassignment FOR EACH ROW WHEN (((((((old.id IS DISTINCT FROM new.id) OR (old.user_id IS DISTINCT FROM new.user_id)) OR ((old.role)::text IS DISTINCT FROM (new.role)::text)) OR (old.work_group_id IS DISTINCT FROM new.work_group_id)) OR (old.office_id IS DISTINCT FROM new.office_id)) OR (old.valid_from IS DISTINCT FROM new.valid_from))) EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER user_is_never_deleted BEFORE DELETE ON directory_user FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER user_is_never_truncated BEFORE TRUNCATE ON directory_user FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER user_stays_what_it_is BEFORE UPDATE ON directory_user FOR EACH ROW WHEN ((((old.id IS DISTINCT FROM new.id) OR ((old.username)::text IS DISTINCT FROM (new.username)::text)) OR (old.date_joined IS DISTINCT FROM new.date_joined))) EXECUTE FUNCTION refuse_change_of_version();
CREATE TRIGGER workgroup_stays_what_it_is BEFORE UPDATE ON directory_workgroup FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR ((old.key)::text IS DISTINCT FROM (new.key)::text))) EXECUTE FUNCTION refuse_change_of_version();
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("directory", "0001_initial"),
        ("directory", "0002_sign_in_and_contact"),
        ("directory", "0003_official_words"),
        ("directory", "0004_as_shipped"),
        ("directory", "0005_kept_history"),
        ("directory", "0006_roles_leave_a_trace"),
        ("directory", "0007_addresses"),
    ]

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="AreaOffice",
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
                        ("as_shipped", models.JSONField(editable=False, null=True)),
                        ("key", models.CharField(max_length=40, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("primary", "สพป."), ("secondary", "สพม.")],
                                max_length=10,
                            ),
                        ),
                        ("name", models.CharField(max_length=200, unique=True)),
                        ("short_name", models.CharField(max_length=100)),
                        (
                            "provinces",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60)
                            ),
                        ),
                        (
                            "area_no",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        (
                            "official_code",
                            models.CharField(blank=True, max_length=20, null=True),
                        ),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": [
                            "kind",
                            django.db.models.functions.comparison.Collate(
                                "short_name", "th-x-icu"
                            ),
                            "area_no",
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="area_office_ends_after_it_began",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
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
                            "password",
                            models.CharField(max_length=128, verbose_name="password"),
                        ),
                        (
                            "last_login",
                            models.DateTimeField(
                                blank=True, null=True, verbose_name="last login"
                            ),
                        ),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "ชื่อผู้ใช้นี้มีอยู่แล้ว โปรดใช้ชื่ออื่น"},
                                max_length=60,
                                unique=True,
                                validators=[
                                    django.contrib.auth.validators.UnicodeUsernameValidator()
                                ],
                                verbose_name="ชื่อผู้ใช้",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="คำนำหน้า"
                            ),
                        ),
                        (
                            "given_name",
                            models.CharField(max_length=100, verbose_name="ชื่อ"),
                        ),
                        (
                            "family_name",
                            models.CharField(max_length=100, verbose_name="นามสกุล"),
                        ),
                        (
                            "position",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="ตำแหน่ง"
                            ),
                        ),
                        (
                            "email",
                            models.EmailField(
                                blank=True, max_length=200, verbose_name="อีเมล"
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(default=True, verbose_name="ใช้งานอยู่"),
                        ),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False, verbose_name="เข้าส่วนจัดการระบบ"
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now),
                        ),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="people",
                                to="directory.areaoffice",
                                verbose_name="สพท.",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["username"],
                    },
                ),
                migrations.CreateModel(
                    name="ContactVersion",
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
                        ("name", models.CharField(blank=True, max_length=200)),
                        ("telephone", models.CharField(blank=True, max_length=100)),
                        ("email", models.EmailField(blank=True, max_length=200)),
                        ("line", models.CharField(blank=True, max_length=100)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="PrivacyNoticeVersion",
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
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="SignInAttempt",
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
                        ("username", models.CharField(max_length=64)),
                        ("address", models.CharField(max_length=64)),
                        ("device", models.CharField(blank=True, max_length=64)),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["username", "address", "device", "-at"],
                                name="attempt_by_person_and_source",
                            ),
                            models.Index(
                                fields=["address", "-at"], name="attempt_by_address"
                            ),
                            models.Index(fields=["at"], name="attempt_by_time"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WorkGroup",
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
                        ("as_shipped", models.JSONField(editable=False, null=True)),
                        ("key", models.CharField(max_length=16, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("short_name", models.CharField(max_length=60)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("group", "กลุ่ม"), ("unit", "หน่วย")],
                                default="group",
                                max_length=8,
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "aliases",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200),
                                blank=True,
                                default=list,
                            ),
                        ),
                        ("duties", models.JSONField(blank=True, default=list)),
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "ordering": ["order", "key"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="work_group_ends_after_it_began",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalRoleAssignment",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True,
                                blank=True,
                                db_index=True,
                                verbose_name="ID",
                            ),
                        ),
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
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(blank=True, null=True)),
                        (
                            "history_id",
                            models.AutoField(primary_key=True, serialize=False),
                        ),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_change_reason",
                            models.CharField(max_length=100, null=True),
                        ),
                        (
                            "history_type",
                            models.CharField(
                                choices=[
                                    ("+", "Created"),
                                    ("~", "Changed"),
                                    ("-", "Deleted"),
                                ],
                                max_length=1,
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
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "user",
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
                        "verbose_name": "historical role assignment",
                        "verbose_name_plural": "historical role assignments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="PasswordSetting",
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
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="password_settings",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["user", "-id"],
                                name="password_setting_by_person",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoleAssignment",
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
                        ("valid_from", models.DateField()),
                        ("valid_until", models.DateField(blank=True, null=True)),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="roles",
                                to="directory.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["user", "role", "valid_from"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "delegate"), _negated=True),
                                    models.Q(
                                        ("office__isnull", False),
                                        ("work_group__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="delegate_has_work_group_and_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "office_head"), _negated=True),
                                    ("office__isnull", False),
                                    _connector="OR",
                                ),
                                name="office_head_has_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("role__in", ["drafter", "facilitator"]),
                                        _negated=True,
                                    ),
                                    ("work_group__isnull", False),
                                    _connector="OR",
                                ),
                                name="drafter_and_facilitator_have_work_group",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="role_ends_after_it_began",
                            ),
                            models.UniqueConstraint(
                                fields=(
                                    "user",
                                    "role",
                                    "work_group",
                                    "office",
                                    "valid_from",
                                ),
                                name="one_role_per_person_scope_and_first_day",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
            ]
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, migrations.RunSQL.noop),
    ]
