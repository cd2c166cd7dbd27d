"""Every constraint and every trigger of the portal's own tables is tried by a statement that violates it.

The statements go past the models, in SQL: what the database refuses, no view, command or console can do.
"""

import re
from contextlib import nullcontext
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import Error, connection, transaction
from django.utils import timezone

from comments.models import (
    Amendment,
    Answer,
    AnswerPublication,
    Disposition,
    HearingDocument,
    Objection,
    Poll,
    ReceiptRecall,
    SpeakerRequest,
    Support,
    WallRecall,
)
from hearing_portal.directory.models import (
    ContactVersion,
    PasswordSetting,
    PrivacyNoticeVersion,
)
from manuals.content import Text
from manuals.drafting.changes import ReviseClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.drafting.services.structure import retire_clause, split_clause
from manuals.models import (
    ArchivalRecord,
    BlobIndex,
    Clause,
    Edition,
    EditionEntry,
    EditionWord,
    Retirement,
    Section,
)
from tests import factories
from tests.database import as_owner, without_triggers

pytestmark = pytest.mark.django_db

OWN_TABLES = "^(directory|jobs|manuals|comments)_"
# History tables keep what was; the joins between User and Django's groups are Django's
NOT_OURS = "^(directory|jobs|manuals|comments)_historical|^directory_user_"
# Refused already: progress is not below zero, and not above the total; a version that is revised
# and the uses of a card are above zero
IMPLIED = {
    "comments_invitationcard_most_uses_check",
    "jobs_job_total_check",
    "manuals_importedprocess_base_version_check",
}
NEW, KEY = "gen_random_uuid()", "'another'"
CLAUSE = {"uuid": NEW, "rank": "'zz'"}
ENTRY = {"uuid": NEW, "ordinal": "9999"}
COMMENT = {"uuid": NEW, "client_key": NEW}
OTHER_ACT = """(SELECT revision.id FROM reversion_revision revision WHERE NOT EXISTS (
    SELECT FROM manuals_sectionversion other WHERE other.revision_id = revision.id
       AND other.section_id = manuals_sectionversion.section_id) LIMIT 1)"""
SILENT = """(SELECT max(id) FROM directory_user WHERE id NOT IN
    (SELECT person_id FROM comments_speakerrequest WHERE person_id IS NOT NULL))"""
SOMEBODY = "(SELECT max(id) FROM directory_user WHERE id <> decided_by_id)"

# {constraint: (table, {column: SQL of the new row's value}, which row is copied)}
VIOLATIONS: dict[str, tuple[str, dict[str, str], str]] = {
    # directory
    "area_office_ends_after_it_began": (
        "directory_areaoffice",
        {"key": KEY, "name": KEY, "valid_until": "valid_from - 1"},
        "",
    ),
    "directory_areaoffice_area_no_check": (
        "directory_areaoffice",
        {"key": KEY, "name": KEY, "area_no": "-1"},
        "",
    ),
    "directory_areaoffice_key_key": ("directory_areaoffice", {"name": KEY}, ""),
    "directory_areaoffice_name_key": ("directory_areaoffice", {"key": KEY}, ""),
    "directory_user_username_key": ("directory_user", {}, ""),
    "directory_workgroup_key_key": ("directory_workgroup", {}, ""),
    "directory_workgroup_order_check": (
        "directory_workgroup",
        {"key": KEY, "order": "-1"},
        "",
    ),
    "work_group_ends_after_it_began": (
        "directory_workgroup",
        {"key": KEY, "valid_until": "valid_from - 1"},
        "",
    ),
    "delegate_has_work_group_and_office": (
        "directory_roleassignment",
        {"office_id": "NULL"},
        "role = 'delegate'",
    ),
    "drafter_and_facilitator_have_work_group": (
        "directory_roleassignment",
        {"work_group_id": "NULL"},
        "role = 'drafter'",
    ),
    "office_head_has_office": (
        "directory_roleassignment",
        {"office_id": "NULL"},
        "role = 'office_head'",
    ),
    "one_role_per_person_scope_and_first_day": (
        "directory_roleassignment",
        {},
        "role = 'admin'",
    ),
    "role_ends_after_it_began": (
        "directory_roleassignment",
        {"valid_from": "valid_from + 1", "valid_until": "valid_from"},
        "",
    ),
    # jobs
    "a_file_is_named_by_its_sha256": ("jobs_storedfile", {"sha": "upper(sha)"}, ""),
    "jobs_storedfile_size_check": (
        "jobs_storedfile",
        {"sha": "repeat('b', 64)", "size": "-1"},
        "",
    ),
    "a_failed_job_says_why": (
        "jobs_job",
        {"uuid": NEW, "state": "'failed'", "ended_at": "now()"},
        "",
    ),
    "a_job_gets_no_further_than_its_end": (
        "jobs_job",
        {"uuid": NEW, "progress": "2", "total": "1"},
        "",
    ),
    "a_job_is_tried_three_times_at_most": (
        "jobs_job",
        {"uuid": NEW, "attempt": "4"},
        "",
    ),
    "a_job_that_ended_says_when": ("jobs_job", {"uuid": NEW, "state": "'done'"}, ""),
    "a_lease_is_held_while_running": (
        "jobs_job",
        {"uuid": NEW, "state": "'running'"},
        "",
    ),
    "jobs_job_attempt_check": ("jobs_job", {"uuid": NEW, "attempt": "-1"}, ""),
    "jobs_job_progress_check": ("jobs_job", {"uuid": NEW, "progress": "-1"}, ""),
    "jobs_job_uuid_key": ("jobs_job", {}, ""),
    "only_a_done_job_has_a_result": (
        "jobs_job",
        {"uuid": NEW, "result_id": "(SELECT sha FROM jobs_storedfile LIMIT 1)"},
        "",
    ),
    # manuals: the working draft
    "manuals_manual_key_key": (
        "manuals_manual",
        {"uuid": NEW, "work_group_id": "NULL"},
        "",
    ),
    "manuals_manual_uuid_key": (
        "manuals_manual",
        {"key": KEY, "work_group_id": "NULL"},
        "",
    ),
    "manuals_manual_work_group_id_key": (
        "manuals_manual",
        {"uuid": NEW, "key": KEY},
        "",
    ),
    "manuals_conformitycheck_at_version_check": (
        "manuals_conformitycheck",
        {"at_version": "-1"},
        "",
    ),
    "what_does_not_conform_is_explained": (
        "manuals_conformitycheck",
        {"status": "'outdated'", "note": "''"},
        "",
    ),
    "conformity_status_is_known": (
        "manuals_conformitycheck",
        {"status": "'fine'", "note": "'x'"},
        "",
    ),
    # manuals: what those who draft say to each other
    "drafting_state_is_known": ("manuals_draftingstatechange", {"state": "'done'"}, ""),
    "manuals_draftingstatechange_at_version_check": (
        "manuals_draftingstatechange",
        {"at_version": "-1"},
        "",
    ),
    "manuals_teamnote_uuid_key": ("manuals_teamnote", {}, ""),
    "manuals_notesettlement_note_id_key": ("manuals_notesettlement", {}, ""),
    "manuals_reviewrequest_uuid_key": ("manuals_reviewrequest", {}, ""),
    "nobody_asks_oneself_to_review": (
        "manuals_reviewrequest",
        {"uuid": NEW, "asked_id": "by_id"},
        "",
    ),
    "manuals_reviewanswer_request_id_key": ("manuals_reviewanswer", {}, ""),
    "manuals_reviewanswer_at_version_check": (
        "manuals_reviewanswer",
        {"at_version": "-1"},
        "",
    ),
    "manuals_reviewclosing_request_id_key": ("manuals_reviewclosing", {}, ""),
    "review_closing_is_known": ("manuals_reviewclosing", {"kind": "'lost'"}, ""),
    "manuals_previewlink_uuid_key": ("manuals_previewlink", {"secret_sha": KEY}, ""),
    "manuals_previewlink_secret_sha_key": ("manuals_previewlink", {"uuid": NEW}, ""),
    "manuals_fileupload_uuid_key": ("manuals_fileupload", {}, ""),
    "upload_was_discarded_at_a_time": (
        "manuals_fileupload",
        {"uuid": NEW, "discarded_by_id": "by_id"},
        "",
    ),
    "upload_that_became_an_edition_is_not_discarded": (
        "manuals_fileupload",
        {
            "uuid": NEW,
            "discarded_at": "now()",
            "discarded_by_id": "by_id",
            "edition_id": "(SELECT max(id) FROM manuals_edition)",
        },
        "",
    ),
    "one_sent_file_per_number": ("manuals_sentfile", {}, ""),
    "manuals_sentfile_number_check": ("manuals_sentfile", {"number": "-1"}, ""),
    "manuals_importedprocess_uuid_key": ("manuals_importedprocess", {}, ""),
    "manuals_importedprocess_number_check": (
        "manuals_importedprocess",
        {"uuid": NEW, "number": "-1"},
        "",
    ),
    "manuals_importedprocess_lock_version_check": (
        "manuals_importedprocess",
        {"uuid": NEW, "lock_version": "-1"},
        "",
    ),
    "imported_process_knows_what_it_revises": (
        "manuals_importedprocess",
        {"uuid": NEW, "target_id": "NULL", "base_version": "1"},
        "",
    ),
    "imported_process_was_taken_at_a_time": (
        "manuals_importedprocess",
        {"uuid": NEW, "taken_section_id": "(SELECT max(id) FROM manuals_section)"},
        "",
    ),
    "manuals_archivalrecord_edition_id_key": ("manuals_archivalrecord", {}, ""),
    "manuals_publishedbook_edition_id_key": ("manuals_publishedbook", {}, ""),
    "manuals_previewrecall_link_id_key": ("manuals_previewrecall", {}, ""),
    "manuals_section_uuid_key": ("manuals_section", {"rank": "'zz'"}, ""),
    "manuals_section_version_check": (
        "manuals_section",
        {**CLAUSE, "version": "-1"},
        "",
    ),
    "one_live_section_per_place": (
        "manuals_section",
        {"uuid": NEW},
        "parent_id IS NULL",
    ),
    "section_is_not_its_own_parent": (
        "manuals_section",
        {**CLAUSE, "id": "9999", "parent_id": "9999"},
        "",
    ),
    "section_kind_is_known": ("manuals_section", {**CLAUSE, "kind": "'book'"}, ""),
    "one_lineage_per_section_pair": ("manuals_sectionlineage", {}, ""),
    "section_does_not_descend_from_itself": (
        "manuals_sectionlineage",
        {"to_section_id": "from_section_id"},
        "",
    ),
    "manuals_clause_uuid_key": ("manuals_clause", {"rank": "'zz'"}, ""),
    "manuals_clause_lock_version_check": (
        "manuals_clause",
        {**CLAUSE, "lock_version": "-1"},
        "",
    ),
    "manuals_clause_part_check": ("manuals_clause", {**CLAUSE, "part": "-1"}, ""),
    "part_is_zero_to_nine": ("manuals_clause", {**CLAUSE, "part": "10"}, ""),
    "one_live_clause_per_place": ("manuals_clause", {"uuid": NEW}, "parent_id IS NULL"),
    "clause_is_not_its_own_parent": (
        "manuals_clause",
        {**CLAUSE, "id": "9999", "parent_id": "9999"},
        "",
    ),
    "clause_kind_is_known": ("manuals_clause", {**CLAUSE, "kind": "'poem'"}, ""),
    "step_stands_in_part_nine": (
        "manuals_clause",
        {**CLAUSE, "part": "5"},
        "kind = 'step'",
    ),
    "one_lineage_per_clause_pair": ("manuals_clauselineage", {}, ""),
    "clause_does_not_descend_from_itself": (
        "manuals_clauselineage",
        {"to_clause_id": "from_clause_id"},
        "",
    ),
    "one_citation_per_place": ("manuals_citation", {}, ""),
    "manuals_legalsource_key_key": ("manuals_legalsource", {}, ""),
    "manuals_legalsource_year_be_check": (
        "manuals_legalsource",
        {"key": KEY, "year_be": "-1"},
        "",
    ),
    "one_succession_per_pair": ("manuals_legalsuccession", {}, ""),
    "source_does_not_succeed_itself": (
        "manuals_legalsuccession",
        {"to_source_id": "from_source_id"},
        "",
    ),
    "one_draft_buffer_per_person_subject_and_sheet": ("manuals_draftbuffer", {}, ""),
    "draft_buffer_of_a_clause_knows_its_version": (
        "manuals_draftbuffer",
        {"subject": NEW, "base_lock_version": "0"},
        "",
    ),
    "manuals_draftbuffer_base_lock_version_check": (
        "manuals_draftbuffer",
        {"base_lock_version": "-1"},
        "",
    ),
    # manuals: versions and editions
    "one_index_per_blob_and_tokenizer": ("manuals_blobindex", {}, ""),
    "one_count_per_word_and_edition": ("manuals_editionword", {}, ""),
    "manuals_editionword_clauses_check": (
        "manuals_editionword",
        {"word": "'ใหม่'", "clauses": "-1"},
        "",
    ),
    "one_diff_per_pair": ("manuals_tokendiff", {}, ""),
    "manuals_sectionversion_number_check": (
        "manuals_sectionversion",
        {"number": "-1"},
        "",
    ),
    "one_version_per_act_and_section": (
        "manuals_sectionversion",
        {"number": "number + 1000"},
        "",
    ),
    "one_version_per_section_and_number": (
        "manuals_sectionversion",
        {"revision_id": OTHER_ACT},
        "",
    ),
    "undoing_names_what_it_undoes": (
        "manuals_sectionversion",
        {"undoes_id": "revision_id"},
        "",
    ),
    "drop_reason_says_something": ("manuals_dropreason", {"reason": "''"}, ""),
    "change_has_a_wording": (
        "manuals_clausechange",
        {"from_blob_id": "NULL", "to_blob_id": "NULL"},
        "",
    ),
    "manuals_clausechange_to_part_check": (
        "manuals_clausechange",
        {"to_part": "-1"},
        "",
    ),
    "one_change_per_act_and_clause": ("manuals_clausechange", {}, ""),
    "manuals_edition_code_key": ("manuals_edition", {}, ""),
    "sealed_edition_has_its_manifest_sha": (
        "manuals_edition",
        {"code": KEY, "manifest_sha": "NULL"},
        "sealed_at IS NOT NULL",
    ),
    "one_release_per_edition_and_audience": ("manuals_editionrelease", {}, ""),
    "clause_entry_has_clause_and_blob": (
        "manuals_editionentry",
        {**ENTRY, "blob_id": "NULL"},
        "kind = 'clause'",
    ),
    "entry_below_manual_has_section": (
        "manuals_editionentry",
        {**ENTRY, "section_id": "NULL"},
        "kind = 'section'",
    ),
    "entry_kind_is_known": (
        "manuals_editionentry",
        {**ENTRY, "kind": "'book'"},
        "kind = 'section'",
    ),
    "manuals_editionentry_ordinal_check": (
        "manuals_editionentry",
        {"uuid": NEW, "ordinal": "-1"},
        "",
    ),
    "manuals_editionentry_part_check": (
        "manuals_editionentry",
        {**ENTRY, "part": "-1"},
        "",
    ),
    "one_entry_per_edition_and_node": ("manuals_editionentry", {"ordinal": "9999"}, ""),
    "one_entry_per_edition_and_ordinal": ("manuals_editionentry", {"uuid": NEW}, ""),
    # comments
    "comments_hearing_key_key": ("comments_hearing", {}, ""),
    "objections_take_no_longer_than_sixty_days": (
        "comments_hearing",
        {"key": KEY, "objection_days": "61"},
        "",
    ),
    "comments_hearing_objection_days_check": (
        "comments_hearing",
        {"key": KEY, "objection_days": "-1"},
        "",
    ),
    "comments_hearingdocument_size_check": (
        "comments_hearingdocument",
        {"size": "-1"},
        "",
    ),
    "removed_document_says_by_whom_and_when": (
        "comments_hearingdocument",
        {"removed_at": "now()"},
        "",
    ),
    "hearing_closes_after_it_opened": (
        "comments_hearing",
        {"key": KEY, "closes_on": "opens_on - 1"},
        "",
    ),
    "plenary_session_has_no_work_group": (
        "comments_hearingsession",
        {"kind": "'plenary'"},
        "",
    ),
    "hearing_kind_is_known": ("comments_hearing", {"key": KEY, "kind": "'tent'"}, ""),
    "session_kind_is_known": ("comments_hearingsession", {"kind": "'tent'"}, ""),
    "conclusion_has_summary": ("comments_conclusion", {"summary": "''"}, ""),
    "conclusion_summary_within_limit": (
        "comments_conclusion",
        {"summary": "repeat('ก', 12001)"},
        "",
    ),
    "one_digest_a_day_and_person": ("comments_digest", {}, ""),
    "comments_digestround_day_key": ("comments_digestround", {}, ""),
    "mail_refusal_has_words": ("comments_mailrefusal", {"words": "''"}, ""),
    "advice_is_asked_of_another": (
        "comments_advicerequest",
        {"by_id": "asked_id"},
        "",
    ),
    "recommendation_is_of_an_adviser": (
        "comments_recommendation",
        {"role": "'drafter'"},
        "",
    ),
    "due_day_has_assignee": ("comments_assignment", {"assignee_id": "NULL"}, ""),
    "answer_block_has_words": ("comments_answerblock", {"name": "''"}, ""),
    "answer_block_text_within_limit": (
        "comments_answerblock",
        {"text": "repeat('ก', 4001)"},
        "",
    ),
    "one_use_per_block_and_answer": ("comments_answerblockuse", {}, ""),
    "one_event_per_session_and_number": (
        "comments_event",
        {},
        "number IS NOT NULL",
    ),
    "event_numbers_begin_at_one": ("comments_event", {"number": "0"}, ""),
    "event_kind_is_known": ("comments_event", {"number": "2", "kind": KEY}, ""),
    "event_is_about_a_key": (
        "comments_event",
        {"number": "2", "about": "'สมชาย'"},
        "",
    ),
    "paper_form_kind_is_known": ("comments_paperform", {"kind": "'poem'"}, ""),
    "paper_form_name_belongs_to_a_file": (
        "comments_paperform",
        {"file_id": "NULL"},
        "",
    ),
    "one_position_per_office_and_manual": ("comments_officeposition", {}, ""),
    "stance_is_known": (
        "comments_officeposition",
        {"stance": "'silent'", "office_id": "office_id + 1"},
        "",
    ),
    "position_keeps_the_kind_of_its_office": (
        "comments_officeposition",
        {"office_kind": "'other'", "office_id": "office_id + 1"},
        "",
    ),
    "position_words_within_limit": (
        "comments_officeposition",
        {"words": "repeat('ก', 4001)", "office_id": "office_id + 1"},
        "",
    ),
    "session_state_is_known": ("comments_sessionstate", {"state": "'asleep'"}, ""),
    "comments_comment_uuid_key": ("comments_comment", {"client_key": NEW}, ""),
    "comments_returnedcopy_uuid_key": (
        "comments_returnedcopy",
        {"sha": "'another'"},
        "",
    ),
    "comments_returnedcomment_comment_id_key": ("comments_returnedcomment", {}, ""),
    # The hearing day: the floor, hands, cards, who is present
    "one_open_request_per_person_and_session": (
        "comments_speakerrequest",
        {},
        "called_at IS NULL AND person_id IS NOT NULL",
    ),
    "one_open_request_written_down_per_office": (
        "comments_speakerrequest",
        {},
        "person_id IS NULL",
    ),
    "one_speaker_at_a_time": (
        "comments_speakerrequest",
        {"person_id": SILENT},
        "called_at IS NOT NULL",
    ),
    "speaker_request_is_of_somebody": (
        "comments_speakerrequest",
        {"person_id": "NULL", "office_id": "NULL", "office_kind": "NULL"},
        "",
    ),
    "speaker_request_keeps_the_kind_of_its_office": (
        "comments_speakerrequest",
        {"office_kind": "NULL"},
        "office_id IS NOT NULL",
    ),
    "subject_of_speaker_is_known": (
        "comments_speakerrequest",
        {"subject": "'poem'"},
        "",
    ),
    "floor_is_given_by_somebody_for_a_time": (
        "comments_speakerrequest",
        {"called_at": "now()"},
        "called_at IS NULL",
    ),
    "speaker_request_ends_in_a_known_way": (
        "comments_speakerrequest",
        {"ended_at": "now()"},
        "",
    ),
    "who_spoke_had_the_floor": (
        "comments_speakerrequest",
        {"ended_at": "now()", "ended_by_id": "asked_by_id", "ending": "'spoken'"},
        "called_at IS NULL",
    ),
    "comments_speakerrequest_minutes_check": (
        "comments_speakerrequest",
        {"minutes": "-1"},
        "called_at IS NOT NULL",
    ),
    "motion_says_something": ("comments_motion", {"words": "''"}, ""),
    "motion_replaces_another": (
        "comments_motion",
        {"id": "7001", "replaces_id": "7001"},
        "",
    ),
    "comments_motion_replaces_id_key": (
        "comments_motion",
        {},
        "replaces_id IS NOT NULL",
    ),
    "comments_clausetimer_minutes_check": (
        "comments_clausetimer",
        {"minutes": "-1"},
        "",
    ),
    "moved_speaker_has_a_reason": (
        "comments_speakermove",
        {"reason": "''"},
        "",
    ),
    "nobody_is_moved_before_oneself": (
        "comments_speakermove",
        {"before_id": "request_id"},
        "",
    ),
    "comments_poll_uuid_key": (
        "comments_poll",
        {},
        "",
    ),
    "one_question_at_a_time": (
        "comments_poll",
        {"uuid": NEW},
        "",
    ),
    "poll_asks_something": (
        "comments_poll",
        {"uuid": NEW, "question": "''"},
        "",
    ),
    "quorum_is_known": (
        "comments_poll",
        {"uuid": NEW, "quorum": "'many'"},
        "",
    ),
    "ended_poll_has_its_result": (
        "comments_poll",
        {"uuid": NEW, "ended_at": "now()"},
        "",
    ),
    "one_vote_per_office_and_poll": (
        "comments_vote",
        {},
        "",
    ),
    "vote_keeps_the_kind_of_its_office": (
        "comments_vote",
        {"office_kind": "'x'"},
        "",
    ),
    "answer_to_poll_is_known": (
        "comments_vote",
        {"answer": "'maybe'"},
        "",
    ),
    "standing_of_vote_is_known": (
        "comments_vote",
        {"standing": "'x'"},
        "",
    ),
    "comments_invitationcard_uuid_key": (
        "comments_invitationcard",
        {"secret_sha": KEY},
        "",
    ),
    "comments_invitationcard_secret_sha_key": (
        "comments_invitationcard",
        {"uuid": NEW},
        "",
    ),
    "card_signs_in_at_least_once": (
        "comments_invitationcard",
        {"uuid": NEW, "secret_sha": KEY, "most_uses": "0"},
        "",
    ),
    "comments_cardrecall_card_id_key": (
        "comments_cardrecall",
        {},
        "",
    ),
    "attendance_state_is_known": (
        "comments_attendance",
        {"state": "'x'"},
        "",
    ),
    "attendance_method_is_known": (
        "comments_attendance",
        {"method": "'x'"},
        "",
    ),
    "attendance_keeps_the_kind_of_its_office": (
        "comments_attendance",
        {"office_kind": "NULL"},
        "",
    ),
    "returned_copy_is_taken_in_once": ("comments_returnedcopy", {"uuid": NEW}, ""),
    "returned_copy_has_a_name": (
        "comments_returnedcopy",
        {"uuid": NEW, "sha": "'another'", "name": "''"},
        "",
    ),
    "one_comment_per_client_key": ("comments_comment", {"uuid": NEW}, ""),
    "comment_has_text": ("comments_comment", {**COMMENT, "text": "''"}, ""),
    "comment_text_within_limit": (
        "comments_comment",
        {**COMMENT, "text": "repeat('ก', 4001)"},
        "",
    ),
    "comment_type_is_known": ("comments_comment", {**COMMENT, "type": "'shout'"}, ""),
    "comment_of_office_keeps_its_kind": (
        "comments_comment",
        {**COMMENT, "office_kind": "NULL"},
        "",
    ),
    "comment_is_not_its_own_parent": (
        "comments_comment",
        {**COMMENT, "id": "9999", "parent_id": "9999"},
        "",
    ),
    "comments_comment_span_start_check": (
        "comments_comment",
        {**COMMENT, "span_start": "-1", "span_end": "5"},
        "",
    ),
    "comments_comment_span_end_check": (
        "comments_comment",
        {**COMMENT, "span_start": "1", "span_end": "-1"},
        "",
    ),
    "span_is_whole_and_not_empty": (
        "comments_comment",
        {**COMMENT, "span_start": "5", "span_end": "5"},
        "",
    ),
    "hidden_comment_has_reason": (
        "comments_moderation",
        {"visibility": "'hidden'", "reason": "''"},
        "",
    ),
    "visibility_is_known": ("comments_moderation", {"visibility": "'dim'"}, ""),
    "reclassing_has_reason": ("comments_reclassing", {"reason": "''"}, ""),
    "one_bench_draft_per_person_and_clause": ("comments_benchdraft", {}, ""),
    "one_support_per_office_and_comment": (
        "comments_support",
        {"client_key": NEW},
        "",
    ),
    "one_support_per_client_key": (
        "comments_support",
        {"taken_back_at": "now()", "taken_back_by_id": "by_id"},
        "",
    ),
    "support_is_taken_back_by_somebody": (
        "comments_support",
        {"taken_back_at": "now()"},
        "",
    ),
    "lapsed_support_is_taken_back": ("comments_support", {"lapsed": "true"}, ""),
    "comments_overlap_uuid_key": ("comments_overlap", {}, ""),
    "overlap_kind_is_known": (
        "comments_overlap",
        {"uuid": NEW, "kind": "'quarrel'"},
        "",
    ),
    "side_b_is_a_group_or_an_agency": (
        "comments_overlap",
        {"uuid": NEW, "agency": "'องค์การบริหารส่วนจังหวัด'"},
        "",
    ),
    "clause_of_a_side_has_its_section": (
        "comments_overlap",
        {"uuid": NEW, "section_a_id": "NULL"},
        "",
    ),
    "clause_does_not_overlap_itself": (
        "comments_overlap",
        {"uuid": NEW, "clause_b_id": "clause_a_id", "section_b_id": "section_a_id"},
        "",
    ),
    "resolution_says_why_by_whom_and_when": (
        "comments_overlap",
        {"uuid": NEW, "resolution": "'joint'"},
        "",
    ),
    "split_resolution_says_where": (
        "comments_overlap",
        {"uuid": NEW, "split_at": "'ข้อ 5.4'"},
        "",
    ),
    "comments_overlapcomment_comment_id_key": ("comments_overlapcomment", {}, ""),
    "one_row_per_pair_of_clauses_and_overlap": ("comments_overlappair", {}, ""),
    "comments_overlappair_percent_check": (
        "comments_overlappair",
        {"clause_a_id": "clause_b_id", "percent": "-1"},
        "",
    ),
    "one_row_per_change_and_overlap": ("comments_overlapchange", {}, ""),
    "two_wordings_are_dismissed_once": ("comments_pairdismissal", {}, ""),
    "dismissal_has_reason": (
        "comments_pairdismissal",
        {"high_id": "low_id", "reason": "''"},
        "",
    ),
    "two_clauses_are_alike_once": ("comments_similarpair", {}, ""),
    "comments_similarpair_percent_check": (
        "comments_similarpair",
        {"clause_a_id": "clause_b_id", "percent": "-1"},
        "",
    ),
    "comments_searchedclause_clause_id_key": ("comments_searchedclause", {}, ""),
    "comments_amendment_uuid_key": ("comments_amendment", {}, ""),
    "replacement_and_deletion_have_clause_and_base": (
        "comments_amendment",
        {"uuid": NEW, "base_blob_id": "NULL"},
        "",
    ),
    "accepted_disposition_says_what_it_did": (
        "comments_disposition",
        {"outcome": "'accepted'", "effect": "'none'"},
        "",
    ),
    "confirmation_has_person_and_time": (
        "comments_disposition",
        {"confirmed_by_id": SOMEBODY},
        "",
    ),
    "disposition_has_reason": (
        "comments_disposition",
        {"reason": "repeat('ก', 19)"},
        "",
    ),
    "drafting_debt_has_assignee_and_date": (
        "comments_disposition",
        {
            "outcome": "'accepted'",
            "effect": "'to_draft'",
            "assignee_id": "decided_by_id",
        },
        "",
    ),
    "noted_disposition_changes_no_words": (
        "comments_disposition",
        {"outcome": "'noted'", "effect": "'no_text_change'"},
        "",
    ),
    "no_text_change_has_reason": (
        "comments_disposition",
        {"outcome": "'accepted'", "effect": "'no_text_change'", "reason": "''"},
        "",
    ),
    "outcome_is_known": ("comments_disposition", {"outcome": "'maybe'"}, ""),
    "published_refusal_is_confirmed": (
        "comments_disposition",
        {"publication_id": "(SELECT id FROM comments_answerpublication)"},
        "",
    ),
    "second_person_confirms": (
        "comments_disposition",
        {"confirmed_by_id": "decided_by_id", "confirmed_at": "now()"},
        "",
    ),
    "one_current_answer_per_comment": ("comments_answer", {}, ""),
    "disposition_causes_a_change_once": ("comments_changecause", {}, ""),
    "comments_objection_comment_id_key": ("comments_objection", {}, ""),
    "comments_advicerecall_request_id_key": ("comments_advicerecall", {}, ""),
    "one_resolution_per_edition": ("comments_anchorresolution", {}, ""),
    "placed_comment_has_entry": ("comments_anchorresolution", {"entry_id": "NULL"}, ""),
}

# {trigger: statements it refuses}
REFUSED: dict[str, list[str]] = {
    "speakerrequest_keeps_what_was_asked": [
        "UPDATE comments_speakerrequest SET subject = 'procedure'",
        "UPDATE comments_speakerrequest SET asked_at = asked_at - interval '1 day'",
    ],
    "floor_is_given_once": [
        "UPDATE comments_speakerrequest SET minutes = 60 WHERE called_at IS NOT NULL"
    ],
    "speakerrequest_ends_once": [
        "UPDATE comments_speakerrequest SET ended_at = now() WHERE ended_at IS NOT NULL"
    ],
    "poll_keeps_what_was_asked": ["UPDATE comments_poll SET question = 'x'"],
    "poll_ends_once": [
        "UPDATE comments_poll SET result = '{}' WHERE ended_at IS NOT NULL",
        "UPDATE comments_poll SET ended_at = NULL, ended_by_id = NULL, result = NULL WHERE ended_at IS NOT NULL",
    ],
    "vote_stays_in_its_poll": ["UPDATE comments_vote SET office_id = office_id + 1"],
    "vote_counts_while_asked": ["UPDATE comments_vote SET answer = 'no'"],
    "act_is_append_only": ["UPDATE acts_act SET reason = 'x'", "DELETE FROM acts_act"],
    "sentfile_is_append_only": [
        "UPDATE manuals_sentfile SET name = 'x'",
        "DELETE FROM manuals_sentfile",
    ],
    "fileupload_is_never_deleted": ["DELETE FROM manuals_fileupload"],
    "upload_stays_what_it_is": [
        "UPDATE manuals_fileupload SET at = at - interval '1 day'"
    ],
    "importedprocess_is_never_deleted": ["DELETE FROM manuals_importedprocess"],
    "imported_process_stays_what_was_read": [
        "UPDATE manuals_importedprocess SET reading = '{}'",
        "UPDATE manuals_importedprocess SET lock_version = 0",
    ],
    "stored_file_is_immutable": [
        "UPDATE jobs_storedfile SET name = 'x'",
        "DELETE FROM jobs_storedfile",
    ],
    "text_blob_never_changes": [
        "UPDATE manuals_textblob SET plain = 'x'",
        "DELETE FROM manuals_textblob",
    ],
    "section_version_never_changes": [
        "UPDATE manuals_sectionversion SET reason = 'x'",
        "DELETE FROM manuals_sectionversion",
    ],
    "drop_reason_never_changes": [
        "UPDATE manuals_dropreason SET reason = 'x'",
        "DELETE FROM manuals_dropreason",
    ],
    "clause_change_never_changes": [
        "UPDATE manuals_clausechange SET reason = 'x'",
        "DELETE FROM manuals_clausechange",
    ],
    "conformity_check_is_append_only": [
        "UPDATE manuals_conformitycheck SET note = 'x'",
        "DELETE FROM manuals_conformitycheck",
    ],
    "archival_record_never_changes": [
        "UPDATE manuals_archivalrecord SET code = 'x'",
        "DELETE FROM manuals_archivalrecord",
    ],
    "published_book_never_changes": [
        "UPDATE manuals_publishedbook SET pages = '{}'",
        "DELETE FROM manuals_publishedbook",
    ],
    "drafting_state_never_changes": [
        "UPDATE manuals_draftingstatechange SET reason = 'x'",
        "DELETE FROM manuals_draftingstatechange",
    ],
    "section_is_retired_not_deleted": ["DELETE FROM manuals_section"],
    "clause_is_retired_not_deleted": ["DELETE FROM manuals_clause"],
    "edition_entry_never_changes": [
        "UPDATE manuals_editionentry SET label = 'x'",
        "DELETE FROM manuals_editionentry",
    ],
    "sealed_edition_never_changes": [
        "UPDATE manuals_edition SET title = 'x'",
        "UPDATE manuals_edition SET sealed_at = NULL, manifest_sha = NULL",
        "DELETE FROM manuals_edition",
    ],
    "sealed_edition_takes_no_entries": [
        "INSERT INTO manuals_editionentry (edition_id, kind, manual_id, uuid, part, ordinal, path, label, title,"
        " data, applies_to, numbering) SELECT id, 'manual', (SELECT id FROM manuals_manual), gen_random_uuid(), 0,"
        " 9999, '', '', '', '{}', 'both', '' FROM manuals_edition"
    ],
    "comment_stays_in_its_edition": [
        "UPDATE comments_comment SET entry_id = (SELECT max(id) FROM manuals_editionentry WHERE path = 'DIR')",
        "UPDATE comments_comment SET session_id = (SELECT max(id) FROM comments_hearingsession)",
        "UPDATE comments_comment SET parent_id = (SELECT max(id) FROM comments_comment) WHERE parent_id IS NULL",
    ],
    "comment_keeps_what_was_said": [
        "UPDATE comments_comment SET author_id = author_id + 1",
        "UPDATE comments_comment SET office_id = NULL, office_kind = NULL",
        "UPDATE comments_comment SET quote = 'x'",
        "UPDATE comments_comment SET made_at = made_at - interval '1 day'",
    ],
    "comment_stands_once_taken_up": [
        "UPDATE comments_comment SET text = 'x' WHERE triaged_at IS NOT NULL",
        "UPDATE comments_comment SET triaged_at = NULL WHERE triaged_at IS NOT NULL",
    ],
    "amendment_keeps_what_was_said": [
        "UPDATE comments_amendment SET author_id = author_id + 1"
    ],
    "amendment_stands_once_taken_up": [
        "UPDATE comments_amendment SET proposed = '{}'",
        "UPDATE comments_amendment SET op = 'delete' WHERE op <> 'delete'",
    ],
    "support_keeps_what_was_said": [
        "UPDATE comments_support SET office_id = office_id + 1",
        "UPDATE comments_support SET comment_id = comment_id + 1",
    ],
    "support_stays_at_its_entry": [
        "UPDATE comments_support SET entry_id = entry_id + 1"
    ],
    "support_keeps_its_key": [
        "UPDATE comments_support SET client_key = gen_random_uuid()"
    ],
    "support_is_taken_back_once": [
        "UPDATE comments_support SET taken_back_at = NULL, taken_back_by_id = NULL WHERE taken_back_at IS NOT NULL"
    ],
    "answer_keeps_what_was_said": [
        "UPDATE comments_answer SET disposition_id = disposition_id + 1"
    ],
    "former_answer_never_returns": [
        "UPDATE comments_answer SET current = true WHERE NOT current"
    ],
    "objection_keeps_what_was_said": ["UPDATE comments_objection SET text = 'x'"],
    "objection_is_answered_once": [
        "UPDATE comments_objection SET answered_by_id = NULL WHERE answered_by_id IS NOT NULL"
    ],
    "objection_has_its_own_answer": [
        "INSERT INTO comments_objection (comment_id, text, at, answered_by_id)"
        " SELECT c.id, 'x', now(), d.id FROM comments_comment c, comments_disposition d"
        " WHERE NOT EXISTS (SELECT FROM comments_objection o WHERE o.comment_id = c.id)"
        " AND NOT EXISTS (SELECT FROM comments_answer a WHERE a.comment_id = c.id AND a.disposition_id = d.id)"
        " LIMIT 1"
    ],
    "disposition_keeps_what_was_said": [
        "UPDATE comments_disposition SET outcome = 'accepted', effect = 'changed'",
        "UPDATE comments_disposition SET reason = reason || 'x'",
        "UPDATE comments_disposition SET decided_at = decided_at - interval '1 day'",
    ],
    "published_disposition_never_changes": [
        "UPDATE comments_disposition SET publication_id = NULL WHERE publication_id IS NOT NULL"
    ],
    "comment_details_stand_once_taken_up": [
        "UPDATE comments_comment SET issue_data = '{\"x\": 1}' WHERE triaged_at IS NOT NULL",
        "UPDATE comments_comment SET edited_at = now() WHERE triaged_at IS NOT NULL",
    ],
    "comment_stands_once_answered": ["UPDATE comments_comment SET text = 'x'"],
    "comment_leaves_history": ["UPDATE comments_comment SET issue_class = 'complex'"],
    "amendment_stands_once_answered": ["UPDATE comments_amendment SET proposed = '{}'"],
    "amendment_tells_what_was_enacted": [
        "UPDATE comments_amendment SET enacted_blob_id = NULL WHERE enacted_blob_id IS NOT NULL",
        "UPDATE comments_amendment SET rebased = '{\"x\": 1}'",
    ],
    "amendment_leaves_history": ["UPDATE comments_amendment SET op = 'split'"],
    "disposition_is_confirmed_once": [
        "UPDATE comments_disposition SET confirmed_by_id = NULL, confirmed_at = NULL WHERE confirmed_at IS NOT NULL"
    ],
    "disposition_leaves_history": [
        "UPDATE comments_disposition SET confirmed_at = now(), confirmed_by_id ="
        " (SELECT min(id) FROM directory_user WHERE id <> decided_by_id)"
        " WHERE confirmed_at IS NULL AND publication_id IS NULL"
    ],
    "answer_is_followed_by_another": [
        "UPDATE comments_answer SET current = false WHERE current"
    ],
    "document_is_taken_away_once": [
        "UPDATE comments_hearingdocument SET removed_by_id = NULL, removed_at = NULL WHERE removed_at IS NOT NULL"
    ],
    "person_places_what_no_rule_placed": [
        "UPDATE comments_anchorresolution SET state = 'moved', method = 'person'"
    ],
    "session_stands_once_begun": [
        "UPDATE comments_hearingsession SET edition_id = (SELECT max(id) FROM manuals_edition)"
        " WHERE id IN (SELECT session_id FROM comments_comment)",
        "UPDATE comments_hearingsession SET kind = 'room' WHERE id IN (SELECT session_id FROM comments_sessionstate)",
    ],
    "hearingsession_leaves_history": ["UPDATE comments_hearingsession SET venue = 'x'"],
    "hearing_stands_once_heard": [
        "UPDATE comments_hearing SET key = 'x'",
        "UPDATE comments_hearing SET objection_days = 0",
    ],
    "overlap_leaves_history": ["UPDATE comments_overlap SET evidence = 'x'"],
    "officeposition_leaves_history": [
        "UPDATE comments_officeposition SET stance = 'object'"
    ],
    "hearing_leaves_history": ["UPDATE comments_hearing SET title = 'x'"],
    "roleassignment_leaves_history": [
        "UPDATE directory_roleassignment SET valid_until = valid_from"
    ],
    "event_keeps_what_it_tells": [
        "UPDATE comments_event SET kind = 'state'",
        "UPDATE comments_event SET about = '2'",
    ],
    "event_is_numbered_once": [
        "UPDATE comments_event SET number = NULL WHERE number IS NOT NULL"
    ],
    "job_stays_what_was_asked": [
        "UPDATE jobs_job SET params = '{\"x\": 1}'",
        "UPDATE jobs_job SET asked_by_id = asked_by_id + 1",
    ],
    "job_is_never_deleted": ["DELETE FROM jobs_job"],
    "manual_is_never_deleted": ["DELETE FROM manuals_manual"],
    "notesettlement_never_changes": ["UPDATE manuals_notesettlement SET at = now()"],
    "legalsuccession_never_changes": ["UPDATE manuals_legalsuccession SET id = id"],
    "section_stays_what_it_is": [
        "UPDATE manuals_section SET version = version - 1 WHERE version > 0"
    ],
    "clause_stays_what_it_is": [
        "UPDATE manuals_clause SET lock_version = lock_version - 1"
    ],
    "clause_is_reworded_by_acts": ["UPDATE manuals_clause SET body = body || 'x'"],
    "clause_change_is_told": [
        "UPDATE manuals_clause SET sha = repeat('0', 64), lock_version = lock_version + 1"
    ],
    "reversion_revision_is_append_only": [
        "UPDATE reversion_revision SET comment = 'x'",
        "DELETE FROM reversion_revision",
    ],
    "reversion_version_is_append_only": [
        "UPDATE reversion_version SET object_repr = 'x'",
        "DELETE FROM reversion_version",
    ],
}
NEVER_DELETED = (
    "anchorresolution",
    "comment",
    "amendment",
    "disposition",
    "answer",
    "event",
    "objection",
    "hearing",
    "hearingdocument",
    "hearingsession",
    "overlap",
    "officeposition",
    "poll",
    "speakerrequest",
    "support",
    "vote",
)
APPEND_ONLY = (
    "historicalamendment",
    "historicalcomment",
    "historicaldisposition",
    "historicalhearing",
    "historicalhearingsession",
    "historicalofficeposition",
    "conclusion",
    "paperform",
    "wallrecall",
    "sessionstate",
    "discussion",
    "moderation",
    "reclassing",
    "recommendation",
    "advicerequest",
    "advicerecall",
    "changecause",
    "answerpublication",
    "historicaloverlap",
    "overlapcomment",
    "overlappair",
    "overlapchange",
    "pairdismissal",
    "receiptrecall",
    "returnedcopy",
    "returnedcomment",
    "commentgroup",
    "grouping",
    "answerblock",
    "answerblockuse",
    "assignment",
    "digestround",
    "digest",
    "mailrefusal",
    "speakermove",
    "motion",
    "clausetimer",
    "invitationcard",
    "cardrecall",
    "carduse",
    "attendance",
)
MANUALS_APPEND_ONLY = (
    "retirement",
    "clauselineage",
    "sectionlineage",
    "editionrelease",
    "historicaleditionrelease",
    "teamnote",
    "noteanswer",
    "reviewrequest",
    "reviewanswer",
    "reviewclosing",
    "previewlink",
    "previewrecall",
    "previewopening",
)
DIRECTORY_APPEND_ONLY = (
    "historicalroleassignment",
    "passwordsetting",
    "contactversion",
    "privacynoticeversion",
)
DIRECTORY_NEVER_DELETED = ("roleassignment", "user", "areaoffice")
# {table: a column that makes a row what it is}
STAYING = {
    "directory_roleassignment": "valid_from = valid_from - 1",
    "directory_user": "username = username || 'x'",
    "directory_areaoffice": "key = key || 'x'",
    "directory_workgroup": "key = key || 'x'",
    "manuals_manual": "key = key || 'x'",
    "manuals_legalsource": "key = key || 'x'",
    "comments_hearing": "kind = 'demonstration'",
    "comments_hearingsession": "hearing_id = hearing_id + 1",
    "comments_hearingdocument": "title = 'x'",
    "comments_officeposition": "office_id = office_id + 1",
    "comments_anchorresolution": "comment_id = comment_id + 1",
    "comments_overlap": "entered_by_id = entered_by_id + 1",
}
for table in ("comment", "amendment", "support", "answer", "objection", "disposition"):
    STAYING[f"comments_{table}"] = "id = id + 1000"
for table, change in STAYING.items():
    REFUSED[f"{table.partition('_')[2]}_stays_what_it_is"] = [
        f"UPDATE {table} SET {change}"
    ]
REFUSED |= {
    f"{table}_is_never_deleted": [f"DELETE FROM directory_{table}"]
    for table in DIRECTORY_NEVER_DELETED
}
REFUSED |= {
    f"{table}_is_append_only": [
        f"UPDATE directory_{table} SET id = id",
        f"DELETE FROM directory_{table}",
    ]
    for table in DIRECTORY_APPEND_ONLY
}
REFUSED |= {
    f"{table}_is_append_only": [
        f"UPDATE manuals_{table} SET id = id",
        f"DELETE FROM manuals_{table}",
    ]
    for table in MANUALS_APPEND_ONLY
}
REFUSED |= {
    f"{table}_is_never_deleted": [f"DELETE FROM comments_{table}"]
    for table in NEVER_DELETED
}
REFUSED |= {
    f"{table}_is_append_only": [
        f"UPDATE comments_{table} SET id = id",
        f"DELETE FROM comments_{table}",
    ]
    for table in APPEND_ONLY
}
NEVER_TRUNCATED = {
    "act_is_never_truncated": "acts_act",
    "stored_file_is_never_truncated": "jobs_storedfile",
    "archivalrecord_is_never_truncated": "manuals_archivalrecord",
    "sentfile_is_never_truncated": "manuals_sentfile",
    "fileupload_is_never_truncated": "manuals_fileupload",
    "importedprocess_is_never_truncated": "manuals_importedprocess",
    "publishedbook_is_never_truncated": "manuals_publishedbook",
    "job_is_never_truncated": "jobs_job",
    "manual_is_never_truncated": "manuals_manual",
    "reversion_revision_is_never_truncated": "reversion_revision",
    "reversion_version_is_never_truncated": "reversion_version",
}
for table in (*APPEND_ONLY, *NEVER_DELETED):
    NEVER_TRUNCATED[f"{table}_is_never_truncated"] = f"comments_{table}"
for table in (*DIRECTORY_APPEND_ONLY, *DIRECTORY_NEVER_DELETED):
    NEVER_TRUNCATED[f"{table}_is_never_truncated"] = f"directory_{table}"
for table in (
    *MANUALS_APPEND_ONLY,
    *(
        "clause",
        "clausechange",
        "conformitycheck",
        "draftingstatechange",
        "dropreason",
        "edition",
        "editionentry",
    ),
    *("section", "sectionversion", "textblob"),
):
    NEVER_TRUNCATED[f"{table}_is_never_truncated"] = f"manuals_{table}"


@pytest.fixture
def one_row_of_each(
    comment, stranger, office_head, drafter, admin, session, edition
) -> None:
    """At least one row in every table of ours."""
    clause, entry = comment.entry.clause, comment.entry
    parts = [Text(body="ตรวจสอบความครบถ้วน"), Text(body="ตรวจสอบสิ่งที่ส่งมาด้วย")]
    made = split_clause(clause, 1, parts, by=drafter, reason="คนละขั้นตอน")
    Retirement.objects.create(reason="ซ้ำกับข้ออื่น", by=drafter)
    units = Section.objects.order_by("pk")
    factories.make_section_lineage(units[0], units[1])
    sources = [
        factories.make_legal_source(),
        factories.make_legal_source("ระเบียบงานสารบรรณ 2506"),
    ]
    factories.make_legal_succession(sources[1], sources[0])
    factories.make_citation(clause, sources[0])
    factories.make_draft_buffer(drafter, clause)
    factories.make_conformity_check(clause.section, by=drafter)
    factories.make_drafting_talk(clause, by=drafter, to=admin)
    ArchivalRecord.objects.create(
        edition=edition, code="2565", file_sha="0" * 64, by=admin
    )
    factories.make_drop_reason(units[0], by=drafter)
    factories.make_token_diff(entry.blob, factories.make_blob())
    BlobIndex.objects.create(blob=entry.blob, tokenizer="test-1", tokens="ตรวจสอบ")
    EditionWord.objects.create(
        edition=entry.edition, tokenizer="test-1", word="ตรวจสอบ", clauses=1
    )
    factories.make_release(edition, by=admin)
    factories.make_published_book(edition)
    PasswordSetting.objects.create(user=stranger, by=admin)
    ContactVersion.objects.create(name="กลุ่มพัฒนาระบบบริหาร", by=admin)
    PrivacyNoticeVersion.objects.create(text="ประกาศ", by=admin)
    factories.make_stored_file()
    factories.make_import_preview(clause.section.manual, by=drafter)
    factories.make_document(session.hearing)
    factories.make_job(drafter)
    factories.make_discussion(session, entry)
    factories.make_reclassing(comment)
    factories.make_support(comment, client_key=uuid4())
    factories.make_recommendation(comment)
    factories.make_advice_recall(factories.make_advice_request(comment, drafter))
    factories.make_bench_draft(drafter, clause)
    factories.make_comment_group(comment, by=drafter)
    ReceiptRecall.objects.create(comment=comment, by=comment.author)
    factories.make_returned_copy(comment)
    amendment = factories.make_amendment(comment)
    disposition = factories.make_disposition(comment, decided_by=drafter)
    factories.make_block_use(disposition, by=drafter)
    factories.make_assignment(comment, drafter)
    factories.make_digest(drafter)
    factories.make_publication(session.hearing)
    factories.make_objection(comment)
    factories.make_change_cause(made[0].changes.latest("pk"), disposition, amendment)
    factories.make_resolution(comment, edition, entry)
    factories.make_position(comment.office, comment.entry.manual, session)
    factories.make_conclusion(session)
    factories.make_paper_form()
    factories.make_hearing_day(session, comment.author, by=admin)
    factories.make_event(session, number=1)
    WallRecall.objects.create(session=session, by=admin)
    factories.make_overlap_with_evidence(comment, made[0].changes.latest("pk"))


def reported(statement: str) -> str:
    """The constraint or, of a trigger, the message that refuses the statement; "" when nothing does."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(statement)
            assert cursor.rowcount > 0, f"no row to try: {statement}"
    except Error as error:
        diagnosis = error.__cause__.diag
        return diagnosis.constraint_name or diagnosis.message_primary
    return ""


def copy_of(table: str, values: dict[str, str], which: str) -> str:
    """An INSERT of a copy of one row with other values."""
    with connection.cursor() as cursor:
        columns = [
            column.name
            for column in connection.introspection.get_table_description(cursor, table)
        ]
    columns = [name for name in columns if name != "id" or name in values]
    expressions = [values.get(name, f'"{name}"') for name in columns]
    names = ", ".join(f'"{name}"' for name in columns)
    where = f"WHERE {which}" if which else ""
    return f"INSERT INTO {table} ({names}) SELECT {', '.join(expressions)} FROM {table} {where} LIMIT 1"


def names(query: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(query, {"own": OWN_TABLES, "not_ours": NOT_OURS})
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.usefixtures("one_row_of_each")
def test_every_constraint_refuses_what_it_names() -> None:
    found = {
        name: reported(copy_of(*violation)) for name, violation in VIOLATIONS.items()
    }
    assert found == {name: name for name in VIOLATIONS}


def test_no_constraint_is_left_untried() -> None:
    in_database = names(
        "SELECT conname FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid"
        " WHERE contype IN ('c', 'u', 'x') AND relname ~ %(own)s AND relname !~ %(not_ours)s"
    ) | names(
        "SELECT made.relname FROM pg_index JOIN pg_class made ON made.oid = indexrelid"
        " JOIN pg_class held ON held.oid = indrelid WHERE indisunique AND NOT indisprimary"
        " AND held.relname ~ %(own)s AND held.relname !~ %(not_ours)s"
    )
    assert in_database == set(VIOLATIONS) | IMPLIED


@pytest.mark.usefixtures("one_row_of_each")
@pytest.mark.parametrize(
    "role", [nullcontext, as_owner], ids=["the portal", "the owner"]
)
def test_every_trigger_refuses_what_it_names(comment, process, drafter, role) -> None:
    """To whomever: the owner, who alone may change the table at all, is refused by the trigger."""
    factories.make_comment(
        comment.session,
        comment.entry,
        comment.author,
        parent=comment,
        triaged_at=timezone.now(),
    )
    other = factories.make_edition("OTHER", by=drafter)
    factories.make_session(
        other, comment.session.work_group, hearing=comment.session.hearing
    )
    settle_all(comment, drafter)
    with role():
        answers = {
            (name, statement): reported(statement)
            for name, statements in REFUSED.items()
            for statement in statements
        }
    words = [
        "refuses",
        "is sealed",
        "takes no further",
        "never",
        "no other words",
        "a comment points",
        "replies are",
        "an answer to its own comment",
    ]
    if role is nullcontext:
        words.append("permission denied for table")
    assert [
        key
        for key, answer in answers.items()
        if not any(word in answer for word in words)
    ] == []


def settle_all(comment, drafter) -> None:
    """A comment taken up, a support taken back, an answer that another followed, an objection answered, a disposition
    published, a refusal confirmed, a document taken away; and an amendment enacted."""
    with without_triggers():
        _settle_all(comment, drafter)


def _settle_all(comment, drafter) -> None:
    HearingDocument.objects.update(removed_by=drafter, removed_at=timezone.now())
    ended = {"ended_by": drafter, "ended_at": timezone.now()}
    Poll.objects.update(**ended, result={})
    SpeakerRequest.objects.filter(called_at__isnull=False).update(
        **ended, ending="spoken"
    )
    Amendment.objects.update(enacted_blob=comment.entry.blob_id)
    factories.make_disposition(
        outcome="not_accepted",
        confirmed_by=comment.author,
        confirmed_at=timezone.now(),
        decided_by=drafter,
    )
    type(comment).objects.filter(pk=comment.pk).update(triaged_at=timezone.now())
    Support.objects.update(taken_back_by=drafter, taken_back_at=timezone.now())
    Objection.objects.update(answered_by=Disposition.objects.latest("pk"))
    Answer.objects.update(current=False)
    factories.make_disposition(comment, outcome="accepted", decided_by=drafter)
    decided = Disposition.objects.filter(outcome="accepted")
    assert decided.update(publication=AnswerPublication.objects.get()) == 1


@pytest.mark.parametrize(
    "role", [nullcontext, as_owner], ids=["the portal", "the owner"]
)
def test_nothing_that_is_kept_is_emptied(db, role) -> None:
    with role():
        answers = {
            table: reported_of_truncate(table) for table in NEVER_TRUNCATED.values()
        }
    expected = (
        "permission denied for table"
        if role is nullcontext
        else "TRUNCATE|never changed or deleted"
    )
    assert [
        table for table, answer in answers.items() if not re.search(expected, answer)
    ] == []


def reported_of_truncate(table: str) -> str:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"TRUNCATE {table} CASCADE")
    except Error as error:
        return str(error)
    return ""


# Refuse nothing: what they write is tried below
WRITING = {
    "support_stands_at_the_entry_of_its_comment",
    "act_has_the_moment_of_its_writing",
}


def test_support_stands_at_the_entry_of_its_comment(comment, session, process) -> None:
    """Whatever is said of it."""
    elsewhere = factories.entry_of(session.edition, process)
    support = factories.make_support(comment)
    support.refresh_from_db()
    assert support.entry == comment.entry
    other = Support.objects.create(
        comment=factories.make_comment(session, elsewhere),
        entry=comment.entry,
        office=support.office,
        by=support.by,
    )
    other.refresh_from_db()
    assert other.entry == elsewhere


def test_act_has_the_moment_of_its_writing(admin) -> None:
    """Whatever is said of it; what the clock did to a session was done before it could be written down."""
    began = timezone.now()
    for at in (began - timedelta(days=9), began + timedelta(days=9)):
        line = factories.make_act(by=admin, at=at)
        line.refresh_from_db()
        assert began <= line.at <= timezone.now()
    by_the_clock = factories.make_act(by=None, at=began - timedelta(days=9))
    too_early = factories.make_act(by=None, at=began + timedelta(days=9))
    other = factories.make_act(by=None, at=began - timedelta(days=9), category="law")
    for line in (by_the_clock, too_early, other):
        line.refresh_from_db()
    assert by_the_clock.at == began - timedelta(days=9)
    assert began <= too_early.at <= other.at <= timezone.now()


def test_no_trigger_is_left_untried() -> None:
    in_database = names(
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND relname !~ '^procrastinate_'"
    )
    assert in_database == set(REFUSED) | set(NEVER_TRUNCATED) | WRITING


# -- what the rules leave open --------------------------------------------------------------------------------------


def test_retired_clause_frees_its_place(process, drafter) -> None:
    clause = factories.clause_at(process, "5.2")
    retire_clause(clause, 1, by=drafter, reason="ซ้ำ")
    standing = factories.make_clause(process, "ผู้มาแทน", rank=clause.rank, by=drafter)
    assert (
        Clause.objects.live().get(section=process, part=5, rank=clause.rank) == standing
    )


def test_unsealed_edition_takes_entries_and_its_seal(manual, admin) -> None:
    edition = factories.make_unsealed_edition(made_by=admin)
    EditionEntry.objects.create(
        edition=edition,
        kind="manual",
        manual=manual,
        uuid=manual.uuid,
        ordinal=1,
        path="DIR",
    )
    edition.title = "ชื่อที่แก้ก่อนปิดผนึก"
    edition.save(update_fields=["title"])
    assert Edition.objects.get().entries.count() == 1


def test_reply_stays_one_level_deep_and_at_its_entry(
    comment, secondary_delegate
) -> None:
    reply = factories.make_comment(
        comment.session, comment.entry, secondary_delegate, parent=comment
    )
    elsewhere = comment.entry.parent
    assert reply.parent == comment
    with pytest.raises(Error, match="one level deep"), transaction.atomic():
        factories.make_comment(
            comment.session, comment.entry, secondary_delegate, parent=reply
        )
    with pytest.raises(Error, match="one level deep"), transaction.atomic():
        factories.make_comment(
            comment.session, elsewhere, secondary_delegate, parent=comment
        )


def test_withdrawn_and_accepted_dispositions_need_no_long_reason(
    comment, drafter
) -> None:
    for outcome, effect in (("withdrawn", "none"), ("accepted", "changed")):
        made = factories.make_disposition(
            outcome=outcome, effect=effect, reason="", decided_by=drafter
        )
        assert made.pk is not None


def test_act_on_a_clause_of_a_sealed_edition_goes_on(edition, clause, drafter) -> None:
    apply_changes(drafter, "edit", "แก้", [ReviseClause(clause, 1, Text(body="ใหม่"))])
    assert edition.entries.get(uuid=clause.uuid).blob.plain == clause.plain
