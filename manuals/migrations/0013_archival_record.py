import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TRIGGER = """
CREATE TRIGGER archival_record_never_changes BEFORE UPDATE OR DELETE ON manuals_archivalrecord
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    """Editions that came out of a file of another portal."""

    dependencies = [
        ("manuals", "0012_what_was_said_stays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchivalRecord",
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
                ("code", models.CharField(max_length=40)),
                ("basis_code", models.CharField(blank=True, max_length=40)),
                ("file_sha", models.CharField(max_length=64)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="archival_record",
                        to="manuals.edition",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(
            TRIGGER,
            "DROP TRIGGER archival_record_never_changes ON manuals_archivalrecord",
        ),
    ]
