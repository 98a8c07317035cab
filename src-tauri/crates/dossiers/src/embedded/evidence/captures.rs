//! Captures as a list.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::queue;
use crate::capture::{Capture, CaptureCounts, CaptureFilter, CapturePage, CaptureState};
use crate::embedded::listing;
use crate::error::{RegisterError, Result};
use crate::store::{lines, text};

pub(super) fn page(
    db: &Connection,
    environment: Option<&str>,
    which: CaptureFilter,
    offset: u64,
    limit: u64,
) -> Result<CapturePage> {
    let counts = counts(db, environment)?;
    let (condition, order) = asked(which);
    let mut values: Vec<Value> = vec![whole(limit), whole(offset)];
    let mut here = "";
    if let Some(environment) = environment {
        here = "AND c.environment_id = ?3";
        values.push(Value::Text(environment.to_owned()));
    }
    let mut statement = db.prepare_cached(&format!(
        "SELECT c.line, c.state, c.due, c.tries, c.trouble, c.retry, c.ended,
             (SELECT count(*) FROM pieces AS p WHERE p.line = c.line) AS pieces,
             (SELECT coalesce(sum(p.size), 0) FROM pieces AS p WHERE p.line = c.line) AS bytes,
             (SELECT count(*) FROM pieces AS p WHERE p.line = c.line AND p.integrity <> 'whole')
                 AS damaged
         FROM captures AS c WHERE {condition} {here} ORDER BY {order} LIMIT ?1 OFFSET ?2"
    ))?;
    let mut found = statement.query(params_from_iter(values))?;
    let mut rows = Vec::new();
    let dossier = format!(
        "SELECT {} FROM dossiers AS d WHERE d.line = ?1",
        lines::COLUMNS
    );
    while let Some(row) = found.next()? {
        let line: i64 = row.get("line")?;
        let count = |column| Ok::<_, rusqlite::Error>(row.get::<_, i64>(column)?.unsigned_abs());
        let state = text::read_word(row, "state", CaptureState::from_word)?;
        let waiting = state == CaptureState::Waiting;
        rows.push(Capture {
            dossier: listing::select(db, &dossier, &[Value::Integer(line)])?
                .pop()
                .ok_or(RegisterError::NotFound)?,
            state,
            pieces: count("pieces")?,
            bytes: count("bytes")?,
            damaged: count("damaged")?,
            deadline: if waiting {
                queue::deadline(row.get("due")?)?
            } else {
                None
            },
            tries: row.get("tries")?,
            trouble: if waiting { row.get("trouble")? } else { None },
            retry_at: lines::read_second(row, "retry")?,
            ended_at: lines::read_second(row, "ended")?,
        });
    }
    Ok(CapturePage {
        counts,
        rows,
        total: matching(counts, which),
    })
}

/// The condition of a filter, and the order of what it lets through.
fn asked(which: CaptureFilter) -> (String, &'static str) {
    let by_turn = "c.due, c.line";
    let by_end = "c.ended DESC, c.line DESC";
    match which {
        CaptureFilter::All => ("TRUE".into(), by_end),
        CaptureFilter::In(CaptureState::Waiting) => ("c.state = 'waiting'".into(), by_turn),
        CaptureFilter::In(state) => (format!("c.state = '{}'", state.as_str()), by_end),
        CaptureFilter::Troubled => (
            "c.state = 'waiting' AND c.trouble IS NOT NULL".into(),
            by_turn,
        ),
        CaptureFilter::Damaged => (
            "EXISTS (SELECT 1 FROM pieces AS p INDEXED BY pieces_damaged
                 WHERE p.integrity <> 'whole' AND p.line = c.line)"
                .into(),
            by_end,
        ),
    }
}

fn matching(counts: CaptureCounts, which: CaptureFilter) -> u64 {
    let of = |state| match state {
        CaptureState::Waiting => counts.waiting,
        CaptureState::Complete => counts.complete,
        CaptureState::Incomplete => counts.incomplete,
        CaptureState::Lost => counts.lost,
        CaptureState::Archived => counts.archived,
        CaptureState::NotWanted => counts.not_wanted,
    };
    match which {
        CaptureFilter::All => CaptureState::ALL.into_iter().map(of).sum(),
        CaptureFilter::In(state) => of(state),
        CaptureFilter::Troubled => counts.troubled,
        CaptureFilter::Damaged => counts.damaged,
    }
}

fn counts(db: &Connection, environment: Option<&str>) -> Result<CaptureCounts> {
    let mut counts = CaptureCounts::default();
    let mut statement = db.prepare_cached(
        "SELECT state, count(*) FROM captures INDEXED BY captures_by_state
         WHERE ?1 IS NULL OR environment_id = ?1 GROUP BY environment_id, state",
    )?;
    let mut rows = statement.query([environment])?;
    while let Some(row) = rows.next()? {
        let count = row.get::<_, i64>(1)?.unsigned_abs();
        match text::read_word(row, "state", CaptureState::from_word)? {
            CaptureState::Waiting => counts.waiting += count,
            CaptureState::Complete => counts.complete += count,
            CaptureState::Incomplete => counts.incomplete += count,
            CaptureState::Lost => counts.lost += count,
            CaptureState::Archived => counts.archived += count,
            CaptureState::NotWanted => counts.not_wanted += count,
        }
    }
    let one = |sql: &str| -> Result<u64> {
        let count: i64 = db
            .prepare_cached(sql)?
            .query_row([environment], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    };
    counts.troubled = one("SELECT count(*) FROM captures INDEXED BY captures_again
         WHERE state = 'waiting' AND trouble IS NOT NULL
             AND (?1 IS NULL OR environment_id = ?1)")?;
    counts.damaged = one(
        "SELECT count(DISTINCT p.line) FROM pieces AS p INDEXED BY pieces_damaged
         JOIN captures AS c USING (line)
         WHERE p.integrity <> 'whole' AND (?1 IS NULL OR c.environment_id = ?1)",
    )?;
    Ok(counts)
}

fn whole(number: u64) -> Value {
    Value::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}
