from django.db import migrations

# Settling a note is undone by deleting its row, and told by the log
TABLES = (
    "teamnote",
    "noteanswer",
    "reviewrequest",
    "reviewanswer",
    "reviewclosing",
    "previewlink",
    "previewrecall",
    "previewopening",
)


def create(table: str) -> str:
    return (
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON manuals_{table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def drop(table: str) -> str:
    return f"DROP TRIGGER {table}_is_append_only ON manuals_{table}"


class Migration(migrations.Migration):
    """What those who draft said to each other, and who was shown a draft by a link, is never changed."""

    dependencies = [("manuals", "0011_conformity_checks")]

    operations = [migrations.RunSQL(create(table), drop(table)) for table in TABLES]
