//! Columns of many lines, read without the rest of their dossiers.

use chrono::DateTime;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, Connection, Row};

use crate::decision::Choice;
use crate::error::{RegisterError, Result};
use crate::keeping::EvidenceState;
use crate::query::{Cell, Column};
use crate::store::text;

/// Lines that are read with one statement, where they stand side by side.
const RUN: i64 = 256;

/// Hands over the cells of one line after the other, in the order in which it is told the lines.
pub(super) struct CellReader<'c, 't> {
    columns: &'c [Column],
    statement: CachedStatement<'c>,
    take: &'t mut dyn FnMut(&[Cell<'_>]) -> Result<()>,
    /// Told and not yet read, newest first: the first and the last.
    run: Option<(i64, i64)>,
}

impl<'c, 't> CellReader<'c, 't> {
    pub(super) fn of(
        db: &'c Connection,
        columns: &'c [Column],
        take: &'t mut dyn FnMut(&[Cell<'_>]) -> Result<()>,
    ) -> Result<Self> {
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
            take,
            run: None,
        })
    }

    pub(super) fn line(&mut self, line: i64) -> Result<()> {
        match &mut self.run {
            Some((first, last)) if line == *last - 1 && *first - line < RUN => {
                *last = line;
                Ok(())
            }
            _ => {
                self.end()?;
                self.run = Some((line, line));
                Ok(())
            }
        }
    }

    /// Reads what it was told and has not read.
    pub(super) fn end(&mut self) -> Result<()> {
        let Some((first, last)) = self.run.take() else {
            return Ok(());
        };
        let mut rows = self.statement.query([last, first])?;
        let mut read = 0;
        while let Some(row) = rows.next()? {
            let cells = self
                .columns
                .iter()
                .enumerate()
                .map(|(place, column)| cell(row, place, *column))
                .collect::<rusqlite::Result<Vec<_>>>()?;
            (self.take)(&cells)?;
            read += 1;
        }
        if read == first - last + 1 {
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
