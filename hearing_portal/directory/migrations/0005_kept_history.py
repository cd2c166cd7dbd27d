from django.db import migrations

HISTORY = "historicalroleassignment"
NOT_TRUNCATED = (HISTORY, "passwordsetting", "contactversion", "privacynoticeversion")

FORWARD = f"""
CREATE TRIGGER {HISTORY}_is_append_only BEFORE UPDATE OR DELETE ON directory_{HISTORY}
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_version();
""" + "".join(
    f"""
CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON directory_{table}
    EXECUTE FUNCTION refuse_change_of_version();
"""
    for table in NOT_TRUNCATED
)
BACKWARD = f"DROP TRIGGER {HISTORY}_is_append_only ON directory_{HISTORY};" + "".join(
    f"DROP TRIGGER {table}_is_never_truncated ON directory_{table};"
    for table in NOT_TRUNCATED
)


class Migration(migrations.Migration):
    """The history of roles is only added to."""

    dependencies = [("directory", "0004_as_shipped")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
