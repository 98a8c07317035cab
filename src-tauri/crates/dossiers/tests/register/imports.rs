//! Dossiers made elsewhere come into the register whole or not at all.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use dossiers::register::{Creations, Deadlines, Imports, Journal};
use dossiers::{
    Act, CreationState, EmbeddedRegister, EvidenceState, Imported, Judgement, Lane, Origin,
    Progress, RegisterError,
};
use secrecy::SecretString;

use crate::desk::{
    Desk, JOURNAL, all, api_key, api_key_of, create, create_unknown, get, now, stamp,
};
use crate::elsewhere::{batch, batch_of, ended, id_of, import, known, sent_as, with_key};

fn judge(register: &EmbeddedRegister, lines: &[Imported]) -> Vec<Judgement> {
    register
        .judge_import("sandbox", lines, &Progress::unwatched())
        .unwrap()
}

fn other_key(number: i64) -> Imported {
    Imported {
        api_key: Some(SecretString::from("another")),
        ..known(number)
    }
}

#[test]
fn an_imported_dossier_exists_with_its_key_and_can_be_followed() {
    let desk = Desk::new();
    let register = desk.open();
    let line = Imported {
        reference: Some("CLI-7".into()),
        last_name: Some("VALMONTEL".into()),
        ..with_key(900_007)
    };
    let done = import(&register, vec![line, known(900_008)]);
    assert_eq!((done.added, done.completed), (2, 0));
    let dossier = get(&register, id_of(&register, 900_007));
    assert_eq!(dossier.origin, Origin::Import);
    assert_eq!(dossier.shown_status(), "CREATED");
    assert_eq!(dossier.reference.as_deref(), Some("CLI-7"));
    assert_eq!(dossier.operator, "agence-lille");
    assert_eq!(api_key(&register, dossier.id), Some(api_key_of(900_007)));
    assert!(!get(&register, id_of(&register, 900_008)).has_api_key);
}

#[test]
fn a_dry_run_says_what_the_import_does_and_changes_nothing() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let unknown = create_unknown(&register);
    register.attach(unknown, 2, None, &stamp()).unwrap();
    let lines = [
        known(1),
        with_key(2),
        with_key(3),
        known(3),
        other_key(1),
        with_key(1),
    ];
    let judged = [
        Judgement::Known(id),
        Judgement::Completed(unknown),
        Judgement::New,
        Judgement::Repeated(2),
        Judgement::Repeated(0),
        Judgement::Repeated(0),
    ];
    assert_eq!(judge(&register, &lines), judged);
    assert_eq!(judge(&register, &lines[4..5]), [Judgement::OtherApiKey(id)]);
    assert_eq!(judge(&register, &lines[5..]), [Judgement::Known(id)]);
    assert_eq!(all(&register).len(), 2);
    let done = import(&register, lines.to_vec());
    assert_eq!((done.added, done.completed), (1, 1));
    assert_eq!(api_key(&register, unknown), Some(api_key_of(2)));
}

#[test]
fn the_same_list_twice_adds_nothing_the_second_time() {
    let desk = Desk::new();
    let register = desk.open();
    let lines: Vec<_> = (0..50).map(with_key).collect();
    assert_eq!(import(&register, lines.clone()).added, 50);
    let before = versions(&register);
    assert_eq!(import(&register, lines).added, 0);
    assert_eq!((all(&register).len(), versions(&register)), (50, before));
}

fn versions(register: &EmbeddedRegister) -> Vec<i64> {
    all(register).iter().map(|line| line.version).collect()
}

#[test]
fn the_same_number_in_another_environment_is_another_dossier() {
    let desk = Desk::new();
    let register = desk.open();
    import(&register, vec![with_key(1)]);
    let done = register
        .import(
            batch_of("production", "opening"),
            vec![other_key(1)],
            &Progress::unwatched(),
            &stamp(),
        )
        .unwrap();
    assert_eq!(done.added, 1);
}

#[test]
fn another_api_key_for_a_known_dossier_stops_the_whole_import() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let lines = vec![with_key(2), other_key(1), with_key(3)];
    let refused = register.import(batch(), lines, &Progress::unwatched(), &stamp());
    assert!(matches!(
        refused,
        Err(RegisterError::OtherApiKey { dossier, place: 1 }) if dossier == id
    ));
    assert_eq!(all(&register).len(), 1);
    assert_eq!(api_key(&register, id), Some(api_key_of(1)));
    drop(register);
    assert_eq!(all(&desk.open()).len(), 1);
}

#[test]
fn a_cancelled_import_leaves_nothing() {
    let desk = Desk::new();
    let register = desk.open();
    let lines: Vec<_> = (0..5_000).map(with_key).collect();
    let asked = Arc::new(Mutex::new(None::<Progress>));
    let held = asked.clone();
    let progress = Progress::told_to(move |done, _| {
        if done >= 1_000 {
            held.lock().unwrap().as_ref().unwrap().cancel();
        }
    });
    *asked.lock().unwrap() = Some(progress.clone());
    let refused = register.import(batch(), lines, &progress, &stamp());
    assert!(matches!(refused, Err(RegisterError::Cancelled)));
    assert!(all(&register).is_empty());
    drop(register);
    desk.remove_database();
    assert!(all(&desk.open()).is_empty());
}

#[test]
fn a_lost_database_gets_imported_dossiers_and_keys_back() {
    let desk = Desk::new();
    let register = desk.open();
    let unknown = create_unknown(&register);
    register.attach(unknown, 1, None, &stamp()).unwrap();
    let reference = Some("CLI-7".to_owned());
    let lines = vec![
        with_key(1),
        Imported {
            reference: reference.clone(),
            ..with_key(2)
        },
        ended(3, "KO", now()),
    ];
    import(&register, lines);
    let ids = [1, 2, 3].map(|number| id_of(&register, number));
    drop(register);
    desk.remove_database();
    // The second loss finds what the first rebuild wrote.
    for _ in 0..2 {
        let register = desk.open();
        assert_eq!(ids, [1, 2, 3].map(|number| id_of(&register, number)));
        assert_eq!(api_key(&register, ids[0]), Some(api_key_of(1)));
        assert_eq!(api_key(&register, ids[1]), Some(api_key_of(2)));
        assert_eq!(get(&register, ids[1]).origin, Origin::Import);
        assert_eq!(get(&register, ids[1]).reference, reference);
        let lane = get(&register, ids[2]).deadline.map(|(lane, _)| lane);
        assert_eq!(lane, Some(Lane::Documents));
        drop(register);
        desk.remove_database();
    }
}

#[test]
fn a_lost_database_gets_an_unknown_outcome_back_with_the_number_an_import_gave_it() {
    let desk = Desk::new();
    let register = desk.open();
    let unknown = create_unknown(&register);
    import(&register, vec![sent_as(&register, unknown, 7)]);
    drop(register);
    // The second loss finds what the first rebuild wrote, the third a journal that was told anew.
    for round in 0..3 {
        if round == 2 {
            std::fs::remove_file(desk.path(JOURNAL)).unwrap();
            drop(desk.open());
        }
        desk.remove_database();
        let register = desk.open();
        let dossier = get(&register, unknown);
        assert_eq!(dossier.state, CreationState::Created);
        assert_eq!(dossier.enrollment_id, Some(7));
        assert_eq!(dossier.origin, Origin::Desk);
        assert_eq!(api_key(&register, unknown), Some(api_key_of(7)));
        assert_eq!(all(&register).len(), 1);
    }
}

#[test]
fn a_lost_journal_is_told_imported_dossiers_anew() {
    let desk = Desk::new();
    let register = desk.open();
    let unknown = create_unknown(&register);
    register.attach(unknown, 4, None, &stamp()).unwrap();
    let named = Imported {
        reference: Some("CLI-7".into()),
        ..with_key(1)
    };
    let lines = vec![named, known(2), ended(3, "KO", now()), with_key(4)];
    import(&register, lines);
    // The key that number 2 lacks comes later.
    import(&register, vec![with_key(2)]);
    let told = |register: &EmbeddedRegister| {
        [1, 2, 3, 4].map(|number| {
            let line = get(register, id_of(register, number));
            let identity = (line.id, line.origin, line.enrollment_id, line.reference);
            let windows = (line.prepared_at, line.documents_until, line.deadline);
            (identity, api_key(register, line.id), line.status, windows)
        })
    };
    let before = told(&register);
    let origins = before.each_ref().map(|((_, origin, ..), ..)| *origin);
    let (here, elsewhere) = (Origin::Desk, Origin::Import);
    assert_eq!(origins, [elsewhere, elsewhere, elsewhere, here]);
    let keys = before.each_ref().map(|(_, key, ..)| key.clone());
    let [one, two, four] = [1, 2, 4].map(|number| Some(api_key_of(number)));
    assert_eq!(keys, [one, two, None, four]);
    drop(register);
    // The second time the new journal tells what was told to it.
    for days in [30, 60] {
        std::fs::remove_file(desk.path(JOURNAL)).unwrap();
        let later = now() + TimeDelta::days(days);
        let opened = EmbeddedRegister::open(&desk.folder(), &desk.key, later).unwrap();
        assert!(opened.opening().journal_missing);
        drop(opened);
        desk.remove_database();
        assert_eq!(told(&desk.open()), before);
    }
}

#[test]
fn an_import_that_a_crash_cut_off_is_there_whole_or_not_at_all() {
    let desk = Desk::new();
    let register = desk.open();
    let before = desk.crash();
    import(&register, (0..40).map(with_key).collect());
    let after = desk.crash();
    // The crash between journal and database.
    assert_eq!(all(&before.with_journal_of(&after).open()).len(), 40);
    // The crash while the journal was written.
    let journal = after.bytes(JOURNAL);
    for cut in [1, 500, 3_000] {
        let torn = desk.crash();
        torn.remove_database();
        let shorter = &journal[..journal.len() - cut];
        std::fs::write(torn.path(JOURNAL), shorter).unwrap();
        assert!(all(&torn.open()).is_empty(), "{cut}");
    }
}

#[test]
fn an_import_is_an_act_that_counts_and_names_nobody() {
    let desk = Desk::new();
    let register = desk.open();
    let unknown = create_unknown(&register);
    register.attach(unknown, 1, None, &stamp()).unwrap();
    let named = Imported {
        last_name: Some("VALMONTEL".into()),
        ..with_key(2)
    };
    import(&register, vec![with_key(1), named]);
    let completed = register.acts(unknown).unwrap();
    let last = completed.last().unwrap();
    assert_eq!(last.act, Act::Imported.as_str());
    assert!(!format!("{completed:?}").contains("VALMONTEL"));
    assert!(!format!("{completed:?}").contains(&api_key_of(1)));
}

#[test]
fn an_imported_dossier_that_ended_long_ago_has_nothing_left_to_wait_for() {
    let desk = Desk::new();
    let register = desk.open();
    let long_ago = now() - TimeDelta::days(400);
    import(&register, vec![ended(1, "CANCELED", long_ago)]);
    register.roll(now()).unwrap();
    let dossier = get(&register, id_of(&register, 1));
    assert_eq!(dossier.deadline, None);
    assert_eq!(dossier.evidence, EvidenceState::Lost);
    assert_eq!(dossier.finished_time, Some(long_ago));
}
