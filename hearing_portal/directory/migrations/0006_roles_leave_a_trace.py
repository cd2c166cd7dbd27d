from django.db import migrations

# Of simple-history's rows, what the audited rows themselves do not have
OF_HISTORY = (
    "history_id, history_date, history_change_reason, history_type, history_user_id"
)

DEMAND_HISTORY = f"""
CREATE FUNCTION demand_history() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    is_told boolean;
BEGIN
    EXECUTE format(
        'SELECT (SELECT to_jsonb(told) - $2 FROM %I told WHERE told.id = $1 ORDER BY told.history_id DESC LIMIT 1)'
        ' = to_jsonb(stands) FROM %I stands WHERE stands.id = $1', TG_ARGV[0], TG_TABLE_NAME)
        INTO is_told USING NEW.id, string_to_array('{OF_HISTORY}', ', ');
    IF is_told IS DISTINCT FROM true THEN
        RAISE EXCEPTION '% refuses a change that its history does not tell', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""
NEVER_DELETED = ("roleassignment", "user", "areaoffice")
# {table: columns that no UPDATE changes}
FIXED = {
    "roleassignment": (
        *("id", "user_id", "role", "work_group_id", "office_id", "valid_from"),
    ),
    "user": ("id", "username", "date_joined"),
    "areaoffice": ("id", "key"),
    "workgroup": ("id", "key"),
}


def keep_values(table: str, columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return (
        f"CREATE TRIGGER {table}_stays_what_it_is BEFORE UPDATE ON directory_{table}"
        f" FOR EACH ROW WHEN (({old}) IS DISTINCT FROM ({new}))"
        " EXECUTE FUNCTION refuse_change_of_version();\n"
    )


FORWARD = (
    DEMAND_HISTORY
    + "".join(keep_values(table, columns) for table, columns in FIXED.items())
    + "".join(
        f"CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON directory_{table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();\n"
        f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON directory_{table}"
        " EXECUTE FUNCTION refuse_change_of_version();\n"
        for table in NEVER_DELETED
    )
    + """
CREATE CONSTRAINT TRIGGER roleassignment_leaves_history AFTER UPDATE ON directory_roleassignment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION demand_history('directory_historicalroleassignment');
"""
)
BACKWARD = (
    "DROP TRIGGER roleassignment_leaves_history ON directory_roleassignment;\n"
    + "".join(
        f"DROP TRIGGER {table}_is_never_deleted ON directory_{table};\n"
        f"DROP TRIGGER {table}_is_never_truncated ON directory_{table};\n"
        for table in NEVER_DELETED
    )
    + "".join(
        f"DROP TRIGGER {table}_stays_what_it_is ON directory_{table};\n"
        for table in FIXED
    )
    + "DROP FUNCTION demand_history();\n"
)


class Migration(migrations.Migration):
    """Roles end and are not rewritten, and what an UPDATE makes of one stands in its history when it is committed."""

    dependencies = [("directory", "0005_kept_history")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
