//! What every register does, whatever keeps it. Nothing here knows of files: a register shared through
//! a server runs through the same functions.

mod creations;
mod deadlines;
mod decisions;
mod drafting;
mod evidence;
mod following;
mod imports;
mod listing;
mod looking_after;
mod marks;
mod signing;
mod suspects;
mod trusting;

use dossiers::register::Register;
use dossiers::{EmbeddedRegister, RegisterKey, passphrase};
use secrecy::SecretString;
use tempfile::TempDir;

use crate::desk::now;

/// A fresh register, and what must outlive it.
pub struct Fresh {
    pub register: Box<dyn Register>,
    _home: TempDir,
}

/// Makes a fresh register.
pub type Make = dyn Fn() -> Fresh;

fn fresh(key: impl FnOnce(&TempDir) -> RegisterKey) -> Fresh {
    let home = tempfile::tempdir().unwrap();
    let key = key(&home);
    let opened = EmbeddedRegister::open(&home.path().join("register"), &key, now());
    Fresh {
        register: Box::new(opened.unwrap()),
        _home: home,
    }
}

fn under_a_key_of_the_keychain() -> Fresh {
    fresh(|_| RegisterKey::from_secret(&RegisterKey::generate().to_secret()).unwrap())
}

fn under_a_passphrase() -> Fresh {
    fresh(|home| {
        let (file, words) = (
            home.path().join("key"),
            SecretString::from("six mots faciles"),
        );
        passphrase::create(&file, &words).unwrap();
        passphrase::open(&file, &words).unwrap()
    })
}

macro_rules! every_register {
    ($($module:ident :: $behaviour:ident,)*) => {
        mod embedded_under_a_key_of_the_keychain {
            $(#[test] fn $behaviour() { super::$module::$behaviour(&super::under_a_key_of_the_keychain) })*
        }
        mod embedded_under_a_passphrase {
            $(#[test] fn $behaviour() { super::$module::$behaviour(&super::under_a_passphrase) })*
        }
    };
}

every_register! {
    creations::a_creation_goes_through_its_steps_and_leaves_its_acts,
    creations::what_is_written_down_as_sent_is_sent_once,
    creations::an_answer_is_kept_byte_for_byte_until_it_is_understood,
    creations::an_unknown_outcome_is_attached_or_closed_and_never_sent_again,
    creations::a_number_belongs_to_one_dossier,
    creations::of_two_who_attach_one_number_at_once_one_is_refused,
    deadlines::what_passes_moves_to_what_is_lost_next_once,
    deadlines::the_radar_counts_by_the_time_left_and_shows_the_closest,
    deadlines::what_is_in_safe_hands_is_waited_for_no_more,
    deadlines::a_promised_idclaim_is_waited_for_with_the_documents,
    deadlines::a_warning_is_given_once_on_each_of_its_days,
    deadlines::a_warning_is_to_be_told_until_somebody_was_told,
    deadlines::another_policy_moves_the_lines_it_is_about,
    decisions::decisions_are_added_beside_the_verdict_and_their_notes_stay_out_of_the_journal,
    decisions::the_latest_decision_is_found_sorted_and_handed_over,
    drafting::one_draft_is_kept_and_forgotten_and_is_no_act,
    drafting::a_draft_goes_in_the_step_that_writes_down_what_is_sent_and_no_sooner,
    evidence::a_finished_dossier_waits_for_its_capture_until_it_is_complete,
    evidence::a_draft_that_tells_the_end_names_the_pages_and_is_never_the_report_itself,
    evidence::pieces_and_the_end_of_their_capture_are_recorded_together_or_not_at_all,
    evidence::a_whole_piece_is_not_replaced_and_a_damaged_one_is,
    evidence::what_cannot_be_had_is_named_and_waited_for_no_more,
    suspects::a_page_that_differs_gives_way_to_one_that_agrees_and_to_no_other,
    suspects::what_is_complete_is_captured_again_on_a_word_while_a_page_differs,
    evidence::a_capture_that_failed_is_tried_again_when_its_time_has_come,
    evidence::a_capture_is_revived_by_a_person,
    evidence::less_is_captured_where_the_rule_wants_less,
    evidence::videos_wanted_later_are_asked_for_while_id360_has_them,
    evidence::a_verification_goes_on_where_it_stopped_and_names_what_is_damaged,
    evidence::the_key_of_the_vault_is_always_the_same,
    following::a_verdict_stays_and_its_report_is_kept_byte_for_byte,
    following::a_dossier_is_followed_from_its_creation_to_its_verdict,
    following::a_dossier_is_followed_until_its_last_window_has_passed,
    following::an_opened_link_is_an_act_and_counts_as_a_beginning,
    following::a_report_that_is_not_kept_is_asked_for_while_the_account_reaches_it,
    following::a_report_of_an_end_at_an_unknown_time_is_asked_for_up_to_the_last_window,
    following::the_push_of_an_expected_datum_is_known_by_its_name,
    imports::an_import_does_what_was_judged_and_nothing_when_repeated,
    imports::an_import_with_another_api_key_or_given_up_brings_nothing,
    imports::an_unknown_outcome_gets_the_number_imported_under_what_it_was_sent_as,
    imports::an_unknown_outcome_gets_its_number_from_a_line_without_a_key_too,
    imports::an_unknown_outcome_takes_one_number_and_the_next_is_a_dossier_of_its_own,
    imports::a_reference_of_a_person_or_of_another_environment_joins_no_unknown_outcome,
    listing::a_dossier_is_found_by_beginnings_of_its_words_and_by_its_id,
    listing::a_reference_in_use_is_told_with_the_dossiers_that_have_it,
    listing::filters_must_all_hold_and_can_be_turned_round,
    listing::pages_in_any_order_hold_every_dossier_once,
    listing::a_selection_is_handed_over_one_by_one_until_it_is_given_up,
    looking_after::a_copy_counts_what_the_register_holds,
    looking_after::what_is_kept_can_be_trusted_and_a_check_can_be_given_up,
    marks::a_tag_is_one_tag_in_every_writing,
    marks::treated_reaches_all_that_match_but_those_taken_out_and_is_taken_off,
    marks::a_cancelled_mark_changes_nothing,
    marks::a_view_keeps_its_place_when_it_changes,
    signing::what_the_desk_signs_its_public_key_confirms,
    signing::two_desks_sign_with_different_keys,
    trusting::a_certificate_is_trusted_once_for_each_purpose_until_trust_ends,
    trusting::revocation_is_asked_for_until_somebody_says_otherwise,
}
