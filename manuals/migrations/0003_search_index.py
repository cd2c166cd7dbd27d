import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("manuals", "0002_immutability")]

    operations = [
        migrations.AddField("blobindex", "search_text", models.TextField(default="")),
        migrations.AddField("blobindex", "tsv", django.contrib.postgres.search.SearchVectorField(null=True)),
        migrations.AddIndex(
            "blobindex",
            django.contrib.postgres.indexes.GinIndex(
                fastupdate=False,
                fields=["search_text"],
                name="blob_index_by_phrase",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.AddIndex(
            "blobindex",
            django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["tsv"], name="blob_index_by_word"),
        ),
    ]
