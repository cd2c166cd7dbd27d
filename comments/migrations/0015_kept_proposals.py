from django.db import migrations

FORWARD = """
CREATE FUNCTION refuse_other_proposal() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM comments_comment WHERE id = OLD.comment_id AND triaged_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what a comment proposed is never changed once it was taken up'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER amendment_stands_once_taken_up BEFORE UPDATE ON comments_amendment
    FOR EACH ROW WHEN ((OLD.op, OLD.proposed) IS DISTINCT FROM (NEW.op, NEW.proposed))
    EXECUTE FUNCTION refuse_other_proposal();
"""
BACKWARD = """
DROP TRIGGER amendment_stands_once_taken_up ON comments_amendment;
DROP FUNCTION refuse_other_proposal();
"""


class Migration(migrations.Migration):
    """The words somebody proposed stand, like those of the comment, once it was taken up."""

    dependencies = [("comments", "0014_comment_counts")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
