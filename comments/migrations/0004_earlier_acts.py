"""What was done before there was one log of acts, read once out of the histories of every table."""

from django.db import migrations

# Columns of every part: at, by, code, category, subject, subject_key, label, manual, work_group, detail, note, reason
COMMENTS = """
SELECT h.history_date, coalesce(h.history_user_id, CASE h.history_type WHEN '+' THEN h.recorded_by_id END),
       CASE WHEN h.history_type = '+' THEN 'comment-written'
            WHEN (h.text, h.type) IS DISTINCT FROM (before.text, before.type) THEN 'comment-reworded'
            WHEN before.triaged_at IS NULL AND h.triaged_at IS NOT NULL THEN 'comment-triaged'
            ELSE 'comment-changed' END,
       'comment', 'comment', h.uuid::text, h.id::text, '', m.work_group_id, h.type, '', ''
FROM comments_historicalcomment h
JOIN manuals_editionentry e ON e.id = h.entry_id
JOIN manuals_manual m ON m.id = e.manual_id
LEFT JOIN LATERAL (
    SELECT p.text, p.type, p.triaged_at FROM comments_historicalcomment p
    WHERE p.id = h.id AND p.history_id < h.history_id ORDER BY p.history_id DESC LIMIT 1
) before ON TRUE
"""
AMENDMENTS = """
SELECT h.history_date, h.history_user_id,
       CASE WHEN h.history_type = '+' THEN 'amendment-proposed'
            WHEN before.enacted_blob_id IS NULL AND h.enacted_blob_id IS NOT NULL THEN 'amendment-adopted'
            ELSE 'amendment-changed' END,
       'comment', 'comment', c.uuid::text, c.id::text, '', m.work_group_id, '', '', ''
FROM comments_historicalamendment h
JOIN comments_comment c ON c.id = h.comment_id
JOIN manuals_editionentry e ON e.id = c.entry_id
JOIN manuals_manual m ON m.id = e.manual_id
LEFT JOIN LATERAL (
    SELECT p.enacted_blob_id FROM comments_historicalamendment p
    WHERE p.id = h.id AND p.history_id < h.history_id ORDER BY p.history_id DESC LIMIT 1
) before ON TRUE
"""
DECISIONS = """
SELECT h.history_date, coalesce(h.history_user_id, CASE h.history_type WHEN '+' THEN h.decided_by_id END),
       CASE WHEN h.history_type = '+' THEN 'decided'
            WHEN before.confirmed_by_id IS NULL AND h.confirmed_by_id IS NOT NULL THEN 'confirmed'
            ELSE 'answer-published' END,
       'decision', 'comment', c.uuid::text, c.id::text, '', c.work_group_id, h.outcome, '',
       CASE WHEN h.history_type = '+' THEN h.reason ELSE '' END
FROM comments_historicaldisposition h
JOIN LATERAL (
    -- A decision on several comments is told of the first
    SELECT c.uuid, c.id, m.work_group_id FROM comments_answer a
    JOIN comments_comment c ON c.id = a.comment_id
    JOIN manuals_editionentry e ON e.id = c.entry_id
    JOIN manuals_manual m ON m.id = e.manual_id
    WHERE a.disposition_id = h.id ORDER BY a.id LIMIT 1
) c ON TRUE
LEFT JOIN LATERAL (
    SELECT p.confirmed_by_id FROM comments_historicaldisposition p
    WHERE p.id = h.id AND p.history_id < h.history_id ORDER BY p.history_id DESC LIMIT 1
) before ON TRUE
"""
# The first moderation of a comment came with it and is nobody's act
MODERATIONS = """
SELECT h.at, h.by_id, 'moderated', 'moderation', 'comment', c.uuid::text, c.id::text, '', m.work_group_id,
       h.visibility, '', h.reason
FROM comments_moderation h
JOIN comments_comment c ON c.id = h.comment_id
JOIN manuals_editionentry e ON e.id = c.entry_id
JOIN manuals_manual m ON m.id = e.manual_id
WHERE h.id > (SELECT min(p.id) FROM comments_moderation p WHERE p.comment_id = h.comment_id)
"""
RECLASSINGS = """
SELECT h.at, h.by_id, 'reclassed', 'moderation', 'comment', c.uuid::text, c.id::text, '', m.work_group_id,
       coalesce(h.issue_class, 'none'), '', h.reason
FROM comments_reclassing h
JOIN comments_comment c ON c.id = h.comment_id
JOIN manuals_editionentry e ON e.id = c.entry_id
JOIN manuals_manual m ON m.id = e.manual_id
"""
PUBLICATIONS = """
SELECT h.at, h.by_id, 'answers-published', 'publication', 'group', coalesce(g.key, 'BOOK'),
       coalesce(g.name, 'คำนำของเล่ม'), '', h.work_group_id, '', '', ''
FROM comments_answerpublication h
LEFT JOIN directory_workgroup g ON g.id = h.work_group_id
"""
TEXTS = """
SELECT r.date_created, r.user_id, 'text-changed', 'text', 'section', s.uuid::text, s.title, m.key, m.work_group_id,
       v.action, v.number::text, v.reason
FROM manuals_sectionversion v
JOIN reversion_revision r ON r.id = v.revision_id
JOIN manuals_section s ON s.id = v.section_id
JOIN manuals_manual m ON m.id = s.manual_id
"""
EDITIONS = """
SELECT h.sealed_at, h.made_by_id, 'edition-frozen', 'edition', 'edition', h.code, h.title, '', NULL::bigint,
       h.kind, '', ''
FROM manuals_edition h
WHERE h.sealed_at IS NOT NULL
"""
RELEASES = """
SELECT h.history_date, h.history_user_id, 'edition-released', 'edition', 'edition', e.code, e.title, '', NULL::bigint,
       h.audience, '', ''
FROM manuals_historicaleditionrelease h
JOIN manuals_edition e ON e.id = h.edition_id
WHERE h.history_type = '+'
"""
HEARINGS = """
SELECT h.history_date, h.history_user_id,
       CASE WHEN h.history_type = '+' THEN 'hearing-made' ELSE 'hearing-changed' END,
       'session', 'hearing', h.key, h.title, '', NULL::bigint, '', '', ''
FROM comments_historicalhearing h
"""
SESSIONS = """
SELECT h.history_date, h.history_user_id,
       CASE WHEN h.history_type = '+' THEN 'session-made' ELSE 'session-changed' END,
       'session', 'session', h.id::text, coalesce(g.name, ''), '', h.work_group_id, h.kind, '', ''
FROM comments_historicalhearingsession h
LEFT JOIN directory_workgroup g ON g.id = h.work_group_id
"""
SESSION_STATES = """
SELECT h.at, h.by_id, 'session-' || h.state, 'session', 'session', s.id::text, coalesce(g.name, ''), '',
       s.work_group_id, s.kind, '', h.reason
FROM comments_sessionstate h
JOIN comments_hearingsession s ON s.id = h.session_id
LEFT JOIN directory_workgroup g ON g.id = s.work_group_id
"""
ROLES = """
SELECT h.history_date, h.history_user_id,
       CASE WHEN h.history_type = '+' THEN 'role-granted' ELSE 'role-ended' END,
       'people', 'person', u.id::text, u.username, '', h.work_group_id, h.role,
       concat_ws(' ', o.short_name, g.name), coalesce(h.history_change_reason, '')
FROM directory_historicalroleassignment h
JOIN directory_user u ON u.id = h.user_id
LEFT JOIN directory_areaoffice o ON o.id = h.office_id
LEFT JOIN directory_workgroup g ON g.id = h.work_group_id
WHERE h.history_type IN ('+', '~')
"""
# What Django's admin writes there is JSON; the portal's own services wrote plain words
ACCOUNTS = """
SELECT h.action_time, h.user_id, 'account', 'people',
       CASE t.model WHEN 'user' THEN 'person' WHEN 'areaoffice' THEN 'office' ELSE 'other' END,
       coalesce(o.key, h.object_id, ''), h.object_repr, '', NULL::bigint, '',
       CASE WHEN left(h.change_message, 1) = '[' OR h.change_message = '' THEN 'แก้ไขทางหลังบ้าน'
            ELSE h.change_message END,
       ''
FROM django_admin_log h
JOIN django_content_type t ON t.id = h.content_type_id
LEFT JOIN directory_areaoffice o ON t.model = 'areaoffice' AND o.id::text = h.object_id
"""

PARTS = [
    COMMENTS,
    AMENDMENTS,
    DECISIONS,
    MODERATIONS,
    RECLASSINGS,
    PUBLICATIONS,
    TEXTS,
    EDITIONS,
    RELEASES,
    HEARINGS,
    SESSIONS,
    SESSION_STATES,
    ROLES,
    ACCOUNTS,
]
FORWARD = f"""
INSERT INTO acts_act (at, by_id, code, category, subject, subject_key, label, manual, work_group_id, detail, note,
                      reason)
SELECT * FROM ({" UNION ALL ".join(PARTS)}) AS earlier (at) ORDER BY at
"""


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0003_venue"),
        ("manuals", "0002_triggers"),
        ("acts", "0002_triggers"),
        ("directory", "0001_initial"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]
