from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIELDS = ("short_title", "full_title", "year_be", "kind", "status", "note")


def remember_where_sources_came_from(
    apps: Apps, schema_editor: BaseDatabaseSchemaEditor
) -> None:
    """Until now every source came from the shipped registry, and nobody could change one."""
    for source in apps.get_model("manuals", "LegalSource").objects.all():
        later = source.successions.values_list("to_source__key", flat=True)
        source.as_shipped = {"key": source.key, "successions": list(later)}
        for field in FIELDS:
            source.as_shipped[field] = getattr(source, field)
        source.save(update_fields=["as_shipped"])


class Migration(migrations.Migration):
    dependencies = [
        ("manuals", "0004_official_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="legalsource",
            name="as_shipped",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.RunPython(
            remember_where_sources_came_from, migrations.RunPython.noop, elidable=True
        ),
    ]
