"""What the migrations 0001 to 0040 make of an empty database: its tables, then what keeps their rows as they are."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.db.models.lookups
import django.utils.timezone
import simple_history.models
import uuid
from django.conf import settings
from django.db import migrations, models

from hearing_portal.postgres.first_tables import CreateTables

FUNCTIONS = r"""
CREATE FUNCTION demand_following_answer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
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
CREATE FUNCTION place_support()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    NEW.entry_id := (SELECT entry_id FROM comments_comment WHERE id = NEW.comment_id);
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_answer_of_another_comment()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM comments_answer
                   WHERE comment_id = NEW.comment_id AND disposition_id = NEW.answered_by_id) THEN
        RAISE EXCEPTION 'an objection is answered by an answer to its own comment'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE FUNCTION refuse_change_of_begun_session()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF EXISTS (SELECT FROM comments_comment WHERE session_id = OLD.id)
        OR EXISTS (SELECT FROM comments_sessionstate WHERE session_id = OLD.id) THEN
        RAISE EXCEPTION 'a session that began never changes its kind, its group or its edition'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_change_of_heard_hearing()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
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
CREATE FUNCTION refuse_comment_on_another_edition()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF (SELECT edition_id FROM manuals_editionentry WHERE id = NEW.entry_id)
       IS DISTINCT FROM (SELECT edition_id FROM comments_hearingsession WHERE id = NEW.session_id) THEN
        RAISE EXCEPTION 'a comment points into the edition its session runs on'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.parent_id IS NOT NULL AND EXISTS (
        SELECT FROM comments_comment parent WHERE parent.id = NEW.parent_id
           AND (parent.parent_id IS NOT NULL OR parent.entry_id <> NEW.entry_id)) THEN
        RAISE EXCEPTION 'replies are one level deep and stay at the entry of what they answer'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_other_proposal()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF EXISTS (SELECT FROM comments_comment WHERE id = OLD.comment_id AND triaged_at IS NOT NULL) THEN
        RAISE EXCEPTION 'what a comment proposed is never changed once it was taken up'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_vote_after_the_end()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    -- Waits for an ending under way; votes do not wait for each other
    PERFORM FROM comments_poll WHERE id = NEW.poll_id AND ended_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION '% refuses %: poll % has ended', TG_TABLE_NAME, TG_OP, NEW.poll_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_words_after_answer()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
BEGIN
    IF EXISTS (SELECT FROM comments_answer WHERE comment_id =
               CASE TG_TABLE_NAME WHEN 'comments_comment' THEN OLD.id
               ELSE (to_jsonb(OLD) ->> 'comment_id')::bigint END) THEN
        RAISE EXCEPTION 'what a comment says is never changed once it was answered'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_words_not_enacted()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO 'public', 'pg_temp'
AS $$
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
"""
TRIGGERS = """
CREATE TRIGGER advicerecall_is_append_only BEFORE DELETE OR UPDATE ON comments_advicerecall FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER advicerecall_is_never_truncated BEFORE TRUNCATE ON comments_advicerecall FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER advicerequest_is_append_only BEFORE DELETE OR UPDATE ON comments_advicerequest FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER advicerequest_is_never_truncated BEFORE TRUNCATE ON comments_advicerequest FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER amendment_is_never_deleted BEFORE DELETE ON comments_amendment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER amendment_is_never_truncated BEFORE TRUNCATE ON comments_amendment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER amendment_keeps_what_was_said BEFORE UPDATE ON comments_amendment FOR EACH ROW WHEN (((((((((old.uuid IS DISTINCT FROM new.uuid) OR (old.comment_id IS DISTINCT FROM new.comment_id)) OR (old.clause_id IS DISTINCT FROM new.clause_id)) OR (old.section_id IS DISTINCT FROM new.section_id)) OR ((old.base_blob_id)::text IS DISTINCT FROM (new.base_blob_id)::text)) OR (old.author_id IS DISTINCT FROM new.author_id)) OR (old.office_id IS DISTINCT FROM new.office_id)) OR (old.made_at IS DISTINCT FROM new.made_at))) EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER amendment_leaves_history AFTER UPDATE ON comments_amendment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION demand_history('comments_historicalamendment');
CREATE TRIGGER amendment_stands_once_answered BEFORE UPDATE ON comments_amendment FOR EACH ROW WHEN ((((old.op)::text IS DISTINCT FROM (new.op)::text) OR (old.proposed IS DISTINCT FROM new.proposed))) EXECUTE FUNCTION refuse_words_after_answer();
CREATE TRIGGER amendment_stands_once_taken_up BEFORE UPDATE ON comments_amendment FOR EACH ROW WHEN ((((old.op)::text IS DISTINCT FROM (new.op)::text) OR (old.proposed IS DISTINCT FROM new.proposed))) EXECUTE FUNCTION refuse_other_proposal();
CREATE TRIGGER amendment_stays_what_it_is BEFORE UPDATE ON comments_amendment FOR EACH ROW WHEN ((old.id IS DISTINCT FROM new.id)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER amendment_tells_what_was_enacted BEFORE UPDATE ON comments_amendment FOR EACH ROW WHEN ((((old.enacted_blob_id)::text IS DISTINCT FROM (new.enacted_blob_id)::text) OR (old.rebased IS DISTINCT FROM new.rebased))) EXECUTE FUNCTION refuse_words_not_enacted();
CREATE TRIGGER anchorresolution_is_never_deleted BEFORE DELETE ON comments_anchorresolution FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anchorresolution_is_never_truncated BEFORE TRUNCATE ON comments_anchorresolution FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER anchorresolution_stays_what_it_is BEFORE UPDATE ON comments_anchorresolution FOR EACH ROW WHEN ((((((old.id IS DISTINCT FROM new.id) OR (old.comment_id IS DISTINCT FROM new.comment_id)) OR (old.edition_id IS DISTINCT FROM new.edition_id)) OR (old.span IS DISTINCT FROM new.span)) OR (old.at IS DISTINCT FROM new.at))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER person_places_what_no_rule_placed BEFORE UPDATE ON comments_anchorresolution FOR EACH ROW WHEN (((new.decided_by_id IS NULL) OR (((old.state)::text <> 'unplaced'::text) AND (old.decided_by_id IS NULL)))) EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER answer_is_followed_by_another AFTER UPDATE ON comments_answer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.current AND (NOT new.current))) EXECUTE FUNCTION demand_following_answer();
CREATE TRIGGER answer_is_never_deleted BEFORE DELETE ON comments_answer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_is_never_truncated BEFORE TRUNCATE ON comments_answer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_keeps_what_was_said BEFORE UPDATE ON comments_answer FOR EACH ROW WHEN (((old.comment_id IS DISTINCT FROM new.comment_id) OR (old.disposition_id IS DISTINCT FROM new.disposition_id))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answer_stays_what_it_is BEFORE UPDATE ON comments_answer FOR EACH ROW WHEN ((old.id IS DISTINCT FROM new.id)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER former_answer_never_returns BEFORE UPDATE ON comments_answer FOR EACH ROW WHEN ((NOT old.current)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answerblock_is_append_only BEFORE DELETE OR UPDATE ON comments_answerblock FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answerblock_is_never_truncated BEFORE TRUNCATE ON comments_answerblock FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answerblockuse_is_append_only BEFORE DELETE OR UPDATE ON comments_answerblockuse FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answerblockuse_is_never_truncated BEFORE TRUNCATE ON comments_answerblockuse FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answerpublication_is_append_only BEFORE DELETE OR UPDATE ON comments_answerpublication FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER answerpublication_is_never_truncated BEFORE TRUNCATE ON comments_answerpublication FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assignment_is_append_only BEFORE DELETE OR UPDATE ON comments_assignment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER assignment_is_never_truncated BEFORE TRUNCATE ON comments_assignment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendance_is_append_only BEFORE DELETE OR UPDATE ON comments_attendance FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER attendance_is_never_truncated BEFORE TRUNCATE ON comments_attendance FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cardrecall_is_append_only BEFORE DELETE OR UPDATE ON comments_cardrecall FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cardrecall_is_never_truncated BEFORE TRUNCATE ON comments_cardrecall FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER carduse_is_append_only BEFORE DELETE OR UPDATE ON comments_carduse FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER carduse_is_never_truncated BEFORE TRUNCATE ON comments_carduse FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER changecause_is_append_only BEFORE DELETE OR UPDATE ON comments_changecause FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER changecause_is_never_truncated BEFORE TRUNCATE ON comments_changecause FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clausetimer_is_append_only BEFORE DELETE OR UPDATE ON comments_clausetimer FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER clausetimer_is_never_truncated BEFORE TRUNCATE ON comments_clausetimer FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER comment_details_stand_once_taken_up BEFORE UPDATE ON comments_comment FOR EACH ROW WHEN (((old.triaged_at IS NOT NULL) AND ((old.issue_data IS DISTINCT FROM new.issue_data) OR (old.edited_at IS DISTINCT FROM new.edited_at)))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER comment_is_never_deleted BEFORE DELETE ON comments_comment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER comment_is_never_truncated BEFORE TRUNCATE ON comments_comment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER comment_keeps_what_was_said BEFORE UPDATE ON comments_comment FOR EACH ROW WHEN ((((((((((((((((((old.uuid IS DISTINCT FROM new.uuid) OR (old.session_id IS DISTINCT FROM new.session_id)) OR (old.entry_id IS DISTINCT FROM new.entry_id)) OR ((old.field)::text IS DISTINCT FROM (new.field)::text)) OR (old.span_start IS DISTINCT FROM new.span_start)) OR (old.span_end IS DISTINCT FROM new.span_end)) OR (old.quote IS DISTINCT FROM new.quote)) OR (old.author_id IS DISTINCT FROM new.author_id)) OR (old.recorded_by_id IS DISTINCT FROM new.recorded_by_id)) OR (old.client_key IS DISTINCT FROM new.client_key)) OR ((old.body_sha)::text IS DISTINCT FROM (new.body_sha)::text)) OR ((old.role)::text IS DISTINCT FROM (new.role)::text)) OR (old.office_id IS DISTINCT FROM new.office_id)) OR ((old.office_kind)::text IS DISTINCT FROM (new.office_kind)::text)) OR ((old.channel)::text IS DISTINCT FROM (new.channel)::text)) OR (old.parent_id IS DISTINCT FROM new.parent_id)) OR (old.made_at IS DISTINCT FROM new.made_at))) EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER comment_leaves_history AFTER UPDATE ON comments_comment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION demand_history('comments_historicalcomment');
CREATE TRIGGER comment_stands_once_answered BEFORE UPDATE ON comments_comment FOR EACH ROW WHEN ((((old.type)::text IS DISTINCT FROM (new.type)::text) OR (old.text IS DISTINCT FROM new.text))) EXECUTE FUNCTION refuse_words_after_answer();
CREATE TRIGGER comment_stands_once_taken_up BEFORE UPDATE ON comments_comment FOR EACH ROW WHEN (((old.triaged_at IS NOT NULL) AND ((((old.type)::text IS DISTINCT FROM (new.type)::text) OR (old.text IS DISTINCT FROM new.text)) OR (old.triaged_at IS DISTINCT FROM new.triaged_at)))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER comment_stays_in_its_edition BEFORE INSERT OR UPDATE OF entry_id, session_id, parent_id ON comments_comment FOR EACH ROW EXECUTE FUNCTION refuse_comment_on_another_edition();
CREATE TRIGGER comment_stays_what_it_is BEFORE UPDATE ON comments_comment FOR EACH ROW WHEN ((old.id IS DISTINCT FROM new.id)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commentgroup_is_append_only BEFORE DELETE OR UPDATE ON comments_commentgroup FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER commentgroup_is_never_truncated BEFORE TRUNCATE ON comments_commentgroup FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER conclusion_is_append_only BEFORE DELETE OR UPDATE ON comments_conclusion FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER conclusion_is_never_truncated BEFORE TRUNCATE ON comments_conclusion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER digest_is_append_only BEFORE DELETE OR UPDATE ON comments_digest FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER digest_is_never_truncated BEFORE TRUNCATE ON comments_digest FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER digestround_is_append_only BEFORE DELETE OR UPDATE ON comments_digestround FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER digestround_is_never_truncated BEFORE TRUNCATE ON comments_digestround FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER discussion_is_append_only BEFORE DELETE OR UPDATE ON comments_discussion FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER discussion_is_never_truncated BEFORE TRUNCATE ON comments_discussion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER disposition_is_confirmed_once BEFORE UPDATE ON comments_disposition FOR EACH ROW WHEN (((old.confirmed_at IS NOT NULL) AND ((old.confirmed_by_id IS DISTINCT FROM new.confirmed_by_id) OR (old.confirmed_at IS DISTINCT FROM new.confirmed_at)))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER disposition_is_never_deleted BEFORE DELETE ON comments_disposition FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER disposition_is_never_truncated BEFORE TRUNCATE ON comments_disposition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER disposition_keeps_what_was_said BEFORE UPDATE ON comments_disposition FOR EACH ROW WHEN ((((((((((((old.outcome)::text IS DISTINCT FROM (new.outcome)::text) OR (old.reason IS DISTINCT FROM new.reason)) OR (old.points_to_id IS DISTINCT FROM new.points_to_id)) OR ((old.referred_to)::text IS DISTINCT FROM (new.referred_to)::text)) OR ((old.effect)::text IS DISTINCT FROM (new.effect)::text)) OR (old.assignee_id IS DISTINCT FROM new.assignee_id)) OR (old.due IS DISTINCT FROM new.due)) OR (old.decided_by_id IS DISTINCT FROM new.decided_by_id)) OR (old.decided_at IS DISTINCT FROM new.decided_at)) OR (old.supersedes_id IS DISTINCT FROM new.supersedes_id))) EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER disposition_leaves_history AFTER UPDATE ON comments_disposition DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION demand_history('comments_historicaldisposition');
CREATE TRIGGER disposition_stays_what_it_is BEFORE UPDATE ON comments_disposition FOR EACH ROW WHEN ((old.id IS DISTINCT FROM new.id)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_disposition_never_changes BEFORE UPDATE ON comments_disposition FOR EACH ROW WHEN ((old.publication_id IS NOT NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON comments_event FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_never_truncated BEFORE TRUNCATE ON comments_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_is_numbered_once BEFORE UPDATE ON comments_event FOR EACH ROW WHEN ((old.number IS NOT NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER event_keeps_what_it_tells BEFORE UPDATE ON comments_event FOR EACH ROW WHEN ((((((old.id IS DISTINCT FROM new.id) OR (old.session_id IS DISTINCT FROM new.session_id)) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text)) OR ((old.about)::text IS DISTINCT FROM (new.about)::text)) OR (old.at IS DISTINCT FROM new.at))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER grouping_is_append_only BEFORE DELETE OR UPDATE ON comments_grouping FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER grouping_is_never_truncated BEFORE TRUNCATE ON comments_grouping FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hearing_is_never_deleted BEFORE DELETE ON comments_hearing FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hearing_is_never_truncated BEFORE TRUNCATE ON comments_hearing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER hearing_leaves_history AFTER UPDATE ON comments_hearing DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION demand_history('comments_historicalhearing');
CREATE TRIGGER hearing_stands_once_heard BEFORE UPDATE ON comments_hearing FOR EACH ROW WHEN ((((old.key)::text IS DISTINCT FROM (new.key)::text) OR (old.objection_days IS DISTINCT FROM new.objection_days))) EXECUTE FUNCTION refuse_change_of_heard_hearing();
CREATE TRIGGER hearing_stays_what_it_is BEFORE UPDATE ON comments_hearing FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER document_is_taken_away_once BEFORE UPDATE ON comments_hearingdocument FOR EACH ROW WHEN ((old.removed_at IS NOT NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hearingdocument_is_never_deleted BEFORE DELETE ON comments_hearingdocument FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hearingdocument_is_never_truncated BEFORE TRUNCATE ON comments_hearingdocument FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hearingdocument_stays_what_it_is BEFORE UPDATE ON comments_hearingdocument FOR EACH ROW WHEN (((((((((old.id IS DISTINCT FROM new.id) OR (old.hearing_id IS DISTINCT FROM new.hearing_id)) OR ((old.title)::text IS DISTINCT FROM (new.title)::text)) OR ((old.file_id)::text IS DISTINCT FROM (new.file_id)::text)) OR ((old.media_type)::text IS DISTINCT FROM (new.media_type)::text)) OR (old.size IS DISTINCT FROM new.size)) OR (old.added_by_id IS DISTINCT FROM new.added_by_id)) OR (old.at IS DISTINCT FROM new.at))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hearingsession_is_never_deleted BEFORE DELETE ON comments_hearingsession FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hearingsession_is_never_truncated BEFORE TRUNCATE ON comments_hearingsession FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER hearingsession_leaves_history AFTER UPDATE ON comments_hearingsession DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION demand_history('comments_historicalhearingsession');
CREATE TRIGGER hearingsession_stays_what_it_is BEFORE UPDATE ON comments_hearingsession FOR EACH ROW WHEN (((old.id IS DISTINCT FROM new.id) OR (old.hearing_id IS DISTINCT FROM new.hearing_id))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER session_stands_once_begun BEFORE UPDATE ON comments_hearingsession FOR EACH ROW WHEN (((((old.kind)::text IS DISTINCT FROM (new.kind)::text) OR (old.work_group_id IS DISTINCT FROM new.work_group_id)) OR (old.edition_id IS DISTINCT FROM new.edition_id))) EXECUTE FUNCTION refuse_change_of_begun_session();
CREATE TRIGGER historicalamendment_is_append_only BEFORE DELETE OR UPDATE ON comments_historicalamendment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalamendment_is_never_truncated BEFORE TRUNCATE ON comments_historicalamendment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalcomment_is_append_only BEFORE DELETE OR UPDATE ON comments_historicalcomment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalcomment_is_never_truncated BEFORE TRUNCATE ON comments_historicalcomment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicaldisposition_is_append_only BEFORE DELETE OR UPDATE ON comments_historicaldisposition FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicaldisposition_is_never_truncated BEFORE TRUNCATE ON comments_historicaldisposition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalhearing_is_append_only BEFORE DELETE OR UPDATE ON comments_historicalhearing FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalhearing_is_never_truncated BEFORE TRUNCATE ON comments_historicalhearing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalhearingsession_is_append_only BEFORE DELETE OR UPDATE ON comments_historicalhearingsession FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalhearingsession_is_never_truncated BEFORE TRUNCATE ON comments_historicalhearingsession FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalofficeposition_is_append_only BEFORE DELETE OR UPDATE ON comments_historicalofficeposition FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicalofficeposition_is_never_truncated BEFORE TRUNCATE ON comments_historicalofficeposition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicaloverlap_is_append_only BEFORE DELETE OR UPDATE ON comments_historicaloverlap FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER historicaloverlap_is_never_truncated BEFORE TRUNCATE ON comments_historicaloverlap FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invitationcard_is_append_only BEFORE DELETE OR UPDATE ON comments_invitationcard FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER invitationcard_is_never_truncated BEFORE TRUNCATE ON comments_invitationcard FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER mailrefusal_is_append_only BEFORE DELETE OR UPDATE ON comments_mailrefusal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER mailrefusal_is_never_truncated BEFORE TRUNCATE ON comments_mailrefusal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER moderation_is_append_only BEFORE DELETE OR UPDATE ON comments_moderation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER moderation_is_never_truncated BEFORE TRUNCATE ON comments_moderation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER motion_is_append_only BEFORE DELETE OR UPDATE ON comments_motion FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER motion_is_never_truncated BEFORE TRUNCATE ON comments_motion FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER objection_has_its_own_answer AFTER INSERT OR UPDATE ON comments_objection DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.answered_by_id IS NOT NULL)) EXECUTE FUNCTION refuse_answer_of_another_comment();
CREATE TRIGGER objection_is_answered_once BEFORE UPDATE ON comments_objection FOR EACH ROW WHEN ((old.answered_by_id IS NOT NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER objection_is_never_deleted BEFORE DELETE ON comments_objection FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER objection_is_never_truncated BEFORE TRUNCATE ON comments_objection FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER objection_keeps_what_was_said BEFORE UPDATE ON comments_objection FOR EACH ROW WHEN ((((old.comment_id IS DISTINCT FROM new.comment_id) OR (old.text IS DISTINCT FROM new.text)) OR (old.at IS DISTINCT FROM new.at))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER objection_stays_what_it_is BEFORE UPDATE ON comments_objection FOR EACH ROW WHEN ((old.id IS DISTINCT FROM new.id)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER officeposition_is_never_deleted BEFORE DELETE ON comments_officeposition FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER officeposition_is_never_truncated BEFORE TRUNCATE ON comments_officeposition FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER officeposition_leaves_history AFTER UPDATE ON comments_officeposition DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION demand_history('comments_historicalofficeposition');
CREATE TRIGGER officeposition_stays_what_it_is BEFORE UPDATE ON comments_officeposition FOR EACH ROW WHEN (((((((old.id IS DISTINCT FROM new.id) OR (old.hearing_id IS DISTINCT FROM new.hearing_id)) OR (old.edition_id IS DISTINCT FROM new.edition_id)) OR (old.manual_id IS DISTINCT FROM new.manual_id)) OR (old.office_id IS DISTINCT FROM new.office_id)) OR ((old.office_kind)::text IS DISTINCT FROM (new.office_kind)::text))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlap_is_never_deleted BEFORE DELETE ON comments_overlap FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlap_is_never_truncated BEFORE TRUNCATE ON comments_overlap FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE CONSTRAINT TRIGGER overlap_leaves_history AFTER UPDATE ON comments_overlap DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION demand_history('comments_historicaloverlap');
CREATE TRIGGER overlap_stays_what_it_is BEFORE UPDATE ON comments_overlap FOR EACH ROW WHEN (((((old.id IS DISTINCT FROM new.id) OR (old.uuid IS DISTINCT FROM new.uuid)) OR (old.entered_by_id IS DISTINCT FROM new.entered_by_id)) OR (old.entered_at IS DISTINCT FROM new.entered_at))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlapchange_is_append_only BEFORE DELETE OR UPDATE ON comments_overlapchange FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlapchange_is_never_truncated BEFORE TRUNCATE ON comments_overlapchange FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlapcomment_is_append_only BEFORE DELETE OR UPDATE ON comments_overlapcomment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlapcomment_is_never_truncated BEFORE TRUNCATE ON comments_overlapcomment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlappair_is_append_only BEFORE DELETE OR UPDATE ON comments_overlappair FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER overlappair_is_never_truncated BEFORE TRUNCATE ON comments_overlappair FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pairdismissal_is_append_only BEFORE DELETE OR UPDATE ON comments_pairdismissal FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER pairdismissal_is_never_truncated BEFORE TRUNCATE ON comments_pairdismissal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER paperform_is_append_only BEFORE DELETE OR UPDATE ON comments_paperform FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER paperform_is_never_truncated BEFORE TRUNCATE ON comments_paperform FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER poll_ends_once BEFORE UPDATE ON comments_poll FOR EACH ROW WHEN ((old.ended_at IS NOT NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER poll_is_never_deleted BEFORE DELETE ON comments_poll FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER poll_is_never_truncated BEFORE TRUNCATE ON comments_poll FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER poll_keeps_what_was_asked BEFORE UPDATE ON comments_poll FOR EACH ROW WHEN ((((((((((old.id IS DISTINCT FROM new.id) OR (old.uuid IS DISTINCT FROM new.uuid)) OR (old.session_id IS DISTINCT FROM new.session_id)) OR (old.entry_id IS DISTINCT FROM new.entry_id)) OR ((old.question)::text IS DISTINCT FROM (new.question)::text)) OR (old.hides_counts IS DISTINCT FROM new.hides_counts)) OR ((old.quorum)::text IS DISTINCT FROM (new.quorum)::text)) OR (old.asked_by_id IS DISTINCT FROM new.asked_by_id)) OR (old.asked_at IS DISTINCT FROM new.asked_at))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receiptrecall_is_append_only BEFORE DELETE OR UPDATE ON comments_receiptrecall FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER receiptrecall_is_never_truncated BEFORE TRUNCATE ON comments_receiptrecall FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reclassing_is_append_only BEFORE DELETE OR UPDATE ON comments_reclassing FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reclassing_is_never_truncated BEFORE TRUNCATE ON comments_reclassing FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recommendation_is_append_only BEFORE DELETE OR UPDATE ON comments_recommendation FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER recommendation_is_never_truncated BEFORE TRUNCATE ON comments_recommendation FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER returnedcomment_is_append_only BEFORE DELETE OR UPDATE ON comments_returnedcomment FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER returnedcomment_is_never_truncated BEFORE TRUNCATE ON comments_returnedcomment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER returnedcopy_is_append_only BEFORE DELETE OR UPDATE ON comments_returnedcopy FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER returnedcopy_is_never_truncated BEFORE TRUNCATE ON comments_returnedcopy FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sessionstate_is_append_only BEFORE DELETE OR UPDATE ON comments_sessionstate FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sessionstate_is_never_truncated BEFORE TRUNCATE ON comments_sessionstate FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakermove_is_append_only BEFORE DELETE OR UPDATE ON comments_speakermove FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakermove_is_never_truncated BEFORE TRUNCATE ON comments_speakermove FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER floor_is_given_once BEFORE UPDATE ON comments_speakerrequest FOR EACH ROW WHEN (((old.called_at IS NOT NULL) AND (((old.called_at IS DISTINCT FROM new.called_at) OR (old.called_by_id IS DISTINCT FROM new.called_by_id)) OR (old.minutes IS DISTINCT FROM new.minutes)))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakerrequest_ends_once BEFORE UPDATE ON comments_speakerrequest FOR EACH ROW WHEN ((old.ended_at IS NOT NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakerrequest_is_never_deleted BEFORE DELETE ON comments_speakerrequest FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakerrequest_is_never_truncated BEFORE TRUNCATE ON comments_speakerrequest FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER speakerrequest_keeps_what_was_asked BEFORE UPDATE ON comments_speakerrequest FOR EACH ROW WHEN ((((((((((old.id IS DISTINCT FROM new.id) OR (old.session_id IS DISTINCT FROM new.session_id)) OR (old.person_id IS DISTINCT FROM new.person_id)) OR (old.office_id IS DISTINCT FROM new.office_id)) OR ((old.office_kind)::text IS DISTINCT FROM (new.office_kind)::text)) OR ((old.subject)::text IS DISTINCT FROM (new.subject)::text)) OR (old.entry_id IS DISTINCT FROM new.entry_id)) OR (old.asked_by_id IS DISTINCT FROM new.asked_by_id)) OR (old.asked_at IS DISTINCT FROM new.asked_at))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER support_is_never_deleted BEFORE DELETE ON comments_support FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER support_is_never_truncated BEFORE TRUNCATE ON comments_support FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER support_is_taken_back_once BEFORE UPDATE ON comments_support FOR EACH ROW WHEN ((old.taken_back_at IS NOT NULL)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER support_keeps_its_key BEFORE UPDATE ON comments_support FOR EACH ROW WHEN ((old.client_key IS DISTINCT FROM new.client_key)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER support_keeps_what_was_said BEFORE UPDATE ON comments_support FOR EACH ROW WHEN (((((old.comment_id IS DISTINCT FROM new.comment_id) OR (old.office_id IS DISTINCT FROM new.office_id)) OR (old.by_id IS DISTINCT FROM new.by_id)) OR (old.at IS DISTINCT FROM new.at))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER support_stands_at_the_entry_of_its_comment BEFORE INSERT ON comments_support FOR EACH ROW EXECUTE FUNCTION place_support();
CREATE TRIGGER support_stays_at_its_entry BEFORE UPDATE ON comments_support FOR EACH ROW WHEN ((old.entry_id IS DISTINCT FROM new.entry_id)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER support_stays_what_it_is BEFORE UPDATE ON comments_support FOR EACH ROW WHEN ((old.id IS DISTINCT FROM new.id)) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vote_counts_while_asked BEFORE INSERT OR UPDATE ON comments_vote FOR EACH ROW EXECUTE FUNCTION refuse_vote_after_the_end();
CREATE TRIGGER vote_is_never_deleted BEFORE DELETE ON comments_vote FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vote_is_never_truncated BEFORE TRUNCATE ON comments_vote FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vote_stays_in_its_poll BEFORE UPDATE ON comments_vote FOR EACH ROW WHEN (((((old.id IS DISTINCT FROM new.id) OR (old.poll_id IS DISTINCT FROM new.poll_id)) OR (old.office_id IS DISTINCT FROM new.office_id)) OR ((old.office_kind)::text IS DISTINCT FROM (new.office_kind)::text))) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER wallrecall_is_append_only BEFORE DELETE OR UPDATE ON comments_wallrecall FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER wallrecall_is_never_truncated BEFORE TRUNCATE ON comments_wallrecall FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("comments", "0001_initial"),
        ("comments", "0002_triggers"),
        ("comments", "0003_venue"),
        ("comments", "0004_earlier_acts"),
        ("comments", "0005_binding_times"),
        ("comments", "0006_official_words"),
        ("comments", "0007_hearing_kind"),
        ("comments", "0008_hearing_facts"),
        ("comments", "0009_hearing_documents"),
        ("comments", "0010_noted_outcome"),
        ("comments", "0011_extension_reasons"),
        ("comments", "0012_kept_history"),
        ("comments", "0013_edits_and_supports"),
        ("comments", "0014_comment_counts"),
        ("comments", "0015_kept_proposals"),
        ("comments", "0017_changes_leave_a_trace"),
        ("comments", "0018_supports_by_entry"),
        ("comments", "0019_receipt_recalls"),
        ("comments", "0020_office_positions"),
        ("comments", "0021_conclusions"),
        ("comments", "0022_overlap_register"),
        ("comments", "0023_returned_copies"),
        ("comments", "0024_bench_drafts_and_groups"),
        ("comments", "0025_paper_forms"),
        ("comments", "0026_live_events"),
        ("comments", "0027_returned_content"),
        ("comments", "0028_assignments_and_answer_blocks"),
        ("comments", "0029_digests"),
        ("comments", "0030_latest_events"),
        ("comments", "0031_wall_recalls"),
        ("comments", "0032_speakers_queue"),
        ("comments", "0033_shows_of_hands"),
        ("comments", "0034_cards_and_attendance"),
        ("comments", "0035_motions_and_timers"),
        ("comments", "0036_ends_of_saves"),
        ("comments", "0037_expert_advice"),
        ("comments", "0038_devices_send_once"),
        ("comments", "0039_advice_taken_back"),
        ("comments", "0040_an_objection_has_its_own_answer"),
    ]

    dependencies = [
        ("directory", "0007_addresses"),
        ("jobs", "0005_ended_jobs"),
        ("manuals", "0025_entries_that_took_words_in"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="DigestRound",
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
                        ("day", models.DateField(unique=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="AdviceRequest",
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
                        ("question", models.TextField(blank=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "asked",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="AdviceRecall",
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
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recall",
                                to="comments.advicerequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerBlock",
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
                        ("uuid", models.UUIDField(default=uuid.uuid4)),
                        ("name", models.CharField(max_length=120)),
                        ("text", models.TextField()),
                        ("is_put_away", models.BooleanField(default=False)),
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
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answer_blocks",
                                to="directory.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="AnswerPublication",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("objections_until", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="directory.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="BenchDraft",
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
                        ("values", models.JSONField()),
                        (
                            "saved_at",
                            models.DateTimeField(default=django.utils.timezone.now),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Comment",
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
                        (
                            "uuid",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
                        ),
                        ("field", models.CharField(blank=True, max_length=80)),
                        (
                            "span_start",
                            models.PositiveIntegerField(blank=True, null=True),
                        ),
                        (
                            "span_end",
                            models.PositiveIntegerField(blank=True, null=True),
                        ),
                        ("quote", models.TextField(blank=True)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("agree", "เห็นชอบ"),
                                    ("amend", "ขอแก้ไข"),
                                    ("add", "ขอเพิ่ม"),
                                    ("delete", "ขอตัด"),
                                    ("ask", "สอบถาม"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "issue_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("complex", "ซับซ้อน"),
                                    ("new", "เกิดขึ้นใหม่"),
                                    ("additional", "เพิ่มเติม"),
                                    ("overlap", "ทับซ้อน/ซ้ำซ้อน"),
                                    ("legal_basis", "ข้อกฎหมาย"),
                                    ("technology", "เทคโนโลยี"),
                                    ("outdated", "ไม่เป็นปัจจุบัน"),
                                ],
                                max_length=12,
                                null=True,
                            ),
                        ),
                        ("issue_data", models.JSONField(blank=True, default=dict)),
                        ("text", models.TextField()),
                        ("client_key", models.UUIDField()),
                        ("body_sha", models.CharField(max_length=64)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("admin", "ผู้ดูแลระบบ"),
                                    ("facilitator", "ผู้ดำเนินเวที"),
                                    ("drafter", "คณะทำงานยกร่าง"),
                                    ("delegate", "ผู้แทน"),
                                    ("office_head", "ผอ.สพท."),
                                    ("expert", "ผู้ทรงคุณวุฒิ"),
                                    ("central_bureau", "ผู้แทนสำนักส่วนกลาง"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "office_kind",
                            models.CharField(
                                blank=True,
                                choices=[("primary", "สพป."), ("secondary", "สพม.")],
                                max_length=10,
                                null=True,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "ระบบออนไลน์"),
                                    ("room", "ด้วยวาจาในห้องประชุม"),
                                    ("paper", "แบบฟอร์มกระดาษ"),
                                    ("spreadsheet", "ตารางคำนวณ"),
                                    ("word", "ไฟล์ Word"),
                                ],
                                default="web",
                                max_length=11,
                            ),
                        ),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        ("triaged_at", models.DateTimeField(blank=True, null=True)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "edit_sha",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                max_length=64,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comments",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replies",
                                to="comments.comment",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
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
                        ("due", models.DateField(blank=True, null=True)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="comments.comment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="AnchorResolution",
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("same", "ถ้อยคำเดิม"),
                                    ("shifted", "ข้อความที่อ้างเลื่อนที่"),
                                    ("text_changed", "ถ้อยคำเปลี่ยน"),
                                    ("text_removed", "ข้อความที่อ้างตัดออกแล้ว"),
                                    ("moved", "ย้ายไปข้ออื่น"),
                                    ("split", "แยกเป็นหลายข้อ"),
                                    ("joined", "รวมกับข้ออื่น"),
                                    ("retired", "ยกเลิกข้อ"),
                                    ("unplaced", "รอผู้ตรวจ"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("span", models.JSONField(blank=True, null=True)),
                        ("method", models.CharField(max_length=20)),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.edition",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="resolutions",
                                to="comments.comment",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Amendment",
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
                        (
                            "uuid",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
                        ),
                        (
                            "op",
                            models.CharField(
                                choices=[
                                    ("replace", "แก้ถ้อยคำ"),
                                    ("insert_after", "เพิ่มต่อจากข้อนี้"),
                                    ("delete", "ตัดออก"),
                                    ("move", "ย้าย"),
                                    ("split", "แยก"),
                                    ("join", "รวม"),
                                    ("new_process", "กระบวนงานใหม่"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("proposed", models.JSONField(default=dict)),
                        ("rebased", models.JSONField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "base_blob",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "enacted_blob",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="manuals.section",
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amendments",
                                to="comments.comment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.AddField(
                    model_name="advicerequest",
                    name="comment",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advice_requests",
                        to="comments.comment",
                    ),
                ),
                migrations.CreateModel(
                    name="CommentGroup",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Digest",
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
                        ("day", models.DateField()),
                        ("address", models.EmailField(max_length=200)),
                        ("text", models.TextField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Discussion",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ClauseTimer",
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
                        ("minutes", models.PositiveSmallIntegerField()),
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
                            "discussion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="timers",
                                to="comments.discussion",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Disposition",
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
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("accepted", "เห็นชอบตามที่เสนอ"),
                                    ("accepted_with_changes", "เห็นชอบโดยปรับถ้อยคำ"),
                                    ("already_covered", "กำหนดไว้แล้ว"),
                                    ("not_accepted", "ไม่เห็นชอบตามที่เสนอ"),
                                    ("referred", "ส่งต่อ"),
                                    ("deferred", "นำไปพิจารณาในการปรับปรุงครั้งต่อไป"),
                                    ("out_of_scope", "นอกขอบเขต"),
                                    ("noted", "รับทราบ"),
                                    ("withdrawn", "ถอนแล้ว"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("referred_to", models.CharField(blank=True, max_length=200)),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("changed", "แก้ถ้อยคำแล้ว"),
                                    ("no_text_change", "ไม่ต้องแก้ถ้อยคำ"),
                                    ("to_draft", "รอยกร่าง"),
                                    ("none", "ไม่มีผลต่อถ้อยคำ"),
                                ],
                                default="none",
                                max_length=14,
                            ),
                        ),
                        ("due", models.DateField(blank=True, null=True)),
                        ("decided_at", models.DateTimeField(auto_now_add=True)),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "points_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dispositions",
                                to="comments.answerpublication",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="superseded_by",
                                to="comments.disposition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeCause",
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
                        (
                            "amendment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="causes",
                                to="comments.amendment",
                            ),
                        ),
                        (
                            "change",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cause",
                                to="manuals.clausechange",
                            ),
                        ),
                        (
                            "ended_in",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.clausechange",
                            ),
                        ),
                        (
                            "disposition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="changes",
                                to="comments.disposition",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="AnswerBlockUse",
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
                        (
                            "block",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="comments.answerblock",
                            ),
                        ),
                        (
                            "disposition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="block_uses",
                                to="comments.disposition",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Answer",
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
                        ("current", models.BooleanField(default=True)),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="comments.comment",
                            ),
                        ),
                        (
                            "disposition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="comments.disposition",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Grouping",
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groupings",
                                to="comments.comment",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="groupings",
                                to="comments.commentgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Hearing",
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
                        ("key", models.CharField(max_length=40, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("hearing", "ประชาพิจารณ์"),
                                    ("demonstration", "ข้อมูลสาธิต"),
                                ],
                                default="hearing",
                                max_length=13,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("opens_on", models.DateField()),
                        ("closes_on", models.DateField()),
                        ("public", models.BooleanField(default=False)),
                        (
                            "moderation",
                            models.CharField(
                                choices=[("held", "ตรวจก่อนแสดง"), ("shown", "แสดงทันที")],
                                default="shown",
                                max_length=5,
                            ),
                        ),
                        ("venue", models.CharField(blank=True, max_length=300)),
                        ("chairperson", models.CharField(blank=True, max_length=200)),
                        ("organiser", models.CharField(blank=True, max_length=200)),
                        ("speakers", models.TextField(blank=True)),
                        ("programme", models.TextField(blank=True)),
                        (
                            "objection_days",
                            models.PositiveSmallIntegerField(default=14),
                        ),
                        (
                            "extension_reason",
                            models.CharField(blank=True, max_length=500),
                        ),
                    ],
                    options={
                        "ordering": ["-opens_on"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closes_on__gte", models.F("opens_on"))
                                ),
                                name="hearing_closes_after_it_opened",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind__in", ["hearing", "demonstration"])
                                ),
                                name="hearing_kind_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("objection_days__range", (0, 60))),
                                name="objections_take_no_longer_than_sixty_days",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conclusion",
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
                        ("summary", models.TextField()),
                        ("signed_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.edition",
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conclusions",
                                to="directory.workgroup",
                            ),
                        ),
                        (
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="conclusions",
                                to="comments.hearing",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.AddField(
                    model_name="answerpublication",
                    name="hearing",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="comments.hearing",
                    ),
                ),
                migrations.CreateModel(
                    name="HearingDocument",
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
                        ("title", models.CharField(max_length=200)),
                        (
                            "media_type",
                            models.CharField(
                                choices=[
                                    ("application/pdf", "PDF"),
                                    (
                                        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                                        "DOCX",
                                    ),
                                    (
                                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                                        "XLSX",
                                    ),
                                    ("image/png", "PNG"),
                                    ("image/jpeg", "JPEG"),
                                ],
                                max_length=100,
                            ),
                        ),
                        ("size", models.PositiveBigIntegerField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("removed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="comments.hearing",
                            ),
                        ),
                        (
                            "removed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="HearingSession",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("online", "ออนไลน์"),
                                    ("room", "ห้องประชุมกลุ่ม"),
                                    ("plenary", "ที่ประชุมรวม"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("venue", models.CharField(blank=True, max_length=200)),
                        ("opens_at", models.DateTimeField(blank=True, null=True)),
                        ("closes_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "extension_reason",
                            models.CharField(blank=True, max_length=500),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hearing_sessions",
                                to="manuals.edition",
                            ),
                        ),
                        (
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="comments.hearing",
                            ),
                        ),
                        (
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hearing_sessions",
                                to="directory.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["work_group__order", "id"],
                    },
                ),
                migrations.CreateModel(
                    name="Event",
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
                        ("number", models.IntegerField(blank=True, null=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("state", "State"),
                                    ("clause", "Clause"),
                                    ("comment", "Comment"),
                                    ("decision", "Decision"),
                                    ("timer", "Timer"),
                                    ("motion", "Motion"),
                                    ("speaker", "Speaker"),
                                    ("hand", "Hand"),
                                    ("attendance", "Attendance"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("about", models.CharField(blank=True, max_length=36)),
                        (
                            "at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now()
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.AddField(
                    model_name="discussion",
                    name="session",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="discussions",
                        to="comments.hearingsession",
                    ),
                ),
                migrations.AddField(
                    model_name="comment",
                    name="session",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comments",
                        to="comments.hearingsession",
                    ),
                ),
                migrations.CreateModel(
                    name="Attendance",
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
                        (
                            "office_kind",
                            models.CharField(
                                blank=True,
                                choices=[("primary", "สพป."), ("secondary", "สพม.")],
                                max_length=10,
                                null=True,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("arrived", "มาแล้ว"),
                                    ("left", "ออกจากห้องแล้ว"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[("card", "ด้วยบัตร"), ("hand", "เจ้าหน้าที่บันทึก")],
                                max_length=4,
                            ),
                        ),
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
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="HistoricalAmendment",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True,
                                blank=True,
                                db_index=True,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(
                                db_index=True, default=uuid.uuid4, editable=False
                            ),
                        ),
                        (
                            "op",
                            models.CharField(
                                choices=[
                                    ("replace", "แก้ถ้อยคำ"),
                                    ("insert_after", "เพิ่มต่อจากข้อนี้"),
                                    ("delete", "ตัดออก"),
                                    ("move", "ย้าย"),
                                    ("split", "แยก"),
                                    ("join", "รวม"),
                                    ("new_process", "กระบวนงานใหม่"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("proposed", models.JSONField(default=dict)),
                        ("rebased", models.JSONField(blank=True, null=True)),
                        ("made_at", models.DateTimeField(blank=True, editable=False)),
                        (
                            "history_id",
                            models.AutoField(primary_key=True, serialize=False),
                        ),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_change_reason",
                            models.CharField(max_length=100, null=True),
                        ),
                        (
                            "history_type",
                            models.CharField(
                                choices=[
                                    ("+", "Created"),
                                    ("~", "Changed"),
                                    ("-", "Deleted"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "base_blob",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="comments.comment",
                            ),
                        ),
                        (
                            "enacted_blob",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "section",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.section",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical amendment",
                        "verbose_name_plural": "historical amendments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalComment",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True,
                                blank=True,
                                db_index=True,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(
                                db_index=True, default=uuid.uuid4, editable=False
                            ),
                        ),
                        ("field", models.CharField(blank=True, max_length=80)),
                        (
                            "span_start",
                            models.PositiveIntegerField(blank=True, null=True),
                        ),
                        (
                            "span_end",
                            models.PositiveIntegerField(blank=True, null=True),
                        ),
                        ("quote", models.TextField(blank=True)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("agree", "เห็นชอบ"),
                                    ("amend", "ขอแก้ไข"),
                                    ("add", "ขอเพิ่ม"),
                                    ("delete", "ขอตัด"),
                                    ("ask", "สอบถาม"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "issue_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("complex", "ซับซ้อน"),
                                    ("new", "เกิดขึ้นใหม่"),
                                    ("additional", "เพิ่มเติม"),
                                    ("overlap", "ทับซ้อน/ซ้ำซ้อน"),
                                    ("legal_basis", "ข้อกฎหมาย"),
                                    ("technology", "เทคโนโลยี"),
                                    ("outdated", "ไม่เป็นปัจจุบัน"),
                                ],
                                max_length=12,
                                null=True,
                            ),
                        ),
                        ("issue_data", models.JSONField(blank=True, default=dict)),
                        ("text", models.TextField()),
                        ("client_key", models.UUIDField()),
                        ("body_sha", models.CharField(max_length=64)),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("admin", "ผู้ดูแลระบบ"),
                                    ("facilitator", "ผู้ดำเนินเวที"),
                                    ("drafter", "คณะทำงานยกร่าง"),
                                    ("delegate", "ผู้แทน"),
                                    ("office_head", "ผอ.สพท."),
                                    ("expert", "ผู้ทรงคุณวุฒิ"),
                                    ("central_bureau", "ผู้แทนสำนักส่วนกลาง"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "office_kind",
                            models.CharField(
                                blank=True,
                                choices=[("primary", "สพป."), ("secondary", "สพม.")],
                                max_length=10,
                                null=True,
                            ),
                        ),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("web", "ระบบออนไลน์"),
                                    ("room", "ด้วยวาจาในห้องประชุม"),
                                    ("paper", "แบบฟอร์มกระดาษ"),
                                    ("spreadsheet", "ตารางคำนวณ"),
                                    ("word", "ไฟล์ Word"),
                                ],
                                default="web",
                                max_length=11,
                            ),
                        ),
                        ("made_at", models.DateTimeField(blank=True, editable=False)),
                        ("triaged_at", models.DateTimeField(blank=True, null=True)),
                        ("edited_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "edit_sha",
                            models.CharField(
                                blank=True,
                                db_default="",
                                default="",
                                editable=False,
                                max_length=64,
                            ),
                        ),
                        (
                            "history_id",
                            models.AutoField(primary_key=True, serialize=False),
                        ),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_change_reason",
                            models.CharField(max_length=100, null=True),
                        ),
                        (
                            "history_type",
                            models.CharField(
                                choices=[
                                    ("+", "Created"),
                                    ("~", "Changed"),
                                    ("-", "Deleted"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="comments.comment",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical comment",
                        "verbose_name_plural": "historical comments",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalDisposition",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True,
                                blank=True,
                                db_index=True,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("accepted", "เห็นชอบตามที่เสนอ"),
                                    ("accepted_with_changes", "เห็นชอบโดยปรับถ้อยคำ"),
                                    ("already_covered", "กำหนดไว้แล้ว"),
                                    ("not_accepted", "ไม่เห็นชอบตามที่เสนอ"),
                                    ("referred", "ส่งต่อ"),
                                    ("deferred", "นำไปพิจารณาในการปรับปรุงครั้งต่อไป"),
                                    ("out_of_scope", "นอกขอบเขต"),
                                    ("noted", "รับทราบ"),
                                    ("withdrawn", "ถอนแล้ว"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
                        ("referred_to", models.CharField(blank=True, max_length=200)),
                        (
                            "effect",
                            models.CharField(
                                choices=[
                                    ("changed", "แก้ถ้อยคำแล้ว"),
                                    ("no_text_change", "ไม่ต้องแก้ถ้อยคำ"),
                                    ("to_draft", "รอยกร่าง"),
                                    ("none", "ไม่มีผลต่อถ้อยคำ"),
                                ],
                                default="none",
                                max_length=14,
                            ),
                        ),
                        ("due", models.DateField(blank=True, null=True)),
                        (
                            "decided_at",
                            models.DateTimeField(blank=True, editable=False),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "history_id",
                            models.AutoField(primary_key=True, serialize=False),
                        ),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_change_reason",
                            models.CharField(max_length=100, null=True),
                        ),
                        (
                            "history_type",
                            models.CharField(
                                choices=[
                                    ("+", "Created"),
                                    ("~", "Changed"),
                                    ("-", "Deleted"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "assignee",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "points_to",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="comments.answerpublication",
                            ),
                        ),
                        (
                            "supersedes",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="comments.disposition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical disposition",
                        "verbose_name_plural": "historical dispositions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalHearing",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True,
                                blank=True,
                                db_index=True,
                                verbose_name="ID",
                            ),
                        ),
                        ("key", models.CharField(db_index=True, max_length=40)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("hearing", "ประชาพิจารณ์"),
                                    ("demonstration", "ข้อมูลสาธิต"),
                                ],
                                default="hearing",
                                max_length=13,
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("opens_on", models.DateField()),
                        ("closes_on", models.DateField()),
                        ("public", models.BooleanField(default=False)),
                        (
                            "moderation",
                            models.CharField(
                                choices=[("held", "ตรวจก่อนแสดง"), ("shown", "แสดงทันที")],
                                default="shown",
                                max_length=5,
                            ),
                        ),
                        ("venue", models.CharField(blank=True, max_length=300)),
                        ("chairperson", models.CharField(blank=True, max_length=200)),
                        ("organiser", models.CharField(blank=True, max_length=200)),
                        ("speakers", models.TextField(blank=True)),
                        ("programme", models.TextField(blank=True)),
                        (
                            "objection_days",
                            models.PositiveSmallIntegerField(default=14),
                        ),
                        (
                            "extension_reason",
                            models.CharField(blank=True, max_length=500),
                        ),
                        (
                            "history_id",
                            models.AutoField(primary_key=True, serialize=False),
                        ),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_change_reason",
                            models.CharField(max_length=100, null=True),
                        ),
                        (
                            "history_type",
                            models.CharField(
                                choices=[
                                    ("+", "Created"),
                                    ("~", "Changed"),
                                    ("-", "Deleted"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical hearing",
                        "verbose_name_plural": "historical hearings",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalHearingSession",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True,
                                blank=True,
                                db_index=True,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("online", "ออนไลน์"),
                                    ("room", "ห้องประชุมกลุ่ม"),
                                    ("plenary", "ที่ประชุมรวม"),
                                ],
                                max_length=7,
                            ),
                        ),
                        ("venue", models.CharField(blank=True, max_length=200)),
                        ("opens_at", models.DateTimeField(blank=True, null=True)),
                        ("closes_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "extension_reason",
                            models.CharField(blank=True, max_length=500),
                        ),
                        (
                            "history_id",
                            models.AutoField(primary_key=True, serialize=False),
                        ),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_change_reason",
                            models.CharField(max_length=100, null=True),
                        ),
                        (
                            "history_type",
                            models.CharField(
                                choices=[
                                    ("+", "Created"),
                                    ("~", "Changed"),
                                    ("-", "Deleted"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.edition",
                            ),
                        ),
                        (
                            "hearing",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="comments.hearing",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "work_group",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="directory.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical hearing session",
                        "verbose_name_plural": "historical hearing sessions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOfficePosition",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True,
                                blank=True,
                                db_index=True,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "office_kind",
                            models.CharField(
                                choices=[("primary", "สพป."), ("secondary", "สพม.")],
                                max_length=10,
                            ),
                        ),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("support", "เห็นชอบ"),
                                    ("support_with_changes", "เห็นชอบโดยขอแก้ไข"),
                                    ("object", "ไม่เห็นชอบ"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "comment_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        ("confirmed_at", models.DateTimeField()),
                        (
                            "history_id",
                            models.AutoField(primary_key=True, serialize=False),
                        ),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_change_reason",
                            models.CharField(max_length=100, null=True),
                        ),
                        (
                            "history_type",
                            models.CharField(
                                choices=[
                                    ("+", "Created"),
                                    ("~", "Changed"),
                                    ("-", "Deleted"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.edition",
                            ),
                        ),
                        (
                            "hearing",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="comments.hearing",
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "manual",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.manual",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="directory.areaoffice",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical office position",
                        "verbose_name_plural": "historical office positions",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="HistoricalOverlap",
                    fields=[
                        (
                            "id",
                            models.BigIntegerField(
                                auto_created=True,
                                blank=True,
                                db_index=True,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "uuid",
                            models.UUIDField(
                                db_index=True, default=uuid.uuid4, editable=False
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("same_task", "งานซ้ำซ้อน"),
                                    ("same_form", "แบบฟอร์มซ้ำซ้อน"),
                                    ("authority", "อำนาจหน้าที่ทับซ้อน"),
                                    ("gap", "ไม่มีผู้รับผิดชอบ"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("agency", models.CharField(blank=True, max_length=200)),
                        ("evidence", models.TextField(blank=True)),
                        (
                            "entered_at",
                            models.DateTimeField(blank=True, editable=False),
                        ),
                        (
                            "resolution",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("owner_a", "ให้ฝ่ายที่ 1 รับผิดชอบ"),
                                    ("owner_b", "ให้ฝ่ายที่ 2 รับผิดชอบ"),
                                    ("split", "แบ่งความรับผิดชอบตามขั้นตอน"),
                                    ("joint", "ดำเนินการร่วมกัน"),
                                    ("removed", "ตัดออกจากคู่มือ"),
                                    ("no_overlap", "ตรวจสอบแล้วไม่ซ้ำซ้อน"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("split_at", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField(blank=True)),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "history_id",
                            models.AutoField(primary_key=True, serialize=False),
                        ),
                        ("history_date", models.DateTimeField(db_index=True)),
                        (
                            "history_change_reason",
                            models.CharField(max_length=100, null=True),
                        ),
                        (
                            "history_type",
                            models.CharField(
                                choices=[
                                    ("+", "Created"),
                                    ("~", "Changed"),
                                    ("-", "Deleted"),
                                ],
                                max_length=1,
                            ),
                        ),
                        (
                            "clause_a",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "clause_b",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "history_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "section_a",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.section",
                            ),
                        ),
                        (
                            "section_b",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="manuals.section",
                            ),
                        ),
                        (
                            "work_group_a",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="directory.workgroup",
                            ),
                        ),
                        (
                            "work_group_b",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="directory.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "historical overlap",
                        "verbose_name_plural": "historical overlaps",
                        "ordering": ("-history_date", "-history_id"),
                        "get_latest_by": ("history_date", "history_id"),
                    },
                    bases=(simple_history.models.HistoricalChanges, models.Model),
                ),
                migrations.CreateModel(
                    name="InvitationCard",
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
                        (
                            "uuid",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
                        ),
                        ("secret_sha", models.CharField(max_length=64, unique=True)),
                        (
                            "most_uses",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
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
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cards",
                                to="comments.hearing",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitation_cards",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="CardUse",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "card",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="uses",
                                to="comments.invitationcard",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="CardRecall",
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
                            "card",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recall",
                                to="comments.invitationcard",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="MailRefusal",
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
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("words", models.TextField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "digest",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="refusals",
                                to="comments.digest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Moderation",
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
                        (
                            "visibility",
                            models.CharField(
                                choices=[
                                    ("held", "รอตรวจก่อนแสดง"),
                                    ("shown", "แสดงแล้ว"),
                                    ("hidden", "ซ่อน"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500)),
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moderations",
                                to="comments.comment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Motion",
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
                        ("words", models.CharField(max_length=500)),
                        ("proposed", models.CharField(blank=True, max_length=4000)),
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
                            "entry",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="comments.motion",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="motions",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Objection",
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
                        ("text", models.TextField()),
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answered_objections",
                                to="comments.disposition",
                            ),
                        ),
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objection",
                                to="comments.comment",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="OfficePosition",
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
                        (
                            "office_kind",
                            models.CharField(
                                choices=[("primary", "สพป."), ("secondary", "สพม.")],
                                max_length=10,
                            ),
                        ),
                        (
                            "stance",
                            models.CharField(
                                choices=[
                                    ("support", "เห็นชอบ"),
                                    ("support_with_changes", "เห็นชอบโดยขอแก้ไข"),
                                    ("object", "ไม่เห็นชอบ"),
                                ],
                                max_length=20,
                            ),
                        ),
                        (
                            "comment_ids",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.BigIntegerField(),
                                blank=True,
                                default=list,
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        ("confirmed_at", models.DateTimeField()),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.edition",
                            ),
                        ),
                        (
                            "hearing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="comments.hearing",
                            ),
                        ),
                        (
                            "manual",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.manual",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="positions",
                                to="directory.areaoffice",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Overlap",
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
                        (
                            "uuid",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("same_task", "งานซ้ำซ้อน"),
                                    ("same_form", "แบบฟอร์มซ้ำซ้อน"),
                                    ("authority", "อำนาจหน้าที่ทับซ้อน"),
                                    ("gap", "ไม่มีผู้รับผิดชอบ"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("agency", models.CharField(blank=True, max_length=200)),
                        ("evidence", models.TextField(blank=True)),
                        ("entered_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "resolution",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("owner_a", "ให้ฝ่ายที่ 1 รับผิดชอบ"),
                                    ("owner_b", "ให้ฝ่ายที่ 2 รับผิดชอบ"),
                                    ("split", "แบ่งความรับผิดชอบตามขั้นตอน"),
                                    ("joint", "ดำเนินการร่วมกัน"),
                                    ("removed", "ตัดออกจากคู่มือ"),
                                    ("no_overlap", "ตรวจสอบแล้วไม่ซ้ำซ้อน"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("split_at", models.CharField(blank=True, max_length=200)),
                        ("reason", models.TextField(blank=True)),
                        ("resolved_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "clause_a",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "clause_b",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "resolved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "section_a",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.section",
                            ),
                        ),
                        (
                            "section_b",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.section",
                            ),
                        ),
                        (
                            "work_group_a",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overlaps_as_a",
                                to="directory.workgroup",
                            ),
                        ),
                        (
                            "work_group_b",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overlaps_as_b",
                                to="directory.workgroup",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="OverlapChange",
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
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.clausechange",
                            ),
                        ),
                        (
                            "overlap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="change_rows",
                                to="comments.overlap",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="OverlapComment",
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
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="overlap_row",
                                to="comments.comment",
                            ),
                        ),
                        (
                            "overlap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="comment_rows",
                                to="comments.overlap",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="OverlapPair",
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
                        ("percent", models.PositiveSmallIntegerField()),
                        (
                            "blob_a",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "blob_b",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "clause_a",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "clause_b",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "overlap",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairs",
                                to="comments.overlap",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="PairDismissal",
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
                        ("reason", models.TextField()),
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
                            "high",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "low",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="PaperForm",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("report", "รายงานผลการประชาพิจารณ์"),
                                    ("group-summary", "สรุปประเด็นรายกลุ่ม"),
                                    ("letter", "หนังสือแจ้งผลถึง สพท."),
                                    ("minutes", "รายงานการประชุม"),
                                    ("register", "บัญชีลงทะเบียน"),
                                    ("announcement", "ประกาศใช้คู่มือ"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=255)),
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
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="jobs.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Poll",
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
                        (
                            "uuid",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
                        ),
                        ("question", models.CharField(max_length=300)),
                        ("hides_counts", models.BooleanField(default=False)),
                        (
                            "quorum",
                            models.CharField(
                                choices=[
                                    ("none", "ไม่กำหนด"),
                                    ("registered", "กึ่งหนึ่งของเขตที่ลงทะเบียนไว้"),
                                    ("present", "กึ่งหนึ่งของเขตที่มาประชุม"),
                                ],
                                default="none",
                                max_length=10,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("result", models.JSONField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="polls",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReceiptRecall",
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="receipt_recalls",
                                to="comments.comment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Reclassing",
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
                        (
                            "issue_class",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("complex", "ซับซ้อน"),
                                    ("new", "เกิดขึ้นใหม่"),
                                    ("additional", "เพิ่มเติม"),
                                    ("overlap", "ทับซ้อน/ซ้ำซ้อน"),
                                    ("legal_basis", "ข้อกฎหมาย"),
                                    ("technology", "เทคโนโลยี"),
                                    ("outdated", "ไม่เป็นปัจจุบัน"),
                                ],
                                max_length=12,
                                null=True,
                            ),
                        ),
                        ("reason", models.CharField(max_length=500)),
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reclassings",
                                to="comments.comment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Recommendation",
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
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("admin", "ผู้ดูแลระบบ"),
                                    ("facilitator", "ผู้ดำเนินเวที"),
                                    ("drafter", "คณะทำงานยกร่าง"),
                                    ("delegate", "ผู้แทน"),
                                    ("office_head", "ผอ.สพท."),
                                    ("expert", "ผู้ทรงคุณวุฒิ"),
                                    ("central_bureau", "ผู้แทนสำนักส่วนกลาง"),
                                ],
                                max_length=14,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("accepted", "เห็นชอบตามที่เสนอ"),
                                    ("accepted_with_changes", "เห็นชอบโดยปรับถ้อยคำ"),
                                    ("already_covered", "กำหนดไว้แล้ว"),
                                    ("not_accepted", "ไม่เห็นชอบตามที่เสนอ"),
                                    ("referred", "ส่งต่อ"),
                                    ("deferred", "นำไปพิจารณาในการปรับปรุงครั้งต่อไป"),
                                    ("out_of_scope", "นอกขอบเขต"),
                                    ("noted", "รับทราบ"),
                                    ("withdrawn", "ถอนแล้ว"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("reason", models.TextField(blank=True)),
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
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recommendations",
                                to="comments.comment",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnedCopy",
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
                        (
                            "uuid",
                            models.UUIDField(
                                default=uuid.uuid4, editable=False, unique=True
                            ),
                        ),
                        ("sha", models.CharField(max_length=64)),
                        (
                            "content_sha",
                            models.CharField(blank=True, default="", max_length=64),
                        ),
                        ("name", models.CharField(max_length=255)),
                        ("report", models.JSONField(default=dict)),
                        ("reason", models.CharField(blank=True, max_length=500)),
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
                            "delegate",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
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
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returned_copies",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returned_copies",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-id"],
                    },
                ),
                migrations.CreateModel(
                    name="ReturnedComment",
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
                        ("place", models.CharField(max_length=80)),
                        (
                            "comment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returned_comment",
                                to="comments.comment",
                            ),
                        ),
                        (
                            "copy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="returned_comments",
                                to="comments.returnedcopy",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="SearchedClause",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                        (
                            "blob",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "clause",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "manual",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="manuals.manual",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="SessionState",
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opened", "เปิดรับความคิดเห็น"),
                                    ("paused", "พักเวที"),
                                    ("closed", "ปิดเวทีแล้ว"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("at", models.DateTimeField(default=django.utils.timezone.now)),
                        ("reason", models.CharField(blank=True, max_length=500)),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="states",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="SimilarPair",
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
                        ("percent", models.PositiveSmallIntegerField()),
                        ("found_at", models.DateTimeField(auto_now_add=True)),
                        (
                            "blob_a",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "blob_b",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="manuals.textblob",
                            ),
                        ),
                        (
                            "clause_a",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                        (
                            "clause_b",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="manuals.clause",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="SpeakerRequest",
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
                        (
                            "office_kind",
                            models.CharField(
                                blank=True,
                                choices=[("primary", "สพป."), ("secondary", "สพม.")],
                                max_length=10,
                                null=True,
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("clause", "เรื่องข้อที่พิจารณา"),
                                    ("procedure", "เรื่องการดำเนินการประชุม"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("asked_at", models.DateTimeField(auto_now_add=True)),
                        ("called_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(blank=True, null=True),
                        ),
                        (
                            "ending",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("spoken", "พูดแล้ว"),
                                    ("withdrawn", "ถอนคำขอ"),
                                    ("passed", "ไม่อยู่ในห้อง"),
                                ],
                                max_length=9,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "called_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="speaker_requests",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="speaker_requests",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="SpeakerMove",
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
                        ("reason", models.CharField(max_length=500)),
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
                            "before",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="comments.speakerrequest",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="moves",
                                to="comments.speakerrequest",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="Support",
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
                        ("at", models.DateTimeField(auto_now_add=True)),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                        ("lapsed", models.BooleanField(default=False)),
                        (
                            "client_key",
                            models.UUIDField(blank=True, editable=False, null=True),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "comment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supports",
                                to="comments.comment",
                            ),
                        ),
                        (
                            "entry",
                            models.ForeignKey(
                                db_index=False,
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="manuals.editionentry",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supports",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "taken_back_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Vote",
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
                        (
                            "office_kind",
                            models.CharField(
                                choices=[("primary", "สพป."), ("secondary", "สพม.")],
                                max_length=10,
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("yes", "เห็นชอบ"),
                                    ("no", "ไม่เห็นชอบ"),
                                    ("abstain", "ไม่แสดงความคิดเห็น"),
                                ],
                                max_length=7,
                            ),
                        ),
                        (
                            "standing",
                            models.CharField(
                                choices=[
                                    ("recorded", "ผู้ดำเนินเวทีบันทึกแทน"),
                                    ("delegate", "ผู้แทน"),
                                    ("head", "ผอ.สพท."),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="directory.areaoffice",
                            ),
                        ),
                        (
                            "poll",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="comments.poll",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.CreateModel(
                    name="WallRecall",
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
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wall_recalls",
                                to="comments.hearingsession",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["id"],
                    },
                ),
                migrations.AddIndex(
                    model_name="answerblock",
                    index=models.Index(
                        fields=["uuid", "-id"], name="answer_block_latest"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answerblock",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("text", ""), _negated=True),
                        ),
                        name="answer_block_has_words",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answerblock",
                    constraint=models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("text"), 4000
                        ),
                        name="answer_block_text_within_limit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="benchdraft",
                    constraint=models.UniqueConstraint(
                        fields=("user", "clause"),
                        name="one_bench_draft_per_person_and_clause",
                    ),
                ),
                migrations.AddIndex(
                    model_name="assignment",
                    index=models.Index(
                        fields=["comment", "-id"], name="assignment_latest"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="assignment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("due__isnull", True),
                            ("assignee__isnull", False),
                            _connector="OR",
                        ),
                        name="due_day_has_assignee",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="anchorresolution",
                    constraint=models.UniqueConstraint(
                        fields=("comment", "edition"), name="one_resolution_per_edition"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="anchorresolution",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["unplaced", "retired"]),
                            ("entry__isnull", False),
                            _connector="OR",
                        ),
                        name="placed_comment_has_entry",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="amendment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("op__in", ["replace", "delete"]), _negated=True),
                            models.Q(
                                ("base_blob__isnull", False), ("clause__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="replacement_and_deletion_have_clause_and_base",
                    ),
                ),
                migrations.AddIndex(
                    model_name="advicerequest",
                    index=models.Index(
                        fields=["asked", "-id"], name="advice_asked_latest"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="advicerequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("asked", models.F("by")), _negated=True),
                        name="advice_is_asked_of_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="digest",
                    constraint=models.UniqueConstraint(
                        fields=("user", "day"), name="one_digest_a_day_and_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("outcome__in", ["accepted", "noted", "withdrawn"]),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("reason"), 20
                            ),
                            _connector="OR",
                        ),
                        name="disposition_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("confirmed_by__isnull", True),
                            models.Q(
                                ("confirmed_by", models.F("decided_by")), _negated=True
                            ),
                            _connector="OR",
                        ),
                        name="second_person_confirms",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "not_accepted"),
                                ("publication__isnull", False),
                                _negated=True,
                            ),
                            ("confirmed_by__isnull", False),
                            _connector="OR",
                        ),
                        name="published_refusal_is_confirmed",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("effect", "none"),
                            ("outcome__in", ["accepted", "accepted_with_changes"]),
                            _negated=True,
                        ),
                        name="accepted_disposition_says_what_it_did",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "noted"), _negated=True),
                            ("effect", "none"),
                            _connector="OR",
                        ),
                        name="noted_disposition_changes_no_words",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "no_text_change"), _negated=True),
                            django.db.models.lookups.GreaterThanOrEqual(
                                django.db.models.functions.text.Length("reason"), 20
                            ),
                            _connector="OR",
                        ),
                        name="no_text_change_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("effect", "to_draft"), _negated=True),
                            models.Q(
                                ("assignee__isnull", False), ("due__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="drafting_debt_has_assignee_and_date",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True),
                                ("confirmed_by__isnull", True),
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="confirmation_has_person_and_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="disposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "outcome__in",
                                [
                                    "accepted",
                                    "accepted_with_changes",
                                    "already_covered",
                                    "not_accepted",
                                    "referred",
                                    "deferred",
                                    "out_of_scope",
                                    "noted",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="outcome_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answerblockuse",
                    constraint=models.UniqueConstraint(
                        fields=("block", "disposition"),
                        name="one_use_per_block_and_answer",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="answer",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("current", True)),
                        fields=("comment",),
                        name="one_current_answer_per_comment",
                    ),
                ),
                migrations.AddIndex(
                    model_name="grouping",
                    index=models.Index(
                        fields=["comment", "-id"], name="grouping_latest"
                    ),
                ),
                migrations.AddIndex(
                    model_name="conclusion",
                    index=models.Index(
                        fields=["hearing", "work_group", "-id"],
                        name="conclusion_latest",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conclusion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("summary", ""), _negated=True),
                        name="conclusion_has_summary",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="conclusion",
                    constraint=models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("summary"), 12000
                        ),
                        name="conclusion_summary_within_limit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hearingdocument",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("removed_at__isnull", True),
                                ("removed_by__isnull", True),
                            ),
                            models.Q(
                                ("removed_at__isnull", False),
                                ("removed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="removed_document_says_by_whom_and_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hearingsession",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "plenary"), ("work_group__isnull", True)),
                            models.Q(
                                models.Q(("kind", "plenary"), _negated=True),
                                ("work_group__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="plenary_session_has_no_work_group",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="hearingsession",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("kind__in", ["online", "room", "plenary"])),
                        name="session_kind_is_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(
                        condition=models.Q(("number", None)),
                        fields=["id"],
                        name="event_to_be_numbered",
                    ),
                ),
                migrations.AddIndex(
                    model_name="event",
                    index=models.Index(fields=["session", "-id"], name="event_latest"),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.UniqueConstraint(
                        fields=("session", "number"),
                        name="one_event_per_session_and_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)),
                        name="event_numbers_begin_at_one",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "state",
                                    "clause",
                                    "comment",
                                    "decision",
                                    "timer",
                                    "motion",
                                    "speaker",
                                    "hand",
                                    "attendance",
                                ],
                            )
                        ),
                        name="event_kind_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="event",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("about__regex", "^[0-9a-f-]*$")),
                        name="event_is_about_a_key",
                    ),
                ),
                migrations.AddIndex(
                    model_name="discussion",
                    index=models.Index(
                        fields=["session", "-id"], name="discussion_latest"
                    ),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(fields=["entry", "id"], name="comment_by_entry"),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(
                        fields=["entry"],
                        include=(
                            "id",
                            "session",
                            "type",
                            "office",
                            "office_kind",
                            "parent",
                            "issue_class",
                            "triaged_at",
                        ),
                        name="comment_counts",
                    ),
                ),
                migrations.AddIndex(
                    model_name="comment",
                    index=models.Index(
                        fields=["author", "-id"], name="comment_by_author"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.UniqueConstraint(
                        fields=("recorded_by", "client_key"),
                        name="one_comment_per_client_key",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("span_end__isnull", True), ("span_start__isnull", True)
                            ),
                            models.Q(
                                ("span_end__gt", models.F("span_start")),
                                ("span_end__isnull", False),
                                ("span_start__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="span_is_whole_and_not_empty",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("text"), 4000
                        ),
                        name="comment_text_within_limit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True),
                        name="comment_has_text",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("office__isnull", True), ("office_kind__isnull", True)
                            ),
                            models.Q(
                                ("office__isnull", False),
                                ("office_kind__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="comment_of_office_keeps_its_kind",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("type__in", ["agree", "amend", "add", "delete", "ask"])
                        ),
                        name="comment_type_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="comment",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("parent", models.F("id")), _negated=True),
                        name="comment_is_not_its_own_parent",
                    ),
                ),
                migrations.AddIndex(
                    model_name="attendance",
                    index=models.Index(
                        fields=["session", "person", "-id"], name="attendance_latest"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attendance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("state__in", ["arrived", "left"])),
                        name="attendance_state_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attendance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("method__in", ["card", "hand"])),
                        name="attendance_method_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="attendance",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("office__isnull", True), ("office_kind__isnull", True)
                            ),
                            models.Q(
                                ("office__isnull", False),
                                ("office_kind__in", ["primary", "secondary"]),
                                ("office_kind__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="attendance_keeps_the_kind_of_its_office",
                    ),
                ),
                migrations.AddIndex(
                    model_name="invitationcard",
                    index=models.Index(
                        fields=["hearing", "person"], name="card_by_hearing_and_person"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="invitationcard",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("most_uses__isnull", True),
                            ("most_uses__gte", 1),
                            _connector="OR",
                        ),
                        name="card_signs_in_at_least_once",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="mailrefusal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="mail_refusal_has_words",
                    ),
                ),
                migrations.AddIndex(
                    model_name="moderation",
                    index=models.Index(
                        fields=["comment", "-id"], name="moderation_latest"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="moderation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("visibility", "hidden"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="hidden_comment_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="moderation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("visibility__in", ["held", "shown", "hidden"])
                        ),
                        name="visibility_is_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="motion",
                    index=models.Index(fields=["session", "-id"], name="motion_latest"),
                ),
                migrations.AddConstraint(
                    model_name="motion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="motion_says_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="motion",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("replaces__isnull", True),
                            models.Q(("replaces", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="motion_replaces_another",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="officeposition",
                    constraint=models.UniqueConstraint(
                        fields=("hearing", "edition", "manual", "office"),
                        name="one_position_per_office_and_manual",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="officeposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stance__in",
                                ["support", "support_with_changes", "object"],
                            )
                        ),
                        name="stance_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="officeposition",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("office_kind__in", ["primary", "secondary"])
                        ),
                        name="position_keeps_the_kind_of_its_office",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="officeposition",
                    constraint=models.CheckConstraint(
                        condition=django.db.models.lookups.LessThanOrEqual(
                            django.db.models.functions.text.Length("words"), 4000
                        ),
                        name="position_words_within_limit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="overlap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["same_task", "same_form", "authority", "gap"])
                        ),
                        name="overlap_kind_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="overlap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("agency", ""), ("work_group_b__isnull", False)),
                            models.Q(
                                ("section_b__isnull", True),
                                ("work_group_b__isnull", True),
                                models.Q(("agency", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="side_b_is_a_group_or_an_agency",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="overlap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("clause_a__isnull", True),
                                ("section_a__isnull", False),
                                _connector="OR",
                            ),
                            models.Q(
                                ("clause_b__isnull", True),
                                ("section_b__isnull", False),
                                _connector="OR",
                            ),
                        ),
                        name="clause_of_a_side_has_its_section",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="overlap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("clause_a__isnull", True),
                            ("clause_b__isnull", True),
                            models.Q(("clause_a", models.F("clause_b")), _negated=True),
                            _connector="OR",
                        ),
                        name="clause_does_not_overlap_itself",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="overlap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reason", ""),
                                ("resolution", ""),
                                ("resolved_at__isnull", True),
                                ("resolved_by__isnull", True),
                            ),
                            models.Q(
                                (
                                    "resolution__in",
                                    [
                                        "owner_a",
                                        "owner_b",
                                        "split",
                                        "joint",
                                        "removed",
                                        "no_overlap",
                                    ],
                                ),
                                ("resolved_at__isnull", False),
                                ("resolved_by__isnull", False),
                                django.db.models.lookups.GreaterThanOrEqual(
                                    django.db.models.functions.text.Length("reason"), 20
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="resolution_says_why_by_whom_and_when",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="overlap",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("resolution", "split"),
                                models.Q(("split_at", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("resolution", "split"), _negated=True),
                                ("split_at", ""),
                            ),
                            _connector="OR",
                        ),
                        name="split_resolution_says_where",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="overlapchange",
                    constraint=models.UniqueConstraint(
                        fields=("overlap", "change"),
                        name="one_row_per_change_and_overlap",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="overlappair",
                    constraint=models.UniqueConstraint(
                        fields=("overlap", "clause_a", "clause_b"),
                        name="one_row_per_pair_of_clauses_and_overlap",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairdismissal",
                    constraint=models.UniqueConstraint(
                        fields=("low", "high"), name="two_wordings_are_dismissed_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pairdismissal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="dismissal_has_reason",
                    ),
                ),
                migrations.AddIndex(
                    model_name="paperform",
                    index=models.Index(
                        fields=["kind", "-id"], name="paper_form_latest"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="paperform",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "report",
                                    "group-summary",
                                    "letter",
                                    "minutes",
                                    "register",
                                    "announcement",
                                ],
                            )
                        ),
                        name="paper_form_kind_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="paperform",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("file__isnull", False), ("name", ""), _connector="OR"
                        ),
                        name="paper_form_name_belongs_to_a_file",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="poll",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("session",),
                        name="one_question_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="poll",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("question", ""), _negated=True),
                        name="poll_asks_something",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="poll",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("quorum__in", ["none", "registered", "present"])
                        ),
                        name="quorum_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="poll",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("result__isnull", True),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("result__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ended_poll_has_its_result",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reclassing",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="reclassing_has_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="recommendation",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["facilitator", "expert", "central_bureau"])
                        ),
                        name="recommendation_is_of_an_adviser",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="returnedcopy",
                    constraint=models.UniqueConstraint(
                        fields=("session", "sha"), name="returned_copy_is_taken_in_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="returnedcopy",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True),
                        name="returned_copy_has_a_name",
                    ),
                ),
                migrations.AddIndex(
                    model_name="sessionstate",
                    index=models.Index(
                        fields=["session", "-id"], name="session_state_latest"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="sessionstate",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["opened", "paused", "closed"])
                        ),
                        name="session_state_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="similarpair",
                    constraint=models.UniqueConstraint(
                        fields=("clause_a", "clause_b"),
                        name="two_clauses_are_alike_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="speakerrequest",
                    index=models.Index(
                        fields=["session", "id"], name="speaker_request_by_session"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("session", "person"),
                        name="one_open_request_per_person_and_session",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True), ("person__isnull", True)
                        ),
                        fields=("session", "office"),
                        name="one_open_request_written_down_per_office",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(
                            ("called_at__isnull", False), ("ended_at__isnull", True)
                        ),
                        fields=("session",),
                        name="one_speaker_at_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False),
                            ("office__isnull", False),
                            _connector="OR",
                        ),
                        name="speaker_request_is_of_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("office__isnull", True), ("office_kind__isnull", True)
                            ),
                            models.Q(
                                ("office__isnull", False),
                                ("office_kind__in", ["primary", "secondary"]),
                                ("office_kind__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="speaker_request_keeps_the_kind_of_its_office",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("subject__in", ["clause", "procedure"])),
                        name="subject_of_speaker_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("called_at__isnull", True), ("called_by__isnull", True)
                            ),
                            models.Q(
                                ("called_at__isnull", False),
                                ("called_by__isnull", False),
                                ("minutes__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="floor_is_given_by_somebody_for_a_time",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", True),
                                ("ended_by__isnull", True),
                                ("ending", ""),
                            ),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                ("ending__in", ["spoken", "withdrawn", "passed"]),
                            ),
                            _connector="OR",
                        ),
                        name="speaker_request_ends_in_a_known_way",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakerrequest",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ending", "spoken"), _negated=True),
                            ("called_at__isnull", False),
                            _connector="OR",
                        ),
                        name="who_spoke_had_the_floor",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakermove",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="moved_speaker_has_a_reason",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="speakermove",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("before__isnull", True),
                            models.Q(("before", models.F("request")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_is_moved_before_oneself",
                    ),
                ),
                migrations.AddIndex(
                    model_name="support",
                    index=models.Index(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=["entry"],
                        include=("comment", "office"),
                        name="active_supports",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="support",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("taken_back_at__isnull", True)),
                        fields=("comment", "office"),
                        name="one_support_per_office_and_comment",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="support",
                    constraint=models.UniqueConstraint(
                        fields=("by", "client_key"), name="one_support_per_client_key"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="support",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("taken_back_at__isnull", True),
                                ("taken_back_by__isnull", True),
                            ),
                            models.Q(
                                ("taken_back_at__isnull", False),
                                ("taken_back_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="support_is_taken_back_by_somebody",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="support",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("lapsed", False),
                            ("taken_back_at__isnull", False),
                            _connector="OR",
                        ),
                        name="lapsed_support_is_taken_back",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="vote",
                    constraint=models.UniqueConstraint(
                        fields=("poll", "office"), name="one_vote_per_office_and_poll"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="vote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("office_kind__in", ["primary", "secondary"])
                        ),
                        name="vote_keeps_the_kind_of_its_office",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="vote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "no", "abstain"])),
                        name="answer_to_poll_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="vote",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("standing__in", ["recorded", "delegate", "head"])
                        ),
                        name="standing_of_vote_is_known",
                    ),
                ),
            ]
        ),
        migrations.RunSQL(FUNCTIONS + TRIGGERS, migrations.RunSQL.noop),
    ]
