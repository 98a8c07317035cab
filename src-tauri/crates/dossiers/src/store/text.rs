//! How values are written in the database.

use chrono::{DateTime, SecondsFormat, Utc};
use rusqlite::types::Type;

/// RFC 3339 in UTC, of one width, so that texts sort as instants do.
pub(crate) fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The instant in a column.
pub(crate) fn read_time(row: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<DateTime<Utc>> {
    parse_time(&row.get::<_, String>(column)?)
}

/// The instant in a column that may be empty.
pub(crate) fn read_optional_time(
    row: &rusqlite::Row<'_>,
    column: &str,
) -> rusqlite::Result<Option<DateTime<Utc>>> {
    row.get::<_, Option<String>>(column)?
        .as_deref()
        .map(parse_time)
        .transpose()
}

/// The instant that [`time`] wrote.
pub(crate) fn parse_time(text: &str) -> rusqlite::Result<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text)
        .map(|at| at.to_utc())
        .map_err(|_| not_ours("time"))
}

/// A value that this program never writes: the file is damaged.
pub(crate) fn not_ours(what: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, what.into())
}

/// The value whose word a column holds.
pub(crate) fn read_word<T>(
    row: &rusqlite::Row<'_>,
    column: &'static str,
    known: fn(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    row.get_ref(column)?
        .as_str()
        .ok()
        .and_then(known)
        .ok_or(not_ours(column))
}
