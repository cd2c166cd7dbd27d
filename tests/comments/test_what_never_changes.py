"""Column by column: what the portal's own role may change, and how. Whatever is not named here never changes."""

import pytest
from django.db import Error, connection, transaction

from comments.commenting.comment_input import CommentInput
from comments.commenting.services.editing import edit_comment
from comments.deciding.services.adopting import Adoption, adopt_amendments
from comments.deciding.services.ruling import Ruling, decide_comments
from comments.models import Amendment, Comment, Disposition
from manuals.content import Text
from tests import factories
from tests.comments.test_constraints import one_row_of_each  # noqa: F401  # a fixture
from tests.database import without_triggers

pytestmark = pytest.mark.django_db

ALL = "*"
PLACE_OF_CLAUSE = ("section_id", "part", "parent_id", "rank", "numbering")
# {table: columns}: facts that are corrected, and what the portal works out anew; the log of acts tells who did it
FREE = {
    "directory_workgroup": (
        *("name", "short_name", "kind", "order", "aliases", "duties"),
        *("valid_from", "valid_until", "as_shipped"),
    ),
    "directory_areaoffice": (
        *("kind", "name", "short_name", "provinces", "area_no", "official_code"),
        *("valid_from", "valid_until", "as_shipped"),
    ),
    "directory_user": (
        *("password", "last_login", "is_superuser", "is_active", "is_staff"),
        *("title", "given_name", "family_name", "position", "email", "office_id"),
    ),
    "directory_signinattempt": ALL,
    # While it has not ended
    "jobs_job": (
        *("state", "attempt", "lease_until", "progress", "total"),
        *("cancel_asked", "result_id", "error", "ended_at"),
    ),
    "manuals_manual": ("title", "work_group_id"),
    "manuals_section": (
        *("manual_id", "parent_id", "rank", "kind", "title", "data", "origin"),
        *("applies_to", "version", "retired_id"),
    ),
    # Its words are in none of these: they change with its version, and a ClauseChange tells them
    "manuals_clause": (*PLACE_OF_CLAUSE, "lock_version"),
    "manuals_legalsource": (
        *("full_title", "short_title", "year_be", "kind", "status"),
        *("in_force_from", "until", "url", "note", "as_shipped"),
    ),
    "manuals_citation": ALL,
    "manuals_blobindex": ALL,
    "manuals_editionword": ALL,
    "manuals_tokendiff": ALL,
    "manuals_draftbuffer": ALL,
    # Until it is discarded, or made an edition of
    "manuals_fileupload": (
        *("read_at", "unread", "discarded_by_id", "discarded_at", "edition_id"),
    ),
    # Until it is taken in
    "manuals_importedprocess": (
        *("title", "rows", "lock_version", "target_id", "base_version", "unit"),
        *("taken_at", "taken_section_id", "taken_version_id"),
    ),
    # Once each: see SETTLED in the migrations
    "comments_support": ("taken_back_by_id", "taken_back_at", "lapsed"),
    "comments_objection": ("answered_by_id",),
    "comments_event": ("number",),
    # Until they end
    "comments_speakerrequest": (
        *("called_by_id", "called_at", "minutes"),
        *("ending", "ended_by_id", "ended_at"),
    ),
    "comments_poll": ("ended_by_id", "ended_at", "result"),
    "comments_vote": ("answer", "standing", "by_id", "at"),
    "comments_benchdraft": ALL,
    "comments_hearingdocument": ("removed_by_id", "removed_at"),
    # What the similarity search finds, and of which words
    "comments_similarpair": ALL,
    "comments_searchedclause": ALL,
}
# {table: columns} of which each change leaves a trace in the same transaction
TRACED = {
    "comments_comment": (
        *("type", "text", "issue_class", "issue_data", "triaged_at", "edited_at"),
        "edit_sha",
    ),
    "comments_amendment": ("op", "proposed", "rebased", "enacted_blob_id"),
    "comments_disposition": ("confirmed_by_id", "confirmed_at", "publication_id"),
    "comments_answer": ("current",),
    "comments_anchorresolution": ("entry_id", "state", "method", "decided_by_id"),
    "comments_hearing": (
        *("key", "title", "opens_on", "closes_on", "public", "moderation", "venue"),
        *("chairperson", "organiser", "speakers", "programme", "objection_days"),
        "extension_reason",
    ),
    "comments_hearingsession": (
        *("kind", "work_group_id", "edition_id", "venue"),
        *("opens_at", "closes_at", "extension_reason"),
    ),
    "comments_overlap": (
        *("kind", "work_group_a_id", "section_a_id", "clause_a_id"),
        *("work_group_b_id", "section_b_id", "clause_b_id", "agency", "evidence"),
        *("resolution", "split_at", "reason", "resolved_by_id", "resolved_at"),
    ),
    "comments_officeposition": (
        *("stance", "comment_ids", "words", "confirmed_by_id", "confirmed_at"),
    ),
    "directory_roleassignment": ("valid_until",),
}
# Mistakes, settlements opened again, and what is worked out anew
DELETABLE = {
    "comments_benchdraft",
    "comments_searchedclause",
    "comments_similarpair",
    "directory_workgroup",
    "directory_signinattempt",
    "manuals_blobindex",
    "manuals_citation",
    "manuals_draftbuffer",
    "manuals_editionword",
    "manuals_legalsource",
    "manuals_legalsuccession",
    "manuals_notesettlement",
    "manuals_tokendiff",
}
# Groups and rights of Django's own, which the portal does not use
NOT_OURS = {"directory_user_groups", "directory_user_user_permissions"}
OTHER_VALUES = {
    "_int8": "array_append({0}, 0)",
    "bool": "NOT coalesce({0}, false)",
    "date": "coalesce({0}, current_date) + 1",
    "jsonb": """'{{"another": 1}}'""",
    "timestamptz": "coalesce({0}, now()) + interval '1 day'",
    "uuid": "gen_random_uuid()",
    **dict.fromkeys(("int2", "int4", "int8"), "coalesce({0}, 0) + 1"),
    **dict.fromkeys(("text", "varchar"), "CASE {0} WHEN 'x' THEN 'y' ELSE 'x' END"),
}
UNTOLD = "refuses a change that its history does not tell"


def refusal_of(statement: str) -> str:
    """What the database says to the portal's role; "" where it does it."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
            transaction.set_rollback(True)
    except Error as error:
        return str(error).partition("\n")[0]
    return ""


def refuses(answer: str) -> bool:
    """By a rule about what is kept, and not because the new value does not fit."""
    rules = ("refuses", "permission denied", "is sealed", "never", "no other words")
    return any(words in answer for words in rules)


def columns_of_ours() -> dict[str, dict[str, str]]:
    """{table: {column: type}}"""
    found: dict[str, dict[str, str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name, udt_name FROM information_schema.columns WHERE table_schema = 'public'"
            " AND table_name ~ '^(acts|comments|directory|jobs|manuals|reversion)_' ORDER BY 1, ordinal_position"
        )
        for table, column, kind in cursor.fetchall():
            if table not in NOT_OURS:
                found.setdefault(table, {})[column] = kind
    return found


@pytest.mark.usefixtures("one_row_of_each")
def test_what_is_not_named_never_changes() -> None:
    changed = []
    for table, columns in columns_of_ours().items():
        free = FREE.get(table, ())
        for column, kind in columns.items():
            if free == ALL or column in free or column in TRACED.get(table, ()):
                continue
            quoted = f'"{column}"'
            value = OTHER_VALUES[kind].format(quoted)
            answer = refusal_of(f"UPDATE {table} SET {quoted} = {value}")
            if not refuses(answer) or UNTOLD in answer:
                changed.append((table, column, answer))
    assert changed == []


@pytest.mark.usefixtures("one_row_of_each")
def test_what_leaves_a_trace_is_not_changed_without_one() -> None:
    changed = []
    for table, columns in TRACED.items():
        kinds = columns_of_ours()[table]
        for column in columns:
            quoted = f'"{column}"'
            value = OTHER_VALUES[kinds[column]].format(quoted)
            if not refusal_of(f"UPDATE {table} SET {quoted} = {value}"):
                changed.append((table, column))
    assert changed == []


@pytest.mark.usefixtures("one_row_of_each")
def test_nothing_else_is_deleted_and_no_table_is_emptied() -> None:
    tables = set(columns_of_ours())
    refused = {table for table in tables if refuses(refusal_of(f"DELETE FROM {table}"))}
    assert tables - refused == DELETABLE
    emptied = {
        table
        for table in tables
        if "permission denied" not in refusal_of(f"TRUNCATE {table} CASCADE")
    }
    assert emptied == set()


def test_every_named_column_is_one() -> None:
    ours = columns_of_ours()
    for table, columns in (FREE | TRACED).items():
        assert columns == ALL or set(columns) <= set(ours[table])
    assert set(ours) >= DELETABLE


# -- one by one ----------------------------------------------------------------------------------------


def set_in_sql(row: Comment | Amendment | Disposition, change: str) -> str:
    return refusal_of(f"UPDATE {row._meta.db_table} SET {change} WHERE id = {row.pk}")


def test_comment_is_not_reworded_without_its_history(comment) -> None:
    assert UNTOLD in set_in_sql(comment, "text = 'อื่น'")
    assert UNTOLD in set_in_sql(comment, "type = 'ask'")
    assert UNTOLD in set_in_sql(comment, "triaged_at = now()")
    edit_comment(comment, CommentInput("amend", "ขอแก้ไขอีกครั้ง"), by=comment.author)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # as the commit does
    told = comment.history.latest("history_id")
    assert told.text == Comment.objects.get().text == "ขอแก้ไขอีกครั้ง"


def test_words_and_back_again_leave_two_traces(comment) -> None:
    """The words of before stand in the history already: they are no trace of the way back."""
    before = comment.text
    edit_comment(comment, CommentInput(comment.type, "อื่น"), by=comment.author)
    assert UNTOLD in set_in_sql(comment, f"text = '{before}'")


def test_answered_comment_stands_though_nobody_took_it_up(comment, drafter) -> None:
    amendment = factories.make_amendment(comment)
    factories.make_disposition(comment, decided_by=drafter)
    assert "never changed once it was answered" in set_in_sql(comment, "text = 'x'")
    assert "never changed once it was answered" in set_in_sql(
        amendment, "proposed = '{}'"
    )


@pytest.fixture
def published(comment, drafter) -> Disposition:
    disposition = factories.make_disposition(
        comment, decided_by=drafter, outcome="deferred"
    )
    publication = factories.make_publication(comment.session.hearing)
    disposition.publication = publication
    disposition.save(update_fields=["publication"])
    return disposition


def test_published_answer_is_neither_turned_off_nor_replaced(
    published, comment, drafter
) -> None:
    assert "never loses its answer" in refusal_of(
        "UPDATE comments_answer SET current = false"
    )
    other = factories.make_disposition(decided_by=drafter, outcome="out_of_scope")
    replacing = (
        "UPDATE comments_answer SET current = false; INSERT INTO comments_answer (comment_id, disposition_id, current)"
        f" VALUES ({comment.pk}, {other.pk}, true)"
    )
    assert "never replaced" in refusal_at_commit(replacing)


def test_answer_to_an_objection_replaces_the_published_one(
    published, comment, drafter
) -> None:
    factories.make_objection(comment)
    ruling = Ruling("out_of_scope", "อยู่นอกขอบเขตของคู่มือฉบับนี้ตามประกาศ")
    second = decide_comments([comment], ruling, by=drafter)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert comment.answers.get(current=True).disposition == second


def test_objection_is_not_answered_by_what_was_said_of_another_comment(
    published, comment, drafter
) -> None:
    factories.make_objection(comment)
    other = factories.make_disposition(decided_by=drafter, outcome="out_of_scope")
    told = refusal_at_commit(
        f"UPDATE comments_objection SET answered_by_id = {other.pk}"
    )
    assert "an answer to its own comment" in told


def refusal_at_commit(statements: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statements)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except Error as error:
        return str(error).partition("\n")[0]
    return ""


def test_session_in_which_somebody_spoke_stays_on_its_edition(comment, admin) -> None:
    other = factories.make_edition("OTHER", by=admin)
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM comments_sessionstate")
    answer = refusal_of(f"UPDATE comments_hearingsession SET edition_id = {other.pk}")
    assert "never changes its kind, its group or its edition" in answer


def test_enacted_words_are_those_of_the_change(comment, drafter) -> None:
    amendment = factories.make_amendment(comment, Text(body="ถ้อยคำใหม่"))
    clause = comment.entry.clause
    adopt_amendments([Adoption(amendment, clause.lock_version)], by=drafter)
    amendment.refresh_from_db()
    assert amendment.enacted_blob_id is not None
    assert "no other words" in set_in_sql(amendment, "enacted_blob_id = NULL")
    assert "no other words" in set_in_sql(amendment, "enacted_blob_id = base_blob_id")
    assert "no other words" in set_in_sql(amendment, """rebased = '{"body": "x"}'""")


def test_working_draft_is_not_reworded_untold(clause, drafter) -> None:
    other = factories.make_blob("ไม่มีผู้ใดยกร่าง")
    change = f"UPDATE manuals_clause SET sha = '{other.pk}', plain = 'x'"
    where = f" WHERE id = {clause.pk}"
    assert "manuals_clause refuses" in refusal_of(change + where)
    told = refusal_of(f"{change}, lock_version = lock_version + 1{where}")
    assert "words that no change tells of" in told
