from django.db import migrations

FORWARD = """
CREATE TRIGGER stored_file_is_never_truncated BEFORE TRUNCATE ON jobs_storedfile
    EXECUTE FUNCTION refuse_change_of_stored_file();
"""
BACKWARD = "DROP TRIGGER stored_file_is_never_truncated ON jobs_storedfile;"


class Migration(migrations.Migration):
    """Stored files are not emptied either."""

    dependencies = [("jobs", "0003_official_words")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
