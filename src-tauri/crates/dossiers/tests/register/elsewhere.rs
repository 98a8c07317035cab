//! Dossiers made elsewhere, and what comes of finished ones.

use chrono::{DateTime, Utc};
use dossiers::{
    DossierId, ImportBatch, ImportDone, Imported, Progress, Query, Register, ReportFacts,
    ReportKind, Stamp, StoredReport,
};
use secrecy::SecretString;
use uuid::Uuid;

use crate::desk::{api_key_of, get, now, stamp};

pub fn batch() -> ImportBatch {
    batch_of("sandbox", "opening")
}

pub fn batch_of(environment_id: &str, process_id: &str) -> ImportBatch {
    ImportBatch {
        environment_id: environment_id.into(),
        process_id: process_id.into(),
        process_uuid: Uuid::from_u128(0x1234),
        process_name: "Ouverture de compte".into(),
        idclaim_expected: false,
        operator: "agence-lille".into(),
    }
}

pub fn known(number: i64) -> Imported {
    Imported {
        enrollment_id: number,
        ..Imported::default()
    }
}

pub fn with_key(number: i64) -> Imported {
    Imported {
        api_key: Some(SecretString::from(api_key_of(number))),
        ..known(number)
    }
}

/// A number under what was sent for a dossier here.
pub fn sent_as(register: &dyn Register, id: DossierId, number: i64) -> Imported {
    Imported {
        reference: Some(get(register, id).client_reference),
        ..with_key(number)
    }
}

/// `at` as ID360 says it.
pub fn ended(number: i64, verdict: &str, at: DateTime<Utc>) -> Imported {
    Imported {
        status: Some(verdict.into()),
        creation_time: Some(at),
        finished_time: Some(at),
        ..known(number)
    }
}

pub fn import(register: &dyn Register, lines: Vec<Imported>) -> ImportDone {
    register
        .import(batch(), lines, &Progress::unwatched(), &stamp())
        .unwrap()
}

/// Imports a dossier that ended and returns its id.
pub fn import_ended(
    register: &dyn Register,
    number: i64,
    verdict: &str,
    at: DateTime<Utc>,
) -> DossierId {
    import(register, vec![ended(number, verdict, at)]);
    id_of(register, number)
}

pub fn id_of(register: &dyn Register, number: i64) -> DossierId {
    let query = Query {
        search: number.to_string(),
        ..Query::default()
    };
    let page = register
        .list(&query, 0, 10, &Progress::unwatched())
        .unwrap();
    let found = page
        .rows
        .iter()
        .find(|line| line.enrollment_id == Some(number));
    found.expect("the dossier is not in the register").id
}

pub fn keep_report(register: &dyn Register, id: DossierId, verdict: &str, pages: u32) {
    let report = StoredReport {
        kind: ReportKind::Final,
        raw: b"{}".to_vec(),
        read_at: now(),
    };
    register
        .record_report(id, report, facts(verdict, Some(pages)), &stamp())
        .unwrap();
}

pub fn facts(status: &str, pages: Option<u32>) -> ReportFacts {
    ReportFacts {
        status: status.into(),
        is_final: true,
        creation_time: None,
        starting_time: None,
        finished_time: None,
        last_name: None,
        first_name: None,
        level: Some("eIDAS substantial".into()),
        pages,
    }
}

pub fn by(username: &str) -> Stamp {
    Stamp::new(now(), username)
}
