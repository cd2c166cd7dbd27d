"""Triggers: nothing said or decided is deleted, acts are append-only, a comment stays in its session's edition."""

from django.db import migrations

KEPT = [
    "comment",
    "amendment",
    "disposition",
    "answer",
    "objection",
    "hearing",
    "hearingsession",
    "support",
]
APPEND_ONLY = [
    "sessionstate",
    "discussion",
    "moderation",
    "reclassing",
    "recommendation",
    "changecause",
    "answerpublication",
]

ENTRY_IN_SESSION = """
CREATE FUNCTION refuse_comment_on_another_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT edition_id FROM manuals_editionentry WHERE id = NEW.entry_id)
       IS DISTINCT FROM (SELECT edition_id FROM comments_hearingsession WHERE id = NEW.session_id) THEN
        RAISE EXCEPTION 'a comment points into the edition its session runs on'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.parent_id IS NOT NULL AND EXISTS (
        SELECT FROM comments_comment parent WHERE parent.id = NEW.parent_id
           AND (parent.parent_id IS NOT NULL OR parent.entry_id <> NEW.entry_id)) THEN
        RAISE EXCEPTION 'replies are one level deep and stay at the entry of what they answer'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comment_stays_in_its_edition
    BEFORE INSERT OR UPDATE OF entry_id, session_id, parent_id ON comments_comment
    FOR EACH ROW EXECUTE FUNCTION refuse_comment_on_another_edition();
"""

FORWARD = (
    ENTRY_IN_SESSION
    + "".join(
        f"CREATE TRIGGER {table}_is_never_deleted BEFORE DELETE ON comments_{table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
        for table in KEPT
    )
    + "".join(
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON comments_{table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
        for table in APPEND_ONLY
    )
)

BACKWARD = (
    "DROP TRIGGER comment_stays_in_its_edition ON comments_comment;\n"
    "DROP FUNCTION refuse_comment_on_another_edition();\n"
    + "".join(
        f"DROP TRIGGER {table}_is_never_deleted ON comments_{table};\n"
        for table in KEPT
    )
    + "".join(
        f"DROP TRIGGER {table}_is_append_only ON comments_{table};\n"
        for table in APPEND_ONLY
    )
)


class Migration(migrations.Migration):
    # Also for databases from before the first installation's migrations became one
    replaces = [
        ("comments", "0002_initial"),
        ("comments", "0003_initial"),
        ("comments", "0004_immutability"),
        ("comments", "0005_comment_voices"),
        ("comments", "0006_support_taken_back"),
    ]
    dependencies = [("comments", "0001_initial"), ("manuals", "0002_triggers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
