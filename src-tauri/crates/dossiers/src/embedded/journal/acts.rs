//! Writing an act down, chained, in the transaction of what it tells.

use rusqlite::{Connection, params};

use crate::act::Act;
use crate::dossier::DossierId;
use crate::stamp::Stamp;
use crate::store::chain::Mac;
use crate::store::text;

/// An entry whose place in the chain cannot be known: verification stops there for good.
const UNCHAINED: Mac = [0; 32];

/// Writes the act down as the last of the chain.
///
/// A chain whose head was tampered with is not gone on with, as that would vouch for it; what
/// happens is written down all the same.
pub(in crate::embedded) fn write(
    db: &Connection,
    act: Act,
    dossier: Option<DossierId>,
    detail: &str,
    stamp: &Stamp,
) -> rusqlite::Result<()> {
    let (last, head) = last(db)?;
    let position = last + 1;
    let at = text::time(stamp.at);
    let dossier = dossier.as_ref().map(|id| id.0.as_bytes().as_slice());
    let actor = stamp.by.as_deref();
    let Some(head) = head else {
        tracing::error!(position, "the head of the journal of acts is not ours");
        return db
            .prepare_cached(
                "INSERT INTO acts (position, at, actor, act, dossier, detail, mac)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                position,
                at,
                actor,
                act.as_str(),
                dossier,
                detail,
                UNCHAINED
            ])
            .map(drop);
    };
    let mac: Mac = db
        .prepare_cached(
            "INSERT INTO acts (position, at, actor, act, dossier, detail, mac)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, chain_link(?7, ?1, ?2, ?3, ?4, ?5, ?6))
             RETURNING mac",
        )?
        .query_row(
            params![position, at, actor, act.as_str(), dossier, detail, head],
            |row| row.get(0),
        )?;
    db.prepare_cached(
        "UPDATE chain SET position = ?1, mac = ?2, seal = chain_seal('head', ?1, ?2)
         WHERE place = 'head'",
    )?
    .execute(params![position, mac])
    .map(drop)
}

/// The last position, and the head's mac when the head is where the chain ends and sealed.
fn last(db: &Connection) -> rusqlite::Result<(i64, Option<Mac>)> {
    let mut statement = db.prepare_cached(
        "SELECT (SELECT max(position) FROM acts),
             (SELECT position FROM chain WHERE place = 'head'),
             (SELECT mac FROM chain WHERE place = 'head' AND length(mac) = 32
                  AND seal = chain_seal('head', position, mac)),
             (SELECT position FROM chain WHERE place = 'base')",
    )?;
    statement.query_row([], |row| {
        let last: Option<i64> = row.get(0)?;
        let head: Option<i64> = row.get(1)?;
        let mac: Option<Mac> = row.get(2)?;
        let base: Option<i64> = row.get(3)?;
        let last = last.or(base).unwrap_or(0);
        // Never below the head, so that a position is not given twice.
        let highest = last.max(head.unwrap_or(0));
        Ok((highest, mac.filter(|_| head == Some(last))))
    })
}
