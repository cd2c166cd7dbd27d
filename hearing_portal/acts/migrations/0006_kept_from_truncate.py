from django.db import migrations

FORWARD = """
CREATE TRIGGER act_is_never_truncated BEFORE TRUNCATE ON acts_act EXECUTE FUNCTION refuse_change_of_act();
"""
BACKWARD = "DROP TRIGGER act_is_never_truncated ON acts_act;"


class Migration(migrations.Migration):
    """The log of acts, the looks at names among them, is not emptied either."""

    dependencies = [("acts", "0005_acts_outlive_groups")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
