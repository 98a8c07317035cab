//! A register in a temporary folder, and copies of it as a crash would leave it.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use dossiers::Progress;
use dossiers::{
    Confirmed, Dossier, DossierId, EmbeddedRegister, NewDossier, OpenError, Page, Query, Register,
    RegisterKey, Stamp,
};
use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;
use uuid::Uuid;

pub const DATABASE: &str = "register.sqlite";
pub const WAL: &str = "register.sqlite-wal";
pub const JOURNAL: &str = "creations.sealed";

pub struct Desk {
    pub key: RegisterKey,
    home: TempDir,
}

pub fn at(second: i64) -> DateTime<Utc> {
    "2026-03-02T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(second)
}

pub fn now() -> DateTime<Utc> {
    at(0)
}

pub fn stamp() -> Stamp {
    Stamp::desk(now())
}

impl Desk {
    pub fn new() -> Self {
        Self {
            key: RegisterKey::generate(),
            home: tempfile::tempdir().unwrap(),
        }
    }

    pub fn folder(&self) -> PathBuf {
        self.home.path().join("register")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder().join(name)
    }

    pub fn open(&self) -> EmbeddedRegister {
        self.try_open().unwrap()
    }

    pub fn try_open(&self) -> Result<EmbeddedRegister, OpenError> {
        EmbeddedRegister::open(&self.folder(), &self.key, now())
    }

    /// The files as they are on the disk now: what a crash would leave.
    pub fn crash(&self) -> Desk {
        let copy = Desk {
            key: self.key.clone(),
            home: tempfile::tempdir().unwrap(),
        };
        copy_folder(&self.folder(), &copy.folder());
        copy
    }

    /// This crash, with the journal of a crash a moment later.
    pub fn with_journal_of(self, later: &Desk) -> Desk {
        fs::copy(later.path(JOURNAL), self.path(JOURNAL)).unwrap();
        self
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub fn remove_database(&self) {
        for name in [DATABASE, WAL, "register.sqlite-shm"] {
            let _ = fs::remove_file(self.path(name));
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}

pub fn new_dossier(reference: Option<&str>) -> NewDossier {
    NewDossier {
        environment_id: "sandbox".into(),
        process_id: "opening".into(),
        process_uuid: Uuid::from_u128(0x1234),
        process_name: "Ouverture de compte".into(),
        operator: "agence-lille".into(),
        form: r#"{"last_name":"VALMONTEL"}"#.into(),
        reference: reference.map(Into::into),
        last_name: Some("VALMONTEL".into()),
        first_name: Some("Ondine".into()),
        email: Some("ondine.valmontel@courrier.example".into()),
        phone_number: Some("+33 6 39 98 12 34".into()),
        idclaim_expected: true,
        expected: vec![],
        body_sha256: None,
    }
}

pub fn api_key_of(number: i64) -> String {
    format!("{number:0>128x}")
}

pub fn answer_of(number: i64) -> Vec<u8> {
    format!(
        r#"{{"id": {number}, "api_key": "{}", "status": "NEW",}};"#,
        api_key_of(number)
    )
    .into_bytes()
}

pub fn confirmed(number: i64) -> Confirmed {
    Confirmed {
        enrollment_id: number,
        api_key: Some(SecretString::from(api_key_of(number))),
        status: "NEW".into(),
        creation_time: Some(now()),
    }
}

/// Goes through the whole creation.
pub fn create(register: &dyn Register, number: i64) -> DossierId {
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    create_prepared(register, id, number);
    id
}

pub fn create_prepared(register: &dyn Register, id: DossierId, number: i64) {
    register.mark_sent(id, &stamp()).unwrap();
    register
        .record_answer(id, &answer_of(number), &stamp())
        .unwrap();
    register.confirm(id, confirmed(number), &stamp()).unwrap();
}

/// A dossier whose answer was lost.
pub fn create_unknown(register: &dyn Register) -> DossierId {
    let id = register.prepare(new_dossier(None), &stamp()).unwrap();
    register.mark_sent(id, &stamp()).unwrap();
    register.mark_unknown(id, b"", &stamp()).unwrap();
    id
}

/// The whole list.
pub fn list(register: &dyn Register, query: &Query) -> Page {
    register
        .list(query, 0, u64::MAX, &Progress::unwatched())
        .unwrap()
}

pub fn all(register: &dyn Register) -> Vec<Dossier> {
    let mut rows = list(register, &Query::default()).rows;
    rows.reverse();
    rows
}

pub fn get(register: &dyn Register, id: DossierId) -> Dossier {
    register.get(id).unwrap().unwrap()
}

pub fn api_key(register: &dyn Register, id: DossierId) -> Option<String> {
    register
        .api_key(id)
        .unwrap()
        .map(|key| key.expose_secret().to_owned())
}
