//! The rules of capture in force.

use rusqlite::{Connection, params};

use super::text;
use crate::capture::{CapturePolicies, CapturePolicy, CaptureRule};

/// The rules in force.
pub(crate) fn read(db: &Connection) -> rusqlite::Result<CapturePolicies> {
    let mut table = CapturePolicies::default();
    let mut statement = db
        .prepare_cached("SELECT environment_id, process_id, policy, video FROM capture_policies")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let rule = CaptureRule {
            policy: text::read_word(row, "policy", CapturePolicy::from_word)?,
            video: row.get("video")?,
        };
        table.put(row.get("environment_id")?, row.get("process_id")?, rule);
    }
    Ok(table)
}

/// Puts other rules in force.
pub(crate) fn write(db: &Connection, table: &CapturePolicies) -> rusqlite::Result<()> {
    db.execute("DELETE FROM capture_policies", [])?;
    let mut insert = db.prepare_cached(
        "INSERT OR REPLACE INTO capture_policies (environment_id, process_id, policy, video)
         VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (environment, process, rule) in table.all() {
        insert.execute(params![
            environment,
            process,
            rule.policy.as_str(),
            rule.video
        ])?;
    }
    Ok(())
}
