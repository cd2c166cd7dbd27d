import django.db.models.deletion
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER published_book_never_changes BEFORE UPDATE OR DELETE ON manuals_publishedbook
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER publishedbook_is_never_truncated BEFORE TRUNCATE ON manuals_publishedbook
    EXECUTE FUNCTION refuse_change();
"""
NO_TRIGGER = """
DROP TRIGGER published_book_never_changes ON manuals_publishedbook;
DROP TRIGGER publishedbook_is_never_truncated ON manuals_publishedbook;
"""


class Migration(migrations.Migration):
    """The book of an edition for everybody: printed once, with the pages on which things stand."""

    dependencies = [
        ("jobs", "0005_ended_jobs"),
        ("manuals", "0018_kept_identities"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedBook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("pages", models.JSONField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="published_book",
                        to="manuals.edition",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="jobs.storedfile",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
    ]
