//! Dossiers made elsewhere.

use dossiers::{ImportDone, Imported, Judgement, Origin, Progress, Query, Register, RegisterError};
use secrecy::{ExposeSecret, SecretString};

use super::Make;
use crate::desk::{api_key_of, create, stamp};
use crate::elsewhere::{batch, id_of, import, known, with_key};

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
