from django.db import migrations

# Acts: added, never changed
APPEND_ONLY = ("retirement", "clauselineage", "sectionlineage")
# Taken away and made anew, but never turned into another
NEVER_CHANGED = ("notesettlement", "legalsuccession")
# (trigger, table, when an UPDATE of a row is refused)
FIXED = (
    (
        "manual_stays_what_it_is",
        "manual",
        "(OLD.id, OLD.uuid, OLD.key) IS DISTINCT FROM (NEW.id, NEW.uuid, NEW.key)",
    ),
    (
        "section_stays_what_it_is",
        "section",
        "(OLD.id, OLD.uuid) IS DISTINCT FROM (NEW.id, NEW.uuid) OR NEW.version < OLD.version",
    ),
    (
        "clause_stays_what_it_is",
        "clause",
        "(OLD.id, OLD.uuid) IS DISTINCT FROM (NEW.id, NEW.uuid) OR NEW.lock_version < OLD.lock_version",
    ),
    (
        "clause_is_reworded_by_acts",
        "clause",
        "(OLD.kind, OLD.body, OLD.data, OLD.plain, OLD.sha, OLD.applies_to, OLD.retired_id) IS DISTINCT FROM"
        " (NEW.kind, NEW.body, NEW.data, NEW.plain, NEW.sha, NEW.applies_to, NEW.retired_id)"
        " AND NEW.lock_version <= OLD.lock_version",
    ),
    (
        "legalsource_stays_what_it_is",
        "legalsource",
        "(OLD.id, OLD.key) IS DISTINCT FROM (NEW.id, NEW.key)",
    ),
)
WORDS_ARE_TOLD = """
CREATE FUNCTION demand_clause_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
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
CREATE CONSTRAINT TRIGGER clause_change_is_told AFTER UPDATE ON manuals_clause
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN ((OLD.sha, OLD.retired_id) IS DISTINCT FROM (NEW.sha, NEW.retired_id))
    EXECUTE FUNCTION demand_clause_change();
"""

FORWARD = (
    "".join(
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON manuals_{table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
        f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON manuals_{table}"
        " EXECUTE FUNCTION refuse_change();\n"
        for table in APPEND_ONLY
    )
    + "".join(
        f"CREATE TRIGGER {table}_never_changes BEFORE UPDATE ON manuals_{table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
        for table in NEVER_CHANGED
    )
    + "".join(
        f"CREATE TRIGGER {name} BEFORE UPDATE ON manuals_{table}"
        f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_change();\n"
        for name, table, condition in FIXED
    )
    + """
CREATE TRIGGER manual_is_never_deleted BEFORE DELETE ON manuals_manual
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER manual_is_never_truncated BEFORE TRUNCATE ON manuals_manual
    EXECUTE FUNCTION refuse_change();
"""
    + WORDS_ARE_TOLD
)
BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_is_append_only ON manuals_{table};\n"
        f"DROP TRIGGER {table}_is_never_truncated ON manuals_{table};\n"
        for table in APPEND_ONLY
    )
    + "".join(
        f"DROP TRIGGER {table}_never_changes ON manuals_{table};\n"
        for table in NEVER_CHANGED
    )
    + "".join(f"DROP TRIGGER {name} ON manuals_{table};\n" for name, table, _ in FIXED)
    + "DROP TRIGGER manual_is_never_deleted ON manuals_manual;\n"
    "DROP TRIGGER manual_is_never_truncated ON manuals_manual;\n"
    "DROP TRIGGER clause_change_is_told ON manuals_clause;\n"
    "DROP FUNCTION demand_clause_change();\n"
)


class Migration(migrations.Migration):
    """What is cited keeps its identity, retirements and lines of descent stay, and no clause is reworded untold."""

    dependencies = [("manuals", "0017_styles_of_numbers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
