//! What a step of a creation changes in the database: the same live and when the journal is played.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};
use secrecy::{ExposeSecret, SecretString};

use super::{acts, imports};
use crate::act::Act;
use crate::creation_journal::{NewRecord, Step};
use crate::error::Result;
use crate::life_cycle::{CreationEvent, CreationState, is_final};
use crate::stamp::Stamp;
use crate::store::lines::{self, Line};
use crate::store::{outlooks, text};

/// The step as an event of the life cycle; `None` for one that is about no creation here.
pub(super) fn event(step: &Step) -> Option<CreationEvent> {
    match step {
        Step::Begin | Step::VaultKey | Step::Imported(_) => None,
        Step::Sent(_) => Some(CreationEvent::Send),
        Step::ReturnedToReady => Some(CreationEvent::ReturnToReady),
        Step::Refused => Some(CreationEvent::Refuse),
        Step::Lost => Some(CreationEvent::LoseAnswer),
        Step::Answer => Some(CreationEvent::KeepAnswer),
        Step::Confirmed { .. } => Some(CreationEvent::Confirm),
        Step::Attached { .. } => Some(CreationEvent::Attach),
        Step::Closed => Some(CreationEvent::Close),
    }
}

/// Writes what the step says and the state it leads to, with its act.
pub(super) fn write(
    db: &Connection,
    line: &Line,
    step: &Step,
    raw: &[u8],
    next: CreationState,
    stamp: &Stamp,
) -> Result<()> {
    if matches!(step, Step::Begin | Step::Imported(_)) {
        return Ok(());
    }
    lines::step(db, line, next, stamp.at)?;
    let mut detail = String::new();
    let act = match step {
        Step::Begin | Step::VaultKey | Step::Imported(_) => return Ok(()),
        Step::Sent(_) => Act::Sent,
        Step::ReturnedToReady => Act::ReturnedToReady,
        Step::Refused => Act::Refused,
        Step::Closed => Act::Closed,
        Step::Lost => {
            keep_answer(db, line.line, raw, false)?;
            Act::OutcomeUnknown
        }
        Step::Answer => {
            keep_answer(db, line.line, raw, true)?;
            Act::AnswerKept
        }
        Step::Confirmed {
            enrollment_id,
            api_key,
            status,
            creation_time,
        } => {
            confirm(
                db,
                line.line,
                *enrollment_id,
                api_key.as_ref(),
                status,
                *creation_time,
            )?;
            detail = enrollment_id.to_string();
            Act::Created
        }
        Step::Attached {
            enrollment_id,
            api_key,
        } => {
            db.prepare_cached(
                "UPDATE dossiers SET enrollment_id = ?2, api_key = coalesce(?3, api_key)
                 WHERE line = ?1",
            )?
            .execute(params![
                line.line,
                enrollment_id,
                api_key.as_ref().map(ExposeSecret::expose_secret),
            ])?;
            detail = enrollment_id.to_string();
            Act::Attached
        }
    };
    if next != CreationState::Sent {
        lines::refresh_search(db, line.line)?;
    }
    // Only what exists at ID360 has windows.
    if next == CreationState::Created {
        outlooks::refresh(db, line.line)?;
    }
    Ok(acts::write(db, act, Some(line.id), &detail, stamp)?)
}

/// A whole answer is never replaced, and nothing replaces something.
pub(super) fn keep_answer(
    db: &Connection,
    line: i64,
    raw: &[u8],
    whole: bool,
) -> rusqlite::Result<()> {
    if raw.is_empty() && !whole {
        return Ok(());
    }
    db.prepare_cached(
        "INSERT INTO answers (line, raw, whole) VALUES (?1, ?2, ?3)
         ON CONFLICT (line) DO UPDATE SET raw = excluded.raw, whole = excluded.whole
         WHERE NOT answers.whole",
    )?
    .execute(params![line, raw, whole])
    .map(drop)
}

fn confirm(
    db: &Connection,
    line: i64,
    enrollment_id: i64,
    api_key: Option<&SecretString>,
    status: &str,
    creation_time: Option<DateTime<Utc>>,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE dossiers SET enrollment_id = ?2, api_key = coalesce(?3, api_key), status = nullif(?4, ''),
             verdict = ?5, creation_time = ?6
         WHERE line = ?1",
    )?
    .execute(params![
        line,
        enrollment_id,
        api_key.map(ExposeSecret::expose_secret),
        status,
        is_final(status).then_some(status),
        creation_time.map(text::time),
    ])
    .map(drop)
}

/// The records that tell a line's creation to a new journal; none for one that was never sent.
pub(super) fn retell(db: &Connection, line: &Line, now: DateTime<Utc>) -> Result<Vec<NewRecord>> {
    if let Some(record) = imports::retell(db, line)? {
        return Ok(vec![record]);
    }
    let facts = lines::sent_facts(db, line.line)?;
    let answer: Option<(Vec<u8>, bool)> = db
        .prepare_cached("SELECT raw, whole FROM answers WHERE line = ?1")?
        .query_row([line.line], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (raw, step) = match (answer, line.state) {
        (_, CreationState::Ready | CreationState::Refused) => (Vec::new(), None),
        (Some((raw, true)), _) => (raw, Some(Step::Answer)),
        (Some((raw, false)), _) => (raw, Some(Step::Lost)),
        (None, CreationState::Sent) => (Vec::new(), None),
        (None, _) => (Vec::new(), Some(Step::Lost)),
    };
    let end = match line.state {
        CreationState::Ready => return Ok(Vec::new()),
        CreationState::Sent => None,
        CreationState::OutcomeUnknown => Some(Step::Lost),
        CreationState::Refused => Some(Step::Refused),
        CreationState::Closed => Some(Step::Closed),
        CreationState::Created => Some(known_dossier(db, line.line)?),
    };
    let told = |step, raw| NewRecord {
        dossier: line.id,
        at: now,
        step,
        raw,
    };
    let lost_first = matches!(end, Some(Step::Attached { .. } | Step::Closed))
        && matches!(step, Some(Step::Answer));
    let mut records = vec![told(Step::Sent(facts), Vec::new())];
    records.extend(step.map(|step| told(step, raw)));
    records.extend(lost_first.then(|| told(Step::Lost, Vec::new())));
    records.extend(end.map(|step| told(step, Vec::new())));
    Ok(records)
}

fn known_dossier(db: &Connection, line: i64) -> Result<Step> {
    Ok(db
        .prepare_cached(
            // A later `DELETED` says nothing of the verdict, and the journal has room for one word.
            "SELECT enrollment_id, api_key, coalesce(verdict, status, '') AS status, creation_time
             FROM dossiers WHERE line = ?1",
        )?
        .query_row([line], |row| {
            let enrollment_id = row.get("enrollment_id")?;
            let api_key: Option<String> = row.get("api_key")?;
            let status: String = row.get("status")?;
            if api_key.is_none() && status.is_empty() {
                return Ok(Step::Attached {
                    enrollment_id,
                    api_key: None,
                });
            }
            Ok(Step::Confirmed {
                enrollment_id,
                api_key: api_key.map(SecretString::from),
                status,
                creation_time: text::read_optional_time(row, "creation_time")?,
            })
        })?)
}
