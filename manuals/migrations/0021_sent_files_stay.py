from django.db import migrations

# (trigger, table, when an UPDATE of a row is refused)
FIXED = (
    (
        "upload_stays_what_it_is",
        "fileupload",
        "(OLD.id, OLD.uuid, OLD.manual_id, OLD.by_id, OLD.at) IS DISTINCT FROM"
        " (NEW.id, NEW.uuid, NEW.manual_id, NEW.by_id, NEW.at)"
        " OR (OLD.discarded_at IS NOT NULL AND OLD IS DISTINCT FROM NEW)",
    ),
    (
        "imported_process_stays_what_was_read",
        "importedprocess",
        "(OLD.id, OLD.uuid, OLD.file_id, OLD.number, OLD.reading) IS DISTINCT FROM"
        " (NEW.id, NEW.uuid, NEW.file_id, NEW.number, NEW.reading)"
        " OR NEW.lock_version < OLD.lock_version"
        " OR (OLD.taken_at IS NOT NULL AND OLD IS DISTINCT FROM NEW)",
    ),
)
FORWARD = """
CREATE TRIGGER sentfile_is_append_only BEFORE UPDATE OR DELETE ON manuals_sentfile
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sentfile_is_never_truncated BEFORE TRUNCATE ON manuals_sentfile
    EXECUTE FUNCTION refuse_change();
""" + "".join(
    f"CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON manuals_{table}"
    " FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
    f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON manuals_{table}"
    " EXECUTE FUNCTION refuse_change();\n"
    f"CREATE TRIGGER {name} BEFORE UPDATE ON manuals_{table}"
    f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_change();\n"
    for name, table, condition in FIXED
)
BACKWARD = (
    "DROP TRIGGER sentfile_is_append_only ON manuals_sentfile;\n"
    "DROP TRIGGER sentfile_is_never_truncated ON manuals_sentfile;\n"
    + "".join(
        f"DROP TRIGGER {table}_is_never_deleted ON manuals_{table};\n"
        f"DROP TRIGGER {table}_is_never_truncated ON manuals_{table};\n"
        f"DROP TRIGGER {name} ON manuals_{table};\n"
        for name, table, _ in FIXED
    )
)


class Migration(migrations.Migration):
    """What was sent stays as it came, and so does what became of it."""

    dependencies = [("manuals", "0020_sent_files")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
