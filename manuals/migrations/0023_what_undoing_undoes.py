import django.db.models.deletion
from django.db import migrations, models

# Until now only the last act of a section was ever undone: the one before the undoings right behind it
FILL = """
ALTER TABLE manuals_sectionversion DISABLE TRIGGER section_version_never_changes;
UPDATE manuals_sectionversion undoing SET undoes_id = (
    SELECT act.revision_id FROM manuals_sectionversion act
    WHERE act.section_id = undoing.section_id AND act.number < undoing.number AND act.action <> 'undo'
    ORDER BY act.number DESC LIMIT 1
) WHERE undoing.action = 'undo';
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE manuals_sectionversion ENABLE TRIGGER section_version_never_changes;
"""


class Migration(migrations.Migration):
    """An undoing names the act it undoes, which need not be the last one of the section."""

    dependencies = [
        ("manuals", "0022_forgotten_uploads"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
    ]

    operations = [
        migrations.AddField(
            model_name="sectionversion",
            name="undoes",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="undoings",
                to="reversion.revision",
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="sectionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action", "undo"), ("undoes__isnull", False)),
                    models.Q(
                        models.Q(("action", "undo"), _negated=True),
                        ("undoes__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="undoing_names_what_it_undoes",
            ),
        ),
    ]
