from django.db import migrations

APPEND_ONLY = (
    "reversion_revision",
    "reversion_version",
    "manuals_editionrelease",
    "manuals_historicaleditionrelease",
)
NOT_TRUNCATED = (
    *APPEND_ONLY,
    "manuals_archivalrecord",
    "manuals_clause",
    "manuals_clausechange",
    "manuals_conformitycheck",
    "manuals_draftingstatechange",
    "manuals_dropreason",
    "manuals_edition",
    "manuals_editionentry",
    "manuals_noteanswer",
    "manuals_previewlink",
    "manuals_previewopening",
    "manuals_previewrecall",
    "manuals_reviewanswer",
    "manuals_reviewclosing",
    "manuals_reviewrequest",
    "manuals_section",
    "manuals_sectionversion",
    "manuals_teamnote",
    "manuals_textblob",
)
# Tables of that name elsewhere, temporary ones for a start, are not asked
KNOWN_TABLES = (
    "ALTER FUNCTION refuse_entry_of_sealed_edition() SET search_path = public, pg_temp;"
)
ANY_TABLES = "ALTER FUNCTION refuse_entry_of_sealed_edition() RESET search_path;"


def name_of(table: str) -> str:
    return table.removeprefix("manuals_")


def refuse_changes(table: str) -> str:
    return (
        f"CREATE TRIGGER {name_of(table)}_is_append_only BEFORE UPDATE OR DELETE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
    )


def refuse_truncate(table: str) -> str:
    return (
        f"CREATE TRIGGER {name_of(table)}_is_never_truncated BEFORE TRUNCATE ON {table}"
        " EXECUTE FUNCTION refuse_change();\n"
    )


FORWARD = (
    "".join(map(refuse_changes, APPEND_ONLY))
    + "".join(map(refuse_truncate, NOT_TRUNCATED))
    + KNOWN_TABLES
)
BACKWARD = (
    "".join(
        f"DROP TRIGGER {name_of(table)}_is_append_only ON {table};\n"
        for table in APPEND_ONLY
    )
    + "".join(
        f"DROP TRIGGER {name_of(table)}_is_never_truncated ON {table};\n"
        for table in NOT_TRUNCATED
    )
    + ANY_TABLES
)


class Migration(migrations.Migration):
    """Revisions and releases are only added to; what refuses to be deleted is not emptied either."""

    dependencies = [
        ("manuals", "0015_copies_of_a_draft"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
