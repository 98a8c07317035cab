//! What the creation journal knows and the database lacks is put back.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use uuid::Uuid;

use super::{acts, creation_steps, imports, vault_key};
use crate::act::Act;
use crate::creation_journal::{NewRecord, Record, SentFacts, Step};
use crate::dossier::DossierId;
use crate::error::Result;
use crate::life_cycle::{self, CreationEvent, CreationState};
use crate::stamp::Stamp;
use crate::store::lines::{self, Line, Typed};

/// Plays a record that the database does not cover. Returns whether it changed it.
///
/// A record that is in the database after all is an illegal move by then, and is passed over.
pub(super) fn play(transaction: &Transaction<'_>, record: &Record) -> Result<bool> {
    if let Step::Imported(facts) = &record.step {
        return imports::play(transaction, facts, &record.raw, record.at);
    }
    if matches!(record.step, Step::VaultKey) {
        vault_key::play(transaction, &record.raw)?;
        return Ok(false);
    }
    let Some(event) = creation_steps::event(&record.step) else {
        return Ok(false);
    };
    let mut line = match lines::find(transaction, record.dossier)? {
        Some(line) => line,
        None => write_again(transaction, record)?,
    };
    // Its `Sent` is not in the database, or was lost with a damaged part of the journal.
    if line.state == CreationState::Ready && event != CreationEvent::Send {
        if event == CreationEvent::ReturnToReady {
            return Ok(false);
        }
        let sent = life_cycle::next(line.state, CreationEvent::Send)?;
        lines::step(transaction, &line, sent, record.at)?;
        line.state = sent;
    }
    let Ok(next) = life_cycle::next(line.state, event) else {
        return Ok(false);
    };
    creation_steps::write(
        transaction,
        &line,
        &record.step,
        &record.raw,
        next,
        &Stamp::desk(record.at),
    )?;
    Ok(true)
}

fn write_again(transaction: &Transaction<'_>, record: &Record) -> Result<Line> {
    let facts = match &record.step {
        Step::Sent(facts) => facts.clone(),
        // Better a line that knows little than an `api_key` without a line.
        _ => SentFacts {
            environment_id: String::new(),
            process_id: String::new(),
            process_uuid: Uuid::nil(),
            process_name: String::new(),
            operator: String::new(),
            reference: None,
            client_reference: record.dossier.to_string(),
            idclaim_expected: false,
            prepared_at: record.at,
        },
    };
    lines::insert(
        transaction,
        record.dossier,
        CreationState::Ready,
        &facts,
        &Typed::default(),
        facts.prepared_at,
    )?;
    lines::require(transaction, record.dossier)
}

/// No process is sending now, so whatever was under way has an unknown outcome. Returns which.
pub(super) fn doubt_what_was_under_way(
    transaction: &Transaction<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<DossierId>> {
    let sent: Vec<DossierId> = transaction
        .prepare("SELECT id FROM dossiers WHERE shown_status = 'SENT' AND state = 'SENT'")?
        .query_map([], |row| lines::read_id(row, "id"))?
        .collect::<rusqlite::Result<_>>()?;
    for id in &sent {
        let line = lines::require(transaction, *id)?;
        let next = life_cycle::next(line.state, CreationEvent::LoseAnswer)?;
        creation_steps::write(
            transaction,
            &line,
            &Step::Lost,
            &[],
            next,
            &Stamp::desk(now),
        )?;
    }
    Ok(sent)
}

/// The dossiers with an act behind that one.
pub(super) fn changed_after(db: &Connection, last_act: i64) -> Result<BTreeSet<DossierId>> {
    Ok(db
        .prepare("SELECT dossier FROM acts WHERE position > ?1 AND dossier IS NOT NULL")?
        .query_map([last_act], |row| lines::read_id(row, "dossier"))?
        .collect::<rusqlite::Result<_>>()?)
}

/// The creation of one dossier, to be told to a journal once more.
pub(super) fn retell(db: &Connection, id: DossierId, now: DateTime<Utc>) -> Result<Vec<NewRecord>> {
    match lines::find(db, id)? {
        Some(line) => creation_steps::retell(db, &line, now),
        None => Ok(Vec::new()),
    }
}

/// Every creation the database knows, for a new journal, read line by line as it is written there. Behind
/// an error there is nothing.
pub(super) fn retell_all(
    db: &Connection,
    now: DateTime<Utc>,
) -> impl Iterator<Item = Result<NewRecord>> {
    let mut last = Some(0);
    let records_of_next = move || -> Option<Vec<Result<NewRecord>>> {
        match retell_next(db, last.take()?, now).transpose()? {
            Ok((line, records)) => {
                last = Some(line);
                Some(records.into_iter().map(Ok).collect())
            }
            Err(error) => Some(vec![Err(error)]),
        }
    };
    std::iter::from_fn(records_of_next).flatten()
}

/// The first line behind `last` that was sent, and what tells it.
fn retell_next(
    db: &Connection,
    last: i64,
    now: DateTime<Utc>,
) -> Result<Option<(i64, Vec<NewRecord>)>> {
    let next = db
        .prepare_cached(
            "SELECT id FROM dossiers WHERE line > ?1 AND state <> 'READY' ORDER BY line LIMIT 1",
        )?
        .query_row([last], |row| lines::read_id(row, "id"))
        .optional()?;
    let Some(id) = next else {
        return Ok(None);
    };
    let line = lines::require(db, id)?;
    let records = creation_steps::retell(db, &line, now)?;
    Ok(Some((line.line, records)))
}

/// The register noticed by itself that its database was gone; the person will want to know when.
pub(super) fn note_restored(
    transaction: &Transaction<'_>,
    restored: u64,
    now: DateTime<Utc>,
) -> Result<()> {
    Ok(acts::write(
        transaction,
        Act::Restored,
        None,
        &restored.to_string(),
        &Stamp::desk(now),
    )?)
}
