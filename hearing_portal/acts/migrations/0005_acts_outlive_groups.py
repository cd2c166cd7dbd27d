import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The log keeps what was done to a group that was a mistake and is removed."""

    dependencies = [
        ("acts", "0004_category_of_law"),
        ("directory", "0004_as_shipped"),
    ]

    operations = [
        migrations.AlterField(
            model_name="act",
            name="work_group",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="directory.workgroup",
            ),
        ),
    ]
