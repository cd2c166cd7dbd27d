"""A stored file is what its name says for ever: its row refuses UPDATE and DELETE."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION refuse_change_of_stored_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a stored file is never changed or deleted'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER stored_file_is_immutable BEFORE UPDATE OR DELETE ON jobs_storedfile
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_stored_file();
"""
BACKWARD = """
DROP TRIGGER stored_file_is_immutable ON jobs_storedfile;
DROP FUNCTION refuse_change_of_stored_file();
"""


class Migration(migrations.Migration):
    replaces = [("jobs", "0002_immutability")]
    dependencies = [("jobs", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
