//! Columns of many lines, read without the rest of their dossiers.

use chrono::DateTime;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, Row};

use crate::decision::Choice;
use crate::error::{RegisterError, Result};
use crate::keeping::EvidenceState;
use crate::query::{Cell, Column};
use crate::row_batch::RowBatch;
use crate::store::text;

/// Reads the cells of lines, in the order in which it is told them.
pub(super) struct CellReader<'c> {
    columns: &'c [Column],
    statement: CachedStatement<'c>,
}

impl<'c> CellReader<'c> {
    pub(super) fn of(db: &'c Connection, columns: &'c [Column]) -> Result<Self> {
        let values: String = columns
            .iter()
            .map(|column| format!("{}, ", value(*column)))
            .collect();
        let sql = format!(
            "SELECT {values}d.line FROM dossiers AS d WHERE d.line BETWEEN ?1 AND ?2
             ORDER BY d.line DESC"
        );
        Ok(Self {
            columns,
            statement: db.prepare_cached(&sql)?,
        })
    }

    pub(super) fn read(&mut self, lines: &[i64]) -> Result<RowBatch> {
        let mut batch = RowBatch::default();
        // Lines that stand side by side, newest first, are read with one statement.
        for run in lines.chunk_by(|newer, older| newer.checked_sub(1) == Some(*older)) {
            if let (Some(first), Some(last)) = (run.first(), run.last()) {
                self.run(*last, *first, run.len(), &mut batch)?;
            }
        }
        Ok(batch)
    }

    fn run(&mut self, from: i64, to: i64, lines: usize, into: &mut RowBatch) -> Result<()> {
        let mut rows = self.statement.query([from, to])?;
        let mut read = 0;
        while let Some(row) = rows.next()? {
            for (place, column) in self.columns.iter().enumerate() {
                into.put(cell(row, place, *column)?);
            }
            read += 1;
        }
        if read == lines {
            Ok(())
        } else {
            Err(RegisterError::NotFound)
        }
    }
}

/// What is selected for a column, of `dossiers AS d`.
fn value(column: Column) -> &'static str {
    match column {
        Column::Status => "d.shown_status",
        Column::Reference => "d.reference",
        Column::Name => "coalesce(d.last_name || ' ' || d.first_name, d.last_name, d.first_name)",
        Column::Process => "d.process_name",
        Column::PreparedAt => "d.prepared_at",
        Column::FinishedTime => "d.finished_time",
        Column::Deadline => "d.deadline",
        Column::Evidence => "d.evidence",
        Column::EnrollmentId => "d.enrollment_id",
        Column::Operator => "d.operator",
        Column::Environment => "d.environment_id",
        Column::Level => "d.level",
        Column::Tags => {
            "CASE WHEN d.first_tag IS NOT NULL THEN
                 (SELECT group_concat(n.tag, ', ') FROM tags AS t JOIN tag_names AS n USING (key)
                     WHERE t.line = d.line) END"
        }
        Column::ChangedAt => "d.changed_at",
        Column::Email => "d.email",
        Column::PhoneNumber => "d.phone_number",
        Column::Decision => "d.decided",
    }
}

fn cell<'r>(row: &'r Row<'_>, place: usize, column: Column) -> rusqlite::Result<Cell<'r>> {
    let found = row.get_ref(place)?;
    if found == ValueRef::Null {
        return Ok(Cell::Missing);
    }
    Ok(match column {
        Column::PreparedAt | Column::FinishedTime | Column::ChangedAt => {
            Cell::Time(text::parse_time(found.as_str()?)?)
        }
        Column::Deadline => Cell::Time(
            DateTime::from_timestamp(found.as_i64()?, 0).ok_or(text::not_ours("second"))?,
        ),
        Column::EnrollmentId => Cell::Number(found.as_i64()?),
        Column::Evidence => Cell::Evidence(
            EvidenceState::from_word(found.as_str()?).ok_or(text::not_ours("evidence"))?,
        ),
        Column::Decision => {
            Cell::Decision(Choice::from_word(found.as_str()?).ok_or(text::not_ours("decision"))?)
        }
        _ => Cell::Text(found.as_str()?),
    })
}
