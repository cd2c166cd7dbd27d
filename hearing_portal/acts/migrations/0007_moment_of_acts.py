from django.db import migrations

# All lines of an act are written by one statement, and share its moment
FORWARD = """
CREATE FUNCTION set_moment_of_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.by_id IS NULL AND NEW.category = 'session' THEN
        NEW.at := LEAST(NEW.at, statement_timestamp());
    ELSE
        NEW.at := statement_timestamp();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER act_has_the_moment_of_its_writing BEFORE INSERT ON acts_act
    FOR EACH ROW EXECUTE FUNCTION set_moment_of_act();
"""
BACKWARD = """
DROP TRIGGER act_has_the_moment_of_its_writing ON acts_act;
DROP FUNCTION set_moment_of_act();
"""


class Migration(migrations.Migration):
    """When somebody acted is said by the database, whatever was written. What the clock did to a session alone may lie
    before: the portal writes it down when it can."""

    dependencies = [("acts", "0006_kept_from_truncate")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
