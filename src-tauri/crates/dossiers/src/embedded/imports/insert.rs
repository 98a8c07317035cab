//! One imported dossier becomes one line, written once.

use chrono::{DateTime, Utc};
use rusqlite::{CachedStatement, Connection, params};
use secrecy::{ExposeSecret, SecretString};

use crate::capture::CapturePolicy;
use crate::creation_journal::{ImportedFacts, Step};
use crate::deadlines::{DeadlinePolicy, Standing};
use crate::dossier::DossierId;
use crate::embedded::creation_steps;
use crate::error::Result;
use crate::import::Imported;
use crate::life_cycle::{CreationState, is_final};
use crate::stamp::Stamp;
use crate::store::lines::{self, Line};
use crate::store::outlooks::{self, Rules, Subject};
use crate::store::text;
use crate::words::Fields;

pub(super) struct Inserter<'a> {
    db: &'a Connection,
    facts: &'a ImportedFacts,
    at: String,
    began: DateTime<Utc>,
    rules: Rules,
    policy: DeadlinePolicy,
    wanted: CapturePolicy,
    statement: CachedStatement<'a>,
}

impl<'a> Inserter<'a> {
    pub(super) fn new(db: &'a Connection, facts: &'a ImportedFacts, stamp: &Stamp) -> Result<Self> {
        let rules = Rules::read(db)?;
        let statement = db.prepare_cached(
            "INSERT INTO dossiers (id, environment_id, process_id, process_uuid, process_name,
                 operator, reference, client_reference, last_name, first_name, email,
                 phone_number, idclaim_expected, state, status, verdict, enrollment_id, api_key,
                 creation_time, finished_time, prepared_at, changed_at, search_text, name_key,
                 origin, began, documents_until, report_application_until, report_user_until,
                 deadline, lane, evidence, moves, lost, warn_next)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, coalesce(?7, ''), ?8, ?9, ?10, ?11, ?12, ?13, ?14,
                 ?15, ?16, ?17, ?18, ?19, ?20, ?20, ?21, ?22, 'import', ?23, ?24, ?25, ?26, ?27,
                 ?28, ?29, ?30, ?31, ?32)",
        )?;
        Ok(Self {
            db,
            wanted: rules
                .wanted(&facts.environment_id, &facts.process_id)
                .policy,
            policy: rules.policy(&facts.environment_id, &facts.process_id),
            facts,
            at: text::time(stamp.at),
            began: stamp.true_at(),
            rules,
            statement,
        })
    }

    pub(super) fn insert(&mut self, id: DossierId, line: &Imported) -> Result<()> {
        let verdict = line.status.as_deref().filter(|status| is_final(status));
        let standing = Standing {
            created: true,
            status: line.status.clone(),
            verdict: verdict.map(str::to_owned),
            creation_time: line.creation_time,
            finished_time: line.finished_time,
            began: self.began,
            idclaim_expected: self.facts.idclaim_expected,
            wanted: self.wanted,
            ..Standing::default()
        };
        let outlook = self.rules.foresee(&standing, self.policy);
        let text = |field: &Option<String>| field.clone().unwrap_or_default();
        let (search, name) = lines::search_keys(&Fields {
            reference: text(&line.reference),
            last_name: text(&line.last_name),
            first_name: text(&line.first_name),
            email: text(&line.email),
            phone_number: text(&line.phone_number),
            enrollment_id: Some(line.enrollment_id),
        });
        self.statement.execute(params![
            id.0.as_bytes().as_slice(),
            self.facts.environment_id,
            self.facts.process_id,
            self.facts.process_uuid.as_bytes().as_slice(),
            self.facts.process_name,
            self.facts.operator,
            line.reference,
            line.last_name,
            line.first_name,
            line.email,
            line.phone_number,
            self.facts.idclaim_expected,
            CreationState::Created.as_str(),
            line.status,
            verdict,
            line.enrollment_id,
            line.api_key.as_ref().map(ExposeSecret::expose_secret),
            line.creation_time.map(text::time),
            line.finished_time.map(text::time),
            self.at,
            search,
            name,
            self.began.timestamp(),
            outlook.documents_until,
            outlook.report_application_until,
            outlook.report_user_until,
            outlook.deadline.map(|(at, _)| at),
            outlook.deadline.map(|(_, lane)| lane.as_str()),
            outlook.evidence.as_str(),
            outlook.moves_at,
            outlook.lost_at,
            outlooks::first_warning(&outlook, 0),
        ])?;
        let subject = Subject {
            environment_id: &self.facts.environment_id,
            standing: &standing,
            policy: self.policy,
            evidence: outlook.evidence,
        };
        let line = self.db.last_insert_rowid();
        self.rules.tell_capture(self.db, line, subject, None)?;
        Ok(())
    }
}

/// Gives an unknown outcome the number that came under what it was sent as, and what else the line tells of it.
pub(super) fn join(db: &Connection, known: &Line, brought: &Imported, stamp: &Stamp) -> Result<()> {
    db.prepare_cached(
        "UPDATE dossiers SET status = ?2, verdict = ?3, creation_time = ?4, finished_time = ?5
         WHERE line = ?1",
    )?
    .execute(params![
        known.line,
        brought.status,
        brought.status.as_deref().filter(|status| is_final(status)),
        brought.creation_time.map(text::time),
        brought.finished_time.map(text::time),
    ])?;
    let step = Step::Attached {
        enrollment_id: brought.enrollment_id,
        api_key: brought.api_key.clone(),
    };
    creation_steps::write(db, known, &step, &[], CreationState::Created, stamp)
}

/// Gives a known dossier the `api_key` it lacks.
pub(super) fn complete(
    db: &Connection,
    id: DossierId,
    api_key: Option<&SecretString>,
    at: DateTime<Utc>,
) -> Result<bool> {
    let changed = db
        .prepare_cached(
            "UPDATE dossiers SET api_key = ?2, version = version + 1, changed_at = ?3
             WHERE id = ?1 AND api_key IS NULL AND ?2 IS NOT NULL",
        )?
        .execute(params![
            id.0.as_bytes().as_slice(),
            api_key.map(ExposeSecret::expose_secret),
            text::time(at)
        ])?;
    Ok(changed > 0)
}
