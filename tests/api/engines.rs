//! Entries, claims, the law and what is asked about entries, on PostgreSQL.

use crate::scheduler::requests;
use crate::support::engine::{on_postgresql, tests};
use crate::{bounds, claim, entry, law};

#[test]
fn entries_and_what_is_asked_about_them_are_the_same_on_postgresql() {
    on_postgresql(tests![
        bounds::{
            a_person_has_so_many_licenses_and_no_more,
            a_person_has_so_many_places_until_one_is_closed,
            nobody_buries_us_in_reports_and_nobody_buries_an_entry,
        },
        claim::{
            an_entry_is_claimed_by_the_code_that_was_read_out_to_the_practice,
            a_wrong_code_counts_and_six_of_them_end_the_code,
            a_code_that_was_read_out_an_hour_ago_is_worth_nothing,
            the_policy_says_how_long_a_code_holds_and_how_often_one_may_err,
            a_code_is_told_once_and_not_to_whom_it_is_for,
            a_second_claim_is_a_dispute_that_no_code_decides,
            nobody_decides_their_own_claim_and_others_claims_are_not_there,
            what_its_holder_asks_to_go_is_out_of_view_at_once_and_a_refusal_shows_it_again,
            no_admin_alone_makes_an_entry_go,
            nothing_is_erased_that_nobody_asked_to_erase,
            a_refusal_shows_what_its_request_hid_and_nothing_that_another_did,
            an_entry_that_was_registered_goes_back_when_its_claim_comes_to_nothing,
            whoever_shows_who_they_are_keeps_what_they_registered,
            one_account_comes_to_hold_one_entry_however_many_it_claims,
            whoever_asked_reads_what_they_asked_and_nobody_elses,
            case_46_an_erased_person_is_gone_and_the_chain_still_verifies,
            anybody_reports_a_mistake_and_asks_by_its_reference_what_came_of_it,
            a_report_has_no_room_for_a_story_and_queues_are_private,
        },
        entry::{
            an_admin_registers_a_person_once_and_a_made_up_one_only_among_made_up_ones,
            a_number_with_a_wrong_check_digit_is_refused_at_the_door,
            a_person_says_who_they_are_and_nobody_reads_how_to_reach_them,
            what_cannot_be_said_is_named_and_changes_nothing,
            an_entry_of_somebody_else_answers_like_one_that_is_not_there,
            a_license_is_its_holders_word_until_a_source_speaks_of_it,
            case_8_a_board_that_does_not_answer_is_unknown_and_takes_nothing_away,
            a_source_cannot_tell_of_tomorrow_and_nobody_checks_themselves,
            what_a_source_said_cannot_be_rewritten_even_in_sql,
            a_boards_revocation_takes_credentials_out_of_force_at_once_and_asks_somebody_to_look,
            a_place_lies_where_its_zip_lies_and_a_hidden_street_is_hidden,
            another_address_is_confirmed_anew_and_another_state_is_another_place,
            a_place_that_was_closed_is_gone,
            case_21_the_same_person_is_verified_in_arizona_and_not_listed_in_california,
            a_look_up_that_found_nothing_is_on_record_with_who_made_it,
        },
        law::{
            case_25_a_rule_that_changes_decides_from_its_first_day_and_not_before,
            law_is_dated_cited_and_without_gaps_or_it_is_not_law,
            case_26_silent_law_is_unknown_with_the_words_that_say_so,
            a_policy_holds_from_its_instant_on_and_not_before,
            what_was_put_off_till_later_does_not_come_into_force_by_another_change,
            a_policy_that_does_not_hold_yet_makes_no_screening_due,
            every_choice_of_the_policy_is_made_by_the_api_and_read_by_anybody,
            a_policy_that_makes_no_sense_is_refused_by_its_field,
        },
        requests::{
            a_claim_by_letter_asks_one_of_us_to_post_its_code_and_tells_the_claimant_of_each_step,
            a_code_that_was_spent_or_has_expired_is_asked_for_again,
            whoever_holds_an_entry_hears_that_somebody_else_claims_it_and_that_they_got_it,
            a_declined_claim_is_told_and_one_that_is_given_up_is_nobodys_to_do,
            a_removal_has_a_clock_that_goes_on_when_its_task_was_closed_or_never_opened,
            whoever_leaves_an_address_hears_of_the_answer_and_nothing_before_and_is_forgotten,
            who_has_told_an_address_for_their_entry_is_reached_there,
            what_was_asked_before_there_were_tasks_is_asked_for_by_the_scheduler,
        },
    ]);
}
