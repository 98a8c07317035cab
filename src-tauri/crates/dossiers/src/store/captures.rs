//! How far the capture of a line is, told anew with its outlook.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::text;
use crate::capture::{CapturePolicy, CaptureRule, CaptureState};
use crate::deadlines::{self, NotToBeHad};
use crate::keeping::EvidenceState;
use crate::pieces::PieceKind;

/// Stands for a capture without a known end, behind all others.
pub(crate) const NO_END: i64 = i64::MAX;

/// What the register holds of a capture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) state: CaptureState,
    /// Of what ended: what it was done for.
    pub(crate) rule: CaptureRule,
    /// A person wants it whatever the windows say.
    pub(crate) asked: bool,
    pub(crate) due: i64,
}

/// The capture of a line; `None` before its dossier ended.
pub(crate) fn find(db: &Connection, line: i64) -> rusqlite::Result<Option<Standing>> {
    db.prepare_cached("SELECT state, policy, asked, due FROM captures WHERE line = ?1")?
        .query_row([line], |row| {
            Ok(Standing {
                state: text::read_word(row, "state", CaptureState::from_word)?,
                rule: read_rule(row)?,
                asked: row.get("asked")?,
                due: row.get("due")?,
            })
        })
        .optional()
}

fn read_rule(row: &Row<'_>) -> rusqlite::Result<CaptureRule> {
    match row.get_ref("policy")? {
        rusqlite::types::ValueRef::Null => Ok(CaptureRule::default()),
        _ => text::read_word(row, "policy", CaptureRule::from_word),
    }
}

/// A file of that kind is not what was captured.
pub(crate) fn is_damaged(db: &Connection, line: i64, kind: PieceKind) -> rusqlite::Result<bool> {
    db.prepare_cached(
        "SELECT 1 FROM pieces INDEXED BY pieces_damaged
         WHERE integrity <> 'whole' AND line = ?1 AND kind = ?2",
    )?
    .exists(params![line, kind.as_str()])
}

/// A whole file of that kind is there.
pub(crate) fn holds(db: &Connection, line: i64, kind: PieceKind) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM pieces WHERE line = ?1 AND kind = ?2 AND integrity = 'whole'")?
        .exists(params![line, kind.as_str()])
}

/// What an incomplete capture named as missing.
pub(crate) fn not_to_be_had(db: &Connection, line: i64) -> rusqlite::Result<NotToBeHad> {
    let mut statement = db.prepare_cached("SELECT 1 FROM missing WHERE line = ?1 AND kind = ?2")?;
    let mut is_missing = |kind: PieceKind| statement.exists(params![line, kind.as_str()]);
    Ok(NotToBeHad {
        report: is_missing(PieceKind::Report)?,
        documents: is_missing(PieceKind::Document)?,
        idclaim: is_missing(PieceKind::IdClaim)?,
    })
}

/// Where a capture stands by the rules, beside what was done: time and policies may have moved.
/// `until`: the next end of what it would take.
pub(crate) fn next_state(
    before: Option<Standing>,
    dossier: &deadlines::Standing,
    evidence: EvidenceState,
    until: Option<i64>,
) -> CaptureState {
    if let Some(before) = before
        && matches!(
            before.state,
            CaptureState::Complete | CaptureState::Incomplete
        )
        && dossier.wanted <= before.rule.policy
    {
        // Videos that are newly wanted are gone once the window of documents has closed.
        let grew = dossier.wanted_video && !before.rule.wants_video() && until.is_some();
        return if grew {
            CaptureState::Waiting
        } else {
            before.state
        };
    }
    if dossier.wanted == CapturePolicy::ReferencesOnly {
        return CaptureState::NotWanted;
    }
    if before.is_some_and(|before| before.asked) {
        return CaptureState::Waiting;
    }
    match evidence {
        EvidenceState::Lost => CaptureState::Lost,
        EvidenceState::Due if until.is_none() && !dossier.report_kept => CaptureState::Archived,
        _ => CaptureState::Waiting,
    }
}

/// Writes where the capture of a finished dossier stands, where that is not what is written already.
pub(crate) fn tell(
    db: &Connection,
    line: i64,
    environment_id: &str,
    before: Option<Standing>,
    state: CaptureState,
    until: Option<i64>,
) -> rusqlite::Result<bool> {
    let due = until.unwrap_or(NO_END);
    if before.is_some_and(|before| (before.state, before.due) == (state, due)) {
        return Ok(false);
    }
    db.prepare_cached(
        "INSERT INTO captures (line, environment_id, state, due) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (line) DO UPDATE SET state = excluded.state, due = excluded.due",
    )?
    .execute(params![line, environment_id, state.as_str(), due])?;
    Ok(true)
}
