//! The form that was begun.

use rusqlite::{Connection, OptionalExtension, params};

use super::EmbeddedRegister;
use crate::error::Result;
use crate::register::{Draft, Drafting};
use crate::store::text;

impl Drafting for EmbeddedRegister {
    fn draft(&self) -> Result<Option<Draft>> {
        self.look(|db| {
            Ok(db
                .prepare_cached("SELECT environment, content, saved_at FROM draft")?
                .query_row([], |row| {
                    Ok(Draft {
                        environment_id: row.get("environment")?,
                        content: row.get("content")?,
                        saved_at: text::read_time(row, "saved_at")?,
                    })
                })
                .optional()?)
        })
    }

    fn save_draft(&self, draft: &Draft) -> Result<()> {
        self.change(|transaction| {
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO draft (place, environment, content, saved_at)
                     VALUES (1, ?1, ?2, ?3)",
                )?
                .execute(params![
                    draft.environment_id,
                    draft.content,
                    text::time(draft.saved_at)
                ])?;
            Ok(())
        })
    }

    fn drop_draft(&self) -> Result<()> {
        self.change(|transaction| Ok(drop(transaction)?))
    }
}

/// Forgets the form.
pub(super) fn drop(db: &Connection) -> rusqlite::Result<()> {
    // Without a condition SQLite clears the table, which writes its page even where there is nothing.
    db.prepare_cached("DELETE FROM draft WHERE place = 1")?
        .execute([])
        .map(std::mem::drop)
}
