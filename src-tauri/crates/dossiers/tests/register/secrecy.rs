//! Nothing on the disk or in a log tells what the register knows; no wrong key changes it.

use std::fs;

use dossiers::passphrase::{self, PassphraseError};
use dossiers::register::Creations;
use dossiers::{EmbeddedRegister, OpenError, RegisterKey};
use secrecy::{ExposeSecret, SecretString};

use crate::desk::{
    DATABASE, Desk, JOURNAL, all, api_key_of, create, create_prepared, get, new_dossier, now, stamp,
};

fn contains(bytes: &[u8], text: &str) -> bool {
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [text.as_bytes(), &utf16]
        .iter()
        .any(|needle| bytes.windows(needle.len()).any(|window| window == *needle))
}

#[test]
fn no_file_of_the_register_holds_a_readable_word() {
    let desk = Desk::new();
    let register = desk.open();
    let id = register
        .prepare(new_dossier(Some("CLI-SECRET-REF")), &stamp())
        .unwrap();
    create_prepared(&register, id, 1);
    let key_text = desk.key.to_secret();
    let words = [
        "VALMONTEL",
        "valmontel",
        "Ondine",
        "639981234",
        "CLI-SECRET-REF",
        "agence-lille",
        &api_key_of(1),
        &id.to_string(),
        "CREATE TABLE",
        "SQLite format 3",
        "client_reference",
        key_text.expose_secret(),
    ];
    let mut scanned = Vec::new();
    // While the register is open its log is there too.
    for crash in [desk.crash(), {
        drop(register);
        desk.crash()
    }] {
        for entry in fs::read_dir(crash.folder()).unwrap() {
            let path = entry.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            let found: Vec<_> = words.iter().filter(|word| contains(&bytes, word)).collect();
            assert!(found.is_empty(), "{found:?} in {path:?}");
            scanned.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    for name in [DATABASE, "register.sqlite-wal", JOURNAL] {
        assert!(
            scanned.iter().any(|scanned| scanned == name),
            "{name} was not there"
        );
    }
}

#[cfg(unix)]
#[test]
fn only_this_user_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    let mode = |path: std::path::PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(desk.folder()), 0o700);
    for entry in fs::read_dir(desk.folder()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(path.clone()), 0o600, "{path:?}");
    }
}

#[test]
fn another_key_is_refused_and_changes_no_byte() {
    let desk = Desk::new();
    let register = desk.open();
    create(&register, 1);
    // With a log that was not carried over, as after a crash, and without.
    let crashed = desk.crash();
    drop(register);
    for desk in [crashed, desk] {
        let before: Vec<_> = files(&desk);
        let another = RegisterKey::generate();
        for _ in 0..2 {
            let refused = EmbeddedRegister::open(&desk.folder(), &another, now());
            assert!(matches!(refused, Err(OpenError::KeyRefused)));
            let refused = EmbeddedRegister::rebuild(&desk.folder(), &another, now());
            assert!(matches!(refused, Err(OpenError::KeyRefused)));
        }
        assert!(files(&desk) == before);
        assert_eq!(all(&desk.open()).len(), 1);
    }
}

#[test]
fn another_key_makes_no_new_register_beside_a_lone_journal() {
    let desk = Desk::new();
    create(&desk.open(), 1);
    desk.remove_database();
    assert!(EmbeddedRegister::exists(&desk.folder()));
    let refused = EmbeddedRegister::open(&desk.folder(), &RegisterKey::generate(), now());
    assert!(matches!(refused, Err(OpenError::KeyRefused)));
    assert!(!desk.path(DATABASE).exists());
}

fn files(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    [DATABASE, "register.sqlite-wal", JOURNAL]
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), fs::read(desk.path(name)).ok()?)))
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect()
}

#[test]
fn a_plain_database_or_an_empty_file_is_never_taken_for_a_register() {
    for bytes in [
        b"SQLite format 3\0 and so on".to_vec(),
        vec![0; 8192],
        vec![],
    ] {
        let desk = Desk::new();
        create(&desk.open(), 1);
        fs::write(desk.path(DATABASE), &bytes).unwrap();
        assert!(matches!(desk.try_open(), Err(OpenError::Damaged { .. })));
        assert_eq!(desk.bytes(DATABASE), bytes);
    }
}

#[test]
fn a_second_process_is_told_that_the_register_is_in_use() {
    let desk = Desk::new();
    let register = desk.open();
    assert!(matches!(desk.try_open(), Err(OpenError::InUse)));
    drop(register);
    assert!(desk.try_open().is_ok());
}

#[test]
fn a_new_folder_holds_no_register_until_one_is_opened() {
    let desk = Desk::new();
    assert!(!EmbeddedRegister::exists(&desk.folder()));
    let register = desk.open();
    assert!(register.opening().created);
    assert_eq!(
        (
            register.opening().restored,
            register.opening().journal_missing
        ),
        (0, false)
    );
    assert!(EmbeddedRegister::exists(&desk.folder()));
}

#[test]
fn a_key_survives_the_keychain_and_shows_in_no_debug_text() {
    let desk = Desk::new();
    let secret = desk.key.to_secret();
    let register = desk.open();
    let id = create(&register, 1);
    drop(register);
    let again = RegisterKey::from_secret(&secret).unwrap();
    let register = EmbeddedRegister::open(&desk.folder(), &again, now()).unwrap();
    let shown = format!("{:?} {register:?} {:?}", desk.key, get(&register, id));
    for word in [
        secret.expose_secret(),
        "VALMONTEL",
        "Ondine",
        &api_key_of(1),
    ] {
        assert!(!shown.contains(word));
    }
    for text in ["", "00", &"g".repeat(64), &"0".repeat(66)] {
        assert!(RegisterKey::from_secret(&SecretString::from(text)).is_err());
    }
}

#[test]
fn a_passphrase_opens_the_register_and_another_one_changes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("key.sealed");
    let passphrase = SecretString::from("six mots très faciles à retenir");
    assert!(!passphrase::exists(&path));
    let key = passphrase::create(&path, &passphrase).unwrap();
    let before = fs::read(&path).unwrap();
    let refused = passphrase::open(&path, &SecretString::from("six mots"));
    assert!(matches!(refused, Err(PassphraseError::Refused)));
    let again = passphrase::create(&path, &passphrase);
    assert!(matches!(again, Err(PassphraseError::Io(_))));
    assert_eq!(fs::read(&path).unwrap(), before);
    let opened = passphrase::open(&path, &passphrase).unwrap();
    assert_eq!(
        opened.to_secret().expose_secret(),
        key.to_secret().expose_secret()
    );
    assert!(!contains(&before, key.to_secret().expose_secret()));
    assert!(!contains(&before, passphrase.expose_secret()));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}

#[test]
fn a_damaged_passphrase_file_is_not_mistaken_for_a_wrong_passphrase() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("key.sealed");
    let passphrase = SecretString::from("six mots");
    passphrase::create(&path, &passphrase).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let greedy = text.replace("65536", "99999999");
    let place = text.find("\"wrapped\": \"").unwrap() + 14;
    let mut flipped = text.clone();
    let other = if &text[place..=place] == "0" {
        "1"
    } else {
        "0"
    };
    flipped.replace_range(place..=place, other);
    for damaged in [
        greedy,
        flipped,
        String::new(),
        "\0".repeat(300),
        text[..100].to_owned(),
    ] {
        fs::write(&path, damaged).unwrap();
        let opened = passphrase::open(&path, &passphrase);
        assert!(matches!(opened, Err(PassphraseError::Damaged)));
    }
}
