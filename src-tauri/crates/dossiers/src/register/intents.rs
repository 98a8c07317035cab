//! Results of intents: a window that loads again repeats its last command and gets the same result.

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{OptionalExtension, params};

use super::Register;
use crate::error::Result;
use crate::store::text;

/// Far longer than any window lives.
const KEPT: TimeDelta = TimeDelta::days(7);

impl Register {
    /// Keeps the result of an intent for seven days. The first result of an intent stays.
    pub fn remember_intent(
        &self,
        intent_id: &str,
        result_json: &str,
        now: DateTime<Utc>,
    ) -> Result<()> {
        self.change(|transaction| {
            if let Some(oldest) = now.checked_sub_signed(KEPT) {
                transaction
                    .prepare_cached("DELETE FROM intents WHERE at < ?1")?
                    .execute([text::time(oldest)])?;
            }
            transaction
                .prepare_cached(
                    "INSERT INTO intents (id, at, result) VALUES (?1, ?2, ?3)
                     ON CONFLICT (id) DO NOTHING",
                )?
                .execute(params![intent_id, text::time(now), result_json])?;
            Ok(())
        })
    }

    /// The result of an intent that was carried out already.
    pub fn intent_result(&self, intent_id: &str) -> Result<Option<String>> {
        self.look(|db| {
            Ok(db
                .prepare_cached("SELECT result FROM intents WHERE id = ?1")?
                .query_row([intent_id], |row| row.get(0))
                .optional()?)
        })
    }
}
