//! Whose turn it is to be captured.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, params};

use crate::capture::CaptureTask;
use crate::dossier::ReportKind;
use crate::error::Result;
use crate::store::captures::{self, NO_END};
use crate::store::{capture_policies, lines, outlooks, text};

/// Three places in four are for those that were not tried in vain.
pub(super) fn due(
    db: &Connection,
    environment: &str,
    now: i64,
    limit: usize,
) -> Result<Vec<CaptureTask>> {
    let fresh = tasks(
        db,
        "captures AS c INDEXED BY captures_due
         WHERE c.environment_id = ?1 AND c.state = 'waiting' AND c.trouble IS NULL
             AND ?2 IS NOT NULL
         ORDER BY c.due, c.line",
        environment,
        now,
        limit,
    )?;
    let again = tasks(
        db,
        "captures AS c INDEXED BY captures_again
         WHERE c.environment_id = ?1 AND c.state = 'waiting' AND c.trouble IS NOT NULL
             AND c.retry <= ?2
         ORDER BY c.retry, c.line",
        environment,
        now,
        limit,
    )?;
    let for_again = again
        .len()
        .min((limit / 4).max(limit.saturating_sub(fresh.len())));
    let for_fresh = limit.saturating_sub(for_again);
    let again = again.into_iter().take(for_again);
    Ok(fresh.into_iter().take(for_fresh).chain(again).collect())
}

/// A draft that tells the end is as good as the report, which ID360 may never give (facts §D.3): it came
/// when a report of the end was first kept, or later.
fn tasks(
    db: &Connection,
    place: &str,
    environment: &str,
    now: i64,
    limit: usize,
) -> Result<Vec<CaptureTask>> {
    let rules = capture_policies::read(db)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&format!(
        "SELECT d.id, d.process_id, c.due, c.tries, c.trouble, c.retry,
             EXISTS (SELECT 1 FROM reports AS r WHERE r.line = c.line
                 AND (r.rank > {draft} OR r.read_at >= d.report_kept_at)) AS report_is_here
         FROM (SELECT c.* FROM {place} LIMIT ?3) AS c JOIN dossiers AS d USING (line)",
        draft = lines::rank(ReportKind::Draft)
    ))?;
    let found = statement.query_map(params![environment, now, limit], |row| {
        let process: String = row.get("process_id")?;
        let due: i64 = row.get("due")?;
        Ok(CaptureTask {
            dossier: lines::read_id(row, "id")?,
            rule: rules.of(environment, &process),
            report_is_here: row.get("report_is_here")?,
            deadline: deadline(due)?,
            tries: row.get("tries")?,
            trouble: row.get("trouble")?,
            retry_at: lines::read_second(row, "retry")?,
        })
    })?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

pub(super) fn deadline(due: i64) -> rusqlite::Result<Option<DateTime<Utc>>> {
    if due == NO_END {
        return Ok(None);
    }
    DateTime::from_timestamp(due, 0)
        .map(Some)
        .ok_or(text::not_ours("due"))
}

pub(super) fn next_retry(db: &Connection, environment: &str) -> Result<Option<DateTime<Utc>>> {
    Ok(db
        .prepare_cached(
            "SELECT retry FROM captures INDEXED BY captures_again
             WHERE environment_id = ?1 AND state = 'waiting' AND trouble IS NOT NULL
             ORDER BY retry LIMIT 1",
        )?
        .query_row([environment], |row| lines::read_second(row, "retry"))
        .optional()?
        .flatten())
}

/// A person wants that line captured; what is complete, where a page is not the one that the report states. Whether
/// that changes anything.
pub(super) fn ask(db: &Connection, line: i64) -> Result<bool> {
    let asked = db
        .prepare_cached(
            "UPDATE captures SET state = 'waiting', asked = 1, tries = 0, trouble = NULL,
                 retry = NULL, ended = NULL
             WHERE line = ?1 AND (state IN ('incomplete', 'lost', 'archived')
                 OR (state = 'waiting' AND trouble IS NOT NULL)
                 OR (state = 'complete' AND EXISTS (
                     SELECT 1 FROM pieces AS p WHERE p.line = ?1 AND p.md5_agreement = 'differs')))",
        )?
        .execute([line])?;
    if asked == 0 {
        return Ok(false);
    }
    forget_missing(db, line)?;
    outlooks::forget_trouble(db, line)?;
    outlooks::refresh(db, line)?;
    Ok(true)
}

/// A file of the line is not whole: what ended is to be done again, if it can be had.
pub(super) fn ask_again(db: &Connection, line: i64) -> Result<()> {
    db.prepare_cached(
        "UPDATE captures SET state = 'waiting', asked = 1, tries = 0, trouble = NULL,
             retry = NULL, ended = NULL
         WHERE line = ?1 AND state IN ('complete', 'incomplete')",
    )?
    .execute([line])?;
    Ok(forget_missing(db, line)?)
}

pub(super) fn forget_missing(db: &Connection, line: i64) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM missing WHERE line = ?1")?
        .execute([line])
        .map(drop)
}

/// The capture of a finished dossier is there.
pub(super) fn is_there(db: &Connection, line: i64) -> Result<bool> {
    Ok(captures::find(db, line)?.is_some())
}
