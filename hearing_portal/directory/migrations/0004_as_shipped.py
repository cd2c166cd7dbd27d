from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# What nobody could change until now, so that it stands as the shipped list had it
OF_GROUPS = ("kind", "order", "duties")
OF_OFFICES = ("kind", "area_no")


def remember_where_rows_came_from(
    apps: Apps, schema_editor: BaseDatabaseSchemaEditor
) -> None:
    """Until now every group and office came from the shipped list."""
    for name, fields in (("WorkGroup", OF_GROUPS), ("AreaOffice", OF_OFFICES)):
        model = apps.get_model("directory", name)
        for row in model.objects.all():
            row.as_shipped = {"key": row.key, "valid_from": row.valid_from.isoformat()}
            for field in fields:
                row.as_shipped[field] = getattr(row, field)
            row.save(update_fields=["as_shipped"])


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0003_official_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="areaoffice",
            name="as_shipped",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="workgroup",
            name="as_shipped",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.RunPython(
            remember_where_rows_came_from, migrations.RunPython.noop, elidable=True
        ),
    ]
