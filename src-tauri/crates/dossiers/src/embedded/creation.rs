//! The creation of a dossier, step by step, so that no stop in between loses one.

use std::io;
use std::sync::atomic::Ordering;

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use secrecy::SecretString;
use uuid::{NoContext, Timestamp, Uuid};

use super::acts;
use super::{EmbeddedRegister, Files, WaitingAnswer, creation_steps, drafting};
use crate::act::Act;
use crate::creation_journal::{NewRecord, SentFacts, Step};
use crate::dossier::{Confirmed, DossierId, NewDossier};
use crate::error::{RegisterError, Result};
use crate::life_cycle::{self, CreationState};
use crate::register::Creations;
use crate::stamp::Stamp;
use crate::store::lines::Line;
use crate::store::{database, lines, meta};

impl Creations for EmbeddedRegister {
    fn prepare(&self, new: NewDossier, stamp: &Stamp) -> Result<DossierId> {
        let Intent { id, facts, typed } = Intent::of(new, stamp);
        self.change(|transaction| {
            let ready = CreationState::Ready;
            lines::insert(transaction, id, ready, &facts, &typed, stamp.true_at())?;
            acts::write(transaction, Act::Prepared, Some(id), "", stamp)?;
            Ok(id)
        })
    }

    fn prepare_sent(&self, new: NewDossier, stamp: &Stamp) -> Result<DossierId> {
        let Intent { id, facts, typed } = Intent::of(new, stamp);
        self.send(id, stamp, |transaction| {
            // Written once, as what it is when the transaction ends.
            let sent = CreationState::Sent;
            lines::insert(transaction, id, sent, &facts, &typed, stamp.true_at())?;
            acts::write(transaction, Act::Sent, Some(id), "", stamp)?;
            drafting::drop(transaction)?;
            Ok(Step::Sent(facts))
        })?;
        Ok(id)
    }

    fn mark_sent(&self, id: DossierId, stamp: &Stamp) -> Result<()> {
        self.send(id, stamp, |transaction| {
            let line = lines::require(transaction, id)?;
            let step = Step::Sent(lines::sent_facts(transaction, line.line)?);
            write_step(transaction, &line, &step, &[], stamp)?;
            Ok(step)
        })
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

    fn attach(
        &self,
        id: DossierId,
        enrollment_id: i64,
        api_key: Option<SecretString>,
        stamp: &Stamp,
    ) -> Result<()> {
        self.step(
            id,
            Step::Attached {
                enrollment_id,
                api_key,
            },
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
                "SELECT d.id, a.raw FROM dossiers AS d CROSS JOIN answers AS a USING (line)
                 WHERE d.shown_status IN ('SENT', 'OUTCOME_UNKNOWN')
                     AND d.state IN ('SENT', 'OUTCOME_UNKNOWN') ORDER BY d.line",
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

/// A new dossier with the id and the references of its own.
struct Intent {
    id: DossierId,
    facts: SentFacts,
    typed: lines::Typed,
}

impl Intent {
    fn of(new: NewDossier, stamp: &Stamp) -> Self {
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
        Self { id, facts, typed }
    }
}

impl EmbeddedRegister {
    /// The request is about to leave: on the disk in the database, and in the journal.
    ///
    /// The journal's record goes to the disk with the answer's. Until then the database has it, and
    /// opening tells the journal again what it lacks.
    fn send(
        &self,
        id: DossierId,
        stamp: &Stamp,
        write_sent: impl FnOnce(&Transaction<'_>) -> Result<Step>,
    ) -> Result<()> {
        let mut files = self.files();
        let Files {
            db,
            journal,
            uncovered,
            ..
        } = &mut *files;
        let step = database::leaving_the_log(db, |db| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let step = write_sent(&transaction)?;
            Files::note_covered(&transaction, journal, *uncovered)?;
            transaction.commit()?;
            Ok(step)
        })?;
        let record = NewRecord {
            dossier: id,
            at: stamp.at,
            step,
            raw: Vec::new(),
        };
        let Err(error) = journal.append_unsynced(&record) else {
            return Ok(());
        };
        // The caller does not send; without this the next opening would call it unknown.
        let taken_back = (|| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let line = lines::require(&transaction, id)?;
            write_step(&transaction, &line, &Step::ReturnedToReady, &[], stamp)?;
            Ok::<_, RegisterError>(transaction.commit()?)
        })();
        if let Err(error) = taken_back {
            tracing::warn!(%id, %error, "a creation that was not sent could not be taken back");
        }
        Err(not_appended(error))
    }

    /// One step of a creation that has left: appended to the journal, committed.
    ///
    /// The step is true whatever a disk says, so one file that has it is enough: a commit without the
    /// journal marks the journal as behind, and a journal without the commit is played at the next
    /// opening.
    ///
    /// An answer and its confirmation are on the disk once: the answer through the journal's sync
    /// alone, or through the commit's when the journal took nothing. The confirmation may be lost with
    /// the power, as it is read from the answer again after opening. Both are one commit.
    fn step(
        &self,
        id: DossierId,
        step: Step,
        raw: Vec<u8>,
        refusal: Option<&str>,
        stamp: &Stamp,
    ) -> Result<()> {
        let is_answer = matches!(step, Step::Answer);
        let may_be_lost = matches!(step, Step::Confirmed { .. });
        let mut files = self.files_with_what_waits();
        files.commit_company();
        let waits = files.waiting.as_ref().map(|waiting| waiting.record.dossier);
        if waits != Some(id) {
            files.catch_up();
        }
        let line = lines::require(&files.db, id)?;
        // While the files are held, so that of two who come at once one is refused.
        if let Step::Attached { enrollment_id, .. } = &step
            && is_taken(&files.db, id, *enrollment_id)?
        {
            return Err(RegisterError::AlreadyAttached);
        }
        if let Some(event) = creation_steps::event(&step) {
            life_cycle::next(line.state, event)?;
        }
        let record = NewRecord {
            dossier: id,
            at: stamp.at,
            step,
            raw,
        };
        let appended = if may_be_lost {
            files.journal.append_unsynced(&record)
        } else {
            files.journal.append(&record)
        };
        let appended = appended
            .inspect_err(|error| tracing::warn!(%id, %error, "the creation journal took no step"))
            .ok();
        let before = files.waiting.take();
        if let (true, None, Some(sequence)) = (is_answer, &before, appended) {
            files.waiting = Some(WaitingAnswer {
                record,
                sequence,
                stamp: stamp.clone(),
            });
            self.answer_waits.store(true, Ordering::Release);
            return Ok(());
        }
        let first = before.as_ref().map(|before| before.sequence).or(appended);
        let Files {
            db,
            journal,
            uncovered,
            ..
        } = &mut *files;
        let at_once = !(may_be_lost && first.is_some());
        let write = |db: &mut Connection| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if let Some(before) = &before {
                // The act of this step says what was made of the answer.
                creation_steps::keep_answer(&transaction, line.line, &before.record.raw, true)?;
            }
            write_record(&transaction, &line, &record, stamp)?;
            if refusal.is_some() {
                transaction
                    .prepare_cached("UPDATE dossiers SET refusal = ?2 WHERE line = ?1")?
                    .execute(params![line.line, refusal])?;
            }
            if appended.is_none() {
                meta::set_journal_behind(&transaction, true)?;
            }
            Files::note_covered(&transaction, journal, *uncovered)?;
            Ok(transaction.commit()?)
        };
        let committed = database::leaving_the_log(db, |db| database::durably(db, at_once, write));
        self.no_answer_waits();
        let (Err(error), Some(sequence)) = (&committed, first) else {
            return committed;
        };
        tracing::warn!(%id, %error, "the database did not take a step that the journal has");
        uncovered.get_or_insert(sequence);
        if is_answer { Ok(()) } else { committed }
    }
}

impl Files {
    /// Brings an answer that waits into the database. When that fails, the journal has it at the next
    /// opening.
    pub(super) fn catch_up(&mut self) {
        let Some(WaitingAnswer {
            record,
            sequence,
            stamp,
        }) = self.waiting.take()
        else {
            return;
        };
        let Self {
            db,
            journal,
            uncovered,
            ..
        } = self;
        let write = |db: &mut Connection| {
            let transaction = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let line = lines::require(&transaction, record.dossier)?;
            write_record(&transaction, &line, &record, &stamp)?;
            Self::note_covered(&transaction, journal, *uncovered)?;
            Ok(transaction.commit()?)
        };
        // Another creation may be what brings it in.
        let committed = database::leaving_the_log(db, |db| database::durably(db, false, write));
        if let Err(error) = committed {
            let id = record.dossier;
            tracing::warn!(%id, %error, "the database did not take an answer that the journal has");
            uncovered.get_or_insert(sequence);
        }
    }
}

/// `line`: as it stands; only this connection writes.
fn write_record(
    transaction: &Transaction<'_>,
    line: &Line,
    record: &NewRecord,
    stamp: &Stamp,
) -> Result<()> {
    write_step(transaction, line, &record.step, &record.raw, stamp)
}

fn write_step(
    transaction: &Transaction<'_>,
    line: &Line,
    step: &Step,
    raw: &[u8],
    stamp: &Stamp,
) -> Result<()> {
    let next = creation_steps::event(step)
        .map_or(Ok(line.state), |event| life_cycle::next(line.state, event))?;
    creation_steps::write(transaction, line, step, raw, next, stamp)
}

/// Another dossier of the same environment has that number.
fn is_taken(db: &Connection, id: DossierId, enrollment_id: i64) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM dossiers AS other JOIN dossiers AS own ON own.id = ?1
         WHERE other.enrollment_id = ?2 AND other.id <> own.id
             AND other.environment_id = own.environment_id",
    )?
    .exists(params![id.0.as_bytes().as_slice(), enrollment_id])
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
