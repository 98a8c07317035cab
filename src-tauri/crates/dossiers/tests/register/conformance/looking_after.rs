//! Copies and checks.

use dossiers::{Progress, RegisterError};

use super::Make;
use crate::desk::{new_dossier, now, stamp};

pub fn a_copy_counts_what_the_register_holds(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    for _ in 0..3 {
        register.prepare(new_dossier(None), &stamp()).unwrap();
    }
    let made = register.back_up(&Progress::unwatched(), &stamp()).unwrap();
    assert!(made.sound && !made.before_migration);
    assert_eq!(made.dossiers, 3);
    assert_eq!(register.backups(now()).unwrap(), [made]);
}

pub fn what_is_kept_can_be_trusted_and_a_check_can_be_given_up(make: &Make) {
    let fresh = make();
    let register = &*fresh.register;
    register.prepare(new_dossier(None), &stamp()).unwrap();
    register.verify(&Progress::unwatched()).unwrap();
    assert!(register.size().unwrap() > 0);
    let progress = Progress::unwatched();
    progress.cancel();
    assert!(matches!(
        register.verify(&progress),
        Err(RegisterError::Cancelled)
    ));
}
