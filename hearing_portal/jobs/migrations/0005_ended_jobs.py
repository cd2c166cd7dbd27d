from django.db import migrations

FIXED = ("id", "uuid", "kind", "params", "asked_by_id", "asked_at")
OLD = ", ".join(f"OLD.{column}" for column in FIXED)
NEW = ", ".join(f"NEW.{column}" for column in FIXED)

FORWARD = f"""
CREATE FUNCTION refuse_change_of_job() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a job refuses %: what was asked for, and how it ended, stays', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER job_stays_what_was_asked BEFORE UPDATE ON jobs_job
    FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL OR ({OLD}) IS DISTINCT FROM ({NEW}))
    EXECUTE FUNCTION refuse_change_of_job();
CREATE TRIGGER job_is_never_deleted BEFORE DELETE ON jobs_job
    FOR EACH ROW EXECUTE FUNCTION refuse_change_of_job();
CREATE TRIGGER job_is_never_truncated BEFORE TRUNCATE ON jobs_job
    EXECUTE FUNCTION refuse_change_of_job();
"""
BACKWARD = """
DROP TRIGGER job_stays_what_was_asked ON jobs_job;
DROP TRIGGER job_is_never_deleted ON jobs_job;
DROP TRIGGER job_is_never_truncated ON jobs_job;
DROP FUNCTION refuse_change_of_job();
"""


class Migration(migrations.Migration):
    """Who asked for what, and how it ended: a download is given out by it."""

    dependencies = [("jobs", "0004_kept_from_truncate")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
