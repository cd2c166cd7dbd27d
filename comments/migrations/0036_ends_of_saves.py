import django.db.models.deletion
from django.db import migrations, models

# Lines of the log that one act wrote share its moment; each step at the bench made a version of the clause's section
FILL = """
ALTER TABLE comments_changecause DISABLE TRIGGER changecause_is_append_only;
UPDATE comments_changecause SET ended_in_id = change_id;
UPDATE comments_changecause cause SET ended_in_id = step.ended_in FROM (
    SELECT known.id, max(known.change_id) OVER (PARTITION BY change.clause_id, line.at, line.by_id) AS ended_in
    FROM comments_changecause known
    JOIN manuals_clausechange change ON change.id = known.change_id
    JOIN manuals_sectionversion version ON version.revision_id = change.revision_id
        AND version.section_id = change.to_section_id AND version.action = 'adopt'
    JOIN manuals_section section ON section.id = version.section_id
    JOIN acts_act line ON line.code = 'text-changed' AND line.subject = 'section'
        AND line.subject_key = section.uuid::text AND line.note = version.number::text
) step WHERE step.id = cause.id;
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE comments_changecause ENABLE TRIGGER changecause_is_append_only;
"""


def end_of_save(**options):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to="manuals.clausechange",
        **options,
    )


class Migration(migrations.Migration):
    """A save at the bench of a clause changes it step by step: each step names the one in which the save ended."""

    dependencies = [
        ("acts", "0007_moment_of_acts"),
        ("comments", "0035_motions_and_timers"),
        ("manuals", "0024_published_stand"),
    ]

    operations = [
        migrations.AddField("changecause", "ended_in", end_of_save(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField("changecause", "ended_in", end_of_save()),
    ]
