"""What the migrations 0001 to 0025 make of an empty database: its tables, then what keeps their rows as they are."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

from hearing_portal.postgres.first_tables import CreateTables

FUNCTIONS = r"""
CREATE FUNCTION demand_clause_change()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM manuals_clause clause CROSS JOIN LATERAL (
            SELECT to_blob_id FROM manuals_clausechange WHERE clause_id = clause.id ORDER BY id DESC LIMIT 1) told
        WHERE clause.id = NEW.id AND told.to_blob_id IS NOT DISTINCT FROM
            CASE WHEN clause.retired_id IS NULL THEN clause.sha END) THEN
        RAISE EXCEPTION 'a clause refuses words that no change tells of'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
    RAISE EXCEPTION '% refuses %: its rows are a public record', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE FUNCTION refuse_change_of_sealed_edition()
 RETURNS trigger
 LANGUAGE plpgsql
AS $$
BEGIN
    IF OLD.sealed_at IS NOT NULL THEN
        RAISE EXCEPTION 'edition % is sealed and refuses %', OLD.code, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_entry_of_sealed_edition()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF EXISTS (SELECT FROM added JOIN manuals_edition edition ON edition.id = added.edition_id
               WHERE edition.sealed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'a sealed edition takes no further entries'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
TRIGGERS = """
CREATE TRIGGER archival_record_never_changes BEFORE DELETE OR UPDATE ON manuals_archivalrecord FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER archivalrecord_is_never_truncated BEFORE TRUNCATE ON manuals_archivalrecord FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER clause_change_is_told AFTER UPDATE ON manuals_clause DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((old.sha)::text IS DISTINCT FROM (new.sha)::text) OR (old.retired_id IS DISTINCT FROM new.retired_id))) EXECUTE FUNCTION demand_clause_change();
CREATE TRIGGER clause_is_never_truncated BEFORE TRUNCATE ON manuals_clause FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clause_is_retired_not_deleted BEFORE DELETE ON manuals_clause FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clause_is_reworded_by_acts BEFORE UPDATE ON manuals_clause FOR EACH ROW WHEN ((((((((((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR (old.body IS DISTINCT FROM new.body)) OR (old.data IS DISTINCT FROM new.data)) OR (old.plain IS DISTINCT FROM new.plain)) OR ((old.sha)::text IS DISTINCT FROM (new.sha)::text)) OR ((old.applies_to)::text IS DISTINCT FROM (new.applies_to)::text)) OR (old.retired_id IS DISTINCT FROM new.retired_id)) AND (new.lock_version <= old.lock_version))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clause_stays_what_it_is BEFORE UPDATE ON manuals_clause FOR EACH ROW WHEN ((((old.id IS DISTINCT FROM new.id) OR (old.uuid IS DISTINCT FROM new.uuid)) OR (new.lock_version < old.lock_version))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clause_change_never_changes BEFORE DELETE OR UPDATE ON manuals_clausechange FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clausechange_is_never_truncated BEFORE TRUNCATE ON manuals_clausechange FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clauselineage_is_append_only BEFORE DELETE OR UPDATE ON manuals_clauselineage FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clauselineage_is_never_truncated BEFORE TRUNCATE ON manuals_clauselineage FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER conformity_check_is_append_only BEFORE DELETE OR UPDATE ON manuals_conformitycheck FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER conformitycheck_is_never_truncated BEFORE TRUNCATE ON manuals_conformitycheck FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER drafting_state_never_changes BEFORE DELETE OR UPDATE ON manuals_draftingstatechange FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER draftingstatechange_is_never_truncated BEFORE TRUNCATE ON manuals_draftingstatechange FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER drop_reason_never_changes BEFORE DELETE OR UPDATE ON manuals_dropreason FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER dropreason_is_never_truncated BEFORE TRUNCATE ON manuals_dropreason FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_is_never_truncated BEFORE TRUNCATE ON manuals_edition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sealed_edition_never_changes BEFORE DELETE OR UPDATE ON manuals_edition FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sealed_edition();
CREATE TRIGGER edition_entry_never_changes BEFORE DELETE OR UPDATE ON manuals_editionentry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER editionentry_is_never_truncated BEFORE TRUNCATE ON manuals_editionentry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sealed_edition_takes_no_entries AFTER INSERT ON manuals_editionentry REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_of_sealed_edition();
CREATE TRIGGER editionrelease_is_append_only BEFORE DELETE OR UPDATE ON manuals_editionrelease FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER editionrelease_is_never_truncated BEFORE TRUNCATE ON manuals_editionrelease FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fileupload_is_never_deleted BEFORE DELETE ON manuals_fileupload FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER fileupload_is_never_truncated BEFORE TRUNCATE ON manuals_fileupload FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER upload_stays_what_it_is BEFORE UPDATE ON manuals_fileupload FOR EACH ROW WHEN (((((((old.id IS DISTINCT FROM new.id) OR (old.uuid IS DISTINCT FROM new.uuid)) OR (old.manual_id IS DISTINCT FROM new.manual_id)) OR (old.by_id IS DISTINCT FROM new.by_id)) OR (old.at IS DISTINCT FROM new.at)) OR ((old.discarded_at IS NOT NULL) AND (old.* IS DISTINCT FROM new.*)))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicaleditionrelease_is_append_only BEFORE DELETE OR UPDATE ON manuals_historicaleditionrelease FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicaleditionrelease_is_never_truncated BEFORE TRUNCATE ON manuals_historicaleditionrelease FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER imported_process_stays_what_was_read BEFORE UPDATE ON manuals_importedprocess FOR EACH ROW WHEN (((((((old.id IS DISTINCT FROM new.id) OR (old.uuid IS DISTINCT FROM new.uuid)) OR (old.file_id IS DISTINCT FROM new.file_id)) OR (old.number IS DISTINCT FROM new.number)) OR (old.reading IS DISTINCT FROM new.reading)) OR (new.lock_version < old.lock_version) OR ((old.taken_at IS NOT NULL) AND (old.* IS DISTINCT FROM new.*)))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER importedprocess_is_never_deleted BEFORE DELETE ON manuals_importedprocess FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER importedprocess_is_never_truncated BEFORE TRUNCATE ON manuals_importedprocess FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER legalsource_stays_what_it_is BEFORE UPDATE ON manuals_legalsource FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR ((old.key)::text IS DISTINCT FROM (new.key)::text))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER legalsuccession_never_changes BEFORE UPDATE ON manuals_legalsuccession FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER manual_is_never_deleted BEFORE DELETE ON manuals_manual FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER manual_is_never_truncated BEFORE TRUNCATE ON manuals_manual FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER manual_stays_what_it_is BEFORE UPDATE ON manuals_manual FOR EACH ROW WHEN ((((old.id IS DISTINCT FROM new.id) OR (old.uuid IS DISTINCT FROM new.uuid)) OR ((old.key)::text IS DISTINCT FROM (new.key)::text))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER noteanswer_is_append_only BEFORE DELETE OR UPDATE ON manuals_noteanswer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER noteanswer_is_never_truncated BEFORE TRUNCATE ON manuals_noteanswer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER notesettlement_never_changes BEFORE UPDATE ON manuals_notesettlement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER previewlink_is_append_only BEFORE DELETE OR UPDATE ON manuals_previewlink FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER previewlink_is_never_truncated BEFORE TRUNCATE ON manuals_previewlink FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER previewopening_is_append_only BEFORE DELETE OR UPDATE ON manuals_previewopening FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER previewopening_is_never_truncated BEFORE TRUNCATE ON manuals_previewopening FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER previewrecall_is_append_only BEFORE DELETE OR UPDATE ON manuals_previewrecall FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER previewrecall_is_never_truncated BEFORE TRUNCATE ON manuals_previewrecall FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_book_never_changes BEFORE DELETE OR UPDATE ON manuals_publishedbook FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER publishedbook_is_never_truncated BEFORE TRUNCATE ON manuals_publishedbook FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER retirement_is_append_only BEFORE DELETE OR UPDATE ON manuals_retirement FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER retirement_is_never_truncated BEFORE TRUNCATE ON manuals_retirement FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reviewanswer_is_append_only BEFORE DELETE OR UPDATE ON manuals_reviewanswer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reviewanswer_is_never_truncated BEFORE TRUNCATE ON manuals_reviewanswer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reviewclosing_is_append_only BEFORE DELETE OR UPDATE ON manuals_reviewclosing FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reviewclosing_is_never_truncated BEFORE TRUNCATE ON manuals_reviewclosing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reviewrequest_is_append_only BEFORE DELETE OR UPDATE ON manuals_reviewrequest FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reviewrequest_is_never_truncated BEFORE TRUNCATE ON manuals_reviewrequest FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER section_is_never_truncated BEFORE TRUNCATE ON manuals_section FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER section_is_retired_not_deleted BEFORE DELETE ON manuals_section FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER section_stays_what_it_is BEFORE UPDATE ON manuals_section FOR EACH ROW WHEN ((((old.id IS DISTINCT FROM new.id) OR (old.uuid IS DISTINCT FROM new.uuid)) OR (new.version < old.version))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sectionlineage_is_append_only BEFORE DELETE OR UPDATE ON manuals_sectionlineage FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sectionlineage_is_never_truncated BEFORE TRUNCATE ON manuals_sectionlineage FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER section_version_never_changes BEFORE DELETE OR UPDATE ON manuals_sectionversion FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sectionversion_is_never_truncated BEFORE TRUNCATE ON manuals_sectionversion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sentfile_is_append_only BEFORE DELETE OR UPDATE ON manuals_sentfile FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sentfile_is_never_truncated BEFORE TRUNCATE ON manuals_sentfile FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER teamnote_is_append_only BEFORE DELETE OR UPDATE ON manuals_teamnote FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER teamnote_is_never_truncated BEFORE TRUNCATE ON manuals_teamnote FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER text_blob_never_changes BEFORE DELETE OR UPDATE ON manuals_textblob FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER textblob_is_never_truncated BEFORE TRUNCATE ON manuals_textblob FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reversion_revision_is_append_only BEFORE DELETE OR UPDATE ON reversion_revision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reversion_revision_is_never_truncated BEFORE TRUNCATE ON reversion_revision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reversion_version_is_append_only BEFORE DELETE OR UPDATE ON reversion_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reversion_version_is_never_truncated BEFORE TRUNCATE ON reversion_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("manuals", "0001_initial"),
        ("manuals", "0002_triggers"),
        ("manuals", "0003_edition_words"),
        ("manuals", "0004_official_words"),
        ("manuals", "0005_as_shipped"),
        ("manuals", "0006_draft_buffers"),
        ("manuals", "0007_drafting_states"),
        ("manuals", "0008_team_notes"),
        ("manuals", "0009_review_requests"),
        ("manuals", "0010_preview_links"),
        ("manuals", "0011_conformity_checks"),
        ("manuals", "0012_what_was_said_stays"),
        ("manuals", "0013_archival_record"),
        ("manuals", "0014_drop_reasons"),
        ("manuals", "0015_copies_of_a_draft"),
        ("manuals", "0016_kept_history"),
        ("manuals", "0017_styles_of_numbers"),
        ("manuals", "0018_kept_identities"),
        ("manuals", "0019_published_books"),
        ("manuals", "0020_sent_files"),
        ("manuals", "0021_sent_files_stay"),
        ("manuals", "0022_forgotten_uploads"),
        ("manuals", "0023_what_undoing_undoes"),
        ("manuals", "0024_published_stand"),
        ("manuals", "0025_entries_that_took_words_in"),
    ]

    dependencies = [
        ("directory", "0007_addresses"),
        ("jobs", "0005_ended_jobs"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        TrigramExtension(),
        CreateTables(
            [
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
                        ("as_shipped", models.JSONField(editable=False, null=True)),
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
                            models.CharField(
                                max_length=64, primary_key=True, serialize=False
                            ),
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
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
                        ),
                        ("part", models.PositiveSmallIntegerField(default=0)),
                        ("rank", models.CharField(db_collation="C", max_length=200)),
                        (
                            "numbering",
                            models.CharField(
                                choices=[
                                    ("decimal", "1.1"),
                                    ("paren", "1)"),
                                    ("parens", "(1)"),
                                    ("letter", "ก."),
                                    ("letter_paren", "ก)"),
                                    ("letter_parens", "(ก)"),
                                    ("bullet", "•"),
                                    ("none", "ไม่มีเลข"),
                                ],
                                default="decimal",
                                max_length=16,
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
                                    ("snapshot", "ร่าง ณ วันที่จัดทำ"),
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
                    name="ArchivalRecord",
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
                        ("code", models.CharField(max_length=40)),
                        ("basis_code", models.CharField(blank=True, max_length=40)),
                        ("file_sha", models.CharField(max_length=64)),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="archival_record",
                                to="manuals.edition",
                            ),
                        ),
                    ],
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
                    name="EditionWord",
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
                        ("word", models.CharField(max_length=100)),
                        ("clauses", models.PositiveIntegerField()),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
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
                                auto_created=True,
                                blank=True,
                                db_index=True,
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
                        ("at", models.DateTimeField(blank=True, editable=False)),
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
                                choices=[
                                    ("amends", "แก้ไขเพิ่มเติม"),
                                    ("replaces", "ใช้แทน"),
                                ],
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
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
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
                    name="FileUpload",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("read_at", models.DateTimeField(blank=True, null=True)),
                        ("unread", models.JSONField(blank=True, default=list)),
                        ("discarded_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "discarded_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uploads",
                                to="manuals.edition",
                            ),
                        ),
                        (
                            "manual",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uploads",
                                to="manuals.manual",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="PreviewLink",
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
                        ("purpose", models.CharField(max_length=200)),
                        ("secret_sha", models.CharField(max_length=64, unique=True)),
                        ("password", models.CharField(max_length=128)),
                        ("ends_on", models.DateField()),
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
                            "manual",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="preview_links",
                                to="manuals.manual",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="PreviewOpening",
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
                            "link",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="openings",
                                to="manuals.previewlink",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="PreviewRecall",
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
                            "link",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recall",
                                to="manuals.previewlink",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="PublishedBook",
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
                        ("pages", models.JSONField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "edition",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="published_book",
                                to="manuals.edition",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jobs.storedfile",
                            ),
                        ),
                        (
                            "stand",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jobs.storedfile",
                            ),
                        ),
                    ],
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
                    name="ReviewRequest",
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
                        ("text", models.TextField()),
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
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="review_requests",
                                to="manuals.clause",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewClosing",
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
                                    ("closed", "ปิดคำขอแล้ว"),
                                    ("withdrawn", "ถอนคำขอแล้ว"),
                                ],
                                max_length=9,
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
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closing",
                                to="manuals.reviewrequest",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ReviewAnswer",
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
                        ("at_version", models.PositiveIntegerField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer",
                                to="manuals.reviewrequest",
                            ),
                        ),
                    ],
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
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
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
                    model_name="reviewrequest",
                    name="section",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_requests",
                        to="manuals.section",
                    ),
                ),
                migrations.AddField(
                    model_name="previewlink",
                    name="section",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="preview_links",
                        to="manuals.section",
                    ),
                ),
                migrations.CreateModel(
                    name="DropReason",
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
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drop_reasons",
                                to="manuals.section",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["section", "-id"],
                    },
                ),
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
                        ("subject", models.UUIDField()),
                        ("sheet", models.UUIDField()),
                        ("base_lock_version", models.PositiveIntegerField(default=0)),
                        ("values", models.JSONField()),
                        (
                            "saved_at",
                            models.DateTimeField(default=django.utils.timezone.now),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
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
                        (
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.section",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="ConformityCheck",
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
                            "status",
                            models.CharField(
                                choices=[
                                    ("conforming", "สอดคล้อง"),
                                    ("conflicting", "ขัด"),
                                    ("outdated", "ล้าสมัย"),
                                    ("no_basis", "ไม่มีฐานกฎหมาย"),
                                ],
                                max_length=11,
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("at_version", models.PositiveIntegerField()),
                        ("standing", models.JSONField(default=dict)),
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
                            "section",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conformity_checks",
                                to="manuals.section",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["section", "id"],
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
                                    ("adopt", "แก้ไขตามข้อเสนอ"),
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
                        (
                            "undoes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="undoings",
                                to="reversion.revision",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["section", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="SentFile",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("name", models.CharField(max_length=255)),
                        (
                            "original",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jobs.storedfile",
                            ),
                        ),
                        (
                            "upload",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="manuals.fileupload",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["upload", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="ImportedProcess",
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
                        ("number", models.PositiveSmallIntegerField()),
                        ("title", models.CharField(max_length=300)),
                        ("reading", models.JSONField()),
                        ("rows", models.JSONField(default=list)),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                        ("base_version", models.PositiveIntegerField(default=0)),
                        ("unit", models.CharField(blank=True, max_length=40)),
                        ("taken_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "taken_section",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="manuals.section",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.section",
                            ),
                        ),
                        (
                            "taken_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="imports",
                                to="manuals.sectionversion",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="processes",
                                to="manuals.sentfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["file", "number"],
                    },
                ),
                migrations.CreateModel(
                    name="TeamNote",
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
                        ("text", models.TextField()),
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
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="team_notes",
                                to="manuals.clause",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="NoteSettlement",
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
                            "note",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="settlement",
                                to="manuals.teamnote",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="NoteAnswer",
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
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="manuals.teamnote",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
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
                        ("numbering", models.CharField(blank=True, max_length=16)),
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
                        (
                            "to_part",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        ("to_parent", models.UUIDField(blank=True, null=True)),
                        (
                            "to_rank",
                            models.CharField(
                                blank=True, db_collation="C", max_length=200, null=True
                            ),
                        ),
                        ("to_numbering", models.CharField(blank=True, max_length=16)),
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
                        (
                            "tsv",
                            django.contrib.postgres.search.SearchVectorField(null=True),
                        ),
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
                                    ("from_clause", models.F("to_clause")),
                                    _negated=True,
                                ),
                                name="clause_does_not_descend_from_itself",
                            ),
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="edition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("manifest_sha__isnull", True),
                                ("sealed_at__isnull", True),
                            ),
                            models.Q(
                                ("manifest_sha__isnull", False),
                                ("sealed_at__isnull", False),
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
                    model_name="editionword",
                    constraint=models.UniqueConstraint(
                        fields=("edition", "tokenizer", "word"),
                        name="one_count_per_word_and_edition",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="citation",
                    constraint=models.UniqueConstraint(
                        fields=("clause", "source", "locator"),
                        name="one_citation_per_place",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="legalsuccession",
                    constraint=models.UniqueConstraint(
                        fields=("from_source", "to_source"),
                        name="one_succession_per_pair",
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
                migrations.AddIndex(
                    model_name="fileupload",
                    index=models.Index(
                        fields=["manual", "-id"], name="upload_by_manual"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fileupload",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("discarded_by__isnull", True),
                            ("discarded_at__isnull", False),
                            _connector="OR",
                        ),
                        name="upload_was_discarded_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="fileupload",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("edition__isnull", True),
                            ("discarded_at__isnull", True),
                            _connector="OR",
                        ),
                        name="upload_that_became_an_edition_is_not_discarded",
                    ),
                ),
                migrations.AddIndex(
                    model_name="previewopening",
                    index=models.Index(
                        fields=["link", "-at"], name="preview_opening_by_link"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewclosing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["closed", "withdrawn"])),
                        name="review_closing_is_known",
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
                                [
                                    "front",
                                    "mission",
                                    "unit",
                                    "process",
                                    "chapter",
                                    "annex",
                                ],
                            )
                        ),
                        name="section_kind_is_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="reviewrequest",
                    index=models.Index(
                        fields=["asked", "-id"], name="review_request_by_asked"
                    ),
                ),
                migrations.AddIndex(
                    model_name="reviewrequest",
                    index=models.Index(
                        fields=["by", "-id"], name="review_request_by_sender"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reviewrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("asked", models.F("by")), _negated=True),
                        name="nobody_asks_oneself_to_review",
                    ),
                ),
                migrations.AddIndex(
                    model_name="previewlink",
                    index=models.Index(
                        fields=["by", "-id"], name="preview_link_by_maker"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dropreason",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="drop_reason_says_something",
                    ),
                ),
                migrations.AddIndex(
                    model_name="draftingstatechange",
                    index=models.Index(
                        fields=["section", "-id"], name="drafting_state_by_section"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="draftingstatechange",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["not_begun", "begun", "in_review", "ready"])
                        ),
                        name="drafting_state_is_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="draftbuffer",
                    index=models.Index(
                        fields=["section", "saved_at"], name="draft_buffer_by_section"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="draftbuffer",
                    constraint=models.UniqueConstraint(
                        fields=("user", "subject", "sheet"),
                        name="one_draft_buffer_per_person_subject_and_sheet",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="draftbuffer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("base_lock_version", 0), ("clause__isnull", True)
                            ),
                            models.Q(
                                ("clause__isnull", False),
                                models.Q(("base_lock_version", 0), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="draft_buffer_of_a_clause_knows_its_version",
                    ),
                ),
                migrations.AddIndex(
                    model_name="conformitycheck",
                    index=models.Index(
                        fields=["section", "-id"], name="latest_check_of_a_section"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conformitycheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("status", "conforming"),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_does_not_conform_is_explained",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conformitycheck",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                ["conforming", "conflicting", "outdated", "no_basis"],
                            )
                        ),
                        name="conformity_status_is_known",
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
                        fields=("section", "number"),
                        name="one_version_per_section_and_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sectionversion",
                    constraint=models.UniqueConstraint(
                        fields=("revision", "section"),
                        name="one_version_per_act_and_section",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sectionversion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("action", "undo"), ("undoes__isnull", False)),
                            models.Q(
                                models.Q(("action", "undo"), _negated=True),
                                ("undoes__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="undoing_names_what_it_undoes",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sentfile",
                    constraint=models.UniqueConstraint(
                        fields=("upload", "number"), name="one_sent_file_per_number"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importedprocess",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("base_version", 0), ("target__isnull", True)),
                            models.Q(
                                ("base_version__gt", 0), ("target__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="imported_process_knows_what_it_revises",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="importedprocess",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_section__isnull", True),
                                ("taken_version__isnull", True),
                            ),
                            ("taken_at__isnull", False),
                            _connector="OR",
                        ),
                        name="imported_process_was_taken_at_a_time",
                    ),
                ),
                migrations.AddIndex(
                    model_name="editionentry",
                    index=models.Index(
                        condition=models.Q(("data__has_key", "has_words_of")),
                        fields=["edition"],
                        name="entries_that_took_words_in",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="editionentry",
                    constraint=models.UniqueConstraint(
                        fields=("edition", "uuid"),
                        name="one_entry_per_edition_and_node",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="editionentry",
                    constraint=models.UniqueConstraint(
                        fields=("edition", "ordinal"),
                        name="one_entry_per_edition_and_ordinal",
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
                            ("kind", "manual"),
                            ("section__isnull", False),
                            _connector="OR",
                        ),
                        name="entry_below_manual_has_section",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="editionentry",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["manual", "section", "clause"])
                        ),
                        name="entry_kind_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="clausechange",
                    constraint=models.UniqueConstraint(
                        fields=("revision", "clause"),
                        name="one_change_per_act_and_clause",
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
                        fields=("blob", "tokenizer"),
                        name="one_index_per_blob_and_tokenizer",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, migrations.RunSQL.noop),
    ]
