from django.db import migrations

FORWARD = """
CREATE FUNCTION refuse_answer_of_another_comment() RETURNS trigger LANGUAGE plpgsql
SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comments_answer
                   WHERE comment_id = NEW.comment_id AND disposition_id = NEW.answered_by_id) THEN
        RAISE EXCEPTION 'an objection is answered by an answer to its own comment'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER objection_has_its_own_answer AFTER INSERT OR UPDATE ON comments_objection
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.answered_by_id IS NOT NULL) EXECUTE FUNCTION refuse_answer_of_another_comment();
"""
BACKWARD = """
DROP TRIGGER objection_has_its_own_answer ON comments_objection;
DROP FUNCTION refuse_answer_of_another_comment();
"""


class Migration(migrations.Migration):
    """The answer is stored after the objection that it settles, in one transaction: what counts is what it ends with."""

    dependencies = [("comments", "0039_advice_taken_back")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
