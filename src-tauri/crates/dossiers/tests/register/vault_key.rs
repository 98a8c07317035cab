//! What was captured stays readable whatever becomes of the register around it.

use dossiers::register::{Evidence, Upkeep};
use dossiers::{EmbeddedRegister, Progress, RegisterKey};

use crate::captured::piece;
use crate::desk::{Desk, all, create, now, stamp};

#[test]
fn a_restored_backup_and_a_new_key_of_the_register_leave_the_vaults_key() {
    let mut desk = Desk::new();
    let register = desk.open();
    let key = register.vault_key().unwrap();
    let backup = register.back_up(&Progress::unwatched(), &stamp()).unwrap();
    drop(register);
    let (folder, progress) = (desk.folder(), Progress::unwatched());
    let restored = EmbeddedRegister::restore(&folder, &desk.key, &backup.name, now()).unwrap();
    assert!(restored.vault_key().unwrap() == key);
    drop(restored);
    let new = RegisterKey::generate();
    let rekeyed = EmbeddedRegister::rekey(&folder, &desk.key, &new, None, &progress, now());
    assert!(rekeyed.unwrap().vault_key().unwrap() == key);
    desk.key = new;
    desk.remove_database();
    assert!(desk.open().vault_key().unwrap() == key);
}

#[test]
fn a_lost_database_leaves_the_vaults_key_and_its_pieces_are_taken_in_again() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let key = register.vault_key().unwrap();
    drop(register);
    desk.remove_database();
    let register = desk.open();
    assert!(register.opening().created && !register.opening().journal_damaged);
    assert_eq!(all(&register)[0].id, id);
    assert!(register.vault_key().unwrap() == key);
    let piece = piece(dossiers::PieceKind::Report);
    register.record_piece(id, piece.clone(), &stamp()).unwrap();
    assert_eq!(register.pieces(id).unwrap()[0].recorded, piece);
}

#[test]
fn a_lost_journal_is_told_the_vaults_key_again() {
    let desk = Desk::new();
    let register = desk.open();
    let key = register.vault_key().unwrap();
    drop(register);
    std::fs::remove_file(desk.path(crate::desk::JOURNAL)).unwrap();
    assert!(desk.open().opening().journal_missing);
    desk.remove_database();
    assert!(desk.open().vault_key().unwrap() == key);
}
