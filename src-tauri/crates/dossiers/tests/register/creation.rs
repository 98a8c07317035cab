//! No stop between two steps of a creation loses a dossier or sends one twice.

use dossiers::register::{Creations, Following, Journal};
use dossiers::{CreationState, Dossier, DossierId, RegisterError};
use secrecy::SecretString;

use crate::desk::{
    Desk, all, answer_of, api_key, api_key_of, confirmed, create, create_prepared, create_unknown,
    get, new_dossier, now, stamp,
};

/// What the desk finds when it starts again after a crash before the step, between the step's two
/// files (the journal comes first), and after it.
fn after_crashes_around(desk: &Desk, id: DossierId, step: impl FnOnce()) -> [Dossier; 3] {
    let before = desk.crash();
    let between = desk.crash();
    step();
    let after = desk.crash();
    let between = between.with_journal_of(&after);
    [before, between, after].map(|crash| get(&crash.open(), id))
}

fn states(dossiers: &[Dossier; 3]) -> [CreationState; 3] {
    [dossiers[0].state, dossiers[1].state, dossiers[2].state]
}

#[test]
fn a_crash_around_sending_leaves_it_ready_or_of_unknown_outcome() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    let found = after_crashes_around(&desk, id, || register.mark_sent(id, &stamp()).unwrap());
    assert_eq!(
        states(&found),
        [
            CreationState::Ready,
            CreationState::OutcomeUnknown,
            CreationState::OutcomeUnknown
        ]
    );
    assert!(found.iter().all(|dossier| !dossier.answer_pending));
}

#[test]
fn a_crash_after_the_answer_arrived_keeps_its_bytes_for_reading_again() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    register.mark_sent(id, &stamp()).unwrap();
    let between = desk.crash();
    register.record_answer(id, &answer_of(7), &stamp()).unwrap();
    let after = desk.crash();
    for crash in [between.with_journal_of(&after), after] {
        let register = crash.open();
        let dossier = get(&register, id);
        assert_eq!(dossier.state, CreationState::OutcomeUnknown);
        assert!(dossier.answer_pending);
        assert_eq!(
            register.unconfirmed_answers().unwrap(),
            [(id, answer_of(7))]
        );
        register.confirm(id, confirmed(7), &stamp()).unwrap();
        assert_eq!(api_key(&register, id), Some(api_key_of(7)));
        assert_eq!(register.unconfirmed_answers().unwrap(), []);
    }
}

#[test]
fn a_crash_around_the_confirmation_never_leaves_a_confirmed_dossier_without_its_api_key() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    register.mark_sent(id, &stamp()).unwrap();
    register.record_answer(id, &answer_of(8), &stamp()).unwrap();
    let found = after_crashes_around(&desk, id, || {
        register.confirm(id, confirmed(8), &stamp()).unwrap()
    });
    assert_eq!(
        states(&found),
        [
            CreationState::OutcomeUnknown,
            CreationState::Created,
            CreationState::Created
        ]
    );
    for dossier in &found[1..] {
        assert!(dossier.has_api_key);
        assert_eq!(dossier.enrollment_id, Some(8));
    }
}

#[test]
fn a_crash_around_a_refusal_or_a_return_never_makes_it_sent_again() {
    type Step = fn(&dossiers::EmbeddedRegister, DossierId);
    let steps: [(Step, CreationState); 3] = [
        (
            |register, id| register.back_to_ready(id, &stamp()).unwrap(),
            CreationState::Ready,
        ),
        (
            |register, id| register.mark_refused(id, "400", &stamp()).unwrap(),
            CreationState::Refused,
        ),
        (
            |register, id| register.mark_unknown(id, b"{\"id\": 4", &stamp()).unwrap(),
            CreationState::OutcomeUnknown,
        ),
    ];
    for (step, end) in steps {
        let desk = Desk::new();
        let register = desk.open();
        let id = register.prepare(new_dossier(None), &stamp()).unwrap();
        register.mark_sent(id, &stamp()).unwrap();
        let found = after_crashes_around(&desk, id, || step(&register, id));
        assert_eq!(states(&found), [CreationState::OutcomeUnknown, end, end]);
    }
}

#[test]
fn an_answer_cut_at_any_byte_is_kept_as_it_came() {
    let whole = answer_of(900_042);
    let desk = Desk::new();
    let register = desk.open();
    let kept: Vec<_> = (0..whole.len())
        .step_by(7)
        .map(|cut| {
            let id = register.prepare(new_dossier(None), &stamp()).unwrap();
            register.mark_sent(id, &stamp()).unwrap();
            register.mark_unknown(id, &whole[..cut], &stamp()).unwrap();
            (id, cut)
        })
        .collect();
    drop(register);
    let register = desk.open();
    for (id, cut) in kept {
        let answer = register.answer(id).unwrap().unwrap_or_default();
        assert_eq!(answer, whole[..cut]);
        assert!(!get(&register, id).answer_pending);
    }
}

#[test]
fn a_whole_answer_that_is_no_json_is_kept_and_flagged_until_understood() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    let page = b"\xef\xbb\xbf<html>\xff\x00".as_slice();
    register.mark_sent(id, &stamp()).unwrap();
    register.record_answer(id, page, &stamp()).unwrap();
    register.mark_unknown(id, b"less", &stamp()).unwrap();
    drop(register);
    let register = desk.open();
    assert!(get(&register, id).answer_pending);
    assert_eq!(register.answer(id).unwrap().unwrap(), page);
}

#[test]
fn two_dossiers_of_one_reference_are_two_lines_with_references_of_their_own() {
    let desk = Desk::new();
    let register = desk.open();
    let first = register
        .prepare(new_dossier(Some("CLI-0042")), &stamp())
        .unwrap();
    let second = register
        .prepare(new_dossier(Some(" CLI-0042 ")), &stamp())
        .unwrap();
    create_prepared(&register, first, 1);
    create_prepared(&register, second, 2);
    let references: Vec<_> = all(&register)
        .into_iter()
        .map(|dossier| dossier.client_reference)
        .collect();
    assert_eq!(
        references,
        [format!("CLI-0042/{first}"), format!("CLI-0042/{second}")]
    );
}

#[test]
fn without_a_reference_our_own_id_is_the_client_reference() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(Some("  ")), &stamp()).unwrap();
    assert_eq!(get(&register, id).client_reference, id.to_string());
}

#[test]
fn an_unknown_outcome_cannot_be_sent_again() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create_unknown(&register);
    for refused in [
        register.mark_sent(id, &stamp()),
        register.back_to_ready(id, &stamp()),
    ] {
        assert!(matches!(refused, Err(RegisterError::IllegalTransition(_))));
    }
    assert_eq!(get(&register, id).state, CreationState::OutcomeUnknown);
}

#[test]
fn a_dossier_that_goes_back_to_ready_can_be_sent_again_by_the_person() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    register.mark_sent(id, &stamp()).unwrap();
    register.back_to_ready(id, &stamp()).unwrap();
    create_prepared(&register, id, 3);
    assert_eq!(get(&register, id).enrollment_id, Some(3));
}

#[test]
fn an_unknown_outcome_can_be_attached_by_hand_without_an_api_key() {
    let desk = Desk::new();
    let register = desk.open();
    let known = create(&register, 12);
    let id = create_unknown(&register);
    assert!(matches!(
        register.attach(id, 12, None, &stamp()),
        Err(RegisterError::AlreadyAttached)
    ));
    register.attach(id, 13, None, &stamp()).unwrap();
    let dossier = get(&register, id);
    assert_eq!(
        (dossier.state, dossier.enrollment_id),
        (CreationState::Created, Some(13))
    );
    assert_eq!((api_key(&register, id), dossier.status), (None, None));
    assert_eq!(api_key(&register, known), Some(api_key_of(12)));
    assert!(
        register
            .open_dossiers("sandbox", now())
            .unwrap()
            .iter()
            .any(|open| open.id == id)
    );
}

#[test]
fn a_key_that_is_attached_with_its_number_outlives_the_database() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create_unknown(&register);
    let key = SecretString::from(api_key_of(13));
    register.attach(id, 13, Some(key), &stamp()).unwrap();
    assert_eq!(api_key(&register, id), Some(api_key_of(13)));
    drop(register);
    desk.remove_database();
    let register = desk.open();
    assert_eq!(api_key(&register, id), Some(api_key_of(13)));
    assert_eq!(get(&register, id).enrollment_id, Some(13));
}

#[test]
fn an_unknown_outcome_stays_visible_until_a_person_closes_it() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create_unknown(&register);
    drop(register);
    let register = desk.open();
    assert_eq!(get(&register, id).shown_status(), "OUTCOME_UNKNOWN");
    register.close_unknown(id, &stamp()).unwrap();
    assert_eq!(get(&register, id).shown_status(), "CLOSED");
}

#[test]
fn a_created_dossier_is_accepted_even_when_its_number_was_seen_before() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let again = create(&register, 1);
    assert_eq!(get(&register, again).state, CreationState::Created);
}

#[test]
fn every_step_leaves_its_act() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 5);
    register.record_opened(id, &stamp()).unwrap();
    register
        .record_act(dossiers::Act::Viewed, Some(id), "recto", &stamp())
        .unwrap();
    let words: Vec<_> = register
        .acts(id)
        .unwrap()
        .into_iter()
        .map(|entry| entry.act)
        .collect();
    assert_eq!(words, ["prepared", "sent", "created", "opened", "viewed"]);
}
