//! Decisions about attestations, appeals and lists, on PostgreSQL.

use super::{appeals, denied, own, steps};
use crate::support::engine::{on_postgresql, tests};

#[test]
fn attestations_and_their_appeals_are_the_same_on_postgresql() {
    on_postgresql(tests![
        appeals::{
            n12_the_days_of_an_appeal_count_from_the_notice_through_the_last,
            n12_nobody_who_acted_hears_it_and_both_officers_see_the_attestation,
            n12_an_overturned_refusal_is_in_force_from_the_decision_on,
            n12_what_is_upheld_stays_and_is_not_appealed_again,
            n12_an_overturned_false_statement_leaves_credentials_to_their_own_reinstatement,
            n12_what_could_not_be_in_force_today_is_overturned_and_stays_out,
            n12_what_a_recall_took_is_appealed_too,
        },
        denied::{
            a_denied_statement_waits_in_the_queue_as_a_case_for_cause,
            what_two_people_find_refuses_the_attestation_and_is_appealed_as_their_decision,
            a_case_that_finds_nothing_leaves_the_attestation_to_its_reviewer,
            what_the_person_brings_changes_nothing_of_what_they_signed,
        },
        own::{
            drafts_come_first_with_the_codes_of_what_fails,
            every_page_is_there_once_and_nobody_else_reads_it,
            a_copy_of_the_device_database_is_named_by_its_day,
        },
        steps::{
            n1_a_provider_and_a_delegate_write_drafts,
            n2_only_the_provider_signs_and_nothing_unfinished,
            n3_a_hard_finding_sends_it_back_with_its_codes,
            n4_what_nothing_speaks_against_is_in_force_at_once,
            n5_a_first_one_a_warning_and_chance_each_bring_a_reviewer,
            n6_a_verifier_accepts_what_they_saw_and_refuses_for_a_reason,
            n7_what_was_sent_back_is_mended_by_its_provider_alone,
            n8_it_lapses_with_its_signature_and_nothing_is_written,
            n9_compliance_and_a_recall_take_it_out_of_force,
            n10_a_later_one_takes_the_place_of_an_earlier_one,
            n10_what_was_signed_later_gives_way_to_nothing_that_was_signed_before,
            n11_its_provider_takes_it_back,
        },
    ]);
}
