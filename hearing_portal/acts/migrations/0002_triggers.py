"""The log of acts is append-only: a line once written stays as it is."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION refuse_change_of_act() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log of acts refuses %', TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER act_is_append_only BEFORE UPDATE OR DELETE ON acts_act
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_act();
"""
BACKWARD = """
DROP TRIGGER act_is_append_only ON acts_act;
DROP FUNCTION refuse_change_of_act();
"""


class Migration(migrations.Migration):
    dependencies = [("acts", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
