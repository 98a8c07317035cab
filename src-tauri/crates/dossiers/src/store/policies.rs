//! The policies in force, and what they have not reached yet.

use rusqlite::{Connection, OptionalExtension, params};

use crate::deadlines::{DeadlinePolicy, PolicyTable};

/// The policies in force.
pub(crate) fn read(db: &Connection) -> rusqlite::Result<PolicyTable> {
    let mut table = PolicyTable::default();
    let mut statement = db.prepare_cached(
        "SELECT environment_id, process_id, documents_days, report_application_days,
             report_user_days
         FROM policies",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let environment: String = row.get("environment_id")?;
        let process: String = row.get("process_id")?;
        let policy = DeadlinePolicy {
            documents_days: row.get("documents_days")?,
            report_application_days: row.get("report_application_days")?,
            report_user_days: row.get("report_user_days")?,
        };
        table.put(environment, process, policy);
    }
    Ok(table)
}

/// Puts other policies in force.
pub(crate) fn write(db: &Connection, table: &PolicyTable) -> rusqlite::Result<()> {
    db.execute("DELETE FROM policies", [])?;
    let mut insert = db.prepare_cached(
        "INSERT OR REPLACE INTO policies (environment_id, process_id, documents_days,
             report_application_days, report_user_days)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (environment, process, policy) in table.all() {
        insert.execute(params![
            environment,
            process,
            policy.documents_days,
            policy.report_application_days,
            policy.report_user_days
        ])?;
    }
    Ok(())
}

/// Every environment and process that has a line. Reads one entry of an index for each.
pub(crate) fn in_use(db: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut next = db.prepare_cached(
        "SELECT environment_id, process_id FROM dossiers
         WHERE (environment_id, process_id) > (?1, ?2)
         ORDER BY environment_id, process_id LIMIT 1",
    )?;
    let first: Option<(String, String)> = db
        .prepare_cached(
            "SELECT environment_id, process_id FROM dossiers
             ORDER BY environment_id, process_id LIMIT 1",
        )?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let mut found = Vec::new();
    let mut at = first;
    while let Some(pair) = at {
        at = next
            .query_row(params![pair.0, pair.1], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?;
        found.push(pair);
    }
    Ok(found)
}

/// Lines of an environment and a process that are still to be told anew.
pub(crate) struct Pending {
    pub(crate) environment_id: String,
    pub(crate) process_id: String,
    pub(crate) after_line: i64,
    pub(crate) clock_was_ahead: bool,
}

/// All lines of the pair are to be told anew.
pub(crate) fn demand(
    db: &Connection,
    environment_id: &str,
    process_id: &str,
    clock_was_ahead: bool,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO to_tell_anew (environment_id, process_id, after_line, clock_was_ahead)
         VALUES (?1, ?2, 0, ?3)
         ON CONFLICT DO UPDATE SET after_line = 0,
             clock_was_ahead = max(clock_was_ahead, excluded.clock_was_ahead)",
    )?
    .execute(params![environment_id, process_id, clock_was_ahead])
    .map(drop)
}

/// The first pair that is pending.
pub(crate) fn pending(db: &Connection) -> rusqlite::Result<Option<Pending>> {
    db.prepare_cached(
        "SELECT environment_id, process_id, after_line, clock_was_ahead FROM to_tell_anew
         ORDER BY environment_id, process_id LIMIT 1",
    )?
    .query_row([], |row| {
        Ok(Pending {
            environment_id: row.get("environment_id")?,
            process_id: row.get("process_id")?,
            after_line: row.get("after_line")?,
            clock_was_ahead: row.get("clock_was_ahead")?,
        })
    })
    .optional()
}

/// Up to `limit` lines of it.
pub(crate) fn pending_lines(
    db: &Connection,
    pending: &Pending,
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    db.prepare_cached(
        "SELECT line FROM dossiers WHERE environment_id = ?1 AND process_id = ?2 AND line > ?3
         ORDER BY line LIMIT ?4",
    )?
    .query_map(
        params![
            pending.environment_id,
            pending.process_id,
            pending.after_line,
            i64::try_from(limit).unwrap_or(i64::MAX)
        ],
        |row| row.get(0),
    )?
    .collect()
}

/// Told up to `line`, or, with `None`, to the end.
pub(crate) fn told(db: &Connection, pending: &Pending, line: Option<i64>) -> rusqlite::Result<()> {
    let sql = match line {
        Some(_) => {
            "UPDATE to_tell_anew SET after_line = ?3
             WHERE environment_id = ?1 AND process_id = ?2"
        }
        None => {
            "DELETE FROM to_tell_anew
             WHERE environment_id = ?1 AND process_id = ?2 AND ?3 IS NULL"
        }
    };
    db.prepare_cached(sql)?
        .execute(params![pending.environment_id, pending.process_id, line])
        .map(drop)
}

/// How many lines are pending.
pub(crate) fn count_pending(db: &Connection) -> rusqlite::Result<u64> {
    db.prepare_cached(
        "SELECT coalesce(sum((SELECT count(*) FROM dossiers AS d
             WHERE d.environment_id = t.environment_id AND d.process_id = t.process_id
                 AND d.line > t.after_line)), 0)
         FROM to_tell_anew AS t",
    )?
    .query_row([], |row| row.get::<_, i64>(0))
    .map(i64::unsigned_abs)
}
