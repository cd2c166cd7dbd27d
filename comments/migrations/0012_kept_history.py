from django.db import migrations

HISTORY = (
    "historicalamendment",
    "historicalcomment",
    "historicaldisposition",
    "historicalhearing",
)
HISTORY = (*HISTORY, "historicalhearingsession")
NOT_TRUNCATED = (
    *HISTORY,
    "amendment",
    "answer",
    "answerpublication",
    "changecause",
    "comment",
    "discussion",
    "disposition",
    "hearing",
    "hearingdocument",
    "hearingsession",
    "moderation",
    "objection",
    "recommendation",
    "reclassing",
    "sessionstate",
    "support",
)
# {table: the columns that are what was said, by whom and when}: no UPDATE changes them
SAID = {
    "comment": (
        *(
            "uuid",
            "session_id",
            "entry_id",
            "field",
            "span_start",
            "span_end",
            "quote",
            "author_id",
            "recorded_by_id",
        ),
        *(
            "client_key",
            "body_sha",
            "role",
            "office_id",
            "office_kind",
            "channel",
            "parent_id",
            "made_at",
        ),
    ),
    "amendment": (
        *(
            "uuid",
            "comment_id",
            "clause_id",
            "section_id",
            "base_blob_id",
            "author_id",
            "office_id",
            "made_at",
        ),
    ),
    "support": ("comment_id", "office_id", "by_id", "at"),
    "answer": ("comment_id", "disposition_id"),
    "objection": ("comment_id", "text", "at"),
    "disposition": (
        *(
            "outcome",
            "reason",
            "points_to_id",
            "referred_to",
            "effect",
            "assignee_id",
            "due",
            "decided_by_id",
        ),
        *("decided_at", "supersedes_id"),
    ),
}
# (trigger, table, when an UPDATE of a row is refused): what happened once is not undone
SETTLED = (
    (
        "comment_stands_once_taken_up",
        "comment",
        "OLD.triaged_at IS NOT NULL AND (OLD.type, OLD.text, OLD.triaged_at)"
        " IS DISTINCT FROM (NEW.type, NEW.text, NEW.triaged_at)",
    ),
    ("support_is_taken_back_once", "support", "OLD.taken_back_at IS NOT NULL"),
    ("former_answer_never_returns", "answer", "NOT OLD.current"),
    ("objection_is_answered_once", "objection", "OLD.answered_by_id IS NOT NULL"),
    (
        "published_disposition_never_changes",
        "disposition",
        "OLD.publication_id IS NOT NULL",
    ),
)
KNOWN_TABLES = "ALTER FUNCTION refuse_comment_on_another_edition() SET search_path = public, pg_temp;"
ANY_TABLES = "ALTER FUNCTION refuse_comment_on_another_edition() RESET search_path;"


def refuse_when(name: str, table: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE UPDATE ON comments_{table}"
        f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_change();\n"
    )


def refuse_other_values(table: str, columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return refuse_when(
        f"{table}_keeps_what_was_said", table, f"({old}) IS DISTINCT FROM ({new})"
    )


FORWARD = (
    "".join(
        f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE ON comments_{table}"
        " FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
        for table in HISTORY
    )
    + "".join(
        f"CREATE TRIGGER {table}_is_never_truncated BEFORE TRUNCATE ON comments_{table}"
        " EXECUTE FUNCTION refuse_change();\n"
        for table in NOT_TRUNCATED
    )
    + "".join(refuse_other_values(table, columns) for table, columns in SAID.items())
    + "".join(refuse_when(*settled) for settled in SETTLED)
    + KNOWN_TABLES
)
BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_is_append_only ON comments_{table};\n"
        for table in HISTORY
    )
    + "".join(
        f"DROP TRIGGER {table}_is_never_truncated ON comments_{table};\n"
        for table in NOT_TRUNCATED
    )
    + "".join(
        f"DROP TRIGGER {table}_keeps_what_was_said ON comments_{table};\n"
        for table in SAID
    )
    + "".join(
        f"DROP TRIGGER {name} ON comments_{table};\n" for name, table, _ in SETTLED
    )
    + ANY_TABLES
)


class Migration(migrations.Migration):
    """Histories are only added to, nothing said is emptied, and of what was said no UPDATE makes something else."""

    dependencies = [
        ("comments", "0011_extension_reasons"),
        ("manuals", "0016_kept_history"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
