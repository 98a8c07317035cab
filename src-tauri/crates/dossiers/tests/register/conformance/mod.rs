//! What every register does, whatever keeps it. Nothing here knows of files: a register shared through
//! a server runs through the same functions.

mod creations;
mod looking_after;

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
    looking_after::a_copy_counts_what_the_register_holds,
    looking_after::what_is_kept_can_be_trusted_and_a_check_can_be_given_up,
}
