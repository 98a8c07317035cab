//! The creation journal brings imported dossiers back.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Transaction};
use secrecy::SecretString;

use super::insert::{self, Inserter};
use crate::creation_journal::{ImportedFacts, ImportedLine, NewRecord, Step};
use crate::error::{RegisterError, Result};
use crate::import::Imported;
use crate::keeping::Origin;
use crate::life_cycle::CreationState;
use crate::stamp::Stamp;
use crate::store::lines::{self, Line};
use crate::store::text;

/// Writes what an import brought and the database lacks. Whether it lacked any.
pub(in crate::embedded) fn play(
    transaction: &Transaction<'_>,
    facts: &ImportedFacts,
    list: &[u8],
    at: DateTime<Utc>,
) -> Result<bool> {
    let mut inserter = Inserter::new(transaction, facts, &Stamp::desk(at))?;
    let mut changed = false;
    for line in ImportedLine::from_bytes(list) {
        let imported = Imported {
            enrollment_id: line.enrollment_id,
            api_key: line.api_key,
            reference: line.reference,
            status: line.status,
            creation_time: line.creation_time,
            finished_time: line.finished_time,
            ..Imported::default()
        };
        changed |= match lines::find(transaction, line.id)? {
            None => {
                inserter.insert(line.id, &imported)?;
                true
            }
            // Its number came with the import; that it was sent, or its end, may be lost.
            Some(known) if is_without_number(known.state) => {
                insert::join(transaction, &known, &imported, &Stamp::desk(at))?;
                true
            }
            Some(known) => insert::complete(transaction, known.id, imported.api_key.as_ref(), at)?,
        };
    }
    Ok(changed)
}

fn is_without_number(state: CreationState) -> bool {
    use CreationState::{OutcomeUnknown, Ready, Sent};
    matches!(state, Ready | Sent | OutcomeUnknown)
}

/// The record that tells an imported line to a new journal; `None` for one created here.
pub(in crate::embedded) fn retell(db: &Connection, line: &Line) -> Result<Option<NewRecord>> {
    let found = db
        .prepare_cached(
            // The verdict, where there is one: a later `DELETED` says nothing of it.
            "SELECT enrollment_id, api_key, reference, coalesce(verdict, status) AS status,
                 creation_time, finished_time
             FROM dossiers WHERE line = ?1 AND origin = ?2",
        )?
        .query_row((line.line, Origin::Import.as_str()), |row| {
            let api_key: Option<String> = row.get("api_key")?;
            Ok(ImportedLine {
                id: line.id,
                enrollment_id: row.get("enrollment_id")?,
                api_key: api_key.map(SecretString::from),
                reference: row.get("reference")?,
                status: row.get("status")?,
                creation_time: text::read_optional_time(row, "creation_time")?,
                finished_time: text::read_optional_time(row, "finished_time")?,
            })
        })
        .optional()?;
    let Some(imported) = found else {
        return Ok(None);
    };
    let facts = lines::sent_facts(db, line.line)?;
    let mut raw = Vec::new();
    imported
        .to_bytes(&mut raw)
        .map_err(|error| RegisterError::Io(error.into()))?;
    Ok(Some(NewRecord {
        dossier: line.id,
        // When it came in: windows count from there where ID360 told no time.
        at: facts.prepared_at,
        step: Step::Imported(ImportedFacts {
            environment_id: facts.environment_id,
            process_id: facts.process_id,
            process_uuid: facts.process_uuid,
            process_name: facts.process_name,
            operator: facts.operator,
            idclaim_expected: facts.idclaim_expected,
        }),
        raw,
    }))
}
