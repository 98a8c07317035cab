//! Creating dossiers.

use std::sync::Barrier;
use std::thread;

use dossiers::{CreationState, DossierId, Register, RegisterError};
use secrecy::ExposeSecret;

use super::Make;
use crate::desk::{answer_of, api_key_of, confirmed, new_dossier, stamp};

fn state(register: &dyn Register, id: DossierId) -> CreationState {
    register.get(id).unwrap().unwrap().state
}

fn unknown(register: &dyn Register) -> DossierId {
    let id = register.prepare_sent(new_dossier(None), &stamp()).unwrap();
    register.mark_unknown(id, b"", &stamp()).unwrap();
    id
}

pub fn a_creation_goes_through_its_steps_and_leaves_its_acts(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = register
        .prepare(new_dossier(Some(" CLI-1 ")), &stamp())
        .unwrap();
    assert_eq!(state(register, id), CreationState::Ready);
    register.mark_sent(id, &stamp()).unwrap();
    register.record_answer(id, &answer_of(7), &stamp()).unwrap();
    assert_eq!(state(register, id), CreationState::Sent);
    register.confirm(id, confirmed(7), &stamp()).unwrap();
    let dossier = register.get(id).unwrap().unwrap();
    assert_eq!(
        (dossier.state, dossier.enrollment_id),
        (CreationState::Created, Some(7))
    );
    assert_eq!(dossier.client_reference, format!("CLI-1/{id}"));
    let key = register.api_key(id).unwrap().unwrap();
    assert_eq!(key.expose_secret(), api_key_of(7));
    let entries = register.acts(id).unwrap();
    let acts: Vec<_> = entries.iter().map(|entry| entry.act.as_str()).collect();
    assert_eq!(acts, ["prepared", "sent", "answer_kept", "created"]);
}

pub fn what_is_written_down_as_sent_is_sent_once(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = register.prepare_sent(new_dossier(None), &stamp()).unwrap();
    assert_eq!(state(register, id), CreationState::Sent);
    let again = register.mark_sent(id, &stamp());
    assert!(matches!(again, Err(RegisterError::IllegalTransition(_))));
    register.back_to_ready(id, &stamp()).unwrap();
    register.mark_sent(id, &stamp()).unwrap();
    assert_eq!(state(register, id), CreationState::Sent);
}

pub fn an_answer_is_kept_byte_for_byte_until_it_is_understood(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let id = register.prepare_sent(new_dossier(None), &stamp()).unwrap();
    let page = b"\xef\xbb\xbf<html>\xff\x00".as_slice();
    register.record_answer(id, page, &stamp()).unwrap();
    register.mark_unknown(id, b"less", &stamp()).unwrap();
    assert_eq!(register.answer(id).unwrap().unwrap(), page);
    assert_eq!(
        register.unconfirmed_answers().unwrap(),
        [(id, page.to_vec())]
    );
    register.confirm(id, confirmed(1), &stamp()).unwrap();
    assert_eq!(register.unconfirmed_answers().unwrap(), []);
}

pub fn an_unknown_outcome_is_attached_or_closed_and_never_sent_again(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let (attached, closed) = (unknown(register), unknown(register));
    for id in [attached, closed] {
        for refused in [
            register.mark_sent(id, &stamp()),
            register.back_to_ready(id, &stamp()),
        ] {
            assert!(matches!(refused, Err(RegisterError::IllegalTransition(_))));
        }
    }
    register.attach(attached, 12, None, &stamp()).unwrap();
    register.close_unknown(closed, &stamp()).unwrap();
    assert_eq!(state(register, attached), CreationState::Created);
    assert!(register.api_key(attached).unwrap().is_none());
    assert_eq!(state(register, closed), CreationState::Closed);
}

pub fn a_number_belongs_to_one_dossier(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let (first, second) = (unknown(register), unknown(register));
    register.attach(first, 12, None, &stamp()).unwrap();
    let refused = register.attach(second, 12, None, &stamp());
    assert!(matches!(refused, Err(RegisterError::AlreadyAttached)));
    assert_eq!(state(register, second), CreationState::OutcomeUnknown);
}

pub fn of_two_who_attach_one_number_at_once_one_is_refused(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    for number in 1..=50 {
        let together = &Barrier::new(2);
        let attached = thread::scope(|scope| {
            [unknown(register), unknown(register)]
                .map(|id| {
                    scope.spawn(move || {
                        together.wait();
                        register.attach(id, number, None, &stamp())
                    })
                })
                .map(|thread| thread.join().unwrap())
        });
        let refused = attached
            .iter()
            .filter(|attached| matches!(attached, Err(RegisterError::AlreadyAttached)));
        assert_eq!(refused.count(), 1, "{attached:?}");
    }
}
