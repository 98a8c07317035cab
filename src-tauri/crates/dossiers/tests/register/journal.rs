//! What the sealed creation journal saves, and what damage to it does.

use std::fs;

use dossiers::register::{Creations, Following};
use dossiers::{CreationState, EmbeddedRegister, OpenError};

use crate::desk::{
    DATABASE, Desk, JOURNAL, all, answer_of, api_key, api_key_of, confirmed, create,
    create_prepared, create_unknown, get, new_dossier, now, stamp,
};
use crate::elsewhere::import_ended;

#[test]
fn a_deleted_database_is_rebuilt_with_every_api_key() {
    let desk = Desk::new();
    let register = desk.open();
    let created: Vec<_> = (1..=40)
        .map(|number| (create(&register, number), number))
        .collect();
    let with_reference = register
        .prepare(new_dossier(Some("CLI-7")), &stamp())
        .unwrap();
    create_prepared(&register, with_reference, 41);
    let unknown = create_unknown(&register);
    let unread = register.prepare(new_dossier(None), &stamp()).unwrap();
    register.mark_sent(unread, &stamp()).unwrap();
    register
        .record_answer(unread, &answer_of(77), &stamp())
        .unwrap();
    drop(register);

    desk.remove_database();
    let register = desk.open();
    assert!(register.opening().created && register.opening().restored > 0);
    for (id, number) in created {
        let dossier = get(&register, id);
        assert_eq!(
            (dossier.state, dossier.enrollment_id),
            (CreationState::Created, Some(number))
        );
        assert_eq!(api_key(&register, id), Some(api_key_of(number)));
    }
    let dossier = get(&register, with_reference);
    assert_eq!(dossier.reference.as_deref(), Some("CLI-7"));
    assert_eq!(dossier.client_reference, format!("CLI-7/{with_reference}"));
    assert_eq!(get(&register, unknown).state, CreationState::OutcomeUnknown);
    assert_eq!(
        register.unconfirmed_answers().unwrap(),
        [(unread, answer_of(77))]
    );
}

#[test]
fn a_damaged_database_is_set_aside_whole_and_rebuilt_from_the_journal() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    drop(register);
    let mut bytes = desk.bytes(DATABASE);
    bytes[5000] ^= 1;
    fs::write(desk.path(DATABASE), &bytes).unwrap();

    assert!(matches!(desk.try_open(), Err(OpenError::Damaged { .. })));
    assert_eq!(desk.bytes(DATABASE), bytes);
    let register = EmbeddedRegister::rebuild(&desk.folder(), &desk.key, now()).unwrap();
    assert_eq!(api_key(&register, id), Some(api_key_of(1)));
    let aside = fs::read_dir(desk.path("set-aside"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    assert_eq!(fs::read(aside.join(DATABASE)).unwrap(), bytes);
}

#[test]
fn rebuilding_leaves_a_sound_database_alone() {
    let desk = Desk::new();
    let register = desk.open();
    let ready = register.prepare(new_dossier(None), &stamp()).unwrap();
    drop(register);
    let register = EmbeddedRegister::rebuild(&desk.folder(), &desk.key, now()).unwrap();
    assert_eq!(get(&register, ready).state, CreationState::Ready);
}

#[test]
fn a_record_torn_by_a_power_cut_is_told_and_harms_no_other() {
    let desk = Desk::new();
    let register = desk.open();
    let first = create(&register, 1);
    let second = register.prepare(new_dossier(None), &stamp()).unwrap();
    register.mark_sent(second, &stamp()).unwrap();
    let before = desk.crash();
    let whole = desk.bytes(JOURNAL).len();
    register
        .record_answer(second, &answer_of(2), &stamp())
        .unwrap();
    let after = desk.bytes(JOURNAL);
    for cut in (whole + 1)..after.len() {
        if cut % 13 != 0 && cut + 1 != after.len() {
            continue;
        }
        let crash = before.crash();
        fs::write(crash.path(JOURNAL), &after[..cut]).unwrap();
        let register = crash.open();
        assert!(register.opening().journal_torn && !register.opening().journal_damaged);
        assert_eq!(api_key(&register, first), Some(api_key_of(1)));
        assert_eq!(get(&register, second).state, CreationState::OutcomeUnknown);
        // What is appended behind the cut is found again.
        let third = create(&register, 3);
        drop(register);
        crash.remove_database();
        assert_eq!(api_key(&crash.open(), third), Some(api_key_of(3)));
    }
}

#[test]
fn any_flipped_byte_of_the_journal_is_told_and_loses_no_api_key() {
    let desk = Desk::new();
    let register = desk.open();
    let ids: Vec<_> = (1..=6)
        .map(|number| (create(&register, number), number))
        .collect();
    drop(register);
    let sound = desk.bytes(JOURNAL);
    for place in (0..sound.len())
        .step_by(97)
        .chain([0, 8, 12, 20, 24, 36, sound.len() - 1])
    {
        let crash = desk.crash();
        let mut bytes = sound.clone();
        bytes[place] ^= 0x20;
        fs::write(crash.path(JOURNAL), &bytes).unwrap();
        let register = crash.open();
        assert!(register.opening().journal_damaged, "byte {place}");
        drop(register);
        // The new journal is as good as the old one was.
        crash.remove_database();
        let register = crash.open();
        assert!(!register.opening().journal_damaged);
        for (id, number) in &ids {
            assert_eq!(api_key(&register, *id), Some(api_key_of(*number)));
        }
    }
}

#[test]
fn a_damaged_journal_without_a_database_still_gives_back_what_it_can() {
    let desk = Desk::new();
    let register = desk.open();
    let ids: Vec<_> = (1..=6)
        .map(|number| (create(&register, number), number))
        .collect();
    drop(register);
    desk.remove_database();
    let mut bytes = desk.bytes(JOURNAL);
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(desk.path(JOURNAL), &bytes).unwrap();
    let register = desk.open();
    assert!(register.opening().journal_damaged);
    // One record is lost; each dossier's key is in two.
    let told = ids.iter().filter(|(id, number)| {
        let kept = register.answer(*id).ok().flatten();
        kept == Some(answer_of(*number)) || api_key(&register, *id) == Some(api_key_of(*number))
    });
    assert_eq!(told.count(), ids.len());
}

#[test]
fn a_journal_cut_or_replaced_by_an_older_one_is_noticed() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let older = desk.bytes(JOURNAL);
    create(&register, 2);
    drop(register);
    fs::write(desk.path(JOURNAL), older).unwrap();
    assert!(desk.open().opening().journal_damaged);
}

#[test]
fn a_missing_journal_is_told_again_from_the_database() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let attached = create_unknown(&register);
    register.attach(attached, 9, None, &stamp()).unwrap();
    let unread = register.prepare(new_dossier(None), &stamp()).unwrap();
    register.mark_sent(unread, &stamp()).unwrap();
    register
        .record_answer(unread, &answer_of(2), &stamp())
        .unwrap();
    let refused = register.prepare(new_dossier(None), &stamp()).unwrap();
    register.mark_sent(refused, &stamp()).unwrap();
    register.mark_refused(refused, "403", &stamp()).unwrap();
    let closed = create_unknown(&register);
    register.close_unknown(closed, &stamp()).unwrap();
    drop(register);
    fs::remove_file(desk.path(JOURNAL)).unwrap();
    let register = desk.open();
    assert!(register.opening().journal_missing);
    let before: Vec<_> = all(&register).iter().map(|d| (d.id, d.state)).collect();
    drop(register);
    desk.remove_database();
    let register = desk.open();
    let after: Vec<_> = all(&register).iter().map(|d| (d.id, d.state)).collect();
    assert_eq!(after, before);
    assert_eq!(api_key(&register, id), Some(api_key_of(1)));
    assert_eq!(get(&register, attached).enrollment_id, Some(9));
    assert_eq!(
        register.unconfirmed_answers().unwrap(),
        [(unread, answer_of(2))]
    );
}

#[test]
fn a_verdict_outlives_a_lost_journal_and_a_lost_database_though_id360_deleted_the_dossier() {
    let desk = Desk::new();
    let register = desk.open();
    let here = create(&register, 1);
    let elsewhere = import_ended(&register, 2, "KO", now());
    register.record_status(here, "OK", true, &stamp()).unwrap();
    for id in [here, elsewhere] {
        register
            .record_status(id, "DELETED", true, &stamp())
            .unwrap();
    }
    drop(register);
    fs::remove_file(desk.path(JOURNAL)).unwrap();
    drop(desk.open());
    desk.remove_database();
    let register = desk.open();
    for (id, verdict) in [(here, "OK"), (elsewhere, "KO")] {
        let dossier = get(&register, id);
        assert_eq!(dossier.verdict.as_deref(), Some(verdict));
        assert!(dossier.may_be_archived());
    }
}

#[test]
fn a_database_brought_back_from_an_older_copy_catches_up_with_the_journal() {
    let desk = Desk::new();
    let register = desk.open();
    let first = create(&register, 1);
    let sent_later = register.prepare(new_dossier(None), &stamp()).unwrap();
    let older = desk.crash();
    register.mark_sent(sent_later, &stamp()).unwrap();
    let second = create(&register, 2);
    let restored = older.with_journal_of(&desk);
    let register = restored.open();
    assert_eq!(api_key(&register, first), Some(api_key_of(1)));
    assert_eq!(api_key(&register, second), Some(api_key_of(2)));
    assert_eq!(
        get(&register, sent_later).state,
        CreationState::OutcomeUnknown
    );
}

#[test]
fn what_happened_after_the_creation_survives_a_replay() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    register.record_status(id, "OK", true, &stamp()).unwrap();
    drop(register);
    let register = desk.open();
    assert_eq!(register.opening(), dossiers::Opening::default());
    assert_eq!(get(&register, id).status.as_deref(), Some("OK"));
    assert!(register.confirm(id, confirmed(1), &stamp()).is_err());
}
