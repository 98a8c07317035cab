//! What a line tells of its deadlines and of what is kept, told anew after every change of it.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::captures::{self, Standing as Capture};
use super::{capture_policies, lines, meta, policies, text};
use crate::capture::{CapturePolicies, CaptureRule, CaptureState};
use crate::deadlines::{
    DeadlinePolicy, NotToBeHad, Outlook, PolicyTable, Standing, next_warning, reached, window_start,
};
use crate::keeping::EvidenceState;
use crate::life_cycle::CreationState;
use crate::pieces::PieceKind;

/// What outlooks are told by, at one time.
pub(crate) struct Rules {
    policies: PolicyTable,
    captures: CapturePolicies,
    /// True time, in seconds of Unix time; `None`: nothing has passed yet.
    now: Option<i64>,
}

/// What a capture is told by.
pub(crate) struct Subject<'a> {
    pub(crate) environment_id: &'a str,
    pub(crate) standing: &'a Standing,
    pub(crate) policy: DeadlinePolicy,
    pub(crate) evidence: EvidenceState,
}

/// What a line tells. Windows, deadline, evidence, warnings.
struct Told {
    outlook: Outlook,
    warned: u32,
    warn_next: Option<i64>,
}

/// Tells the outlook of one line anew. Whether it changed.
pub(crate) fn refresh(db: &Connection, line: i64) -> rusqlite::Result<bool> {
    Rules::read(db)?.tell(db, line, false)
}

/// The last reading succeeded. What a capture is in trouble for stays.
pub(crate) fn forget_trouble(db: &Connection, line: i64) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE dossiers SET trouble = NULL, trouble_at = NULL
         WHERE line = ?1 AND trouble IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM captures AS c
             WHERE c.line = ?1 AND c.state = 'waiting' AND c.trouble = dossiers.trouble
         )",
    )?
    .execute([line])
    .map(drop)
}

impl Rules {
    pub(crate) fn read(db: &Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            policies: policies::read(db)?,
            captures: capture_policies::read(db)?,
            now: meta::told_until(db)?,
        })
    }

    pub(crate) fn policy(&self, environment_id: &str, process_id: &str) -> DeadlinePolicy {
        self.policies.of(environment_id, process_id)
    }

    pub(crate) fn wanted(&self, environment_id: &str, process_id: &str) -> CaptureRule {
        self.captures.of(environment_id, process_id)
    }

    /// The outlook of a dossier that has no line yet.
    pub(crate) fn foresee(&self, standing: &Standing, policy: DeadlinePolicy) -> Outlook {
        Outlook::of(standing, policy, self.now)
    }

    /// Tells the capture of a line of which the outlook was told. Whether it changed.
    pub(crate) fn tell_capture(
        &self,
        db: &Connection,
        line: i64,
        told: Subject<'_>,
        before: Option<Capture>,
    ) -> rusqlite::Result<bool> {
        if !told.standing.created || told.standing.verdict.is_none() {
            return Ok(false);
        }
        let until = Outlook::capture_until(told.standing, told.policy, self.now);
        let state = captures::next_state(before, told.standing, told.evidence, until);
        captures::tell(db, line, told.environment_id, before, state, until)
    }

    /// Tells the outlook of a line anew because time or policies moved, not the line itself. Whether
    /// it changed.
    pub(crate) fn tell_anew(
        &self,
        db: &Connection,
        line: i64,
        clock_was_ahead: bool,
    ) -> rusqlite::Result<bool> {
        let changed = self.tell(db, line, clock_was_ahead)?;
        if changed {
            db.prepare_cached("UPDATE dossiers SET version = version + 1 WHERE line = ?1")?
                .execute([line])?;
        }
        Ok(changed)
    }

    /// `clock_was_ahead`: also where nothing is about to be lost, warnings of days that are still to come
    /// were given too early.
    fn tell(&self, db: &Connection, line: i64, clock_was_ahead: bool) -> rusqlite::Result<bool> {
        let read = db
            .prepare_cached(
                "SELECT environment_id, process_id, state, status, verdict, creation_time,
                     finished_time, began, prepared_at, report_kept_at, pages, documents_kept_at,
                     idclaim_expected, idclaim_kept_at, warned, lost
                 FROM dossiers WHERE line = ?1",
            )?
            .query_row([line], |row| {
                let environment_id: String = row.get("environment_id")?;
                let process_id: String = row.get("process_id")?;
                let rule = self.wanted(&environment_id, &process_id);
                let standing = Standing {
                    wanted: rule.policy,
                    wanted_video: rule.wants_video(),
                    ..standing(row)?
                };
                let policy = self.policies.of(&environment_id, &process_id);
                let warned = row.get::<_, u32>("warned")?;
                Ok((environment_id, standing, policy, warned, row.get("lost")?))
            })
            .optional()?;
        let Some((environment_id, mut standing, policy, warned, lost)) = read else {
            return Ok(false);
        };
        let capture = captures::find(db, line)?;
        take_captured(db, line, capture, &mut standing)?;
        let mut outlook = self.foresee(&standing, policy);
        outlook.keep_loss(lost, &standing);
        outlook.move_with_capture(&standing, policy, self.now);
        let end = outlook.deadline.map(|(at, _)| at);
        let warned = match (outlook.start, self.now) {
            // Days that this window has not reached were those of another one, which seemed to have
            // opened earlier, and count for nothing.
            (Some(start), Some(now)) if clock_was_ahead || end.is_some() => {
                warned.min(reached(start, end, now))
            }
            _ => warned,
        };
        let told = Told {
            outlook,
            warned,
            warn_next: first_warning(&outlook, warned),
        }
        .write(db, line)?;
        let subject = Subject {
            environment_id: &environment_id,
            standing: &standing,
            policy,
            evidence: outlook.evidence,
        };
        Ok(self.tell_capture(db, line, subject, capture)? || told)
    }
}

/// When the next warning about a dossier is to come; nobody is warned of what is kept or gone.
pub(crate) fn first_warning(outlook: &Outlook, warned: u32) -> Option<i64> {
    let (deadline, _) = outlook.deadline?;
    next_warning(outlook.start?, deadline, warned)
}

/// When the windows of a line opened, in seconds of Unix time.
pub(crate) fn start_of(row: &Row<'_>) -> rusqlite::Result<i64> {
    let finished_time = text::read_optional_time(row, "finished_time")?;
    let creation_time = text::read_optional_time(row, "creation_time")?;
    Ok(window_start(finished_time, creation_time, began(row)?).timestamp())
}

/// When the line was written here, by the true clock.
fn began(row: &Row<'_>) -> rusqlite::Result<DateTime<Utc>> {
    match lines::read_second(row, "began")? {
        Some(began) => Ok(began),
        None => text::read_time(row, "prepared_at"),
    }
}

fn standing(row: &Row<'_>) -> rusqlite::Result<Standing> {
    let state: String = row.get("state")?;
    let is_there =
        |column| Ok::<_, rusqlite::Error>(row.get_ref(column)? != rusqlite::types::ValueRef::Null);
    Ok(Standing {
        created: state == CreationState::Created.as_str(),
        status: row.get("status")?,
        verdict: row.get("verdict")?,
        creation_time: text::read_optional_time(row, "creation_time")?,
        finished_time: text::read_optional_time(row, "finished_time")?,
        began: began(row)?,
        report_kept: is_there("report_kept_at")?,
        pages: row.get("pages")?,
        documents_kept: is_there("documents_kept_at")?,
        idclaim_expected: row.get("idclaim_expected")?,
        idclaim_kept: is_there("idclaim_kept_at")?,
        ..Standing::default()
    })
}

/// What captures and the files of the vault say of what is kept.
fn take_captured(
    db: &Connection,
    line: i64,
    capture: Option<Capture>,
    standing: &mut Standing,
) -> rusqlite::Result<()> {
    let Some(capture) = capture else {
        return Ok(());
    };
    let damaged =
        |kept, kind| Ok::<_, rusqlite::Error>(kept && captures::is_damaged(db, line, kind)?);
    if damaged(standing.documents_kept, PieceKind::Document)? {
        standing.documents_kept = false;
    }
    if damaged(standing.idclaim_kept, PieceKind::IdClaim)? {
        standing.idclaim_kept = false;
    }
    let given_up =
        capture.state == CaptureState::Incomplete && standing.wanted <= capture.rule.policy;
    standing.not_to_be_had = if given_up {
        captures::not_to_be_had(db, line)?
    } else {
        NotToBeHad::default()
    };
    standing.some_pages_kept =
        !standing.documents_kept && captures::holds(db, line, PieceKind::Document)?;
    Ok(())
}

impl Told {
    /// Writes what differs from what the line tells. Whether anything did.
    fn write(&self, db: &Connection, line: i64) -> rusqlite::Result<bool> {
        let Outlook {
            documents_until,
            report_application_until,
            report_user_until,
            deadline,
            evidence,
            moves_at,
            lost_at,
            ..
        } = self.outlook;
        let windows = db
            .prepare_cached(
                "UPDATE dossiers SET documents_until = ?2, report_application_until = ?3,
                     report_user_until = ?4, warned = ?5
                 WHERE line = ?1 AND (documents_until, report_application_until, report_user_until,
                     warned) IS NOT (?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                line,
                documents_until,
                report_application_until,
                report_user_until,
                self.warned,
            ])?;
        // Apart: setting them costs a page of each index they are in, even to what they were.
        let indexed = db
            .prepare_cached(
                "UPDATE dossiers SET deadline = ?2, lane = ?3, evidence = ?4, moves = ?5, lost = ?6,
                     warn_next = ?7
                 WHERE line = ?1 AND (deadline, lane, evidence, moves, lost, warn_next)
                     IS NOT (?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                line,
                deadline.map(|(at, _)| at),
                deadline.map(|(_, lane)| lane.as_str()),
                evidence.as_str(),
                moves_at,
                lost_at,
                self.warn_next,
            ])?;
        Ok(windows + indexed > 0)
    }
}
