//! Copies of the register, and going back to one.

use std::fs;

use chrono::TimeDelta;
use dossiers::register::{Creations, Journal, Upkeep};
use dossiers::{Chain, EmbeddedRegister, OpenError, Progress, RegisterError, RegisterKey, Stamp};

use crate::desk::{
    DATABASE, Desk, JOURNAL, all, answer_of, api_key, api_key_of, at, create, get, new_dossier,
    now, stamp,
};

const READY: &str = "register.sqlite.restored";

fn back_up(register: &EmbeddedRegister, day: i64) -> dossiers::Backup {
    let stamp = Stamp::desk(now() + TimeDelta::days(day));
    register.back_up(&Progress::unwatched(), &stamp).unwrap()
}

fn files_in_backups(desk: &Desk) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(desk.path("backups"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_last_copy_of_each_of_seven_days_is_kept_and_each_opens_and_counts() {
    let desk = Desk::new();
    let register = desk.open();
    for day in 0..9 {
        create(&register, day);
        back_up(&register, day);
    }
    create(&register, 100);
    let last = back_up(&register, 8);
    let kept = register.backups(now() + TimeDelta::days(8)).unwrap();
    assert_eq!(kept.len(), 7);
    assert_eq!(kept[0], last);
    let counts: Vec<_> = kept.iter().map(|backup| backup.dossiers).collect();
    assert_eq!(counts, [10, 8, 7, 6, 5, 4, 3]);
    assert!(kept.iter().all(|backup| backup.sound && backup.size > 0));
    assert_eq!(files_in_backups(&desk).len(), 7, "nothing else is left");
}

#[test]
fn copies_of_a_clock_that_was_ahead_crowd_out_no_new_one_and_go_first() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let ahead: Vec<_> = (400..407).map(|day| back_up(&register, day)).collect();
    create(&register, 2);
    let first = back_up(&register, 0);
    let kept = register.backups(now()).unwrap();
    assert_eq!((kept.len(), &kept[0]), (7, &first));
    assert_eq!(kept[1], ahead[6], "the newest of the others");
    assert!(!kept.contains(&ahead[0]));
    let made: Vec<_> = (1..7).map(|day| back_up(&register, day)).collect();
    let kept = register.backups(now() + TimeDelta::days(6)).unwrap();
    let all: Vec<_> = made.into_iter().rev().chain([first]).collect();
    assert_eq!(kept, all);
}

#[test]
fn copies_before_migrations_of_a_clock_that_was_ahead_crowd_out_no_new_one() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let today = back_up(&register, 0);
    let folder = desk.path("backups");
    for day in 1..=3 {
        let name = format!("203{day}0101T000000000000Z-version-1.sqlite");
        fs::copy(folder.join(&today.name), folder.join(name)).unwrap();
    }
    let before = "20260301T000000000000Z-version-1.sqlite";
    fs::copy(folder.join(&today.name), folder.join(before)).unwrap();
    back_up(&register, 0);
    let kept = register.backups(now()).unwrap();
    let kept: Vec<_> = kept.iter().map(|backup| backup.name.as_str()).collect();
    let ahead = [3, 2].map(|day| format!("203{day}0101T000000000000Z-version-1.sqlite"));
    assert_eq!(kept, [today.name.as_str(), before, &ahead[0], &ahead[1]]);
}

#[test]
fn a_copy_of_today_is_offered_before_one_of_a_clock_that_was_ahead() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let ahead = back_up(&register, 400);
    create(&register, 2);
    let today = back_up(&register, 0);
    drop(register);
    let damage = |path: std::path::PathBuf| {
        let mut bytes = fs::read(&path).unwrap();
        bytes[12_345] ^= 4;
        fs::write(path, bytes).unwrap();
    };
    let offered = || match desk.try_open() {
        Err(OpenError::Damaged { backup }) => backup.map(|backup| backup.name),
        _ => panic!("the damage was not told"),
    };
    damage(desk.path(DATABASE));
    assert_eq!(offered(), Some(today.name.clone()));
    let listed = EmbeddedRegister::backups_in(&desk.folder(), &desk.key, now()).unwrap();
    assert_eq!(listed[0].name, today.name);
    damage(desk.path("backups").join(&today.name));
    assert_eq!(offered(), Some(ahead.name), "better than none");
}

#[test]
fn a_copy_is_made_while_others_write_and_holds_one_state() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let made = std::thread::scope(|scope| {
        let writing = scope.spawn(|| {
            for number in 2..30 {
                create(&register, number);
            }
        });
        let made = back_up(&register, 0);
        writing.join().unwrap();
        made
    });
    assert!(made.sound && (1..30).contains(&made.dossiers), "{made:?}");
    assert_eq!(all(&register).len(), 29);
}

#[test]
fn a_cancelled_copy_leaves_nothing_behind() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let progress = Progress::unwatched();
    progress.cancel();
    let cancelled = register.back_up(&progress, &stamp());
    assert!(matches!(cancelled, Err(RegisterError::Cancelled)));
    assert_eq!(register.backups(now()).unwrap(), []);
    assert!(!desk.path("backups").exists() || files_in_backups(&desk).is_empty());
}

#[test]
fn a_restored_backup_catches_up_with_every_api_key_of_the_journal() {
    let desk = Desk::new();
    let register = desk.open();
    let before = create(&register, 1);
    let backup = back_up(&register, 0);
    let after: Vec<_> = (2..20)
        .map(|number| (create(&register, number), number))
        .collect();
    let unread = register.prepare_sent(new_dossier(None), &stamp()).unwrap();
    register
        .record_answer(unread, &answer_of(77), &stamp())
        .unwrap();
    drop(register);
    let mut bytes = desk.bytes(DATABASE);
    bytes[9000] ^= 1;
    fs::write(desk.path(DATABASE), &bytes).unwrap();

    let Err(OpenError::Damaged {
        backup: Some(offered),
    }) = desk.try_open()
    else {
        panic!("the damage was not told with a backup");
    };
    assert_eq!(offered.name, backup.name);
    let register =
        EmbeddedRegister::restore(&desk.folder(), &desk.key, &offered.name, at(60)).unwrap();
    assert_eq!(
        get(&register, before).last_name.as_deref(),
        Some("VALMONTEL")
    );
    for (id, number) in after {
        assert_eq!(api_key(&register, id), Some(api_key_of(number)));
    }
    assert_eq!(
        register.unconfirmed_answers().unwrap(),
        [(unread, answer_of(77))]
    );
    let verdict = register.verify_chain(&Progress::unwatched()).unwrap();
    assert_eq!(verdict.chain, Chain::Intact);
    let aside = fs::read_dir(desk.path("set-aside"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert!(fs::read(aside.path().join(DATABASE)).unwrap() == bytes);
}

#[test]
fn the_last_backup_that_is_whole_is_offered_and_a_damaged_one_is_not_restored() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let good = back_up(&register, -1);
    create(&register, 2);
    let damaged = back_up(&register, 0);
    drop(register);
    let path = desk.path("backups").join(&damaged.name);
    for path in [path, desk.path(DATABASE)] {
        let mut bytes = fs::read(&path).unwrap();
        bytes[12_345] ^= 4;
        fs::write(&path, bytes).unwrap();
    }
    let Err(OpenError::Damaged {
        backup: Some(offered),
    }) = desk.try_open()
    else {
        panic!("the damage was not told with a backup");
    };
    assert_eq!(offered.name, good.name);
    let before = desk.bytes(DATABASE);
    for (key, name) in [
        (&desk.key, damaged.name.as_str()),
        (&desk.key, "../register.sqlite"),
        (&RegisterKey::generate(), good.name.as_str()),
    ] {
        assert!(EmbeddedRegister::restore(&desk.folder(), key, name, now()).is_err());
        assert!(desk.bytes(DATABASE) == before, "the database was touched");
    }
    assert!(EmbeddedRegister::restore(&desk.folder(), &desk.key, &good.name, now()).is_ok());
}

#[test]
fn a_restoration_that_was_stopped_is_ended_by_the_next_opening() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let backup = back_up(&register, 0);
    let later = create(&register, 2);
    drop(register);
    // As a stop between the decision and the last rename leaves it.
    let from = desk.path("backups").join(backup.name);
    fs::copy(from, desk.path(READY)).unwrap();
    desk.remove_database();
    let register = desk.open();
    assert_eq!(get(&register, id).last_name.as_deref(), Some("VALMONTEL"));
    assert_eq!(api_key(&register, later), Some(api_key_of(2)));
    assert!(!desk.path(READY).exists());
}

/// A copy that was chosen, damaged at its first page or emptied before it took the place.
fn damaged_copies(desk: &Desk, backup: &dossiers::Backup) -> [Vec<u8>; 2] {
    let mut bytes = fs::read(desk.path("backups").join(&backup.name)).unwrap();
    bytes[100] ^= 1;
    [bytes, Vec::new()]
}

#[test]
fn a_chosen_copy_that_is_damaged_since_is_told_and_another_takes_its_place() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let good = back_up(&register, 0);
    drop(register);
    for chosen in damaged_copies(&desk, &good) {
        desk.remove_database();
        fs::write(desk.path(READY), &chosen).unwrap();
        let Err(OpenError::Damaged {
            backup: Some(offered),
        }) = desk.try_open()
        else {
            panic!("the damage was not told with a backup");
        };
        assert_eq!(offered.name, good.name);
        assert!(!desk.path(DATABASE).exists() && desk.bytes(READY) == chosen);
        let register =
            EmbeddedRegister::restore(&desk.folder(), &desk.key, &offered.name, at(60)).unwrap();
        assert_eq!(get(&register, id).last_name.as_deref(), Some("VALMONTEL"));
        assert!(!desk.path(READY).exists());
    }
}

#[test]
fn a_chosen_copy_that_is_damaged_since_holds_up_nobody_who_goes_on_without_one() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let good = back_up(&register, 0);
    drop(register);
    for chosen in damaged_copies(&desk, &good) {
        desk.remove_database();
        fs::write(desk.path(READY), &chosen).unwrap();
        let register = EmbeddedRegister::rebuild(&desk.folder(), &desk.key, now()).unwrap();
        assert_eq!(api_key(&register, id), Some(api_key_of(1)));
        assert!(!desk.path(READY).exists());
        drop(register);
    }
    let kept = fs::read_dir(desk.path("set-aside")).unwrap();
    assert!(
        kept.map(|folder| folder.unwrap().path().join(READY))
            .all(|copy| copy.is_file())
    );
}

#[test]
fn another_key_is_no_damage_of_a_copy_that_waits() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let backup = back_up(&register, 0);
    drop(register);
    let from = desk.path("backups").join(backup.name);
    fs::copy(from, desk.path(READY)).unwrap();
    let other = RegisterKey::generate();
    for refused in [
        EmbeddedRegister::open(&desk.folder(), &other, now()),
        EmbeddedRegister::rebuild(&desk.folder(), &other, now()),
    ] {
        assert!(matches!(refused, Err(OpenError::KeyRefused)), "{refused:?}");
    }
    assert!(desk.path(READY).exists());
}

#[test]
fn a_lost_database_of_which_there_is_a_copy_is_told_and_not_made_anew() {
    let desk = Desk::new();
    let register = desk.open();
    let before = create(&register, 1);
    let good = back_up(&register, 0);
    let later = create(&register, 2);
    drop(register);
    desk.remove_database();
    let Err(OpenError::Damaged {
        backup: Some(offered),
    }) = desk.try_open()
    else {
        panic!("the loss was not told with a backup");
    };
    assert_eq!(offered.name, good.name);
    assert!(!desk.path(DATABASE).exists());
    let register =
        EmbeddedRegister::restore(&desk.folder(), &desk.key, &offered.name, at(60)).unwrap();
    let name = get(&register, before).last_name;
    assert_eq!(name.as_deref(), Some("VALMONTEL"));
    assert_eq!(api_key(&register, later), Some(api_key_of(2)));
}

#[test]
fn who_wants_no_copy_of_a_lost_database_goes_on_from_the_journal() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    back_up(&register, 0);
    drop(register);
    desk.remove_database();
    let register = EmbeddedRegister::rebuild(&desk.folder(), &desk.key, now()).unwrap();
    assert!(register.opening().created);
    assert_eq!(api_key(&register, id), Some(api_key_of(1)));
    drop(register);
    assert_eq!(api_key(&desk.open(), id), Some(api_key_of(1)));
}

#[test]
fn a_copy_alone_is_no_new_register() {
    let desk = Desk::new();
    let register = desk.open();
    let id = create(&register, 1);
    let good = back_up(&register, 0);
    drop(register);
    desk.remove_database();
    fs::remove_file(desk.path(JOURNAL)).unwrap();
    for refused in [
        desk.try_open(),
        EmbeddedRegister::rebuild(&desk.folder(), &desk.key, now()),
    ] {
        let Err(OpenError::Damaged { backup }) = refused else {
            panic!("a new register was begun beside the copy");
        };
        assert_eq!(backup.map(|backup| backup.name), Some(good.name.clone()));
    }
    let register =
        EmbeddedRegister::restore(&desk.folder(), &desk.key, &good.name, at(60)).unwrap();
    assert_eq!(api_key(&register, id), Some(api_key_of(1)));
}

#[test]
fn a_copy_damaged_far_inside_is_not_called_sound_before_one_that_is_whole() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let good = back_up(&register, -1);
    let damaged = back_up(&register, 0);
    drop(register);
    let path = desk.path("backups").join(&damaged.name);
    let mut bytes = fs::read(&path).unwrap();
    let inside = bytes.len() - 100;
    bytes[inside] ^= 4;
    fs::write(&path, bytes).unwrap();
    let listed = EmbeddedRegister::backups_in(&desk.folder(), &desk.key, now()).unwrap();
    let told: Vec<_> = listed
        .iter()
        .map(|backup| (backup.name.as_str(), backup.sound))
        .collect();
    assert_eq!(
        told,
        [(damaged.name.as_str(), false), (good.name.as_str(), true)]
    );
    let refused = EmbeddedRegister::restore(&desk.folder(), &desk.key, &damaged.name, now());
    let Err(OpenError::Damaged { backup }) = refused else {
        panic!("a damaged copy took the place of the register");
    };
    assert_eq!(backup.map(|backup| backup.name), Some(good.name));
}
