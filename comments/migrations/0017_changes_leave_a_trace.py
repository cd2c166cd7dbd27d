from django.db import migrations

# {table: columns that no UPDATE changes}, beside those of 0012
FIXED = {
    "hearing": ("id", "kind"),
    "hearingsession": ("id", "hearing_id"),
    "comment": ("id",),
    "amendment": ("id",),
    "support": ("id",),
    "answer": ("id",),
    "objection": ("id",),
    "disposition": ("id",),
    "hearingdocument": (
        *("id", "hearing_id", "title", "file_id", "media_type", "size"),
        *("added_by_id", "at"),
    ),
    "anchorresolution": ("id", "comment_id", "edition_id", "span", "at"),
}
# (trigger, table, when an UPDATE of a row is refused): what happened once is not undone
SETTLED = (
    (
        "comment_details_stand_once_taken_up",
        "comment",
        "OLD.triaged_at IS NOT NULL AND (OLD.issue_data, OLD.edited_at)"
        " IS DISTINCT FROM (NEW.issue_data, NEW.edited_at)",
    ),
    (
        "disposition_is_confirmed_once",
        "disposition",
        "OLD.confirmed_at IS NOT NULL AND (OLD.confirmed_by_id, OLD.confirmed_at)"
        " IS DISTINCT FROM (NEW.confirmed_by_id, NEW.confirmed_at)",
    ),
    (
        "document_is_taken_away_once",
        "hearingdocument",
        "OLD.removed_at IS NOT NULL",
    ),
    (
        "person_places_what_no_rule_placed",
        "anchorresolution",
        "NEW.decided_by_id IS NULL OR (OLD.state <> 'unplaced' AND OLD.decided_by_id IS NULL)",
    ),
)
# {table: its history}: what an UPDATE makes of a row stands there when it is committed
TOLD = {
    "comment": "historicalcomment",
    "amendment": "historicalamendment",
    "disposition": "historicaldisposition",
    "hearing": "historicalhearing",
    "hearingsession": "historicalhearingsession",
}

ANSWERED_WORDS = """
CREATE FUNCTION refuse_words_after_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM comments_answer WHERE comment_id =
               CASE TG_TABLE_NAME WHEN 'comments_comment' THEN OLD.id
               ELSE (to_jsonb(OLD) ->> 'comment_id')::bigint END) THEN
        RAISE EXCEPTION 'what a comment says is never changed once it was answered'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER comment_stands_once_answered BEFORE UPDATE ON comments_comment
    FOR EACH ROW WHEN ((OLD.type, OLD.text) IS DISTINCT FROM (NEW.type, NEW.text))
    EXECUTE FUNCTION refuse_words_after_answer();
CREATE TRIGGER amendment_stands_once_answered BEFORE UPDATE ON comments_amendment
    FOR EACH ROW WHEN ((OLD.op, OLD.proposed) IS DISTINCT FROM (NEW.op, NEW.proposed))
    EXECUTE FUNCTION refuse_words_after_answer();
"""
ENACTED_WORDS = """
CREATE FUNCTION refuse_words_not_enacted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.enacted_blob_id IS DISTINCT FROM (
            SELECT change.to_blob_id FROM comments_changecause cause
            JOIN manuals_clausechange change ON change.id = cause.change_id
            WHERE cause.amendment_id = NEW.id ORDER BY cause.id DESC LIMIT 1)
        OR (NEW.rebased IS DISTINCT FROM OLD.rebased AND NEW.rebased IS DISTINCT FROM (
            SELECT content FROM manuals_textblob WHERE sha = NEW.enacted_blob_id)) THEN
        RAISE EXCEPTION 'an amendment says of no other words than those it changed that they were enacted'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER amendment_tells_what_was_enacted BEFORE UPDATE ON comments_amendment
    FOR EACH ROW WHEN ((OLD.enacted_blob_id, OLD.rebased) IS DISTINCT FROM (NEW.enacted_blob_id, NEW.rebased))
    EXECUTE FUNCTION refuse_words_not_enacted();
"""
FOLLOWED_ANSWERS = """
CREATE FUNCTION demand_following_answer() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    following bigint;
BEGIN
    SELECT disposition_id INTO following FROM comments_answer WHERE comment_id = NEW.comment_id AND current;
    IF following IS NULL THEN
        RAISE EXCEPTION 'a comment that was answered never loses its answer'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT FROM comments_disposition WHERE id = NEW.disposition_id AND publication_id IS NOT NULL)
        AND NOT EXISTS (SELECT FROM comments_objection
                        WHERE comment_id = NEW.comment_id AND answered_by_id = following) THEN
        RAISE EXCEPTION 'a published answer is never replaced but by the answer to an objection'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER answer_is_followed_by_another AFTER UPDATE ON comments_answer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.current AND NOT NEW.current)
    EXECUTE FUNCTION demand_following_answer();
"""
BEGUN_SESSIONS = """
CREATE FUNCTION refuse_change_of_begun_session() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM comments_comment WHERE session_id = OLD.id)
        OR EXISTS (SELECT FROM comments_sessionstate WHERE session_id = OLD.id) THEN
        RAISE EXCEPTION 'a session that began never changes its kind, its group or its edition'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER session_stands_once_begun BEFORE UPDATE ON comments_hearingsession
    FOR EACH ROW WHEN ((OLD.kind, OLD.work_group_id, OLD.edition_id)
        IS DISTINCT FROM (NEW.kind, NEW.work_group_id, NEW.edition_id))
    EXECUTE FUNCTION refuse_change_of_begun_session();
"""
HEARD_HEARINGS = """
CREATE FUNCTION refuse_change_of_heard_hearing() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.key IS DISTINCT FROM OLD.key
        AND EXISTS (SELECT FROM comments_hearingsession WHERE hearing_id = OLD.id) THEN
        RAISE EXCEPTION 'a hearing with sessions never changes its key'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.objection_days = 0 AND OLD.objection_days > 0
        AND EXISTS (SELECT FROM comments_comment comment
                    JOIN comments_hearingsession session ON session.id = comment.session_id
                    WHERE session.hearing_id = OLD.id) THEN
        RAISE EXCEPTION 'a hearing in which somebody spoke never becomes a rehearsal'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER hearing_stands_once_heard BEFORE UPDATE ON comments_hearing
    FOR EACH ROW WHEN ((OLD.key, OLD.objection_days) IS DISTINCT FROM (NEW.key, NEW.objection_days))
    EXECUTE FUNCTION refuse_change_of_heard_hearing();
"""


def refuse_when(name: str, table: str, condition: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE UPDATE ON comments_{table}"
        f" FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION refuse_change();\n"
    )


def refuse_other_values(table: str, columns: tuple[str, ...]) -> str:
    old = ", ".join(f"OLD.{column}" for column in columns)
    new = ", ".join(f"NEW.{column}" for column in columns)
    return refuse_when(
        f"{table}_stays_what_it_is", table, f"({old}) IS DISTINCT FROM ({new})"
    )


FORWARD = (
    "".join(refuse_other_values(table, columns) for table, columns in FIXED.items())
    + "".join(refuse_when(*settled) for settled in SETTLED)
    + """
CREATE TRIGGER anchorresolution_is_never_deleted BEFORE DELETE ON comments_anchorresolution
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anchorresolution_is_never_truncated BEFORE TRUNCATE ON comments_anchorresolution
    EXECUTE FUNCTION refuse_change();
"""
    + ANSWERED_WORDS
    + ENACTED_WORDS
    + FOLLOWED_ANSWERS
    + BEGUN_SESSIONS
    + HEARD_HEARINGS
    + "".join(
        f"CREATE CONSTRAINT TRIGGER {table}_leaves_history AFTER UPDATE ON comments_{table}"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)"
        f" EXECUTE FUNCTION demand_history('comments_{history}');\n"
        for table, history in TOLD.items()
    )
)
BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_leaves_history ON comments_{table};\n" for table in TOLD
    )
    + """
DROP TRIGGER hearing_stands_once_heard ON comments_hearing;
DROP TRIGGER session_stands_once_begun ON comments_hearingsession;
DROP TRIGGER answer_is_followed_by_another ON comments_answer;
DROP TRIGGER amendment_tells_what_was_enacted ON comments_amendment;
DROP TRIGGER amendment_stands_once_answered ON comments_amendment;
DROP TRIGGER comment_stands_once_answered ON comments_comment;
DROP FUNCTION refuse_change_of_heard_hearing();
DROP FUNCTION refuse_change_of_begun_session();
DROP FUNCTION demand_following_answer();
DROP FUNCTION refuse_words_not_enacted();
DROP FUNCTION refuse_words_after_answer();
DROP TRIGGER anchorresolution_is_never_deleted ON comments_anchorresolution;
DROP TRIGGER anchorresolution_is_never_truncated ON comments_anchorresolution;
"""
    + "".join(
        f"DROP TRIGGER {name} ON comments_{table};\n" for name, table, _ in SETTLED
    )
    + "".join(
        f"DROP TRIGGER {table}_stays_what_it_is ON comments_{table};\n"
        for table in FIXED
    )
)


class Migration(migrations.Migration):
    """What is changed leaves its history in the same transaction, an answer gives way to another one alone, and what
    began or was enacted stays."""

    dependencies = [
        ("comments", "0015_kept_proposals"),
        ("directory", "0006_roles_leave_a_trace"),
        ("manuals", "0018_kept_identities"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
