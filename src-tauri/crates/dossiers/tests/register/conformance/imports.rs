//! Dossiers made elsewhere.

use dossiers::{
    CreationState, ImportDone, Imported, Judgement, Origin, Progress, Query, Register,
    RegisterError,
};
use secrecy::{ExposeSecret, SecretString};

use super::Make;
use crate::desk::{api_key_of, create, create_unknown, get, new_dossier, now, stamp};
use crate::elsewhere::{batch, batch_of, id_of, import, known, sent_as, with_key};

fn size(register: &dyn Register) -> u64 {
    let nobody = Progress::unwatched();
    register.count(&Query::default(), &nobody).unwrap()
}

fn judged(register: &dyn Register, lines: &[Imported]) -> Vec<Judgement> {
    let nobody = Progress::unwatched();
    register.judge_import("sandbox", lines, &nobody).unwrap()
}

fn done(added: u64, completed: u64) -> ImportDone {
    ImportDone { added, completed }
}

pub fn an_import_does_what_was_judged_and_nothing_when_repeated(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let here = create(register, 1);
    assert_eq!(import(register, vec![known(2)]), done(1, 0));
    let lacking = id_of(register, 2);
    let lines = vec![with_key(1), with_key(2), with_key(3), known(3)];
    let judgements = [
        Judgement::Known(here),
        Judgement::Completed(lacking),
        Judgement::New,
        Judgement::Repeated(2),
    ];
    assert_eq!(judged(register, &lines), judgements);
    assert_eq!(size(register), 2);
    assert_eq!(import(register, lines.clone()), done(1, 1));
    assert_eq!(import(register, lines), done(0, 0));
    assert_eq!(size(register), 3);
    let imported = register.get(id_of(register, 3)).unwrap().unwrap();
    assert_eq!(imported.origin, Origin::Import);
    assert_eq!(register.get(here).unwrap().unwrap().origin, Origin::Desk);
    let key = register.api_key(lacking).unwrap().unwrap();
    assert_eq!(key.expose_secret(), api_key_of(2));
}

pub fn an_import_with_another_api_key_or_given_up_brings_nothing(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let here = create(register, 1);
    let other = Imported {
        api_key: Some(SecretString::from("another")),
        ..known(1)
    };
    let lines = vec![with_key(2), other];
    assert_eq!(judged(register, &lines)[1], Judgement::OtherApiKey(here));
    let nobody = Progress::unwatched();
    let refused = register.import(batch(), lines, &nobody, &stamp());
    assert!(matches!(
        refused,
        Err(RegisterError::OtherApiKey { dossier, place: 1 }) if dossier == here
    ));
    let progress = Progress::unwatched();
    progress.cancel();
    let refused = register.import(batch(), vec![with_key(3)], &progress, &stamp());
    assert!(matches!(refused, Err(RegisterError::Cancelled)));
    assert_eq!(size(register), 1);
    let key = register.api_key(here).unwrap().unwrap();
    assert_eq!(key.expose_secret(), api_key_of(1));
}

pub fn an_unknown_outcome_gets_the_number_imported_under_what_it_was_sent_as(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let unknown = create_unknown(register);
    let line = Imported {
        status: Some("KO".into()),
        finished_time: Some(now()),
        ..sent_as(register, unknown, 7)
    };
    let lines = vec![line];
    assert_eq!(judged(register, &lines), [Judgement::Completed(unknown)]);
    assert_eq!(import(register, lines.clone()), done(0, 1));
    assert_eq!(judged(register, &lines), [Judgement::Known(unknown)]);
    assert_eq!(size(register), 1);
    let dossier = get(register, unknown);
    let told = (dossier.state, dossier.enrollment_id, dossier.origin);
    assert_eq!(told, (CreationState::Created, Some(7), Origin::Desk));
    assert_eq!(dossier.last_name.as_deref(), Some("VALMONTEL"));
    assert_eq!(dossier.verdict.as_deref(), Some("KO"));
    assert!(dossier.deadline.is_some());
    assert_eq!(id_of(register, 7), unknown);
    let key = register.api_key(unknown).unwrap().unwrap();
    assert_eq!(key.expose_secret(), api_key_of(7));
    let entries = register.acts(unknown).unwrap();
    let last = entries.last().unwrap();
    assert_eq!((last.act.as_str(), last.detail.as_str()), ("attached", "7"));
}

pub fn an_unknown_outcome_gets_its_number_from_a_line_without_a_key_too(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let unknown = create_unknown(register);
    let line = Imported {
        api_key: None,
        ..sent_as(register, unknown, 7)
    };
    let lines = vec![line];
    assert_eq!(judged(register, &lines), [Judgement::Completed(unknown)]);
    assert_eq!(import(register, lines.clone()), done(0, 1));
    assert_eq!(judged(register, &lines), [Judgement::Known(unknown)]);
    assert_eq!(size(register), 1);
    let dossier = get(register, unknown);
    let told = (dossier.state, dossier.enrollment_id);
    assert_eq!(told, (CreationState::Created, Some(7)));
    assert!(register.api_key(unknown).unwrap().is_none());
    // Another file may bring the key.
    assert_eq!(import(register, vec![with_key(7)]), done(0, 1));
    let key = register.api_key(unknown).unwrap().unwrap();
    assert_eq!(key.expose_secret(), api_key_of(7));
}

pub fn an_unknown_outcome_takes_one_number_and_the_next_is_a_dossier_of_its_own(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let unknown = create_unknown(register);
    let lines = vec![sent_as(register, unknown, 7), sent_as(register, unknown, 8)];
    let judgements = [Judgement::Completed(unknown), Judgement::New];
    assert_eq!(judged(register, &lines), judgements);
    assert_eq!(import(register, lines), done(1, 1));
    assert_eq!(id_of(register, 7), unknown);
    assert_ne!(id_of(register, 8), unknown);
}

pub fn a_reference_of_a_person_or_of_another_environment_joins_no_unknown_outcome(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    let unknown = register
        .prepare_sent(new_dossier(Some("CLI-7")), &stamp())
        .unwrap();
    register.mark_unknown(unknown, b"", &stamp()).unwrap();
    let typed = Imported {
        reference: Some("CLI-7".into()),
        ..with_key(7)
    };
    let lines = vec![typed];
    assert_eq!(judged(register, &lines), [Judgement::New]);
    assert_eq!(import(register, lines), done(1, 0));
    let nobody = Progress::unwatched();
    let lines = vec![sent_as(register, unknown, 8)];
    let elsewhere = batch_of("production", "opening");
    let imported = register.import(elsewhere, lines, &nobody, &stamp());
    assert_eq!(imported.unwrap(), done(1, 0));
    let dossier = get(register, unknown);
    assert_eq!(dossier.state, CreationState::OutcomeUnknown);
    assert_eq!(dossier.enrollment_id, None);
}
