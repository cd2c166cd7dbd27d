"""The words of each edition, counted: what somebody who spelt otherwise may have meant."""

import django.db.models.deletion
from django.db import migrations, models

# Editions that were indexed before: their words stand in the index
COUNT_WORDS = """
    INSERT INTO manuals_editionword (edition_id, tokenizer, word, clauses)
    SELECT e.edition_id, i.tokenizer, word, count(*)
    FROM manuals_editionentry e
    JOIN manuals_blobindex i ON i.blob_id = e.blob_id
    CROSS JOIN LATERAL unnest(tsvector_to_array(i.tsv)) AS word
    WHERE length(word) <= 100
    GROUP BY e.edition_id, i.tokenizer, word
"""


class Migration(migrations.Migration):
    dependencies = [("manuals", "0002_triggers")]

    operations = [
        migrations.CreateModel(
            name="EditionWord",
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
                ("tokenizer", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=100)),
                ("clauses", models.PositiveIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="manuals.edition",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["edition", "tokenizer", "word"],
                        name="one_count_per_word_and_edition",
                    )
                ],
            },
        ),
        migrations.RunSQL(COUNT_WORDS, migrations.RunSQL.noop),
    ]
