import django.db.models.deletion
from django.db import migrations, models

FILL = """
CREATE FUNCTION place_support() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    NEW.entry_id := (SELECT entry_id FROM comments_comment WHERE id = NEW.comment_id);
    RETURN NEW;
END $$;
CREATE TRIGGER support_stands_at_the_entry_of_its_comment BEFORE INSERT ON comments_support
    FOR EACH ROW EXECUTE FUNCTION place_support();
ALTER TABLE comments_support DISABLE TRIGGER support_is_taken_back_once;
UPDATE comments_support support SET entry_id = comment.entry_id
    FROM comments_comment comment WHERE comment.id = support.comment_id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE comments_support ENABLE TRIGGER support_is_taken_back_once;
CREATE TRIGGER support_stays_at_its_entry BEFORE UPDATE ON comments_support
    FOR EACH ROW WHEN (OLD.entry_id IS DISTINCT FROM NEW.entry_id) EXECUTE FUNCTION refuse_change();
"""
EMPTY = """
DROP TRIGGER support_stays_at_its_entry ON comments_support;
DROP TRIGGER support_stands_at_the_entry_of_its_comment ON comments_support;
DROP FUNCTION place_support();
"""


def entry_of_support(**options):
    return models.ForeignKey(
        db_index=False,
        editable=False,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="manuals.editionentry",
        **options,
    )


class Migration(migrations.Migration):
    """The database writes beside a support which entry its comment is about, so that the supports of a page's entries
    are found without reading all there are."""

    dependencies = [
        ("comments", "0017_changes_leave_a_trace"),
    ]

    operations = [
        migrations.AddField("support", "entry", entry_of_support(null=True)),
        migrations.RunSQL(FILL, EMPTY),
        migrations.AlterField("support", "entry", entry_of_support()),
        migrations.AddIndex(
            model_name="support",
            index=models.Index(
                condition=models.Q(("taken_back_at__isnull", True)),
                fields=["entry"],
                include=("comment", "office"),
                name="active_supports",
            ),
        ),
    ]
