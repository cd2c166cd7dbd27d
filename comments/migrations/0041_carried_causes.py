import django.db.models.deletion
from django.db import migrations, models

# An acceptance that followed another one of the same comment left its words as they were: both are causes of them.
# Where a person reworded the clause in between, nobody can tell here whether the words still stood
CARRY = """
DO $$
DECLARE
    answer record;
    earlier bigint;
BEGIN
    FOR answer IN
        SELECT given.id, given.comment_id, given.disposition_id, decision.decided_at
        FROM comments_answer given JOIN comments_disposition decision ON decision.id = given.disposition_id
        WHERE decision.outcome IN ('accepted', 'accepted_with_changes') ORDER BY given.id
    LOOP
        SELECT disposition_id INTO earlier FROM comments_answer
        WHERE comment_id = answer.comment_id AND id < answer.id ORDER BY id DESC LIMIT 1;
        CONTINUE WHEN earlier IS NULL OR earlier = answer.disposition_id;
        INSERT INTO comments_changecause (change_id, ended_in_id, disposition_id, amendment_id, carried_from_id)
        SELECT known.change_id, known.ended_in_id, answer.disposition_id, known.amendment_id,
               coalesce(known.carried_from_id, known.id)
        FROM comments_changecause known
        JOIN manuals_clausechange change ON change.id = known.change_id
        LEFT JOIN comments_amendment proposal ON proposal.id = known.amendment_id
        WHERE known.disposition_id = earlier
            AND (proposal.comment_id IS NOT DISTINCT FROM answer.comment_id OR NOT EXISTS (
                SELECT FROM comments_changecause own JOIN comments_amendment of_own ON of_own.id = own.amendment_id
                WHERE own.disposition_id = earlier AND of_own.comment_id = answer.comment_id))
            AND NOT EXISTS (
                SELECT FROM manuals_clausechange later JOIN reversion_revision act ON act.id = later.revision_id
                WHERE later.clause_id = change.clause_id AND later.id > change.id
                    AND later.kind NOT IN ('moved', 'formatted') AND act.date_created <= answer.decided_at
                    AND NOT EXISTS (SELECT FROM comments_changecause other WHERE other.change_id = later.id))
        ON CONFLICT DO NOTHING;
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """Whose a change of words is, once one of those it answered is decided again."""

    dependencies = [
        ("comments", "0040_an_objection_has_its_own_answer"),
        ("manuals", "0024_published_stand"),
    ]

    operations = [
        migrations.AlterField(
            "changecause",
            "change",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="causes",
                to="manuals.clausechange",
            ),
        ),
        migrations.AddField(
            "changecause",
            "carried_from",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried",
                to="comments.changecause",
            ),
        ),
        migrations.AddConstraint(
            "changecause",
            models.UniqueConstraint(
                fields=("change", "disposition"),
                name="disposition_causes_a_change_once",
            ),
        ),
        migrations.RunSQL(CARRY, migrations.RunSQL.noop),
    ]
