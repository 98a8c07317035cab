//! A whole dossier out of one row.

use chrono::{DateTime, Utc};
use rusqlite::types::FromSql;
use rusqlite::{Connection, Row};
use uuid::Uuid;

use super::{lines, text};
use crate::decision::Choice;
use crate::dossier::{
    Dossier, DossierId, ExpectedDatum, ExpectedOutcome, ExpectedState, ReportKind,
};
use crate::keeping::{EvidenceState, Lane, Origin};
use crate::life_cycle::CreationState;

/// The columns [`read`] wants, in its order, from `dossiers AS d`.
pub(crate) const COLUMNS: &str = "d.line, d.id, d.version, d.environment_id, d.process_id,
    d.process_uuid, d.process_name, d.operator, d.form, d.reference, d.client_reference,
    d.last_name, d.first_name, d.email, d.phone_number, d.idclaim_expected,
    EXISTS (SELECT 1 FROM expected AS e WHERE e.line = d.line), d.body_sha256, d.state,
    d.status, d.verdict, d.refusal, d.enrollment_id, d.api_key IS NOT NULL,
    d.state IN ('SENT', 'OUTCOME_UNKNOWN')
        AND EXISTS (SELECT 1 FROM answers AS a WHERE a.line = d.line AND a.whole),
    d.creation_time, d.starting_time, d.finished_time, d.prepared_at, d.changed_at, d.opened_at,
    (SELECT r.rank || ' ' || r.read_at FROM reports AS r INDEXED BY reports_by_rank
        WHERE r.line = d.line ORDER BY r.rank DESC LIMIT 1),
    d.origin, d.level, d.treated_at, d.decided,
    CASE WHEN d.first_tag IS NOT NULL THEN
        (SELECT group_concat(n.tag, char(31)) FROM tags AS t JOIN tag_names AS n USING (key)
            WHERE t.line = d.line) END,
    d.pages, d.documents_kept_at, d.idclaim_kept_at, d.documents_until,
    d.report_application_until, d.report_user_until, d.deadline, d.lane, d.evidence, d.trouble,
    d.trouble_at";

/// A dossier. Positions, not names: looking 40 names up for each of 100,000 rows
/// costs more than reading them.
pub(crate) fn read(db: &Connection, row: &Row<'_>) -> rusqlite::Result<Dossier> {
    let mut cells = Cells { row, next: 0 };
    let line = cells.take()?;
    Ok(Dossier {
        id: DossierId(cells.uuid()?),
        version: cells.take()?,
        environment_id: cells.take()?,
        process_id: cells.take()?,
        process_uuid: cells.uuid()?,
        process_name: cells.take()?,
        operator: cells.take()?,
        form: cells.take()?,
        reference: cells.take()?,
        client_reference: cells.take()?,
        last_name: cells.take()?,
        first_name: cells.take()?,
        email: cells.take()?,
        phone_number: cells.take()?,
        idclaim_expected: cells.take()?,
        expected: if cells.take()? {
            expected(db, line)?
        } else {
            Vec::new()
        },
        body_sha256: cells
            .take::<Option<Vec<u8>>>()?
            .map(|bytes| bytes.try_into().map_err(|_| text::not_ours("hash")))
            .transpose()?,
        state: cells.word("state", CreationState::from_word)?,
        status: cells.take()?,
        verdict: cells.take()?,
        refusal: cells.take()?,
        enrollment_id: cells.take()?,
        has_api_key: cells.take()?,
        answer_pending: cells.take()?,
        creation_time: cells.time()?,
        starting_time: cells.time()?,
        finished_time: cells.time()?,
        prepared_at: cells.time()?.ok_or(text::not_ours("time"))?,
        changed_at: cells.time()?.ok_or(text::not_ours("time"))?,
        opened_at: cells.time()?,
        report_kind: cells.report_kind()?,
        report_read_at: cells.report_read_at()?,
        origin: cells.word("origin", Origin::from_word)?,
        level: cells.take()?,
        treated_at: cells.time()?,
        decision: cells
            .text()?
            .map(|word| Choice::from_word(word).ok_or(text::not_ours("decision")))
            .transpose()?,
        tags: cells.tags()?,
        pages: cells.take()?,
        documents_kept_at: cells.time()?,
        idclaim_kept_at: cells.time()?,
        documents_until: cells.second()?,
        report_application_until: cells.second()?,
        report_user_until: cells.second()?,
        deadline: cells.deadline()?,
        evidence: cells.word("evidence", EvidenceState::from_word)?,
        trouble: cells.take()?,
        trouble_at: cells.time()?,
    })
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

/// The cells of a row, one after the other.
struct Cells<'r> {
    row: &'r Row<'r>,
    next: usize,
}

impl Cells<'_> {
    fn take<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        let cell = self.row.get(self.next)?;
        self.next += 1;
        Ok(cell)
    }

    fn uuid(&mut self) -> rusqlite::Result<Uuid> {
        let uuid = Uuid::from_slice(self.row.get_ref(self.next)?.as_blob()?)
            .map_err(|_| text::not_ours("uuid"))?;
        self.next += 1;
        Ok(uuid)
    }

    fn text(&mut self) -> rusqlite::Result<Option<&str>> {
        let cell = self.row.get_ref(self.next)?;
        self.next += 1;
        Ok(cell.as_str_or_null()?)
    }

    fn word<T>(&mut self, what: &'static str, known: fn(&str) -> Option<T>) -> rusqlite::Result<T> {
        self.text()?.and_then(known).ok_or(text::not_ours(what))
    }

    fn time(&mut self) -> rusqlite::Result<Option<DateTime<Utc>>> {
        self.text()?.map(text::parse_time).transpose()
    }

    fn second(&mut self) -> rusqlite::Result<Option<DateTime<Utc>>> {
        self.take::<Option<i64>>()?
            .map(|second| DateTime::from_timestamp(second, 0).ok_or(text::not_ours("second")))
            .transpose()
    }

    /// Rank and time of the report share a cell: they come from one look.
    fn report_kind(&mut self) -> rusqlite::Result<Option<ReportKind>> {
        let cell = self.row.get_ref(self.next)?.as_str_or_null()?;
        cell.and_then(|cell| cell.split(' ').next())
            .map(|rank| {
                let rank = rank.parse().map_err(|_| text::not_ours("report kind"))?;
                lines::kind_of_rank(rank)
            })
            .transpose()
    }

    fn report_read_at(&mut self) -> rusqlite::Result<Option<DateTime<Utc>>> {
        self.text()?
            .and_then(|cell| cell.split(' ').nth(1))
            .map(text::parse_time)
            .transpose()
    }

    fn deadline(&mut self) -> rusqlite::Result<Option<(Lane, DateTime<Utc>)>> {
        let at = self.second()?;
        let lane = self.text()?;
        at.map(|at| {
            let lane = lane.and_then(Lane::from_word);
            Ok((lane.ok_or(text::not_ours("lane"))?, at))
        })
        .transpose()
    }

    /// No tag holds the sign they are joined with: it is a control sign.
    fn tags(&mut self) -> rusqlite::Result<Vec<String>> {
        Ok(self
            .text()?
            .iter()
            .flat_map(|joined| joined.split('\u{1f}'))
            .map(str::to_owned)
            .collect())
    }
}
