"""Triggers: what must never change is refused by the database itself (model.md, "Editions are sealed")."""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% refuses %: its rows are a public record', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION refuse_change_of_sealed_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.sealed_at IS NOT NULL THEN
        RAISE EXCEPTION 'edition % is sealed and refuses %', OLD.code, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_entry_of_sealed_edition() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER text_blob_never_changes BEFORE UPDATE OR DELETE ON manuals_textblob
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_entry_never_changes BEFORE UPDATE OR DELETE ON manuals_editionentry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sealed_edition_takes_no_entries AFTER INSERT ON manuals_editionentry
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION refuse_entry_of_sealed_edition();
CREATE TRIGGER sealed_edition_never_changes BEFORE UPDATE OR DELETE ON manuals_edition
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sealed_edition();
CREATE TRIGGER section_version_never_changes BEFORE UPDATE OR DELETE ON manuals_sectionversion
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clause_change_never_changes BEFORE UPDATE OR DELETE ON manuals_clausechange
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER section_is_retired_not_deleted BEFORE DELETE ON manuals_section
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clause_is_retired_not_deleted BEFORE DELETE ON manuals_clause
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

UNDO = """
DROP TRIGGER text_blob_never_changes ON manuals_textblob;
DROP TRIGGER edition_entry_never_changes ON manuals_editionentry;
DROP TRIGGER sealed_edition_takes_no_entries ON manuals_editionentry;
DROP TRIGGER sealed_edition_never_changes ON manuals_edition;
DROP TRIGGER section_version_never_changes ON manuals_sectionversion;
DROP TRIGGER clause_change_never_changes ON manuals_clausechange;
DROP TRIGGER section_is_retired_not_deleted ON manuals_section;
DROP TRIGGER clause_is_retired_not_deleted ON manuals_clause;
DROP FUNCTION refuse_change();
DROP FUNCTION refuse_change_of_sealed_edition();
DROP FUNCTION refuse_entry_of_sealed_edition();
"""


class Migration(migrations.Migration):
    # Also for databases from before the first installation's migrations became one
    replaces = [("manuals", "0002_immutability"), ("manuals", "0003_search_index")]
    dependencies = [("manuals", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO),
    ]
