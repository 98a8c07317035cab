//! Lines of the table `dossiers` and what hangs on them.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

pub(crate) use super::rows::COLUMNS;
use super::text;
use crate::creation_journal::SentFacts;
use crate::dossier::{DossierId, ExpectedDatum, ReportKind};
use crate::error::RegisterError;
use crate::folding;
use crate::key::RegisterKey;
use crate::life_cycle::{CreationState, Followed};
use crate::words::{self, Fields};

/// What the life cycle needs to know of a line.
pub(crate) struct Line {
    pub(crate) line: i64,
    pub(crate) id: DossierId,
    pub(crate) state: CreationState,
    pub(crate) followed: Followed,
}

/// The line of a dossier.
pub(crate) fn find(db: &Connection, id: DossierId) -> rusqlite::Result<Option<Line>> {
    db.prepare_cached("SELECT line, state, status, verdict FROM dossiers WHERE id = ?1")?
        .query_row([id.0.as_bytes().as_slice()], |row| {
            Ok(Line {
                line: row.get("line")?,
                id,
                state: read_state(row)?,
                followed: Followed {
                    status: row.get("status")?,
                    verdict: row.get("verdict")?,
                },
            })
        })
        .optional()
}

/// The line of a dossier that must be there.
pub(crate) fn require(db: &Connection, id: DossierId) -> Result<Line, RegisterError> {
    find(db, id)?.ok_or(RegisterError::NotFound)
}

/// What only the form knows; a line rebuilt from the creation journal has none of it.
#[derive(Default)]
pub(crate) struct Typed {
    pub(crate) form: Option<String>,
    pub(crate) last_name: Option<String>,
    pub(crate) first_name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone_number: Option<String>,
    pub(crate) expected: Vec<ExpectedDatum>,
    pub(crate) body_sha256: Option<[u8; 32]>,
}

/// Writes a new line. `began`: now, by the true clock.
///
/// What is looked for in a line that is on its way is written when its sending ends, once and whole: see
/// [`refresh_search`].
pub(crate) fn insert(
    db: &Connection,
    id: DossierId,
    state: CreationState,
    facts: &SentFacts,
    typed: &Typed,
    began: DateTime<Utc>,
) -> rusqlite::Result<i64> {
    let at = text::time(facts.prepared_at);
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let (search, name) = search_keys(&Fields {
        reference: text(&facts.reference),
        last_name: text(&typed.last_name),
        first_name: text(&typed.first_name),
        email: text(&typed.email),
        phone_number: text(&typed.phone_number),
        enrollment_id: None,
    });
    let search = if state == CreationState::Sent {
        String::new()
    } else {
        search
    };
    db.prepare_cached(
        "INSERT INTO dossiers (id, environment_id, process_id, process_uuid, process_name,
             operator, form, reference, client_reference, last_name, first_name, email,
             phone_number, idclaim_expected, body_sha256, state, prepared_at, changed_at,
             search_text, name_key, began)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?17,
             ?18, ?19, ?20)",
    )?
    .execute(params![
        id.0.as_bytes().as_slice(),
        facts.environment_id,
        facts.process_id,
        facts.process_uuid.as_bytes().as_slice(),
        facts.process_name,
        facts.operator,
        typed.form,
        facts.reference,
        facts.client_reference,
        typed.last_name,
        typed.first_name,
        typed.email,
        typed.phone_number,
        facts.idclaim_expected,
        typed.body_sha256.as_ref().map(<[u8; 32]>::as_slice),
        state.as_str(),
        at,
        search,
        name,
        began.timestamp(),
    ])?;
    let line = db.last_insert_rowid();
    for datum in &typed.expected {
        add_expected(db, line, datum)?;
    }
    Ok(line)
}

/// Adds an expected datum behind the others, or replaces the one of that name.
pub(crate) fn add_expected(
    db: &Connection,
    line: i64,
    datum: &ExpectedDatum,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO expected (line, position, name, value, locked, auto)
         VALUES (?1, (SELECT coalesce(max(position), 0) + 1 FROM expected WHERE line = ?1),
             ?2, ?3, ?4, ?5)
         ON CONFLICT (line, name) DO UPDATE SET
             value = excluded.value, locked = excluded.locked, auto = excluded.auto,
             outcome = NULL",
    )?
    .execute(params![
        line,
        datum.name,
        datum.value,
        datum.locked,
        datum.auto
    ])
    .map(drop)
}

/// The facts of the creation, to write into a creation journal.
pub(crate) fn sent_facts(db: &Connection, line: i64) -> rusqlite::Result<SentFacts> {
    db.prepare_cached(
        "SELECT environment_id, process_id, process_uuid, process_name, operator, reference,
             client_reference, idclaim_expected, prepared_at
         FROM dossiers WHERE line = ?1",
    )?
    .query_row([line], |row| {
        Ok(SentFacts {
            environment_id: row.get("environment_id")?,
            process_id: row.get("process_id")?,
            process_uuid: read_uuid(row, "process_uuid")?,
            process_name: row.get("process_name")?,
            operator: row.get("operator")?,
            reference: row.get("reference")?,
            client_reference: row.get("client_reference")?,
            idclaim_expected: row.get("idclaim_expected")?,
            prepared_at: text::read_time(row, "prepared_at")?,
        })
    })
}

/// Says that a line changed, and where its creation stands now.
pub(crate) fn step(
    db: &Connection,
    line: &Line,
    next: CreationState,
    now: DateTime<Utc>,
) -> rusqlite::Result<()> {
    match (line.state, next) {
        // Its end follows within moments: until then nothing that a list sorts by moves.
        (CreationState::Sent, CreationState::Sent) => {
            return db
                .prepare_cached("UPDATE dossiers SET version = version + 1 WHERE line = ?1")?
                .execute([line.line])
                .map(drop);
        }
        (now_in, next) if now_in == next => return touch(db, line.line, now),
        _ => {}
    }
    db.prepare_cached(
        "UPDATE dossiers SET state = ?2, version = version + 1, changed_at = ?3 WHERE line = ?1",
    )?
    .execute(params![line.line, next.as_str(), text::time(now)])
    .map(drop)
}

/// Says that a line changed.
pub(crate) fn touch(db: &Connection, line: i64, now: DateTime<Utc>) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE dossiers SET version = version + 1, changed_at = ?2 WHERE line = ?1")?
        .execute(params![line, text::time(now)])
        .map(drop)
}

/// Writes what the list looks in and sorts by anew, after a searched column changed.
pub(crate) fn refresh_search(db: &Connection, line: i64) -> rusqlite::Result<()> {
    write_search(db, line, false)
}

/// The same, and the line goes on being found by what it was found by: a report may read another name
/// than the one that was typed, and the person looks for that.
pub(crate) fn extend_search(db: &Connection, line: i64) -> rusqlite::Result<()> {
    write_search(db, line, true)
}

fn write_search(db: &Connection, line: i64, keeps: bool) -> rusqlite::Result<()> {
    let (fields, known) = db
        .prepare_cached(
            "SELECT reference, last_name, first_name, email, phone_number, enrollment_id, search_text
             FROM dossiers WHERE line = ?1",
        )?
        .query_row([line], |row| {
            let text = |column| {
                row.get::<_, Option<String>>(column)
                    .map(Option::unwrap_or_default)
            };
            let fields = Fields {
                reference: text(0)?,
                last_name: text(1)?,
                first_name: text(2)?,
                email: text(3)?,
                phone_number: text(4)?,
                enrollment_id: row.get(5)?,
            };
            Ok((fields, row.get::<_, String>(6)?))
        })?;
    let (mut search, name) = search_keys(&fields);
    if keeps {
        search = words::with(&search, &known);
    }
    db.prepare_cached(
        "UPDATE dossiers SET search_text = ?2, name_key = ?3
         WHERE line = ?1 AND (search_text <> ?2 OR name_key <> ?3)",
    )?
    .execute(params![line, search, name])
    .map(drop)
}

/// What the list looks in and what it sorts names by.
pub(crate) fn search_keys(fields: &Fields) -> (String, String) {
    let last_name = folding::fold(&fields.last_name);
    let name = format!("{last_name} {}", folding::fold(&fields.first_name));
    (words::of(fields), name.trim().to_owned())
}

/// Step of the migration to version 2: version 1 looked in one run of letters for each field.
pub(crate) fn write_all_words(db: &Connection, _key: &RegisterKey) -> Result<(), RegisterError> {
    let last: Option<i64> = db.query_row("SELECT max(line) FROM dossiers", [], |row| row.get(0))?;
    let mut every =
        db.prepare("SELECT line FROM dossiers WHERE line > ?1 ORDER BY line LIMIT 1")?;
    let mut line = 0;
    while line < last.unwrap_or(0) {
        line = every.query_row([line], |row| row.get(0))?;
        refresh_search(db, line)?;
    }
    db.execute_batch("INSERT INTO found (found) VALUES ('rebuild')")?;
    // From here on the index follows every change by itself.
    db.execute_batch(include_str!("migrations/0002_found.sql"))?;
    Ok(())
}

/// How telling a report is.
pub(crate) fn rank(kind: ReportKind) -> i64 {
    match kind {
        ReportKind::Draft => 1,
        ReportKind::Archived => 2,
        ReportKind::Final => 3,
    }
}

pub(crate) fn kind_of_rank(rank: i64) -> rusqlite::Result<ReportKind> {
    match rank {
        1 => Ok(ReportKind::Draft),
        2 => Ok(ReportKind::Archived),
        3 => Ok(ReportKind::Final),
        _ => Err(text::not_ours("report kind")),
    }
}

/// The dossier id in a column.
pub(crate) fn read_id(row: &Row<'_>, column: &str) -> rusqlite::Result<DossierId> {
    read_uuid(row, column).map(DossierId)
}

fn read_uuid(row: &Row<'_>, column: &str) -> rusqlite::Result<Uuid> {
    let bytes: Vec<u8> = row.get(column)?;
    Uuid::from_slice(&bytes).map_err(|_| text::not_ours("uuid"))
}

/// The instant in a column of seconds of Unix time that may be empty.
pub(crate) fn read_second(
    row: &Row<'_>,
    column: &'static str,
) -> rusqlite::Result<Option<DateTime<Utc>>> {
    row.get::<_, Option<i64>>(column)?
        .map(|second| DateTime::from_timestamp(second, 0).ok_or(text::not_ours(column)))
        .transpose()
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<CreationState> {
    let word: String = row.get("state")?;
    CreationState::from_word(&word).ok_or(text::not_ours("state"))
}
