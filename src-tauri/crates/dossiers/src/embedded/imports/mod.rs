//! Dossiers made elsewhere come into the register.

mod insert;
mod replay;

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use secrecy::ExposeSecret;
use uuid::{NoContext, Timestamp, Uuid};
use zeroize::Zeroizing;

use self::insert::Inserter;
pub(super) use self::replay::{play, retell};
use super::creation::not_appended;
use super::{EmbeddedRegister, Files, acts};
use crate::act::Act;
use crate::creation_journal::{ImportedFacts, ImportedLine, NewRecord, Step};
use crate::dossier::DossierId;
use crate::error::{RegisterError, Result};
use crate::import::{ImportBatch, ImportDone, Imported, Judgement};
use crate::life_cycle::CreationState;
use crate::progress::Progress;
use crate::register::Imports;
use crate::stamp::Stamp;
use crate::store::{database, lines};

/// Lines between two looks at whether the import is still wanted.
const LINES: usize = 500;

impl Imports for EmbeddedRegister {
    fn judge_import(
        &self,
        environment_id: &str,
        lines: &[Imported],
        progress: &Progress,
    ) -> Result<Vec<Judgement>> {
        self.read(progress, |db| {
            let mut first = HashMap::with_capacity(lines.len());
            let mut completed = HashSet::new();
            let mut judgements = Vec::with_capacity(lines.len());
            for (place, line) in lines.iter().enumerate() {
                tell(progress, place, lines.len())?;
                let repeated = *first.entry(line.enrollment_id).or_insert(place);
                judgements.push(if repeated < place {
                    Judgement::Repeated(repeated)
                } else {
                    match judge(db, environment_id, line)? {
                        // A line before it gives that dossier its number.
                        Judgement::Completed(id) if !completed.insert(id) => Judgement::New,
                        judgement => judgement,
                    }
                });
            }
            Ok(judgements)
        })
    }

    fn import(
        &self,
        batch: ImportBatch,
        lines: Vec<Imported>,
        progress: &Progress,
        stamp: &Stamp,
    ) -> Result<ImportDone> {
        let facts = ImportedFacts {
            environment_id: batch.environment_id,
            process_id: batch.process_id,
            process_uuid: batch.process_uuid,
            process_name: batch.process_name,
            operator: batch.operator,
            idclaim_expected: batch.idclaim_expected,
        };
        let mut files = self.files();
        let Files {
            db,
            journal,
            uncovered,
            ..
        } = &mut *files;
        let mut db = database::with_room(db, lines.len())?;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (done, list) = write(&transaction, &facts, lines, progress, stamp)?;
        if done == ImportDone::default() {
            return Ok(done);
        }
        // From here on it is all of them: the journal takes the whole import as one record, and
        // gives it back when the database does not follow.
        let before = journal.end();
        let record = NewRecord {
            dossier: DossierId(Uuid::nil()),
            at: stamp.at,
            step: Step::Imported(facts),
            raw: list,
        };
        journal.append(&record).map_err(not_appended)?;
        let committed = Files::note_covered(&transaction, journal, *uncovered)
            .and_then(|()| Ok(transaction.commit()?));
        if let Err(error) = committed {
            if let Err(error) = journal.take_back(&before) {
                tracing::warn!(%error, "the creation journal keeps an import that failed");
            }
            return Err(error);
        }
        Ok(done)
    }
}

/// Writes the lines that are new or complete others. Returns their list for the journal too.
fn write(
    db: &Connection,
    facts: &ImportedFacts,
    lines: Vec<Imported>,
    progress: &Progress,
    stamp: &Stamp,
) -> Result<(ImportDone, Vec<u8>)> {
    let total = lines.len();
    let mut inserter = Inserter::new(db, facts, stamp)?;
    let mut list = Zeroizing::new(Vec::with_capacity(total.saturating_mul(BYTES_OF_A_LINE)));
    let mut seen = HashSet::with_capacity(total);
    let mut numbers: Option<(i64, i64)> = None;
    let mut done = ImportDone::default();
    for (place, line) in lines.into_iter().enumerate() {
        tell(progress, place, total)?;
        if !seen.insert(line.enrollment_id) {
            continue;
        }
        let id = match judge(db, &facts.environment_id, &line)? {
            Judgement::Known(_) | Judgement::Repeated(_) => continue,
            Judgement::OtherApiKey(dossier) => {
                return Err(RegisterError::OtherApiKey { dossier, place });
            }
            Judgement::Completed(id) => {
                let known = lines::require(db, id)?;
                if known.state == CreationState::OutcomeUnknown {
                    insert::join(db, &known, &line, stamp)?;
                } else {
                    insert::complete(db, id, line.api_key.as_ref(), stamp.at)?;
                    acts::write(db, Act::Imported, Some(id), "api_key", stamp)?;
                }
                done.completed += 1;
                id
            }
            Judgement::New => {
                let id = new_id(stamp);
                inserter.insert(id, &line)?;
                done.added += 1;
                id
            }
        };
        let number = line.enrollment_id;
        numbers = Some(numbers.map_or((number, number), |(from, to)| {
            (from.min(number), to.max(number))
        }));
        ImportedLine {
            id,
            enrollment_id: number,
            api_key: line.api_key,
            reference: line.reference,
            status: line.status,
            creation_time: line.creation_time,
            finished_time: line.finished_time,
        }
        .to_bytes(&mut list)
        .map_err(|error| RegisterError::Io(error.into()))?;
    }
    progress.at(total as u64, total as u64)?;
    if let Some((from, to)) = numbers {
        let detail = format!(
            "{} added={} completed={} numbers={from}-{to}",
            facts.environment_id, done.added, done.completed
        );
        acts::write(db, Act::Imported, None, &detail, stamp)?;
    }
    Ok((done, std::mem::take(&mut *list)))
}

/// An `api_key` of 128 characters, an id, a number, and what is around them.
const BYTES_OF_A_LINE: usize = 384;

fn judge(db: &Connection, environment_id: &str, line: &Imported) -> Result<Judgement> {
    let key = line.api_key.as_ref().map(ExposeSecret::expose_secret);
    let known = db
        .prepare_cached(
            "SELECT id, api_key IS NULL AS lacks, api_key = ?3 AS same FROM dossiers
             WHERE enrollment_id = ?1 AND environment_id = ?2 ORDER BY line DESC LIMIT 1",
        )?
        .query_row(params![line.enrollment_id, environment_id, key], |row| {
            let lacks: bool = row.get("lacks")?;
            let same: Option<bool> = row.get("same")?;
            Ok((lines::read_id(row, "id")?, lacks, same))
        })
        .optional()?;
    Ok(match known {
        None => sent_as(db, environment_id, line)?.map_or(Judgement::New, Judgement::Completed),
        Some((id, true, _)) if key.is_some() => Judgement::Completed(id),
        Some((id, false, Some(false))) => Judgement::OtherApiKey(id),
        Some((id, ..)) => Judgement::Known(id),
    })
}

/// The unknown outcome of which the line has the number: what was sent as `client_reference` holds our own id,
/// so no other dossier has it. What a person typed says less, as one customer may have several dossiers.
fn sent_as(db: &Connection, environment_id: &str, line: &Imported) -> Result<Option<DossierId>> {
    let Some(reference) = &line.reference else {
        return Ok(None);
    };
    let end = reference.rsplit('/').next().unwrap_or(reference);
    let Ok(id) = Uuid::try_parse(end) else {
        return Ok(None);
    };
    let is_there = db
        .prepare_cached(
            "SELECT 1 FROM dossiers WHERE id = ?1 AND client_reference = ?2
                 AND environment_id = ?3 AND state = 'OUTCOME_UNKNOWN'",
        )?
        .exists(params![id.as_bytes().as_slice(), reference, environment_id])?;
    Ok(is_there.then_some(DossierId(id)))
}

fn tell(progress: &Progress, place: usize, total: usize) -> Result<()> {
    if place.is_multiple_of(LINES) {
        progress.at(place as u64, total as u64)?;
    }
    Ok(())
}

fn new_id(stamp: &Stamp) -> DossierId {
    let seconds = u64::try_from(stamp.at.timestamp()).unwrap_or(0);
    let timestamp = Timestamp::from_unix(NoContext, seconds, stamp.at.timestamp_subsec_nanos());
    DossierId(Uuid::new_v7(timestamp))
}
