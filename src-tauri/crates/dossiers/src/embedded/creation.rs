//! The creation of a dossier, step by step, so that no stop in between loses one.

use std::io;

use rusqlite::{OptionalExtension, TransactionBehavior, params};
use secrecy::SecretString;
use uuid::{NoContext, Timestamp, Uuid};

use super::acts;
use super::{EmbeddedRegister, Files, creation_steps};
use crate::act::Act;
use crate::creation_journal::{NewRecord, SentFacts, Step};
use crate::dossier::{Confirmed, DossierId, NewDossier};
use crate::error::{RegisterError, Result};
use crate::life_cycle;
use crate::register::Creations;
use crate::stamp::Stamp;
use crate::store::{lines, meta};

impl Creations for EmbeddedRegister {
    fn prepare(&self, new: NewDossier, stamp: &Stamp) -> Result<DossierId> {
        let seconds = u64::try_from(stamp.at.timestamp()).unwrap_or(0);
        let timestamp = Timestamp::from_unix(NoContext, seconds, stamp.at.timestamp_subsec_nanos());
        let id = DossierId(Uuid::new_v7(timestamp));
        let reference = new
            .reference
            .map(|text| text.trim().to_owned())
            .filter(|text| !text.is_empty());
        let facts = SentFacts {
            client_reference: match &reference {
                Some(reference) => format!("{reference}/{id}"),
                None => id.to_string(),
            },
            environment_id: new.environment_id,
            process_id: new.process_id,
            process_uuid: new.process_uuid,
            process_name: new.process_name,
            operator: new.operator,
            reference,
            idclaim_expected: new.idclaim_expected,
            prepared_at: stamp.at,
        };
        let typed = lines::Typed {
            form: Some(new.form),
            last_name: new.last_name,
            first_name: new.first_name,
            email: new.email,
            phone_number: new.phone_number,
            expected: new.expected,
            body_sha256: new.body_sha256,
        };
        self.change(|transaction| {
            lines::insert(transaction, id, &facts, &typed, stamp.true_at())?;
            acts::write(transaction, Act::Prepared, Some(id), "", stamp)?;
            Ok(id)
        })
    }

    fn mark_sent(&self, id: DossierId, stamp: &Stamp) -> Result<()> {
        let facts = self.look(|db| {
            let line = lines::require(db, id)?;
            Ok(lines::sent_facts(db, line.line)?)
        })?;
        self.step(id, Step::Sent(facts), Vec::new(), None, stamp)
    }

    fn back_to_ready(&self, id: DossierId, stamp: &Stamp) -> Result<()> {
        self.step(id, Step::ReturnedToReady, Vec::new(), None, stamp)
    }

    fn mark_refused(&self, id: DossierId, detail: &str, stamp: &Stamp) -> Result<()> {
        self.step(id, Step::Refused, Vec::new(), Some(detail), stamp)
    }

    fn mark_unknown(&self, id: DossierId, received: &[u8], stamp: &Stamp) -> Result<()> {
        self.step(id, Step::Lost, received.to_vec(), None, stamp)
    }

    fn record_answer(&self, id: DossierId, raw: &[u8], stamp: &Stamp) -> Result<()> {
        match self.step(id, Step::Answer, raw.to_vec(), None, stamp) {
            Err(error @ (RegisterError::NotFound | RegisterError::IllegalTransition(_))) => {
                Err(error)
            }
            Err(error) => {
                // The database cannot even be read: the journal does not need it.
                let mut files = self.files();
                let record = NewRecord {
                    dossier: id,
                    at: stamp.at,
                    step: Step::Answer,
                    raw: raw.to_vec(),
                };
                let sequence = files.journal.append(&record).map_err(|_| error)?;
                files.uncovered.get_or_insert(sequence);
                Ok(())
            }
            Ok(()) => Ok(()),
        }
    }

    fn confirm(&self, id: DossierId, confirmed: Confirmed, stamp: &Stamp) -> Result<()> {
        let Confirmed {
            enrollment_id,
            api_key,
            status,
            creation_time,
        } = confirmed;
        let step = Step::Confirmed {
            enrollment_id,
            api_key,
            status,
            creation_time,
        };
        self.step(id, step, Vec::new(), None, stamp)
    }

    fn attach(&self, id: DossierId, enrollment_id: i64, stamp: &Stamp) -> Result<()> {
        let taken = self.look(|db| {
            Ok(db
                .prepare_cached(
                    "SELECT 1 FROM dossiers AS other JOIN dossiers AS own ON own.id = ?1
                     WHERE other.enrollment_id = ?2 AND other.id <> own.id
                         AND other.environment_id = own.environment_id",
                )?
                .exists(params![id.0.as_bytes().as_slice(), enrollment_id])?)
        })?;
        if taken {
            return Err(RegisterError::AlreadyAttached);
        }
        self.step(
            id,
            Step::Attached { enrollment_id },
            Vec::new(),
            None,
            stamp,
        )
    }

    fn close_unknown(&self, id: DossierId, stamp: &Stamp) -> Result<()> {
        self.step(id, Step::Closed, Vec::new(), None, stamp)
    }

    fn unconfirmed_answers(&self) -> Result<Vec<(DossierId, Vec<u8>)>> {
        self.look(|db| {
            let mut statement = db.prepare_cached(
                "SELECT d.id, a.raw FROM answers AS a JOIN dossiers AS d USING (line)
                 WHERE d.state IN ('SENT', 'OUTCOME_UNKNOWN') ORDER BY d.line",
            )?;
            let answers =
                statement.query_map([], |row| Ok((lines::read_id(row, "id")?, row.get("raw")?)))?;
            Ok(answers.collect::<rusqlite::Result<_>>()?)
        })
    }

    fn answer(&self, id: DossierId) -> Result<Option<Vec<u8>>> {
        self.look(|db| {
            let line = lines::require(db, id)?.line;
            Ok(db
                .prepare_cached("SELECT raw FROM answers WHERE line = ?1")?
                .query_row([line], |row| row.get(0))
                .optional()?)
        })
    }

    fn api_key(&self, id: DossierId) -> Result<Option<SecretString>> {
        self.look(|db| {
            let key: Option<String> = db
                .prepare_cached("SELECT api_key FROM dossiers WHERE id = ?1")?
                .query_row([id.0.as_bytes().as_slice()], |row| row.get(0))
                .optional()?
                .ok_or(RegisterError::NotFound)?;
            Ok(key.map(SecretString::from))
        })
    }
}

impl EmbeddedRegister {
    /// One step: checked against the life cycle, appended to the journal, committed.
    ///
    /// Before the request leaves, both files must take the step. Once it has left, the step is true
    /// whatever a disk says, so one file that has it is enough: a commit without the journal marks
    /// the journal as behind, and a journal without the commit is played at the next opening.
    fn step(
        &self,
        id: DossierId,
        step: Step,
        raw: Vec<u8>,
        refusal: Option<&str>,
        stamp: &Stamp,
    ) -> Result<()> {
        let sends = matches!(step, Step::Sent(_));
        let is_answer = matches!(step, Step::Answer);
        let mut files = self.files();
        let Files {
            db,
            journal,
            uncovered,
        } = &mut *files;
        let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let line = lines::require(&transaction, id)?;
        let next = creation_steps::event(&step)
            .map_or(Ok(line.state), |event| life_cycle::next(line.state, event))?;
        let record = NewRecord {
            dossier: id,
            at: stamp.at,
            step,
            raw,
        };
        let appended = match journal.append(&record) {
            Ok(sequence) => Some(sequence),
            Err(error) if sends => return Err(not_appended(error)),
            Err(error) => {
                tracing::warn!(%id, %error, "the creation journal did not take a step");
                None
            }
        };
        let last_sequence = journal.last_sequence();
        let committed = (|| {
            creation_steps::write(&transaction, &line, &record.step, &record.raw, next, stamp)?;
            if refusal.is_some() {
                transaction
                    .prepare_cached("UPDATE dossiers SET refusal = ?2 WHERE line = ?1")?
                    .execute(params![line.line, refusal])?;
            }
            if appended.is_none() {
                meta::set_journal_behind(&transaction, true)?;
            }
            Files::note_covered(&transaction, last_sequence, *uncovered)?;
            Ok(transaction.commit()?)
        })();
        let (Err(error), Some(sequence)) = (&committed, appended) else {
            return committed;
        };
        tracing::warn!(%id, %error, "the database did not take a step that the journal has");
        uncovered.get_or_insert(sequence);
        if sends {
            // The caller does not send; without this the next opening would call it unknown.
            let step = Step::ReturnedToReady;
            let record = NewRecord {
                dossier: id,
                at: stamp.at,
                step,
                raw: Vec::new(),
            };
            if let Err(error) = journal.append(&record) {
                tracing::warn!(%id, %error, "the creation journal did not take a return");
            }
        }
        if is_answer { Ok(()) } else { committed }
    }
}

pub(super) fn not_appended(error: io::Error) -> RegisterError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => RegisterError::DiskFull,
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            RegisterError::ReadOnly
        }
        _ => RegisterError::Io(error),
    }
}
