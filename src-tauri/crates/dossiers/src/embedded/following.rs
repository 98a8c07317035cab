//! What ID360 tells about a dossier that exists.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::EmbeddedRegister;
use super::acts;
use crate::act::Act;
use crate::dossier::{
    DossierId, ExpectedDatum, ExpectedOutcome, OpenDossier, Recorded, ReportFacts, ReportKind,
    ReportReach, Snapshot, StoredReport,
};
use crate::error::{RegisterError, Result};
use crate::life_cycle::{self, CreationState, StatusMove};
use crate::progress::Progress;
use crate::register::Following;
use crate::stamp::Stamp;
use crate::store::lines::{self, Line};
use crate::store::{outlooks, text};

/// Behind the opening of a link a customer may be at work, whatever the windows say.
const AT_WORK: TimeDelta = TimeDelta::days(7);

impl Following for EmbeddedRegister {
    fn record_opened(&self, id: DossierId, stamp: &Stamp) -> Result<()> {
        self.change(|transaction| {
            let line = lines::require(transaction, id)?.line;
            transaction
                .prepare_cached("UPDATE dossiers SET opened_at = ?2 WHERE line = ?1")?
                .execute(params![line, text::time(stamp.at)])?;
            lines::touch(transaction, line, stamp.at)?;
            Ok(acts::write(transaction, Act::Opened, Some(id), "", stamp)?)
        })
    }

    fn add_expected(&self, id: DossierId, datum: ExpectedDatum, stamp: &Stamp) -> Result<()> {
        self.change(|transaction| {
            let line = lines::require(transaction, id)?.line;
            lines::add_expected(transaction, line, &datum)?;
            lines::touch(transaction, line, stamp.at)?;
            Ok(acts::write(
                transaction,
                Act::ExpectedAdded,
                Some(id),
                &datum.name,
                stamp,
            )?)
        })
    }

    fn record_expected(
        &self,
        id: DossierId,
        name: &str,
        outcome: ExpectedOutcome,
        stamp: &Stamp,
    ) -> Result<()> {
        self.change(|transaction| {
            let line = lines::require(transaction, id)?.line;
            let changed = transaction
                .prepare_cached("UPDATE expected SET outcome = ?3 WHERE line = ?1 AND name = ?2")?
                .execute(params![line, name, outcome.as_str()])?;
            if changed == 0 {
                return Err(RegisterError::NoSuchDatum);
            }
            lines::touch(transaction, line, stamp.at)?;
            let detail = format!("{name} {}", outcome.as_str());
            Ok(acts::write(
                transaction,
                Act::ExpectedPushed,
                Some(id),
                &detail,
                stamp,
            )?)
        })
    }

    fn record_report(
        &self,
        id: DossierId,
        report: StoredReport,
        facts: ReportFacts,
        stamp: &Stamp,
    ) -> Result<Recorded> {
        self.change_in_company(|transaction| {
            let line = require_created(transaction, id)?;
            let recorded = take_status(transaction, &line, &facts.status, facts.is_final, stamp)?;
            let is_of_the_end = is_of_the_end(transaction, id, &facts)?;
            // A report of the end is none that is late: only the status went on, to `DELETED`.
            let late = recorded.ignored_late && !is_of_the_end;
            let kept = keep_report(transaction, line.line, &report, late)?;
            if !late {
                take_facts(transaction, line.line, &facts)?;
            }
            if report.kind == ReportKind::Archived || is_of_the_end {
                note_kept(transaction, line.line, report.read_at)?;
            }
            outlooks::forget_trouble(transaction, line.line)?;
            outlooks::refresh(transaction, line.line)?;
            lines::touch(transaction, line.line, stamp.at)?;
            if kept {
                let detail = kind_word(report.kind);
                acts::write(transaction, Act::ReportKept, Some(id), detail, stamp)?;
            }
            Ok(recorded)
        })
    }

    fn record_status(
        &self,
        id: DossierId,
        status: &str,
        is_final: bool,
        stamp: &Stamp,
    ) -> Result<Recorded> {
        self.change_in_company(|transaction| {
            let line = require_created(transaction, id)?;
            let recorded = take_status(transaction, &line, status, is_final, stamp)?;
            if recorded.status_changed {
                outlooks::refresh(transaction, line.line)?;
                lines::touch(transaction, line.line, stamp.at)?;
            }
            Ok(recorded)
        })
    }

    fn record_snapshot(&self, id: DossierId, raw: &[u8], stamp: &Stamp) -> Result<()> {
        self.change_in_company(|transaction| {
            let line = lines::require(transaction, id)?.line;
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO snapshots (line, raw, read_at) VALUES (?1, ?2, ?3)",
                )?
                .execute(params![line, raw, text::time(stamp.at)])?;
            Ok(())
        })
    }

    fn snapshot(&self, id: DossierId) -> Result<Option<Snapshot>> {
        self.glance(|db| {
            let line = lines::require(db, id)?.line;
            Ok(db
                .prepare_cached("SELECT raw, read_at FROM snapshots WHERE line = ?1")?
                .query_row([line], |row| {
                    Ok(Snapshot {
                        raw: row.get("raw")?,
                        read_at: text::read_time(row, "read_at")?,
                    })
                })
                .optional()?)
        })
    }

    fn report(&self, id: DossierId) -> Result<Option<StoredReport>> {
        self.glance(|db| {
            let line = lines::require(db, id)?.line;
            Ok(db
                .prepare_cached(
                    "SELECT rank, raw, read_at FROM reports WHERE line = ?1
                     ORDER BY rank DESC LIMIT 1",
                )?
                .query_row([line], |row| {
                    Ok(StoredReport {
                        kind: lines::kind_of_rank(row.get("rank")?)?,
                        raw: row.get("raw")?,
                        read_at: text::read_time(row, "read_at")?,
                    })
                })
                .optional()?)
        })
    }

    fn open_dossiers(
        &self,
        environment_id: &str,
        true_now: DateTime<Utc>,
    ) -> Result<Vec<OpenDossier>> {
        let at_work_since = true_now.checked_sub_signed(AT_WORK).unwrap_or(true_now);
        self.read(&Progress::unwatched(), |db| {
            Ok(db
                .prepare_cached(
                    "SELECT id, prepared_at, opened_at, creation_time, origin, trouble,
                         (SELECT max(a.at) FROM acts AS a INDEXED BY acts_by_dossier
                             WHERE a.dossier = d.id AND a.act = 'sent') AS sent_at
                     FROM dossiers AS d
                     WHERE state = 'CREATED' AND verdict IS NULL AND environment_id = ?1
                         AND (coalesce(report_user_until, ?2 + 1) > ?2 OR opened_at > ?3)
                     ORDER BY prepared_at, line",
                )?
                .query_map(
                    params![
                        environment_id,
                        true_now.timestamp(),
                        text::time(at_work_since)
                    ],
                    read_open,
                )?
                .collect::<rusqlite::Result<_>>()?)
        })
    }

    fn reports_to_keep(
        &self,
        environment_id: &str,
        reach: ReportReach,
        true_now: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<DossierId>> {
        let until = match reach {
            ReportReach::Application => {
                "CASE WHEN d.finished_time IS NULL THEN d.report_user_until
                     ELSE d.report_application_until END"
            }
            ReportReach::User => "d.report_user_until",
        };
        self.read(&Progress::unwatched(), |db| {
            Ok(db
                .prepare_cached(&format!(
                    "SELECT id FROM dossiers AS d
                     WHERE d.evidence = 'due' AND d.environment_id = ?1 AND d.state = 'CREATED'
                         AND d.verdict IS NOT NULL AND coalesce({until}, ?2 + 1) > ?2
                         AND NOT EXISTS (
                             SELECT 1 FROM reports AS r WHERE r.line = d.line AND r.rank = ?3
                         )
                     ORDER BY d.trouble IS NOT NULL, {until}, d.line LIMIT ?4"
                ))?
                .query_map(
                    params![
                        environment_id,
                        true_now.timestamp(),
                        lines::rank(ReportKind::Final),
                        limit
                    ],
                    |row| lines::read_id(row, "id"),
                )?
                .collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn read_open(row: &Row<'_>) -> rusqlite::Result<OpenDossier> {
    let made_here = row.get_ref("origin")?.as_str()? == "desk";
    let opened = text::read_optional_time(row, "opened_at")?;
    let begun = if made_here {
        // What was written down yesterday may have been sent just now.
        let sent = text::read_optional_time(row, "sent_at")?;
        sent.max(Some(text::read_time(row, "prepared_at")?))
    } else {
        text::read_optional_time(row, "creation_time")?
    };
    Ok(OpenDossier {
        id: lines::read_id(row, "id")?,
        since: opened.max(begun),
        troubled: row.get::<_, Option<String>>("trouble")?.is_some(),
    })
}

fn require_created(db: &Connection, id: DossierId) -> Result<Line> {
    let line = lines::require(db, id)?;
    if line.state == CreationState::Created {
        Ok(line)
    } else {
        Err(RegisterError::NotCreated)
    }
}

fn take_status(
    db: &Connection,
    line: &Line,
    status: &str,
    is_final: bool,
    stamp: &Stamp,
) -> Result<Recorded> {
    match life_cycle::follow(&line.followed, status, is_final) {
        StatusMove::Same => Ok(Recorded::default()),
        StatusMove::Late => Ok(Recorded {
            status_changed: false,
            ignored_late: true,
        }),
        StatusMove::Taken(followed) => {
            db.prepare_cached("UPDATE dossiers SET status = ?2, verdict = ?3 WHERE line = ?1")?
                .execute(params![line.line, followed.status, followed.verdict])?;
            acts::write(db, Act::StatusChanged, Some(line.id), status, stamp)?;
            let status_changed = line.followed.status.as_deref() != Some(status);
            Ok(Recorded {
                status_changed,
                ignored_late: false,
            })
        }
    }
}

/// A late one takes no other's place. Whether it is kept.
fn keep_report(
    db: &Connection,
    line: i64,
    report: &StoredReport,
    late: bool,
) -> rusqlite::Result<bool> {
    let sql = if late {
        "INSERT OR IGNORE INTO reports (line, rank, raw, read_at) VALUES (?1, ?2, ?3, ?4)"
    } else {
        "INSERT OR REPLACE INTO reports (line, rank, raw, read_at) VALUES (?1, ?2, ?3, ?4)"
    };
    db.prepare_cached(sql)?
        .execute(params![
            line,
            lines::rank(report.kind),
            report.raw,
            text::time(report.read_at)
        ])
        .map(|kept| kept > 0)
}

/// The report tells the end, not what came before it.
fn is_of_the_end(db: &Connection, id: DossierId, facts: &ReportFacts) -> Result<bool> {
    let verdict = lines::require(db, id)?.followed.verdict;
    Ok(verdict.as_deref() == Some(&facts.status))
}

fn note_kept(db: &Connection, line: i64, at: DateTime<Utc>) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE dossiers SET report_kept_at = coalesce(report_kept_at, ?2) WHERE line = ?1",
    )?
    .execute(params![line, text::time(at)])
    .map(drop)
}

/// What a report leaves out does not erase what is known: an empty name is none, and a report that lists
/// no page does not take back that there were some.
fn take_facts(db: &Connection, line: i64, facts: &ReportFacts) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE dossiers SET
             starting_time = coalesce(?2, starting_time),
             finished_time = coalesce(?3, finished_time),
             last_name = coalesce(nullif(trim(?4), ''), last_name),
             first_name = coalesce(nullif(trim(?5), ''), first_name),
             creation_time = coalesce(creation_time, ?6),
             level = coalesce(nullif(trim(?7), ''), level),
             pages = coalesce(nullif(?8, 0), pages, ?8)
         WHERE line = ?1",
    )?
    .execute(params![
        line,
        facts.starting_time.map(text::time),
        facts.finished_time.map(text::time),
        facts.last_name,
        facts.first_name,
        facts.creation_time.map(text::time),
        facts.level,
        facts.pages
    ])?;
    lines::extend_search(db, line)
}

fn kind_word(kind: ReportKind) -> &'static str {
    match kind {
        ReportKind::Draft => "draft",
        ReportKind::Archived => "archived",
        ReportKind::Final => "final",
    }
}
