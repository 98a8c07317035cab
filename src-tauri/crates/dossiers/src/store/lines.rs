//! Lines of the table `dossiers` and what hangs on them.

use chrono::{DateTime, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};
use uuid::Uuid;

use super::text;
use crate::creation_journal::SentFacts;
use crate::dossier::{
    Dossier, DossierId, ExpectedDatum, ExpectedOutcome, ExpectedState, ReportKind,
};
use crate::error::RegisterError;
use crate::folding;
use crate::keeping::{EvidenceState, Lane, Origin};
use crate::life_cycle::{CreationState, Followed};

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

/// Writes a new line, ready to be sent. `began`: now, by the true clock.
pub(crate) fn insert(
    db: &Connection,
    id: DossierId,
    facts: &SentFacts,
    typed: &Typed,
    began: DateTime<Utc>,
) -> rusqlite::Result<i64> {
    let at = text::time(facts.prepared_at);
    db.prepare_cached(
        "INSERT INTO dossiers (id, environment_id, process_id, process_uuid, process_name,
             operator, form, reference, client_reference, last_name, first_name, email,
             phone_number, idclaim_expected, body_sha256, state, prepared_at, changed_at,
             search_text, name_key, began)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?17,
             '', '', ?18)",
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
        CreationState::Ready.as_str(),
        at,
        began.timestamp(),
    ])?;
    let line = db.last_insert_rowid();
    for datum in &typed.expected {
        add_expected(db, line, datum)?;
    }
    refresh_search(db, line)?;
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

/// Says that a line changed.
pub(crate) fn touch(db: &Connection, line: i64, now: DateTime<Utc>) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE dossiers SET version = version + 1, changed_at = ?2 WHERE line = ?1")?
        .execute(params![line, text::time(now)])
        .map(drop)
}

/// Writes what the list looks in anew, after a searched column changed.
pub(crate) fn refresh_search(db: &Connection, line: i64) -> rusqlite::Result<()> {
    let (search, name) = db
        .prepare_cached(
            "SELECT reference, client_reference, enrollment_id, last_name, first_name, email,
                 phone_number
             FROM dossiers WHERE line = ?1",
        )?
        .query_row([line], |row| {
            let text = |column| {
                row.get::<_, Option<String>>(column)
                    .map(Option::unwrap_or_default)
            };
            let enrollment_id: Option<i64> = row.get("enrollment_id")?;
            let fields: [String; 7] = [
                text("reference")?,
                text("client_reference")?,
                enrollment_id
                    .map(|number| number.to_string())
                    .unwrap_or_default(),
                text("last_name")?,
                text("first_name")?,
                text("email")?,
                text("phone_number")?,
            ];
            Ok(search_keys(fields.each_ref().map(String::as_str)))
        })?;
    db.prepare_cached("UPDATE dossiers SET search_text = ?2, name_key = ?3 WHERE line = ?1")?
        .execute(params![line, search, name])
        .map(drop)
}

/// What the list looks in and what it sorts names by. Fields: reference, client reference, number,
/// family name, given names, e-mail address, phone number.
pub(crate) fn search_keys(fields: [&str; 7]) -> (String, String) {
    let name = format!("{} {}", folding::fold(fields[3]), folding::fold(fields[4]));
    (folding::searchable(fields), name.trim().to_owned())
}

/// The columns [`read`] wants, from `dossiers AS d`.
pub(crate) const COLUMNS: &str = "d.line, d.id, d.version, d.environment_id, d.process_id,
    d.process_uuid, d.process_name, d.operator, d.form, d.reference, d.client_reference,
    d.last_name, d.first_name, d.email, d.phone_number, d.idclaim_expected, d.body_sha256, d.state,
    d.status, d.verdict, d.refusal, d.enrollment_id, d.api_key IS NOT NULL AS has_api_key,
    d.state IN ('SENT', 'OUTCOME_UNKNOWN')
        AND EXISTS (SELECT 1 FROM answers AS a WHERE a.line = d.line AND a.whole) AS answer_pending,
    d.creation_time, d.starting_time, d.finished_time, d.prepared_at, d.changed_at, d.opened_at,
    (SELECT max(r.rank) FROM reports AS r WHERE r.line = d.line) AS report_rank,
    (SELECT r.read_at FROM reports AS r WHERE r.line = d.line ORDER BY r.rank DESC LIMIT 1)
        AS report_read_at,
    d.origin, d.level, d.treated_at, d.pages, d.documents_kept_at, d.idclaim_kept_at,
    d.documents_until, d.report_application_until, d.report_user_until, d.deadline, d.lane,
    d.evidence, d.trouble, d.trouble_at,
    (SELECT group_concat(n.tag, char(31)) FROM tags AS t JOIN tag_names AS n USING (key)
        WHERE t.line = d.line) AS tags";

/// A dossier and its line number, without its expected data.
pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<(i64, Dossier)> {
    let dossier = Dossier {
        id: read_id(row, "id")?,
        version: row.get("version")?,
        environment_id: row.get("environment_id")?,
        process_id: row.get("process_id")?,
        process_uuid: read_uuid(row, "process_uuid")?,
        process_name: row.get("process_name")?,
        operator: row.get("operator")?,
        form: row.get("form")?,
        reference: row.get("reference")?,
        client_reference: row.get("client_reference")?,
        last_name: row.get("last_name")?,
        first_name: row.get("first_name")?,
        email: row.get("email")?,
        phone_number: row.get("phone_number")?,
        idclaim_expected: row.get("idclaim_expected")?,
        expected: Vec::new(),
        body_sha256: row
            .get::<_, Option<Vec<u8>>>("body_sha256")?
            .map(|bytes| bytes.try_into().map_err(|_| text::not_ours("hash")))
            .transpose()?,
        state: read_state(row)?,
        status: row.get("status")?,
        verdict: row.get("verdict")?,
        refusal: row.get("refusal")?,
        enrollment_id: row.get("enrollment_id")?,
        has_api_key: row.get("has_api_key")?,
        answer_pending: row.get("answer_pending")?,
        creation_time: text::read_optional_time(row, "creation_time")?,
        starting_time: text::read_optional_time(row, "starting_time")?,
        finished_time: text::read_optional_time(row, "finished_time")?,
        prepared_at: text::read_time(row, "prepared_at")?,
        changed_at: text::read_time(row, "changed_at")?,
        opened_at: text::read_optional_time(row, "opened_at")?,
        report_kind: row
            .get::<_, Option<i64>>("report_rank")?
            .map(kind_of_rank)
            .transpose()?,
        report_read_at: text::read_optional_time(row, "report_read_at")?,
        origin: read_word(row, "origin", Origin::from_word)?,
        level: row.get("level")?,
        treated_at: text::read_optional_time(row, "treated_at")?,
        tags: read_tags(row)?,
        pages: row.get("pages")?,
        documents_kept_at: text::read_optional_time(row, "documents_kept_at")?,
        idclaim_kept_at: text::read_optional_time(row, "idclaim_kept_at")?,
        documents_until: read_second(row, "documents_until")?,
        report_application_until: read_second(row, "report_application_until")?,
        report_user_until: read_second(row, "report_user_until")?,
        deadline: read_deadline(row)?,
        evidence: read_word(row, "evidence", EvidenceState::from_word)?,
        trouble: row.get("trouble")?,
        trouble_at: text::read_optional_time(row, "trouble_at")?,
    };
    Ok((row.get("line")?, dossier))
}

/// The expected data of a line.
pub(crate) fn expected(db: &Connection, line: i64) -> rusqlite::Result<Vec<ExpectedState>> {
    db.prepare_cached(
        "SELECT name, value, locked, auto, outcome FROM expected WHERE line = ?1 ORDER BY position",
    )?
    .query_map([line], |row| {
        let outcome: Option<String> = row.get("outcome")?;
        Ok(ExpectedState {
            datum: ExpectedDatum {
                name: row.get("name")?,
                value: row.get("value")?,
                locked: row.get("locked")?,
                auto: row.get("auto")?,
            },
            outcome: outcome
                .map(|word| ExpectedOutcome::from_word(&word).ok_or(text::not_ours("outcome")))
                .transpose()?,
        })
    })?
    .collect()
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

fn read_word<T>(
    row: &Row<'_>,
    column: &'static str,
    known: fn(&str) -> Option<T>,
) -> rusqlite::Result<T> {
    known(row.get_ref(column)?.as_str()?).ok_or(text::not_ours(column))
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

fn read_deadline(row: &Row<'_>) -> rusqlite::Result<Option<(Lane, DateTime<Utc>)>> {
    read_second(row, "deadline")?
        .map(|at| Ok((read_word(row, "lane", Lane::from_word)?, at)))
        .transpose()
}

/// No tag holds the sign they are joined with: it is a control sign.
fn read_tags(row: &Row<'_>) -> rusqlite::Result<Vec<String>> {
    let joined: Option<String> = row.get("tags")?;
    Ok(joined
        .iter()
        .flat_map(|joined| joined.split('\u{1f}'))
        .map(str::to_owned)
        .collect())
}

fn read_state(row: &Row<'_>) -> rusqlite::Result<CreationState> {
    let word: String = row.get("state")?;
    CreationState::from_word(&word).ok_or(text::not_ours("state"))
}
